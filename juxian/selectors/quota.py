"""Seats granted, taken and left: of an office, of all of them, and every change."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from juxian.records.models import (
    Application,
    Cycle,
    Office,
    ProceedingItem,
    Seats,
    SeatsChange,
)
from juxian.records.packs import pack_of
from juxian.regulation import quota
from juxian.regulation.pack import Pack
from juxian.regulation.quota import Assignment, Bucket, Nominee
from juxian.regulation.words import Standing
from juxian.selectors.counting import number_of
from juxian.selectors.seats import live_nominations


@dataclass(frozen=True, slots=True)
class Meter:
    """One bucket of one office: `taken` sent up already, `listed` in the list being made."""

    bucket: Bucket
    seats: int  # key of the row
    granted: int | None
    taken: int
    listed: int = 0

    @property
    def used(self) -> int:
        return self.taken + self.listed

    @property
    def left(self) -> int | None:
        """None without a cap; below 0 when the list exceeds it."""
        return None if self.granted is None else self.granted - self.used

    @property
    def over(self) -> int:
        return 0 if self.left is None else max(-self.left, 0)

    @property
    def state(self) -> str:
        """full, over, or nothing: the colour of the meter."""
        if self.left is None or self.left > 0:
            return ""
        return "full" if self.left == 0 else "over"

    @property
    def scale(self) -> int:
        """What a full meter shows; at least 1."""
        return max(self.granted or 0, self.used, 1)


@dataclass(frozen=True, slots=True)
class SeatRow:
    """An office's seats in a cycle, by bucket code."""

    office: Office
    meters: Mapping[str, Meter]


@dataclass(frozen=True, slots=True)
class Holding:
    """One office's seats in one cycle."""

    cycle: Cycle
    office: Office
    meters: tuple[Meter, ...]


def meters_of(cycle: Cycle, office: Office) -> tuple[Meter, ...]:
    """The office's buckets in the pack's order. 1 query."""
    return _sorted_meters(cycle, list(_counted(Seats.objects.filter(cycle=cycle, office=office))))


def _sorted_meters(cycle: Cycle, rows: Sequence[Seats]) -> tuple[Meter, ...]:
    pack = pack_of(cycle)
    order = [rule.bucket.code for rule in pack.seats]
    meters = (_meter(pack, seats, getattr(seats, "taken", 0)) for seats in rows)
    return tuple(sorted(meters, key=lambda meter: order.index(meter.bucket.code)))


def holdings_of(offices: Collection[int]) -> tuple[Holding, ...]:
    """The offices' seats in cycles that still run, the newest first. 1 query."""
    at_work = Application.objects.filter(
        cycle=OuterRef("cycle"), standing__in=(Standing.OPEN, Standing.RETURNED)
    )
    running = Q(cycle__closed_at__isnull=True) | Q(Exists(at_work))
    held = Seats.objects.filter(running, office__in=offices).select_related("cycle", "office")
    rows: dict[tuple[int, int], list[Seats]] = {}
    for seats in _counted(held).order_by("-cycle", "office"):
        rows.setdefault((seats.cycle_id, seats.office_id), []).append(seats)
    return tuple(_holding(group) for group in rows.values())


def _holding(group: Sequence[Seats]) -> Holding:
    cycle, office = group[0].cycle, group[0].office
    return Holding(cycle, office, _sorted_meters(cycle, group))


def seat_rows(cycle: Cycle, *, words: str = "") -> tuple[SeatRow, ...]:
    """Every holder of seats in the cycle, by code. 2 queries."""
    rows = Seats.objects.filter(cycle=cycle).select_related("office").order_by("office__code")
    if words.strip():
        rows = rows.filter(office__name__icontains=words.strip())
    taken = _taken(cycle)
    found: dict[int, tuple[Office, dict[str, Meter]]] = {}
    for seats in rows:
        _office, meters = found.setdefault(seats.office_id, (seats.office, {}))
        meters[seats.bucket] = _meter(pack_of(cycle), seats, taken[seats.office_id, seats.bucket])
    return tuple(SeatRow(office, meters) for office, meters in found.values())


def holders_of(cycle: Cycle, bucket: str) -> tuple[tuple[Office, Meter], ...]:
    """Every holder of the bucket, by code. 1 query."""
    pack = pack_of(cycle)
    rows = _counted(Seats.objects.filter(cycle=cycle, bucket=bucket)).select_related("office")
    return tuple(
        (row.office, _meter(pack, row, getattr(row, "taken", 0)))
        for row in rows.order_by("office__code")
    )


