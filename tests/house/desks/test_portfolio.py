"""业绩库 at the applicant's desk: bringing an earlier form, choosing for one table, all entries."""

from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from juxian.actions import proxy
from juxian.records.models import Section
from juxian.selectors.facts import answers_of
from tests.house.desks.filled_pages import at
from tests.house.earlier import earlier

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(world):
    return earlier(world, until="peer_review")


def text(response):
    return unescape(response.content.decode())


def test_an_empty_draft_offers_it_first_and_a_begun_one_beside(me, before, draft, world):
    page = text(me.get(at("tasks", draft)))
    assert page.index("相同的内容可以一次带入") < page.index("已完成")

    me.post(at("bring", draft), {"go": "bring", "from": before.number})

    page = text(me.get(at("tasks", draft)))
    assert "相同的内容可以一次带入" not in page
    assert page.index("已完成") < page.index("带入以前填过的内容")


def test_who_has_nothing_earlier_is_offered_nothing(me, draft):
    assert "带入以前填过的内容" not in text(me.get(at("tasks", draft)))
    assert "您还没有提交过别的申报" in text(me.get(at("bring", draft)))


def test_the_preview_says_what_comes_and_what_does_not_and_why(me, before, draft):
    page = text(me.get(at("bring", draft)))

    said = (
        "来自 2020 年申报 BF2020-A-00001（喀什地区第一人民医院（示例）已核验）",
        "现在还没有写入",
        "自治区科技进步奖",
        "6531**********0029",
        "照片须重新上传",
        "由此判断是否符合条件，须重新填写",
        "每次都由本人重新办理",
    )
    assert [one for one in said if one not in page] == []
    assert Section.objects.filter(application=draft).count() == 0


def test_one_button_brings_it_and_another_takes_it_out(me, before, draft):
    brought = me.post(at("bring", draft), {"go": "bring", "from": before.number}, follow=True)
    assert "已带入" in text(brought)
    assert "请逐部分核对" in text(brought)

    out = me.post(at("bring", draft), {"go": "out"}, follow=True)

    assert "已撤销带入" in text(out)
    assert answers_of(draft)["achievements"]["papers"] == []


def test_what_was_brought_says_where_from_until_it_is_changed(me, before, draft):
    me.post(at("bring", draft), {"go": "bring", "from": before.number})
    said = "来自 2020 年申报 BF2020-A-00001（喀什地区第一人民医院（示例）已核验）"
    page = text(me.get(at("section", draft, "career")))
    assert page.count(said) > 1  # a row's card, and the summary
    version = Section.objects.get(application=draft, code="career").version

    me.post(
        at("section", draft, "career"),
        {"summary": "改写的经历", "version": version, "go": "tasks"},
    )

    assert text(me.get(at("section", draft, "career"))).count(said) == page.count(said) - 1


def test_a_table_leads_to_what_may_be_chosen_for_it(me, before, draft):
    papers = at("section", draft, "achievements")
    assert 'value="papers/portfolio"' in text(me.get(papers))

    led = me.post(papers, {"go": "papers/portfolio", "version": 0})

    assert led.headers["Location"] == at("from_portfolio", draft, "achievements", "papers")


def test_a_second_press_is_told_in_a_sentence(me, before, draft):
    sent = {"go": "bring", "from": before.number}
    me.post(at("bring", draft), sent)

    again = me.post(at("bring", draft), sent)

    assert again.status_code == 422
    assert "没有可以带入的内容：能带入的都已经填写" in text(again)


def test_of_several_one_is_chosen(me, world, before, draft):
    again = earlier(world, code="again", numbering="AG2019")

    page = text(me.get(at("bring", draft)))

    assert (before.number in page, again.number in page) == (True, True)
    assert "现在还没有写入" not in page
    assert "现在还没有写入" in text(me.get(at("bring", draft) + f"?from={again.number}"))


def test_the_clerk_who_types_sees_nothing_of_earlier_forms(client, world, before, draft):
    proxy.let_fill(draft.pk, by=world.applicant)
    client.force_login(world.hospital_handler)

    pages = [at("bring", draft), at("from_portfolio", draft, "achievements", "awards")]

    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert "带入以前填过的内容" not in text(client.get(at("tasks", draft)))


def test_once_submitted_there_is_nothing_to_bring(me, world, before):
    file = world.submitted()

    assert me.get(at("bring", file)).status_code == 302
    assert me.get(at("from_portfolio", file, "achievements", "awards")).status_code == 404


def test_entries_are_ticked_for_one_table(me, before, draft):
    here = at("from_portfolio", draft, "achievements", "awards")
    page = me.get(here)
    first, second = page.context["offered"]

    nothing = me.post(here, {"version": 0})
    assert (nothing.status_code, "请至少勾选一条" in text(nothing)) == (422, True)
    led = me.post(here, {"version": 0, "entry": [second.choice.entry.id]})

    assert led.headers["Location"] == at("section", draft, "achievements") + "#t-awards"
    assert [row["name"] for row in answers_of(draft)["achievements"]["awards"]] == [
        "地区科技进步奖"
    ]
    left = me.get(here)
    assert [one.card.title for one in left.context["offered"]] == [first.card.title]
    assert "表格里已经有的" in text(left)


@pytest.mark.parametrize("table", [("conditions", "statements"), ("assessment", "years")])
def test_tables_of_no_kind_have_no_such_page(me, before, draft, table):
    assert me.get(at("from_portfolio", draft, *table)).status_code == 404


def test_the_portfolio_lists_all_by_kind_and_finds_by_words(me, before):
    here = reverse("applicant:portfolio")

    page = text(me.get(here))
    assert [one in page for one in ("论文", "自治区科技进步奖", "已核验")] == [True] * 3
    found = text(me.get(here + "?q=地区科技"))
    assert ("地区科技进步奖" in found, "某心血管病杂志" in found) == (True, False)
    assert "没有找到“xyz”，请换个词。" in text(me.get(here + "?q=xyz"))


def test_it_is_downloaded_as_text_a_sheet_for_each_kind(me, before):
    page = me.get(reverse("applicant:portfolio_sheet"))

    book = CalamineWorkbook.from_filelike(BytesIO(page.content))
    assert book.sheet_names[:3] == ["学历学位", "职称", "人才计划与荣誉"]
    heads, first, _second = book.get_sheet_by_name("获奖").to_python()
    assert (heads[0], heads[-1]) == ("奖项名称", "来源")
    assert (first[0], first[5], first[7]) == ("自治区科技进步奖", "2018-12", "2")
    assert first[-1].startswith("来自 2020 年申报 BF2020-A-00001")


def test_an_empty_portfolio_has_no_workbook(me, world):
    assert me.get(reverse("applicant:portfolio_sheet")).status_code == 404


def test_others_see_only_their_own_portfolio(client, world, before):
    client.force_login(world.stranger)

    assert "还没有内容" in text(client.get(reverse("applicant:portfolio")))


def test_the_pages_ask_the_same_of_the_database_however_many_forms_there_are(
    me, world, before, draft
):
    pages = [
        reverse("applicant:portfolio"),
        at("bring", draft) + f"?from={before.number}",
        at("from_portfolio", draft, "achievements", "awards"),
        at("tasks", draft),
    ]

    def asked():
        found = []
        for page in pages:
            me.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert me.get(page).status_code == 200
            found.append(len(queries))
        return found

    once = asked()
    for n in range(4):
        earlier(world, code=f"again{n}", numbering=f"A{n}2019")
    assert asked() == once
    assert max(once) <= 12
