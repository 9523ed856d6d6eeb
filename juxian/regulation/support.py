"""Evidence (证明材料): what an applicant must give, and what each file gives to a claim."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from juxian.regulation.checks import Facts
from juxian.regulation.eligibility import Condition
from juxian.regulation.form import Field, Form
from juxian.regulation.pack import Material, Pack

CLAIM = "claim_is_supported"  # the check whose conditions are claimed

Given = tuple[str, str]
"""A file: its material, and the row it is said to prove ("section.table.row", or "")."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A condition that is claimed with too few files; `materials` are those that would count."""

    code: str
    label: str
    materials: tuple[Material, ...]


def due_of(pack: Pack, track: str, facts: Facts) -> tuple[Material, ...]:
    """Materials that an applicant with these answers must give."""
    return tuple(material for material in pack.materials if material.is_due(track, facts))


def supports_of(pack: Pack, track: str, facts: Facts, files: Iterable[Given]) -> Counter[str]:
    """How many files support each condition (通知二（一）（二）).

    A file said to prove the statement on a condition supports that one alone; any other supports
    those that its material does.
    """
    by_row = dict(_statements(pack, track, facts))
    by_material = {material.code: material.supports for material in pack.materials}
    found: Counter[str] = Counter()
    for material, claim in files:
        found.update((by_row[claim],) if claim in by_row else by_material.get(material, ()))
    return found


def bare_claims(pack: Pack, track: str, facts: Facts, files: Iterable[Given]) -> tuple[Bare, ...]:
    """The claimed conditions whose files are too few, in the order they are claimed."""
    supports = supports_of(pack, track, facts, files)
    return tuple(
        Bare(code, _label(pack, condition, code), _materials(pack, track, code))
        for condition in _claimed(pack, track)
        for code in _chosen(condition, facts)
        if supports[code] < condition.given["least_files"]
    )


def enough_for(pack: Pack, track: str, facts: Facts) -> tuple[Material, ...]:
    """Those that are due, and for each claimed condition one more that supports it."""
    due = due_of(pack, track, facts)
    bare = bare_claims(pack, track, facts, ((material.code, "") for material in due))
    more = (claim.materials[0] for claim in bare)
    return tuple(dict.fromkeys((*due, *more)))


def claims_open_to(pack: Pack, track: str) -> tuple[str, ...]:
    """Every condition that an applicant of the track may claim, in the form's order."""
    form = pack.form.for_track(track)
    return tuple(
        choice.value
        for condition in _claimed(pack, track)
        for choice in form.options(_field(form, condition.given["claim"]))
    )


def _field(form: Form, path: str) -> Field:
    section, _dot, code = path.partition(".")
    return form.section(section).field(code)


def _claimed(pack: Pack, track: str) -> Iterator[Condition]:
    for condition in pack.conditions:
        if condition.check == CLAIM and (not condition.tracks or track in condition.tracks):
            yield condition


def _chosen(condition: Condition, facts: Facts) -> Iterator[str]:
    primary, others = (facts.get(condition.given[name]) for name in ("claim", "others"))
    yield from ([str(primary)] if primary else [])
    yield from others or ()


def _statements(pack: Pack, track: str, facts: Facts) -> Iterator[tuple[str, str]]:
    for condition in _claimed(pack, track):
        table = condition.given["statements"]
        for row in facts.get(table) or ():
            yield f"{table}.{row.get('id')}", str(row.get("condition"))


def _materials(pack: Pack, track: str, code: str) -> tuple[Material, ...]:
    return tuple(each for each in pack.materials if each.is_for(track) and code in each.supports)


def _label(pack: Pack, condition: Condition, code: str) -> str:
    return pack.form.label_of(_field(pack.form, condition.given["others"]), code)
