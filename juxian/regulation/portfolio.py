"""What was filled in before (业绩库): which answers of two forms correspond, and what is carried.

Fields correspond by their fact; within one programme also by section, code and kind.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made

from juxian.regulation.answers import Answers
from juxian.regulation.cleaning import Values, rows_of
from juxian.regulation.entries import read_entry
from juxian.regulation.fields import Field, FieldKind, Form, Section, is_blank
from juxian.regulation.pack import Pack

PICKED = (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.CODE)
TEXTS = (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.NAME)
DATED = {FieldKind.DATE: 10, FieldKind.YEAR_MONTH: 7, FieldKind.YEAR: 4}  # letters kept
TOLD_APART = (FieldKind.BOOLEAN, FieldKind.LONG_TEXT)  # what tells no entry from another

ANEW = "由此判断是否符合条件，须重新填写"
PHOTO = "照片须重新上传"
FILLED = "已经填写，不覆盖"
UNKNOWN = "这份登记表没有相同的选项，或者填不下，请重新填写"


@dataclass(frozen=True, slots=True)
class Told:
    """A form that was filled in: of its track, with its answers opened."""

    programme: str
    form: Form
    answers: Answers


@dataclass(frozen=True, slots=True)
class Left:
    """What is not brought, and why."""

    label: str
    reason: str


@dataclass(slots=True)
class Part:
    """What a section gets: answers to what is blank, and rows without an id."""

    section: Section
    values: Values = made(default_factory=dict)
    rows: dict[str, list[Values]] = made(default_factory=dict)
    left: list[Left] = made(default_factory=list)

    @property
    def row_count(self) -> int:
        return sum(len(rows) for rows in self.rows.values())

    @property
    def is_empty(self) -> bool:
        return not self.values and not self.row_count

    @property
    def lines(self) -> tuple[tuple[Field, object], ...]:
        """The single answers, in the form's order."""
        fields = self.section.fields
        return tuple((one, self.values[one.code]) for one in fields if one.code in self.values)

    @property
    def tables(self) -> tuple[tuple[Field, list[Values]], ...]:
        return tuple((one, self.rows[one.code]) for one in self.section.fields if self.of(one))

    def of(self, table: Field) -> list[Values]:
        return self.rows.get(table.code, [])


def plan(pack: Pack, form: Form, answers: Answers, told: Told) -> tuple[Part, ...]:
    """What can be brought into a form that says `answers` so far; parts with nothing are left out.

    Nothing that is filled is written over, no row is brought that is there, none beyond the most.
    """
    planner = _Planner(pack, form, answers, told, _judged(pack))
    parts = (planner.part(section) for section in form.sections)
    return tuple(part for part in parts if not part.is_empty or part.left)


def carried_row(told: Told, other: Field, row: Values, form: Form, table: Field) -> Values:
    """The row as the table asks it; what it cannot say there is left out."""
    given = {column.known_as: column for column in other.columns}
    found: Values = {}
    for column in table.columns:
        source = given.get(column.known_as)
        if source is not None and not is_blank(row.get(source.code)):
            value = carried(told.form, source, row[source.code], form, column)
            if not is_blank(value):
                found[column.code] = value
    return found


def carried(source: Form, given: Field, value: object, form: Form, asked: Field) -> object:
    """The answer as the other form keeps it; "" when it has no such answer."""
    if asked.kind in PICKED:
        picked = [_option(source, given, one, form, asked) for one in _several(value)]
        kept: object = [one for one in picked if one]
        if asked.kind is not FieldKind.CHOICES:
            kept = picked[0] if len(picked) == 1 else ""
    elif asked.kind in TEXTS and given.kind in PICKED:
        kept = "、".join(source.label_of(given, one) for one in _several(value))
    elif asked.kind in DATED and given.kind in DATED:
        kept = str(value)[: DATED[asked.kind]]
    elif asked.kind is given.kind or (asked.kind in TEXTS and given.kind in TEXTS):
        kept = value
    else:
        return ""
    read, fault = read_entry(form, asked, kept)
    return "" if fault else read


