"""Driving a whole cycle, from filling to the ministry's result, step by step of the procedure."""

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from juxian.actions.cycle import latch, open_cycle
from juxian.actions.selection import ResultRow, record_results
from juxian.actions.submission import submit
from juxian.jobs.rehearsal import committee
from juxian.jobs.rehearsal.applicants import file_all
from juxian.jobs.rehearsal.offices_work import work
from juxian.jobs.rehearsal.people import Somebody
from juxian.jobs.rehearsal.publicising import publicise
from juxian.jobs.rehearsal.reckoning import marked, seats_used
from juxian.jobs.rehearsal.region import Region, build
from juxian.jobs.rehearsal.slips import RATES, Slip
from juxian.jobs.rehearsal.stage import Broken as Accepted
from juxian.jobs.rehearsal.stage import Progress, Stage, quietly
from juxian.jobs.scratch import set_clock
from juxian.records.models import Application, Cycle
from juxian.records.packs import calendar, pack_of
from juxian.regulation.deadlines import deadline_of
from juxian.regulation.pack import Pack
from juxian.regulation.procedure import Step
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Kind, Standing
from juxian.selectors.invariants import Broken, Invariant, broken

HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)
APPROVED = "人社部函〔示例〕9号"
EARLIER, EARLIER_SERIAL = 8, 70_000
WHOLE = 60  # applicants; fewer are rehearsed in a small region
PLANTED_ERRORS = Invariant("planted_errors", "种下的差错都被查出", "")


@dataclass(frozen=True, slots=True)
class Report:
    applicants: int
    seed: int
    seconds: float
    worked: Counter[str]
    passed: Counter[str]
    planted: dict[str, dict[str, Any]]
    refusals: Counter[str]
    figures: Counter[str]
    standings: Counter[str]
    broken: tuple[Broken, ...]
    fingerprint: str


def receiving_of(pack: Pack) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (track.receiving.office, track.receiving.name, track.code)
        for track in pack.tracks
        if track.receiving.office
    )


def rehearse(pack: Pack, *, applicants: int, seed: int, progress: Progress = quietly) -> Report:
    """A whole cycle in the present (scratch) database, whose clock must follow the setting."""
    began = time.monotonic()
    whole = applicants >= WHOLE
    set_clock(pack.window.opens - YEAR - timedelta(days=3))
    region = build(receiving=receiving_of(pack), whole=whole)
    recipients = _recipients(pack, region, seed, applicants) if whole else []
    stage = staged(pack, region, seed, progress)
    stage.rates, stage.recipients = RATES, recipients
    accepted = _run_through(stage, applicants)
    stage.figures.update(marked(stage) | seats_used(stage))
    return Report(
        applicants=applicants,
        seed=seed,
        seconds=time.monotonic() - began,
        worked=stage.worked,
        passed=stage.passed,
        planted=stage.ledger.table(),
        refusals=stage.refusals,
        figures=stage.figures,
        standings=Counter(
            Application.objects.filter(cycle=stage.cycle).values_list("standing", flat=True)
        ),
        broken=(*broken(), *accepted),
        fingerprint=fingerprint(stage.cycle),
    )


