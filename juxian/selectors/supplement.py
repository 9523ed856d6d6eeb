"""Places that became free after a list had gone up: who takes them, and until when (补充推荐)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from juxian.access.acts import procedure_of
from juxian.records.models import (
    Application,
    Cycle,
    Handling,
    Proceeding,
    ProceedingItem,
    SupplementPermit,
)
from juxian.records.packs import calendar, pack_of
from juxian.regulation.deadlines import end_of, last_day
from juxian.regulation.procedure import Step
from juxian.regulation.words import Act, Kind, Standing

FREEING = (Act.RECALL, Act.REJECT)
"""What frees the place of a nominee whom the region has not accepted."""


@dataclass(frozen=True, slots=True)
class Freed:
    """A nomination that was recalled or refused: by whom, why and when; who took its place."""

    item: ProceedingItem
    done: Handling
    replaced_by: Application | None

    @property
    def bucket(self) -> str:
        return self.item.bucket


def closing_of(cycle: Cycle) -> datetime:
    """When the grace for supplements ends by the pack; the close where it names none."""
    days = nominating_step(cycle).supplement_days
    if days is None:
        return cycle.closes_at
    return end_of(calendar().working_days_after(last_day(cycle.closes_at), days))


def nominating_step(cycle: Cycle) -> Step:
    steps = pack_of(cycle).procedure.steps
    return next(step for step in steps if step.kind is Kind.RECOMMEND)


Held = tuple[int, int]
"""A cycle and an office, by key."""


def supplements_until(held: Mapping[Held, Cycle]) -> dict[Held, datetime]:
    """Until when each office may still nominate for places that became free. 1 query."""
    ends = {key: closing_of(cycle) for key, cycle in held.items()}
    cycles, offices = {cycle for cycle, _office in held}, {office for _cycle, office in held}
    for permit in SupplementPermit.objects.filter(cycle__in=cycles, office__in=offices):
        key = permit.cycle_id, permit.office_id
        if key in ends:
            ends[key] = max(ends[key], permit.until)
    return ends


def supplement_until(cycle: Cycle, office_id: int) -> datetime:
    key = cycle.pk, office_id
    return supplements_until({key: cycle})[key]


def _freed_items() -> QuerySet[ProceedingItem]:
    """Nominations that lapsed by a recall or a refusal of the region, the first to lapse first."""
    done = Handling.objects.filter(
        application=OuterRef("application"), act__in=FREEING, done_at=OuterRef("void_at")
    )
    return (
        ProceedingItem.objects.filter(act=Act.RECOMMEND, void_at__isnull=False)
        .annotate(freed_by=Subquery(done.order_by("-pk").values("pk")[:1]))
        .filter(freed_by__isnull=False)
        .order_by("void_at", "pk")
    )


def places_free(cycle: Cycle, office_id: int) -> dict[str, list[ProceedingItem]]:
    """By bucket, the nominations whose place nobody has taken yet. 1 query."""
    found: dict[str, list[ProceedingItem]] = defaultdict(list)
    rows = _freed_items().filter(proceeding__cycle=cycle, proceeding__office=office_id)
    for item in rows.filter(replaced_by__isnull=True):
        found[item.bucket].append(item)
    return dict(found)


def freed_of(cycle: Cycle) -> tuple[Freed, ...]:
    """Every nomination that was recalled or refused in the cycle, the latest first. 2 queries."""
    rows = _freed_items().filter(proceeding__cycle=cycle)
    loaded = rows.select_related(
        "application__employer", "proceeding__office", "replaced_by__application"
    )
    items = list(loaded.order_by("-void_at", "-pk"))
    done = Handling.objects.select_related("by").in_bulk([_freed_by(item) for item in items])
    return tuple(Freed(item, done[_freed_by(item)], _taker(item)) for item in items)


def _freed_by(item: ProceedingItem) -> int:
    key: int = getattr(item, "freed_by")  # noqa: B009 - annotated by `_freed_items`
    return key


def _taker(item: ProceedingItem) -> Application | None:
    taker: ProceedingItem | None = getattr(item, "replaced_by", None)
    return taker.application if taker else None


@dataclass(frozen=True, slots=True)
class AfterSending:
    """What its office may still do about a list that has gone up.

    `recallable` are applications whose nomination the region has not accepted yet; `free` is how
    many places of the office nobody has taken again, `until` when others may be nominated.
    """

    proceeding: Proceeding
    recallable: frozenset[int]
    free: int
    until: datetime
    is_open: bool


def after_sending(
    sent: Sequence[Proceeding], moment: datetime, items: Iterable[ProceedingItem] | None = None
) -> tuple[AfterSending, ...]:
    """Of lists that have gone up. 3 queries, whatever their number; 2 with their `items` given."""
    held = {(one.cycle_id, one.office_id): one.cycle for one in sent}
    ends = supplements_until(held)
    waiting = _freed_items().filter(replaced_by__isnull=True, proceeding__cycle__in=held.values())
    free = Counter(waiting.values_list("proceeding__cycle", "proceeding__office"))
    recallable = _recallable(sent, _nominees(sent) if items is None else items)
    return tuple(
        AfterSending(
            proceeding=one,
            recallable=frozenset(recallable[one.pk]),
            free=free[one.cycle_id, one.office_id],
            until=ends[one.cycle_id, one.office_id],
            is_open=moment < ends[one.cycle_id, one.office_id]
            and (moment < one.cycle.closes_at or free[one.cycle_id, one.office_id] > 0),
        )
        for one in sent
    )


def _nominees(sent: Sequence[Proceeding]) -> QuerySet[ProceedingItem]:
    return ProceedingItem.objects.filter(proceeding__in=sent).select_related("application__cycle")


def _recallable(
    sent: Sequence[Proceeding], items: Iterable[ProceedingItem]
) -> Mapping[int, set[int]]:
    """By list, applications still at the step right after the nomination."""
    steps = {one.pk: one.step for one in sent}
    found: dict[int, set[int]] = defaultdict(set)
    for item in items:
        file = item.application
        if item.act == Act.RECOMMEND and item.void_at is None and file.standing == Standing.OPEN:
            near = procedure_of(file).nomination_at(file.step)
            if file.step != steps[item.proceeding_id] and near is not None:
                found[item.proceeding_id].add(file.pk)
    return found


def permits_of(cycle: Cycle) -> QuerySet[SupplementPermit]:
    rows = SupplementPermit.objects.filter(cycle=cycle)
    return rows.select_related("office", "by").order_by("-pk")


def candidates_for(cycle: Cycle, office_id: int) -> QuerySet[Application]:
    """Who passed and is not on the list of the office: passed over, or recalled.

    `left_because` is why, in words of the office, and `left_by` the act.
    """
    step = nominating_step(cycle)
    left = Handling.objects.filter(application=OuterRef("pk")).order_by("-pk")
    return (
        Application.objects.filter(
            cycle=cycle,
            step=step.code,
            standing=Standing.NOT_SELECTED,
            stops__office=office_id,
            stops__level=step.level,
        )
        .select_related("employer")
        .annotate(left_by=Subquery(left.values("act")[:1]))
        .annotate(left_because=Subquery(left.values("opinion")[:1]))
        .order_by("track", "name_key", "pk")
    )
