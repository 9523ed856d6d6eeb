"""What a table of periods leaves out or tells twice: hints, as the pack's own conditions ask."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from juxian.regulation.eligibility import Condition
from juxian.regulation.form import Field
from juxian.regulation.history import Period, gaps, overlaps, periods, turned_round
from juxian.regulation.pack import Pack

IN_ORDER, NO_OVERLAP, NO_GAP = "rows_in_order", "rows_do_not_overlap", "rows_have_no_gap"


def hints_on(
    pack: Pack, track: str, section: str, table: Field, rows: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    """Sentences on the rows of a table, for a call that holds its periods against each other."""
    path = f"{section}.{table.code}"
    said: list[str] = []
    for condition in pack.conditions:
        if condition.tracks and track not in condition.tracks:
            continue
        if condition.check in (IN_ORDER, NO_OVERLAP, NO_GAP) and path in _tables(condition):
            given = condition.given
            found = periods(rows, given["start"], given["end"])
            said += _hints(condition, found, table)
    return tuple(dict.fromkeys(said))


def _hints(condition: Condition, found: Sequence[Period], table: Field) -> Iterable[str]:
    if condition.check == IN_ORDER:
        return turned_round(found)
    months = int(condition.given["months"])
    if condition.check == NO_GAP:
        return gaps(found, months, table.label)
    return overlaps(found, months)


def _tables(condition: Condition) -> Sequence[str]:
    named = condition.given["rows"]
    return (named,) if isinstance(named, str) else tuple(named)
