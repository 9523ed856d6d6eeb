"""The package of one prefecture on the receiving desk: exactly what is wrong with it is found."""

import pytest

from juxian.actions.parcel_scan import read_pile, scan_pile
from juxian.regulation.replacing import changed_pages
from juxian.selectors.paper import printings_of
from juxian.selectors.parcel import awaited_of
from juxian.selectors.parcel_pile import pile_of
from tests.house.actions.piles import askew, nominees, pages_of, printed, scanned


@pytest.fixture
def package(world):
    """Six people of two tracks, eighteen copies; one page left out, one of an older turn."""
    files, before = nominees(world)
    piles = {track: [] for track in ("professional", "skilled")}
    for file in files:
        piles[file.track].append((file, pages_of(printed(file))))
    return files, before, piles


def found_in(world, piles, *, by):
    """What the desk says of the parcel when its pages, askew, have gone through the scanner."""
    (awaited,) = awaited_of(world.fresh(by))
    scan = scan_pile(awaited.number, scanned([askew(page) for page in piles]), by=world.fresh(by))
    read_pile(scan.pk)
    pile = pile_of(awaited)
    lacks = {
        (one.number, one.copy.number): one.lacks
        for one in pile.copies
        if one.lacks and one.paper == "application_form"
    }
    odd = [(row.paper, row.turn, row.copy, row.page, row.verdict) for row in pile.odd]
    forms = [one for one in pile.copies if one.paper == "application_form"]
    return lacks, odd, (len(forms), sum(one.copy.is_whole for one in forms)), pile.scans[0].blind


def test_the_missing_page_and_the_page_of_an_older_turn_are_found_and_nothing_else(world, package):
    files, before, piles = package
    mended, leaving = files[0], files[3]
    technical, vocational = (
        [page for _file, printing in piles[track] for page in printing]
        for track in ("professional", "skilled")
    )
    of_mended, of_leaving = (len(piles[one.track][0][1]) // 3 for one in (mended, leaving))
    changed = changed_page(mended)
    at = of_mended + changed - 1  # in the second copy
    right, technical[at] = technical[at], pages_of(before)[at]
    left_out = vocational.pop(2 * of_leaving + 4)  # the fifth page of the third copy

    first = found_in(world, technical, by=world.technical_handler)
    second = found_in(world, vocational, by=world.vocational_handler)
    mends = [
        found_in(world, [page], by=who)
        for page, who in (
            (right, world.technical_handler),
            (left_out, world.vocational_handler),
        )
    ]

    lacks = {(mended.number, 2): f"缺第{changed}页"}
    wrong = [(mended.number, 1, 2, changed, "superseded")]
    assert first == (lacks, wrong, (9, 8), [])
    assert second == ({(leaving.number, 3): "缺第5页"}, [], (9, 8), [])
    assert mends == [({}, [], (9, 9), []), ({}, [], (9, 9), [])]


def changed_page(file):
    """The first page after the cover that says something else than in the first turn."""
    printings = printings_of(file.number)
    pages = changed_pages([*printings[1].values()], [*printings[2].values()])
    return next(page for page in pages if page > 1)
