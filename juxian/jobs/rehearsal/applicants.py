"""The filing part of a rehearsal: people arrive, fill, blunder, mend and submit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from juxian.actions.application import begin, save_section, withdraw
from juxian.actions.evidence import attach, set_photo
from juxian.actions.person import register
from juxian.actions.submission import submit
from juxian.jobs.rehearsal.filling import Filler
from juxian.jobs.rehearsal.people import Somebody, somebody
from juxian.jobs.rehearsal.personas import persona_for
from juxian.jobs.rehearsal.repair import repair
from juxian.jobs.rehearsal.spoiling import spoil, spoilable
from juxian.jobs.rehearsal.stage import Broken, Stage
from juxian.records.clock import day
from juxian.records.models import Application, Office, Person, Section
from juxian.regulation.answers import facts
from juxian.regulation.eligibility import Facts, Severity, Verdict
from juxian.regulation.form import FieldKind
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Holder, Standing

BLUNDERS = 0.25  # 退回率三分之一的系统里，多是这些差错；这里在提交时就被拦住
LAST_DAY, LAST_THREE_DAYS, FIRST_FORTNIGHT = 0.25, 0.45, 0.08
SKILLED = (Holder.ENTERPRISE, Holder.SCHOOL)


@dataclass(frozen=True, slots=True)
class Arrival:
    at: datetime
    serial: int


def arrivals(dice: Random, count: int, opens: datetime, closes: datetime) -> list[Arrival]:
    """When each applicant submits: few early, a quarter on the last day."""
    moments = []
    for serial in range(count):
        draw = dice.random()
        if draw < LAST_DAY:
            first, last = closes - timedelta(days=1), closes
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
    filed = stage.passed[stage.pack.procedure.first.code]
    for done, arrival in enumerate(coming, start=1):
        stage.move_clock(arrival.at)
        _file_one(stage, filed + arrival.serial)
        stage.progress("填报提交", done, count)


def _file_one(stage: Stage, serial: int) -> None:
    dice = Random(f"{stage.cycle.code}:{serial}:{stage.dice.random()}")  # noqa: S311 - synthetic
    who = somebody(dice, serial)
    employer, track = _place(stage, dice)
    person = register(f"{stage.cycle.code}-{serial:05d}", None, name=who.name, employer=employer)
    application = begin(stage.cycle.pk, by=person, employer_id=employer.pk, track=track)
    filler = filler_for(stage, employer, track, who, dice)
    filler.fill()
    explain(filler, employer)
    _save_all(application, filler, person)
    _give_evidence(stage, application, filler, person)
    if dice.random() < BLUNDERS:
        _blunder(stage, application, filler, person)
    _submit(application, filler, person)
    stage.passed[stage.pack.procedure.first.code] += 1
    stage.figures[f"类别 {stage.pack.track(track).title}"] += 1
    if dice.random() < 0.02:  # noqa: PLR2004 - two of a hundred think better of it
        withdraw(application.pk, by=person, reason="本人撤回")
        stage.figures["本人撤回"] += 1


def filler_for(stage: Stage, employer: Office, track: str, who: Somebody, dice: Random) -> Filler:
    """One who fills as people of that employer and track do."""
    is_worker = track != stage.pack.tracks[0].code
    persona = persona_for(dice, employer.kind, is_worker=is_worker)
    return Filler(stage.pack, track, who, dice, day(stage.moment), persona)


def _place(stage: Stage, dice: Random) -> tuple[Office, str]:
    employer = dice.choice(stage.region.employers)
    tracks = [track.code for track in stage.pack.tracks]
    if len(tracks) == 1:
        return employer, tracks[0]
    skilled = employer.holder in SKILLED or dice.random() < 0.14  # noqa: PLR2004 - with the direct ones 17 %
    return employer, tracks[1] if skilled else tracks[0]


def facts_before(filler: Filler, employer: Office) -> Facts:
    """As the records would give them, before anything is saved."""
    return {
        **facts(filler.pack.form, filler.answers),
        "application.track": filler.track,
        "employer.kind": employer.kind,
        "employer.nonpublic": employer.is_nonpublic,
        "employer.affiliation": employer.affiliation,
        "employer.region": employer.region,
        "register.recipients": "none",
        "evidence.count": 9,
    }


def explain(filler: Filler, employer: Office) -> None:
    """Meet the conditions, and write the 破格 reason wherever a soft one stays unmet."""
    found = repair(filler, lambda _answers: facts_before(filler, employer))
    for finding in found:
        path = finding.condition.reason_field
        soft = finding.condition.severity is Severity.SOFT
        if path and soft and finding.verdict is Verdict.UNMET:
            section, _dot, code = path.partition(".")
            filler.answers[section][code] = "长期在一线，业绩突出，申请破格推荐。"


def _save_all(application: Application, filler: Filler, person: Person) -> None:
    for section, values in filler.answers.items():
        save_section(application.pk, section, values, by=person, version=0)


def _give_evidence(stage: Stage, application: Application, filler: Filler, person: Person) -> None:
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
    for material in filler.pack.materials:
        mine = not material.tracks or filler.track in material.tracks
        if mine and material.required:
            attach(
                application.pk,
                by=person,
                material=material.code,
                title=material.title,
                content=stage.scan(material.title, filler.who.name),
            )


def _blunder(stage: Stage, application: Application, filler: Filler, person: Person) -> None:
    """Submit with one planted error; it must be refused and change nothing; then mend it."""
    choice = filler.dice.random()
    if choice < 0.1:  # noqa: PLR2004
        with stage.refused("未勾选声明"):
            submit(application.pk, by=person, signed_name=application.name, declared=False)
    elif choice < 0.2:  # noqa: PLR2004
        with stage.refused("签名不符"):
            submit(application.pk, by=person, signed_name="某某", declared=True)
    else:
        _blunder_in_form(stage, application, filler, person)
    application.refresh_from_db()
    if application.standing != Standing.OPEN or application.submitted_at is not None:
        raise Broken(f"{application.number} 被拒绝后状态变了")


def _blunder_in_form(
    stage: Stage, application: Application, filler: Filler, person: Person
) -> None:
    good = {code: _copy(values) for code, values in filler.answers.items()}
    condition = filler.dice.choice(spoilable(filler))
    section = spoil(filler, condition)
    if section:
        bad, filler.answers = filler.answers, good
        version = _version(application, section)
        save_section(application.pk, section, bad[section], by=person, version=version)
        with stage.refused(f"{condition.clause} {condition.says}"):
            submit(application.pk, by=person, signed_name=application.name, declared=True)
        save_section(application.pk, section, good[section], by=person, version=version + 1)


def _version(application: Application, section: str) -> int:
    return Section.objects.get(application=application, code=section).version


def _copy(values: dict[str, object]) -> dict[str, object]:
    return {
        key: [dict(row) if isinstance(row, dict) else row for row in value]
        if isinstance(value, list)
        else value
        for key, value in values.items()
    }


def _submit(application: Application, filler: Filler, person: Person) -> None:
    try:
        submit(application.pk, by=person, signed_name=_signature(filler.who), declared=True)
    except NotReady as refusal:
        places = "；".join(f"{path} {said}" for path, said in refusal.faults[:5])
        raise Broken(f"{application.number} 应能提交：{refusal} {places}") from refusal


def _signature(who: Somebody) -> str:
    return who.name
