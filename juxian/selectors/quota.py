"""Seats granted, taken and left; and the board on which an office ranks its nominees."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from juxian.records.models import (
    Cycle,
    Office,
    Proceeding,
    ProceedingItem,
    Seats,
    SeatsChange,
)
from juxian.records.packs import pack_of
from juxian.regulation import quota
from juxian.regulation.pack import Pack
from juxian.regulation.quota import Assignment, Bucket
from juxian.regulation.words import Act, Kind
from juxian.selectors.nomination import proposal
from juxian.selectors.proceeding import Docket, Row, docket_of


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
class BoardRow:
    """One nominee: the votes behind him, his bucket, what he may use, why none fits."""

    row: Row
    votes: str
    bucket: str
    options: tuple[Bucket, ...]
    why: str

    @property
    def rank(self) -> int | None:
        return self.row.item.rank


@dataclass(frozen=True, slots=True)
class Board:
    docket: Docket
    meters: tuple[Meter, ...]
    rows: tuple[BoardRow, ...]
    over: tuple[str, ...]  # sentences that keep the list back
    under: tuple[str, ...]  # soft minimums: to be explained, never refused

    @property
    def is_ranked(self) -> bool:
        return all(row.rank is not None for row in self.rows)

    @property
    def nominated(self) -> int:
        return sum(bool(row.bucket) for row in self.rows)

    @property
    def unplaced(self) -> tuple[BoardRow, ...]:
        return tuple(row for row in self.rows if not row.bucket)


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
    """The office's buckets in the pack's order. 2 queries."""
    rows = Seats.objects.filter(cycle=cycle, office=office)
    return _sorted_meters(cycle, list(rows), _taken(cycle, office))


def _sorted_meters(
    cycle: Cycle, rows: Sequence[Seats], taken: Mapping[tuple[int, str], int]
) -> tuple[Meter, ...]:
    pack = pack_of(cycle)
    order = [rule.bucket.code for rule in pack.seats]
    meters = (_meter(pack, seats, taken) for seats in rows)
    return tuple(sorted(meters, key=lambda meter: order.index(meter.bucket.code)))


def holdings_of(offices: Collection[int]) -> tuple[Holding, ...]:
    """The offices' seats, the newest cycle first. 1 query, and 1 for each holding."""
    held = Seats.objects.filter(office__in=offices).select_related("cycle", "office")
    rows: dict[tuple[int, int], list[Seats]] = {}
    for seats in held.order_by("-cycle", "office"):
        rows.setdefault((seats.cycle_id, seats.office_id), []).append(seats)
    return tuple(_holding(group) for group in rows.values())


def _holding(group: Sequence[Seats]) -> Holding:
    cycle, office = group[0].cycle, group[0].office
    return Holding(cycle, office, _sorted_meters(cycle, group, _taken(cycle, office)))


def seat_rows(cycle: Cycle, *, words: str = "") -> tuple[SeatRow, ...]:
    """Every holder of seats in the cycle, by code. 2 queries."""
    rows = Seats.objects.filter(cycle=cycle).select_related("office").order_by("office__code")
    if words.strip():
        rows = rows.filter(office__name__icontains=words.strip())
    taken = _taken(cycle)
    found: dict[int, tuple[Office, dict[str, Meter]]] = {}
    for seats in rows:
        _office, meters = found.setdefault(seats.office_id, (seats.office, {}))
        meters[seats.bucket] = _meter(pack_of(cycle), seats, taken)
    return tuple(SeatRow(office, meters) for office, meters in found.values())


def totals(rows: Sequence[SeatRow], pack: Pack) -> tuple[Meter, ...]:
    """One meter a bucket over all offices; no cap where any of them has none."""
    summed = []
    for rule in pack.seats:
        meters = [row.meters[rule.bucket.code] for row in rows if rule.bucket.code in row.meters]
        caps = [meter.granted for meter in meters]
        granted = None if None in caps else sum(cap or 0 for cap in caps)
        summed.append(Meter(rule.bucket, 0, granted, sum(meter.taken for meter in meters)))
    return tuple(summed)


def meter_of(seats: Seats) -> Meter:
    return _meter(pack_of(seats.cycle), seats, _taken(seats.cycle, seats.office))


