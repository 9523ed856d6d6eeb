"""Verifying a ballot: figures alone before the count, the papers counted again after it."""

import pytest
from django.db import connection

from juxian.actions import ballot, panel, selection
from juxian.records.clock import now
from juxian.records.models import (
    Application,
    Ballot,
    BallotPaper,
    Envelope,
    Person,
    ProceedingItem,
)
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
    answer = at(supervisor, "ballot", opened.ballot.pk, desk="supervision")
    line = answer.context["line"]
    assert (line.issued, line.entitled, line.cast, line.candidates) == (4, 4, 2, 2)
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

    assert failed(last_ballot()) == ["评审通过的人选都达到规定票数"]


def test_a_round_that_broke_a_tie_is_held_against_the_round_before(supervisor, world):
    sitting = committee(world, experts=3, candidates=2, places=1)
    sitting.vote(["aa", "aa", "aa"])
    sitting.vote(["an", "an", "aa"])

    first, second = Ballot.objects.select_related("proceeding__cycle").order_by("round")

    assert verified(first).agrees
    assert verified(second).agrees
    assert [row.is_of_other_rounds for row in verified(second).recount.rows] == [False, True]
    assert "按各轮重算" in page(supervisor, second)


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
