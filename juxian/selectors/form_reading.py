"""A submitted form as a reader sees it: captions, words, and what changed since a turn before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from juxian.regulation.form import Field, FieldKind, Form, Section, is_blank
from juxian.regulation.identity import mask_resident_id
from juxian.regulation.references import doi_address
from juxian.selectors.windows import CountedSince, window_on

Answers = Mapping[str, Mapping[str, Any]]

PICKED = (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.CODE, FieldKind.BOOLEAN)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is the same, old or new."""

    state: str
    text: str


class Line(NamedTuple):
    """One answer in words; `was` is the earlier words when they differ, None otherwise."""

    path: str  # "section.field"
    label: str
    text: str
    was: str | None = None
    is_long: bool = False
    is_photo: bool = False
    leads_to: str = ""  # the address of a DOI

    @property
    def is_changed(self) -> bool:
        return self.was is not None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The earlier and the present words woven together, for a long text."""
        before = self.was or ""
        woven: list[Piece] = []
        for kind, a, b, c, d in SequenceMatcher(
            None, before, self.text, autojunk=False
        ).get_opcodes():
            if kind == "equal":
                woven.append(Piece("same", before[a:b]))
                continue
            woven += [Piece("old", before[a:b])] if b > a else []
            woven += [Piece("new", self.text[c:d])] if d > c else []
        return tuple(woven)


@dataclass(frozen=True, slots=True)
class TableRow:
    """`state` is same, new, changed or gone; cells follow the table's columns.

    `is_counted` says whether its date lies in the window that the table is held against.
    """

    cells: tuple[Line, ...]
    state: str
    is_counted: bool | None = None
    note: str = ""  # what that means, in a word: 计入, 非近5年

    @property
    def place(self) -> str:
        """ "section.table.row", as a piece of evidence names what it proves."""
        return self.cells[0].path.rpartition(".")[0] if self.cells else ""


@dataclass(frozen=True, slots=True)
class Table:
    path: str
    label: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    window: str = ""  # from which day to which its rows count, "" for all

    @property
    def is_changed(self) -> bool:
        return any(row.state != "same" for row in self.rows)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the form, its answered lines and tables in the form's order."""

    code: str
    number: str
    title: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]

    @property
    def is_changed(self) -> bool:
        return any(line.is_changed for line in self.lines) or any(t.is_changed for t in self.tables)

    @property
    def changes(self) -> int:
        rows = [row for table in self.tables for row in table.rows if row.state != "same"]
        return sum(line.is_changed for line in self.lines) + len(rows)


def read(
    form: Form,
    answers: Answers,
    before: Answers | None = None,
    *,
    windows: Sequence[CountedSince] = (),
) -> tuple[Part, ...]:
    """The form's sections with these answers; `before` are those of the turn to compare with.

    What is not asked is not read, whatever had been answered to it. `windows` say which rows
    count by their date (近5年).
    """
    return tuple(
        _part(
            form,
            section,
            _asked(section, answers),
            None if before is None else _asked(section, before),
            windows,
        )
        for section in form.sections
    )


def is_asked(field: Field, beside: Mapping[str, Any], answers: Answers) -> bool:
    """Whether the question applies to this applicant; `beside` are the answers next to it."""
    when = field.shown_when
    if when is None:
        return True
    section, _dot, name = when.field.rpartition(".")
    known = answers.get(section, {}) if section else beside
    return when.holds(known.get(name))


def words_of(form: Form, field: Field, value: object) -> str:
    """The answer to an asked question as it is read, resident ids masked; "" for none."""
    if is_blank(value):
        return _("至今") if field.until_now else ""
    if field.kind in PICKED:
        picked = value if isinstance(value, list) else [value]
        return "、".join(form.label_of(field, one) for one in picked)
    match field.kind:
        case FieldKind.MONEY if "万元" not in field.caption:
            return _("%(amount)s 万元") % {"amount": value}
        case FieldKind.RESIDENT_ID:
            return mask_resident_id(str(value))
        case FieldKind.PHOTO:
            return _("已上传照片")
    return str(value)


