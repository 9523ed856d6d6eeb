"""资格自查 at the public desk: one question a page, no account, nothing stored."""

from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from juxian.records.models import Trace
from juxian.records.packs import pack_of
from juxian.regulation.self_check import question_of, questions_of

pytestmark = pytest.mark.django_db

SOUND = "n" * 6 + "y" * 8


def asked(client, world, query=""):
    response = client.get(f"{reverse('public:self_check', args=[world.cycle.code])}{query}")
    return response, unescape(response.content.decode())


def test_the_track_is_asked_first(client, world):
    response, page = asked(client, world)

    assert response.status_code == 200
    assert "您按哪一类申报" in page
    assert [title in page for title in ("专业技术人才", "高技能人才")] == [True, True]


@pytest.mark.clause("R7")
def test_one_question_a_page_says_why_it_is_asked(client, world):
    _response, page = asked(client, world, "?track=professional&given=nn")

    shown = [
        question_of(each)
        for each in questions_of(pack_of(world.cycle), "professional")
        if question_of(each) in page
    ]
    assert shown == ["您是否享受副省（部）级及以上待遇？"]
    assert "第 3 题，共 14 题" in page
    assert "通知一 除外（二）" in page


def test_an_answer_leads_to_the_next_question_and_back(client, world):
    at = reverse("public:self_check", args=[world.cycle.code])

    response, _page = asked(client, world, "?track=professional&given=nn&answer=u&go=next")

    assert response.status_code == 302
    assert response.headers["Location"] == f"{at}?track=professional&given=nnu"
    _response, page = asked(client, world, "?track=professional&given=nnu")
    assert f'href="{at}?track=professional&given=nn"' in page


def test_no_answer_is_told_beside_the_question(client, world):
    response, page = asked(client, world, "?track=professional&given=n&go=next")

    assert response.status_code == 422
    assert page.count("请选择一项；说不准的，选“不确定”。") == 2  # above, and beside
    response, page = asked(client, world, "?go=next")
    assert (response.status_code, page.count("请选择一类。")) == (422, 2)


@pytest.mark.clause("R11")
def test_what_leaves_one_out_is_named_with_its_clause_and_whom_to_ask(client, world):
    _response, page = asked(client, world, "?track=professional&given=nnnny")

    assert "按您的回答，这次不能申报" in page
    assert "已享受国务院政府特殊津贴的人员，不在选拔范围" in page
    assert "通知一 除外（四）" in page
    assert "专业技术人员管理处" in page
    assert "登录申报" not in page


def test_who_is_unsure_may_go_on_and_is_told_what_to_ask(client, world):
    _response, page = asked(client, world, f"?track=professional&given=u{SOUND[1:]}")

    assert "按您的回答可以申报，有 1 处请先问清楚" in page
    assert "符合的 13 项" in page
    assert "登录申报" in page


@pytest.mark.clause("R14")
def test_who_meets_all_is_told_what_to_prepare(client, world):
    _response, page = asked(client, world, f"?track=professional&given={SOUND}")

    assert "按您的回答，可以申报" in page
    assert "可以先准备的材料" in page
    assert "（须有证明材料）" in page


@pytest.mark.parametrize("query", ["?track=nobody", "?track=professional&given=<script>"])
def test_an_address_that_was_made_up_begins_again(client, world, query):
    response, page = asked(client, world, query)

    assert "<script>" not in page
    assert response.status_code in (200, 422)
    assert ("第 1 题" in page) is ("professional" in query)


def test_nothing_is_stored(client, world, django_assert_num_queries):
    before = (Trace.objects.count(), Session.objects.count())

    with django_assert_num_queries(2):
        response, _page = asked(client, world, f"?track=professional&given={SOUND}")

    assert (Trace.objects.count(), Session.objects.count()) == before
    assert "session" not in response.cookies


def test_a_call_that_is_not_there_has_no_self_check(client, world):
    response = client.get(reverse("public:self_check", args=["nothing"]))

    assert response.status_code == 404
