"""What a return asks for, and so what is open to mend."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from juxian.records.models import (
    Application,
    Correction,
    CorrectionItem,
    Evidence,
    Submission,
)
from juxian.records.packs import pack_of
from juxian.regulation.dependence import with_dependents
from juxian.regulation.words import Standing
from juxian.selectors.facts import Answers, unsealed

EVIDENCE = "evidence"


def open_correction(application: Application) -> Correction | None:
    """The open return with its items, its act and who returned it."""
    if application.standing != Standing.RETURNED:
        return None
    return (
        Correction.objects.filter(application=application, answered_at__isnull=True)
        .select_related("handling__office")
        .prefetch_related("items")
        .first()
    )


def open_paths(application: Application, correction: Correction) -> frozenset[str]:
    """The paths that may be mended: "section", "section.field" or "evidence.<material>".

    Besides what the return asks for, all that must change with it: a name and its signature.
    """
    form = pack_of(application.cycle).form.for_track(application.track)
    return with_dependents(form, _asked_for(correction))


def _asked_for(correction: Correction) -> frozenset[str]:
    return frozenset(item.path for item in correction.items.all())


def items_in(correction: Correction | None, section: str) -> tuple[CorrectionItem, ...]:
    """What the return asks for in a section, or of the evidence."""
    return of_section(correction.items.all() if correction else (), section)


def of_section(items: Iterable[CorrectionItem], section: str) -> tuple[CorrectionItem, ...]:
    return tuple(item for item in items if item.path.partition(".")[0] == section)


def opens_section(paths: frozenset[str], section: str) -> bool:
    return any(path.split(".")[0] == section for path in paths)


def opens_material(paths: frozenset[str], material: str) -> bool:
    return EVIDENCE in paths or f"{EVIDENCE}.{material}" in paths


def mended(
    paths: frozenset[str], section: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Any]:
    """`after` where the return opened the field, `before` everywhere else."""
    if section in paths:
        return dict(after)
    opened = {path.split(".")[1] for path in paths if path.startswith(f"{section}.")}
    kept = {key: value for key, value in before.items() if key not in opened}
    return kept | {key: value for key, value in after.items() if key in opened}


def mended_paths(
    correction: Correction, answers: Answers, files: Sequence[Evidence]
) -> frozenset[str]:
    """Of what the return asks for, that which now differs from what had been submitted."""
    before = Submission.objects.get(application=correction.application_id, turn=correction.turn)
    was = unsealed(before.answers)
    had = [(e["material"], (e["digest"], e["claim"], e["title"])) for e in before.evidence]
    given = [(file.material, (file.file_id, file.claim, file.title)) for file in files]
    return frozenset(
        path for path in _asked_for(correction) if _at(path, was, had) != _at(path, answers, given)
    )


def unanswered(
    correction: Correction, answers: Answers, files: Sequence[Evidence]
) -> tuple[CorrectionItem, ...]:
    """What the return asks for and has been neither mended nor answered in writing."""
    mended = mended_paths(correction, answers, files)
    items = correction.items.all()
    return tuple(item for item in items if not item.reply and item.path not in mended)


@dataclass(frozen=True, slots=True)
class Returned:
    """An open return: the paths that it opens, and what of it is still `left` to do."""

    correction: Correction
    paths: frozenset[str]
    left: tuple[CorrectionItem, ...]

    def state(self, section: str) -> str:
        """Of a section or the evidence: shut, mend or mended."""
        if not opens_section(self.paths, section):
            return "shut"
        return "mend" if of_section(self.left, section) else "mended"


def returned_of(
    application: Application, answers: Answers, files: Sequence[Evidence]
) -> Returned | None:
    correction = open_correction(application)
    if correction is None:
        return None
    paths = open_paths(application, correction)
    return Returned(correction, paths, unanswered(correction, answers, files))


Given = tuple[str, tuple[str, str, str]]
"""A file's material, and its digest, what it proves and what it is called."""


def _at(path: str, answers: Answers, files: Sequence[Given]) -> object:
    """What stands at a path; files that only change places stay what they are."""
    section, _dot, field = path.partition(".")
    if section == EVIDENCE:
        return sorted(given for material, given in files if field in ("", material))
    values = answers.get(section, {})
    return values.get(field.partition(".")[0]) if field else values
