"""The same scan saved again is found, and two certificates on one form are told apart."""

from itertools import combinations
from random import Random

import pytest
from PIL import Image

from juxian.regulation.likeness import bands_of, is_near, is_same_scan, print_of
from juxian.regulation.scans import looked_at
from tests.rules import sample_scans as pages

HOLDERS = (
    ("某某甲", "SL-2016-0317", 2016),
    ("某某甲", "SL-2016-0318", 2016),
    ("某某乙", "SL-2016-0317", 2016),
    ("阿依古丽", "SL-2017-0044", 2017),
    ("某某丙", "SL-2016-1291", 2016),
)


def saved_again(page, *, scale, quality):
    size = (int(page.width * scale), int(page.height * scale))
    return pages.compressed(page.resize(size, Image.Resampling.LANCZOS), quality)


def look(page):
    return looked_at(page)


@pytest.mark.parametrize("draw", [pages.certificate, pages.table, pages.prose, pages.landscape])
@pytest.mark.parametrize(("scale", "quality"), [(0.6, 70), (1, 40)])
def test_a_scan_saved_again_smaller_or_coarser_is_the_same(draw, scale, quality):
    dice = Random(3)
    page = pages.scanned(draw(dice), dice)
    one, again = look(page), look(saved_again(page, scale=scale, quality=quality))

    assert set(bands_of(print_of(one))) & set(bands_of(print_of(again))) != set()
    assert is_near(print_of(one), print_of(again))
    assert is_same_scan(one, again)
    assert is_same_scan(again, one)


@pytest.mark.parametrize("take", [pages.clean, pages.grey])
def test_certificates_on_one_form_are_alike_at_a_glance_and_never_the_same_scan(take):
    looks = [look(take(pages.certificate(Random(1), *who), Random(5))) for who in HOLDERS]
    pairs = list(combinations(looks, 2))

    assert all(is_near(print_of(one), print_of(other)) for one, other in pairs)
    assert [pair for pair in pairs if is_same_scan(*pair)] == []


def test_the_same_paper_scanned_twice_is_two_scans():
    page = pages.certificate(Random(1))

    first, second = (look(pages.scanned(page, Random(number))) for number in (1, 2))

    assert not is_same_scan(first, second)


@pytest.mark.parametrize("draw", [pages.blank, pages.few_words, pages.one_line])
def test_a_page_with_little_on_it_has_no_print(draw):
    assert print_of(look(draw(Random(1)))) is None


def test_pages_of_another_shape_are_not_compared():
    page = look(pages.certificate(Random(1)))

    assert not is_same_scan(page, page.crop((0, 0, page.width, page.height - 100)))


def test_prints_that_differ_by_a_step_in_every_band_but_one_still_share_one():
    bits = sum(0b111 << 16 * place for place in range(16))
    other = bits ^ sum(1 << 16 * place for place in range(14))

    assert is_near(bits, other)
    assert set(bands_of(bits)) & set(bands_of(other)) == set(bands_of(bits)[14:])
