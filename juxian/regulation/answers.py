"""A form's answers: cleaned section by section, checked for gaps, read as facts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from juxian.regulation.cleaning import (
    Cleaned,
    Fault,
    Values,
    clean,
    row_label,
    row_path,
    rows_of,
    ticks,
)
from juxian.regulation.fields import Field, FieldKind, Form, Section, When, is_blank

__all__ = ["Answers", "Cleaned", "Fault", "Reading", "clean", "facts", "missing", "read"]

Answers = Mapping[str, Mapping[str, object]]
"""Section code to field code to value, as `clean` leaves them; safe for JSON."""

TO_PICK = (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.CODE, FieldKind.BOOLEAN)


@dataclass(slots=True)  # not frozen: hundreds are made for every page, and freezing takes longest
class _Asked:
    """One thing that this applicant is asked: a field, or a column of one row."""

    section: Section
    field: Field
    path: str
    label: str
    value: object
    required: bool
    row: str = ""

    def fault(self, message: str) -> Fault:
        return Fault(self.section.code, self.path, self.label, message)


@dataclass(frozen=True, slots=True)
class _Part:
    """A section read: what is asked, what is amiss by path, and the answers so far by name."""

    section: Section
    values: Values
    asked: tuple[_Asked, ...]
    amiss: Mapping[str, tuple[Fault, ...]]
    known: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """A form with its answers, read once for whatever is asked of it."""

    form: Form
    parts: tuple[_Part, ...]

    @property
    def answers(self) -> Answers:
        """What was read, by section."""
        return {part.section.code: part.values for part in self.parts}

    def missing(self) -> tuple[Fault, ...]:
        """Everything that keeps the form from being complete, in the form's order.

        What no longer applies to the other answers is not asked for, nor held against anybody.
        """
        faults: list[Fault] = []
        for part in self.parts:
            for asked in part.asked:
                faults += part.amiss.get(asked.path, ())
                faults += _gaps(self.form, asked, part)
            faults += _unticked(part)
        return tuple(faults)

    def facts(self) -> dict[str, object]:
        """Every sound answer that applies, by "section.field"; rows as lists of dicts.

        Blank and faulty answers are left out, so a check reads either what it expects or nothing.
        """
        found: dict[str, object] = {}
        for part in self.parts:
            found |= _facts(part)
        return found


def missing(form: Form, track: str, answers: Answers) -> tuple[Fault, ...]:
    """See `Reading.missing`."""
    return read(form.for_track(track), answers).missing()


def facts(form: Form, answers: Answers) -> dict[str, object]:
    """See `Reading.facts`."""
    return read(form, answers).facts()


def read(form: Form, answers: Answers) -> Reading:
    """The form as it stands: an applicant's own is `Form.for_track`."""
    known: Values = {}
    parts = []
    for section in form.sections:
        cleaned = clean(form, section.code, answers.get(section.code) or {})
        amiss: dict[str, tuple[Fault, ...]] = {}
        for fault in cleaned.faults:
            amiss[fault.path] = (*amiss.get(fault.path, ()), fault)
        asked = tuple(_Questions(section, amiss, known).asked(cleaned.values))
        parts.append(_Part(section, cleaned.values, asked, amiss, dict(known)))
    return Reading(form, tuple(parts))


def _facts(part: _Part) -> dict[str, object]:
    found: dict[str, object] = {}
    rows: dict[str, Values] = {}
    for asked in part.asked:
        name = f"{asked.section.code}.{asked.field.code}"
        if is_blank(asked.value):
            continue
        if asked.field.kind is FieldKind.ROWS:
            table = rows_of(part.values, asked.field.code)
            rows = {str(row["id"]): {"id": row["id"]} for row in table}
            found[name] = list(rows.values())
        elif asked.path in part.amiss:
            continue
        elif asked.row:
            rows[asked.row][asked.field.code] = asked.value
        else:
            found[name] = asked.value
    return found


