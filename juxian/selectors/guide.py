"""The guide to a call (办事指南): made from the pack alone, in the order people look for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from juxian.records import labels
from juxian.records.models import Cycle, Office
from juxian.records.packs import calendar, pack_of
from juxian.regulation.calendar import UnknownYear
from juxian.regulation.deadlines import deadlines_of
from juxian.regulation.eligibility import Condition
from juxian.regulation.form import Choice
from juxian.regulation.pack import (
    Advice,
    Clause,
    Contact,
    Mark,
    Material,
    Pack,
    Paper,
    Report,
    Setting,
    Track,
)
from juxian.regulation.procedure import Step
from juxian.regulation.seat_rule import Grant, SeatRule
from juxian.regulation.support import CLAIM
from juxian.regulation.words import Kind, Nature

FEW = 4  # places that are named one by one


@dataclass(frozen=True, slots=True)
class Call:
    """A cycle as the home page names it. `state` is "open", "coming" or "closed"."""

    code: str
    title: str
    issuer: str
    tracks: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime
    state: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class SeatLine:
    title: str
    grants: tuple[tuple[str, int | None], ...]
    soft_min: int
    clause: str


@dataclass(frozen=True, slots=True)
class TrackGuide:
    """What is asked of one track beyond what all are asked."""

    track: Track
    conditions: tuple[Condition, ...]
    claims: tuple[Choice, ...]
    materials: tuple[Material, ...]
    seats: tuple[SeatLine, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    step: Step
    level: str
    channels: tuple[str, ...]
    publicity: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Guide:
    call: Call
    pack: Pack
    tracks: tuple[TrackGuide, ...]
    exclusions: tuple[Condition, ...]
    conditions: tuple[Condition, ...]  # asked of every track
    checks: tuple[Condition, ...]  # how the form must agree with itself
    materials: tuple[Material, ...]  # asked of every track
    steps: tuple[StepLine, ...]
    reports: tuple[Report, ...]
    papers: tuple[Paper, ...]
    marks: tuple[Mark, ...]
    advice: tuple[Advice, ...]
    settings: tuple[Setting, ...]
    information: tuple[Clause, ...]

    @property
    def contacts(self) -> tuple[Contact, ...]:
        return self.pack.contacts


def calls(moment: datetime) -> tuple[Call, ...]:
    """Every cycle: open ones first by deadline, then those to come, then closed ones."""
    found = [_call(cycle, moment) for cycle in _cycles()]
    order = {"open": 0, "coming": 1, "closed": 2}

    def place(call: Call) -> tuple[int, float]:
        closes = call.closes_at.timestamp()
        return order[call.state], -closes if call.state == "closed" else closes

    return tuple(sorted(found, key=place))


def open_cycle(code: str, moment: datetime) -> Cycle | None:
    """The cycle of that code while it takes applications."""
    cycle = Cycle.objects.filter(code=code).first()
    return cycle if cycle is not None and _state(cycle, moment) == "open" else None


def guide_of(code: str, moment: datetime) -> Guide | None:
    cycle = next((row for row in _cycles() if row.code == code), None)
    if cycle is None:
        return None
    pack = pack_of(cycle)
    return Guide(
        call=_call(cycle, moment),
        pack=pack,
        tracks=tuple(_track(pack, track) for track in pack.tracks),
        exclusions=tuple(c for c in pack.conditions if c.exclusion),
        conditions=tuple(c for c in pack.conditions if not c.tracks and _is_asked(pack, c)),
        checks=tuple(c for c in pack.conditions if not c.exclusion and not _is_asked(pack, c)),
        materials=tuple(material for material in pack.materials if not material.tracks),
        steps=_steps(cycle, pack),
        reports=pack.reports,
        papers=pack.papers,
        marks=pack.marks,
        advice=pack.advice,
        settings=tuple(setting for setting in pack.settings.values() if setting.says),
        information=tuple(c for c in pack.clauses if c.nature is Nature.INFORMATION),
    )


def call_of(code: str, moment: datetime) -> tuple[Call, Pack] | None:
    """The call of that code with its pack. 1 query."""
    cycle = next((row for row in _cycles() if row.code == code), None)
    return None if cycle is None else (_call(cycle, moment), pack_of(cycle))


def _cycles() -> Iterable[Cycle]:
    return Cycle.objects.select_related("organiser").order_by("-closes_at", "pk")


def _call(cycle: Cycle, moment: datetime) -> Call:
    pack = pack_of(cycle)
    return Call(
        code=cycle.code,
        title=cycle.title,
        issuer=cycle.organiser.name,
        tracks=tuple(track.title for track in pack.tracks),
        opens_at=cycle.opens_at,
        closes_at=cycle.closes_at,
        state=_state(cycle, moment),
        contacts=pack.contacts,
    )


def _state(cycle: Cycle, moment: datetime) -> str:
    if cycle.closed_at is not None or moment >= cycle.closes_at:
        return "closed"
    return "open" if cycle.opens_at <= moment else "coming"


def _track(pack: Pack, track: Track) -> TrackGuide:
    return TrackGuide(
        track=track,
        conditions=tuple(
            c for c in pack.conditions if track.code in c.tracks and _is_asked(pack, c)
        ),
        claims=claims_of(pack, track.code),
        materials=tuple(m for m in pack.materials if track.code in m.tracks),
        seats=tuple(_seats(pack, rule) for rule in pack.seats if rule.bucket.track == track.code),
    )


def _is_asked(pack: Pack, condition: Condition) -> bool:
    """A condition of the notice, not a rule by which the form agrees with itself."""
    natures = {pack.clause(id_).nature for id_ in condition.clause.split()}
    return not condition.exclusion and bool(natures & {Nature.HARD, Nature.SOFT})


def claims_of(pack: Pack, track: str) -> tuple[Choice, ...]:
    """The alternatives of which one must be met (具备下列条件之一), each citing its clause."""
    form = pack.form.for_track(track)
    for condition in pack.conditions:
        if condition.check == CLAIM:
            section, _dot, field = str(condition.given["claim"]).partition(".")
            return form.options(form.section(section).field(field))
    return ()


def _seats(pack: Pack, rule: SeatRule) -> SeatLine:
    return SeatLine(
        title=rule.bucket.title,
        grants=tuple((_whom(pack, grant), grant.cap) for grant in rule.grants),
        soft_min=rule.bucket.soft_min,
        clause=rule.bucket.clause,
    )


def _whom(pack: Pack, grant: Grant) -> str:
    if grant.offices:
        names = Office.objects.filter(code__in=grant.offices).order_by("code")
        return "、".join(names.values_list("name", flat=True)) or _("指定单位")
    holders = "、".join(str(labels.HOLDERS[holder]) for holder in grant.holders)
    regions = [pack.form.codes["regions"].get(f"{code:0<6}") for code in grant.regions]
    places = [region.label for region in regions if region is not None]
    if not places:
        return holders
    if len(places) > FEW:
        said = {"first": places[0], "count": len(places), "holders": holders}
        return _("%(first)s等 %(count)d 个%(holders)s") % said
    return "、".join(places)


def _steps(cycle: Cycle, pack: Pack) -> tuple[StepLine, ...]:
    try:
        due = deadlines_of(pack.deadlines, closes=cycle.closes_at, calendar=calendar())
    except UnknownYear:
        due = {}
    titles = {channel.code: channel.title for channel in pack.channels}
    return tuple(
        StepLine(
            step=step,
            level="" if step.kind is Kind.FILL else str(labels.LEVELS[step.level]),
            channels=tuple(titles[code] for code in step.channels),
            publicity=_publicity(step),
            due_at=due.get(step.code),
        )
        for step in pack.procedure.steps
    )


def _publicity(step: Step) -> str:
    if step.publicity is None:
        return ""
    days = {"days": step.publicity.days}
    if step.publicity.working:
        return _("不少于 %(days)d 个工作日") % days
    return _("不少于 %(days)d 天") % days


def cites(pack: Pack, clauses: str) -> str:
    """Where the notice says it, 通知二（一）: for ids separated by spaces, as exactly as it can."""
    known = {clause.id: clause.cite for clause in pack.clauses}
    places = dict.fromkeys(known.get(id_, id_) for id_ in clauses.split())
    exact = (one for one in places if not any(two != one and two.startswith(one) for two in places))
    return "；".join(exact)
