"""Planting errors that a rule must catch: for every check, an answer that breaks it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from juxian.jobs.rehearsal.filling import DATED, Filler, written
from juxian.jobs.rehearsal.people import with_wrong_digit
from juxian.jobs.rehearsal.slips import Slip
from juxian.regulation.eligibility import Condition, Severity

Given = Mapping[str, Any]
Spoil = Callable[[Filler, Given], str]
"""Changes the answers and returns the section it changed, or "" when it does not apply."""


def spoilable(filler: Filler) -> list[Condition]:
    """Hard conditions of the track that the applicant's own answers can break."""
    return [
        condition
        for condition in filler.pack.conditions
        if condition.severity is Severity.HARD
        and condition.unless is None
        and condition.check in SPOILS
        and (not condition.tracks or filler.track in condition.tracks)
    ]


def spoil(filler: Filler, condition: Condition) -> str:
    return SPOILS[condition.check](filler, condition.given)


BY_SLIP: Mapping[Slip, str] = {
    Slip.WRONG_DIGIT: "id_agrees",
    Slip.WRONG_BIRTH: "id_agrees",
    Slip.WRONG_SEX: "id_agrees",
    Slip.BACKWARDS: "rows_in_order",
    Slip.RANK: "rank_within_total",
    Slip.LATE_TITLE: "rows_dated_by",
    Slip.OUT_OF_WINDOW: "rows_counted_since",
    Slip.OVERLAP: "rows_do_not_overlap",
}
"""The check that a slip breaks."""


def broken_by(filler: Filler, slip: Slip) -> list[Condition]:
    """The track's conditions that such a slip would break."""
    if slip in BY_SLIP:
        return [
            condition
            for condition in filler.pack.conditions
            if condition.check == BY_SLIP[slip]
            and (not condition.tracks or filler.track in condition.tracks)
        ]
    excluding = slip is Slip.EXCLUDED
    named = set(BY_SLIP.values())
    return [
        condition
        for condition in spoilable(filler)
        if condition.exclusion == excluding and condition.check not in named
    ]


def slip_up(filler: Filler, slip: Slip, condition: Condition) -> str:
    """Change the answers so; the section changed, or "" when it does not apply."""
    match slip:
        case Slip.WRONG_DIGIT:
            return _set(filler, condition.given["number"], with_wrong_digit(filler.who.resident_id))
        case Slip.WRONG_BIRTH:
            day = (filler.who.birth_date + timedelta(days=1)).isoformat()
            return _set(filler, condition.given["born"], day)
        case Slip.WRONG_SEX:
            return _outside(filler, {"field": condition.given["sex"], "values": [filler.who.sex]})
        case _:
            return spoil(filler, condition)


def _set(filler: Filler, path: str, value: Any) -> str:
    section, _dot, code = path.partition(".")
    if section not in filler.answers or code not in filler.answers[section]:
        return ""
    filler.answers[section][code] = value
    return section


def _flip(value: bool) -> Spoil:  # noqa: FBT001
    return lambda filler, given: _set(filler, given["field"], value)


def _outside(filler: Filler, given: Given) -> str:
    section, _dot, code = given["field"].partition(".")
    if section not in filler.answers:
        return ""
    good = {*given["values"], *given.get("unclear", ())}
    options = filler.form.options(filler.form.section(section).field(code))
    bad = [option.value for option in options if option.value not in good]
    return _set(filler, given["field"], bad[0]) if bad else ""


def _barred(filler: Filler, given: Given) -> str:
    return _set(filler, given["field"], given["values"][0])


def _owned(filler: Filler, given: Given) -> str:
    """Say it oneself, where the form asks for it."""
    for path, barred in given["values"].items():
        if section := _set(filler, path, barred[0]):
            return section
    return ""


def _leads(filler: Filler, given: Given) -> str:
    _set(filler, given["practises"], value=False)
    return _set(filler, given["leads"], value=True)


def _rows(filler: Filler, names: Any) -> tuple[str, list[dict[str, Any]]]:
    for name in names if isinstance(names, (list, tuple)) else [names]:
        section, _dot, code = name.partition(".")
        rows = filler.answers.get(section, {}).get(code)
        if rows:
            return section, rows
    return "", []


