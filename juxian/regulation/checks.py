"""The closed list of checks that a pack may name, each with three answers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from juxian.regulation.calendar import in_words
from juxian.regulation.identity import IdentityError, check_resident_id, disagreements

Facts = Mapping[str, Any]
"""Flat facts: "section.field" to the cleaned answer, plus those of `COMPUTED_FACTS`."""

COMPUTED_FACTS = (
    "application.track",
    "employer.kind",
    "employer.nonpublic",
    "employer.affiliation",
    "employer.region",
    "register.recipients",
    "evidence.supports",
)
"""Facts that come from the records rather than from an answer."""


class Verdict(StrEnum):
    MET = "met"  # 符合
    UNMET = "unmet"  # 不符合
    UNCLEAR = "unclear"  # 须由人认定


class Names(StrEnum):
    """What a check's argument names; a pack's arguments are held against the form by it."""

    FACT = "fact"  # one answer, or a computed fact
    TABLE = "table"  # an answer of rows
    COLUMN = "column"  # a column of every table named beside it
    VALUE = "value"  # a value that the facts or columns named beside it may have
    VALUES_OF = "values_of"  # facts, each with values that it may have


Fact = Annotated[str, Names.FACT]
Table = Annotated[str, Names.TABLE]
Column = Annotated[str, Names.COLUMN]
Value = Annotated[Any, Names.VALUE]
ValuesOf = Annotated[Mapping[str, Sequence[Any]], Names.VALUES_OF]

Answer = tuple[Verdict, str]
MET: Answer = (Verdict.MET, "")
UNCLEAR: Answer = (Verdict.UNCLEAR, "")

Row = Mapping[str, Any]


def _said(met: bool, detail: str = "") -> Answer:  # noqa: FBT001
    return MET if met else (Verdict.UNMET, detail)


def _day(value: Any, *, end: bool = False) -> date | None:
    """A date from "2015-03-01", "2015-03" or a year; when `end`, late in the period."""
    if isinstance(value, date):
        return value
    parts = str(value or "").split("-")
    try:
        match [int(part) for part in parts if part]:
            case [year]:
                return date(year, 12, 28) if end else date(year, 1, 1)
            case [year, month]:
                return date(year, month, 28 if end else 1)
            case [year, month, day]:
                return date(year, month, day)
    except ValueError:
        return None
    return None


def _rows(facts: Facts, name: str) -> list[Row]:
    rows = facts.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _numbered(facts: Facts, tables: Sequence[str]) -> list[tuple[Row, str]]:
    """Every row of the tables with what to call it: 第2条“题名”."""
    found = []
    for table in tables:
        for number, row in enumerate(_rows(facts, table), start=1):
            names = (row.get(column) for column in ("name", "title", "school", "employer"))
            name = next((name for name in names if name), "")
            found.append((row, f"第{number}条“{name}”" if name else f"第{number}条"))
    return found


def is_one_of(
    facts: Facts, *, field: Fact, values: Sequence[Value], unclear: Sequence[Value] = ()
) -> Answer:
    value = facts.get(field)
    if value in (None, "") or value in unclear:
        return UNCLEAR
    return _said(value in values)


def is_none_of(
    facts: Facts, *, field: Fact, values: Sequence[Value], unclear: Sequence[Value] = ()
) -> Answer:
    value = facts.get(field)
    if value in (None, "") or value in unclear:
        return UNCLEAR
    return _said(value not in values)


def none_says_so(facts: Facts, *, values: ValuesOf) -> Answer:
    """No fact has one of its values: neither what was answered nor what is on record."""
    if any(facts.get(name) in barred for name, barred in values.items()):
        return Verdict.UNMET, ""
    if any(facts.get(name) in (None, "") for name in values):
        return UNCLEAR
    return MET


def agrees_with_record(
    facts: Facts, *, answer: Fact, record: Fact, alike: Sequence[ValuesOf] = ()
) -> Answer:
    """The answer is what is on record; a contradiction is for an officer.

    Each of `alike` names answers and entries that mean the same.
    """
    said, kept = facts.get(answer), facts.get(record)
    if said in (None, "") or kept in (None, "") or said == kept:
        return MET
    same = any(said in one.get(answer, ()) and kept in one.get(record, ()) for one in alike)
    return MET if same else UNCLEAR


def is_true(facts: Facts, *, field: Fact) -> Answer:
    value = facts.get(field)
    return UNCLEAR if value is None else _said(value is True)


def is_false(facts: Facts, *, field: Fact) -> Answer:
    value = facts.get(field)
    return UNCLEAR if value is None else _said(value is False)


def is_within(facts: Facts, *, field: Fact, regions: Sequence[str]) -> Answer:
    """The region code lies in one of the regions, named by the first digits of their codes."""
    code = facts.get(field)
    return _said(str(code).startswith(tuple(regions))) if code else UNCLEAR


def includes_any(facts: Facts, *, field: Fact, values: Sequence[Value]) -> Answer:
    """At least one of the values is among those picked."""
    picked = facts.get(field) or ()
    return _said(any(value in picked for value in values))


def number_at_least(facts: Facts, *, field: Fact, least: int) -> Answer:
    value = facts.get(field)
    if isinstance(value, bool) or not isinstance(value, int):
        return UNCLEAR
    return _said(value >= least, f"现为{value}，一般应不少于{least}")


def age_at_most(facts: Facts, *, field: Fact, years: int, on: date) -> Answer:
    born = _day(facts.get(field))
    if born is None:
        return UNCLEAR
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return _said(age <= years, f"截至{in_words(on)}为{age}周岁")


def practises_though_leading(
    facts: Facts, *, leads: Fact, practises: Fact, statement: Fact
) -> Answer:
    """A unit's leader who still practises is eligible, with a statement of it (通知一（一）)."""
    if facts.get(leads) is None:
        return UNCLEAR
    if facts.get(leads) is False:
        return MET
    if facts.get(practises) is not True:
        return Verdict.UNMET, "单位领导不再直接从事专业技术或一线技能工作的，不在选拔范围"
    if not str(facts.get(statement) or "").strip():
        return Verdict.UNMET, "单位领导须说明仍直接从事专业技术或一线技能工作的情况"
    return MET


