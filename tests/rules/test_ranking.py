"""Ranks by track, and who needs a reason for standing before somebody better."""

from fractions import Fraction

import pytest

from juxian.regulation.ranking import Ranked, overtaken, ranks


@pytest.mark.clause("R49")
def test_every_track_is_ranked_by_itself():
    order = [Ranked(7, "a"), Ranked(8, "b"), Ranked(5, "a"), Ranked(6, "b")]

    assert ranks(order) == {7: 1, 8: 1, 5: 2, 6: 2}


@pytest.mark.clause("R36")
def test_only_those_before_a_better_result_of_their_own_track_overtake():
    order = [
        Ranked(1, "a", Fraction(9, 11)),
        Ranked(2, "a", Fraction(10, 11)),
        Ranked(3, "a", Fraction(9, 11)),
        Ranked(4, "a"),
        Ranked(5, "b", Fraction(11, 11)),
        Ranked(6, "a", Fraction(11, 11)),
    ]

    assert overtaken(order) == {1: (2, 6), 2: (6,), 3: (6,)}


def test_equal_shares_of_different_panels_are_equal():
    assert overtaken([Ranked(1, "a", Fraction(5, 10)), Ranked(2, "a", Fraction(3, 6))]) == {}