@dataclass(frozen=True, slots=True)
class _Questions:
    """What a section asks of this applicant; `known` grows by its answers on the way."""

    section: Section
    amiss: Collection[str]
    known: Values

    def asked(self, values: Values) -> Iterator[_Asked]:
        beside: Values = {}
        for field in self.section.fields:
            if not self._holds(field.shown_when, beside, otherwise=True):
                continue
            value, required = self._answer(field, field.code, values, beside)
            self.known[f"{self.section.code}.{field.code}"] = beside[field.code]
            yield _Asked(self.section, field, field.code, field.label, value, required)
            if field.kind is FieldKind.ROWS:
                for number, row in enumerate(rows_of(values, field.code), start=1):
                    yield from self._asked_in(field, number, row)

    def _asked_in(self, table: Field, number: int, row: Values) -> Iterator[_Asked]:
        beside: Values = {}
        row_id = str(row["id"])
        for column in table.columns:
            if self._holds(column.shown_when, beside, otherwise=True):
                path, label = row_path(table, row, column), row_label(table, number, column)
                value, required = self._answer(column, path, row, beside)
                yield _Asked(self.section, column, path, label, value, required, row_id)

    def _answer(
        self, field: Field, path: str, given: Values, beside: Values
    ) -> tuple[object, bool]:
        """What was answered and whether it had to be; a faulty answer decides on no question."""
        value = given.get(field.code, "")
        sound = field.kind is FieldKind.ROWS or path not in self.amiss
        beside[field.code] = value if sound else ""
        required = field.required or self._holds(field.required_when, beside, otherwise=False)
        return value, required

    def _holds(self, when: When | None, beside: Values, *, otherwise: bool) -> bool:
        if when is None:
            return otherwise
        return when.holds(beside.get(when.field, self.known.get(when.field)))


def _gaps(form: Form, asked: _Asked, part: _Part) -> Iterator[Fault]:
    field = asked.field
    if field.kind is FieldKind.ROWS:
        yield from _row_gaps(form, asked, part)
    elif field.affirm and asked.required:
        if asked.value is not True:
            yield asked.fault("请阅读全文，同意后勾选。")
    elif asked.required and is_blank(asked.value):
        yield asked.fault(_request(field))
    wanted = part.known.get(field.same_as)
    if not is_blank(asked.value) and not is_blank(wanted) and asked.value != wanted:
        code, _, name = field.same_as.partition(".")
        other = form.section(code).field(name)
        yield asked.fault(f"须与“{other.label}”一致，请核对。")


def _request(field: Field) -> str:
    if field.kind is FieldKind.PHOTO:
        return f"请上传“{field.label}”。"
    verb = "选择" if field.kind in TO_PICK else "填写"
    return f"请{verb}“{field.label}”。"


def _row_gaps(form: Form, asked: _Asked, part: _Part) -> Iterator[Fault]:
    field, rows = asked.field, rows_of(part.values, asked.field.code)
    least = max(field.rows_min, int(asked.required))
    if len(rows) < least:
        yield asked.fault(f"请至少填写{least}条，现有{len(rows)}条。")
    if field.one_row_each:
        yield from _row_each(form, asked, part)


def _row_each(form: Form, asked: _Asked, part: _Part) -> Iterator[Fault]:
    """Each pick has one row, named by the row's first column; and no row is without its pick."""
    key, *_ = asked.field.columns
    picked: list[object] = []
    for name in asked.field.one_row_each:
        pick = part.values.get(name)
        picked += pick if isinstance(pick, list) else [pick]
    rows = rows_of(part.values, asked.field.code)
    keys = [row.get(key.code) for row in rows]
    for pick in dict.fromkeys(picked):
        if not is_blank(pick) and pick not in keys:
            yield asked.fault(f"请为“{form.label_of(key, pick)}”填写一条。")
    for number, row in enumerate(rows, start=1):
        value = row.get(key.code)
        path, label = row_path(asked.field, row, key), row_label(asked.field, number, key)
        if not is_blank(value) and value not in picked:
            yield Fault(asked.section.code, path, label, "前面没有选择这一项，请补选或删去这一条。")
        elif not is_blank(value) and value in keys[: number - 1]:
            yield Fault(asked.section.code, path, label, "这一项已有一条，请合并填写。")


def _unticked(part: _Part) -> Iterator[Fault]:
    for tally in part.section.tallies:
        tables, ticked = ticks(part.section, tally, part.values)
        if tables and ticked < tally.minimum:
            message = f"请勾选{tally.minimum}条“{tally.label}”，现勾选{ticked}条。"
            yield Fault(part.section.code, tables[0].code, tables[0].label, message)
