"""The printed form says what was submitted, all of it, in numbered copies."""

from dataclasses import replace

import pikepdf
import pytest

from juxian.papers.application_form import application_form, numeral, sheet_of
from juxian.papers.sheet import Grid, Opinion, Passage, Rows
from juxian.regulation.form import FieldKind, is_blank
from tests.papers.samples import form, form_input, pages_of, text_of, tight
from tests.rules.sample_answers import professional_sample, skilled_sample

PIECE = 12  # characters of a long text that are looked for at once


@pytest.fixture(scope="module")
def pdf():
    return application_form(form_input())


def words(field, value):
    """What a reader expects to find on the paper, told without the papers' own code."""
    lists = form().codes
    if field.code_list == "regions":
        return "".join(code.label for code in lists["regions"].path(value))
    if field.kind is FieldKind.CHOICES:
        return "、".join(words(replace(field, kind=FieldKind.CHOICE), one) for one in value)
    if field.code_list:
        return lists[field.code_list].get(value).label
    if field.choices:
        return next(choice.label for choice in field.choices if choice.value == value)
    written = {
        FieldKind.BOOLEAN: lambda: "是" if value else "否",
        FieldKind.DATE: lambda: "{}年{}月{}日".format(*map(int, value.split("-"))),
        FieldKind.YEAR_MONTH: lambda: value.replace("-", "."),
    }
    return written.get(field.kind, lambda: tight(str(value)))()


def answered(form_, answers):
    """Every answer that is not blank: (caption, words), and whether it stands in a table."""
    for section in form_.sections:
        values = answers.get(section.code, {})
        for field in section.fields:
            value = values.get(field.code)
            if field.kind is FieldKind.PHOTO or is_blank(value):
                continue
            if field.kind is not FieldKind.ROWS:
                caption = field.label if field.affirm else field.caption
                yield tight(caption), tight(words(field, value)), False
                continue
            for row in value:
                for column in field.columns:
                    if not is_blank(row.get(column.code)):
                        yield tight(column.caption), tight(words(column, row[column.code])), True


@pytest.mark.clause("R57", "R60", "R65")
@pytest.mark.parametrize(
    ("track", "answers"),
    [("professional", professional_sample()), ("skilled", skilled_sample())],
)
def test_every_answered_field_is_on_the_paper_with_its_label(track, answers):
    given = form_input(form=form(track), answers=answers, copies=1)
    pdf = application_form(given)
    paper, page_breaks = text_of(pdf, feet=False), len(pages_of(pdf)) - 1

    asked = list(answered(form(track), answers))
    whole = [(label, value) for label, value, in_table in asked if not in_table]
    apart = [piece for label, value, _in_table in asked for piece in (label, *pieces_of(value))]

    assert len(asked) > 100
    # A label stands before its value; what is lost is what the end of a page cut in two.
    assert sum(label + value[:PIECE] not in paper for label, value in whole) <= page_breaks
    assert [piece for piece in apart if piece not in paper and len(piece) < PIECE] == []
    assert sum(piece not in paper for piece in apart) <= page_breaks


def pieces_of(text):
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def test_the_sheet_has_the_forms_parts_then_opinions_and_proofs():
    sheet = sheet_of(form_input())

    titles = [(part.number, part.title) for part in sheet.parts]
    assert titles[:-2] == [(section.number, section.title) for section in form().sections]
    assert titles[-2:] == [("十三", "各级意见"), ("十四", "附件目录")]


@pytest.mark.clause("R65")
def test_three_copies_are_numbered_and_each_has_the_same_pages(pdf):
    feet = [
        page.partition("编号XJ2020-A-00317第2轮校验7F3A-91C2-D04E")[2] for page in pages_of(pdf)
    ]

    pages = len(feet) // 3
    expected = [
        f"第{page}页共{pages}页第{copy}份共3份"
        for copy in (1, 2, 3)
        for page in range(1, pages + 1)
    ]
    assert feet == expected
    assert pages % 2 == 0


def test_the_paper_is_an_archive_pdf_that_can_be_read_aloud(pdf, tmp_path):
    (tmp_path / "form.pdf").write_bytes(pdf)

    with pikepdf.open(tmp_path / "form.pdf") as document, document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "专家情况登记表　XJ2020-A-00317"
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "zh-CN"


def test_the_same_form_is_the_same_bytes(pdf):
    assert application_form(form_input()) == pdf


def test_a_draft_says_so_across_every_page_and_is_one_copy():
    given = form_input(turn=0, copies=1)

    pages = pages_of(application_form(given))

    assert all("草稿" in page and "草稿，不作为报送材料" in page for page in pages)
    assert "草稿" not in text_of(application_form(form_input(copies=1)))


def test_what_is_not_asked_is_not_printed():
    answers = professional_sample()
    answers["post"] |= {"epidemic": False, "epidemic_role": "不应出现的岗位"}

    paper = text_of(application_form(form_input(answers=answers, copies=1)))

    assert "不应出现的岗位" not in paper
    assert "是否抗疫一线" in paper


