"""What a new row of a table begins with, and what its columns were answered elsewhere before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from juxian.desks.applicant.filled import Filled
from juxian.desks.applicant.grids import picks_of, wanted_of
from juxian.desks.applicant.studies import continuing
from juxian.regulation.form import EntryKind, Field, FieldKind, Section, is_blank

OFFERED = 12  # earlier answers that a column offers


@dataclass(frozen=True, slots=True)
class Earlier:
    """Answers given before to questions of that name; `code` is the column's."""

    code: str
    answers: tuple[str, ...]


def first_answers(at: Filled, table: Field) -> dict[str, Any]:
    """What repeats; and its key, as the first pick that needs a row or the next year, or the time
    that follows."""
    rows = at.rows(table)
    carried = [one.code for one in table.columns if one.carried]
    repeats = {code: rows[-1][code] for code in carried if rows and rows[-1].get(code)}
    return repeats | _key(at, table, rows)


def _key(at: Filled, table: Field, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    key = table.columns[0]
    wanted = wanted_of(at, table, picks_of(at, table))
    if wanted:
        return {key.code: wanted[0][0]}
    if key.kind is FieldKind.YEAR:
        years = [row[key.code] for row in rows if isinstance(row.get(key.code), int)]
        return {key.code: _next(years)} if years else {}
    return continuing(at, table) if table.fact == EntryKind.POST else {}


def _next(years: Sequence[int]) -> int:
    falls = len(years) > 1 and years[-1] < years[-2]
    return years[-1] + (-1 if falls else 1)


def earlier_answers(at: Filled, table: Field) -> tuple[Earlier, ...]:
    """For columns of one line, from the whole form: a long name need be typed only once."""
    lines = [column for column in table.columns if column.kind is FieldKind.TEXT]
    answers = at.answers if lines else {}
    said: dict[str, dict[str, None]] = {column.code: {} for column in lines}
    for section in at.form.sections:
        for code, text in _lines(section, answers.get(section.code, {})):
            if code in said:
                said[code].setdefault(text)
    offered = {code: list(texts)[-OFFERED:] for code, texts in said.items()}
    for column in lines:
        offered[column.code] += _names(at, column, said[column.code])
    return tuple(Earlier(code, tuple(texts)) for code, texts in offered.items() if texts)


def _names(at: Filled, column: Field, but: Mapping[str, None]) -> list[str]:
    """Of the list that the column suggests names from."""
    if not column.suggests:
        return []
    names = (code.label for code in at.form.codes[column.suggests].in_force())
    return [name for name in names if name not in but]


def _lines(section: Section, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Codes and answers of one line, rows included."""
    for asked in section.fields:
        value = values.get(asked.code)
        if asked.kind is FieldKind.TEXT and not is_blank(value):
            yield asked.code, str(value)
        for row in value if asked.kind is FieldKind.ROWS and isinstance(value, list) else ():
            for column in asked.columns:
                if column.kind is FieldKind.TEXT and not is_blank(row.get(column.code)):
                    yield column.code, str(row[column.code])
