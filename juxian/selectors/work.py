"""The work desk (办理台): the files of each tab as they are asked for, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    BigIntegerField,
    Exists,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from juxian.access import scope
from juxian.access.duties import Duty, duties_of, duties_with, moment_of
from juxian.records.models import (
    Application,
    Correction,
    Cycle,
    Handling,
    Person,
    ProceedingItem,
    Proposal,
    Stop,
)
from juxian.records.packs import pack_of
from juxian.regulation.procedure import Step
from juxian.regulation.words import Level, Role, Standing
from juxian.selectors.counting import number_of
from juxian.selectors.ordering import beside, page_at
from juxian.selectors.piles import (
    MOST_COUNTED,
    Pile,
    cycles_of,
    piles_of,
    said_bounded,
    waiting_rows,
)
from juxian.selectors.work_query import (
    COPIED,
    DONE,
    RETURNED,
    SEEN,
    SIGNING,
    WAITING,
    WorkQuery,
)

__all__ = ["MOST_COUNTED", "Pile", "WorkQuery", "cycles_of", "piles_of"]

PAGE = 30
SIGNING_ROLES = (Role.REVIEWER, Role.SIGNATORY)
COUNTED = (SIGNING, DONE, COPIED, RETURNED, SEEN, "drafting")
MOST_OFFICES = len(Level)  # that one file passes


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a list: a file, its step and track in words, the open proceeding it is on.

    `duty` is the person's by which they work on it; None for a file that is not theirs now.
    """

    application: Application
    step: Step
    track: str
    proceeding: int | None
    returned: int = 0
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """`after` and `before` are cursors for the next and the previous page; empty at the ends."""

    tasks: tuple[Task, ...]
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many files there are, counted up to a bound."""

    number: int
    is_more: bool = False

    def __str__(self) -> str:
        return said_bounded(self.number, is_more=self.is_more)

    def __bool__(self) -> bool:
        return self.number > 0


def rows_of(
    person: Person, query: WorkQuery, cycles: Sequence[Cycle] | None = None
) -> QuerySet[Application]:
    """The files that are asked for, in no order; `cycles` as `cycles_of` gives them, if known."""
    rows = _of_tab(person, query.tab, cycles)
    return query.narrow(rows, moment_of(person))


def page_of(
    person: Person,
    query: WorkQuery,
    *,
    after: str = "",
    before: str = "",
    cycles: Sequence[Cycle] | None = None,
) -> Page:
    """A page of what is asked for, in the order that is asked for. 1 query with known cycles."""
    rows = shown(rows_of(person, query, cycles))
    if cycles is not None:
        rows = rows.select_related(None).select_related("employer", "holder")
    found, following, previous = page_at(rows, query.ordered, PAGE, after=after, before=before)
    known = {cycle.pk: cycle for cycle in cycles or ()}
    for row in found:
        row.cycle = known.get(row.cycle_id) or row.cycle
    return Page(tuple(task_of(person, row) for row in found), following, previous)


def shown(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With everything that `task_of` says of a row."""
    listed = _open_items().filter(application=OuterRef("pk")).values("proceeding")[:1]
    returned = Correction.objects.filter(application=OuterRef("pk"))
    return rows.select_related("cycle", "employer", "holder").annotate(
        listed_on=Subquery(listed), times_returned=number_of(returned)
    )


def task_of(person: Person, row: Application) -> Task:
    pack = pack_of(row.cycle)
    step = pack.procedure.step(row.step)
    at_work = row.standing == Standing.OPEN and row.applicant_id != person.pk
    duties = duties_with(person, step.role) if at_work else ()
    return Task(
        application=row,
        step=step,
        track=pack.track(row.track).title,
        proceeding=getattr(row, "listed_on", None),
        returned=getattr(row, "times_returned", 0),
        duty=next((duty for duty in duties if duty.covers(row.holder_id, row.track)), None),
    )


def count_of(rows: QuerySet[Application]) -> Count:
    """Counted no further than a page can use. 1 query."""
    return _bounded(rows.order_by().values("pk")[: MOST_COUNTED + 1].count())


def counts_of(person: Person) -> dict[str, Count]:
    """How many files each tab has, apart from what waits (see `piles_of`); of copies those nobody
    has read. 1 query.

    Under `drafting`, how many of the person's employers' staff are filling in a first time:
    nothing else is told of them.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_counting(person, duties_of(person), MOST_COUNTED))
        found = cursor.fetchone()
    return dict(zip(COUNTED, map(_bounded, found), strict=True))


@lru_cache(maxsize=1024)
def _counting(person: Person, _duties: tuple[Duty, ...], _most: int) -> tuple[str, tuple[Any, ...]]:
    """The query of `counts_of` for a person of these duties: to write it takes longer than to ask
    it, and every visit asks the same."""
    some = (
        *(_to_sign(person), _some_done(person), _some_copied(person)),
        *(_of_tab(person, RETURNED, ()), _some_seen(person), _drafts(person)),
    )
    counted = {name: _cardinality(rows) for name, rows in zip(COUNTED, some, strict=True)}
    rows = Person.objects.filter(pk=person.pk).annotate(**counted).values_list(*counted)
    sql, params = rows.query.sql_with_params()
    return sql, tuple(params)


def waiting_count(piles: Sequence[Pile]) -> Count:
    number = sum(pile.count for pile in piles)
    return Count(min(number, MOST_COUNTED), number > MOST_COUNTED or any(p.is_more for p in piles))


def neighbours(
    person: Person,
    application: Application,
    query: WorkQuery | None = None,
    cycles: Sequence[Cycle] | None = None,
) -> tuple[str, str]:
    """Numbers of the files before and after this one; empty at the ends.

    In the list that is asked for; without one, in its pile, for those alone who work on it.
    1 query, and one more for a list of what waits at every step unless the cycles are given.
    """
    here = f"{application.cycle_id}:{application.step}"
    if query is None:
        if task_of(person, application).duty is None:
            return "", ""
        query = WorkQuery(tab=WAITING, step=here)
    known = (application.cycle,) if query.step == here else cycles
    return beside(rows_of(person, query, known), query.ordered, application)


def _some_seen(person: Person) -> QuerySet[Application]:
    """Enough of what has reached the person's offices to count it by, found by office."""
    stops = Stop.objects.filter(scope.at_offices(person), reached_at__isnull=False)
    return Application.objects.filter(pk__in=_enough(person, stops))


