"""Internal deadlines: working days counted back from the close, in Beijing time."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.calendar import UnknownYear, load_calendar
from juxian.regulation.deadlines import BEIJING, deadline_of, deadlines_of, end_of, last_day
from juxian.regulation.pack import Deadline
from juxian.regulation.pack_reading import load

PACKS = Path(__file__).parents[2] / "packs"
CALENDAR = load_calendar(PACKS / "calendar")
PACK = load(PACKS / "2020-special-allowance")
CLOSES = datetime(2020, 5, 7, tzinfo=BEIJING)
SIX = time(18, 0)


def back(days, at=SIX):
    return [Deadline("check", days, at, "R73")]


@pytest.mark.clause("R73")
@pytest.mark.parametrize(
    ("days", "day"),
    [
        (0, date(2020, 5, 6)),
        (1, date(2020, 4, 30)),  # 1–5 May are a holiday
        (4, date(2020, 4, 27)),
        (5, date(2020, 4, 26)),  # a Sunday that is worked
        (6, date(2020, 4, 24)),
        (20, date(2020, 4, 3)),  # 4–6 April are a holiday
    ],
)
def test_working_days_are_counted_back_over_holidays_and_worked_sundays(days, day):
    due = deadline_of(back(days), "check", closes=CLOSES, calendar=CALENDAR)

    assert due == datetime.combine(day, SIX, BEIJING)


def test_a_close_written_in_another_zone_is_the_same_close():
    in_beijing, in_utc = (
        deadline_of(back(3), "check", closes=closes, calendar=CALENDAR)
        for closes in (CLOSES, CLOSES.astimezone(UTC))
    )

    assert in_beijing == in_utc
    assert in_utc.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    ("closes", "day"),
    [
        (CLOSES, date(2020, 5, 6)),  # 24:00 of the day before
        (CLOSES + timedelta(minutes=1), date(2020, 5, 7)),
        (CLOSES - timedelta(hours=6), date(2020, 5, 6)),
    ],
)
def test_the_last_day_is_the_one_that_the_close_ends_or_falls_in(closes, day):
    assert last_day(closes) == day


def test_no_deadline_is_later_than_the_close():
    closes = datetime(2020, 5, 6, 17, tzinfo=BEIJING)

    assert deadline_of(back(0), "check", closes=closes, calendar=CALENDAR) == closes


def test_a_step_without_a_deadline_has_none():
    assert deadline_of(back(3), "other", closes=CLOSES, calendar=CALENDAR) is None


def test_a_year_whose_holidays_are_not_known_is_refused():
    closes = datetime(2031, 5, 7, tzinfo=BEIJING)

    with pytest.raises(UnknownYear, match="2031年"):
        deadlines_of(back(3), closes=closes, calendar=CALENDAR)


@pytest.mark.clause("R72")
def test_the_2020_call_staggers_its_steps_before_the_close():
    due = deadlines_of(PACK.deadlines, closes=PACK.window.closes, calendar=CALENDAR)

    assert {step: (moment.date(), moment.time()) for step, moment in due.items()} == {
        "fill": (date(2020, 3, 27), time(20)),
        "employer_check": (date(2020, 4, 1), time(20)),
        "peer_review": (date(2020, 4, 7), time(20)),
        "employer_notice": (date(2020, 4, 16), time(20)),
        "discipline": (date(2020, 4, 21), time(20)),
        "nominator_check": (date(2020, 4, 23), time(20)),
        "nominator_panel": (date(2020, 4, 26), time(20)),
        "nominator_decision": (date(2020, 4, 29), time(20)),
        "nomination": (date(2020, 5, 6), time(23, 59, 59)),
    }
    assert list(due.values()) == sorted(due.values())


moments = st.builds(
    datetime.combine,
    st.dates(date(2018, 12, 1), date(2026, 12, 31)),
    st.times(),
    st.just(UTC),
)


@given(moments, st.integers(0, 30), st.integers(0, 30))
def test_more_days_before_is_never_later(closes, days, more):
    later, earlier = (
        deadline_of(back(count), "check", closes=closes, calendar=CALENDAR)
        for count in (days, days + more)
    )

    assert earlier <= later <= closes


@pytest.mark.clause("R71")
def test_a_day_ends_at_its_24_00_in_beijing():
    assert end_of(date(2020, 3, 25)) == datetime(2020, 3, 25, 16, tzinfo=UTC)
