"""The tables of a section as its page shows them: their rows in words, totals, hints, what is left
to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from juxian.desks.applicant.filled import Filled
from juxian.desks.applicant.studies import studies_of
from juxian.desks.common.stencil import HERE, fill
from juxian.records.packs import pack_of
from juxian.regulation.answers import Fault
from juxian.regulation.form import Field, FieldKind, Form, is_blank
from juxian.selectors.continuity import hints_on
from juxian.selectors.form_reading import is_asked, words_of
from juxian.selectors.portfolio import sources_in
from juxian.selectors.windows import CountedSince, window_on, windows_of

DETAILS = 6  # columns that a row's card shows beside its title
UNSHOWN = (FieldKind.LONG_TEXT, FieldKind.BOOLEAN)
WHEN = (FieldKind.DATE, FieldKind.YEAR_MONTH)  # name a row only where nothing else does
FIGURES = (FieldKind.INTEGER, FieldKind.MONEY)  # say nothing without their caption
DATED = (*WHEN, FieldKind.YEAR)
LINE = "applicant/_line.html"
CELL = '<td class="cell" dir="auto"><span>%s</span></td>'
MOST_HINTS = 6


@dataclass(frozen=True, slots=True)
class Card:
    """A row of a table in two lines, and its answers column by column."""

    id: str
    number: int
    title: str
    details: tuple[str, ...]
    faults: int
    cells: tuple[str, ...] = ()
    note: str = ""  # 计入, 非近5年
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class Focus:
    """Where the keyboard goes on: the row that was acted on, and by which of its buttons."""

    row: str = ""
    by: str = ""  # edit, up, down; sort, undo

    def anchor(self, table: str) -> str:
        """The id of that button; of the table when nothing was acted on."""
        named = [one for one in (self.row, self.by) if one]
        return "-".join(["go", table, *named]) if named else f"t-{table}"


NOWHERE = Focus()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the section: its rows as cards; `wanted` are picks that still need a row."""

    field: Field
    cards: tuple[Card, ...]
    faults: tuple[str, ...]
    wanted: tuple[tuple[str, str], ...]
    picked: bool  # something has been picked that has a row of its own here
    is_open: bool
    is_answered: bool  # whether there are none is known, too
    totals: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    more_hints: int = 0
    studies: int = 0  # that the form tells of as degrees and that may be brought in
    by_time: str = ""  # what its button of that name would do; "" for no button
    removed: str = ""  # the title of the row that can come back
    focus: Focus = NOWHERE

    @property
    def is_full(self) -> bool:
        return len(self.cards) >= self.field.rows_max

    @property
    def takes_any(self) -> bool:
        """Whether a row may be added that no saved pick asks for."""
        return not (self.is_full or self.picked)

    @property
    def takes_many(self) -> bool:
        """Whether rows may be pasted."""
        return self.is_open and not self.is_full and not self.field.one_row_each

    @property
    def takes_entries(self) -> bool:
        """Whether rows may be chosen from what was submitted before (业绩库)."""
        return self.takes_many and bool(self.field.fact)

    @property
    def is_optional(self) -> bool:
        return not (self.field.rows_min or self.field.required)

    @property
    def asks(self) -> bool:
        """Whether the page asks if there are any."""
        return self.is_optional and self.is_open and not self.cards and self.takes_any

    @property
    def has_none(self) -> bool:
        return self.is_answered and not self.cards

    @property
    def lines(self) -> tuple[SafeString, ...]:
        return tuple(self._line(card) for card in self.cards)

    def _line(self, card: Card) -> SafeString:
        """As HTML; what is alike of all rows is written once."""
        title, code = card.title or _("（未填）"), self.field.code
        is_first, is_last = card.number == 1, card.number == len(self.cards)
        details = " · ".join(card.details)
        own: list[str] = [card.id, str(card.number), title]
        own += [details] if details else []
        own += [card.note] if card.note else []
        own += [str(card.faults)] if card.faults else []
        own.append(mark_safe("".join(CELL % escape(text) for text in card.cells)))  # noqa: S308
        if self.is_open:
            known = [True, not is_first, not is_last]  # by an id: where the keyboard may go on
            own += [part for is_there in known if is_there for part in (card.id, card.id, title)]
            own += [card.id, title] * (1 + self.takes_copies)
        return fill(
            LINE,
            own,
            id=HERE,
            title=HERE,
            number=HERE,
            details=HERE if details else "",
            note=HERE if card.note else "",
            is_counted=card.is_counted,
            faults=HERE if card.faults else "",
            cells=HERE,
            code=code,
            is_open=self.is_open,
            is_first=is_first,
            is_last=is_last,
            takes_copies=self.takes_copies,
            focus=self.focus.by if card.id == self.focus.row else "",
        )

    @property
    def takes_copies(self) -> bool:
        return not self.is_full and not self.field.one_row_each


@dataclass(frozen=True, slots=True)
class Around:
    """What the rows of a section are shown with, besides themselves."""

    faults: Sequence[Fault] = ()
    focus: Focus = NOWHERE
    removed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by table


def grids_of(at: Filled, around: Around) -> tuple[Grid, ...]:
    tables = (asked for asked in at.section.fields if asked.kind is FieldKind.ROWS)
    return tuple(grid_of(at, table, around) for table in tables)


