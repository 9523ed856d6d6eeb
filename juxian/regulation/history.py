"""A work history month by month: what is left out and what overlaps, as hints and never faults."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(-\d{2})?")
WITHOUT_END = 10**6  # months; later than any month


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A row of the table from its first to its last month, both included, from year 0 on."""

    first: int
    last: int
    number: int  # of the row, from 1


def periods(rows: Iterable[Mapping[str, Any]], start: str, end: str) -> tuple[Period, ...]:
    """The rows with a readable start, in the order of time; an end left blank is still open."""
    found = []
    for number, row in enumerate(rows, start=1):
        first, last = _month(row.get(start)), _month(row.get(end))
        open_end = WITHOUT_END if row.get(end) in (None, "") else None
        last = last if last is not None else open_end
        if first is not None and last is not None:
            found.append(Period(first, last, number))
    return tuple(sorted(found))


def turned_round(found: Iterable[Period]) -> tuple[str, ...]:
    """Rows that end before they begin."""
    return tuple(
        f"第{one.number}条的结束时间早于开始时间，请核对。"
        for one in sorted(found, key=lambda one: one.number)
        if one.last < one.first
    )


def gaps(found: Sequence[Period], months: int, what: str) -> tuple[str, ...]:
    """Between which months more than `months` whole ones are told of by no row."""
    said: list[str] = []
    reached = 0
    for one in _forward(found):
        if reached and one.first - reached - 1 > months:
            said.append(f"{_said(reached)}至{_said(one.first)}之间没有填写{what}。")
        reached = max(reached, one.last)
    return tuple(said)


def overlaps(found: Sequence[Period], months: int) -> tuple[str, ...]:
    """Pairs of rows that share more than `months` months beyond the one in which they meet."""
    said: list[str] = []
    for one, later in combinations(_forward(found), 2):
        shared = min(one.last, later.last) - later.first + 1
        if shared - 1 > months:
            low, high = sorted((one.number, later.number))
            for_how_long = "至今" if shared > WITHOUT_END // 2 else f"{shared}个月"
            said.append(f"第{low}条与第{high}条重叠{for_how_long}。")
    return tuple(said)


def _forward(found: Iterable[Period]) -> list[Period]:
    return [one for one in found if one.first <= one.last]


def _month(value: object) -> int | None:
    read = MONTH.fullmatch(str(value or ""))
    return int(read[1]) * 12 + int(read[2]) - 1 if read else None


def _said(month: int) -> str:
    """2003年7月"""
    return f"{month // 12}年{month % 12 + 1}月"
