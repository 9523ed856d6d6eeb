"""The tables of a section as its page shows them: a card for each row, and what is still wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from juxian.desks.applicant.filled import Filled
from juxian.regulation.answers import Fault
from juxian.regulation.form import Field, FieldKind, Form
from juxian.selectors.form_reading import is_asked, words_of

DETAILS = 6  # columns that a row's card shows beside its title
UNSHOWN = (FieldKind.LONG_TEXT, FieldKind.BOOLEAN)
WHEN = (FieldKind.DATE, FieldKind.YEAR_MONTH)  # name a row only where nothing else does
FIGURES = (FieldKind.INTEGER, FieldKind.MONEY)  # say nothing without their caption


@dataclass(frozen=True, slots=True)
class Card:
    """A row of a table in two lines."""

    id: str
    number: int
    title: str
    details: tuple[str, ...]
    faults: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the section: its rows as cards; `wanted` are picks that still need a row."""

    field: Field
    cards: tuple[Card, ...]
    faults: tuple[str, ...]
    wanted: tuple[tuple[str, str], ...]
    picked: bool  # something has been picked that has a row of its own here
    is_open: bool

    @property
    def is_full(self) -> bool:
        return len(self.cards) >= self.field.rows_max

    @property
    def takes_any(self) -> bool:
        """Whether a row may be added that no saved pick asks for."""
        return not (self.is_full or self.picked)


def grids_of(at: Filled, faults: Sequence[Fault]) -> tuple[Grid, ...]:
    tables = (asked for asked in at.section.fields if asked.kind is FieldKind.ROWS)
    return tuple(_grid(at, table, faults) for table in tables)


def cards_of(at: Filled, table: Field, faults: Sequence[Fault] = ()) -> tuple[Card, ...]:
    return tuple(
        _card(at.form, table, row, number, faults)
        for number, row in enumerate(at.rows(table), start=1)
    )


def _grid(at: Filled, table: Field, faults: Sequence[Fault]) -> Grid:
    picks = _picks(at, table)
    return Grid(
        field=table,
        cards=cards_of(at, table, faults),
        faults=tuple(fault.message for fault in faults if fault.path == table.code),
        wanted=_wanted(at, table, picks),
        picked=bool(picks),
        is_open=at.opened is None or table.code in at.opened,
    )


def _picks(at: Filled, table: Field) -> tuple[Any, ...]:
    """What was picked, of which each has a row of its own in the table."""
    picked: list[Any] = []
    for name in table.one_row_each:
        value = at.values.get(name)
        picked += value if isinstance(value, list) else [value]
    return tuple(one for one in dict.fromkeys(picked) if one)


def _wanted(at: Filled, table: Field, picks: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    key = table.columns[0]
    have = {row.get(key.code) for row in at.rows(table)}
    return tuple((str(one), at.form.label_of(key, one)) for one in picks if one not in have)


def _detail(form: Form, column: Field, row: Mapping[str, Any]) -> str:
    text = words_of(form, column, row.get(column.code)) if is_asked(column, row, {}) else ""
    return f"{column.caption} {text}" if text and column.kind in FIGURES else text


def _card(
    form: Form, table: Field, row: Mapping[str, Any], number: int, faults: Sequence[Fault]
) -> Card:
    shown = [column for column in table.columns if column.kind not in UNSHOWN]
    said = {column.code: _detail(form, column, row) for column in shown}
    names = [column.code for column in shown if said[column.code] and column.kind not in WHEN]
    title = said.pop(names[0]) if names else ""
    words = [text for text in said.values() if text]
    ticks = [
        column.label
        for column in table.columns
        if column.kind is FieldKind.BOOLEAN and row.get(column.code) is True
    ]
    prefix = f"{table.code}.{row.get('id')}."
    return Card(
        id=str(row.get("id", "")),
        number=number,
        title=title,
        details=(*words[:DETAILS], *ticks),
        faults=sum(fault.path.startswith(prefix) for fault in faults),
    )
