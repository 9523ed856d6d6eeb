"""What lies in a parcel, person by person: copies, pages, seals, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import DateField, QuerySet, Value
from django.utils.translation import gettext as _

from juxian.records.models import (
    Application,
    Arrival,
    CopyTick,
    Mailing,
    PageSeen,
    PileScan,
)
from juxian.regulation.parcel_pages import (
    MARKED,
    Copy,
    PageState,
    Seen,
    Wanted,
    copies_of,
    runs_of,
)
from juxian.selectors.parcel import Awaited, Nominee, is_late, marked_papers

Row = TypeVar("Row", CopyTick, PageSeen, PileScan)

IS_THERE, ANNEXES = "有", "证明材料复印件齐全"  # items that no pack names


@dataclass(frozen=True, slots=True)
class Tick:
    """Something an officer looks for on a copy; `key` names it in a form."""

    paper: str
    copy: int
    item: str
    is_there: bool

    @property
    def key(self) -> str:
        return f"{self.paper}|{self.copy}|{self.item}"


@dataclass(frozen=True, slots=True)
class CopyLine:
    paper: str
    title: str
    number: str
    copy: Copy
    ticks: tuple[Tick, ...]

    @property
    def lacks(self) -> str:
        """What is missing, in words; "" when every page is there."""
        if self.copy.is_absent:
            return _("整份未见")
        if not self.copy.missing:
            return "" if self.copy.found else _("没有有效的页")
        runs = [f"{a}" if a == b else f"{a}–{b}" for a, b in runs_of(self.copy.missing)]
        return _("缺第%(pages)s页") % {"pages": "、".join(runs)}

    @property
    def is_done(self) -> bool:
        return self.copy.is_whole and all(tick.is_there for tick in self.ticks)


@dataclass(frozen=True, slots=True)
class PersonLine:
    application: Application
    copies: tuple[CopyLine, ...]
    annexes: Tick

    @property
    def whole(self) -> int:
        return sum(one.copy.is_whole for one in self.copies)

    @property
    def is_done(self) -> bool:
        return self.annexes.is_there and all(one.is_done for one in self.copies)


@dataclass(frozen=True, slots=True)
class Pile:
    """A parcel opened; `own` are the office's papers, ticked by hand, `odd` what counts not."""

    awaited: Awaited
    people: tuple[PersonLine, ...]
    own: tuple[tuple[str, Tick], ...]
    odd: tuple[PageSeen, ...]
    mailings: tuple[Mailing, ...]
    arrivals: tuple[Arrival, ...]
    scans: tuple[PileScan, ...]

    @property
    def copies(self) -> tuple[CopyLine, ...]:
        return tuple(copy for one in self.people for copy in one.copies)

    @property
    def done(self) -> int:
        return sum(one.is_done for one in self.people)

    @property
    def whole(self) -> int:
        return sum(one.copy.is_whole for one in self.copies)

    @property
    def found(self) -> int:
        return sum(len(one.copy.found) for one in self.copies)

    @property
    def wanted(self) -> int:
        """Pages of the copies of which it is known how many they have."""
        return sum(one.copy.pages for one in self.copies)

    @property
    def is_late(self) -> bool:
        first = self.arrivals[0] if self.arrivals else None
        return first is not None and is_late(self.awaited.channel, first)

    @property
    def is_complete(self) -> bool:
        own = all(tick.is_there for _title, tick in self.own)
        return own and all(one.is_done for one in self.people) and not self.odd

    @property
    def is_reading(self) -> bool:
        """Whether a worker still reads a scanned file."""
        return any(scan.read_at is None for scan in self.scans)


