"""Cleaning a section of the form: leniently, keeping what was typed, saying what is amiss."""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from juxian.regulation.entries import read_entry
from juxian.regulation.fields import Field, FieldKind, Form, Section, Tally, is_blank
from juxian.regulation.identity import check_resident_id

Values = dict[str, object]

OUT_OF = re.compile(r"\s*第?(\d{1,3})\s*[/／]\s*(\d{1,3})\s*")
ROW_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What to put right, and where: `path` is "name", or "awards.<row id>.date" in a table."""

    section: str
    path: str
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A section's values as they are kept, bad ones as they were typed, and what is amiss."""

    values: Values
    faults: tuple[Fault, ...]


def clean(form: Form, section_code: str, raw: Mapping[str, object]) -> Cleaned:
    """What was typed in one section, complete or not: the fields that `raw` names or decides.

    Dates are kept as "2015-03-01", year-months as "2015-03", years and integers as int, money as
    a decimal string in 万元, yes-or-no as bool, several picks as a list, rows as dicts that keep
    their "id". A blank is "" or []. What the form does not have is dropped, and so are blank rows.
    """
    section = form.section(section_code)
    scalars = tuple(asked for asked in section.fields if asked.kind is not FieldKind.ROWS)
    values, amiss = _entries(form, scalars, raw)
    faults = [
        Fault(section.code, asked.code, asked.label, amiss[asked.code])
        for asked in scalars
        if amiss[asked.code]
    ]
    for asked in section.fields:
        if asked.kind is FieldKind.ROWS and asked.code in raw:
            table = _Table(form, section, asked)
            values[asked.code] = table.read(raw[asked.code])
            faults += table.faults
    for tally in section.tallies:
        faults += _ticked_too_often(section, tally, values)
    return Cleaned(values, tuple(faults))


def _entries(
    form: Form, fields: Sequence[Field], raw: Mapping[str, object]
) -> tuple[Values, dict[str, str]]:
    """Values and messages by code, for a section's fields or a row's columns."""
    values: Values = {}
    amiss = dict.fromkeys((asked.code for asked in fields), "")
    raw = _parted(fields, raw)
    for asked in fields:
        if asked.code in raw:
            values[asked.code], amiss[asked.code] = read_entry(form, asked, raw[asked.code])
    entered = _Entered(form, fields, values, amiss)
    for asked in fields:
        _bring(entered, asked, raw)
    for asked in fields:
        if asked.within:
            amiss[asked.code] = amiss[asked.code] or _outside(entered, asked)
        if asked.differs_from:
            amiss[asked.code] = amiss[asked.code] or _again(entered, asked)
    return values, amiss


def _parted(fields: Sequence[Field], raw: Mapping[str, object]) -> Mapping[str, object]:
    """What was typed as "2/7" answers both how many and of how many, where that is still blank."""
    parted = dict(raw)
    for asked in fields:
        given = raw.get(asked.code)
        found = OUT_OF.fullmatch(given) if asked.out_of and isinstance(given, str) else None
        if found is None or asked.out_of not in raw:
            continue
        if is_blank(raw[asked.out_of]):
            parted |= {asked.code: found[1], asked.out_of: found[2]}
        elif str(raw[asked.out_of]).strip() == found[2]:
            parted[asked.code] = found[1]
    return parted


@dataclass(frozen=True, slots=True)
class _Entered:
    """The answers given side by side, for checks of one against another."""

    form: Form
    fields: Sequence[Field]
    values: Values
    amiss: dict[str, str]

    def sound(self, code: str) -> Field | None:
        """The sibling of that code, when its answer is given and sound."""
        if self.amiss.get(code, "absent") or is_blank(self.values.get(code)):
            return None
        return next(asked for asked in self.fields if asked.code == code)


def _bring(entered: _Entered, asked: Field, raw: Mapping[str, object]) -> None:
    """What other answers say for this field, or what they begin it with while it is blank."""
    values, amiss = entered.values, entered.amiss
    if asked.follows and (not amiss[asked.code] or is_blank(values[asked.code])):
        amiss[asked.code] = _follow(entered, asked)
    if asked.begins_as and asked.code in raw and is_blank(values[asked.code]):
        values[asked.code] = _begun(entered, asked)


def _follow(entered: _Entered, asked: Field) -> str:
    """Fill in what another answer already says; the fault when it says otherwise."""
    name, _, attribute = asked.follows.partition(".")
    source = entered.sound(name)
    if source is None:
        return entered.amiss[asked.code]
    form, values = entered.form, entered.values
    value, fault = read_entry(form, asked, _said(form, source, str(values[name]), attribute))
    if fault or is_blank(value):
        return entered.amiss[asked.code]
    if is_blank(values.get(asked.code)):
        values[asked.code] = value
    if values[asked.code] == value:
        return ""
    return f"与“{source.label}”不一致，应为“{form.label_of(asked, value)}”。"


def _begun(entered: _Entered, asked: Field) -> object:
    name = asked.begins_as.partition(".")[0]
    source = entered.sound(name)
    if source is None:
        return ""
    return begun_by(entered.form, source, asked).get(str(entered.values[name]), "")


