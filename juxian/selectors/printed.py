"""Which turns of a form its applicant has printed, and which pages to print again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from juxian.records.models import Application, Trace
from juxian.regulation.replacing import changed_pages, leaves_of
from juxian.selectors.paper import printings_of


@dataclass(frozen=True, slots=True)
class Printed:
    """A turn that was printed, when last, and as which printing; 0 is not known."""

    turn: int
    at: datetime
    printing: int = 0


def printed_by_applicant(application: Application) -> tuple[Printed, ...]:
    """Every turn once, the earliest first; drafts left out. 1 query."""
    rows = Trace.objects.filter(
        subject="application",
        subject_id=str(application.pk),
        act="print",
        by=application.applicant_id,
    ).order_by("pk")
    last: dict[int, Printed] = {}
    for detail, at in rows.values_list("detail", "at"):
        turn = int(detail.get("turn") or 0)
        last[turn] = Printed(turn, at, int(detail.get("printing") or 0))
    return tuple(last[turn] for turn in sorted(last) if turn)


@dataclass(frozen=True, slots=True)
class Replacement:
    """What to do with the prints of an earlier turn: which pages, of `last`, to print again.

    `last` is 0 until the pages of the present turn have been read.
    """

    printed: Printed
    pages: tuple[int, ...]
    last: int
    was: int

    @property
    def is_whole(self) -> bool:
        return self.last > 0 and len(self.pages) == self.last

    @property
    def is_partial(self) -> bool:
        return 0 < len(self.pages) < self.last

    @property
    def leaves(self) -> tuple[int, ...]:
        """With the other sides of their leaves, for printing on both."""
        return leaves_of(self.pages, self.last)


def replacement_of(
    application: Application, turn: int, printed: Sequence[Printed]
) -> Replacement | None:
    """None without a print of an earlier turn, or of one that nothing is known of. 1 query."""
    printed = [one for one in printed if one.turn < turn and one.printing]
    if not printed:
        return None
    last_print = printed[-1]
    printings = printings_of(application.number)
    earlier, now = printings[last_print.turn], tuple(printings.get(turn, {}).values())
    mine = earlier[last_print.printing]
    before = [one for one in earlier.values() if one.shape == mine.shape]
    same = any(one.shape == mine.shape for one in now)
    was = len(mine.pages)
    last = was if same else len(now[-1].pages) if now else 0
    return Replacement(last_print, changed_pages(before, now), last, was)
