"""The facts every programme has, read from the form's answers where the pack says they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from juxian.regulation.form import FieldKind, Form
from juxian.regulation.pack import Pack

Answered = Mapping[str, Mapping[str, Any]]
DATED = (FieldKind.DATE, FieldKind.YEAR_MONTH, FieldKind.YEAR)


@dataclass(frozen=True, slots=True)
class CoreFacts:
    name: str
    resident_id: str
    sex: str
    birth_date: date | None
    title: str
    speciality: str


def core_facts(pack: Pack, answers: Answered) -> CoreFacts:
    """Titles and specialities as their labels; an answer that is not yet sound counts as none."""
    core = pack.core
    return CoreFacts(
        name=_first(core.name, answers, pack.form),
        resident_id=_first(core.resident_id, answers, pack.form),
        sex=_raw(core.sex, answers, pack.form),
        birth_date=_date(_raw(core.birth_date, answers, pack.form)),
        title=_first(core.title, answers, pack.form)[:100],
        speciality=_first(core.speciality, answers, pack.form)[:100],
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _raw(paths: tuple[str, ...], answers: Answered, form: Form) -> str:
    return next((value for path in paths if (value := _answer(path, answers, form))), "")


def _first(paths: tuple[str, ...], answers: Answered, form: Form) -> str:
    for path in paths:
        value = _answer(path, answers, form)
        if value:
            section, field, *column = path.split(".")
            asked = form.section(section).field(field)
            return form.label_of(asked.column(column[0]) if column else asked, value)
    return ""


def _answer(path: str, answers: Answered, form: Form) -> str:
    """The answer, or of a table's rows that of the latest: a title is the one held now."""
    section, field, *column = path.split(".")
    value = answers.get(section, {}).get(field)
    if column:
        rows = [row for row in value or () if isinstance(row, dict) and row.get(column[0])]
        table = form.section(section).field(field)
        dated = next((c.code for c in table.columns if c.kind in DATED), "")
        latest = max(rows, key=lambda row: str(row.get(dated) or ""), default={})
        value = latest.get(column[0], "")
    return value if isinstance(value, str) else ""
