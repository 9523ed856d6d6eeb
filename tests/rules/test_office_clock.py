"""How many working days an office has had a file."""

from datetime import datetime
from pathlib import Path

import pytest

from juxian.regulation.calendar import load_calendar
from juxian.regulation.deadlines import BEIJING
from juxian.regulation.office_clock import Stay, days_used
from juxian.regulation.refusal import NotPossible
from juxian.regulation.verifying import CheckPoint, ReturnReason, check_may_return
from juxian.regulation.words import Level

CALENDAR = load_calendar(Path(__file__).parents[2] / "packs" / "calendar")


def at(day, hour=10, month=4):
    return datetime(2020, month, day, hour, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("stays", "used"),
    [
        ([], 0),
        ([(at(20), at(20, 18))], 0),  # the first day does not count
        ([(at(20), at(21, 9))], 1),
        ([(at(24), at(27))], 2),  # a Friday, then a Sunday that is worked
        ([(at(30), at(6, month=5))], 1),  # the May holiday
        ([(at(20), at(21)), (at(28), at(29))], 2),
    ],
)
def test_working_days_count_from_the_day_after_and_not_between_the_stays(stays, used):
    assert days_used([Stay(*stay) for stay in stays], CALENDAR) == used


@pytest.mark.parametrize(("most", "done"), [(None, 9), (2, 0), (2, 1)])
def test_a_step_returns_as_often_as_its_pack_allows(most, done):
    check_may_return(most, done)


def test_a_step_returns_no_further():
    with pytest.raises(NotPossible, match=r"^本环节最多退回2次，已经用完"):
        check_may_return(2, 2)


def test_a_reason_says_how_to_mend_the_place():
    assert (
        ReturnReason("a", "不清晰", "R63", "请换“{place}”。").sentence("学位证") == "请换“学位证”。"
    )


@pytest.mark.parametrize(
    ("level", "track", "expected"),
    [
        ("employer", "skilled", True),
        ("employer", "professional", False),
        ("county", "skilled", False),
    ],
)
def test_a_point_is_for_offices_of_its_level_and_files_of_its_tracks(level, track, expected):
    point = CheckPoint("a", Level.EMPLOYER, "可以查验", "R63", ("skilled",))

    assert point.is_for(Level(level), track) is expected