def _some_done(person: Person) -> QuerySet[Application]:
    """Enough of what the person acted on at their offices to count it by, found by who acted."""
    acted = Handling.objects.filter(scope.at_offices(person), by=person)
    rows = Application.objects.filter(pk__in=_enough(person, acted))
    return rows.exclude(applicant=person)


def _some_copied(person: Person) -> QuerySet[Application]:
    unread = scope.copies(person).filter(read_at__isnull=True)
    rows = Application.objects.filter(pk__in=_enough(person, unread))
    return rows.exclude(applicant=person)


def _enough(person: Person, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Files of rows with an office, each office's once, in the order of an index: as many as
    tell whether there are more than are counted."""
    offices = {pk for duty in duties_with(person, *scope.OFFICE_ROLES) for pk in duty.office_ids}
    once = rows.order_by("office", "application").distinct("office", "application")
    times = min(len(offices), MOST_OFFICES)
    return once.values("application")[: times * (MOST_COUNTED + 1)]


def _drafts(person: Person) -> QuerySet[Application]:
    offices = {duty.office.pk for duty in duties_with(person, Role.HANDLER)}
    return Application.objects.filter(
        employer__in=offices, standing=Standing.OPEN, submitted_at__isnull=True
    )


def _of_tab(person: Person, tab: str, cycles: Sequence[Cycle] | None) -> QuerySet[Application]:
    if tab == WAITING:
        known = cycles_of(person) if cycles is None else cycles
        held = scope.held(person).filter(waiting_rows(person, known), standing=Standing.OPEN)
        return held.exclude(applicant=person).exclude(Exists(_proposed()))
    if tab == SIGNING:
        return _to_sign(person)
    rows = scope.worked(person)
    if tab == DONE:
        acted = Handling.objects.filter(
            scope.at_offices(person), by=person, application=OuterRef("pk")
        )
        return rows.filter(Exists(acted)).exclude(applicant=person)
    if tab == COPIED:
        return _copied(person, rows)
    return rows.filter(standing=Standing.RETURNED) if tab == RETURNED else rows


def _copied(person: Person, rows: QuerySet[Application]) -> QuerySet[Application]:
    """Each with what the latest copy tells: `copied_act`, `copied_by` (the office that had
    it) and `copied_at`; `copied_unread` while nobody has read one."""
    mine = scope.copies(person).filter(application=OuterRef("pk"))
    latest = mine.order_by("-handling")
    return (
        rows.filter(Exists(mine))
        .exclude(applicant=person)
        .annotate(
            copied_act=Subquery(latest.values("handling__act")[:1]),
            copied_by=Coalesce(Subquery(latest.values("handling__office__name")[:1]), Value("")),
            copied_at=Subquery(latest.values("handling__done_at")[:1]),
            copied_unread=Exists(mine.filter(read_at__isnull=True)),
        )
    )


def _to_sign(person: Person) -> QuerySet[Application]:
    """Files of which something is proposed that waits for the person's signature."""
    here = Q(pk__in=())
    for duty in duties_with(person, *SIGNING_ROLES):
        mine = Q(Exists(_proposed().filter(awaits=duty.role)), holder__in=duty.office_ids)
        here |= mine & Q(track=duty.track) if duty.track else mine
    return scope.held(person).filter(here, standing=Standing.OPEN).exclude(applicant=person)


def _proposed() -> QuerySet[Proposal]:
    return Proposal.objects.filter(application=OuterRef("pk"), ended_at__isnull=True)


def _cardinality(rows: QuerySet[Application]) -> Func:
    some = ArraySubquery(rows.order_by().values("pk")[: MOST_COUNTED + 1])
    keys = Cast(some, ArrayField(BigIntegerField()))  # of no type where there can be no rows
    return Func(keys, function="cardinality", output_field=IntegerField())


def _bounded(found: int | None) -> Count:
    number = found or 0
    return Count(min(number, MOST_COUNTED), number > MOST_COUNTED)


def _open_items() -> QuerySet[ProceedingItem]:
    return ProceedingItem.objects.filter(
        proceeding__concluded_at__isnull=True, void_at__isnull=True
    )
