"""Which pages are printed again, and which of an earlier turn still count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.replacing import Pages, changed_pages, is_kept, leaves_of

EMPTY, SEALED = "意见栏空白", "意见栏已填"
FIRST = Pages(3, ("封面", "甲", "乙", EMPTY))

papers = st.lists(st.sampled_from("甲乙丙"), min_size=1, max_size=8).map(
    lambda pages: Pages(3, tuple(pages))
)


def test_a_page_that_says_something_else_is_printed_again():
    now = Pages(3, ("封面", "甲", "改", EMPTY))

    assert changed_pages([FIRST], [now]) == (3,)
    assert [is_kept(page, [FIRST], [now]) for page in range(6)] == [
        False,
        True,
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "now", [Pages(3, ("封面", "甲", "乙", EMPTY, "新")), Pages(2, FIRST.pages), Pages(3, ("封面",))]
)
def test_other_numbers_in_the_foot_change_every_page(now):
    assert changed_pages([FIRST], [now]) == tuple(range(1, len(now.pages) + 1))


def test_nothing_counts_of_a_turn_that_nothing_is_known_of():
    assert not is_kept(1, [], [FIRST])
    assert not is_kept(1, [FIRST], [])
    assert changed_pages([FIRST], []) == ()
    assert changed_pages([], [FIRST]) == (1, 2, 3, 4)


def test_a_page_that_earlier_prints_tell_differently_counts_only_if_all_are_said_now():
    filled = Pages(3, (*FIRST.pages[:3], SEALED))

    assert changed_pages([FIRST, filled], [FIRST]) == (4,)
    assert changed_pages([FIRST], [filled]) == (4,)
    assert changed_pages([FIRST], [FIRST, filled]) == ()
    assert changed_pages([FIRST, filled], [filled, FIRST]) == ()


def test_a_later_print_with_more_pages_takes_nothing_from_what_was_kept():
    longer = Pages(3, (*FIRST.pages, "续"))

    assert changed_pages([FIRST], [FIRST, longer]) == ()


def test_the_other_side_of_a_leaf_comes_with_its_page():
    assert leaves_of((3, 8), 8) == (3, 4, 7, 8)
    assert leaves_of((3, 4), 8) == (3, 4)
    assert leaves_of((5,), 5) == (5,)
    assert leaves_of((), 8) == ()


@given(papers, papers)
def test_what_is_not_printed_again_is_what_counts(before, now):
    pages = range(1, len(now.pages) + 1)
    again = changed_pages([before], [now])

    assert set(again) == {page for page in pages if not is_kept(page, [before], [now])}
    if before.shape == now.shape:
        assert all(before.pages[page - 1] == now.pages[page - 1] for page in set(pages) - {*again})
