"""Answers that cannot stand together, within a section or between sections.

Each check yields every clash of it, and none while either side has not been answered. A place is
"section.field", or "section.table.column" for all rows of a table.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from juxian.regulation.calendar import in_words
from juxian.regulation.checking import (
    Clash,
    Clashes,
    Column,
    Counted,
    Dated,
    Facts,
    Picked,
    Table,
    Ticked,
    Value,
    ValuesOf,
    day_of,
    numbered,
    rows_in,
    when_in_words,
)

TODAY = "application.day"

Placed = tuple[str, str, Any]
"""An answer's path, which row it is in ("" for none), and the answer."""


def dated_in_order(facts: Facts, *, earlier: Dated, later: Sequence[Dated]) -> Clashes:
    """None of `later` comes before `earlier`, which is a field."""
    first = _moment(facts.get(earlier))
    for path, row, value in _answers(facts, later):
        if first and _precedes(value, first):
            yield Clash(path, row, f"填的是{when_in_words(value)}，早于{when_in_words(first)}")


def dated_after_age(facts: Facts, *, born: Dated, years: int, dates: Sequence[Dated]) -> Clashes:
    """None of the dates comes before the birthday of that age."""
    birth = _moment(facts.get(born))
    of_age = f"{int(birth[:4]) + years:04d}{birth[4:]}" if birth else ""
    for path, row, value in _answers(facts, dates):
        if of_age and _precedes(value, of_age):
            yield Clash(path, row, f"填的是{when_in_words(value)}，当时未满{years}周岁")


def dated_by(facts: Facts, *, dates: Sequence[Dated], until: date) -> Clashes:
    """None of the dates is later than that day, nor than today."""
    today = facts.get(TODAY)
    for path, row, value in _answers(facts, dates):
        if _precedes(until.isoformat(), value):
            yield Clash(path, row, f"填的是{when_in_words(value)}，晚于{in_words(until)}")
        elif isinstance(today, date) and _precedes(today.isoformat(), value):
            yield Clash(path, row, f"填的是{when_in_words(value)}，这一天还没有到")


def years_within(facts: Facts, *, years: Counted, since: Dated, until: date) -> Clashes:
    """No more years than from `since` to `until`, begun ones included."""
    first, said = day_of(facts.get(since)), facts.get(years)
    if first is None or isinstance(said, bool) or not isinstance(said, int):
        return
    most = max(until.year - first.year + 1, 0)
    if said > most:
        yield Clash(years, "", f"填的是{said}年，从{when_in_words(facts[since])}算起最多{most}年")


def date_in_some_row(
    facts: Facts, *, moment: Dated, rows: Table, start: Column, end: Column
) -> Clashes:
    """Some period of the table holds the moment; an open end goes on."""
    value = _moment(facts.get(moment))
    spans = [(_moment(row.get(start)), _moment(row.get(end))) for row in rows_in(facts, rows)]
    dated = [(first, last) for first, last in spans if first]
    if value and dated and not any(_covers(first, last, value) for first, last in dated):
        yield Clash(moment, "", f"填的是{when_in_words(value)}，各段经历中没有包含这个时间的")


def highest_is_ticked(
    facts: Facts, *, level: Picked, ticked: Ticked, order: Sequence[Value]
) -> Clashes:
    """No row ranks higher than the one that is ticked; `order` begins with the highest.

    What is not in `order` comes last, all alike.
    """
    rows = list(numbered(facts, [_table(level)]))
    ranks = [_rank(_of(row, level), order) for _path, _name, row in rows if _of(row, level)]
    for path, name, row in rows:
        if _of(row, ticked) is True and _rank(_of(row, level), order) > min(ranks, default=0):
            yield Clash(f"{path}.{_column(ticked)}", name, "不是其中最高的，请改勾最高的一条")


def rises_with(facts: Facts, *, level: Picked, date: Dated, order: Sequence[Value]) -> Clashes:
    """No row that ranks higher is dated before one that ranks lower; only those in `order`."""
    rows = [
        (order.index(_of(row, level)), _moment(_of(row, date)), path, name)
        for path, name, row in numbered(facts, [_table(level)])
        if _of(row, level) in order and _moment(_of(row, date))
    ]
    for rank, when, path, name in rows:
        lower = [other for other in rows if other[0] > rank and _precedes(when, other[1])]
        if lower:
            yield Clash(f"{path}.{_column(date)}", name, f"早于更低一级的{lower[0][3]}")


def not_together(facts: Facts, *, values: ValuesOf) -> Clashes:
    """Not all of the answers are among their values; the clash is where the last one stands."""
    named = list(values)
    if all(_is_among(facts.get(name), values[name]) for name in named):
        yield Clash(named[-1], "", "与前面所填的不能同时成立")


def claimed_has_rows(
    facts: Facts, *, claims: Sequence[Picked], values: Sequence[Value], rows: Sequence[Table]
) -> Clashes:
    """Who claims one of the values has filled in at least one of the tables."""
    claimed = [claim for claim in claims if _is_among(facts.get(claim), values)]
    if claimed and not any(rows_in(facts, table) for table in rows):
        yield Clash(rows[0], "", "还没有填写")


def _answers(facts: Facts, places: Sequence[str]) -> Iterator[Placed]:
    """Every dated answer at the places."""
    for place in places:
        if place.count(".") == 1:
            found: list[Placed] = [(place, "", facts.get(place))]
        else:
            found = [
                (f"{path}.{_column(place)}", name, _of(row, place))
                for path, name, row in numbered(facts, [_table(place)])
            ]
        yield from ((path, row, _moment(value)) for path, row, value in found if _moment(value))


def _table(place: str) -> str:
    return place.rpartition(".")[0]


def _column(place: str) -> str:
    return place.rpartition(".")[2]


def _of(row: Mapping[str, Any], place: str) -> Any:
    return row.get(_column(place))


def _moment(value: Any) -> str:
    """ "2015", "2015-03" or "2015-03-01"; "" for what is no date."""
    return str(value) if day_of(value) is not None else ""


def _precedes(one: str, other: str) -> bool:
    """Whether it is earlier for certain: a month neither precedes nor follows its days."""
    size = min(len(one), len(other))
    return one[:size] < other[:size]


def _covers(first: str, last: str, moment: str) -> bool:
    return not _precedes(moment, first) and not (last and _precedes(last, moment))


def _rank(level: Any, order: Sequence[Any]) -> int:
    return order.index(level) if level in order else len(order)


def _is_among(answer: Any, values: Sequence[Any]) -> bool:
    given = answer if isinstance(answer, list) else [answer]
    return any(type(one) is type(value) and one == value for one in given for value in values)


CONTRADICTIONS = (
    dated_in_order,
    dated_after_age,
    dated_by,
    years_within,
    date_in_some_row,
    highest_is_ticked,
    rises_with,
    not_together,
    claimed_has_rows,
)
