"""Checks of a table's rows: their dates, their ranks, and what must be in some or none of them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from juxian.regulation.calendar import in_words
from juxian.regulation.checking import (
    MET,
    Answer,
    Clash,
    Clashes,
    Column,
    Facts,
    Table,
    Value,
    Verdict,
    day_of,
    judged,
    numbered,
    rows_in,
)


def any_row_is(
    facts: Facts,
    *,
    rows: Table,
    column: Column,
    values: Sequence[Value],
    filled: Sequence[Column] = (),
) -> Answer:
    """In some row the column is so; `filled` are columns of it that must have an answer too."""
    return judged(
        any(
            row.get(column) in values and all(row.get(one) for one in filled)
            for row in rows_in(facts, rows)
        )
    )


def no_row_is(facts: Facts, *, rows: Table, column: Column, values: Sequence[Value]) -> Answer:
    for _path, name, row in numbered(facts, [rows]):
        if row.get(column) in values:
            return Verdict.UNMET, f"请核对{name}"
    return MET


def latest_rows_are_none_of(  # noqa: PLR0913 - a table's columns
    facts: Facts,
    *,
    rows: Table,
    year: Column,
    column: Column,
    values: Sequence[Value],
    skipped: Sequence[Value],
    latest: int,
) -> Answer:
    """None of the latest years is so; rows that are skipped leave their year to the one before."""
    counted = [row for row in rows_in(facts, rows) if row.get(column) not in ("", None, *skipped)]
    years = sorted({row[year] for row in counted if isinstance(row.get(year), int)})[-latest:]
    wrong = {row[year] for row in counted if row.get(year) in years and row[column] in values}
    said = "、".join(f"{one}年" for one in sorted(wrong))
    return judged(not wrong, f"{said}没有达到")


def each_year_has_one_row(
    facts: Facts, *, rows: Table, year: Column, first: int, last: int
) -> Answer:
    """Every year from the first to the last has a row, and no year has two."""
    years = [row.get(year) for row in rows_in(facts, rows)]
    missing = [f"{one}年" for one in range(first, last + 1) if one not in years]
    if missing:
        return Verdict.UNMET, f"缺{'、'.join(missing)}"
    twice = [f"{one}年" for one in dict.fromkeys(years) if years.count(one) > 1]
    return judged(not twice, f"{'、'.join(twice)}列了不止一条")


def rows_counted_since(
    facts: Facts, *, rows: Sequence[Table], column: Column, since: date, until: date, least: int
) -> Answer:
    """At least so many rows of the tables are dated in the window, both ends included."""
    days = (day_of(row.get(column)) for name in rows for row in rows_in(facts, name))
    counted = sum(1 for day in days if day is not None and since <= day <= until)
    said = f"{in_words(since)}至{in_words(until)}计入{counted}项，至少须{least}项"
    return judged(counted >= least, said)


def rows_dated_by(facts: Facts, *, rows: Table, column: Column, until: date) -> Clashes:
    """No row is dated later than that."""
    for path, name, row in numbered(facts, [rows]):
        day = day_of(row.get(column))
        if day is not None and day > until:
            yield Clash(f"{path}.{column}", name, f"晚于{in_words(until)}")


def rows_in_order(facts: Facts, *, rows: Sequence[Table], start: Column, end: Column) -> Clashes:
    """In no row does the end come before the start."""
    for path, name, row in numbered(facts, rows):
        first, last = day_of(row.get(start)), day_of(row.get(end), end=True)
        if first is not None and last is not None and first > last:
            yield Clash(f"{path}.{end}", name, "的结束时间早于开始时间")


class Period(NamedTuple):
    """A row's months, counted from year 0; an open end is last."""

    first: int
    last: int
    number: int
    path: str


def _periods(facts: Facts, rows: str, start: str, end: str) -> list[Period]:
    found = []
    for number, (path, _name, row) in enumerate(numbered(facts, [rows]), start=1):
        first, last = day_of(row.get(start)), day_of(row.get(end), end=True) or date.max
        if first is not None:
            months = (first.year * 12 + first.month, last.year * 12 + last.month)
            found.append(Period(*months, number, f"{path}.{start}"))
    return sorted(found)


def rows_do_not_overlap(
    facts: Facts, *, rows: Table, start: Column, end: Column, months: int
) -> Clashes:
    """No two periods share more than `months` months beyond the one they meet in."""
    longest: Period | None = None
    for period in _periods(facts, rows, start, end):
        if longest is not None and min(longest.last, period.last) - period.first > months:
            both = f"第{longest.number}条与第{period.number}条"
            yield Clash(period.path, both, "的时间重叠，请核对")
        if longest is None or period.last > longest.last:
            longest = period


def rows_have_no_gap(
    facts: Facts, *, rows: Table, start: Column, end: Column, months: int
) -> Clashes:
    """No more than `months` whole months lie between a period and those before it."""
    reached = 0
    for period in _periods(facts, rows, start, end):
        gap = period.first - reached - 1
        if reached and gap > months:
            yield Clash(period.path, f"第{period.number}条", f"之前有{gap}个月空档，请核对")
        reached = max(reached, period.last)


def rank_within_total(
    facts: Facts, *, rows: Sequence[Table], rank: Column, total: Column
) -> Clashes:
    for path, name, row in numbered(facts, rows):
        mine, everybody = row.get(rank), row.get(total)
        if isinstance(mine, int) and isinstance(everybody, int) and mine > everybody:
            yield Clash(f"{path}.{rank}", name, "的本人排名大于完成人数")
