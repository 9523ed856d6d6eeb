"""What a return asks for, and so what is open to mend."""

from collections.abc import Mapping, Sequence
from typing import Any

from juxian.records.models import Application, Correction, CorrectionItem, Submission
from juxian.regulation.words import Standing
from juxian.selectors.facts import Answers, unsealed

EVIDENCE = "evidence"
Files = Sequence[tuple[str, str]]
"""Evidence as pairs of material and digest."""


def open_correction(application: Application) -> Correction | None:
    if application.standing != Standing.RETURNED:
        return None
    return (
        Correction.objects.filter(application=application, answered_at__isnull=True)
        .prefetch_related("items")
        .first()
    )


def open_paths(correction: Correction) -> frozenset[str]:
    """The paths that may be mended: "section", "section.field" or "evidence.<material>"."""
    return frozenset(item.path for item in correction.items.all())


def items_in(correction: Correction | None, section: str) -> tuple[CorrectionItem, ...]:
    """What the return asks for in a section, or of the evidence."""
    items = correction.items.all() if correction else ()
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


def mended_paths(correction: Correction, answers: Answers, files: Files) -> frozenset[str]:
    """Of what the return asks for, that which now differs from what had been submitted."""
    before = Submission.objects.get(application=correction.application_id, turn=correction.turn)
    was = unsealed(before.answers)
    given = [(entry["material"], entry["digest"]) for entry in before.evidence]
    return frozenset(
        path
        for path in open_paths(correction)
        if _at(path, was, given) != _at(path, answers, files)
    )


def _at(path: str, answers: Answers, files: Files) -> object:
    section, _dot, field = path.partition(".")
    if section == EVIDENCE:
        return [digest for material, digest in files if field in ("", material)]
    values = answers.get(section, {})
    return values.get(field.partition(".")[0]) if field else values
