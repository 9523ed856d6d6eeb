"""A cycle, its panels and its ballots as the secretary sees them."""

import shutil
from pathlib import Path

import pytest

from juxian.actions import ballot, panel
from juxian.records.models import Person
from juxian.records.packs import pack_named
from juxian.selectors import committee, cycle
from tests.house.actions.ballot_world import committee as convened
from tests.house.world import PACK

pytestmark = pytest.mark.django_db


def test_a_sound_pack_is_reported_sound(world):
    report = cycle.pack_report(PACK)

    assert (report.is_sound, report.problems) == (True, ())
    assert PACK in cycle.pack_codes()


def test_a_broken_pack_is_reported_with_file_and_key(world, settings, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "call.toml").write_text("title = 1\n", encoding="utf-8")
    settings.PACKS_DIR = Path(tmp_path)

    report = cycle.pack_report("broken")

    assert (report.pack, report.is_sound) == (None, False)
    assert "call.toml" in {problem.file for problem in report.problems}


def test_the_funnel_counts_files_by_step_and_track(world):
    file = world.submitted()
    world.submit(world.skilled_draft())

    funnel = cycle.funnel_of(world.cycle)
    at = {count.step.code: count.counts for count in funnel.steps if count.total}

    assert at == {"employer_check": (1, 1)}
    assert (funnel.live, file.step) == (2, "employer_check")


def test_outcomes_are_counted_beside_the_steps(world):
    file = world.submitted()
    type(file).objects.filter(pk=file.pk).update(standing="rejected")

    outcomes = {one.standing: one for one in cycle.funnel_of(world.cycle).outcomes}

    assert (outcomes["rejected"].counts, outcomes["rejected"].total) == ((1, 0), 1)
    assert (outcomes["selected"].counts, outcomes["selected"].total) == ((0, 0), 0)


def test_packs_are_offered_by_their_titles_and_broken_ones_without(tmp_path, settings):
    shutil.copytree("packs", tmp_path / "packs")
    (tmp_path / "packs" / "2026-pioneers").rename(tmp_path / "packs" / "2027-broken")
    (tmp_path / "packs" / "2027-broken" / "call.toml").write_text("[programme", encoding="utf-8")
    settings.PACKS_DIR = tmp_path / "packs"

    titles = dict(cycle.packs_offered())

    assert (titles[PACK], titles["2027-broken"]) == (pack_named(PACK).programme.title, "")


def test_those_sent_up_wait_for_their_answer(world):
    file = world.submitted()
    type(file).objects.filter(pk=file.pk).update(step="ministry_result")

    assert [one.pk for one in cycle.awaiting_result(world.cycle)] == [file.pk]


def test_lists_of_the_top_level_are_shown_open_ones_first(world):
    sitting = convened(world, places=2)

    lines = cycle.provincial_lines(world.cycle)

    assert [(line.proceeding.pk, line.stage) for line in lines] == [
        (sitting.listed.pk, "评委会投票")
    ]


def test_people_are_found_by_name_employer_or_speciality(world):
    wanted = Person.objects.get(login="expert1")
    Person.objects.filter(pk=wanted.pk).update(speciality="冰川学", employer=world.hospital)

    for words in ("冰川", "第一人民医院", wanted.name):
        assert wanted in committee.people_named(words)
    assert list(committee.people_named(" ")) == []


def test_a_panel_shows_who_sits_who_pledged_and_who_keeps_out(world):
    sitting = convened(world, experts=3, candidates=2)
    panel.recuse(
        sitting.panel.pk, sitting.candidates[0].pk, by=sitting.experts[1], relation="teacher"
    )

    seats = committee.seats_on(sitting.panel)
    (row,) = committee.panels_of(world.cycle)

    assert [seat.member.is_chair for seat in seats] == [True, False, False]
    assert [[k.relation for k in seat.recusals] for seat in seats] == [[], ["师生"], []]
    assert (row.size, row.pledged) == (3, 3)


def test_a_panel_of_three_is_told_that_all_three_must_vote(world):
    sitting = convened(world, experts=3, candidates=2)

    assert committee.line_of(sitting.opened().ballot).quorum == 3


def test_an_open_ballot_tells_how_many_voted_and_nothing_else(world):
    sitting = convened(world, experts=5, candidates=2)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["aa", "an"])

    line = committee.line_of(opened.ballot)

    assert (line.present, line.members, line.candidates) == (2, 5, 2)
    assert (line.ballot.is_open, line.may_be_counted) == (True, False)
    assert set(line.__slots__) == {"ballot", "candidates", "members", "present", "quorum"}


def test_a_list_goes_from_due_over_open_to_ready(world):
    sitting = convened(world, experts=3, candidates=2, places=1)
    due = committee.review_list(sitting.listed)
    sitting.vote(["an", "an", "an"])
    ready = committee.review_list(sitting.listed)

    assert (due.due.number, due.may_propose, due.places) == (1, False, 1)
    assert (ready.due, ready.may_propose, ready.people) == (None, True, 2)


def test_a_tie_for_the_last_place_is_due_for_another_round(world):
    sitting = convened(world, experts=3, candidates=2, places=1)
    sitting.vote(["aa", "aa", "aa"])

    review = committee.review_list(sitting.listed)

    assert (review.due.number, review.due.breaks_ties, review.may_propose) == (2, True, False)


def test_a_void_round_is_shown_and_voted_again(world):
    sitting = convened(world, experts=3, candidates=2)
    opened = sitting.opened()
    ballot.void_ballot(opened.ballot.pk, by=sitting.secretary, reason="名单有误")

    review = committee.review_list(sitting.listed)

    assert [line.ballot.is_open for line in review.ballots] == [False]
    assert review.due.number == 1