def same_entry(table: Field, one: Values, other: Values) -> bool:
    """Whether two rows tell of one thing: what both say is alike, their first column first."""
    names = [column.code for column in table.columns if column.kind not in TOLD_APART]
    both = [n for n in names if not is_blank(one.get(n)) and not is_blank(other.get(n))]
    return names[:1] == both[:1] and all(_folded(one[n]) == _folded(other[n]) for n in both)


def marks_kept(marks: Mapping[str, object], before: Values, after: Values) -> dict[str, object]:
    """The marks of the source of those answers that are still what they were."""
    return {
        path: mark
        for path, mark in marks.items()
        if (said := _said(answer_at(after, path))) and said == _said(answer_at(before, path))
    }


def answer_at(values: Values, path: str) -> object:
    """A field's answer, or the row that "table.row id" names; None for neither."""
    code, _dot, row = path.partition(".")
    if not row:
        return values.get(code)
    return next((one for one in rows_of(values, code) if one.get("id") == row), None)


def _said(answer: object) -> object:
    """The answer without what says nothing: of a row, its blanks and ticks not made."""
    if isinstance(answer, dict):
        return {code: one for code, one in answer.items() if one is not False and not is_blank(one)}
    return "" if is_blank(answer) else str(answer)


def _judged(pack: Pack) -> frozenset[str]:
    """What an exclusion, or what the employer certifies, is judged by."""
    deciding = [one for one in pack.conditions if one.exclusion or one.certified]
    return frozenset(name for condition in deciding for name in condition.named)


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _option(source: Form, given: Field, value: object, form: Form, asked: Field) -> str:
    """By the label; by the code where both lists are one, however it is worded now."""
    label = source.label_of(given, value) if given.kind in PICKED else str(value)
    options = form.options(asked)
    named = [one.value for one in options if one.label == label]
    if str(value) in named or len(named) == 1:
        return str(value) if str(value) in named else named[0]
    is_one_list = bool(asked.code_list) and asked.code_list == given.code_list
    return str(value) if is_one_list and str(value) in {one.value for one in options} else ""


def _folded(value: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(value)).split()).casefold()


