"""Filling any pack's form for a synthetic person: every kind of field, no pack known by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from juxian.jobs.rehearsal.people import Somebody
from juxian.jobs.rehearsal.personas import Persona
from juxian.jobs.rehearsal.phrases import passage, phrase
from juxian.regulation.answers import Fault, Reading, clean, read
from juxian.regulation.form import Choice, Field, FieldKind, Form, Section, When
from juxian.regulation.pack import Pack

Values = dict[str, Any]
Answers = dict[str, Values]

DATED = (FieldKind.DATE, FieldKind.YEAR_MONTH, FieldKind.YEAR)
OPTIONAL = 0.25  # how often somebody answers what need not be answered
OPTIONAL_ROWS = 0.6


@dataclass
class Filler:
    """Fills one person's form; the same dice give the same form."""

    pack: Pack
    track: str
    who: Somebody
    dice: Random
    today: date
    persona: Persona
    wishes: Mapping[str, Any] = field(default_factory=dict)  # see `lives.Life`
    form: Form = field(init=False)
    answers: Answers = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.form = self.pack.form.for_track(self.track)

    def fill(self) -> Answers:
        """Answers without a gap or a fault, photographs aside."""
        for section in self.form.sections:
            self.answers[section.code] = self._section(section)
            self.answers[section.code] |= self._cleaned(section)
        self.fill_gaps()
        return self.answers

    def fill_gaps(self) -> Reading:
        """The form as it reads without the gaps that could be mended."""
        for _attempt in range(8):
            reading = read(self.form, self.answers)
            gaps = reading.missing()
            if not any([self._mend(gap) for gap in gaps]):  # noqa: C419 - every gap is mended
                return reading
        return read(self.form, self.answers)

    def _cleaned(self, section: Section) -> Values:
        return clean(self.form, section.code, self.answers[section.code]).values

    def _section(self, section: Section) -> Values:
        values: Values = {}
        self.answers[section.code] = values
        dates = self._dates([f for f in section.fields if f.kind in DATED], self.working_life())
        for asked in section.fields:
            path = f"{section.code}.{asked.code}"
            if not self._is_asked(asked, values, path):
                continue
            if asked.kind is FieldKind.ROWS:
                values[asked.code] = self.rows(asked, values, path)
            else:
                wished = self._wished(asked, path)
                values[asked.code] = (
                    dates.get(asked.code) or self._value(asked, values)
                    if wished is None
                    else wished
                )
        for tally in section.tallies:
            self._tick(section, tally.column, tally.minimum)
        return values

    def _wished(self, asked: Field, path: str) -> Any:
        """The answer that this life wishes there, when the form can take it."""
        wished = self.wishes.get(path)
        if asked.kind in (FieldKind.CHOICE, FieldKind.CODE):
            return wished if wished in {o.value for o in self.form.options(asked)} else None
        if asked.kind is FieldKind.BOOLEAN and asked.affirm:
            return None
        return wished

    def _is_asked(self, asked: Field, values: Values, path: str) -> bool:
        if asked.kind is FieldKind.PHOTO or asked.follows:  # what follows is filled in by cleaning
            return False
        if not self._holds(asked.shown_when, values, otherwise=True):
            return False
        if path in self.wishes:
            return self.wishes[path] != 0 or asked.kind is not FieldKind.ROWS or asked.rows_min > 0
        needed = asked.required or self._holds(asked.required_when, values, otherwise=False)
        if asked.kind is FieldKind.ROWS:
            return needed or asked.rows_min > 0 or self.dice.random() < OPTIONAL_ROWS
        return needed or (
            asked.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.CHOICES)
            and self.dice.random() < OPTIONAL
        )

    def _holds(self, when: When | None, values: Values, *, otherwise: bool) -> bool:
        if when is None:
            return otherwise
        section, _dot, name = when.field.rpartition(".")
        return when.holds(self.answers.get(section, values).get(name))

    def working_life(self) -> tuple[date, date]:
        start = self.who.birth_date + timedelta(days=int(22.5 * 365.25))
        return start, self.today - timedelta(days=70)

    def rows(self, table: Field, values: Values, path: str = "") -> list[Values]:
        picks = [pick for name in table.one_row_each for pick in _listed(values.get(name))]
        least = max(table.rows_min, int(table.required), 1)
        count = len(picks) or min(least + self.dice.randint(0, 2), table.rows_max)
        count = max(self.wishes.get(path, count), least)
        first, last = self.working_life()
        span = (last - first) / count
        rows = []
        for number in range(count):
            row = self._row(table, (first + span * number, first + span * (number + 1)))
            if picks:
                row[table.columns[0].code] = picks[number]
            row["id"] = f"r{number + 1}"
            self._wish_row(table, row, path)
            rows.append(row)
        _lay_end_to_end(table, rows, first)
        _number_years(table, rows, self.today.year)
        return rows

    def _row(self, table: Field, span: tuple[date, date]) -> Values:
        row: Values = {}
        dates = self._dates([c for c in table.columns if c.kind in DATED], span)
        figures = iter(sorted(self.dice.randint(1, 9) for _column in table.columns))
        for column in table.columns:
            if column.follows or not self._holds(column.shown_when, row, otherwise=True):
                continue
            if column.code in dates:
                row[column.code] = dates[column.code]
            elif column.kind is FieldKind.INTEGER:
                row[column.code] = max(next(figures), int(column.minimum or 0))
            elif column.required or self._holds(column.required_when, row, otherwise=False):
                row[column.code] = self._value(column, row)
        return row

    def _wish_row(self, table: Field, row: Values, path: str) -> None:
        for column in table.columns:
            wished = self._wished(column, f"{path}.{column.code}")
            if wished is not None and not column.follows:
                row[column.code] = wished

    def _dates(self, asked: list[Field], span: tuple[date, date]) -> Values:
        """Dates of one place in the order they are asked, so that no end precedes its start."""
        first, last = span
        days = sorted(first + (last - first) * self.dice.random() for _one in asked)
        return {one.code: written(one.kind, day) for one, day in zip(asked, days, strict=True)}

    def _value(self, asked: Field, beside: Values) -> Any:  # noqa: PLR0911 - a kind a line
        match asked.kind:
            case FieldKind.NAME:
                return self.who.name
            case FieldKind.RESIDENT_ID:
                return self.who.resident_id
            case FieldKind.BOOLEAN:
                return asked.affirm
            case FieldKind.CHOICE | FieldKind.CODE | FieldKind.CHOICES:
                return self._picked(asked, beside)
            case FieldKind.INTEGER | FieldKind.YEAR:
                return max(self.dice.randint(1, 30), int(asked.minimum or 0))
            case FieldKind.MONEY:
                return f"{self.dice.randint(5, 900)}.00"
            case FieldKind.LONG_TEXT:
                return passage(self.dice, asked.limit or 200)
            case _:
                return self._written(asked)

    def _written(self, asked: Field) -> str:
        fixed = {
            FieldKind.MOBILE: f"139{self.dice.randint(0, 99999999):08d}",
            FieldKind.PHONE: "0991-1234567",
            FieldKind.EMAIL: "name@example.cn",
            FieldKind.POSTCODE: "830000",
            FieldKind.CREDIT_CODE: "12653100MB1234567W",
        }
        return fixed.get(asked.kind) or phrase(
            self.dice, asked.label, asked.limit, self.persona.says
        )

    def _picked(self, asked: Field, beside: Values) -> Any:
        options = self._open_options(asked, beside)
        if not options:
            return [] if asked.kind is FieldKind.CHOICES else ""
        if asked.kind is FieldKind.CHOICES:
            count = max(int(asked.minimum or 0), 1)
            return [option.value for option in self.dice.sample(options, min(count, len(options)))]
        if asked.code_list == "ethnic_groups" and any(o.value == self.who.nation for o in options):
            return self.who.nation
        return self.dice.choice(options).value

    def _open_options(self, asked: Field, beside: Values) -> list[Choice]:
        options = list(self.form.options(asked))
        if asked.within:
            options = [option for option in options if option.parent == beside.get(asked.within)]
        taken = _listed(beside.get(asked.differs_from)) if asked.differs_from else []
        options = [option for option in options if option.value not in taken]
        for word in self.persona.picks:
            fitting = [option for option in options if word in option.label]
            if fitting:
                return fitting
        return options

    def _tick(self, section: Section, column: str, least: int) -> None:
        for table in section.fields:
            rows = self.answers[section.code].get(table.code)
            if isinstance(rows, list) and column in {c.code for c in table.columns}:
                for number, row in enumerate(rows, start=1):
                    row[column] = number > len(rows) - least

    def _mend(self, gap: Fault) -> bool:
        """Answer one gap; whether it is something this filler answers at all."""
        section = self.form.section(gap.section)
        values = self.answers[gap.section]
        name, *place = gap.path.split(".")
        asked = section.field(name)
        if asked.kind is FieldKind.PHOTO:
            return False
        if len(place) == 2:  # noqa: PLR2004 - row and column
            row = next(row for row in values[name] if row["id"] == place[0])
            column = asked.column(place[1])
            row[column.code] = self._again(column, row)
        elif asked.kind is FieldKind.ROWS:
            values[name] = self.rows(asked, values)
        else:
            values[name] = self._again(asked, values)
        self.answers[gap.section] = values | self._cleaned(section)
        return True

    def _again(self, asked: Field, beside: Values) -> Any:
        if asked.follows and beside.get(asked.code) not in (None, ""):
            return ""  # it disagrees with what it follows
        if asked.kind in DATED:
            return self._dates([asked], self.working_life())[asked.code]
        return self._value(asked, beside)


def written(kind: FieldKind, day: date) -> Any:
    """A day as a field of that kind keeps it."""
    match kind:
        case FieldKind.DATE:
            return day.isoformat()
        case FieldKind.YEAR_MONTH:
            return f"{day:%Y-%m}"
        case _:
            return day.year


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [value] if value else []


def _lay_end_to_end(table: Field, rows: list[Values], first: date) -> None:
    """Where an end may be left open, the rows follow each other and the last goes on."""
    ends = [column for column in table.columns if column.until_now]
    starts = [c for c in table.columns if c.kind in DATED and not c.until_now]
    for start, end in zip(starts[:1], ends[:1], strict=False):
        rows[0][start.code] = written(start.kind, first)
        for row, following in pairwise(rows):
            row[end.code] = following[start.code]
        rows[-1][end.code] = ""


def _number_years(table: Field, rows: list[Values], year: int) -> None:
    """A table asked by the year alone, such as assessments, has the last years one by one."""
    columns = [column for column in table.columns if column.kind in DATED]
    if len(columns) == 1 and columns[0].kind is FieldKind.YEAR and table.rows_min > 1:
        for back, row in enumerate(reversed(rows), start=1):
            row[columns[0].code] = year - back