def totals(rows: Sequence[SeatRow], pack: Pack) -> tuple[Meter, ...]:
    """One meter a bucket over all offices; no cap where any of them has none."""
    summed = []
    for rule in pack.seats:
        meters = [row.meters[rule.bucket.code] for row in rows if rule.bucket.code in row.meters]
        caps = [meter.granted for meter in meters]
        granted = None if None in caps else sum(cap or 0 for cap in caps)
        summed.append(Meter(rule.bucket, 0, granted, sum(meter.taken for meter in meters)))
    return tuple(summed)


def totals_of(cycle: Cycle) -> tuple[Meter, ...]:
    """The same over all offices of the cycle, without their rows. 1 query."""
    pack = pack_of(cycle)
    taken = _live().filter(proceeding__cycle=OuterRef("cycle"))
    rows = (
        Seats.objects.filter(cycle=cycle)
        .values("cycle", "bucket")
        .annotate(
            in_all=Sum("granted"),
            uncapped=Count("pk", filter=Q(granted__isnull=True)),
            taken=number_of(taken),
        )
        .order_by()
    )
    found = {row["bucket"]: row for row in rows}
    meters = []
    for rule in pack.seats:
        row = found.get(rule.bucket.code)
        granted = (None if row["uncapped"] else row["in_all"]) if row else 0
        meters.append(Meter(rule.bucket, 0, granted, row["taken"] if row else 0))
    return tuple(meters)


def meter_of(seats: Seats) -> Meter:
    """1 query; the seats have their cycle."""
    counted = _counted(Seats.objects.filter(pk=seats.pk)).get()
    return _meter(pack_of(seats.cycle), seats, getattr(counted, "taken", 0))


def grants_of(pack: Pack) -> list[tuple[Office, str, int | None]]:
    """What opening the pack would grant today: office, bucket, seats (None: no cap). 1 query."""
    offices = list(Office.objects.filter(ends_on__isnull=True).order_by("code"))
    return [
        (office, rule.bucket.code, grant.cap)
        for rule in pack.seats
        for office in offices
        if (
            grant := rule.granted_to(holder=office.holder, region=office.region, office=office.code)
        )
    ]


def granted_by(pack: Pack) -> tuple[tuple[Bucket, int, int | None], ...]:
    """By bucket: how many offices hold seats, and how many seats in all (None: no cap)."""
    caps: dict[str, list[int | None]] = defaultdict(list)
    for _office, bucket, cap in grants_of(pack):
        caps[bucket].append(cap)
    return tuple(
        (rule.bucket, len(held), None if None in held else sum(cap or 0 for cap in held))
        for rule in pack.seats
        for held in [caps[rule.bucket.code]]
    )


def latest_changes(cycle: Cycle, most: int = 20) -> QuerySet[SeatsChange]:
    rows = SeatsChange.objects.filter(seats__cycle=cycle)
    return rows.select_related("by", "other", "seats__office").order_by("-pk")[:most]


def changes_of(seats: Seats) -> QuerySet[SeatsChange]:
    """Every change of the seats, the latest first."""
    return SeatsChange.objects.filter(seats=seats).select_related("by", "other").order_by("-pk")


def assigned(nominees: Iterable[Nominee], meters: Sequence[Meter]) -> Assignment:
    """What the system proposes: most of them placed in the seats not taken yet, earlier ranks
    never displaced by later ones of the same track."""
    places = {m.bucket.code: quota.Seats(m.granted, m.taken).left for m in meters}
    return quota.assign(nominees, places)


def _live() -> QuerySet[ProceedingItem]:
    """Of a row of Seats, the nominations in its bucket."""
    return live_nominations().filter(bucket=OuterRef("bucket"))


def _counted(rows: QuerySet[Seats]) -> QuerySet[Seats]:
    """With how many are `taken`."""
    taken = _live().filter(
        proceeding__cycle=OuterRef("cycle"), proceeding__office=OuterRef("office")
    )
    return rows.annotate(taken=number_of(taken))


def _taken(cycle: Cycle) -> Counter[tuple[int, str]]:
    """Live nominations of the whole cycle by office and bucket."""
    rows = live_nominations().filter(proceeding__cycle=cycle)
    counted = rows.values_list("proceeding__office", "bucket").annotate(taken=Count("pk"))
    return Counter({(holder, bucket): taken for holder, bucket, taken in counted.order_by()})


def _meter(pack: Pack, seats: Seats, taken: int) -> Meter:
    return Meter(
        bucket=pack.seat_rule(seats.bucket).bucket,
        seats=seats.pk,
        granted=seats.granted,
        taken=taken,
    )
