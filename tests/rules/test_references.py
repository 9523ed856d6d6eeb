"""Reference lists as databases and programs export them, and as a table of the form takes them."""

import pytest

from juxian.regulation.fields import EntryKind
from juxian.regulation.references import (
    is_list,
    listed_for,
    normalised_doi,
    rank_of,
    read_references,
)
from tests.rules.form_tables import FORM

PAPERS = FORM.section("achievements").field("papers")
WORKS = FORM.section("achievements").field("works")
PATENTS = FORM.section("achievements").field("patents")

BIBTEX = """% 导出
@article{a,
  title = {On {A} and \\"o},
  author = {Zhang, Wei and Li, Hua},
  journal = {Journal of A}, year = 2019, month = mar,
  volume = {3}, number = {2}, pages = {1--5}, doi = {https://doi.org/10.1000/AbC}
}
@article{broken, title = {x
@book{b, title = {一本书}, author = {李华 and 张伟}, publisher = {某出版社}, year = {2018}}
@misc{c, title = {网页}}
"""
RIS = """TY  - JOUR
AU  - 李华
AU  - 张伟
TI  - 题名
JO  - 某期刊
PY  - 2019
DA  - 2019/03/01
VL  - 3
IS  - 2
SP  - 215
EP  - 220
DO  - 10.1000/xyz
ER  -

TY  - PAT
AU  - 张伟
TI  - 一种装置
PY  - 2020
ER  -
"""
ENDNOTE = """%0 Journal Article
%A 张伟
%A 李华
%T 题名
%J 某期刊
%D 2019
%V 41
%N 03
%P 215-220
"""
REFWORKS = """RT Journal Article
SR 1
A1 李华;张伟
T1 题名
JF 某期刊
YR 2019
IS 03
VO 41
OP 215-220
"""


def listed(text, table=PAPERS, name="张伟"):
    return listed_for(FORM, table, read_references(text), name)


def rows(text, table=PAPERS, name="张伟"):
    cells = listed(text, table, name).cells
    return [
        {head: cell for head, cell in zip(cells[0], line, strict=True) if cell}
        for line in cells[1:]
    ]


def test_bibtex_is_read_with_its_latex_and_what_is_broken_is_told_by_line():
    assert rows(BIBTEX) == [
        {
            "题名": "On A and ö",
            "期刊": "Journal of A",
            "年卷期页": "2019,3(2):1-5",
            "DOI": "10.1000/abc",
            "作者身份": "第一作者",
            "发表年月": "2019-03",
            "本人排名": "1",
            "作者人数": "2",
        }
    ]
    assert listed(BIBTEX).rejected == (
        (8, "这一条的BibTeX写法有误，请检查括号和逗号"),
        (9, "不是这一类，请在相应的表格中导入"),
        (10, "“misc”不是论文、著作或专利，没有读入"),
    )


def test_books_and_patents_go_to_their_own_tables():
    assert rows(BIBTEX, WORKS) == [
        {"名称": "一本书", "出版社或标准号": "某出版社", "本人排名": "2", "完成人数": "2"}
    ]
    assert rows(RIS, PATENTS) == [{"名称": "一种装置", "本人排名": "1", "完成人数": "1"}]


def test_ris_is_read():
    assert rows(RIS) == [
        {
            "题名": "题名",
            "期刊": "某期刊",
            "年卷期页": "2019,3(2):215-220",
            "DOI": "10.1000/xyz",
            "发表年月": "2019-03",
            "本人排名": "2",
            "作者人数": "2",
        }
    ]
    assert listed(RIS).rejected == ((15, "不是这一类，请在相应的表格中导入"),)


@pytest.mark.parametrize(("text", "rank"), [(ENDNOTE, "1"), (REFWORKS, "2")])
def test_the_formats_of_chinese_databases_are_read(text, rank):
    (row,) = rows(text)
    assert (row["题名"], row["期刊"], row["年卷期页"]) == ("题名", "某期刊", "2019,41(03):215-220")
    assert (row["本人排名"], row["作者人数"]) == (rank, "2")


def test_dois_are_checked_put_one_way_and_found_twice():
    text = "https://doi.org/10.1000/ABC\n10.1000/xyz.\ndoi: 10.1000/abc\ndoi:10/x\n"

    assert rows(text) == [{"DOI": "10.1000/abc"}, {"DOI": "10.1000/xyz"}]
    assert listed(text).rejected == (
        (3, "与第1行的DOI相同"),
        (4, "DOI“doi:10/x”写法不对，应以10.开头，如10.1000/abc"),
    )
    assert listed(text).unknown == 2


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/AbC", "10.1000/abc"),
        ("DOI：10.1000/a(b)c；", "10.1000/a(b)c"),
        ("http://dx.doi.org/10.1000/a", "10.1000/a"),
        ("10.1/a", ""),
        ("11.1000/a", ""),
        ("10.1000/a b", ""),
        ("", ""),
    ],
)
def test_a_doi_is_known_by_its_shape(text, doi):
    assert normalised_doi(text) == doi


@pytest.mark.parametrize(
    ("name", "authors", "rank"),
    [
        ("张伟", ("李华", "张 伟"), 2),
        ("张伟", ("Li, Hua", "Zhang, Wei"), 2),
        ("张伟", ("Wei Zhang",), 1),
        ("张晓伟", ("Li H", "Zhang X.-W."), 2),
        ("张晓伟", ("Xiao-Wei Zhang",), 1),
        ("阿依努尔·买买提", ("阿依努尔•买买提",), 1),
        ("阿依努尔·买买提", ("Ayinuer Maimaiti",), 1),
        ("张伟", ("张伟", "Zhang Wei"), 0),
        ("张伟", ("王伟", "Zhang Weiwei"), 0),
        ("张伟", (), 0),
    ],
)
def test_the_applicant_is_found_among_the_authors_when_only_one_can_be_meant(name, authors, rank):
    assert rank_of(name, authors) == rank


@pytest.mark.parametrize("text", ["", "题名\t期刊\n甲\t乙", "甲\n乙\n10.1000/a", "RTX\n@home"])
def test_cells_of_a_sheet_are_no_list(text):
    assert is_list(text) is False
    assert read_references(text).found == []


def test_whatever_is_given_nothing_breaks():
    for text in ("TY  - ", "TY  - JOUR\nTY  - JOUR\n", "@article{", "%0 \n%T", "RT \n", "@a{b,=}"):
        listed(text)


def test_the_kinds_that_are_read_have_tables():
    assert [one.fact for one in (PAPERS, WORKS, PATENTS)] == [
        EntryKind.PAPER,
        EntryKind.WORK,
        EntryKind.PATENT,
    ]
