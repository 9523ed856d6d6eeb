"""What a panel member may know: own panels and ballots, candidates, and what a count came to."""

import pytest

from juxian.actions import ballot, panel
from juxian.records.models import Application, Person, Recusal
from juxian.selectors.ballot import due_round, open_places_for, results_of, rounds_of
from juxian.selectors.dossier import dossier_of
from juxian.selectors.panel import (
    candidates_before,
    candidates_for,
    own_ballots,
    own_seat,
    seats_of,
    votable,
)
from tests.house.actions.ballot_world import allot, candidate, committee, last_review, vary_pack

pytestmark = pytest.mark.django_db


def test_a_seat_tells_what_is_due_and_what_was_declared(world):
    sitting = committee(world, experts=4, candidates=2)
    expert = sitting.experts[0]
    [seat] = seats_of(expert)
    assert (seat.panel, seat.candidates, seat.kept_out, seat.member.declared_at, seat.due) == (
        sitting.panel,
        2,
        0,
        None,
        None,
    )

    panel.declare(sitting.panel.pk, by=expert, relations={sitting.candidates[0].pk: "kin"})
    on = sitting.opened().ballot
    [seat] = seats_of(expert)

    assert seat.member.declared_at is not None
    assert seat.kept_out == 1
    assert seat.due is not None
    assert (seat.due.ballot, seat.due.candidates, seat.due.members) == (on, 2, 4)
    sitting.cast(on, [" a"])
    [seat] = seats_of(expert)
    assert seat.due is None
    assert [(own.present, own.has_voted) for own in seat.ballots] == [(1, True)]


def test_two_panels_count_their_own_candidates(world):
    first = committee(world, experts=3, candidates=2)
    second = panel.convene(
        world.cycle.pk,
        by=world.secretary,
        step="subject_group",
        title="医药卫生组",
        track="",
        person_ids=[one.pk for one in first.experts],
        chair_id=first.experts[0].pk,
        document_number="",
    )

    seats = seats_of(first.experts[0])

    assert {seat.panel: seat.candidates for seat in seats} == {first.panel: 2, second: 0}


def test_nobody_else_has_the_seat_and_the_secretary_no_vote(world):
    sitting = committee(world, experts=3)
    on = sitting.opened().ballot

    assert seats_of(world.stranger) == []
    assert not own_seat(world.stranger, sitting.panel.pk).exists()
    assert list(votable(sitting.experts[1])) == [on]
    assert list(votable(world.stranger)) == []
    assert list(votable(world.secretary)) == []


def test_what_others_did_is_a_number_only(world):
    sitting = committee(world, experts=3, candidates=1)
    on = sitting.opened().ballot
    sitting.cast(on, ["a", "n"])

    views = [own_ballots(expert, votable(expert))[0] for expert in sitting.experts]

    assert [(own.present, own.has_voted) for own in views] == [(2, True), (2, True), (2, False)]


def test_candidates_before_a_panel_are_those_on_its_open_lists(world):
    sitting = committee(world, candidates=2)
    step = last_review(world).code
    candidate(world, 7, step)
    skilled = candidate(world, 8, step, track="skilled")
    sitting.listed.items.create(application=skilled, turn=1)

    assert list(candidates_before(sitting.panel)) == sitting.candidates
    type(sitting.panel).objects.update(track="")
    sitting.panel.refresh_from_db()
    assert list(candidates_before(sitting.panel)) == [*sitting.candidates, skilled]
    Application.objects.filter(pk=sitting.candidates[0].pk).update(standing="withdrawn")
    assert list(candidates_before(sitting.panel)) == [sitting.candidates[1], skilled]


@pytest.mark.clause("R50")
def test_what_the_records_prove_counts_before_anybody_wrote_it_down(world):
    sitting = committee(world, candidates=2)
    expert = sitting.experts[0]
    Person.objects.filter(pk=expert.pk).update(employer=world.hospital)
    panel_key = sitting.panel.pk
    Recusal.objects.create(
        member=sitting.panel.members.get(person=expert),
        application=sitting.candidates[1],
        relation="我的学生",
        declared_at=sitting.panel.convened_at,
    )

    member = own_seat(expert, panel_key).get()
    rows = candidates_for(member, list(candidates_before(sitting.panel)))

    assert [(row.relation_label, row.is_computed, row.is_recorded) for row in rows] == [
        ("同一工作单位", True, False),
        ("我的学生", False, True),
    ]
    other = own_seat(sitting.experts[1], panel_key).get()
    assert not any(
        row.keeps_out for row in candidates_for(other, list(candidates_before(sitting.panel)))
    )


@pytest.mark.clause("R51")
def test_a_counted_round_is_read_back_from_its_papers(world):
    sitting = committee(world, experts=4, candidates=2)
    first, second = sitting.candidates
    panel.recuse(sitting.panel.pk, second.pk, by=sitting.experts[0], relation="kin")
    sitting.vote(["a ", "aa", "an", "-n"])

    [voted] = rounds_of(sitting.listed)

    assert (voted.number, voted.members, voted.present) == (1, 4, 4)
    figures = {key: (t.ayes, t.nays, t.abstained, t.recused) for key, t in voted.tallies.items()}
    assert figures == {first.pk: (3, 0, 1, 0), second.pk: (1, 2, 0, 1)}


@pytest.mark.clause("R51")
def test_results_are_those_of_the_round_with_reasons_in_words(world, settings, tmp_path):
    vary_pack(world, settings, tmp_path, tie='"revote"', reserve="0", threshold='"1/2"')
    sitting = committee(world, experts=3, candidates=3, places=1)
    sitting.vote(["aan", "aan", "nna"])
    sitting.vote(["an", "an", "na"])
    second, first = votable(sitting.experts[0])

    assert [(r.application.name, r.counted.rank, r.votes.ayes) for r in results_of(first)] == [
        ("赵某", 1, 2),
        ("钱某", 1, 2),
        ("孙某", 3, 1),
    ]
    again = results_of(second)
    assert [(r.application.name, r.counted.rank, r.votes.ayes) for r in again] == [
        ("赵某", 1, 2),
        ("钱某", 2, 1),
    ]
    assert again[0].words.endswith("并列后再次表决，同意2票")


def test_a_ballot_not_counted_has_no_results(world):
    sitting = committee(world, experts=3, candidates=1)
    on = sitting.opened().ballot
    assert results_of(on) == []
    ballot.void_ballot(on.pk, by=sitting.secretary, reason="停电")
    on.refresh_from_db()
    assert results_of(on) == []


@pytest.mark.clause("R78")
def test_places_are_unknown_until_the_allotment_and_only_limit_the_last_review(world):
    sitting = committee(world, experts=3, candidates=1)
    assert open_places_for(sitting.listed, "professional") is None

    allot(world, 4)

    assert open_places_for(sitting.listed, "professional") == 4
    assert open_places_for(sitting.listed, "skilled") is None
    sitting.listed.step = "subject_group"
    assert open_places_for(sitting.listed, "professional") is None


def test_a_file_never_submitted_has_nothing_to_read(world):
    sitting = committee(world, experts=3, candidates=1)

    assert dossier_of(sitting.candidates[0]).parts == ()


def test_the_round_due_is_everybody_then_nobody(world):
    sitting = committee(world, experts=3, candidates=2)
    first = due_round(sitting.listed, None)
    assert first is not None
    assert sitting.named(first.candidates) == ["赵", "钱"]

    sitting.vote(["an", "an", "an"])

    assert due_round(sitting.listed, None) is None
