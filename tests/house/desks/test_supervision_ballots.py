"""Verifying a ballot: figures alone before the count, the papers counted again after it."""

import pytest
from django.db import connection

from juxian.actions import ballot, panel, selection
from juxian.records.clock import now
from juxian.records.models import (
    Allotment,
    Application,
    Ballot,
    BallotPaper,
    Envelope,
    Person,
    Proceeding,
    ProceedingItem,
)
from juxian.regulation.ballot import ChairDecision
from juxian.regulation.words import Act, Standing
from juxian.selectors.recount import verified
from juxian.selectors.supervision import overview_of
from tests.house.actions.ballot_world import committee, vary_pack
from tests.house.desks.office_world import at, text

pytestmark = pytest.mark.django_db

MISMATCH = "重新计票与记录不一致，请停止公示和上报并查明原因"


def page(client, voted):
    return text(at(client, "ballot", voted.pk, desk="supervision"))


def last_ballot():
    return Ballot.objects.select_related("proceeding__cycle").order_by("round").last()


def failed(one):
    return [check.title for check in verified(one).checks if not check.holds]


def test_before_the_count_there_are_figures_and_no_word_on_anybody(supervisor, world):
    sitting = committee(world, experts=4, candidates=2)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["an", "na"])

    html = page(supervisor, opened.ballot)

    assert "表决中：只显示人数" in html
    assert "重新计票" not in html
    for somebody in (*sitting.experts, *sitting.candidates):
        assert somebody.name not in html
    overview = text(at(supervisor, "cycle", world.cycle.code, desk="supervision"))
    assert "表决中" in overview
    for somebody in (*sitting.experts, *sitting.candidates):
        assert somebody.name not in overview
    for candidate in sitting.candidates:
        timeline = text(at(supervisor, "file", candidate.number, desk="supervision"))
        assert "同意" not in timeline
        for expert in sitting.experts:
            assert expert.name not in timeline
    answer = at(supervisor, "ballot", opened.ballot.pk, desk="supervision")
    line = answer.context["line"]
    assert (line.members, line.pledged, line.present, line.candidates) == (4, 4, 2, 2)
    assert answer.context["verified"] is None


def test_after_the_count_the_papers_give_what_the_list_says(supervisor, world):
    sitting = committee(world, experts=5, candidates=2, places=1)
    sitting.vote(["aa", "an", "a-", "an", "an"])

    counted = verified(last_ballot())

    assert counted.agrees
    assert [(row.votes, row.recorded) for row in counted.recount.rows] == [
        (row.due.tally, row.due.tally) for row in counted.recount.rows
    ]
    html = page(supervisor, last_ballot())
    assert "重新计票与记录一致" in html
    assert MISMATCH not in html
    for expert in sitting.experts:
        assert expert.name not in html


def test_a_digest_depends_on_the_papers_alone_and_differs_between_candidates(world):
    sitting = committee(world, experts=3, candidates=2)
    sitting.vote(["aa", "aa", "aa"])

    first, again = (verified(last_ballot()).digests for _time in range(2))

    assert first == again
    assert set(first) == {one.pk for one in sitting.candidates}
    assert len(set(first.values())) == 2
    assert {len(digest) for digest in first.values()} == {64}


@pytest.mark.parametrize("column", ["ayes", "nays", "abstained", "recused"])
def test_a_changed_figure_on_the_list_is_red(supervisor, world, column):
    sitting = committee(world, experts=3, candidates=2)
    sitting.vote(["aa", "an", "nn"])
    item = sitting.listed.items.first()
    setattr(item, column, getattr(item, column) + 1)
    item.save()

    assert failed(last_ballot()) == ["重新计票与名单记录一致"]
    assert MISMATCH in page(supervisor, last_ballot())
    overview = overview_of(world.cycle, by=world.supervisor, now=now())
    [wrong] = [one for one in overview.alerts if one.tone == "stop"]
    assert (wrong.title, wrong.ballots) == (
        "重新计票与记录不一致的表决",
        (last_ballot().pk,),
    )


def test_a_figure_that_was_wiped_is_red_and_a_candidate_who_left_before_the_count_is_not(world):
    sitting = committee(world, experts=3, candidates=2)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["aa", "aa", "aa"])
    gone = sitting.candidates[0]
    Application.objects.filter(pk=gone.pk).update(standing=Standing.WITHDRAWN)
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    assert failed(last_ballot()) == []
    rows = {row.item.application_id: row for row in verified(last_ballot()).recount.rows}
    assert rows[gone.pk].has_left

    sitting.listed.items.filter(application=sitting.candidates[1].pk).update(ayes=None)
    assert failed(last_ballot()) == ["重新计票与名单记录一致"]


def test_a_paper_put_in_beside_those_cast_is_red(world):
    sitting = committee(world, experts=3, candidates=2)
    sitting.vote(["aa", "aa", "an"])
    one = last_ballot()
    BallotPaper.objects.create(ballot=one, application=sitting.candidates[1], choice="aye")

    assert failed(one) == ["每名人选的选票加回避等于实到人数", "重新计票与名单记录一致"]
    assert verified(one).recount.refused == "票数与人数不符，请核对后再计票。"


