"""Which rows of the form still want a file that proves them; for advice alone, never a refusal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from juxian.regulation.checking import numbered
from juxian.regulation.eligibility import Facts
from juxian.regulation.form import Form
from juxian.regulation.pack import Material, Pack
from juxian.regulation.precheck import place_called
from juxian.regulation.support import Given


@dataclass(frozen=True, slots=True)
class Unproved:
    """A row ("section.table.row") without a file, and the material that should prove it."""

    path: str
    says: str  # “获奖”第2条“自治区科技进步奖”
    material: Material


def unproved_rows(
    pack: Pack, track: str, facts: Facts, files: Iterable[Given]
) -> tuple[Unproved, ...]:
    """Neither linked to a file, nor a file in the slot that is linked to nothing: it may be it."""
    given = list(files)
    linked = {claim for _material, claim in given if claim}
    loose = {material for material, claim in given if not claim}
    form = pack.form.for_track(track)
    return tuple(
        one
        for material in pack.materials
        if material.is_for(track) and material.code not in loose
        for one in _rows(form, material, facts)
        if one.path not in linked
    )


def _rows(form: Form, material: Material, facts: Facts) -> Iterator[Unproved]:
    for path, name, _row in numbered(facts, material.rows):
        yield Unproved(path, f"{place_called(form, path)}{name}", material)
