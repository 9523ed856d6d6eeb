"""Scanned piles of a parcel's pages: taken in at once, read by a worker."""

from django.db import transaction
from procrastinate.contrib.django import app

from juxian.actions.intake import Taken, store, take
from juxian.actions.parcel import Sorter, receivable, row_for
from juxian.actions.trace import leave
from juxian.papers.proof import read_content
from juxian.records.clock import Moment
from juxian.records.models import Person, PileScan
from juxian.regulation.refusal import Refusal
from juxian.selectors.evidence import content_of


def scan_pile(number: str, content: bytes, *, by: Person) -> PileScan:
    """Take a scanned file in and leave its reading to a worker; the same file twice is one."""
    awaited = receivable(number, by)
    taken = take(content, by=by, about=awaited.cycle)
    return _kept(number, taken, by)


@transaction.atomic
def _kept(number: str, taken: Taken, by: Person) -> PileScan:
    parcel = row_for(receivable(number, by))
    scan, is_new = PileScan.objects.get_or_create(
        parcel=parcel, file=store(taken), defaults={"given_by": by, "given_at": Moment()}
    )
    if is_new:
        leave("scan_pile", parcel, by=by, scan=scan.pk)
        app.configure_task("read_pile").defer(scan=scan.pk)
    return scan


def read_pile(scan_id: int) -> None:
    """Judge every page of a scanned file, as if each had been scanned by hand; idempotent."""
    scan = PileScan.objects.select_related("parcel", "file", "given_by").get(pk=scan_id)
    if scan.read_at is not None:
        return
    try:
        pages = read_content(content_of(scan.file))
    except Refusal:
        _done(scan, [], is_broken=True)
        return
    with transaction.atomic():
        awaited = receivable(scan.parcel.number, scan.given_by)
        sorter = Sorter(scan.parcel, awaited, scan.given_by)
        for page in pages:
            for mark in page.marks:
                sorter.see(mark, "file", at=(scan, page.number))
        _done(scan, [page.number for page in pages if not page.marks], is_broken=False)


def _done(scan: PileScan, blind: list[int], *, is_broken: bool) -> None:
    PileScan.objects.filter(pk=scan.pk).update(read_at=Moment(), blind=blind, is_broken=is_broken)
    leave("read_pile", scan.parcel, by=None, scan=scan.pk)
