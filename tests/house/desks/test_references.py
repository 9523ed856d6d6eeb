"""A list of papers from a reference program, seen and then taken into the table."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from juxian.selectors.facts import answers_of
from tests.house.desks.filled_pages import at

pytestmark = pytest.mark.django_db

RIS = """TY  - JOUR
AU  - 李华
AU  - 阿依努尔·买买提
TI  - 南疆急救网络研究
JO  - 某期刊
PY  - 2019
DA  - 2019/03/01
DO  - 10.1000/XYZ
ER  -

TY  - BLOG
TI  - 随笔
ER  -
"""


def text(response):
    return unescape(response.content.decode())


@pytest.fixture
def here(draft):
    return at("paste", draft, "achievements", "papers")


def test_the_page_of_papers_says_which_lists_it_takes_and_others_do_not(me, here, draft):
    assert "每行一个 DOI" in text(me.get(here))
    assert "每行一个 DOI" not in text(me.get(at("paste", draft, "career", "records")))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_list_is_seen_first_with_what_is_left_out_and_what_is_a_guess(me, here, draft, encoding):
    sheet = SimpleUploadedFile("文献.ris", RIS.encode(encoding))

    page = text(me.post(here, {"version": 0, "go": "read", "text": "", "sheet": sheet}))

    said = (
        "读到 1 行：可以导入 1 行，有误 0 行",
        "第 11 行：“BLOG”不是论文、著作或专利，没有读入。",
        "推测的，请逐条核对",
        "不联网查询",
        "南疆急救网络研究",
        "还缺：年卷期页",
    )
    assert [one for one in said if one not in page] == []
    assert "papers" not in answers_of(draft).get("achievements", {})


def test_confirmed_it_stands_in_the_table(me, here, draft):
    page = me.post(here, {"version": 0, "go": "read", "text": RIS})
    preview, typed = page.context["preview"], page.context["form"].initial["text"]
    sent = {"version": 0, "go": "import", "text": typed, "mark": preview.mark, "line": ["2"]}

    me.post(here, sent)

    (row,) = answers_of(draft)["achievements"]["papers"]
    assert (row["title"], row["doi"], row["date"], row["rank"], row["people"]) == (
        "南疆急救网络研究",
        "10.1000/xyz",
        "2019-03",
        2,
        2,
    )


def test_a_list_without_a_paper_says_why(me, here):
    page = me.post(here, {"version": 0, "go": "read", "text": "TY  - BLOG\nTI  - 随笔\nER  -\n"})

    assert (page.status_code, "没有读入" in text(page)) == (422, True)
