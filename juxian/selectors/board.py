"""The board on which an office ranks its nominees: the order, the buckets, what keeps it back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from juxian.records.models import Proceeding, ProceedingItem
from juxian.regulation import quota
from juxian.regulation.quota import Assignment, Bucket
from juxian.regulation.words import Kind
from juxian.selectors.opinion import said_of_all, unfit
from juxian.selectors.proceeding import Docket, Row, docket_of
from juxian.selectors.quota import Meter, assigned, meters_of


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One nominee: the votes behind him, his bucket, what he may use, why none fits."""

    row: Row
    votes: str
    bucket: str
    options: tuple[Bucket, ...]
    why: str
    wants_reason: bool

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


def board_of(proceeding: Proceeding) -> Board:
    """The nomination board: 4 queries, whatever the list holds."""
    docket = docket_of(proceeding)
    listed = Counter(row.item.bucket for row in docket.rows if row.item.bucket)
    meters = tuple(
        replace(meter, listed=listed[meter.bucket.code] if docket.is_open else 0)
        for meter in meters_of(proceeding.cycle, proceeding.office)
    )
    buckets = {meter.bucket.code: meter.bucket for meter in meters}
    proposed = _proposed(docket.rows, meters)
    votes = _votes([row.item.application_id for row in docket.rows])
    seats = {m.bucket.code: quota.Seats(m.granted, m.used) for m in meters}
    return Board(
        docket=docket,
        meters=meters,
        rows=tuple(_board_row(docket, row, buckets, proposed, votes) for row in docket.rows),
        over=quota.over_cap(tuple(buckets.values()), seats),
        under=quota.under_minimum(tuple(buckets.values()), seats),
    )


def _proposed(rows: Sequence[Row], meters: Sequence[Meter]) -> Assignment | None:
    """Nothing before everybody is ranked."""
    items = [row.item for row in rows]
    if any(item.rank is None for item in items):
        return None
    return assigned([(item.application_id, item.application.fits) for item in items], meters)


def hindrances(board: Board, *, today: date) -> tuple[str, ...]:
    """What but the seats keeps the list back: reasons not written, opinions not in force. 1 query.

    Sentences; only of those who are to be nominated.
    """
    names = {
        row.row.item.application_id: row.row.item.application.name
        for row in board.rows
        if row.bucket
    }
    silent = "、".join(row.row.item.application.name for row in board.rows if row.wants_reason)
    missing = (_("%(names)s还没有推荐理由，请先写好再上报。") % {"names": silent},)
    faults = unfit(board.docket.proceeding, names.keys(), today=today)
    return (*(missing if silent else ()), *said_of_all(faults, names))


def _board_row(
    docket: Docket,
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
        wants_reason=bool(
            docket.is_open and docket.step.reason_limit and row.item.bucket and not row.item.opinion
        ),
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
