"""Parcels (邮包): who must post what to whom, and how far each has come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from juxian.access import scope
from juxian.access.duties import duties_with
from juxian.records.models import (
    Application,
    Arrival,
    Cycle,
    Mailing,
    Office,
    PageSeen,
    Person,
    Printing,
    ProceedingItem,
)
from juxian.records.packs import pack_of
from juxian.regulation.deadlines import end_of
from juxian.regulation.pack import Pack, Track
from juxian.regulation.paper_channel import PaperChannel
from juxian.regulation.parcel_pages import MARKED, PageState, parcel_number, parts_of_number
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Role
from juxian.selectors.seats import live_nominations

COUNTED = tuple(state.value for state in PageState if state.counts)


class Stage(StrEnum):
    UNSENT = "unsent"
    SENT = "sent"
    OPEN = "open"
    WHOLE = "whole"


STAGES: dict[Stage, "str | Promise"] = {
    Stage.UNSENT: _("还没有寄出"),
    Stage.SENT: _("已寄出，未收到"),
    Stage.OPEN: _("已收到，未齐"),
    Stage.WHOLE: _("各页齐全"),
}
TONES = {Stage.UNSENT: "wait", Stage.SENT: "go", Stage.OPEN: "wait", Stage.WHOLE: "ok"}
LATE = "late"


@dataclass(frozen=True, slots=True)
class Nominee:
    """A nominated file; `form_pages` of a copy of its form, 0 while it has not been printed."""

    file: Application
    form_pages: int


@dataclass(frozen=True, slots=True)
class Awaited:
    """What one office posts of one track: the papers of these nominees."""

    cycle: Cycle
    office: Office
    track: Track
    channel: PaperChannel
    receiver: Office
    files: tuple[Nominee, ...]

    @property
    def nominees(self) -> dict[str, int]:
        """Their turns by number, in the order of the nomination."""
        return {one.file.number: one.file.turn for one in self.files}

    @property
    def pack(self) -> Pack:
        return pack_of(self.cycle)

    @property
    def number(self) -> str:
        return parcel_number(self.cycle.pk, self.office.pk, self.track.letter)

    @property
    def due_at(self) -> datetime:
        return end_of(self.channel.last_day)

    @property
    def copies(self) -> int:
        """How many copies of papers with codes it must hold."""
        return len(self.files) * sum(copies for _code, _title, copies in marked_papers(self.pack))


@dataclass(frozen=True, slots=True)
class Line:
    """A parcel in a list: its last mailing, its first arrival, how many copies are whole."""

    awaited: Awaited
    mailing: Mailing | None
    arrival: Arrival | None
    whole: int

    @property
    def stage(self) -> Stage:
        if self.whole >= self.awaited.copies:
            return Stage.WHOLE
        if self.arrival or self.whole:
            return Stage.OPEN
        return Stage.SENT if self.mailing else Stage.UNSENT

    @property
    def says(self) -> "str | Promise":
        return STAGES[self.stage]

    @property
    def tone(self) -> str:
        return TONES[self.stage]

    @property
    def is_late(self) -> bool:
        return self.arrival is not None and is_late(self.awaited.channel, self.arrival)


def is_late(channel: PaperChannel, arrival: Arrival) -> bool:
    return channel.is_late(postmarked_on=arrival.postmarked_on, arrived_on=arrival.arrived_on)


def marked_papers(pack: Pack) -> tuple[tuple[str, str, int], ...]:
    """Code, title and copies of the papers of a person whose pages bear codes."""
    return tuple((p.code, p.title, p.copies) for p in pack.papers if p.code in MARKED)


def awaited_of(person: Person) -> tuple[Awaited, ...]:
    """What the person's offices post and receive, the newest cycle first. 3 queries."""
    return _awaited(person, None)


def awaited_numbered(person: Person, number: str) -> Awaited | None:
    """The parcel of that number, if the person's office posts or receives it."""
    parts = parts_of_number(number)
    if parts is None:
        return None
    found = _awaited(person, parts[:2])
    return next((one for one in found if one.number == number.strip().upper()), None)


def awaited_on_file(number: str) -> Awaited | None:
    """The parcel of that number, for proving a paper about it; not for anybody to read."""
    parts = parts_of_number(number)
    if parts is None:
        return None
    rows = live_nominations().filter(proceeding__cycle=parts[0], proceeding__office=parts[1])
    found = _piled(rows, scope.receivers())
    return next((one for one in found if one.number == number), None)