def any_row_is(
    facts: Facts,
    *,
    rows: Table,
    column: Column,
    values: Sequence[Value],
    filled: Sequence[Column] = (),
) -> Answer:
    """In some row the column is so; `filled` are columns of it that must have an answer too."""
    return _said(
        any(
            row.get(column) in values and all(row.get(one) for one in filled)
            for row in _rows(facts, rows)
        )
    )


def no_row_is(facts: Facts, *, rows: Table, column: Column, values: Sequence[Value]) -> Answer:
    for row, name in _numbered(facts, [rows]):
        if row.get(column) in values:
            return Verdict.UNMET, f"请核对{name}"
    return MET


def latest_rows_are_none_of(  # noqa: PLR0913 - a table's columns
    facts: Facts,
    *,
    rows: Table,
    year: Column,
    column: Column,
    values: Sequence[Value],
    skipped: Sequence[Value],
    latest: int,
) -> Answer:
    """None of the latest years is so; rows that are skipped leave their year to the one before."""
    counted = [row for row in _rows(facts, rows) if row.get(column) not in ("", None, *skipped)]
    years = sorted({row[year] for row in counted if isinstance(row.get(year), int)})[-latest:]
    wrong = {row[year] for row in counted if row.get(year) in years and row[column] in values}
    said = "、".join(f"{one}年" for one in sorted(wrong))
    return _said(not wrong, f"{said}没有达到")


def each_year_has_one_row(
    facts: Facts, *, rows: Table, year: Column, first: int, last: int
) -> Answer:
    """Every year from the first to the last has a row, and no year has two."""
    years = [row.get(year) for row in _rows(facts, rows)]
    missing = [f"{one}年" for one in range(first, last + 1) if one not in years]
    if missing:
        return Verdict.UNMET, f"缺{'、'.join(missing)}"
    twice = [f"{one}年" for one in dict.fromkeys(years) if years.count(one) > 1]
    return _said(not twice, f"{'、'.join(twice)}列了不止一条")


def rows_counted_since(
    facts: Facts, *, rows: Sequence[Table], column: Column, since: date, until: date, least: int
) -> Answer:
    """At least so many rows of the tables are dated in the window, both ends included."""
    days = (_day(row.get(column)) for name in rows for row in _rows(facts, name))
    counted = sum(1 for day in days if day is not None and since <= day <= until)
    said = f"{in_words(since)}至{in_words(until)}计入{counted}项，至少须{least}项"
    return _said(counted >= least, said)


def rows_dated_by(facts: Facts, *, rows: Table, column: Column, until: date) -> Answer:
    """No row is dated later than that."""
    for row, name in _numbered(facts, [rows]):
        day = _day(row.get(column))
        if day is not None and day > until:
            return Verdict.UNMET, f"{name}晚于{in_words(until)}"
    return MET


def rows_in_order(facts: Facts, *, rows: Sequence[Table], start: Column, end: Column) -> Answer:
    """In no row does the end come before the start."""
    for row, name in _numbered(facts, rows):
        first, last = _day(row.get(start)), _day(row.get(end), end=True)
        if first is not None and last is not None and first > last:
            return Verdict.UNMET, f"{name}的结束时间早于开始时间"
    return MET


