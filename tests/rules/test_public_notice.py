"""Notice periods: their ends, and those too short."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.calendar import UnknownYear, load_calendar
from juxian.regulation.procedure import Publicity
from juxian.regulation.public_notice import (
    first_counted_day,
    latest_start,
    period_end,
    shortfall,
)

CALENDAR = load_calendar(Path(__file__).parents[2] / "packs" / "calendar")

FIVE = Publicity(days=5)
FIVE_FROM_NEXT_DAY = Publicity(days=5, count_first_day=False)
SEVEN_NATURAL = Publicity(days=7, working=False)

ONE_DAY = timedelta(days=1)
days_inside = st.dates(date(2018, 6, 1), date(2026, 8, 31))
publicities = st.builds(
    Publicity,
    days=st.integers(1, 30),
    working=st.booleans(),
    count_first_day=st.booleans(),
)


@pytest.mark.clause("R45", "R53", "R73")
@pytest.mark.parametrize(
    ("start", "publicity", "end"),
    [
        (date(2020, 4, 27), FIVE, date(2020, 5, 6)),
        (date(2020, 4, 29), FIVE, date(2020, 5, 8)),
        (date(2020, 4, 20), FIVE_FROM_NEXT_DAY, date(2020, 4, 26)),  # a Sunday that is worked
        (date(2020, 5, 1), FIVE, date(2020, 5, 11)),  # posted on a holiday; 9 May is worked
        (date(2020, 5, 1), FIVE_FROM_NEXT_DAY, date(2020, 5, 11)),
        (date(2020, 5, 5), FIVE_FROM_NEXT_DAY, date(2020, 5, 11)),
        (date(2020, 5, 6), FIVE_FROM_NEXT_DAY, date(2020, 5, 12)),
        (date(2020, 4, 29), SEVEN_NATURAL, date(2020, 5, 5)),
        (date(2020, 4, 29), Publicity(7, working=False, count_first_day=False), date(2020, 5, 6)),
        (date(2023, 5, 25), Publicity(days=3), date(2023, 5, 29)),
        (date(2020, 4, 26), Publicity(days=1), date(2020, 4, 26)),
    ],
)
def test_a_notice_ends_on_the_day_that_the_calendar_gives(start, publicity, end):
    assert period_end(start, publicity, CALENDAR) == end


def test_a_notice_posted_on_a_day_off_counts_from_the_next_working_day():
    assert first_counted_day(date(2020, 5, 1), FIVE, CALENDAR) == date(2020, 5, 6)
    assert first_counted_day(date(2020, 4, 25), FIVE, CALENDAR) == date(2020, 4, 26)
    assert first_counted_day(date(2020, 4, 30), FIVE_FROM_NEXT_DAY, CALENDAR) == date(2020, 5, 6)
    assert first_counted_day(date(2020, 5, 1), SEVEN_NATURAL, CALENDAR) == date(2020, 5, 1)


@pytest.mark.clause("R45", "R53")
def test_a_notice_one_day_short_is_told_until_when_it_must_stand():
    start = date(2020, 4, 29)

    assert shortfall(start, date(2020, 5, 8), FIVE, CALENDAR) == ()
    assert shortfall(start, date(2020, 5, 7), FIVE, CALENDAR)[0] == (
        "公示期不得少于5个工作日（含发布当日）："
        "2020年4月29日发布的，应公示至2020年5月8日，现定于2020年5月7日截止。"
    )
    seven_from_next_day = replace(SEVEN_NATURAL, count_first_day=False)
    assert shortfall(start, start, seven_from_next_day, CALENDAR)[0] == (
        "公示期不得少于7个自然日（自发布次日起算）："
        "2020年4月29日发布的，应公示至2020年5月6日，现定于2020年4月29日截止。"
    )


@pytest.mark.clause("R45", "R53")
@given(days_inside, publicities, st.integers(0, 20))
def test_a_notice_is_long_enough_from_its_end_on_and_never_before(start, publicity, more):
    end = period_end(start, publicity, CALENDAR)

    assert shortfall(start, end + more * ONE_DAY, publicity, CALENDAR) == ()
    assert len(shortfall(start, end - ONE_DAY, publicity, CALENDAR)) == 1


@given(days_inside, publicities)
def test_a_working_period_has_its_number_of_working_days_and_ends_on_one(start, publicity):
    end = period_end(start, publicity, CALENDAR)
    first = start if publicity.count_first_day else start + ONE_DAY

    if publicity.working:
        assert CALENDAR.is_working_day(end)
        assert CALENDAR.working_days_between(first, end) == publicity.days
    else:
        assert (end - first).days + 1 == publicity.days


@given(days_inside, publicities)
def test_a_later_start_never_ends_earlier(start, publicity):
    assert period_end(start, publicity, CALENDAR) <= period_end(
        start + ONE_DAY, publicity, CALENDAR
    )


def test_a_notice_that_runs_into_an_unknown_year_is_refused():
    with pytest.raises(UnknownYear, match=r"^2027年"):
        period_end(date(2026, 12, 28), FIVE, CALENDAR)

    assert period_end(date(2026, 12, 28), SEVEN_NATURAL, CALENDAR) == date(2027, 1, 3)


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_without_a_day_is_no_period(days):
    publicity = Publicity(days=days)

    with pytest.raises(ValueError, match="at least one day"):
        period_end(date(2020, 5, 6), publicity, CALENDAR)


@pytest.mark.clause("R45", "R73")
@given(days_inside, st.integers(0, 40), publicities)
def test_a_notice_posted_on_the_last_start_is_over_in_time_and_a_day_later_is_not(
    earliest, days, publicity
):
    due = earliest + days * ONE_DAY
    latest = latest_start(due, earliest, publicity, CALENDAR)

    if latest is None:
        assert period_end(earliest, publicity, CALENDAR) > due
    else:
        assert earliest <= latest
        assert period_end(latest, publicity, CALENDAR) <= due
        assert period_end(latest + ONE_DAY, publicity, CALENDAR) > due
