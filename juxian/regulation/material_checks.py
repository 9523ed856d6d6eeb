"""What must hold of a pack's materials: the form asks what makes them due and what they support."""

from collections.abc import Iterator, Mapping

from juxian.regulation.check_arguments import values_of
from juxian.regulation.form import FieldKind, Form, When
from juxian.regulation.pack import Material, Pack
from juxian.regulation.support import claims_open_to

Fault = tuple[str, str]
"""The key and the reason."""


def material_faults(pack: Pack) -> Iterator[Fault]:
    sections = {section.code for section in pack.form.sections}
    claims = _claims(pack)
    for material in pack.materials:
        key = f"material[{material.code}]"
        for section in set(material.proves) - sections:
            yield f"{key}.proves", f"登记表没有“{section}”这一部分"
        for table in set(material.rows) - _tables(pack.form, material):
            if not sections.issuperset(material.proves):
                continue
            yield f"{key}.rows", f"它所证明的部分没有 {table} 这个表格"
        for number, when in enumerate(material.required_when, start=1):
            yield from _when(f"{key}.required_when[{number}]", when, material, pack.form)
        for code in material.supports if claims else ():
            if not any(code in codes for codes in claims.values()):
                yield f"{key}.supports", f"登记表没有申报条件 {code}"
    yield from _unsupported(pack, claims)


def number_faults(pack: Pack) -> Iterator[Fault]:
    for material in pack.materials:
        if material.most is not None and material.most < 1:
            yield f"material[{material.code}].most", "最多的文件数至少为1；不限的不写"


def _tables(form: Form, material: Material) -> set[str]:
    """The tables of the sections that it proves."""
    return {
        f"{section.code}.{field.code}"
        for section in form.sections
        for field in section.fields
        if field.kind is FieldKind.ROWS and section.code in material.proves
    }


def _claims(pack: Pack) -> dict[str, tuple[str, ...]]:
    """By track; nothing while a condition that is claimed does not name its answers."""
    try:
        return {track.code: claims_open_to(pack, track.code) for track in pack.tracks}
    except LookupError:
        return {}


def _when(key: str, when: When, material: Material, form: Form) -> Iterator[Fault]:
    fields = {
        f"{section.code}.{field.code}": field
        for section in form.sections
        for field in section.fields
        if field.kind is not FieldKind.ROWS
    }
    if (when.equals is not None) + bool(when.one_of) + when.filled != 1:
        yield key, "equals、one_of、filled 须写其中一样，且只写一样"
    if when.field not in fields:
        yield f"{key}.field", f"登记表没有 {when.field} 这一项"
        return
    wanted = when.one_of if when.equals is None else (when.equals,)
    yield from values_of(key, when.field, wanted, form)
    if material.required:
        yield key, "一律必传的材料不再写何时必传"


def _unsupported(pack: Pack, claims: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    for track, codes in claims.items():
        supported = {
            code for each in pack.materials if each.is_for(track) for code in each.supports
        }
        for code in codes:
            if code not in supported:
                yield "material", f"没有一类材料可以证明申报条件 {code}"