def _periods(facts: Facts, rows: str, start: str, end: str) -> list[tuple[int, int, int]]:
    """Rows as (first month, last month, row number), months counted from year 0; open ends last."""
    found = []
    for number, row in enumerate(_rows(facts, rows), start=1):
        first, last = _day(row.get(start)), _day(row.get(end), end=True) or date.max
        if first is not None:
            found.append((first.year * 12 + first.month, last.year * 12 + last.month, number))
    return sorted(found)


def rows_do_not_overlap(
    facts: Facts, *, rows: Table, start: Column, end: Column, months: int
) -> Answer:
    """No two periods share more than `months` months beyond the one they meet in."""
    longest: tuple[int, int, int] | None = None
    for period in _periods(facts, rows, start, end):
        if longest is not None and min(longest[1], period[1]) - period[0] > months:
            return Verdict.UNMET, f"第{longest[2]}条与第{period[2]}条的时间重叠，请核对"
        if longest is None or period[1] > longest[1]:
            longest = period
    return MET


def rows_have_no_gap(
    facts: Facts, *, rows: Table, start: Column, end: Column, months: int
) -> Answer:
    """No more than `months` whole months lie between a period and those before it."""
    reached = 0
    for first, last, number in _periods(facts, rows, start, end):
        gap = first - reached - 1
        if reached and gap > months:
            return Verdict.UNMET, f"第{number}条之前有{gap}个月空档，请核对"
        reached = max(reached, last)
    return MET


def rank_within_total(
    facts: Facts, *, rows: Sequence[Table], rank: Column, total: Column
) -> Answer:
    for row, name in _numbered(facts, rows):
        mine, everybody = row.get(rank), row.get(total)
        if isinstance(mine, int) and isinstance(everybody, int) and mine > everybody:
            return Verdict.UNMET, f"{name}的本人排名大于完成人数"
    return MET


def id_agrees(facts: Facts, *, number: Fact, born: Fact, sex: Fact) -> Answer:
    """The resident id's birth date and sex equal the typed ones (GB 11643)."""
    day = _day(facts.get(born))
    if not facts.get(number) or day is None or not facts.get(sex):
        return UNCLEAR
    try:
        identity = check_resident_id(str(facts[number]))
    except IdentityError as error:
        return Verdict.UNMET, str(error)
    wrong = disagreements(identity, day, str(facts[sex]))
    return _said(not wrong, "".join(wrong))


def register_is_clear(facts: Facts, *, register: Fact) -> Answer:
    """Whether an earlier-recipients register names the person; a namesake is for an officer."""
    match facts.get(register):
        case "exact":
            return Verdict.UNMET, "名册中已有此人"
        case "possible":
            return Verdict.UNCLEAR, "名册中有姓名、出生日期相同的人，须核实"
        case _:
            return MET


def claim_is_supported(
    facts: Facts, *, claim: Fact, others: Fact, statements: Table, least_files: int
) -> Answer:
    """Each chosen condition has its statement and evidence of its own (通知二（一）（二）).

    A row of `statements` names its condition in the column "condition" and says why in "statement".
    The fact "evidence.supports" counts the files that support each condition.
    """
    primary = str(facts.get(claim) or "")
    if not primary:
        return Verdict.UNMET, "请选择一项主要条件"
    explained = {
        str(row.get("condition"))
        for row in _rows(facts, statements)
        if str(row.get("statement") or "").strip()
    }
    chosen = (primary, *(facts.get(others) or ()))
    unsaid = [code for code in chosen if code not in explained]
    if unsaid:
        return Verdict.UNMET, f"所选条件{'、'.join(unsaid)}还没有逐条说明"
    supports = facts.get("evidence.supports") or {}
    bare = [code for code in chosen if supports.get(code, 0) < least_files]
    return _said(not bare, f"所选条件{'、'.join(bare)}的证明材料不足{least_files}份")


CHECKS: dict[str, Callable[..., Answer]] = {
    check.__name__: check
    for check in (
        is_one_of,
        is_none_of,
        none_says_so,
        agrees_with_record,
        is_true,
        is_false,
        is_within,
        includes_any,
        number_at_least,
        age_at_most,
        practises_though_leading,
        any_row_is,
        no_row_is,
        latest_rows_are_none_of,
        each_year_has_one_row,
        rows_counted_since,
        rows_dated_by,
        rows_in_order,
        rows_do_not_overlap,
        rows_have_no_gap,
        rank_within_total,
        id_agrees,
        register_is_clear,
        claim_is_supported,
    )
}
