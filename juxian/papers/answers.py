"""Answers in the words of a paper: which are asked, what they say, and the rows that count."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from juxian.regulation.calendar import in_words
from juxian.regulation.form import Field, FieldKind, Form, Section, is_blank
from juxian.selectors.form_reading import is_asked
from juxian.selectors.paper_inputs import Answers

NOTHING = "—"
REGIONS = "regions"  # a county is named with what it lies in
MOST_WANTED = "最高"  # of several rows, the one whose box is ticked for the highest


@dataclass(frozen=True, slots=True)
class Said:
    """A question of the form and its answer."""

    field: Field
    value: Any
    row: Mapping[str, Any] | None = None


def asked_in(section: Section, answers: Answers) -> Iterator[Said]:
    """The fields of the section that this applicant is asked, each with its answer."""
    values = answers.get(section.code, {})
    for field in section.fields:
        if is_asked(field, values, answers):
            yield Said(field, values.get(field.code))


def asked_in_row(
    columns: Sequence[Field], row: Mapping[str, Any], answers: Answers
) -> Iterator[Said]:
    for column in columns:
        if is_asked(column, row, answers):
            yield Said(column, row.get(column.code), row)


def rows_in(value: object) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def in_cell(form: Form, said: Said) -> str:
    """The answer to an asked question; "" for none, and 至今 for an end that is left open."""
    if is_blank(said.value):
        return "至今" if said.field.until_now else ""
    return WRITERS.get(said.field.kind, _plain)(form, said)


def _plain(_form: Form, said: Said) -> str:
    return str(said.value)


def _picked(form: Form, said: Said) -> str:
    return _label(form, said.field, said.value)


def _picks(form: Form, said: Said) -> str:
    return "、".join(_label(form, said.field, one) for one in said.value)


def _date(form: Form, said: Said) -> str:
    """2020年5月6日; in a table 2020.05.06."""
    return _dotted(form, said) if said.row is not None else _day_in_words(str(said.value))


def _dotted(_form: Form, said: Said) -> str:
    return str(said.value).replace("-", ".")


def _money(_form: Form, said: Said) -> str:
    return str(said.value) if "万元" in said.field.caption else f"{said.value} 万元"


def _text(_form: Form, said: Said) -> str:
    return "\n".join(paragraphs(str(said.value)))


def _nothing(_form: Form, _said: Said) -> str:
    return ""


WRITERS: Mapping[FieldKind, Callable[[Form, Said], str]] = {
    FieldKind.CHOICE: _picked,
    FieldKind.CODE: _picked,
    FieldKind.BOOLEAN: _picked,
    FieldKind.CHOICES: _picks,
    FieldKind.DATE: _date,
    FieldKind.YEAR_MONTH: _dotted,
    FieldKind.MONEY: _money,
    FieldKind.LONG_TEXT: _text,
    FieldKind.PHOTO: _nothing,
}


def paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _label(form: Form, field: Field, value: object) -> str:
    if field.code_list != REGIONS:
        return form.label_of(field, value)
    path = form.codes[REGIONS].path(str(value))
    return "".join(code.label for code in path) or str(value)


def _day_in_words(text: str) -> str:
    try:
        return in_words(date.fromisoformat(text))
    except ValueError:
        return text


def by_label(form: Form, answers: Answers, *labels: str) -> str:
    """The first answer to a question of one of these labels, in words; "" when there is none.

    Of a table's rows it is the one marked as the highest, or the last.
    """
    for label in labels:
        for section in form.sections:
            for said in asked_in(section, answers):
                text = _said_under(form, said, label, answers)
                if text:
                    return text
    return ""


def _said_under(form: Form, said: Said, label: str, answers: Answers) -> str:
    if label in (said.field.label, said.field.caption) and said.field.kind is not FieldKind.ROWS:
        return in_cell(form, said)
    columns = [column for column in said.field.columns if label in (column.label, column.caption)]
    rows = rows_in(said.value)
    if not columns or not rows or columns[0].kind is FieldKind.BOOLEAN:
        return ""
    row = _highest(said.field, rows, label)
    cells = asked_in_row(columns[:1], row, answers)
    return next((in_cell(form, cell) for cell in cells), "")


def _highest(table: Field, rows: list[Mapping[str, Any]], label: str) -> Mapping[str, Any]:
    """The row ticked 最高学历 for 学历, 最高学位 for 学位; for other columns any row so ticked."""
    ticks = [c for c in table.columns if c.label.startswith(MOST_WANTED)]
    ticks.sort(key=lambda column: column.label != MOST_WANTED + label)
    for tick in ticks:
        for row in rows:
            if row.get(tick.code) is True:
                return row
    return rows[-1]


def names_from(form: Form, answers: Answers, code_list: str) -> tuple[str, ...]:
    """What the answers picked from a code list, wherever the form asks for it, without repeats."""
    names: dict[str, None] = {}
    for section in form.sections:
        for said in asked_in(section, answers):
            cells = [said]
            for row in rows_in(said.value):
                cells += asked_in_row(said.field.columns, row, answers)
            for one in cells:
                if one.field.code_list == code_list and not is_blank(one.value):
                    names[in_cell(form, one)] = None
    return tuple(names)
