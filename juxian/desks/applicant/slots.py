"""The evidence page's slots: one per material of the call, with what was given for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from juxian.records.models import Application, Correction, Evidence
from juxian.regulation.eligibility import Facts
from juxian.regulation.form import Field, FieldKind, Section
from juxian.regulation.pack import Material
from juxian.selectors import application as selected
from juxian.selectors.correction import open_paths, opens_material
from juxian.selectors.facts import Answers
from juxian.selectors.form_reading import words_of


@dataclass(frozen=True, slots=True)
class Given:
    evidence: Evidence
    claim: str  # what it proves, in words

    @property
    def kilobytes(self) -> int:
        return max(self.evidence.file.size // 1024, 1)


@dataclass(frozen=True, slots=True)
class Slot:
    """`claims` are the rows it may prove, as (path, words); `state` is given, none or missing."""

    material: Material
    is_due: bool
    files: tuple[Given, ...]
    claims: tuple[tuple[str, str], ...]
    is_open: bool

    @property
    def state(self) -> str:
        if self.files:
            return "given"
        return "missing" if self.is_due else "none"


def slots_of(
    application: Application,
    answers: Answers,
    facts: Facts,
    files: Sequence[Evidence],
    correction: Correction | None,
) -> tuple[Slot, ...]:
    paths = open_paths(application, correction) if correction else None
    claims = _claims(application, answers)
    lacking = selected.lacking(application, facts, files)
    said = {path: words for section in claims.values() for path, words in section}
    return tuple(
        Slot(
            material=material,
            is_due=material.is_due(application.track, facts),
            files=tuple(
                Given(file, said.get(file.claim, ""))
                for file in files
                if file.material == material.code
            ),
            claims=tuple(claim for code in material.proves for claim in claims.get(code, ())),
            is_open=paths is None
            or opens_material(paths, material.code)
            or material.code in lacking,
        )
        for material in selected.materials_of(application)
    )


def _claims(application: Application, answers: Answers) -> dict[str, list[tuple[str, str]]]:
    """Every row of every table, by section: ("awards.<row>", "获奖：自治区科技进步奖")."""
    found: dict[str, list[tuple[str, str]]] = {}
    for section in selected.form_of(application).sections:
        for table in section.fields:
            if table.kind is FieldKind.ROWS:
                found.setdefault(section.code, []).extend(
                    _rows(application, section, table, answers)
                )
    return found


def _rows(
    application: Application, section: Section, table: Field, answers: Answers
) -> list[tuple[str, str]]:
    form, rows = selected.form_of(application), answers.get(section.code, {}).get(table.code)
    return [
        (
            f"{section.code}.{table.code}.{row.get('id')}",
            f"{table.label}：{words_of(form, table.columns[0], row.get(table.columns[0].code))}",
        )
        for row in (rows if isinstance(rows, list) else [])
    ]