def pile_of(awaited: Awaited) -> Pile:
    """4 queries, whatever it holds."""
    number = awaited.number
    seen = list(_rows(PageSeen, number))
    ticks = _ticks(number)
    mailings, arrivals = _envelopes(number)
    facts: dict[str, list[Seen]] = defaultdict(list)
    for row in seen:
        facts[row.paper].append(_fact(row))
    people = tuple(_person(awaited, one, facts, ticks) for one in awaited.files)
    own = [paper for paper in awaited.pack.papers if paper.per == "nominator"]
    return Pile(
        awaited=awaited,
        people=people,
        own=tuple((p.title, _tick(ticks, p.code, 1, IS_THERE)) for p in own),
        odd=tuple(_odd(seen, people)),
        mailings=mailings,
        arrivals=arrivals,
        scans=tuple(scans_of(awaited)),
    )


def pages_of(awaited: Awaited) -> QuerySet[PageSeen]:
    return _rows(PageSeen, awaited.number)


def scans_of(awaited: Awaited) -> QuerySet[PileScan]:
    return _rows(PileScan, awaited.number).select_related("file")


def _rows(model: type[Row], number: str) -> QuerySet[Row]:
    return model.objects.filter(parcel__number=number).order_by("pk")


def _envelopes(number: str) -> tuple[tuple[Mailing, ...], tuple[Arrival, ...]]:
    """What was posted and what has come, in order. 1 query for both."""
    nothing, no_day = Value(""), Value(None, DateField())
    sent = Mailing.objects.filter(parcel__number=number).values_list(
        Value("sent"),
        "pk",
        "entered_at",
        "sent_on",
        "courier",
        "tracking_number",
        "sealed_by",
        no_day,
    )
    come = Arrival.objects.filter(parcel__number=number).values_list(
        Value("come"), "pk", "entered_at", "arrived_on", "note", nothing, nothing, "postmarked_on"
    )
    mailings, arrivals = [], []
    for kind, pk, at, day, first, second, third, postmark in sorted(sent.union(come)):
        if kind == "sent":
            mailings.append(
                Mailing(
                    pk=pk,
                    entered_at=at,
                    sent_on=day,
                    courier=first,
                    tracking_number=second,
                    sealed_by=third,
                )
            )
        else:
            arrivals.append(
                Arrival(pk=pk, entered_at=at, arrived_on=day, note=first, postmarked_on=postmark)
            )
    return tuple(mailings), tuple(arrivals)


Ticks = Mapping[tuple[str, int, str], bool]


def _ticks(number: str) -> Ticks:
    """The last word on each."""
    rows = _rows(CopyTick, number).values_list("paper", "copy", "item", "is_there")
    return {(paper, copy, item): is_there for paper, copy, item, is_there in rows}


def _tick(ticks: Ticks, paper: str, copy: int, item: str) -> Tick:
    return Tick(paper, copy, item, ticks.get((paper, copy, item), False))


def _person(
    awaited: Awaited, nominee: Nominee, facts: Mapping[str, list[Seen]], ticks: Ticks
) -> PersonLine:
    application = nominee.file
    number, turn = application.number, application.turn
    copies: list[CopyLine] = []
    for code, title, count in marked_papers(awaited.pack):
        paper = number + MARKED[code]
        wanted = Wanted(paper, turn, count, 0 if MARKED[code] else nominee.form_pages)
        for copy in copies_of(wanted, facts.get(paper, ())):
            seals = awaited.channel.seals_of(code)
            looked_for = tuple(_tick(ticks, paper, copy.number, seal) for seal in seals)
            copies.append(CopyLine(code, title, paper, copy, looked_for))
    return PersonLine(application, tuple(copies), _tick(ticks, number, 1, ANNEXES))


def _fact(row: PageSeen) -> Seen:
    state = PageState(row.verdict)
    return Seen(row.paper, row.copy, row.page, row.pages, state, row.present_turn)


def _odd(seen: Iterable[PageSeen], people: Sequence[PersonLine]) -> Iterator[PageSeen]:
    """Pages that count not, the latest first, until the right one lies in their place."""
    right = {
        (one.number, one.copy.number, page)
        for person in people
        for one in person.copies
        for page in one.copy.found
    }
    for row in sorted(seen, key=lambda one: -one.pk):
        counts = PageState(row.verdict).counts
        if not counts and (row.paper, row.copy, row.page) not in right:
            yield row
