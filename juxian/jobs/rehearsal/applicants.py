"""The filing part of a rehearsal: people arrive, fill, blunder, mend and submit."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from juxian.actions.application import begin, save_section, withdraw
from juxian.actions.evidence import attach_taken, set_photo
from juxian.actions.intake import Taken, take
from juxian.actions.person import register
from juxian.actions.submission import submit, take_back
from juxian.jobs.rehearsal import shares
from juxian.jobs.rehearsal.blunders import Desk, blunder
from juxian.jobs.rehearsal.filling import Filler
from juxian.jobs.rehearsal.lives import RARE, Place, life, place, place_at
from juxian.jobs.rehearsal.people import WOMEN, Somebody, somebody
from juxian.jobs.rehearsal.repair import repair
from juxian.jobs.rehearsal.slips import Slip, deal
from juxian.jobs.rehearsal.stage import Broken, Stage
from juxian.records.clock import day
from juxian.records.models import Application, Office, Person
from juxian.regulation.answers import Reading, facts
from juxian.regulation.eligibility import Facts, Severity, Verdict, find
from juxian.regulation.form import FieldKind
from juxian.regulation.refusal import NotReady
from juxian.regulation.support import claims_open_to, enough_for

AT_ONCE = 4  # files on their way together
TAKING_BACK = 40  # one in so many finds something to mend right after submitting
LAST_HOURS, LAST_DAY, LAST_THREE_DAYS, FIRST_FORTNIGHT = 0.09, 0.25, 0.45, 0.08


@dataclass(frozen=True, slots=True)
class Arrival:
    at: datetime
    serial: int
    slip: Slip | None = None
    rare: str = ""


def arrivals(dice: Random, count: int, opens: datetime, closes: datetime) -> list[Arrival]:
    """When each applicant submits: few early, a quarter on the last day, many in its last hours."""
    moments = []
    for serial in range(count):
        draw = dice.random()
        if draw < LAST_HOURS:
            first, last = closes - timedelta(hours=2), closes
        elif draw < LAST_DAY:
            first, last = closes - timedelta(days=1), closes - timedelta(hours=2)
        elif draw < LAST_THREE_DAYS:
            first, last = closes - timedelta(days=3), closes - timedelta(days=1)
        elif draw < LAST_THREE_DAYS + FIRST_FORTNIGHT:
            first, last = opens, min(opens + timedelta(days=14), closes)
        else:
            first, last = opens + (closes - opens) / 4, closes - timedelta(days=3)
        first = max(first, opens)
        moments.append(Arrival(first + max(last - first, timedelta(0)) * dice.random(), serial))
    return sorted(moments, key=lambda arrival: (arrival.at, arrival.serial))


def file_all(stage: Stage, count: int, until: datetime) -> None:
    coming = arrivals(stage.dice, count, stage.cycle.opens_at, until - timedelta(minutes=10))
    slips = deal(stage.dice, count, stage.rates)
    rare = _rare(stage, count)
    for done, arrival in enumerate(coming, start=1):
        stage.move_clock(arrival.at)
        slip = slips.get(arrival.serial)
        if arrival.serial in rare or (slip is Slip.ON_REGISTER and not stage.recipients):
            slip = None
        _file_one(stage, slip, rare.get(arrival.serial, ""))
        stage.progress("填报提交", done, count)


def _rare(stage: Stage, count: int) -> dict[int, str]:
    """Few, and never none: those for whom a notice has rules of their own."""
    in_health = shares.SECTORS["health"] / sum(shares.SECTORS.values()) * (1 - shares.SKILLED)
    rates = dict(
        zip(
            RARE,
            (shares.NATIONAL_TALENT, shares.EPIDEMIC * in_health, shares.EXCEPTION),
            strict=True,
        )
    )
    return deal(stage.dice, count, rates, least=2) if stage.region.is_whole else {}


def _file_one(stage: Stage, slip: Slip | None, rare: str) -> None:
    serial, stage.begun = stage.begun, stage.begun + 1
    dice = Random(f"{stage.cycle.code}:{serial}:{stage.dice.random()}")  # noqa: S311 - synthetic
    region = stage.region
    at = place(dice, stage.pack, region.employers, is_whole=region.is_whole, rare=rare)
    if slip is Slip.OUTSIDER:
        barred = [office for office in region.outsiders if _is_barred(stage, office, at.track)]
        slip = Slip.OUTSIDER if barred else None
        at = Place(dice.choice(barred), at.track, at.sector) if barred else at
    who = somebody(dice, serial, women=shares.WOMEN.get(at.track, WOMEN))
    if slip is Slip.ON_REGISTER:
        who = stage.recipients.pop()
    filler = _filler(stage, at, who, dice, rare)
    desk = _begin(stage, filler, at.employer, f"{stage.cycle.code}-{serial:05d}")
    if slip is Slip.LATE:
        stage.ledger.plant(Slip.LATE)
        stage.late.append(desk.application.pk)
        return
    if rare:
        stage.notable.add(desk.application.pk)
    if not blunder(stage, desk, slip, again=lambda: _twin(stage, desk, serial)):
        return
    _submit(desk.application, filler, desk.person)
    stage.passed[stage.pack.procedure.first.code] += 1
    stage.figures[f"类别 {stage.pack.track(at.track).title}"] += 1
    if slip is None and not rare and dice.random() < shares.WITHDRAWN:
        withdraw(desk.application.pk, by=desk.person, reason="本人撤回")
        stage.figures["本人撤回"] += 1
    elif slip is None and serial % TAKING_BACK == 0:
        take_back(desk.application.pk, by=desk.person)
        _submit(desk.application, filler, desk.person)
        stage.figures["取回修改后重新提交"] += 1


def file_for(stage: Stage, filler: Filler, employer: Office, login: str) -> None:
    """One more form, filled and submitted by a new person of that login."""
    desk = _begin(stage, filler, employer, login)
    _submit(desk.application, filler, desk.person)
    stage.passed[stage.pack.procedure.first.code] += 1


def _is_barred(stage: Stage, office: Office, track: str) -> bool:
    """Whether a rule on employers leaves this one's people out."""
    known = employer_facts(office)
    return any(
        find(condition, known).blocks
        for condition in stage.pack.conditions
        if (not condition.tracks or track in condition.tracks) and known.keys() & condition.named
    )


