"""What evidence may be said to prove: every row of every table of a form, in words."""

from collections.abc import Mapping
from typing import TypeAlias

from juxian.records.models import Application
from juxian.regulation.form import Field, FieldKind, Section
from juxian.regulation.pack import Material
from juxian.selectors.application import form_of
from juxian.selectors.facts import Answers
from juxian.selectors.form_reading import words_of

Claim: TypeAlias = tuple[str, str]
"""A row's path and words: ("awards.records.<row>", "获奖：自治区科技进步奖")."""


def claims_in(application: Application, answers: Answers) -> dict[str, list[Claim]]:
    """By section."""
    found: dict[str, list[Claim]] = {}
    for section in form_of(application).sections:
        for table in section.fields:
            if table.kind is FieldKind.ROWS:
                found.setdefault(section.code, []).extend(
                    _rows(application, section, table, answers)
                )
    return found


def claims_for(material: Material, claims: Mapping[str, list[Claim]]) -> tuple[Claim, ...]:
    """Those that a file of this material may prove."""
    return tuple(claim for code in material.proves for claim in claims.get(code, ()))


def _rows(
    application: Application, section: Section, table: Field, answers: Answers
) -> list[Claim]:
    form, rows = form_of(application), answers.get(section.code, {}).get(table.code)
    return [
        (
            f"{section.code}.{table.code}.{row.get('id')}",
            f"{table.label}：{words_of(form, table.columns[0], row.get(table.columns[0].code))}",
        )
        for row in (rows if isinstance(rows, list) else [])
    ]
