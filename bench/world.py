"""The site under test: a region, ten thousand applications with the province, drafts to finish.

Some dozens are filled and taken up the ladder through the actions; the others are their copies.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bench.cloning import clone
from bench.pictures import photograph, small_scan
from juxian.actions.application import begin, save_section
from juxian.actions.evidence import attach, set_photo
from juxian.actions.person import register
from juxian.jobs.rehearsal.applicants import explain, filler_for
from juxian.jobs.rehearsal.drive import receiving_of, run, staged
from juxian.jobs.rehearsal.people import somebody
from juxian.jobs.rehearsal.region import build
from juxian.jobs.rehearsal.stage import Stage
from juxian.jobs.scratch import follow_setting, set_clock, shift_clock
from juxian.records.models import Application, Cycle, Person
from juxian.records.packs import pack_named
from juxian.regulation.answers import facts
from juxian.regulation.form import FieldKind
from juxian.regulation.support import enough_for
from juxian.regulation.words import Role, Standing

PACK = "2020-special-allowance"
STEP = "formal_check"
SEED = 2020
FILED = 60  # filed through the actions
WHOLE = 10_000  # waiting with one officer in the end
DRAFTED = 16
BEIJING = ZoneInfo("Asia/Shanghai")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class World:
    """The officer has all of `waiting`; each draft wants only a signature."""

    officer: Person
    waiting: tuple[Application, ...]
    drafts: tuple[Application, ...]


def build_world(say: Say, *, drafts: int, whole: int = WHOLE, filed: int = FILED) -> World:
    pack = pack_named(PACK)
    follow_setting()
    set_clock(pack.window.opens - timedelta(days=3))
    region = build(receiving=receiving_of(pack))
    stage = staged(pack, region, SEED)
    say(f"{filed} 份申报经由操作填写、提交、逐级办理……")
    run(stage, filed, until=STEP)
    stage.move_clock(stage.moment + timedelta(hours=1))
    track = pack.tracks[0].code
    at_province = Application.objects.filter(
        cycle=stage.cycle, step=STEP, standing=Standing.OPEN, track=track
    )
    sources = list(at_province.select_related("employer").order_by("pk"))
    _reopen(stage)
    begun = [_draft(stage, serial) for serial in range(DRAFTED)]
    say(f"复制为 {whole} 份待审申报和 {drafts} 份草稿……")
    clone(sources, max(whole - len(sources), 0), label="w")
    clone(begun, drafts - len(begun), label="d")
    shift_clock(datetime.now(BEIJING) - stage.moment)
    division = sources[0].holder_id or 0
    drafting = Application.objects.filter(submitted_at__isnull=True, step=pack.procedure.first.code)
    return World(
        officer=region.officers[division, Role.HANDLER],
        waiting=tuple(at_province.select_related("applicant").order_by("pk")),
        drafts=tuple(drafting.select_related("applicant").order_by("pk")),
    )


def _reopen(stage: Stage) -> None:
    """The province is at work already, and still people file: both in one cycle, for once."""
    later = stage.moment + timedelta(days=60)
    Cycle.objects.filter(pk=stage.cycle.pk).update(closes_at=later, closed_at=None)
    stage.cycle.refresh_from_db()


def _draft(stage: Stage, serial: int) -> Application:
    dice = Random(SEED + serial)
    who = somebody(dice, 20_000 + serial)
    employer = dice.choice([e for e in stage.region.employers if not e.holder])
    track = stage.pack.tracks[serial % 6 == 5].code
    person = register(f"bench-{serial}", None, name=who.name, employer=employer)
    draft = begin(stage.cycle.pk, by=person, employer_id=employer.pk, track=track)
    filler = filler_for(stage, employer, track, who, dice)
    filler.fill()
    explain(filler, employer)
    for code, values in filler.answers.items():
        save_section(draft.pk, code, values, by=person, version=0)
    for section in filler.form.sections:
        for asked in section.fields:
            if asked.kind is FieldKind.PHOTO:
                picture = photograph()
                set_photo(draft.pk, section.code, asked.code, by=person, version=1, content=picture)
    for material in enough_for(stage.pack, track, facts(filler.form, filler.answers)):
        attach(draft.pk, by=person, material=material.code, title="", content=small_scan())
    draft.refresh_from_db()
    return draft
