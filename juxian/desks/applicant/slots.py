"""The evidence page's slots: one per material of the call, with what was given for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from juxian.records.models import Application, Evidence, Upload
from juxian.regulation.eligibility import Facts
from juxian.regulation.pack import Material
from juxian.regulation.scans import Doubt
from juxian.selectors import application as selected
from juxian.selectors.claims import Claim, claims_for, claims_in
from juxian.selectors.correction import EVIDENCE, Returned, opens_material
from juxian.selectors.facts import Answers

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Given:
    """`doubts` are what a worker saw in its pages."""

    evidence: Evidence
    claim: str  # what it proves, in words
    doubts: tuple[Doubt, ...] = ()

    @property
    def size(self) -> str:
        size = self.evidence.file.size
        if size >= MEGABYTE:
            return f"{size / MEGABYTE:.1f} MB"
        return f"{max(size // 1024, 1)} KB"


@dataclass(frozen=True, slots=True)
class Slot:
    """`claims` are the rows it may prove, those of its own tables first; `unproved` are the rows of
    its own tables that no file proves yet.

    `chosen` is the row for which the applicant came here.
    """

    material: Material
    is_due: bool
    files: tuple[Given, ...]
    claims: tuple[Claim, ...]
    is_open: bool
    is_asked: bool = False  # a return asks for it and nothing has changed yet
    unproved: tuple[Claim, ...] = ()
    has_rows: bool = False  # in its own tables
    unfinished: tuple[Upload, ...] = ()
    removed: Evidence | None = None  # just now, and may be put back
    chosen: str = ""

    @property
    def is_full(self) -> bool:
        most = self.material.most
        return most is not None and len(self.files) >= most

    @property
    def is_aside(self) -> bool:
        """Whether, by all that was answered, it does not concern this applicant."""
        here = self.files or self.unfinished or self.removed or self.chosen or self.is_asked
        hangs = self.material.required_when or self.material.rows
        return bool(hangs) and not (self.is_due or here or self.has_rows)

    @property
    def state(self) -> str:
        """One of asked, given, none or missing."""
        if self.is_asked:
            return "asked"
        if self.files:
            return "given"
        return "missing" if self.is_due else "none"


@dataclass(frozen=True, slots=True)
class Kept:
    """What an application holds, read once for its page."""

    application: Application
    answers: Answers
    facts: Facts
    files: Sequence[Evidence]
    returned: Returned | None = None
    doubts: Mapping[str, tuple[Doubt, ...]] = field(default_factory=dict)
    unfinished: Sequence[Upload] = ()
    removed: Evidence | None = None
    chosen: tuple[str, str] = ("", "")  # a slot and a row


def slots_of(kept: Kept) -> tuple[Slot, ...]:
    claims = claims_in(kept.application, kept.answers)
    lacking = selected.lacking(kept.application, kept.facts, kept.files)
    return tuple(
        _slot(kept, material, claims_for(material, claims), lacking)
        for material in selected.materials_of(kept.application)
    )


def slot_for(slots: Sequence[Slot], claim: str) -> str:
    """The code of the slot where a row is best proved: an open one, if any may take it."""
    taking = [slot for slot in slots if claim in dict(slot.claims)]
    taking.sort(key=lambda slot: not slot.is_open)
    return taking[0].material.code if taking else ""


def _slot(
    kept: Kept, material: Material, claims: tuple[Claim, ...], lacking: frozenset[str]
) -> Slot:
    code, said = material.code, dict(claims)
    own = tuple(claim for claim in claims if claim[0].rpartition(".")[0] in material.rows)
    proved = {file.claim for file in kept.files}
    slot, row = kept.chosen
    return Slot(
        material=material,
        is_due=material.is_due(kept.application.track, kept.facts),
        files=tuple(
            Given(file, said.get(file.claim, ""), kept.doubts.get(file.file_id, ()))
            for file in kept.files
            if file.material == code
        ),
        claims=(*own, *(claim for claim in claims if claim not in own)),
        is_open=kept.returned is None
        or opens_material(kept.returned.paths, code)
        or code in lacking,
        is_asked=_is_asked(kept.returned, code),
        unproved=tuple(claim for claim in own if claim[0] not in proved),
        has_rows=bool(own),
        unfinished=tuple(one for one in kept.unfinished if one.material == code),
        removed=kept.removed if kept.removed and kept.removed.material == code else None,
        chosen=row if slot == code else "",
    )


def _is_asked(returned: Returned | None, code: str) -> bool:
    left = {item.path for item in returned.left} if returned else frozenset[str]()
    return f"{EVIDENCE}.{code}" in left
