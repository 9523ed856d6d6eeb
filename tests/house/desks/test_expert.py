"""The expert's desk: pledge, recusals, the ballot, what it came to."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from juxian.actions import ballot, panel
from juxian.records.models import (
    BallotPaper,
    Envelope,
    PanelMember,
    Person,
    Recusal,
    Trace,
)
from tests.house.actions.ballot_world import committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(world):
    return committee(world, experts=3, candidates=2)


@pytest.fixture
def expert(client, sitting):
    """The first judge, signed in."""
    client.force_login(sitting.experts[0])
    return client


def page(client, name, *args, **data):
    response = client.get(reverse(f"expert:{name}", args=args), data)
    return response.status_code, response.content.decode()


def vote(client, on, *choices):
    candidates = on.candidates.order_by("number")
    data = {str(one.pk): said for one, said in zip(candidates, choices, strict=False)}
    return client.post(reverse("expert:ballot", args=[on.pk]), data)


def forget_the_pledges():
    PanelMember.objects.update(pledged_at=None)


def test_a_person_on_no_panel_reads_why_the_desk_is_empty(client, world):
    client.force_login(world.stranger)

    status, html = page(client, "home")

    assert status == 200
    assert "您还不是任何评委会的委员" in html


def test_nothing_of_a_panel_is_there_for_a_stranger(client, world, sitting):
    on = sitting.opened().ballot
    client.force_login(world.stranger)
    key, first = sitting.panel.pk, sitting.candidates[0].pk

    for name, args in (
        ("pledge", [key]),
        ("recusal", [key]),
        ("dossier", [key, first]),
        ("evidence", [key, first, 1]),
        ("evidence_page", [key, first, 1, 1]),
        ("ballot", [on.pk]),
    ):
        assert client.get(reverse(f"expert:{name}", args=args)).status_code == 404
        assert client.post(reverse(f"expert:{name}", args=args)).status_code in (404, 405)


def test_the_secretary_casts_no_vote_at_this_desk(client, sitting):
    on = sitting.opened().ballot
    client.force_login(sitting.secretary)

    assert client.get(reverse("expert:ballot", args=[on.pk])).status_code == 404


@pytest.mark.clause("R50")
def test_a_member_first_reads_and_agrees_to_the_pledge(expert, sitting):
    forget_the_pledges()
    _status, html = page(expert, "home")
    assert "保密与回避承诺" in html

    refused = expert.post(reverse("expert:pledge", args=[sitting.panel.pk]))
    assert refused.status_code == 422
    assert "请勾选同意，再进入评审。" in refused.content.decode()
    agreed = expert.post(reverse("expert:pledge", args=[sitting.panel.pk]), {"agreed": "on"})

    assert agreed["Location"] == reverse("expert:recusal", args=[sitting.panel.pk])
    assert PanelMember.objects.get(person=sitting.experts[0]).pledged_at is not None
    assert PanelMember.objects.filter(pledged_at__isnull=False).count() == 1


def test_candidates_are_not_named_before_the_pledge(expert, sitting):
    on = sitting.opened().ballot
    forget_the_pledges()

    response = expert.get(reverse("expert:recusal", args=[sitting.panel.pk]))
    assert response["Location"] == reverse("expert:pledge", args=[sitting.panel.pk])
    response = expert.get(reverse("expert:ballot", args=[on.pk]))
    assert response["Location"] == reverse("expert:pledge", args=[sitting.panel.pk])


@pytest.mark.clause("R50")
def test_the_recusal_page_names_candidates_and_units_and_ticks_what_was_found(
    expert, sitting, world
):
    first, second = sitting.candidates
    Person.objects.filter(pk=sitting.experts[0].pk).update(employer=world.hotan_hospital)
    type(second).objects.filter(pk=second.pk).update(employer=world.hotan_hospital)

    status, html = page(expert, "recusal", sitting.panel.pk)

    assert status == 200
    for said in (first.name, second.name, world.hospital.name, world.hotan_hospital.name):
        assert said in html
    for unsaid in (first.number, first.title, first.speciality):
        assert unsaid not in html
    assert html.count('type="checkbox" checked disabled') == 1
    assert "回避：同一工作单位" in html
    assert f'name="{first.pk}"' in html
    assert f'name="{second.pk}"' not in html


@pytest.mark.clause("R50")
def test_a_declaration_is_sent_and_what_was_found_goes_with_it(expert, sitting, world):
    first = sitting.candidates[0]

    address = reverse("expert:recusal", args=[sitting.panel.pk])
    sent = expert.post(address, {str(first.pk): "teacher"}, follow=True)

    assert sent.redirect_chain == [(reverse("expert:home"), 302)]
    assert "已申报，回避 1 人" in sent.content.decode()
    recusal = Recusal.objects.get()
    assert (recusal.application, recusal.relation) == (first, "teacher")
    refused = expert.post(address, {str(sitting.candidates[1].pk): "enemy"})
    assert refused.status_code == 422


def test_a_declaration_on_somebody_just_withdrawn_is_refused_beside_the_name(
    expert, sitting, monkeypatch
):
    first = sitting.candidates[0]
    real = panel.declare

    def late(*args, **facts):
        type(first).objects.filter(pk=first.pk).update(standing="withdrawn")
        return real(*args, **facts)

    monkeypatch.setattr("juxian.desks.expert.views.panels.declare", late)
    address = reverse("expert:recusal", args=[sitting.panel.pk])
    refused = expert.post(address, {str(first.pk): "kin"})

    html = refused.content.decode()
    assert refused.status_code == 422
    assert f'<a href="#id_{first.pk}">{first.name}：这份申报不在本评委会正在评审的名单里' in html
    assert '<option value="kin" selected>' in html


def test_to_confirm_that_there_is_nothing_to_declare_is_enough(expert, sitting):
    sent = expert.post(reverse("expert:recusal", args=[sitting.panel.pk]), {}, follow=True)

    assert "已申报，回避 0 人" in sent.content.decode()
    assert not Recusal.objects.exists()


def test_before_the_list_arrives_the_page_says_so(expert, sitting):
    sitting.listed.items.all().delete()

    assert "名单还没有提交到评委会" in page(expert, "recusal", sitting.panel.pk)[1]


@pytest.mark.clause("R51")
def test_the_ballot_asks_about_every_candidate_but_those_kept_out_of(expert, sitting):
    first, second = sitting.candidates
    on = sitting.opened(seats=1).ballot
    panel.recuse(sitting.panel.pk, second.pk, by=sitting.experts[0], relation="kin")

    status, html = page(expert, "ballot", on.pk)

    assert status == 200
    assert "本轮拟选名额 1 个" in html
    assert html.count(f'name="{first.pk}"') == 3
    assert f'name="{second.pk}"' not in html
    assert "回避：近亲属" in html
    assert "checked" not in html
    assert "no-store" in expert.get(reverse("expert:ballot", args=[on.pk]))["Cache-Control"]


@pytest.mark.clause("R51")
def test_an_unfinished_ballot_comes_back_with_what_was_chosen(expert, sitting):
    on = sitting.opened().ballot

    response = vote(expert, on, "nay")

    html = response.content.decode()
    assert response.status_code == 422
    assert "有 1 处需要修改" in html
    assert f'<a href="#id_{sitting.candidates[1].pk}_0">' in html
    assert html.count("checked") == 1
    assert not Envelope.objects.exists()


@pytest.mark.clause("R51")
def test_a_vote_is_cast_and_cast_again_and_the_page_never_tells_what(expert, sitting):
    on = sitting.opened().ballot
    page(expert, "ballot", on.pk)
    sessions, traces = list(Session.objects.values()), Trace.objects.count()

    cast = vote(expert, on, "aye", "nay")
    _status, html = page(expert, "ballot", on.pk)
    vote(expert, on, "nay", "nay")

    assert cast["Location"] == reverse("expert:ballot", args=[on.pk])
    assert "您的选票已投出并封存" in html
    assert "checked" not in html
    assert Envelope.objects.get().member.person == sitting.experts[0]
    assert list(Session.objects.values()) == sessions
    assert Trace.objects.count() == traces
    assert "messages" not in cast.cookies


def test_a_refusal_of_the_vote_is_shown_and_the_choices_stay(expert, sitting, monkeypatch):
    """A recusal that another window declared after this one was opened."""
    _first, second = sitting.candidates
    on = sitting.opened().ballot
    real = ballot.cast

    def late(*args, **facts):
        panel.recuse(sitting.panel.pk, second.pk, by=sitting.experts[0], relation="kin")
        real(*args, **facts)

    monkeypatch.setattr("juxian.desks.expert.views.ballots.cast", late)
    response = vote(expert, on, "aye", "nay")

    assert response.status_code == 422
    assert f"您须回避{second.name}，不能对其投票" in response.content.decode()
    assert not Envelope.objects.exists()


def test_a_member_kept_out_of_everybody_confirms_being_present(expert, sitting):
    on = sitting.opened().ballot
    for one in sitting.candidates:
        panel.recuse(sitting.panel.pk, one.pk, by=sitting.experts[0], relation="kin")

    assert "确认到会（全部回避）" in page(expert, "ballot", on.pk)[1]
    assert vote(expert, on).status_code == 302
    assert Envelope.objects.count() == 1


@pytest.mark.clause("R51")
def test_after_the_count_the_page_shows_figures_and_no_more_votes(expert, sitting):
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["an", "an", "aa"])
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    status, html = page(expert, "ballot", opened.ballot.pk)
    late = vote(expert, opened.ballot, "aye", "aye")

    assert status == 200
    assert "同意3票，实到3人的三分之二为2票，通过" in html
    assert "同意1票，实到3人的三分之二为2票，未通过" in html
    assert '<input type="radio"' not in html
    assert late.status_code == 200
    assert BallotPaper.objects.count() == 6


def test_a_ballot_given_up_says_so(expert, sitting):
    on = sitting.opened().ballot
    ballot.void_ballot(on.pk, by=sitting.secretary, reason="停电")

    assert "第 1 轮表决已作废，选票没有打开" in page(expert, "ballot", on.pk)[1]


def test_home_leads_to_recusals_to_the_open_ballot_and_then_to_its_result(expert, sitting):
    opened = sitting.opened()
    assert "申报回避或确认没有回避情形" in page(expert, "home")[1]
    panel.declare(sitting.panel.pk, by=sitting.experts[0], relations={})
    assert "正在表决，等您投票" in page(expert, "home")[1]
    sitting.cast(opened.ballot, ["an", "an", "aa"])
    assert "改投" in page(expert, "home")[1]
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    _status, html = page(expert, "home")

    assert "查看结果" in html
    assert "您没有等待办理的事项" in html


@pytest.mark.parametrize("candidates", [1, 30])
def test_pages_ask_the_database_little_however_long_the_list(
    client, world, candidates, django_assert_max_num_queries
):
    sitting = committee(world, experts=3, candidates=candidates)
    on = sitting.opened().ballot
    client.force_login(sitting.experts[0])

    with django_assert_max_num_queries(10):
        page(client, "recusal", sitting.panel.pk)
    with django_assert_max_num_queries(12):
        page(client, "ballot", on.pk)
    with django_assert_max_num_queries(12):
        page(client, "home")
    sitting.cast(on, ["a" * candidates] * 3)


def test_the_result_of_thirty_is_read_with_few_queries(
    client, world, django_assert_max_num_queries
):
    sitting = committee(world, experts=3, candidates=30)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a" * 30] * 3)
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)
    client.force_login(sitting.experts[0])

    with django_assert_max_num_queries(14):
        page(client, "ballot", opened.ballot.pk)


def test_the_ballot_counts_whom_the_member_votes_on_and_not_whom_he_keeps_out_of(client, world):
    sitting = committee(world, experts=4, candidates=2)
    client.force_login(sitting.experts[0])
    kept_out = {sitting.candidates[0].pk: "teacher"}
    panel.declare(sitting.panel.pk, by=sitting.experts[0], relations=kept_out)
    on = sitting.opened().ballot

    assert "第 1 轮表决，对 1 位人选投票" in page(client, "ballot", on.pk)[1]


def test_recusals_once_declared_are_said_to_be_and_may_be_added_to(expert, sitting):
    assert "提交回避申报" in page(expert, "recusal", sitting.panel.pk)[1]
    panel.declare(sitting.panel.pk, by=sitting.experts[0], relations={})

    html = page(expert, "recusal", sitting.panel.pk)[1]

    assert "回避申报已提交；发现新的回避情形，可以补报" in html
    assert "补报回避" in html


def test_who_has_voted_waits_for_the_count(expert, sitting):
    panel.declare(sitting.panel.pk, by=sitting.experts[0], relations={})
    sitting.cast(sitting.opened().ballot, ["an"])

    assert "全体委员投票后开票；您没有等待办理的事项" in page(expert, "home")[1]
