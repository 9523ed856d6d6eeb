"""The evidence page's slots: one per material of the call, with what was given for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from juxian.records.models import Application, Correction, Evidence
from juxian.regulation.eligibility import Facts
from juxian.regulation.pack import Material
from juxian.selectors import application as selected
from juxian.selectors.claims import claims_for, claims_in
from juxian.selectors.correction import open_paths, opens_material
from juxian.selectors.facts import Answers


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
    claims = claims_in(application, answers)
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
            claims=claims_for(material, claims),
            is_open=paths is None
            or opens_material(paths, material.code)
            or material.code in lacking,
        )
        for material in selected.materials_of(application)
    )
