"""Rows for a table of the form, read from cells that come from a spreadsheet. All is text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from juxian.regulation.cleaning import Values, clean
from juxian.regulation.clipboard import Cells
from juxian.regulation.fields import Field, FieldKind, Form, When, is_blank

MOST_LINES = 200
AT_ONCE = 150  # lines of a long sheet that are read together, headings left out
NUMBERING = ("序号", "行号", "no", "no.", "核对结果", "原因")  # headings left aside in silence
HEADED_WITHIN = 5  # lines; titles may stand above the headings

PICKED = (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.CODE)
DATED = (FieldKind.DATE, FieldKind.YEAR_MONTH)
COUNTED = (FieldKind.INTEGER, FieldKind.YEAR)

BRACKETS = re.compile(r"\([^()]*\)$")
TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
SERIAL = re.compile(r"(\d{5})(\.\d+)?")
SERIAL_DAYS = range(10_000, 73_051)  # 1927 to 2099
DAY_NONE = date(1899, 12, 30)  # of Excel's calendar
EITHER_MONTH = re.compile(r"(\d{4})\.1")
LISTED = re.compile(r"[、，,;；\n]")
TICKS: Mapping[str, str] = {
    **dict.fromkeys("√✓✔☑v", "是"),
    **dict.fromkeys("×✗✘x", "否"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was pasted, and what came of it."""

    number: int  # of the line, headings and blank ones counted, from 1
    values: Values
    faults: tuple[tuple[str, str], ...] = ()  # column and reason
    doubts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # columns still to be filled in
    same_as: str = ""  # 第3条: a row that is there; 第5行: a line above

    @property
    def is_sound(self) -> bool:
        return not self.faults


@dataclass(frozen=True, slots=True)
class Sorted:
    """Lines that were read; those that cannot be taken say why by column."""

    lines: tuple[Line, ...]

    @property
    def sound(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_sound)

    @property
    def rejected(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_sound)


@dataclass(frozen=True, slots=True)
class Pasted(Sorted):
    columns: tuple[Field, ...]  # that have been found, in the order of the table
    unused: tuple[str, ...]  # headings that name no column
    has_headings: bool
    is_cut: bool  # there were more lines than are read


def read_pasted(
    form: Form, section: str, table: Field, cells: Cells, rows: Sequence[Values] = ()
) -> Pasted:
    """Rows from lines of cells, headings in any order or none; `rows` are those already there."""
    heads, unused, below = _headed(table, cells)
    places = heads or _by_order(table, cells)
    options = _Options(form)
    lines: list[Line] = []
    for number, line in enumerate(cells[:MOST_LINES], start=1):
        given = {
            column.code: line[place].strip()
            for place, column in places.items()
            if place < len(line)
        }
        if number > below and any(given.values()):
            read = _read(options, section, table, given)
            same = _same(read.values, rows, lines)
            lines.append(replace(read, number=number, same_as=same))
    found = tuple(column for column in table.columns if column in places.values())
    return Pasted(tuple(lines), found, unused, bool(heads), len(cells) > MOST_LINES)


def read_sheet(form: Form, section: str, table: Field, cells: Cells) -> tuple[list[Line], bool]:
    """The lines under one line of headings, `rows_max` at most; whether the headings were found."""
    heads, lines = cells[:1], cells[1 : table.rows_max + 1]
    read: list[Line] = []
    has_headings = True
    for start in range(0, len(lines), AT_ONCE):
        part = read_pasted(form, section, table, (*heads, *lines[start : start + AT_ONCE]))
        has_headings = has_headings and part.has_headings
        read += [replace(line, number=line.number + start) for line in part.lines]
    return read, has_headings


def _headed(table: Field, cells: Cells) -> tuple[dict[int, Field], tuple[str, ...], int]:
    """Columns by their place, headings of none, and the number of the line; or ({}, (), 0)."""
    names = _names(table)
    for number, line in enumerate(cells[:HEADED_WITHIN], start=1):
        heads = {place: _folded(cell) for place, cell in enumerate(line) if cell.strip()}
        found: dict[int, Field] = {}
        for place, head in heads.items():
            column = names.get(head) or names.get(BRACKETS.sub("", head))
            if column is not None and column not in found.values():
                found[place] = column
        if len(found) >= max(1, ceil(len(heads) / 2)):
            unused = [line[p].strip() for p in heads if p not in found]
            known = tuple(one for one in unused if _folded(one) not in NUMBERING)
            return found, known, number
    return {}, (), 0


def _names(table: Field) -> dict[str, Field]:
    """Columns by whatever a heading may call them."""
    names: dict[str, Field] = {}
    for shorten in (False, True):
        for column in table.columns:
            for said in (column.label, column.caption):
                name = BRACKETS.sub("", _folded(said)) if shorten else _folded(said)
                names.setdefault(name, column)
    return names


