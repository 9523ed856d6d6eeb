"""A work history month by month: gaps and overlaps, told by the months they lie between."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juxian.regulation.checks import CHECKS, Verdict
from juxian.regulation.history import gaps, overlaps, periods, turned_round


def rows(*spans):
    return [{"start": first, "end": last} for first, last in spans]


def read(*spans):
    return periods(rows(*spans), "start", "end")


@pytest.mark.clause("R62")
def test_a_gap_is_named_by_the_months_it_lies_between():
    found = read(("1999-09", "2003-07"), ("2004-02", ""))

    assert gaps(found, 0, "经历") == ("2003年7月至2004年2月之间没有填写经历。",)


@pytest.mark.parametrize(
    ("begins", "tolerated", "is_told"),
    [("2003-08", 0, False), ("2003-09", 0, True), ("2003-11", 3, False), ("2003-12", 3, True)],
)
def test_a_gap_no_longer_than_the_call_tolerates_is_not_told(begins, tolerated, is_told):
    found = read(("1999-09", "2003-07"), (begins, ""))

    assert bool(gaps(found, tolerated, "经历")) == is_told


def test_a_gap_that_another_row_covers_is_none_in_whatever_order_they_are_typed():
    found = read(("2004-02", ""), ("2000-01", "2005-12"), ("1999-09", "2003-07"))

    assert gaps(found, 0, "经历") == ()


@pytest.mark.clause("R62")
def test_an_overlap_is_told_by_the_numbers_of_its_rows_and_its_months():
    found = read(("1999-09", "2003-07"), ("2004-02", ""), ("2003-03", "2004-01"))

    assert overlaps(found, 0) == ("第1条与第3条重叠5个月。",)


def test_rows_that_meet_in_a_month_do_not_overlap():
    assert overlaps(read(("1999-09", "2003-07"), ("2003-07", "")), 0) == ()


def test_two_rows_that_both_go_on_overlap_to_this_day():
    assert overlaps(read(("1999-09", ""), ("2003-07", "")), 0) == ("第1条与第2条重叠至今。",)


def test_a_row_that_ends_before_it_begins_is_told_and_left_out_of_the_rest():
    found = read(("2003-07", "1999-09"), ("1998-01", "2004-01"))

    assert turned_round(found) == ("第1条的结束时间早于开始时间，请核对。",)
    assert (gaps(found, 0, "经历"), overlaps(found, 0)) == ((), ())


def test_a_row_that_cannot_be_read_says_nothing():
    assert read(("去年", "2003-07"), ("2003-07", "下月"), ("", "")) == ()


MONTHS = st.integers(1990 * 12, 2020 * 12).map(lambda m: f"{m // 12:04d}-{m % 12 + 1:02d}")
SPANS = st.lists(
    st.tuples(MONTHS, MONTHS, st.booleans()).map(
        lambda span: (min(span[:2]), "" if span[2] else max(span[:2]))
    ),
    max_size=12,
)


@settings(deadline=None)  # a busy machine is no fault
@given(SPANS, st.integers(0, 12))
def test_there_are_hints_just_where_the_check_finds_something(spans, months):
    found = read(*spans)
    facts = {"career.records": rows(*spans)}
    named = {"rows": "career.records", "start": "start", "end": "end", "months": months}

    assert bool(gaps(found, months, "经历")) == (
        CHECKS["rows_have_no_gap"](facts, **named)[0] is Verdict.UNMET
    )
    assert bool(overlaps(found, months)) == (
        CHECKS["rows_do_not_overlap"](facts, **named)[0] is Verdict.UNMET
    )


@settings(deadline=None)  # a busy machine is no fault
@given(SPANS, st.randoms())
def test_the_order_of_the_rows_changes_no_gap(spans, random):
    shuffled = list(spans)
    random.shuffle(shuffled)

    assert gaps(read(*shuffled), 0, "经历") == gaps(read(*spans), 0, "经历")
