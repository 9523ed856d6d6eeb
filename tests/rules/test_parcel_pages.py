"""What is seen and missing of a paper's copies, and a parcel's number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.parcel_pages import (
    Copy,
    PageState,
    Seen,
    Wanted,
    copies_of,
    parcel_number,
    parts_of_number,
    runs_of,
)

FORM = Wanted("XJ2020-A-00001", turn=2, copies=2, pages=4)


def seen(copy, page, state=PageState.EQUAL, present_turn=2):
    return Seen(FORM.number, copy, page, 4, state, present_turn)


def test_a_copy_lacks_the_pages_that_were_not_seen():
    first, second = copies_of(FORM, [seen(1, 1), seen(1, 3), seen(1, 4)])

    assert (first.found, first.missing, first.is_absent, first.is_whole) == (
        (1, 3, 4),
        (2,),
        False,
        False,
    )
    assert (second.missing, second.is_absent) == ((1, 2, 3, 4), True)


def test_a_page_that_is_void_is_missing_and_wrong_until_the_right_one_lies_there():
    void = seen(1, 2, PageState.SUPERSEDED)

    (before, _second) = copies_of(FORM, [seen(1, 1), void])
    (after, _other) = copies_of(FORM, [seen(1, 1), void, seen(1, 2)])

    assert (before.wrong, before.missing) == ((2,), (2, 3, 4))
    assert (after.wrong, after.missing) == ((), (3, 4))


def test_what_was_right_in_an_earlier_turn_is_to_be_looked_at_again():
    (first, _second) = copies_of(FORM, [seen(1, 1, present_turn=1)])

    assert (first.found, first.wrong) == ((), (1,))


@pytest.mark.parametrize("state", [PageState.EQUAL, PageState.KEPT, PageState.BY_HAND])
def test_pages_that_say_what_is_on_file_count_and_so_do_those_compared_by_hand(state):
    pages = [seen(1, page, state) for page in range(1, 5)]

    assert copies_of(FORM, pages)[0].is_whole


def test_a_copy_of_unknown_length_is_known_by_its_first_page():
    unknown = Wanted(FORM.number, turn=2, copies=1)

    assert copies_of(unknown, []) == (Copy(1, 0),)
    assert not copies_of(unknown, [])[0].is_whole
    assert copies_of(unknown, [seen(1, 4)])[0].missing == (1, 2, 3)


def test_pages_are_told_as_runs():
    assert runs_of([7, 1, 2, 3, 2]) == ((1, 3), (7, 7))


@given(st.integers(1, 999_999), st.integers(1, 999_999), st.sampled_from("AB"))
def test_a_parcels_number_is_read_back_however_it_was_typed(cycle, office, letter):
    number = parcel_number(cycle, office, letter)

    assert parts_of_number(f" {number.lower()} ") == (cycle, office, letter)


@pytest.mark.parametrize("text", ["", "ZX-1-2", "XJ2020-A-00001", "ZX-1-2-A/..", "ZX-a-2-A"])
def test_anything_else_is_no_parcels_number(text):
    assert parts_of_number(text) is None
