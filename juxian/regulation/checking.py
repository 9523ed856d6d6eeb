"""What every check of a pack is given, and the three answers it may give."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

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


def numbered(facts: Facts, tables: Sequence[str]) -> list[tuple[Row, str]]:
    """Every row of the tables with what to call it: 第2条“题名”."""
    found = []
    for table in tables:
        for number, row in enumerate(rows_in(facts, table), start=1):
            names = (row.get(column) for column in ("name", "title", "school", "employer"))
            name = next((name for name in names if name), "")
            found.append((row, f"第{number}条“{name}”" if name else f"第{number}条"))
    return found