def _asked(section: Section, answers: Answers) -> dict[str, Any]:
    """A section's answers under the codes of what is asked there, row by row in its tables."""
    values = _asked_of(section.fields, answers.get(section.code, {}), answers)
    for table in section.fields:
        if table.kind is FieldKind.ROWS and table.code in values:
            values[table.code] = [
                {"id": row.get("id"), **_asked_of(table.columns, row, answers)}
                for row in _rows(values, table)
            ]
    return values


def _asked_of(
    fields: Iterable[Field], beside: Mapping[str, Any], answers: Answers
) -> dict[str, Any]:
    return {one.code: beside.get(one.code) for one in fields if is_asked(one, beside, answers)}


def _part(
    form: Form,
    section: Section,
    values: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    windows: Sequence[CountedSince],
) -> Part:
    scalars = [field for field in section.fields if field.kind is not FieldKind.ROWS]
    tables = [field for field in section.fields if field.kind is FieldKind.ROWS]
    lines = (_line(form, section.code, field, values, before) for field in scalars)
    read_tables = (_table(form, section.code, field, values, before, windows) for field in tables)
    return Part(
        code=section.code,
        number=section.number,
        title=section.title,
        lines=tuple(line for line in lines if line.text or line.is_changed),
        tables=tuple(table for table in read_tables if table.rows),
    )


def _line(
    form: Form,
    path: str,
    field: Field,
    values: Mapping[str, Any],
    before: Mapping[str, Any] | None,
) -> Line:
    text = _words_in(form, field, values)
    was = None if before is None else _words_in(form, field, before)
    another_photo = (
        field.kind is FieldKind.PHOTO
        and before is not None
        and before.get(field.code) != values.get(field.code)
    )
    return Line(
        path=f"{path}.{field.code}",
        label=field.label,
        text=text,
        was=None if was == text and not another_photo else was,
        is_long=field.kind is FieldKind.LONG_TEXT,
        is_photo=field.kind is FieldKind.PHOTO,
        leads_to=doi_address(text) if field.known_as == "doi" else "",
    )


def _words_in(form: Form, field: Field, values: Mapping[str, Any]) -> str:
    return words_of(form, field, values[field.code]) if field.code in values else ""


def _table(
    form: Form,
    section: str,
    field: Field,
    values: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    windows: Sequence[CountedSince],
) -> Table:
    rows, earlier = _rows(values, field), _rows(before or {}, field)
    known = {row.get("id"): row for row in earlier}
    kept = {row.get("id") for row in rows}
    path = f"{section}.{field.code}"
    window = window_on(windows, path)
    shown = [
        _noted(
            _row(form, path, field, row, None if before is None else known.get(row.get("id"), {})),
            window,
            row,
        )
        for row in rows
    ]
    shown += [
        TableRow(_row(form, path, field, row, None).cells, "gone")
        for row in earlier
        if row.get("id") not in kept
    ]
    return Table(
        path,
        field.label,
        tuple(c.label for c in field.columns),
        tuple(shown),
        window=window.in_words if window else "",
    )


def _noted(shown: TableRow, window: CountedSince | None, row: Mapping[str, Any]) -> TableRow:
    """With what its date comes to; a row without a date says nothing yet."""
    if window is None or not row.get(window.column):
        return shown
    if window.counts(row):
        return replace(shown, is_counted=True, note=_("计入"))
    return replace(shown, is_counted=False, note=_("非近%(years)d年") % {"years": window.years})


def _rows(values: Mapping[str, Any], field: Field) -> Sequence[Mapping[str, Any]]:
    rows = values.get(field.code)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _row(
    form: Form,
    path: str,
    field: Field,
    row: Mapping[str, Any],
    before: Mapping[str, Any] | None,
) -> TableRow:
    """`before` None: nothing to compare with; empty: the row is new."""
    compared = before or None
    cells = tuple(
        _line(form, f"{path}.{row.get('id', '')}", column, row, compared)
        for column in field.columns
    )
    if before is not None and not before:
        return TableRow(cells, "new")
    return TableRow(cells, "changed" if any(cell.is_changed for cell in cells) else "same")
