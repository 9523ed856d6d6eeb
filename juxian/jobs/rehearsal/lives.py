"""What one synthetic person's life is: where they work, and what their form will say of it.

A wish names a place of the form; where a pack's form has no such place, it says nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from juxian.jobs.rehearsal import shares
from juxian.jobs.rehearsal.personas import Persona, persona_of
from juxian.jobs.rehearsal.shares import drawn
from juxian.records.models import Office
from juxian.regulation.form import Form
from juxian.regulation.pack import Pack
from juxian.regulation.words import Holder, OfficeKind

DIRECT = (Holder.ENTERPRISE, Holder.SCHOOL)
EMPLOYER_KINDS: Mapping[str, str] = {
    OfficeKind.STATE_ENTERPRISE: "enterprise",
    OfficeKind.PRIVATE_ENTERPRISE: "enterprise",
    OfficeKind.ORGAN: "organ",
    OfficeKind.QUASI_ORGAN: "quasi_organ",
    OfficeKind.SOCIAL_ORGANISATION: "social_organisation",
}
RARE = ("national_talent", "epidemic", "exception")
"""Kinds of people of whom a rehearsal of some size has at least a few."""

Wishes = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Life:
    """`wishes` are answers by "section.field" or "section.table.column"; a table's own is how
    many rows it has."""

    persona: Persona
    wishes: Wishes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works, at what, and in which track they apply."""

    employer: Office
    track: str
    sector: str
    is_poor: bool = False
    level: str = ""  # of skill, when it is settled already


def place(
    dice: Random, pack: Pack, employers: Sequence[Office], *, is_whole: bool, rare: str = ""
) -> Place:
    """One of those employers, each drawn as often as it is named.

    In a whole region the line of work comes first, and then a place where such people work.
    """
    tracks = [track.code for track in pack.tracks]
    if is_whole:
        skilled = rare == "exception" or (not rare and dice.random() < shares.SKILLED)
        worker = skilled and len(tracks) > 1
        return _whole(dice, pack, employers, worker=worker, rare=rare)
    employer = dice.choice(employers)
    worker = len(tracks) > 1 and (employer.holder in DIRECT or dice.random() < 0.14)  # noqa: PLR2004
    return place_at(dice, pack, employer, tracks[1] if worker else tracks[0])


def place_at(dice: Random, pack: Pack, employer: Office, track: str) -> Place:
    sector = _sector_at(dice, employer, worker=_is_worker(pack, track))
    return Place(employer, track, sector, dice.random() < shares.POOR)


def _is_worker(pack: Pack, track: str) -> bool:
    return track != pack.tracks[0].code


def life(dice: Random, pack: Pack, at: Place, rare: str = "") -> Life:
    worker = _is_worker(pack, at.track)
    form = pack.form.for_track(at.track)
    wishes = {
        **_work(form, dice, at.employer, worker=worker),
        **_standing(dice, at.sector, poor=at.is_poor, rare=rare),
        **(_skill(dice, at.level) if worker else _learning(form, dice, at.sector)),
        **_good_conduct(dice),
    }
    return Life(persona_of(at.sector, is_worker=worker), wishes)


def _whole(
    dice: Random, pack: Pack, employers: Sequence[Office], *, worker: bool, rare: str
) -> Place:
    sector = drawn(dice, shares.SKILLED_SECTORS if worker else shares.SECTORS)
    if rare == "epidemic":
        sector = "health"
    nonpublic = sector in shares.NONPUBLIC_SECTORS and dice.random() < shares.NONPUBLIC / 0.33
    poor = not nonpublic and dice.random() < shares.POOR * 1.1
    kinds = shares.PLACES.get(sector, (OfficeKind.INSTITUTION,))
    direct = worker and not nonpublic and dice.random() < shares.SKILLED_DIRECT
    special = {office for rule in pack.seats for grant in rule.grants for office in grant.offices}

    def fits(office: Office) -> bool:
        if worker and direct:
            return office.holder in DIRECT
        if office.is_nonpublic != nonpublic or office.holder in DIRECT:
            return False
        return nonpublic or office.kind in kinds or (worker and office.kind not in _LEARNED)

    pool = [office for office in employers if fits(office)]
    if rare == "epidemic" and dice.random() < shares.EPIDEMIC_IN_POOL:
        pool = _narrowed(pool, lambda office: bool(special & _codes(office)))
    elif poor:
        southern = dice.random() < shares.SOUTHERN_OF_POOR
        pool = _narrowed(pool, lambda office: office.region.startswith(shares.SOUTH) == southern)
        pool = _narrowed(pool, lambda office: not office.region.startswith("6501"))
    tracks = [track.code for track in pack.tracks]
    level = "2" if rare == "exception" else drawn(dice, _REGULAR_LEVELS)
    return Place(dice.choice(pool or employers), tracks[worker], sector, poor, level)