def begun_by(form: Form, source: Field, asked: Field) -> Values:
    """What each answer to the source begins the field with; answers of one line go by name."""
    attribute, begun = asked.begins_as.partition(".")[2], Values()
    for code in form.codes[source.suggests or source.code_list].in_force():
        value, fault = read_entry(form, asked, code.attribute(attribute))
        if not (fault or is_blank(value)):
            begun[code.label if source.suggests else code.value] = value
    return begun


def _said(form: Form, source: Field, value: str, attribute: str) -> object:
    if source.kind is FieldKind.RESIDENT_ID:
        resident_id = check_resident_id(value)
        return resident_id.sex if attribute == "sex" else resident_id.birth_date
    code = form.codes[source.code_list].get(value)
    return code.attribute(attribute) if code is not None else ""


def brought_out(form: Form, source: Field, asked: Field) -> Values:
    """What each attribute of the source's codes brings into the field that follows it.

    An id brings its own: nothing is listed for it.
    """
    attribute = asked.follows.partition(".")[2]
    if not source.code_list:
        return {}
    said = {code.attribute(attribute) for code in form.codes[source.code_list].codes}
    read = {text: read_entry(form, asked, text) for text in sorted(said)}
    return {text: value for text, (value, fault) in read.items() if text and not fault}


def _outside(entered: _Entered, asked: Field) -> str:
    within, value = entered.sound(asked.within), entered.values.get(asked.code)
    if within is None or is_blank(value):
        return ""
    parent = next(choice.parent for choice in asked.choices if choice.value == value)
    if parent == entered.values[within.code]:
        return ""
    return f"不属于所选的“{within.label}”，请重新选择。"


def _again(entered: _Entered, asked: Field) -> str:
    other, mine = entered.sound(asked.differs_from), entered.values.get(asked.code)
    answers = mine if isinstance(mine, list) else [mine]
    if other is None or entered.values[other.code] not in answers:
        return ""
    return f"与“{other.label}”重复，请去掉或另选。"


@dataclass(slots=True)
class _Table:
    """One table's rows while they are read, with the faults found on the way."""

    form: Form
    section: Section
    asked: Field
    faults: list[Fault] = field(default_factory=list)

    def read(self, raw: object) -> list[Values]:
        if is_blank(raw):
            return []
        if not isinstance(raw, (list, tuple)):
            self._fault("表格的内容无法识别，请重新填写。")
            return []
        rows: dict[str, Values] = {}
        for given in raw:
            self._read_row(given, rows)
        most, used = self.asked.rows_max, len(rows)
        if used > most:
            self._fault(f"最多填写{most}条，已有{used}条，请删去{used - most}条。")
        return list(rows.values())

    def _read_row(self, given: object, rows: dict[str, Values]) -> None:
        if not isinstance(given, Mapping):
            self._fault("有一条的内容无法识别，已略去，请核对。")
            return
        values, amiss = _entries(self.form, self.asked.columns, given)
        if all(is_blank(value) for value in values.values()):
            return
        row = _row_id(given.get("id"), rows)
        rows[row] = {"id": row, **values}
        for column in self.asked.columns:
            if amiss[column.code]:
                self.faults.append(
                    Fault(
                        self.section.code,
                        row_path(self.asked, rows[row], column),
                        row_label(self.asked, len(rows), column),
                        amiss[column.code],
                    )
                )

    def _fault(self, message: str) -> None:
        self.faults.append(Fault(self.section.code, self.asked.code, self.asked.label, message))


def row_path(table: Field, row: Values, column: Field) -> str:
    return f"{table.code}.{row['id']}.{column.code}"


def row_label(table: Field, number: int, column: Field) -> str:
    return f"{table.label}第{number}条：{column.label}"


def _row_id(given: object, taken: Mapping[str, Values]) -> str:
    if isinstance(given, str) and ROW_ID.fullmatch(given) and given not in taken:
        return given
    return secrets.token_hex(8)


def rows_of(values: Mapping[str, object], code: str) -> list[Values]:
    """A table's rows, as `clean` left them; [] when there are none."""
    rows = values.get(code)
    return rows if isinstance(rows, list) else []


def ticks(section: Section, tally: Tally, values: Mapping[str, object]) -> tuple[list[Field], int]:
    """The tables that have the tally's column, and how many of their rows tick it."""
    tables = [table for table in section.fields if tally.column in (c.code for c in table.columns)]
    rows = [row for table in tables for row in rows_of(values, table.code)]
    return tables, sum(1 for row in rows if row.get(tally.column) is True)


def _ticked_too_often(section: Section, tally: Tally, values: Values) -> Iterator[Fault]:
    tables, ticked = ticks(section, tally, values)
    if ticked > tally.maximum:
        message = f"“{tally.label}”最多勾选{tally.maximum}条，已勾选{ticked}条。"
        yield Fault(section.code, tables[0].code, tables[0].label, message)
