"""How often a doubtful page is found among many, and that good pages are left alone."""

from random import Random

import pytest

from juxian.regulation.scans import DoubtKind, doubts_about, looked_at
from tests.rules import sample_scans as pages

KINDS = range(len(pages.GOOD))
EACH = 4  # pages of each kind, one taken in every way


def judged(page):
    return doubts_about(looked_at(page), longer_side=max(page.size))


def good(kind):
    for number in range(EACH):
        dice = Random(1000 * kind + number)
        yield pages.TAKEN[number % len(pages.TAKEN)](pages.GOOD[kind](dice), dice)


def found(planted, kind):
    """The share of the planted pages of which exactly this is said."""
    said = [judged(page) == (kind,) for page in planted]
    return sum(said) / len(said)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_said_of_good_pages_clean_scanned_grey_or_photographed(kind):
    said = {doubt for page in good(kind) for doubt in judged(page)}

    assert said == set()


def test_a_blank_page_is_found_for_all_its_grain_dust_shadow_and_the_print_behind():
    planted = (pages.blank(Random(number)) for number in range(24))

    assert found(planted, DoubtKind.BLANK) == 1


def test_print_out_of_focus_is_found_at_least_in_nineteen_of_twenty():
    dice = Random(7)
    planted = [pages.blurred(draw(dice), dice) for draw in pages.LINED * 2]

    assert found(planted, DoubtKind.BLURRED) >= 0.95


def test_pages_on_their_side_are_found_at_least_in_nineteen_of_twenty():
    dice = Random(8)
    planted = [
        take(pages.sideways(draw(dice), dice), dice) for draw in pages.LINED for take in pages.TAKEN
    ]

    assert found(planted, DoubtKind.SIDEWAYS) >= 0.95