@pytest.mark.clause("R14")
def test_only_rows_within_five_years_are_starred():
    answers = professional_sample()
    award = answers["achievements"]["awards"][0]
    dates = ["2014-12", "2015-01", "2020-05", "2020-06"]
    answers["achievements"] = {"awards": [{**award, "id": day, "date": day} for day in dates]}

    sheet = sheet_of(form_input(answers=answers))

    part = next(part for part in sheet.parts if part.title == "业绩成果")
    (awards,) = [block for block in part.blocks if isinstance(block, Rows)]
    assert [row.star for row in awards.rows] == [False, True, True, False]
    assert part.note == "★ 为2015年1月1日至2020年5月6日取得，计入近年业绩。"


def test_tables_without_rows_are_named_once_as_not_filled():
    answers = professional_sample()
    answers["achievements"] = {}

    part = next(p for p in sheet_of(form_input(answers=answers)).parts if p.title == "业绩成果")

    (grid,) = part.blocks
    (cell,) = grid.rows[0]
    assert cell.label == "未填写"
    assert cell.value.split("；")[:3] == ["获奖", "科研项目", "论文"]


@pytest.mark.clause("R43")
def test_recorded_opinions_are_printed_and_the_others_left_blank():
    boxes = [
        block
        for part in sheet_of(form_input()).parts
        for block in part.blocks
        if isinstance(block, Opinion)
    ]

    signature, employer, discipline, decision = boxes
    assert (signature.title, signature.signer, signature.sealed) == (
        "申报人签名",
        "申报人签名",
        False,
    )
    assert employer.text == ("同意推荐。",)
    assert employer.record == "系统办理记录：喀什地区第一人民医院（示例）　医院经办　2020年4月10日"
    assert (decision.text, decision.record) == ((), "")
    assert (discipline.text, discipline.record) == ((), "")


@pytest.mark.clause("R46")
def test_a_confidential_opinion_is_not_printed_on_the_applicants_form(pdf):
    assert "未收到反映" not in text_of(pdf)


@pytest.mark.clause("R61", "R66")
def test_the_contents_of_the_annex_count_pages_through_it():
    given = form_input(copies=1)

    part = sheet_of(given).parts[-1]

    (rows,) = part.blocks
    assert part.note == "共2份、3页，按下列次序装订。"
    assert [row.cells for row in rows.rows] == [
        ("获奖证书", "自治区科技进步奖二等奖证书", "—", "2", "1—2"),
        ("职称证书", "主任医师职称证书", "—", "1", "3"),
    ]


def test_a_proof_names_the_row_it_proves():
    given = form_input()
    (award, *_others) = given.answers["achievements"]["awards"]
    fact = replace(given.evidence[0], claim=f"achievements.awards.{award['id']}")

    part = sheet_of(replace(given, evidence=(fact,))).parts[-1]

    assert part.blocks[0].rows[0].cells[2] == "获奖第1条"


def test_a_long_name_with_dots_and_a_rare_character_are_printed():
    name = "阿卜杜热合曼·买买提明·阿卜杜克热木·玉素甫江·吐尔逊䶮"

    assert tight(name) in text_of(application_form(form_input(name=name, copies=1)))


def test_markup_in_an_answer_is_printed_as_it_was_typed():
    answers = professional_sample()
    answers["post"]["department"] = '#panic("x") $1^2$ *心* `a` [b] <c> @d \\ {{e}}'

    assert '#panic("x")$1^2$*心*`a`[b]<c>@d\\{{e}}' in text_of(
        application_form(form_input(answers=answers, copies=1))
    )


def test_a_form_without_a_photograph_keeps_its_frame():
    sheet = sheet_of(form_input(photo=b""))

    grid = sheet.parts[0].blocks[0]
    assert isinstance(grid, Grid)
    assert grid.photo == ""
    assert "照片" in text_of(application_form(form_input(photo=b"", copies=1)))


def test_an_empty_draft_can_be_printed():
    given = form_input(answers={}, turn=0, copies=1, name="", employer="", nominator="", photo=b"")

    pages = pages_of(application_form(given))

    assert "一、基本信息" in pages[1]


def test_a_text_of_the_longest_length_breaks_over_pages_with_its_label_repeated():
    answers = professional_sample()
    answers["summary"]["achievements"] = "完成急诊介入手术两千一百例。\n" * 110
    given = form_input(answers=answers, copies=1)

    passages = [b for p in sheet_of(given).parts for b in p.blocks if isinstance(b, Passage)]
    pages = pages_of(application_form(given))

    assert any(len(passage.text) == 110 for passage in passages)
    assert sum("主要业绩、成果和贡献" in page for page in pages) > 2
    assert sum(page.count("完成急诊介入手术两千一百例。") for page in pages) == 110


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (13, "十三"), (20, "二十"), (47, "四十七")]
)
def test_parts_are_numbered_in_chinese(number, said):
    assert numeral(number) == said
