"""The board on which an office ranks its nominees: the order, the buckets, who has none and why."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from juxian.records.models import Proceeding, ProceedingItem
from juxian.regulation import quota
from juxian.regulation.quota import Assignment, Bucket
from juxian.regulation.ranking import overtaken
from juxian.regulation.words import Act
from juxian.selectors.guide import cites
from juxian.selectors.nomination import (
    Votes,
    as_ranked,
    in_order,
    nominees_of,
    preferred,
    votes_on,
)
from juxian.selectors.proceeding import Docket, Row, docket_of
from juxian.selectors.quota import Meter, assigned, meters_of


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One nominee: the votes behind him, his bucket, what he may use, why none is left for him.

    `overtaken` are the names of those ranked later with a better result; `proposed` is the bucket
    that the system proposes, "" for none.
    """

    row: Row
    place: int  # his rank in the track, or where he would stand by his votes
    votes: str
    bucket: str
    options: tuple[Bucket, ...]
    proposed: str
    why: str
    overtaken: tuple[str, ...]
    preferred: str
    wants_reason: bool

    @property
    def item(self) -> ProceedingItem:
        return self.row.item

    @property
    def rank(self) -> int | None:
        return self.item.rank

    @property
    def wants_preference(self) -> bool:
        """Ranked before a better result, and nothing said for it."""
        return bool(self.bucket and self.overtaken and not self.item.preference)

    @property
    def bucket_title(self) -> str:
        return _title(self.options, self.bucket)

    @property
    def proposed_title(self) -> str:
        return _title(self.options, self.proposed)


@dataclass(frozen=True, slots=True)
class TrackBoard:
    """Those of one track, who are ranked by themselves."""

    title: str
    rows: tuple[BoardRow, ...]

    @property
    def nominated(self) -> int:
        return sum(bool(row.bucket) and row.item.act != Act.PASS_OVER for row in self.rows)


@dataclass(frozen=True, slots=True)
class Board:
    docket: Docket
    meters: tuple[Meter, ...]
    tracks: tuple[TrackBoard, ...]
    over: tuple[str, ...]  # sentences that keep the list back
    under: tuple[str, ...]  # soft minimums: to be explained, never refused

    @property
    def rows(self) -> tuple[BoardRow, ...]:
        return tuple(row for track in self.tracks for row in track.rows)

    @property
    def is_ranked(self) -> bool:
        return all(row.rank is not None for row in self.rows)

    @property
    def nominated(self) -> int:
        return sum(track.nominated for track in self.tracks)

    @property
    def unplaced(self) -> tuple[BoardRow, ...]:
        return tuple(row for row in self.rows if not row.bucket)

    @property
    def changes(self) -> tuple[BoardRow, ...]:
        """Whose bucket is not the one proposed."""
        if not self.docket.is_open or not self.is_ranked:
            return ()
        return tuple(row for row in self.rows if row.bucket != row.proposed)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rows of a board are made from."""

    docket: Docket
    buckets: Mapping[str, Bucket]
    assignment: Assignment | None  # nothing before everybody is ranked
    votes: Mapping[int, Votes]
    overtaken: Mapping[int, tuple[int, ...]]
    names: Mapping[int, str]


def board_of(proceeding: Proceeding) -> Board:
    """4 queries, whatever the list holds."""
    docket = docket_of(proceeding)
    rows = {row.item.application_id: row for row in docket.rows}
    meters = _meters(docket, proceeding)
    votes = votes_on(rows.keys())
    items = in_order([row.item for row in docket.rows], votes)
    facts = _Facts(
        docket=docket,
        buckets={meter.bucket.code: meter.bucket for meter in meters},
        assignment=_proposed(items, meters),
        votes=votes,
        overtaken=overtaken(as_ranked(items, votes)),
        names={pk: row.item.application.name for pk, row in rows.items()},
    )
    seats = {meter.bucket.code: quota.Seats(meter.granted, meter.used) for meter in meters}
    return Board(
        docket=docket,
        meters=meters,
        tracks=tuple(_tracks(facts, [rows[item.application_id] for item in items])),
        over=quota.over_cap(tuple(facts.buckets.values()), seats),
        under=quota.under_minimum(tuple(facts.buckets.values()), seats),
    )


def _meters(docket: Docket, proceeding: Proceeding) -> tuple[Meter, ...]:
    """Of the office, with whom this list has in each bucket while it is being made."""
    using = Counter(row.item.bucket for row in docket.rows if docket.is_open)
    return tuple(
        replace(meter, listed=using[meter.bucket.code])
        for meter in meters_of(proceeding.cycle, proceeding.office)
    )


def _proposed(items: Sequence[ProceedingItem], meters: Sequence[Meter]) -> Assignment | None:
    if any(item.rank is None for item in items):
        return None
    return assigned(nominees_of(items), meters)


def _tracks(facts: _Facts, rows: Collection[Row]) -> list[TrackBoard]:
    found = []
    for track in facts.docket.pack.tracks:
        of_track = [row for row in rows if row.item.application.track == track.code]
        if of_track:
            placed = enumerate(of_track, start=1)
            lines = tuple(_board_row(facts, row, place) for place, row in placed)
            found.append(TrackBoard(track.title, lines))
    return found


def _board_row(facts: _Facts, row: Row, place: int) -> BoardRow:
    item, pk = row.item, row.item.application_id
    fits = set(item.application.fits)
    placed = facts.assignment.placed if facts.assignment else {}
    docket = facts.docket
    return BoardRow(
        row=row,
        place=item.rank or place,
        votes=str(facts.votes.get(pk, "")),
        bucket=item.bucket,
        options=tuple(bucket for code, bucket in facts.buckets.items() if code in fits),
        proposed=placed.get(pk, ""),
        why=_why(facts, item),
        overtaken=tuple(facts.names[other] for other in facts.overtaken.get(pk, ())),
        preferred=preferred(docket.pack, item),
        wants_reason=bool(
            docket.is_open and docket.step.reason_limit and item.bucket and not item.opinion
        ),
    )


def _why(facts: _Facts, item: ProceedingItem) -> str:
    if facts.assignment is None:
        return ""
    offered = facts.assignment.placed.get(item.application_id)
    if offered and item.bucket:
        return ""
    if offered:
        return _("系统建议使用“%(bucket)s”，已改为不使用。") % {
            "bucket": facts.buckets[offered].title
        }
    cited = [
        replace(bucket, clause=cites(facts.docket.pack, bucket.clause))
        for bucket in facts.buckets.values()
    ]
    return quota.why_unplaced(facts.assignment, item.application_id, cited)


def _title(options: Collection[Bucket], code: str) -> str:
    return next((bucket.title for bucket in options if bucket.code == code), "")