def test_a_paper_on_somebody_who_was_no_candidate_is_red(world):
    sitting = committee(world, experts=3, candidates=1)
    sitting.vote(["a", "a", "a"])
    one = last_ballot()
    applicant = Person.objects.create(login="outsider", name="外人")
    outsider = Application.objects.get(pk=sitting.candidates[0].pk)
    outsider.pk, outsider.number, outsider.applicant = None, "P-99999", applicant
    outsider.save()
    BallotPaper.objects.create(ballot=one, application=outsider, choice="aye")

    assert failed(one) == ["没有名单以外的选票"]
    assert not verified(one).recount.agrees


def test_a_recusal_that_took_its_paper_with_it_adds_up(world):
    sitting = committee(world, experts=4, candidates=2)
    panel.recuse(
        sitting.panel.pk,
        sitting.candidates[0].pk,
        by=world.fresh(sitting.experts[0]),
        relation="kin",
    )
    sitting.vote([" a", "aa", "aa", "na"])

    counted = verified(last_ballot())

    assert counted.agrees
    assert [row.votes.recused for row in counted.recount.rows] == [1, 0]


def test_a_paper_that_is_missing_without_a_recusal_is_red(world):
    sitting = committee(world, experts=4, candidates=1)
    sitting.vote(["a", "a", "a", "a"])
    one = last_ballot()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_ballotpaper DISABLE TRIGGER USER")
        cursor.execute(
            "DELETE FROM records_ballotpaper WHERE id IN"
            " (SELECT id FROM records_ballotpaper LIMIT 1)"
        )

    assert failed(one) == ["每名人选的选票加回避等于实到人数", "重新计票与名单记录一致"]


def test_an_envelope_that_still_holds_a_vote_is_red(world):
    sitting = committee(world, experts=3, candidates=1)
    sitting.vote(["a", "a", "a"])
    kept = Envelope.objects.first()
    kept.sealed = b"sealed"
    kept.save()

    assert failed(last_ballot()) == ["选票封已清空，开票私钥已销毁"]


def test_somebody_admitted_without_the_votes_is_red(world):
    sitting = committee(world, experts=3, candidates=2, places=1)
    sitting.vote(["an", "an", "an"])
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    assert failed(last_ballot()) == []

    ProceedingItem.objects.filter(application=sitting.candidates[1].pk).update(act=Act.ADMIT)

    assert failed(last_ballot()) == [
        "评审通过的人选都达到规定票数",
        "列入人数不超过名额",
    ]


def test_a_round_that_broke_a_tie_is_held_against_the_round_before(supervisor, world):
    sitting = committee(world, experts=3, candidates=2, places=1)
    sitting.vote(["aa", "aa", "aa"])
    sitting.vote(["an", "an", "aa"])

    first, second = Ballot.objects.select_related("proceeding__cycle").order_by("round")

    assert verified(first).agrees
    assert verified(second).agrees
    assert [row.is_of_other_rounds for row in verified(second).recount.rows] == [False, True]
    assert "按各轮重算" in page(supervisor, second)


def test_somebody_placed_before_a_better_one_is_red(supervisor, world):
    sitting = committee(world, experts=3, candidates=3, places=1)
    sitting.vote(["aaa", "aan", "ann"])
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    first, second, _third = sitting.candidates
    assert failed(last_ballot()) == []

    items = ProceedingItem.objects
    items.filter(application=first.pk).update(act=Act.DISMISS)
    items.filter(application=second.pk).update(act=Act.ADMIT, reserve=None)

    assert failed(last_ballot()) == ["没有名次在前而未列入的人选"]
    assert MISMATCH in page(supervisor, last_ballot())
    overview = overview_of(world.cycle, by=world.supervisor, now=now())
    assert "重新计票与记录不一致的表决" in [one.title for one in overview.alerts]


def test_equals_are_placed_by_a_chair_with_a_reason_or_it_is_red(world, settings, tmp_path):
    vary_pack(world, settings, tmp_path, tie='"chair_reason"', reserve="0")
    sitting = committee(world, experts=3, candidates=2, places=1)
    outcome = sitting.vote(["aa", "aa", "aa"])
    order = tuple(reversed(outcome.ties[0].candidates))
    decision = ChairDecision(order, "按近五年业绩排序")
    selection.propose(sitting.listed.pk, by=sitting.secretary, decisions=[decision])
    assert failed(last_ballot()) == []

    Proceeding.objects.update(tie_reason="")

    assert failed(last_ballot()) == ["没有名次在前而未列入的人选"]


