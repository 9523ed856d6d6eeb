"""What waits for a person (待办): how much at each step, and the files, the most urgent first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value

from juxian.access import scope
from juxian.access.duties import duties_of, duties_with
from juxian.records.models import Application, Cycle, Person, ProceedingItem
from juxian.records.packs import pack_of
from juxian.records.search import matching
from juxian.regulation.procedure import Step
from juxian.regulation.words import Role, Standing

PAGE = 30
FORWARD = (F("due_at").asc(nulls_last=True), "pk")
BACKWARD = (F("due_at").desc(nulls_first=True), "-pk")
NUMBER = re.compile(r"[A-Za-z0-9-]*[0-9-][A-Za-z0-9-]*")


class Group(TypedDict):
    """A row of the count that piles are made of; `holder` is an office's key."""

    cycle: int
    step: str
    track: str
    holder: int
    count: int
    unopened: int
    listed: int
    nearest: datetime | None


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits for a person at one step of one cycle."""

    cycle: Cycle
    step: Step
    tracks: tuple[str, ...]
    offices: tuple[int, ...]
    count: int
    unopened: int
    listed: int  # of them, already on an open proceeding
    nearest_due: datetime | None

    @property
    def code(self) -> str:
        """The pile's name in an address."""
        return f"{self.cycle.pk}:{self.step.code}"

    @property
    def unlisted(self) -> int:
        return self.count - self.listed

    def rows(self) -> Q:
        return Q(
            cycle=self.cycle, step=self.step.code, track__in=self.tracks, holder__in=self.offices
        )


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a list: a file, its step and track in words, the open proceeding it is on."""

    application: Application
    step: Step
    track: str
    proceeding: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """`after` and `before` are cursors for the next and the previous page; empty at the ends."""

    tasks: tuple[Task, ...]
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A row's key in a list ordered by deadline; files without a deadline come last."""

    due_at: datetime | None
    pk: int

    def __str__(self) -> str:
        return f"{self.due_at.isoformat() if self.due_at else ''}~{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place a cursor names; None for a text that is no cursor."""
        due, _, pk = text.partition("~")
        try:
            day = datetime.fromisoformat(due) if due else None
            return cls(day, int(pk)) if day is None or day.tzinfo else None
        except ValueError:
            return None

    def beyond(self) -> tuple[Q, ...]:
        """What comes after it, in stretches that an index finds whole, the nearest first."""
        if self.due_at is None:
            return (Q(due_at__isnull=True, pk__gt=self.pk),)
        same = Q(due_at=self.due_at, pk__gt=self.pk)
        return same, Q(due_at__gt=self.due_at), Q(due_at__isnull=True)

    def ahead(self) -> tuple[Q, ...]:
        """What comes before it, likewise."""
        if self.due_at is None:
            return Q(due_at__isnull=True, pk__lt=self.pk), Q(due_at__isnull=False)
        return Q(due_at=self.due_at, pk__lt=self.pk), Q(due_at__lt=self.due_at)


def piles_of(person: Person) -> tuple[Pile, ...]:
    """One pile for each step of each cycle with work for the person, the most urgent first."""
    groups = (
        _held(person)
        .values("cycle", "step", "track", "holder")
        .annotate(
            count=Count("pk"),
            unopened=Count("pk", filter=Q(opened_at__isnull=True)),
            listed=Count("pk", filter=Q(pk__in=_open_items().values("application"))),
            nearest=Min("due_at"),
        )
        .order_by("cycle", "step", "track", "holder")
    )
    found = list(groups)
    cycles = Cycle.objects.select_related("organiser").in_bulk({group["cycle"] for group in found})
    piled: dict[tuple[int, str], list[Group]] = defaultdict(list)
    for group in found:
        step = _step(cycles[group["cycle"]], group["step"])
        if _is_work_of(person, step.role, group["holder"], group["track"]):
            piled[group["cycle"], group["step"]].append(group)
    piles = (_pile(cycles[cycle], groups) for (cycle, _step_code), groups in piled.items())
    return tuple(sorted(piles, key=_urgency))


def waiting(
    person: Person,
    piles: Sequence[Pile],
    *,
    words: str = "",
    after: str = "",
    before: str = "",
) -> Page:
    """A page of what waits in the piles, nearest deadline first."""
    rows = _held(person).filter(_any(pile.rows() for pile in piles))
    return _page(_find(rows, words), after=after, before=before) if piles else Page(())


def returned(person: Person, *, words: str = "", after: str = "", before: str = "") -> Page:
    """Files that came past the person's offices and are with their applicants for mending."""
    rows = scope.worked(person).filter(standing=Standing.RETURNED)
    return _page(_find(rows, words), after=after, before=before)


def seen(person: Person, *, words: str = "", after: str = "", before: str = "") -> Page:
    """Every file that has reached the person's offices, wherever it is now."""
    return _page(_find(scope.worked(person), words), after=after, before=before)


