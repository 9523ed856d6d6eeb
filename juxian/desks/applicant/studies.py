"""Studies among the experiences (经历): what the form tells of degrees need not be typed again."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from juxian.desks.applicant.filled import Filled
from juxian.regulation.entries import read_entry
from juxian.regulation.form import EntryKind, Field, is_blank

Row = Mapping[str, Any]

CLASSIC = "classic"  # the level studied at, however the studies ended


def studies_of(at: Filled, table: Field) -> list[dict[str, Any]]:
    """Rows for a table of experiences, one for each degree told of that it does not have yet."""
    if table.fact != EntryKind.POST:
        return []
    told = {row.get("start") for row in at.rows(table)}
    rows = [_study(degrees, row, at) for degrees, row in _degrees(at)]
    fresh = [row for row in rows if row["start"] not in told]
    return fresh[: max(table.rows_max - len(at.rows(table)), 0)]


def with_studies(rows: Sequence[Row], studies: Sequence[Row]) -> list[dict[str, Any]]:
    """Where time puts them, if the rows stand in its order; otherwise behind them."""
    known = [dict(row) for row in rows]
    for study in studies:
        place = place_in_time(known, str(study["start"]))
        known.insert(place, dict(study))
    return known


def place_in_time(rows: Sequence[Row], start: str) -> int:
    starts = [str(row.get("start") or "") for row in rows]
    if not start or "" in starts or starts != sorted(starts):
        return len(rows)
    return sum(one <= start for one in starts)


def placed(at: Filled, table: Field, rows: Sequence[Row], typed: Row) -> int:
    """Where a new row of that table goes: experiences follow one another."""
    if table.fact != EntryKind.POST:
        return len(rows)
    start, _fault = read_entry(at.form, table.column("start"), typed.get("start"))
    return place_in_time(rows, str(start))


def continuing(at: Filled, table: Field) -> dict[str, Any]:
    """What the next experience begins with: a gap's two ends, or where the last one ended."""
    spans = sorted(
        (str(row["start"]), str(row.get("end") or ""))
        for row in at.rows(table)
        if not is_blank(row.get("start"))
    )
    for (_start, end), (following, _end) in pairwise(spans):
        if end and _months(end) + 1 < _months(following):
            return {"start": end, "end": following}
    if spans and spans[-1][1]:
        return {"start": spans[-1][1], "employer": at.application.employer.name}
    return {}


def _degrees(at: Filled) -> list[tuple[Field, Row]]:
    answers = at.answers
    return [
        (table, row)
        for section in at.form.sections
        for table in section.fields
        if table.fact == EntryKind.DEGREE
        for row in answers.get(section.code, {}).get(table.code) or ()
        if not is_blank(row.get("start")) and not is_blank(row.get("school"))
    ]


def _study(degrees: Field, row: Row, at: Filled) -> dict[str, Any]:
    column = degrees.column("level")
    code = at.form.codes[column.code_list].get(str(row.get("level")))
    level = (code.attribute(CLASSIC) or code.label) if code is not None else ""
    said = {"major": row.get("major") or "", "level": level}
    return {
        "id": f"study-{row['id']}"[:40],
        "start": row["start"],
        "end": row.get("end") or "",
        "employer": row["school"],
        "duty": _("%(major)s专业%(level)s学习") % said if said["major"] else level,
    }


def _months(year_month: str) -> int:
    year, _dash, month = year_month.partition("-")
    return int(year) * 12 + int(month or 1) if year.isdigit() and month.isdigit() else 0
