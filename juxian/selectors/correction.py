"""What a return asks for, and so what is open to mend."""

from collections.abc import Mapping
from typing import Any

from juxian.records.models import Application, Correction
from juxian.regulation.words import Standing

EVIDENCE = "evidence"


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