def _recipients(pack: Pack, region: Region, seed: int, applicants: int) -> list[Somebody]:
    """Those approved a year before, where the pack asks whether somebody was: on the register."""
    if all(condition.check != "register_is_clear" for condition in pack.conditions):
        return []
    window = (pack.window.opens - YEAR, pack.window.closes - YEAR)
    code, numbering = f"{pack.code}-earlier", f"E{pack.programme.numbering}"
    stage = staged(pack, region, seed, code=code, numbering=numbering, window=window)
    stage.rates, stage.begun = {}, EARLIER_SERIAL
    run(stage, max(applicants // 100, EARLIER))
    approved = list(
        Application.objects.filter(cycle=stage.cycle, standing=Standing.SELECTED).order_by("pk")
    )
    rows = [
        ResultRow(one.number, one.name, is_approved=True, document_number=APPROVED)
        for one in approved
    ]
    if rows:
        record_results(stage.cycle.pk, rows, by=region.secretary)
    return [stage.cast[one.pk] for one in approved]


def _run_through(stage: Stage, applicants: int) -> tuple[Broken, ...]:
    """Run to the end, or to where something is accepted that a rule must refuse."""
    try:
        run(stage, applicants)
    except Accepted as accepted:
        return (Broken(PLANTED_ERRORS, (str(accepted),)),)
    missed = stage.ledger.missed()
    return (Broken(PLANTED_ERRORS, missed),) if missed else ()


def staged(  # noqa: PLR0913 - a cycle may be opened under another name and window
    pack: Pack,
    region: Region,
    seed: int,
    progress: Progress = quietly,
    *,
    code: str = "",
    title: str = "",
    numbering: str = "",
    window: tuple[datetime, datetime] | None = None,
) -> Stage:
    """A stage with its cycle opened, the clock at the opening."""
    cycle = open_cycle(
        pack.code,
        by=region.secretary,
        organiser_id=region.organiser.pk,
        code=code,
        title=title,
        numbering=numbering,
        window=window,
    )
    stage = Stage(
        pack=pack_of(cycle),
        cycle=cycle,
        region=region,
        dice=Random(seed),  # noqa: S311 - synthetic people, and the same ones for the same seed
        moment=cycle.opens_at,
        progress=progress,
    )
    stage.move_clock(cycle.opens_at)
    return stage


def run(stage: Stage, applicants: int, *, until: str = "") -> None:
    """From the first filing to the last step, or to where files reach step `until`."""
    first, *steps = stage.pack.procedure.steps
    file_all(stage, applicants, _end_of(stage, first))
    for number, step in enumerate(steps, start=1):
        if step.code == until:
            return
        take_past(stage, step)
        stage.progress(step.title, number, len(steps))
        if step.kind is Kind.RECOMMEND or step is steps[-1]:
            _close(stage)


def _end_of(stage: Stage, step: Step) -> datetime:
    return (
        deadline_of(
            stage.pack.deadlines, step.code, closes=stage.cycle.closes_at, calendar=calendar()
        )
        or stage.cycle.closes_at
    )


def take_past(stage: Stage, step: Step) -> None:
    """Every office takes what waits at the step past it; what was sent down climbs again."""
    for _again in range(4):
        groups = waiting(stage.cycle, step)
        if not groups:
            return
        stage.move_clock(stage.moment + HOUR)
        if step.kind is Kind.PUBLICIZE:
            publicise(stage, step, groups)
            continue
        for files in groups:
            if step.kind is Kind.REVIEW and step.secret:
                committee.vote(stage, step, files)
            else:
                work(stage, step, files)


def waiting(cycle: Cycle, step: Step) -> list[Sequence[Application]]:
    """Files at the step, by the office that holds them."""
    rows = (
        Application.objects.filter(cycle=cycle, step=step.code, standing=Standing.OPEN)
        .exclude(holder=None)
        .select_related("cycle", "holder", "applicant", "employer")
        .order_by("holder", "pk")
    )
    groups: dict[tuple[int | None, str], list[Application]] = defaultdict(list)
    for row in rows:
        groups[row.holder_id, row.track if step.secret else ""].append(row)
    return list(groups.values())


def _close(stage: Stage) -> None:
    """The close passes: the latch falls, and a late draft is refused."""
    if stage.cycle.closed_at is not None or stage.moment > stage.cycle.closes_at + 400 * HOUR:
        return
    stage.move_clock(stage.cycle.closes_at + HOUR)
    latch(stage.cycle.pk)
    stage.cycle.refresh_from_db()
    for late in Application.objects.filter(pk__in=stage.late).order_by("pk"):
        _submit_late(stage, late)


def _submit_late(stage: Stage, late: Application) -> None:
    """The planting was counted when the draft was left lying."""
    try:
        submit(late.pk, by=late.applicant, signed_name=late.name, declared=True)
    except Refusal as refusal:
        stage.ledger.find(Slip.LATE, str(refusal))
        stage.refusals[f"{Slip.LATE}：{refusal}"] += 1
    else:
        raise Accepted(Slip.LATE)


def fingerprint(cycle: Cycle) -> str:
    """The same for two rehearsals that went the same way."""
    rows = Application.objects.filter(cycle=cycle).order_by("number")
    lines = [
        f"{number} {track} {step} {standing} {turn}"
        for number, track, step, standing, turn in rows.values_list(
            "number", "track", "step", "standing", "turn"
        )
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
