"""Planting errors that a rule must catch: for every check, an answer that breaks it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from juxian.jobs.rehearsal.filling import Filler
from juxian.jobs.rehearsal.people import with_wrong_digit
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


def _leads(filler: Filler, given: Given) -> str:
    _set(filler, given["practises"], value=False)
    return _set(filler, given["leads"], value=True)


def _wrong_id(filler: Filler, given: Given) -> str:
    kind = filler.dice.randrange(3)
    if kind == 0:
        return _set(filler, given["number"], with_wrong_digit(filler.who.resident_id))
    if kind == 1:
        day = (filler.who.birth_date + timedelta(days=1)).isoformat()
        return _set(filler, given["born"], day)
    section, _dot, code = given["sex"].partition(".")
    other = [
        option.value
        for option in filler.form.options(filler.form.section(section).field(code))
        if option.value != filler.answers[section].get(code)
    ]
    return _set(filler, given["sex"], other[0])


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


SPOILS: dict[str, Spoil] = {
    "is_one_of": _outside,
    "is_none_of": _barred,
    "is_true": _flip(value=False),
    "is_false": _flip(value=True),
    "practises_though_leading": _leads,
    "id_agrees": _wrong_id,
    "rows_in_order": _backwards,
    "rank_within_total": _ranked_last,
    "rows_dated_by": _dated_late,
}