_REGULAR_LEVELS = {level: share for level, share in shares.LEVELS.items() if level != "2"}


_LEARNED = (OfficeKind.UNIVERSITY, OfficeKind.HOSPITAL, OfficeKind.INSTITUTE)


def _narrowed(pool: list[Office], wanted: Any) -> list[Office]:
    return [office for office in pool if wanted(office)] or pool


def _codes(office: Office) -> set[str]:
    return {office.code, office.code.rpartition("-")[0]}


def _sector_at(dice: Random, employer: Office, *, worker: bool) -> str:
    weights = shares.SKILLED_SECTORS if worker else shares.SECTORS
    here = {
        sector: weight
        for sector, weight in weights.items()
        if employer.kind in shares.PLACES.get(sector, (OfficeKind.INSTITUTION,))
    }
    return drawn(dice, here or weights)


def _work(form: Form, dice: Random, employer: Office, *, worker: bool) -> Wishes:
    """What the form says of the employer, as the register of offices has it."""
    enterprise = EMPLOYER_KINDS.get(employer.kind) == "enterprise"
    leads = dice.random() < shares.LEADERS
    post = ("enterprise_" if enterprise else "") + ("skilled" if worker else "professional")
    counties = options(form, "post.location")
    return {
        "post.employer": employer.name,
        "post.employer_kind": EMPLOYER_KINDS.get(employer.kind, "institution"),
        "post.economic_type": "173" if employer.is_nonpublic else "110",
        "post.affiliation": employer.affiliation or "40",
        "post.location": _first_in(counties, (employer.region[:4], "65")),
        "post.status": "in_post",
        "post.post_category": "dual" if leads and not worker and not enterprise else post,
        "post.unit_leader": leads,
        "post.practising": True,
        "post.rank": "132" if leads and not enterprise else "999",
        "post.treatment": "999",
    }


def _standing(dice: Random, sector: str, *, poor: bool, rare: str) -> Wishes:
    long = dice.random() < shares.GRASSROOTS
    epidemic = rare == "epidemic"
    return {
        "basic.nationality": "china",
        "basic.id_type": "resident_id",
        "post.grassroots_years": dice.randint(10, 30) if long else dice.randint(0, 9),
        "post.poor_county": poor,
        "post.epidemic": epidemic,
        "speciality.sector": sector,
        "honours.academician": "none",
        "honours.bqw": rare == "national_talent",
        "honours.recipient": False,
    }


def _learning(form: Form, dice: Random, sector: str) -> Wishes:
    wishes: Wishes = {
        "conditions.primary": drawn(dice, shares.CONDITIONS[sector]),
        "honours.records": 0,
    }
    title = _title(form, dice, sector)
    if title:
        wishes |= {"title.titles": 1, "title.titles.name": title}
    if dice.random() < shares.TALENT:
        wishes |= {"honours.records": 1, "honours.records.name": drawn(dice, shares.TALENTS)}
    return wishes


def _title(form: Form, dice: Random, sector: str) -> str:
    """A title of the grade drawn, in one of the sector's series."""
    grade = drawn(dice, shares.GRADES)
    series = shares.SERIES.get(sector)
    fitting = [
        value
        for value in options(form, "title.titles.name")
        if (code := form.codes["titles"].get(value)) is not None
        and code.attribute("grade") == grade
        and (series is None or code.parent in series)
    ]
    return dice.choice(fitting) if fitting else ""


def _skill(dice: Random, level: str) -> Wishes:
    condition = drawn(dice, shares.SKILLED_CONDITIONS)
    wishes: Wishes = {
        "conditions.primary": condition,
        "skill.level": level or drawn(dice, shares.LEVELS),
        "skill.front_line_years": dice.randint(10, 35),
        "honours.records": 0,
    }
    if condition == "B1":
        wishes |= {"honours.records": 1, "honours.records.name": drawn(dice, shares.SKILL_HONOURS)}
    return wishes


def _good_conduct(dice: Random) -> Wishes:
    return {
        "assessment.years.result": "excellent" if dice.random() < 0.3 else "qualified",  # noqa: PLR2004
        "assessment.punishment": "past" if dice.random() < 0.01 else "none",  # noqa: PLR2004
        "assessment.misconduct": False,
        "declaration.secrecy": "treated" if dice.random() < 0.02 else "none",  # noqa: PLR2004
    }


def options(form: Form, path: str) -> tuple[str, ...]:
    """The values that a choice of the form, or of a table's column, may have; none elsewhere."""
    section, *names = path.split(".")
    try:
        asked = form.section(section).field(names[0])
        asked = asked.column(names[1]) if len(names) > 1 else asked
    except LookupError:
        return ()
    return tuple(option.value for option in form.options(asked))


def _first_in(values: Sequence[str], starts: Sequence[str]) -> str:
    for start in starts:
        for value in values:
            if value.startswith(start):
                return value
    return ""