def granted_by(pack: Pack) -> tuple[tuple[Bucket, int, int | None], ...]:
    """What opening the pack would grant today: bucket, holders, seats in all (None: no cap)."""
    offices = list(Office.objects.filter(ends_on__isnull=True))
    granted = []
    for rule in pack.seats:
        grants = [
            grant
            for office in offices
            if (
                grant := rule.granted_to(
                    holder=office.holder, region=office.region, office=office.code
                )
            )
        ]
        caps = [grant.cap for grant in grants]
        total = None if None in caps else sum(cap or 0 for cap in caps)
        granted.append((rule.bucket, len(grants), total))
    return tuple(granted)


def latest_changes(cycle: Cycle, most: int = 20) -> QuerySet[SeatsChange]:
    rows = SeatsChange.objects.filter(seats__cycle=cycle)
    return rows.select_related("by", "seats__office").order_by("-pk")[:most]


def changes_of(seats: Seats) -> QuerySet[SeatsChange]:
    """Every change of the seats, the latest first."""
    return SeatsChange.objects.filter(seats=seats).select_related("by").order_by("-pk")


def board_of(proceeding: Proceeding) -> Board:
    """The nomination board: about nine queries, whatever the list holds."""
    docket = docket_of(proceeding)
    listed = Counter(row.item.bucket for row in docket.rows if row.item.bucket)
    meters = tuple(
        replace(meter, listed=listed[meter.bucket.code] if docket.is_open else 0)
        for meter in meters_of(proceeding.cycle, proceeding.office)
    )
    buckets = {meter.bucket.code: meter.bucket for meter in meters}
    ranked = [row.item.application_id for row in docket.rows if row.item.rank is not None]
    proposed = proposal(proceeding, ranked) if len(ranked) == len(docket.rows) else None
    votes = _votes([row.item.application_id for row in docket.rows])
    seats = {m.bucket.code: quota.Seats(m.granted, m.used) for m in meters}
    return Board(
        docket=docket,
        meters=meters,
        rows=tuple(_board_row(row, buckets, proposed, votes) for row in docket.rows),
        over=quota.over_cap(tuple(buckets.values()), seats),
        under=quota.under_minimum(tuple(buckets.values()), seats),
    )


def _board_row(
    row: Row,
    buckets: Mapping[str, Bucket],
    proposed: Assignment | None,
    votes: Mapping[int, str],
) -> BoardRow:
    application = row.item.application
    fits = set(application.fits)
    return BoardRow(
        row=row,
        votes=votes.get(application.pk, ""),
        bucket=row.item.bucket,
        options=tuple(bucket for code, bucket in buckets.items() if code in fits),
        why=_why(row, buckets, proposed),
    )


def _why(row: Row, buckets: Mapping[str, Bucket], proposed: Assignment | None) -> str:
    if row.item.bucket or proposed is None:
        return ""
    offered = proposed.placed.get(row.item.application_id)
    if offered:
        return _("系统建议使用“%(bucket)s”，已改为不使用") % {"bucket": buckets[offered].title}
    return quota.why_unplaced(proposed, row.item.application_id, tuple(buckets.values()))


def _votes(applications: Sequence[int]) -> dict[int, str]:
    """The latest evaluation's ayes of those present: "10 / 11"."""
    rows = (
        ProceedingItem.objects.filter(
            application__in=applications,
            proceeding__kind=Kind.REVIEW,
            ayes__isnull=False,
            void_at__isnull=True,
        )
        .order_by("pk")
        .values_list("application", "ayes", "proceeding__present")
    )
    return {application: f"{ayes} / {present}" for application, ayes, present in rows}


def _taken(cycle: Cycle, office: Office | None = None) -> dict[tuple[int, str], int]:
    """Live nominations by office and bucket."""
    rows = ProceedingItem.objects.filter(
        act=Act.RECOMMEND, void_at__isnull=True, proceeding__cycle=cycle
    )
    if office is not None:
        rows = rows.filter(proceeding__office=office)
    counted = rows.values_list("proceeding__office", "bucket").annotate(taken=Count("pk"))
    return {(holder, bucket): taken for holder, bucket, taken in counted.order_by()}


def _meter(pack: Pack, seats: Seats, taken: Mapping[tuple[int, str], int]) -> Meter:
    return Meter(
        bucket=pack.seat_rule(seats.bucket).bucket,
        seats=seats.pk,
        granted=seats.granted,
        taken=taken.get((seats.office_id, seats.bucket), 0),
    )
