"""Seats (推荐名额): buckets, what is left in them, and the assignment that fits most nominees."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

Capacity = Mapping[str, int | None]
"""Seats by bucket code, in the pack's order of preference; None has no cap (不占指标)."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A pool of seats (指标池); `cap` None has no cap, below `soft_min` a reason is asked for."""

    code: str
    title: str
    track: str
    cap: int | None
    soft_min: int = 0
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Nominee:
    """A nominee at its place in the office's order, 1 first; `fits` are codes of buckets."""

    id: int
    rank: int
    fits: frozenset[str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats of one office in one bucket."""

    granted: int | None
    taken: int

    @property
    def left(self) -> int | None:
        """None without a cap; never below 0."""
        return None if self.granted is None else max(self.granted - self.taken, 0)

    @property
    def over(self) -> int:
        return 0 if self.granted is None else max(self.taken - self.granted, 0)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Nominees to buckets: each in one at most, as many as can be."""

    placed: Mapping[int, str]
    unplaced: tuple[int, ...]
    nominees: tuple[Nominee, ...]
    capacity: Capacity

    def seats(self) -> dict[str, Seats]:
        taken = list(self.placed.values())
        return {code: Seats(granted, taken.count(code)) for code, granted in self.capacity.items()}


def assign(nominees: Iterable[Nominee], capacity: Capacity) -> Assignment:
    """The assignment that fits most nominees; one who ranks earlier is never left out for one
    who ranks later, and each in turn gets the first bucket, in the order of `capacity`, that
    leaves nobody else out. Equal ranks go by id. Buckets that `capacity` lacks have no seats.

    Every prefix of the order is itself served as fully as it can be (a transversal matroid).
    """
    order = tuple(sorted(nominees, key=lambda nominee: (nominee.rank, nominee.id)))
    if len({nominee.id for nominee in order}) != len(order):
        raise ValueError("a nominee is on the list twice")
    desk = _Desk(capacity)
    seated = [nominee for nominee in order if desk.seat(nominee, set())]
    for nominee in seated:
        desk.settle(nominee)
    placed = {nominee.id: desk.bucket_of[nominee] for nominee in seated}
    unplaced = tuple(nominee.id for nominee in order if nominee.id not in placed)
    return Assignment(MappingProxyType(placed), unplaced, order, capacity)


def why_unplaced(assignment: Assignment, nominee_id: int, buckets: Sequence[Bucket]) -> str:
    """Which buckets are contested, and by whom: full buckets whose holders fit no other.

    A bucket's `clause` is said as it stands; the sentence is empty for one who is placed.
    """
    if nominee_id in assignment.placed:
        return ""
    nominee = next(n for n in assignment.nominees if n.id == nominee_id)
    contested = _contested(assignment, nominee)
    if not contested:
        return f"第{nominee.rank}名不符合任何指标的条件，或本单位没有相应指标。"
    named = [
        f"“{bucket.title}”{assignment.capacity[bucket.code]}个"
        for bucket in buckets
        if bucket.code in contested
    ]
    clauses = "、".join(dict.fromkeys(b.clause for b in buckets if b.code in contested))
    holders = [n for n in assignment.nominees if assignment.placed.get(n.id) in contested]
    if not holders:
        return f"第{nominee.rank}名只能使用{'、'.join(named)}，依据{clauses}，没有名额可用。"
    return (
        f"第{nominee.rank}名可用的指标为{'、'.join(named)}，依据{clauses}，已由排序在前的"
        f"{'、'.join(f'第{one.rank}名{one.name}' for one in holders)}用满，且他们不能改用其他指标。"
    )


def over_cap(buckets: Sequence[Bucket], seats: Mapping[str, Seats]) -> tuple[str, ...]:
    """A sentence for every bucket with more nominees than seats; nothing may go up until none."""
    return tuple(
        f"“{bucket.title}”名额{seats[bucket.code].granted}个，已列{seats[bucket.code].taken}名，"
        f"超出{seats[bucket.code].over}名，请调整后再上报。"
        for bucket in buckets
        if bucket.code in seats and seats[bucket.code].over
    )


def under_minimum(buckets: Sequence[Bucket], seats: Mapping[str, Seats]) -> tuple[str, ...]:
    """A sentence for every granted bucket below its soft minimum; it asks for a reason only."""
    return tuple(
        f"“{bucket.title}”一般不少于{bucket.soft_min}名，"
        f"现列{seats[bucket.code].taken}名；不足的，请在报送材料中说明理由。"
        for bucket in buckets
        if bucket.code in seats
        and seats[bucket.code].granted != 0
        and seats[bucket.code].taken < bucket.soft_min
    )


class _Desk:
    """Seats being given out: augmenting paths in the office's order, then preferences in turn."""

    def __init__(self, capacity: Capacity) -> None:
        self.capacity = capacity
        self.bucket_of: dict[Nominee, str] = {}
        self.settled: set[Nominee] = set()

    def seat(self, nominee: Nominee, tried: set[str]) -> bool:
        """Seat or move the nominee, moving others along but leaving none without; else no change.

        `tried` are full buckets that are already known to yield nothing.
        """
        options = [code for code in self._options(nominee) if code not in tried]
        for code in options:
            if self._has_room(code):
                self.bucket_of[nominee] = code
                return True
        for code in options:
            if code not in tried and self._make_room(code, tried):
                self.bucket_of[nominee] = code
                return True
        return False

    def settle(self, nominee: Nominee) -> None:
        """Fix a seated nominee in the first bucket that leaves everybody seated."""
        current = self.bucket_of[nominee]
        options = self._options(nominee)
        for code in options[: options.index(current)]:
            self.bucket_of[nominee] = code
            if not self._is_over(code) or self._make_room(code, set(), nominee):
                break
            self.bucket_of[nominee] = current
        self.settled.add(nominee)

    def _options(self, nominee: Nominee) -> list[str]:
        return [code for code in self.capacity if code in nominee.fits]

    def _holders(self, code: str) -> list[Nominee]:
        return [nominee for nominee, bucket in self.bucket_of.items() if bucket == code]

    def _has_room(self, code: str) -> bool:
        cap = self.capacity[code]
        return cap is None or len(self._holders(code)) < cap

    def _is_over(self, code: str) -> bool:
        cap = self.capacity[code]
        return cap is not None and len(self._holders(code)) > cap

    def _make_room(self, code: str, tried: set[str], staying: Nominee | None = None) -> bool:
        """Move one holder, neither settled nor `staying`, out of the bucket."""
        tried.add(code)
        return any(
            holder not in self.settled and holder is not staying and self.seat(holder, tried)
            for holder in self._holders(code)
        )


def _contested(assignment: Assignment, nominee: Nominee) -> set[str]:
    """The buckets that the nominee, and whoever holds one of them, could sit in."""
    contested: set[str] = set()
    wanted = nominee.fits & assignment.capacity.keys()
    while wanted - contested:
        contested |= wanted
        for other in assignment.nominees:
            if assignment.placed.get(other.id) in contested:
                wanted |= other.fits & assignment.capacity.keys()
    return contested
