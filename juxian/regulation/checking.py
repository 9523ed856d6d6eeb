"""What every check of a pack is given, and the three answers it may give."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import Annotated, Any, NamedTuple

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
    "application.day",
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
    DATED = "dated"  # a place ("section.field" or "section.table.column") that is a date
    COUNTED = "counted"  # a place that is a whole number
    TICKED = "ticked"  # a place that is yes or no
    PICKED = "picked"  # a place that is picked from a list


Fact = Annotated[str, Names.FACT]
Table = Annotated[str, Names.TABLE]
Column = Annotated[str, Names.COLUMN]
Value = Annotated[Any, Names.VALUE]
Dated = Annotated[str, Names.DATED]
Counted = Annotated[str, Names.COUNTED]
Ticked = Annotated[str, Names.TICKED]
Picked = Annotated[str, Names.PICKED]
ValuesOf = Annotated[Mapping[str, Sequence[Any]], Names.VALUES_OF]

Answer = tuple[Verdict, str]
MET: Answer = (Verdict.MET, "")
UNCLEAR: Answer = (Verdict.UNCLEAR, "")

Row = Mapping[str, Any]

TOLD = 3  # clashes that are told one by one
NAMING = ("name", "title", "school", "employer")
CODED = re.compile(r"[0-9a-z_]+")  # a picked code, which nobody can read


def judged(met: bool, detail: str = "") -> Answer:  # noqa: FBT001
    return MET if met else (Verdict.UNMET, detail)


def day_of(value: Any, *, end: bool = False) -> date | None:
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


def rows_in(facts: Facts, name: str) -> list[Row]:
    rows = facts.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


class Clash(NamedTuple):
    """One place where answers cannot stand together: its path, which row it is, and why."""

    path: str  # "section.field" or "section.table.row.column"
    row: str  # 第2条“题名”; "" of a field
    says: str

    def __str__(self) -> str:
        return f"{self.row}{self.says}"


Clashes = Iterator[Clash]


def judging(clashes: Callable[..., Clashes]) -> Callable[..., Answer]:
    """A check that is unmet where there is any clash, and says the first few of them."""

    @wraps(clashes)
    def judge(facts: Facts, **given: Any) -> Answer:
        found = list(dict.fromkeys(str(clash) for clash in clashes(facts, **given)))
        told = "；".join(found[:TOLD])
        return judged(not found, f"{told}；等{len(found)}处" if len(found) > TOLD else told)

    return judge


def numbered(facts: Facts, tables: Iterable[str]) -> Iterator[tuple[str, str, Row]]:
    """Every row of the tables with its path and what to call it: 第2条“题名”."""
    for table in tables:
        for number, row in enumerate(rows_in(facts, table), start=1):
            names = (str(row.get(column) or "") for column in NAMING)
            name = next((name for name in names if name and not CODED.fullmatch(name)), "")
            called = f"第{number}条“{name}”" if name else f"第{number}条"
            yield f"{table}.{row.get('id', '')}", called, row


def when_in_words(moment: Any) -> str:
    """1994年7月, of a date, a month or a year as answers keep them."""
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(str(moment).split("-"), "年月日", strict=False)
    )