def grid_of(at: Filled, table: Field, around: Around) -> Grid:
    application, picks, rows = at.application, picks_of(at, table), at.rows(table)
    pack = pack_of(application.cycle)
    window = window_on(windows_of(pack, application.track), f"{at.section.code}.{table.code}")
    hints = hints_on(pack, application.track, at.section.code, table, rows)
    removed = around.removed.get(table.code)
    return Grid(
        field=table,
        cards=cards_of(at, table, around.faults, window),
        faults=tuple(fault.message for fault in around.faults if fault.path == table.code),
        wanted=wanted_of(at, table, picks),
        picked=bool(picks),
        is_open=at.opened is None or table.code in at.opened,
        is_answered=table.code in at.values,
        totals=tuple(_totals(at, table, rows, window)),
        hints=hints[:MOST_HINTS],
        more_hints=len(hints[MOST_HINTS:]),
        studies=len(studies_of(at, table)),
        by_time=_by_time(table, rows),
        removed=card_of(at.form, table, removed, 0).title or _("（未填）") if removed else "",
        focus=around.focus,
    )


def cards_of(
    at: Filled, table: Field, faults: Sequence[Fault] = (), window: CountedSince | None = None
) -> tuple[Card, ...]:
    sources = sources_in(at.saved)
    return tuple(
        _with_source(
            card_of(at.form, table, row, number, faults, window),
            sources.get(f"{table.code}.{row.get('id')}", ""),
        )
        for number, row in enumerate(at.rows(table), start=1)
    )


def _with_source(card: Card, source: str) -> Card:
    return replace(card, details=(*card.details, source)) if source else card


def dated_by(table: Field) -> Field | None:
    """The column by which rows stand in the order of time: their start, or their first date."""
    dates = [column for column in table.columns if column.kind in DATED]
    starts = [column for column in dates if column.code == "start"]
    return next(iter([*starts, *dates]), None)


def in_time(rows: Sequence[Mapping[str, Any]], by: Field) -> list[Mapping[str, Any]]:
    """From the earliest to the latest, undated rows last; turned round if they stand so already."""
    dated = [row for row in rows if not is_blank(row.get(by.code))]
    undated = [row for row in rows if is_blank(row.get(by.code))]
    forward = sorted(dated, key=lambda row: str(row[by.code])) + undated
    if [row.get("id") for row in forward] != [row.get("id") for row in rows]:
        return forward
    return sorted(dated, key=lambda row: str(row[by.code]), reverse=True) + undated


def _by_time(table: Field, rows: Sequence[Mapping[str, Any]]) -> str:
    by = dated_by(table)
    if by is None or table.one_row_each or len(rows) < 2:  # noqa: PLR2004 - two to be put in order
        return ""
    days = [str(row[by.code]) for row in rows if not is_blank(row.get(by.code))]
    if len(set(days)) < 2:  # noqa: PLR2004
        return ""
    ordered = in_time(rows, by)
    is_forward = str(ordered[0].get(by.code)) == min(days)
    return _("按时间排序") if is_forward else _("按时间倒序")


def _totals(
    at: Filled, table: Field, rows: Sequence[Mapping[str, Any]], window: CountedSince | None
) -> list[str]:
    """What the rules count of the rows."""
    said: list[str] = []
    if window is not None and rows:
        facts = {"window": window.in_words, "count": sum(window.counts(row) for row in rows)}
        said.append(_("在计算时间内（%(window)s）%(count)d 项。") % facts)
    for tally in at.section.tallies:
        tables = [one for one in at.section.fields if tally.column in (c.code for c in one.columns)]
        if table in tables and rows:
            ticked = sum(row.get(tally.column) is True for one in tables for row in at.rows(one))
            facts = {"label": tally.label, "count": ticked, "most": tally.maximum}
            told = _("“%(label)s”本部分共勾选 %(count)d 条，最多 %(most)d 条。") % facts
            said += [told] if ticked else []
    return said


def picks_of(at: Filled, table: Field) -> tuple[Any, ...]:
    """What was picked, of which each has a row of its own in the table."""
    picked: list[Any] = []
    for name in table.one_row_each:
        value = at.values.get(name)
        picked += value if isinstance(value, list) else [value]
    return tuple(one for one in dict.fromkeys(picked) if one)


def wanted_of(at: Filled, table: Field, picks: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    key = table.columns[0]
    have = {row.get(key.code) for row in at.rows(table)}
    return tuple((str(one), at.form.label_of(key, one)) for one in picks if one not in have)


def _detail(form: Form, column: Field, row: Mapping[str, Any]) -> str:
    text = words_of(form, column, row.get(column.code)) if is_asked(column, row, {}) else ""
    return f"{column.caption} {text}" if text and column.kind in FIGURES else text


def _cell(form: Form, column: Field, row: Mapping[str, Any]) -> str:
    return words_of(form, column, row.get(column.code)) if is_asked(column, row, {}) else ""


def card_of(
    form: Form,
    table: Field,
    row: Mapping[str, Any],
    number: int,
    faults: Sequence[Fault] = (),
    window: CountedSince | None = None,
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
    is_dated = window is not None and not is_blank(row.get(window.column))
    is_counted = window is None or not is_dated or window.counts(row)
    return Card(
        id=str(row.get("id", "")),
        number=number,
        title=title,
        details=(*words[:DETAILS], *ticks),
        faults=sum(fault.path.startswith(prefix) for fault in faults),
        cells=tuple(_cell(form, column, row) for column in table.columns),
        note=_note(window, is_counted=is_counted) if window and is_dated else "",
        is_counted=is_counted,
    )


def _note(window: CountedSince, *, is_counted: bool) -> str:
    return _("计入") if is_counted else _("非近%(years)d年") % {"years": window.years}