def test_who_is_called_up_later_takes_nobody_s_place(world, settings, tmp_path):
    vary_pack(world, settings, tmp_path, reserve="1")
    sitting = committee(world, experts=3, candidates=3, places=1)
    sitting.vote(["aaa", "aan", "ann"])
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    Application.objects.filter(pk=sitting.candidates[0].pk).update(standing=Standing.WITHDRAWN)
    selection.call_up(sitting.listed.pk, by=sitting.secretary, reason="有人撤回")

    assert verified(last_ballot()).agrees


def test_places_beyond_the_allotment_are_red_and_without_one_cannot_be_checked(world):
    sitting = committee(world, experts=3, candidates=2, places=2)
    sitting.vote(["aa", "aa", "aa"])
    assert places(last_ballot()) == (True, "还没有列入的人选")
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    assert places(last_ballot()) == (True, "列入 2 人，名额 2 个")

    Allotment.objects.update(places=1)
    assert places(last_ballot()) == (False, "列入 2 人，名额 1 个")
    Allotment.objects.all().delete()
    assert places(last_ballot()) == (False, "没有登记下达名额，不能核对")


def test_a_review_before_the_last_has_no_places(world):
    sitting = committee(world, experts=3, candidates=2, places=1)
    sitting.vote(["an", "an", "an"])
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    Proceeding.objects.update(step="peer_review")

    assert places(last_ballot()) == (True, "这个环节不限名额")


def places(one):
    [check] = [check for check in verified(one).checks if check.title == "列入人数不超过名额"]
    return check.holds, check.found


def test_a_candidate_who_is_no_more_on_the_list_is_red(world):
    sitting = committee(world, experts=3, candidates=2)
    sitting.vote(["aa", "aa", "an"])
    gone = sitting.candidates[1]
    sitting.listed.items.filter(application=gone.pk).delete()

    assert failed(last_ballot()) == ["参加表决的人选都在名单上"]
    assert not verified(last_ballot()).recount.agrees
    Application.objects.filter(pk=gone.pk).update(standing=Standing.WITHDRAWN)
    assert verified(last_ballot()).agrees


def test_who_withdraws_during_the_second_round_raises_no_alarm(world, settings, tmp_path):
    vary_pack(world, settings, tmp_path, rounds="2", reserve="0", threshold='"1/2"')
    sitting = committee(world, experts=3, candidates=2, places=2)
    sitting.vote(["aa", "aa", "an"])
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["aa", "aa", "aa"])
    gone = sitting.candidates[1]
    Application.objects.filter(pk=gone.pk).update(standing=Standing.WITHDRAWN)
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    assert [verified(one).agrees for one in Ballot.objects.order_by("round")] == [True, True]
    sitting.listed.items.filter(application=gone.pk).update(ayes=1, nays=2)
    assert failed(last_ballot()) == ["重新计票与名单记录一致"]


def test_figures_of_two_papers_are_on_no_page(client, supervisor, world):
    """A ballot counted before three papers on everybody were asked for."""
    sitting = committee(world, experts=4, candidates=2, places=2)
    first = sitting.candidates[0]
    sitting.vote(["aa", "na", "aa", "na"])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_ballotpaper DISABLE TRIGGER USER")
        cursor.execute(
            "DELETE FROM records_ballotpaper WHERE application_id = %s AND choice = 'nay'",
            [first.pk],
        )
    sitting.listed.items.filter(application=first.pk).update(ayes=2, nays=0, recused=2)
    by_chair = sitting.secretary
    selection.propose(sitting.listed.pk, by=by_chair)

    counted = last_ballot()
    said = "选票不足3张，不列票数"
    recounted = page(supervisor, counted)
    timeline = text(at(supervisor, "file", first.number, desk="supervision"))
    client.force_login(sitting.secretary)
    for_secretary = text(at(client, "ballot", counted.pk, desk="secretariat"))
    client.force_login(sitting.experts[0])
    for_expert = text(at(client, "ballot", counted.pk, desk="expert"))

    for html in (recounted, timeline, for_secretary, for_expert):
        assert html.count(said) == 1
        assert "同意 2" not in html
        assert "同意2票" not in html


def test_two_required_rounds_are_recounted_one_after_the_other(world, settings, tmp_path):
    vary_pack(world, settings, tmp_path, rounds="2")
    sitting = committee(world, experts=3, candidates=3, places=1)
    sitting.vote(["aan", "aan", "aan"])
    sitting.vote(["aa", "aa", "an"])

    first, second = Ballot.objects.select_related("proceeding__cycle").order_by("round")

    assert (verified(first).agrees, verified(second).agrees) == (True, True)


def test_a_ballot_given_up_is_listed_and_has_nothing_to_count(supervisor, world):
    sitting = committee(world, experts=3, candidates=1)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a"])
    ballot.void_ballot(opened.ballot.pk, by=sitting.secretary, reason="口令丢失")

    html = page(supervisor, opened.ballot)

    assert "已作废，选票未打开即销毁" in html
    assert "重新计票" not in html
    overview = overview_of(world.cycle, by=world.supervisor, now=now())
    assert [one.title for one in overview.alerts] == ["作废的表决"]
