"""A section of one's form as it is saved now: its answers, version, faults, and what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from juxian.records.models import Application, Correction, CorrectionItem, Section
from juxian.regulation import form as forms
from juxian.regulation.answers import Fault, clean, missing
from juxian.regulation.form import Field, FieldKind, Form
from juxian.selectors import application as selected
from juxian.selectors.correction import items_in, open_correction, open_paths
from juxian.selectors.facts import Answers, unsealed
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


@dataclass(frozen=True, slots=True)
class Filled:
    application: Application
    form: Form
    section: forms.Section
    saved: Section | None  # sealed values closed
    values: Mapping[str, Any]
    correction: Correction | None  # the open return

    @property
    def answers(self) -> Answers:
        """Of the whole form, opened; most pages do without, so it is read when asked for."""
        return selected.answers_in(selected.sections_of(self.application))

    @property
    def opened(self) -> frozenset[str] | None:
        """The fields that may be mended; None: all."""
        if self.correction is None:
            return None
        paths = open_paths(self.application, self.correction)
        if self.section.code in paths:
            return None
        parts = (path.split(".") for path in paths)
        return frozenset(rest[0] for code, *rest in parts if code == self.section.code)

    @property
    def asked(self) -> tuple[CorrectionItem, ...]:
        """What the return asks for here."""
        return items_in(self.correction, self.section.code)

    @property
    def version(self) -> int:
        return self.saved.version if self.saved else 0

    @property
    def open_fields(self) -> tuple[Field, ...]:
        opened = self.opened
        return tuple(f for f in self.section.fields if opened is None or f.code in opened)

    def faults(self, *, complete: bool) -> tuple[Fault, ...]:
        """What is amiss in what was typed; with what is still missing when `complete`."""
        if complete:
            found = missing(self.form, self.application.track, self.answers)
            return tuple(fault for fault in found if fault.section == self.section.code)
        return clean(self.form, self.section.code, self.values).faults

    def following(self) -> forms.Section | None:
        codes = [section.code for section in self.form.sections]
        place = codes.index(self.section.code) + 1
        return self.form.sections[place] if place < len(codes) else None

    def table(self, code: str) -> Field:
        for asked in self.section.fields:
            if asked.code == code and asked.kind is FieldKind.ROWS:
                return asked
        raise Http404

    def rows(self, table: Field) -> list[dict[str, Any]]:
        rows = self.values.get(table.code)
        return [dict(row) for row in rows] if isinstance(rows, list) else []

    def grids(self, faults: Sequence[Fault]) -> tuple[Grid, ...]:
        tables = (asked for asked in self.section.fields if asked.kind is FieldKind.ROWS)
        return tuple(self._grid(table, faults) for table in tables)

    def cards(self, table: Field, faults: Sequence[Fault] = ()) -> tuple[Card, ...]:
        return tuple(
            _card(self.form, table, row, number, faults)
            for number, row in enumerate(self.rows(table), start=1)
        )

    def _grid(self, table: Field, faults: Sequence[Fault]) -> Grid:
        picks = self._picks(table)
        return Grid(
            field=table,
            cards=self.cards(table, faults),
            faults=tuple(fault.message for fault in faults if fault.path == table.code),
            wanted=self._wanted(table, picks),
            picked=bool(picks),
            is_open=self.opened is None or table.code in self.opened,
        )

    def _picks(self, table: Field) -> tuple[Any, ...]:
        """What was picked, of which each has a row of its own in the table."""
        picked: list[Any] = []
        for name in table.one_row_each:
            value = self.values.get(name)
            picked += value if isinstance(value, list) else [value]
        return tuple(one for one in dict.fromkeys(picked) if one)

    def _wanted(self, table: Field, picks: Sequence[Any]) -> tuple[tuple[str, str], ...]:
        key = table.columns[0]
        have = {row.get(key.code) for row in self.rows(table)}
        return tuple((str(one), self.form.label_of(key, one)) for one in picks if one not in have)


def filled(application: Application, code: str) -> Filled:
    """404 for a section that the form of this track does not have."""
    form = selected.form_of(application)
    try:
        section = form.section(code)
    except LookupError:
        raise Http404 from None
    saved = selected.section_of(application, code)
    return Filled(
        application=application,
        form=form,
        section=section,
        saved=saved,
        values=unsealed(saved.values) if saved else {},
        correction=open_correction(application),
    )


def faults_to_show(request: HttpRequest, at: Filled) -> tuple[Fault, ...]:
    """Faults of what is saved; also what is missing, for who comes from the check page."""
    complete = "check" in request.GET
    return at.faults(complete=complete) if complete or at.saved is not None else ()


def version_of(request: HttpRequest) -> int:
    """The version of the section that the page was made from."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else 0


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
