"""One file as an office reads it: the form, its evidence, what was found, done and asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from juxian.access.acts import procedure_of
from juxian.access.duties import duties_of
from juxian.records import labels
from juxian.records.clock import minute
from juxian.records.models import (
    Application,
    Correction,
    CorrectionItem,
    Evidence,
    Handling,
    Person,
    ProceedingItem,
    StoredFile,
    Submission,
)
from juxian.records.packs import pack_of
from juxian.regulation.form import FieldKind
from juxian.regulation.pack import Pack
from juxian.regulation.procedure import Step
from juxian.regulation.words import Act, Kind, Level
from juxian.selectors.desk_facts import certifications_on, last_correction_on
from juxian.selectors.examination import is_elsewhere
from juxian.selectors.facts import unsealed
from juxian.selectors.findings import Found, findings_on, marks_of
from juxian.selectors.form_reading import Part, read
from juxian.selectors.ladder import Rung, rungs_of
from juxian.selectors.nomination import placed_in_words
from juxian.selectors.windows import windows_of

LEVELS = tuple(Level)
TWO = 2


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence as submitted; `state` is same, or new since the turn before."""

    number: int
    evidence: Evidence
    material: str
    pages: int
    state: str
    is_shared: bool  # the same scan was given in another person's application


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline; the opinion of a body above the reader stays closed."""

    handling: Handling
    step: Step
    opinion: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    application: Application
    step: Step
    track: str
    channel: str
    submission: Submission | None
    parts: tuple[Part, ...]
    proofs: tuple[Proof, ...]
    removed: tuple[str, ...]  # titles of evidence that the last turn still had
    findings: tuple[Found, ...]
    marks: tuple[str, ...]
    timeline: tuple[Entry, ...]
    correction: Correction | None  # the latest return to the applicant
    asked: tuple[CorrectionItem, ...]  # what it asked for
    rungs: tuple[Rung, ...]
    compared_with: int | None  # the turn that the differences are since
    listed_on: int | None  # the open proceeding that has the file

    @property
    def open_questions(self) -> tuple[Found, ...]:
        return tuple(found for found in self.findings if found.is_open)

    @property
    def sent_down(self) -> Entry | None:
        """What the level above returned the file for, while it lies with the level below."""
        if not self.application.resumes_at or self.step.kind is Kind.FILL:
            return None
        above = self.application.resumes_at[-1]
        downs = (one for one in self.timeline if one.handling.act == Act.SEND_DOWN)
        return next((one for one in downs if one.step.code == above), None)

    @property
    def is_barred(self) -> bool:
        return any(found.bars for found in self.findings)

    @property
    def notable(self) -> tuple[Found, ...]:
        return tuple(found for found in self.findings if found.is_notable)

    @property
    def plain(self) -> tuple[Found, ...]:
        return tuple(found for found in self.findings if not found.is_notable)

    @property
    def changed(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.is_changed)


def casefile_of(application: Application, *, reader: Person) -> CaseFile:
    """At most 6 queries, whatever it holds; it comes with its cycle, employer and holder."""
    pack = pack_of(application.cycle)
    now, before = _last_two(application)
    items = list(
        ProceedingItem.objects.filter(application=application, void_at__isnull=True)
        .select_related("proceeding")
        .order_by("pk")
    )
    open_lists = [i.proceeding_id for i in items if i.proceeding.concluded_at is None]
    handlings = list(
        Handling.objects.filter(application=application)
        .select_related("by", "office")
        .order_by("pk")
    )
    asked = _asked_last(application, handlings)
    return CaseFile(
        application=application,
        step=procedure_of(application).step(application.step),
        track=pack.track(application.track).title,
        channel=pack.channel(application.channel).title if application.channel else "",
        submission=now,
        parts=_parts(pack, application, now, before),
        proofs=_proofs(pack, now, before),
        removed=_removed(now, before),
        findings=findings_on(pack, now, certifications_on(application)),
        marks=marks_of(pack, application),
        timeline=_timeline(application, handlings, items, reader),
        correction=asked[0].correction if asked else None,
        asked=asked,
        rungs=rungs_of(application, handlings, items),
        compared_with=before.turn if before else None,
        listed_on=next(iter(open_lists), None),
    )


def last_done(application: Application) -> str:
    """Who did what to the file last, and when; "" for nothing. 1 query."""
    rows = Handling.objects.filter(application=application).select_related("by", "office")
    last = rows.order_by("pk").last()
    if last is None:
        return ""
    return _("%(who)s已于%(at)s办理：%(act)s") % {
        "who": f"{last.office.name} {last.by.name}" if last.office else last.by.name,
        "at": minute(last.done_at),
        "act": labels.ACTS[last.act],
    }


def latest_submission(application: Application) -> Submission | None:
    return Submission.objects.filter(application=application).order_by("-turn").first()


def photo_at(application: Application, path: str) -> str:
    """The digest of the photograph that the latest submission names there; "" for none."""
    section, _dot, name = path.partition(".")
    form = pack_of(application.cycle).form
    known = {
        f"{part.code}.{field.code}"
        for part in form.sections
        for field in part.fields
        if field.kind is FieldKind.PHOTO
    }
    submission = latest_submission(application)
    if submission is None or path not in known:
        return ""
    return str(submission.answers.get(section, {}).get(name, ""))


def photograph(digest: str) -> StoredFile | None:
    """The picture of that digest; None when none is on file."""
    return StoredFile.objects.filter(digest=digest, media_type__startswith="image/").first()


def _last_two(application: Application) -> tuple[Submission | None, Submission | None]:
    """The present turn's, and the one before it that its applicant had not taken back."""
    taken = Handling.objects.filter(
        application=application, act=Act.TAKE_BACK, turn=OuterRef("turn")
    )
    counted = Q(turn=application.turn) | ~Exists(taken)
    rows = list(Submission.objects.filter(counted, application=application).order_by("-turn")[:TWO])
    now, before, *_rest = (*rows, None, None)
    return now, before