@dataclass(frozen=True, slots=True)
class _Planner:
    pack: Pack
    form: Form
    answers: Answers
    told: Told
    judged: frozenset[str]

    def part(self, section: Section) -> Part:
        part = Part(section)
        if any(one.affirm for one in section.fields):
            return part  # a declaration is made each time
        for asked in section.fields:
            if asked.kind is FieldKind.ROWS:
                self._table(part, asked)
            else:
                self._single(part, asked)
        self._untick(part)
        return part

    def _single(self, part: Part, asked: Field) -> None:
        found = self._answer(part.section, asked)
        if found is None:
            return
        given, value = found
        before = self.answers.get(part.section.code, {}).get(asked.code)
        why = self._why_not(part.section, asked)
        kept = "" if why else carried(self.told.form, given, value, self.form, asked)
        if why:
            part.left += [] if not is_blank(before) else [Left(asked.label, why)]
        elif not is_blank(before):
            part.left += [] if before == kept else [Left(asked.label, FILLED)]
        elif is_blank(kept):
            part.left.append(Left(asked.label, UNKNOWN))
        else:
            part.values[asked.code] = kept

    def _why_not(self, section: Section, asked: Field) -> str:
        if asked.kind is FieldKind.PHOTO:
            return PHOTO
        if asked.same_as or f"{section.code}.{asked.code}" in self.judged:
            return ANEW
        when = asked.shown_when or asked.required_when
        if when is None or asked.kind is not FieldKind.LONG_TEXT:
            return ""
        decided = when.field if "." in when.field else f"{section.code}.{when.field}"
        return ANEW if decided in self.judged else ""

    def _answer(self, section: Section, asked: Field) -> tuple[Field, object] | None:
        for place, other in self._corresponding(section, asked):
            value = self.told.answers.get(place, {}).get(other.code)
            if not is_blank(value):
                return other, value
        return None

    def _corresponding(self, section: Section, asked: Field) -> Iterator[tuple[str, Field]]:
        is_same = self.told.programme == self.pack.programme.short_title
        for other_section in self.told.form.sections:
            for other in other_section.fields:
                by_code = (other_section.code, other.code) == (section.code, asked.code)
                by_fact = bool(asked.fact) and other.fact == asked.fact
                alike = (other.kind is FieldKind.ROWS) == (asked.kind is FieldKind.ROWS)
                if alike and (by_fact or (is_same and by_code and other.kind is asked.kind)):
                    yield other_section.code, other

    def _table(self, part: Part, table: Field) -> None:
        there = rows_of(self.answers.get(part.section.code, {}), table.code)
        found: list[Values] = []
        given = same = 0
        bare: dict[str, None] = {}
        for place, other in self._corresponding(part.section, table):
            for row in rows_of(self.told.answers.get(place, {}), other.code):
                given += 1
                values = self._row(part.section, table, other, row)
                if any(same_entry(table, values, one) for one in (*there, *found)):
                    same += 1
                elif values and self._is_due(part, table, values):
                    found.append(values)
                    bare |= dict.fromkeys(_unsaid(other, row, table, values))
        room = max(table.rows_max - len(there), 0)
        part.rows[table.code] = found[:room]
        part.left += _left_of(table, given, (len(found), room), same, tuple(bare))

    def _row(self, section: Section, table: Field, other: Field, row: Values) -> Values:
        values = carried_row(self.told, other, row, self.form, table)
        at = f"{section.code}.{table.code}"
        return {code: value for code, value in values.items() if f"{at}.{code}" not in self.judged}

    def _is_due(self, part: Part, table: Field, row: Values) -> bool:
        """Whether the row answers what is asked now: a year that counts, a pick that was made."""
        at = f"{part.section.code}.{table.code}"
        if at in self.judged:
            return False
        for condition in self.pack.conditions:
            given = condition.given
            if condition.check == "each_year_has_one_row" and given["rows"] == at:
                year = row.get(str(given["year"]))
                if not isinstance(year, int) or not given["first"] <= year <= given["last"]:
                    return False
        before = self.answers.get(part.section.code, {})
        picks = [before.get(name) or part.values.get(name) for name in table.one_row_each]
        picked = [one for pick in picks for one in _several(pick)]
        return not table.one_row_each or row.get(table.columns[0].code) in picked

    def _untick(self, part: Part) -> None:
        """No more rows are ticked than may be; those there keep theirs."""
        for tally in part.section.tallies:
            before = self.answers.get(part.section.code, {})
            tables = [one for one in part.section.fields if one.kind is FieldKind.ROWS]
            there = [row for one in tables for row in rows_of(before, one.code)]
            ticked = sum(row.get(tally.column) is True for row in there)
            for row in [row for one in tables for row in part.of(one)]:
                if row.get(tally.column) is True:
                    ticked += 1
                    row[tally.column] = ticked <= tally.maximum


def _unsaid(other: Field, row: Values, table: Field, values: Values) -> Iterator[str]:
    """Columns that the earlier row answers, where its answer is none here."""
    given = {column.known_as: column.code for column in other.columns}
    for column in table.columns:
        was = row.get(given.get(column.known_as, ""))
        if not is_blank(was) and column.code not in values:
            yield column.label


def _left_of(
    table: Field, given: int, fits: tuple[int, int], same: int, bare: Sequence[str]
) -> Iterator[Left]:
    found, room = fits
    if same:
        yield Left(table.label, f"{same}条已经有了，不重复带入")
    if undue := given - same - found:
        yield Left(table.label, f"{undue}条不属于这次要填的，不带入")
    if found > room:
        yield Left(table.label, f"最多填写{table.rows_max}条，有{found - room}条放不下")
    if bare:
        yield Left(table.label, f"“{'、'.join(bare)}”这次没有相同的选项，带入后请补填")
