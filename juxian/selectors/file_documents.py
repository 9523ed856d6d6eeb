"""What documents about one person's file are made from: notices of what was done, and annexes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from juxian.access.acts import procedure_of
from juxian.records.models import (
    Application,
    Correction,
    Evidence,
    Handling,
    Office,
    StoredFile,
    Submission,
)
from juxian.records.packs import pack_of
from juxian.regulation.pack import Pack
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Act, Kind, Level, OfficeKind
from juxian.selectors.document_subjects import Subject
from juxian.selectors.evidence import evidence_in
from juxian.selectors.paper_inputs import FormInput
from juxian.selectors.papers import application_form_input

TURNED_DOWN = (
    Act.REJECT,
    Act.DISMISS,
    Act.UPHOLD,
    Act.DISSENT,
    Act.DECLINE,
    Act.PASS_OVER,
    Act.RECALL,
)
REOPENING = (Act.RELIST, Act.RECONSIDER)
"""What takes such a decision back."""

OPEN_REASONS = (Act.REJECT,)  # votes, objections and consulted bodies stay closed


@dataclass(frozen=True, slots=True)
class Notified:
    """Whom a notice is for, about which form, from which office on which day."""

    number: str
    programme: str
    form_title: str
    office: str
    phone: str
    name: str
    employer: str
    application: str
    turn: int
    submitted_on: date
    done_on: date


@dataclass(frozen=True, slots=True)
class Mending:
    """One thing to mend: where, why in a word, and what was said."""

    place: str
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class CorrectionInput:
    to: Notified
    opinion: str
    items: tuple[Mending, ...]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class AcceptanceInput:
    to: Notified
    step: str
    files: int


@dataclass(frozen=True, slots=True)
class RejectionInput:
    """`is_formal` when the region did not take the form up (不予受理); `reason` may be ""."""

    to: Notified
    step: str
    act: Act
    reason: str
    is_formal: bool


@dataclass(frozen=True, slots=True)
class AnnexInput:
    """The evidence of a turn in the order of the call's materials, with the files behind it."""

    form: FormInput = field(repr=False)
    files: tuple[StoredFile, ...]


def is_turned_down(acts: Iterable[str]) -> bool:
    """Whether the last decision among an office's acts, the first one first, is against a file."""
    said = [act for act in acts if act in (*TURNED_DOWN, *REOPENING)]
    return bool(said) and said[-1] in TURNED_DOWN


def correction_input(subject: Subject) -> CorrectionInput:
    """The latest return by the reader's offices; NotReady when there was none. 3 queries."""
    file = _file(subject)
    rows = Correction.objects.filter(application=file, handling__office__in=subject.offices)
    correction = rows.select_related("handling__office__parent").order_by("-pk").first()
    if correction is None:
        raise NotReady(_("本单位没有退回过这份申报"))
    items = correction.items.order_by("pk")
    pack = pack_of(file.cycle)
    return CorrectionInput(
        to=_notified(subject, correction.handling, "TH"),
        opinion=correction.handling.opinion,
        items=tuple(
            Mending(item.label, pack.return_reason_title(item.reason_code), item.words)
            for item in items
        ),
        due_at=correction.due_at,
    )


def acceptance_input(subject: Subject) -> AcceptanceInput:
    """That the reader's office found the form in order; NotReady before it did. 2 queries."""
    file = _file(subject)
    procedure = procedure_of(file)
    checks = [
        step.code
        for step in procedure.steps
        if step.kind is Kind.VERIFY and step.level is not Level.EMPLOYER
    ]
    handling = _latest(subject, [Act.ENDORSE], checks)
    if handling is None:
        raise NotReady(_("本单位还没有审核通过这份申报；通过以后才能打印受理通知书"))
    to = _notified(subject, handling, "SL")
    submission = _submission(file, handling.turn)
    return AcceptanceInput(to, procedure.step(handling.step).title, len(submission.evidence))


def rejection_input(subject: Subject) -> RejectionInput:
    """The latest decision of the reader's offices against the file. 2 queries."""
    file = _file(subject)
    handling = _latest(subject, (*TURNED_DOWN, *REOPENING))
    if handling is None or handling.act in REOPENING:
        raise NotReady(_("本单位没有对这份申报作出不予受理或不予推荐的决定"))
    step = procedure_of(file).step(handling.step)
    act = Act(handling.act)
    return RejectionInput(
        to=_notified(subject, handling, "BY"),
        step=step.title,
        act=act,
        reason=handling.opinion if act in OPEN_REASONS else "",
        is_formal=step.kind is Kind.VERIFY and step.level is Level.PROVINCE,
    )


def form_of_turn(file: Application) -> FormInput:
    """The form of the present turn; NotReady before it was submitted."""
    return application_form_input(file, _submission(file, file.turn))


def annex_input(subject: Subject) -> AnnexInput:
    return annexes_of(_file(subject))


def submitted_numbered(number: str) -> Application | None:
    rows = Application.objects.filter(number=number, submitted_at__isnull=False)
    return rows.select_related("cycle__organiser", "employer", "holder").first()


def annexes_of(file: Application) -> AnnexInput:
    """NotReady for a form without evidence, or one of whose files was withheld."""
    submission = _submission(file, file.turn)
    files = _in_order(pack_of(file.cycle), evidence_in(submission))
    if not files:
        raise NotReady(_("这份申报没有证明材料"))
    if any(one.file.withheld_at for one in files):
        raise NotReady(_("有一份材料带密级标志，已被拦截；申报人换成脱密的材料以后才能汇编"))
    given = application_form_input(file, submission)
    return AnnexInput(given, tuple(one.file for one in files))


def _in_order(pack: Pack, files: list[Evidence]) -> list[Evidence]:
    """As the form lists them: by the call's materials, and within one as the applicant has them."""
    order = [material.code for material in pack.materials]
    known = [one for one in files if one.material in order]
    return sorted(known, key=lambda one: order.index(one.material))


def _file(subject: Subject) -> Application:
    if subject.file is None:
        raise LookupError(subject.key)
    return subject.file


def _latest(
    subject: Subject, acts: list[Act] | tuple[Act, ...], steps: list[str] | None = None
) -> Handling | None:
    rows = Handling.objects.filter(
        application=subject.file, office__in=subject.offices, act__in=acts
    )
    if steps is not None:
        rows = rows.filter(step__in=steps)
    return rows.select_related("office__parent").order_by("-pk").first()


def _submission(file: Application, turn: int) -> Submission:
    found = Submission.objects.filter(application=file, turn=turn).first()
    if found is None:
        raise NotReady(_("这份申报还没有提交"))
    return found


def _notified(subject: Subject, handling: Handling, letters: str) -> Notified:
    file = _file(subject)
    submission = _submission(file, handling.turn)
    office = _publisher(handling.office)
    pack = pack_of(file.cycle)
    here = handling.office
    return Notified(
        number=f"{letters}-{file.number}-{handling.pk}",
        programme=pack.programme.title,
        form_title=pack.programme.form_title,
        office=office.name if office else "",
        phone=(here.phone or (office.phone if office else "")) if here else "",
        name=file.name,
        employer=file.employer.name,
        application=file.number,
        turn=handling.turn,
        submitted_on=timezone.localtime(submission.submitted_at).date(),
        done_on=timezone.localtime(handling.done_at).date(),
    )


def _publisher(office: Office | None) -> Office | None:
    """A division writes for the office above it."""
    if office is not None and office.kind == OfficeKind.DIVISION and office.parent:
        return office.parent
    return office
