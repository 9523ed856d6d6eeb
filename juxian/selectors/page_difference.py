"""What a page of an earlier turn says otherwise than the form on file now."""

from dataclasses import dataclass

from juxian.records.models import Application, PageSeen, Submission
from juxian.records.packs import pack_of
from juxian.regulation.parcel_pages import MARKED
from juxian.regulation.replacing import changed_pages
from juxian.selectors.changes import Change, changes_in
from juxian.selectors.facts import unsealed
from juxian.selectors.form_reading import read
from juxian.selectors.paper import printings_of
from juxian.selectors.parcel import Awaited
from juxian.selectors.windows import windows_of


@dataclass(frozen=True, slots=True)
class PageDifference:
    """`pages` are those to print again, () while what a printing said is not known."""

    application: Application
    before: Submission
    now: Submission
    changes: tuple[Change, ...]
    pages: tuple[int, ...]


def difference_of(awaited: Awaited, seen: PageSeen) -> PageDifference | None:
    """None for a page that is of no earlier turn of one of the parcel's people. 5 queries."""
    number = next(
        (n for n in awaited.nominees for tail in MARKED.values() if n + tail == seen.paper), ""
    )
    rows = Submission.objects.filter(
        application__number=number, turn__in=(seen.turn, awaited.nominees.get(number, 0))
    ).select_related("application__cycle", "application__employer")
    if len(rows) < 2:  # noqa: PLR2004
        return None
    before, now = sorted(rows, key=lambda one: one.turn)
    application = now.application
    pack = pack_of(application.cycle)
    parts = read(
        pack.form.for_track(application.track),
        unsealed(now.answers),
        unsealed(before.answers),
        windows=windows_of(pack, application.track),
    )
    printings = printings_of(number)
    was, is_now = (tuple(printings.get(one.turn, {}).values()) for one in (before, now))
    pages = changed_pages(was, is_now) if was and is_now else ()
    return PageDifference(application, before, now, changes_in(parts), pages)
