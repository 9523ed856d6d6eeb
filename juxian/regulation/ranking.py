"""Ranks of nominees (推荐顺序): counted by track, and who stands before a better evaluation."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate at his place; `result` is the share of ayes, None before any evaluation."""

    id: int
    track: str
    result: Fraction | None = None


def ranks(order: Iterable[Ranked]) -> dict[int, int]:
    """From first to last, counted anew in every track (两类分别排序)."""
    counted: Counter[str] = Counter()
    found = {}
    for one in order:
        counted[one.track] += 1
        found[one.id] = counted[one.track]
    return found


def overtaken(order: Sequence[Ranked]) -> dict[int, tuple[int, ...]]:
    """By candidate, those of the same track who come after him with a better result.

    Candidates who overtake nobody are left out; equal results never need a reason (通知三).
    """
    found = {}
    for place, one in enumerate(order):
        after = [other for other in order[place + 1 :] if other.track == one.track]
        better = tuple(other.id for other in after if _beats(other, one))
        if better:
            found[one.id] = better
    return found


def _beats(one: Ranked, other: Ranked) -> bool:
    return one.result is not None and other.result is not None and one.result > other.result