def _by_order(table: Field, cells: Cells) -> dict[int, Field]:
    """The columns as they stand in the table; a column of row numbers before them is passed."""
    wide = len(table.columns)
    lines = [line for line in cells if any(cell.strip() for cell in line)]
    firsts = [line[0].strip() for line in lines]
    begins = int(firsts[0]) if firsts and re.fullmatch(r"\d{1,3}", firsts[0]) else 0
    numbered = firsts == [str(number) for number in range(begins, begins + len(firsts))]
    shift = int(numbered and all(len(line) == wide + 1 for line in lines))
    return {place + shift: column for place, column in enumerate(table.columns)}


def heading_named(text: str) -> str:
    """A heading as headings are compared."""
    return BRACKETS.sub("", _folded(text))


def _folded(text: str) -> str:
    """Without white space, full-width forms and what headings are adorned with."""
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("*:").lower()


class _Options:
    """What may be picked, by every way to write it; made once for each column."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.known: dict[str, dict[str, str]] = {}

    def value(self, column: Field, text: str) -> str:
        """The option's value; the text itself when it names none, or more than one."""
        if column.code not in self.known:
            self.known[column.code] = self._written(column)
        return self.known[column.code].get(_folded(text), text)

    def _written(self, column: Field) -> dict[str, str]:
        """By value and label first; then without brackets, or the zeros that a sheet drops."""
        found: dict[str, str] = {}
        for way in (_values, _labels, _short_labels, _without_zeros):
            named: dict[str, set[str]] = {}
            for option in self.form.options(column):
                named.setdefault(way(option.value, option.label), set()).add(option.value)
            for name, values in named.items():
                if len(values) == 1:
                    found.setdefault(name, *values)
        return found


def _values(value: str, _label: str) -> str:
    return _folded(value)


def _labels(_value: str, label: str) -> str:
    return _folded(label)


def _short_labels(_value: str, label: str) -> str:
    return BRACKETS.sub("", _folded(label))


def _without_zeros(value: str, _label: str) -> str:
    return value.lstrip("0") if value.isdecimal() else _folded(value)


def _read(options: _Options, section: str, table: Field, given: Mapping[str, str]) -> Line:
    columns = {column.code: column for column in table.columns}
    raw = {code: _typed(options, columns[code], text) for code, text in given.items()}
    whole = dict.fromkeys(columns, "") | raw
    cleaned = clean(options.form, section, {table.code: [whole]})
    rows = cleaned.values[table.code]
    row: Values = rows[0] if isinstance(rows, list) and rows else {}
    prefix = f"{table.code}.{row.get('id')}."
    faults = tuple(
        (columns[fault.path.removeprefix(prefix)].label, fault.message)
        for fault in cleaned.faults
        if fault.path.startswith(prefix)
    )
    doubts = tuple(
        f"{column.label}“{given[column.code]}”按{found[1]}年1月读；是10月的请写成{found[1]}-10。"
        for column in table.columns
        if column.kind is FieldKind.YEAR_MONTH
        and (found := EITHER_MONTH.fullmatch(given.get(column.code, "")))
    )
    return Line(0, row, faults, doubts, tuple(_missing(table, row)))


def _typed(options: _Options, column: Field, text: str) -> str | list[str]:
    """A cell as somebody would type it into the form."""
    if column.kind is FieldKind.CHOICES:
        whole = options.value(column, text)
        parts = [whole] if whole != text else LISTED.split(text)
        return [options.value(column, part.strip()) for part in parts if part.strip()]
    if column.kind in PICKED:
        return options.value(column, text)
    if column.kind in DATED:
        return _day(text)
    if column.kind in COUNTED:
        return re.sub(r"^(-?\d+)\.0+$", r"\1", text)
    if column.kind is FieldKind.BOOLEAN:
        return TICKS.get(text.lower(), text)
    return text


def _day(text: str) -> str:
    """Without the time that a sheet adds; a day that the sheet shows as a number, written out."""
    serial = SERIAL.fullmatch(text)
    if serial and int(serial[1]) in SERIAL_DAYS:
        return (DAY_NONE + timedelta(days=int(serial[1]))).isoformat()
    return TIME.sub("", text)


def _missing(table: Field, row: Values) -> Iterable[str]:
    for column in table.columns:
        is_asked = _holds(column.shown_when, row, otherwise=True)
        is_due = column.required or _holds(column.required_when, row, otherwise=False)
        if is_asked and is_due and is_blank(row.get(column.code)):
            yield column.label


def _holds(when: When | None, row: Values, *, otherwise: bool) -> bool:
    return otherwise if when is None else when.holds(row.get(when.field))


def _same(values: Values, rows: Sequence[Values], lines: Sequence[Line]) -> str:
    """The row or line that already says all that this one says."""
    said = {code: value for code, value in values.items() if code != "id" and not is_blank(value)}
    for number, row in enumerate(rows, start=1):
        if said and said.items() <= row.items():
            return f"第{number}条"
    for line in lines:
        if said and said.items() <= line.values.items():
            return f"第{line.number}行"
    return ""