def _asked_last(
    application: Application, handlings: Sequence[Handling]
) -> tuple[CorrectionItem, ...]:
    """Everything the latest return asked for; a return always asks for something."""
    asked = last_correction_on(application)
    done = {handling.pk: handling for handling in handlings}
    for item in asked:
        item.correction.handling = done[item.correction.handling_id]
    return asked


def _parts(
    pack: Pack, application: Application, now: Submission | None, before: Submission | None
) -> tuple[Part, ...]:
    if now is None:
        return ()
    form = pack.form.for_track(application.track)
    return read(
        form,
        unsealed(now.answers),
        unsealed(before.answers) if before else None,
        windows=windows_of(pack, application.track),
    )


def _proofs(pack: Pack, now: Submission | None, before: Submission | None) -> tuple[Proof, ...]:
    given: Sequence[Mapping[str, Any]] = now.evidence if now else ()
    rows = (
        Evidence.objects.select_related("file__examination")
        .annotate(is_shared=is_elsewhere())
        .in_bulk([entry["id"] for entry in given])
    )
    had = {entry["digest"] for entry in (before.evidence if before else given)}
    titles = {material.code: material.title for material in pack.materials}
    return tuple(
        Proof(
            number=number,
            evidence=rows[entry["id"]],
            material=titles.get(entry["material"], entry["material"]),
            pages=entry["pages"],
            state="same" if entry["digest"] in had else "new",
            is_shared=bool(getattr(rows[entry["id"]], "is_shared", False)),
        )
        for number, entry in enumerate(given, start=1)
    )


def _removed(now: Submission | None, before: Submission | None) -> tuple[str, ...]:
    if now is None or before is None:
        return ()
    kept = {entry["digest"] for entry in now.evidence}
    return tuple(entry["title"] for entry in before.evidence if entry["digest"] not in kept)


def _timeline(
    application: Application,
    handlings: Sequence[Handling],
    items: Sequence[ProceedingItem],
    reader: Person,
) -> tuple[Entry, ...]:
    """The latest first. What a consulted body above the reader wrote stays closed (纪检意见), and
    why an evaluation was taken up again there; where a nomination was ranked is for its own level
    and those above."""
    pack, procedure = pack_of(application.cycle), procedure_of(application)
    level = level_of(application, handlings, reader)
    ranked = {item.proceeding_id: item for item in items if item.bucket}
    entries = []
    for handling in reversed(handlings):
        step = procedure.step(handling.step)
        opinion = handling.opinion
        if LEVELS.index(step.level) > level:
            closed = (step.kind is Kind.OPINE or handling.act == Act.RECONSIDER) and opinion
            opinion = _("（内容不公开）") if closed else opinion
        elif handling.act == Act.RECOMMEND and handling.proceeding_id in ranked:
            opinion = placed_in_words(pack, ranked[handling.proceeding_id])
        entries.append(Entry(handling, step, opinion))
    return tuple(entries)


def level_of(application: Application, handlings: Sequence[Handling], reader: Person) -> int:
    """The highest level at which the reader's offices hold or have handled it; -1 for none."""
    offices = {office for duty in duties_of(reader) for office in duty.office_ids}
    steps = [handling.step for handling in handlings if handling.office_id in offices]
    if application.holder_id in offices:
        steps.append(application.step)
    procedure = procedure_of(application)
    return max((LEVELS.index(procedure.step(step).level) for step in steps), default=-1)
