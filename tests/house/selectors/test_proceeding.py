"""Proceedings as their pages show them."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from juxian.actions import application, evaluation, publicity
from juxian.actions.publicity import Objector
from juxian.records.clock import today
from juxian.records.packs import pack_named
from juxian.regulation.ballot import BallotRule, Base
from juxian.regulation.procedure import Publicity
from juxian.regulation.tally import Tally
from juxian.regulation.words import Kind
from juxian.selectors import proceeding as selectors
from tests.house.clock import set_clock
from tests.house.desks.office_world import listed, many, officer, on
from tests.house.world import PACK

pytestmark = pytest.mark.django_db


def lines(person, **wanted):
    return [
        (line.step.code, line.count, line.stage) for line in selectors.open_lines(person, **wanted)
    ]


def step(code):
    return pack_named(PACK).procedure.step(code)


def test_an_open_list_is_the_work_of_the_role_that_the_step_names(world):
    file = world.submitted()
    listed(world, "peer_review", file)

    assert lines(world.hospital_handler) == [("peer_review", 1, "待登记票数")]
    assert lines(world.hospital_discipline) == []
    assert lines(world.kashgar_handler) == []


def test_lists_are_found_by_their_kind(world):
    file = world.submitted()
    listed(world, "employer_notice", file)

    assert lines(world.hospital_handler, kinds=[Kind.REVIEW]) == []
    assert lines(world.hospital_handler, kinds=[Kind.PUBLICIZE]) == [
        ("employer_notice", 1, "待发布公示")
    ]


def test_a_concluded_list_moves_to_the_past(world):
    file = world.submitted()
    world.pass_until("employer_notice", file)

    (line,) = map(selectors.line_of, selectors.past(world.hospital_handler))

    assert lines(world.hospital_handler) == []
    assert (line.step.code, line.count, line.stage) == ("peer_review", 1, "已办结")


def test_a_docket_judges_the_votes_on_record(world):
    file = world.submitted()
    opened = listed(world, "peer_review", file)
    by = officer(world, file)
    experts = tuple(evaluation.ExpertEntry(f"专家{n}", "某大学") for n in "甲乙丙丁戊己庚")
    sitting = evaluation.Sitting(today(), "会议室", "会议评议", "专家甲", experts)
    tallies = {file.pk: evaluation.CandidateTally(4, 3)}
    evaluation.record(opened.pk, by=by, sitting=sitting, tallies=tallies)
    opened.refresh_from_db()

    docket = selectors.docket_of(opened)

    assert len(docket.experts) == 7
    assert docket.verdicts[file.pk].word == "未通过"
    assert docket.rule_in_words.startswith("到会人数不少于应到人数的三分之二方为有效")


def test_somebody_who_withdrew_is_marked_for_taking_off(world):
    file = world.submitted()
    opened = listed(world, "peer_review", file)
    stays = selectors.docket_of(opened).rows[0].has_left
    application.withdraw(file.pk, by=file.applicant, reason="个人原因")

    (row,) = selectors.docket_of(opened).rows

    assert (stays, row.has_left) == (False, True)


def test_objections_come_with_the_open_ones_last_to_be_counted(world):
    file = world.submitted()
    opened = listed(world, "employer_notice", file)
    by = officer(world, file)
    publicity.publish(
        opened.pk, by=by, starts_on=today(), ends_on=today() + timedelta(days=9), place="公告栏"
    )
    objector = Objector("李某", "13900001234", "某单位")
    made = publicity.object_to(
        opened.pk, file.pk, objector=objector, category="untrue", facts="排名不实"
    )

    docket = selectors.docket_of(opened)

    assert docket.open_objections == 1
    assert selectors.objector_of(made) == selectors.Objector("李某", "13900001234", "某单位")


RULE = BallotRule(quorum=Fraction(2, 3), threshold=Fraction(2, 3), base=Base.PRESENT)


@pytest.mark.parametrize(
    ("members", "present", "tally", "word"),
    [
        (9, 9, Tally(6, 3), "通过"),
        (9, 9, Tally(5, 4), "未通过"),
        (9, 9, Tally(6, 2), "票数不符"),
        (9, 9, Tally(6, 2, recused=1), "通过"),
        (9, 5, Tally(5, 0), "人数不足"),
        (0, 0, Tally(0, 0), "待计"),
    ],
)
def test_the_arithmetic_of_one_candidate_is_judged_alone(members, present, tally, word):
    assert selectors.verdict_on(RULE, members, present, tally).word == word


@pytest.mark.clause("R45")
def test_the_end_of_a_notice_is_computed_in_working_days():
    assert selectors.publicity_end(step("employer_notice"), date(2020, 4, 28)) == date(2020, 5, 7)


def test_beyond_the_known_calendar_no_end_is_offered():
    assert selectors.publicity_end(step("employer_notice"), date(2031, 4, 28)) is None
    april, may = date(2031, 4, 28), date(2031, 5, 7)
    assert selectors.days_left(step("employer_notice"), april, may, april) is None


def test_a_step_without_a_period_has_no_end():
    assert selectors.publicity_end(step("peer_review"), date(2020, 4, 28)) is None


@pytest.mark.clause("R45")
@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2020, 4, 27), 5),  # posted tomorrow
        (date(2020, 4, 28), 5),
        (date(2020, 4, 30), 3),
        (date(2020, 5, 3), 2),  # a holiday
        (date(2020, 5, 7), 1),
        (date(2020, 5, 8), 0),
    ],
)
def test_the_days_left_of_a_notice_are_those_that_count_with_today_among_them(today, left):
    posted, last = date(2020, 4, 28), date(2020, 5, 7)

    assert selectors.days_left(step("employer_notice"), posted, last, today) == left


@pytest.mark.parametrize(("today", "left"), [(28, 5), (29, 5), (30, 4)])
def test_the_day_of_posting_is_not_left_where_it_does_not_count(today, left):
    rule = Publicity(days=5, working=False, count_first_day=False)
    counted = replace(step("employer_notice"), publicity=rule)

    days = selectors.days_left(counted, date(2020, 4, 28), date(2020, 5, 3), date(2020, 4, today))

    assert days == left


def test_what_is_not_posted_yet_has_no_days_left():
    assert selectors.days_left(step("employer_notice"), None, None, date(2020, 4, 28)) is None


def test_a_running_notice_tells_its_period(world):
    file = world.submitted()
    opened = listed(world, "employer_notice", file)
    set_clock(on(2020, 4, 7))
    publicity.publish(
        opened.pk,
        by=officer(world, file),
        starts_on=date(2020, 4, 7),
        ends_on=date(2020, 4, 13),
        place="公告栏",
    )

    assert lines(world.hospital_handler) == [("employer_notice", 1, "公示 4月7日至4月13日")]


def test_a_docket_costs_the_same_for_one_and_for_thirty(world, django_assert_num_queries):
    file = world.submitted()
    world.pass_until("peer_review", file)
    opened = listed(world, "peer_review", file, *many(file, 30))
    opened.cycle, opened.office = world.cycle, world.hospital

    with django_assert_num_queries(3):
        assert len(selectors.docket_of(opened).rows) == 31