def _begin(stage: Stage, filler: Filler, employer: Office, login: str) -> Desk:
    """A draft that wants nothing but the signature."""
    person = register(login, None, name=filler.who.name, employer=employer)
    filler.fill()
    explain(filler, employer)
    application = begin(stage.cycle.pk, by=person, employer_id=employer.pk, track=filler.track)
    stage.worked[stage.pack.procedure.first.code] += 1
    for section, values in filler.answers.items():
        save_section(application.pk, section, values, by=person, version=0)
    give_evidence(stage, application, filler, person)
    stage.cast[application.pk] = filler.who
    return Desk(application, filler, person)


def _twin(stage: Stage, desk: Desk, serial: int) -> Desk:
    """The same person, signed in a second time at another employer."""
    filler, here = desk.filler, desk.application.employer_id
    others = [office for office in stage.region.employers if office.pk != here]
    at = place_at(filler.dice, stage.pack, filler.dice.choice(others), filler.track)
    again = _filler(stage, at, filler.who, filler.dice, "")
    return _begin(stage, again, at.employer, f"{stage.cycle.code}-{serial:05d}-again")


def filler_for(stage: Stage, employer: Office, track: str, who: Somebody, dice: Random) -> Filler:
    """One who fills as people of that employer and track do."""
    return _filler(stage, place_at(dice, stage.pack, employer, track), who, dice, "")


def _filler(stage: Stage, at: Place, who: Somebody, dice: Random, rare: str) -> Filler:
    lived = life(dice, stage.pack, at, rare)
    return Filler(stage.pack, at.track, who, dice, day(stage.moment), lived.persona, lived.wishes)


def employer_facts(employer: Office) -> dict[str, Any]:
    return {
        "employer.kind": employer.kind,
        "employer.nonpublic": employer.is_nonpublic,
        "employer.affiliation": employer.affiliation,
        "employer.region": employer.region,
    }


def facts_before(reading: Reading, filler: Filler, employer: Office) -> Facts:
    """As the records would give them, before anything is saved."""
    return {
        **reading.facts(),
        **employer_facts(employer),
        "application.track": filler.track,
        "application.day": filler.today,
        "register.recipients": "none",
        "evidence.supports": dict.fromkeys(claims_open_to(filler.pack, filler.track), 9),
    }


def explain(filler: Filler, employer: Office) -> None:
    """Meet the conditions, and write the 破格 reason wherever a soft one stays unmet."""
    found = repair(filler, lambda reading: facts_before(reading, filler, employer))
    for finding in found:
        path = finding.condition.reason_field
        soft = finding.condition.severity is Severity.SOFT
        if path and soft and finding.verdict is Verdict.UNMET:
            section, _dot, code = path.partition(".")
            filler.answers[section][code] = "长期在一线，业绩突出，申请破格推荐。"


def give_evidence(stage: Stage, application: Application, filler: Filler, person: Person) -> None:
    """Every photograph and every material that this form must have."""
    for section in filler.form.sections:
        for asked in section.fields:
            if asked.kind is FieldKind.PHOTO and asked.required:
                set_photo(
                    application.pk,
                    section.code,
                    asked.code,
                    by=person,
                    version=1,
                    content=stage.portrait(filler.who.name),
                )
    answered = facts(filler.form, filler.answers)
    materials = enough_for(filler.pack, filler.track, answered)
    scans = [stage.scan(material.title, filler.who.name) for material in materials]
    for material, taken in zip(materials, _taken(scans, application, person), strict=True):
        says = (material.title, "")
        attach_taken(application.pk, by=person, material=material.code, says=says, taken=taken)


def _taken(scans: Sequence[bytes], application: Application, person: Person) -> list[Taken]:
    """Several files sent at once, as browsers do: they are made anew side by side."""
    with ThreadPoolExecutor(AT_ONCE) as sending:
        return list(sending.map(partial(take, by=person, about=application), scans))


def _submit(application: Application, filler: Filler, person: Person) -> None:
    try:
        submit(application.pk, by=person, signed_name=filler.who.name, declared=True)
    except NotReady as refusal:
        places = "；".join(f"{path} {said}" for path, said in refusal.faults[:5])
        raise Broken(f"{application.number} 应能提交：{refusal} {places}") from refusal
