"""What is doubtful about a page is said, one thing of each; the rates are in tests/papers."""

from random import Random

import pytest
from PIL import Image

from juxian.regulation.scans import LEAST_SIDE, LONG_SIDE, DoubtKind, doubts_about, looked_at
from tests.rules import sample_scans as pages


def judged(page):
    return doubts_about(looked_at(page), longer_side=max(page.size))


@pytest.mark.parametrize("draw", [pages.prose, pages.table, pages.few_words])
def test_nothing_is_said_of_a_page_that_can_be_read(draw):
    assert judged(pages.scanned(draw(Random(1)), Random(2))) == ()


def test_a_blank_a_blurred_and_a_lying_page_are_each_said_to_be_so():
    dice = Random(3)
    planted = [
        pages.blank(dice),
        pages.blurred(pages.certificate(dice), dice),
        pages.scanned(pages.sideways(pages.prose(dice), dice), dice),
    ]

    assert [judged(page) for page in planted] == [
        (DoubtKind.BLANK,),
        (DoubtKind.BLURRED,),
        (DoubtKind.SIDEWAYS,),
    ]


def test_a_picture_of_too_few_points_is_small_and_one_more_is_not():
    page = pages.certificate(Random(1))
    small, enough = (page.resize((side * 1240 // 1754, side)) for side in (699, LEAST_SIDE))

    assert judged(small) == (DoubtKind.SMALL,)
    assert judged(enough) == ()


def test_a_page_is_looked_at_small_and_the_smallest_is_looked_at_too():
    assert max(looked_at(Image.new("RGB", (4000, 3000))).size) == LONG_SIDE
    assert judged(Image.new("L", (1, 1), 255)) == (DoubtKind.BLANK,)
    assert judged(Image.new("RGB", (9, 900), (255, 255, 255))) == (DoubtKind.BLANK,)