def _awaited(person: Person, only: tuple[int, int] | None) -> tuple[Awaited, ...]:
    receivers = scope.receivers()
    rows = scope.posted(person, receivers)
    if only is not None:
        rows = rows.filter(proceeding__cycle=only[0], proceeding__office=only[1])
    return _piled(rows, receivers)


def _piled(rows: QuerySet[ProceedingItem], receivers: scope.Receivers) -> tuple[Awaited, ...]:
    items = (
        rows.select_related("application", "proceeding__office", "proceeding__cycle__organiser")
        .annotate(form_pages=Subquery(_form_pages()))
        .order_by(
            "-proceeding__cycle",
            "proceeding__office",
            "application__track",
            F("rank").asc(nulls_last=True),
            "pk",
        )
    )
    piles: dict[tuple[Cycle, Office, str], list[Nominee]] = defaultdict(list)
    for item in items:
        held, file = item.proceeding, item.application
        piles[held.cycle, held.office, file.track].append(Nominee(file, item.form_pages or 0))
    return tuple(
        Awaited(cycle, office, track, channel, receivers[cycle.pk, code], tuple(files))
        for (cycle, office, code), files in piles.items()
        for track, channel in _open(cycle, code)
        if (cycle.pk, code) in receivers
    )


def _form_pages() -> QuerySet[Printing, Any]:
    """How many pages a copy of the nominee's form has, as it was last printed."""
    printings = Printing.objects.filter(
        submission__application=OuterRef("application"),
        submission__turn=OuterRef("application__turn"),
    )
    number = Func("pages", function="cardinality", output_field=IntegerField())
    return printings.order_by("-pk").values(number=number)[:1]


def _open(cycle: Cycle, code: str = "") -> list[tuple[Track, PaperChannel]]:
    """The cycle's tracks, or the one of that code, if it takes paper; the switch is the pack's."""
    try:
        pack = pack_of(cycle)
    except Refusal:
        return []
    channel = pack.paper_channel
    return [(one, channel) for one in pack.tracks if channel and code in ("", one.code)]


def may_send(person: Person, awaited: Awaited) -> bool:
    """Handlers of the office that nominates."""
    return _serves(person, awaited.office, awaited.track.code, Role.HANDLER)


def may_receive(person: Person, awaited: Awaited) -> bool:
    """Handlers and reviewers of the office that receives the track's papers."""
    return _serves(person, awaited.receiver, awaited.track.code, Role.HANDLER, Role.REVIEWER)


def _serves(person: Person, office: Office, track: str, *roles: Role) -> bool:
    return any(duty.covers(office.pk, track) for duty in duties_with(person, *roles))


def lines_of(awaited: Sequence[Awaited]) -> tuple[Line, ...]:
    """In the order given. 3 queries, whatever their number."""
    numbers = [one.number for one in awaited]
    mailings = {
        row.parcel.number: row
        for row in Mailing.objects.filter(parcel__number__in=numbers)
        .select_related("parcel")
        .order_by("pk")
    }
    arrivals = {
        row.parcel.number: row
        for row in Arrival.objects.filter(parcel__number__in=numbers)
        .select_related("parcel")
        .order_by("-pk")
    }
    whole = _whole_copies(awaited)
    return tuple(
        Line(one, mailings.get(one.number), arrivals.get(one.number), whole.get(one.number, 0))
        for one in awaited
    )


def _whole_copies(awaited: Iterable[Awaited]) -> Mapping[str, int]:
    """By parcel, how many copies have all of their pages, as their turns are now. 1 query."""
    wanted = {
        (one.number, nominee + MARKED[code], turn): copies
        for one in awaited
        for nominee, turn in one.nominees.items()
        for code, _title, copies in marked_papers(one.pack)
    }
    rows = (
        PageSeen.objects.filter(parcel__number__in={key[0] for key in wanted}, verdict__in=COUNTED)
        .values("parcel__number", "paper", "present_turn", "copy")
        .annotate(seen=Count("page", distinct=True), of=Max("pages"))
    )
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        key = (row["parcel__number"], row["paper"], row["present_turn"])
        if row["seen"] >= row["of"] and row["copy"] <= wanted.get(key, 0):
            found[key[0]] += 1
    return found