def _backwards(filler: Filler, given: Given) -> str:
    section, rows = _rows(filler, given["rows"])
    if not rows or not rows[0].get(given["end"]):
        return ""
    first, last = rows[0][given["start"]], rows[0][given["end"]]
    if first == last:
        return ""
    rows[0][given["start"]], rows[0][given["end"]] = max(first, last), min(first, last)
    return section


def _ranked_last(filler: Filler, given: Given) -> str:
    section, rows = _rows(filler, given["rows"])
    if rows:
        rows[0][given["rank"]], rows[0][given["total"]] = 9, 3
    return section


def _dated_late(filler: Filler, given: Given) -> str:
    section, rows = _rows(filler, given["rows"])
    if rows:
        value = str(rows[0].get(given["column"], ""))
        late = str(given["until"].year + 1)
        rows[0][given["column"]] = late + value[4:] if value else late
    return section


def _long_ago(filler: Filler, given: Given) -> str:
    """Every row of every table falls before the window."""
    changed = ""
    before = date(given["since"].year - 3, 6, 15)
    for name in given["rows"]:
        section, rows = _rows(filler, name)
        if rows:
            table = filler.form.section(section).field(name.partition(".")[2])
            dated = [column for column in table.columns if column.kind in DATED]
            for row in rows:
                row |= {column.code: written(column.kind, before) for column in dated}
            changed = section
    return changed


def _overlapping(filler: Filler, given: Given) -> str:
    """The first period again, beside itself, under another employer."""
    section, rows = _rows(filler, given["rows"])
    if not rows or not rows[0].get(given["start"]):
        return ""
    start = rows[0][given["start"]]
    if rows[0].get(given["end"]) == start:
        return ""
    rows.append({**rows[0], "id": "r99", given["start"]: start, given["end"]: ""})
    return section


def _year_left_out(filler: Filler, given: Given) -> str:
    section, rows = _rows(filler, given["rows"])
    first = [row for row in rows if row.get(given["year"]) == given["first"]]
    for row in first:
        row[given["year"]] = given["first"] - 1
    return section if first else ""


def _too_many_years(filler: Filler, given: Given) -> str:
    section, _dot, code = given["years"].partition(".")
    if filler.answers.get(section, {}).get(code) in (None, ""):
        return ""
    most = filler.form.section(section).field(code).maximum
    return _set(filler, given["years"], most or 60)


def _not_yet(filler: Filler, given: Given) -> str:
    """The first row that has such a date is dated a year after the last day."""
    for place in given["dates"]:
        section, code, *column = str(place).split(".")
        rows = filler.answers.get(section, {}).get(code)
        if column and rows and rows[0].get(column[0]):
            value, late = rows[0][column[0]], given["until"].year + 1
            rows[0][column[0]] = late if isinstance(value, int) else f"{late}{value[4:]}"
            return section
    return ""


def _wrong_tick(filler: Filler, given: Given) -> str:
    """The tick goes to the lowest row, beside a higher one."""
    table, _dot, level = str(given["level"]).rpartition(".")
    section, rows = _rows(filler, table)
    order, ticked = list(given["order"]), given["ticked"].rpartition(".")[2]
    ranks = [[*order, row.get(level)].index(row.get(level)) for row in rows]
    if len(set(ranks)) < 2:  # noqa: PLR2004 - a higher and a lower
        return ""
    lowest = rows[ranks.index(max(ranks))]
    for row in rows:
        row[ticked] = row is lowest
    return section


SPOILS: dict[str, Spoil] = {
    "is_one_of": _outside,
    "is_none_of": _barred,
    "none_says_so": _owned,
    "is_true": _flip(value=False),
    "is_false": _flip(value=True),
    "practises_though_leading": _leads,
    "rows_in_order": _backwards,
    "rank_within_total": _ranked_last,
    "rows_dated_by": _dated_late,
    "rows_counted_since": _long_ago,
    "rows_do_not_overlap": _overlapping,
    "each_year_has_one_row": _year_left_out,
    "years_within": _too_many_years,
    "dated_by": _not_yet,
    "highest_is_ticked": _wrong_tick,
}