def neighbours(person: Person, application: Application) -> tuple[str, str]:
    """Numbers of the files before and after this one in its pile; empty at the ends. 1 query."""
    role = _step(application.cycle, application.step).role
    pile = _any(
        Q(holder__in=duty.office_ids, **({"track": duty.track} if duty.track else {}))
        for duty in duties_with(person, role)
    )
    if not any(
        duty.covers(application.holder_id, application.track) for duty in duties_with(person, role)
    ):
        return "", ""
    rows = _held(person).filter(pile, cycle=application.cycle_id, step=application.step)
    place = Place(application.due_at, application.pk)
    before = [rows.filter(stretch).order_by(*BACKWARD) for stretch in place.ahead()]
    after = [rows.filter(stretch).order_by(*FORWARD) for stretch in place.beyond()]
    nearest = [
        stretch.annotate(nth=Value(nth)).values_list("nth", "number")[:1]
        for nth, stretch in enumerate((*before, *after))
    ]
    found = dict(nearest[0].union(*nearest[1:], all=True))
    sides = (range(len(before)), range(len(before), len(nearest)))
    one, other = (next((found[nth] for nth in side if nth in found), "") for side in sides)
    return one, other


def drafting(person: Person) -> int:
    """How many of the person's employers' staff are filling in a first time; nothing else."""
    offices = {duty.office.pk for duty in duties_with(person, Role.HANDLER)}
    if not offices:
        return 0
    drafts = Application.objects.filter(
        employer__in=offices, standing=Standing.OPEN, submitted_at__isnull=True
    )
    return drafts.count()


def _held(person: Person) -> QuerySet[Application]:
    return scope.held(person).filter(standing=Standing.OPEN).exclude(applicant=person)


def _open_items() -> QuerySet[ProceedingItem]:
    return ProceedingItem.objects.filter(
        proceeding__concluded_at__isnull=True, void_at__isnull=True
    )


def _is_work_of(person: Person, role: Role, office: int, track: str) -> bool:
    return any(duty.role is role and duty.covers(office, track) for duty in duties_of(person))


def _step(cycle: Cycle, code: str) -> Step:
    return pack_of(cycle).procedure.step(code)


def _pile(cycle: Cycle, groups: Sequence[Group]) -> Pile:
    dues = [group["nearest"] for group in groups if group["nearest"]]
    return Pile(
        cycle=cycle,
        step=_step(cycle, groups[0]["step"]),
        tracks=tuple(sorted({group["track"] for group in groups})),
        offices=tuple(sorted({group["holder"] for group in groups})),
        count=sum(group["count"] for group in groups),
        unopened=sum(group["unopened"] for group in groups),
        listed=sum(group["listed"] for group in groups),
        nearest_due=min(dues, default=None),
    )


def _urgency(pile: Pile) -> tuple[bool, float, int, int]:
    due = pile.nearest_due
    order = pack_of(pile.cycle).procedure.index(pile.step.code)
    return due is None, due.timestamp() if due else 0.0, -pile.cycle.pk, order


def _any(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=())
    for condition in conditions:
        found |= condition
    return found


def _find(rows: QuerySet[Application], words: str) -> QuerySet[Application]:
    """Rows with the words: a number, or two characters or the pinyin initials of a name."""
    asked = words.strip()
    if NUMBER.fullmatch(asked):
        rows = rows.filter(number__icontains=asked)
    elif asked:
        rows = matching(rows, asked)
    return rows.select_related("cycle", "employer", "holder").annotate(
        listed_on=Subquery(
            _open_items().filter(application=OuterRef("pk")).values("proceeding")[:1]
        )
    )


def _page(rows: QuerySet[Application], *, after: str, before: str) -> Page:
    """Keyset paging: as quick on page 300 as on the first."""
    start, end = Place.read(after), Place.read(before)
    if end is not None and start is None:
        back = rows.filter(_any(end.ahead())).order_by(*BACKWARD)
        found = list(back[: PAGE + 1])
        more_before, more_after = len(found) > PAGE, True
        shown = list(reversed(found[:PAGE]))
    else:
        forward = rows.filter(_any(start.beyond())) if start else rows
        found = list(forward.order_by(*FORWARD)[: PAGE + 1])
        more_before, more_after = start is not None, len(found) > PAGE
        shown = found[:PAGE]
    return Page(
        tuple(_task(row) for row in shown),
        after=_cursor(shown[-1]) if shown and more_after else "",
        before=_cursor(shown[0]) if shown and more_before else "",
    )


def _cursor(row: Application) -> str:
    return str(Place(row.due_at, row.pk))


def _task(row: Application) -> Task:
    pack = pack_of(row.cycle)
    return Task(
        application=row,
        step=pack.procedure.step(row.step),
        track=pack.track(row.track).title,
        proceeding=getattr(row, "listed_on", None),
    )
