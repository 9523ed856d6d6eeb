"""What an applicant needs to know of their own applications: what is left to fill, and how far."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from juxian.access import scope
from juxian.access.acts import procedure_of
from juxian.records import labels
from juxian.records.clock import Moment
from juxian.records.models import (
    Application,
    CorrectionItem,
    Evidence,
    Handling,
    Person,
    ProceedingItem,
    RosterEntry,
    Section,
    StoredFile,
    Submission,
)
from juxian.records.packs import calendar, pack_of
from juxian.regulation import form as forms
from juxian.regulation.answers import Reading
from juxian.regulation.calendar import UnknownYear
from juxian.regulation.deadlines import deadline_of
from juxian.regulation.eligibility import Facts, Finding
from juxian.regulation.form import FieldKind
from juxian.regulation.pack import Material
from juxian.regulation.support import Bare, bare_claims, due_of
from juxian.regulation.words import Act, Kind, Standing
from juxian.selectors.correction import EVIDENCE, Returned
from juxian.selectors.facts import Answers, unsealed
from juxian.selectors.ladder import Rung, rungs_of

REASONED = (Act.SEND_BACK, Act.REJECT, Act.PASS_OVER, Act.RECALL, Act.DECLINE, Act.UPHOLD)
"""Acts whose words the applicant reads; votes, opinions and discipline letters stay closed."""

CLOSED = (Act.CONCUR, Act.DISSENT, Act.ADMIT, Act.DISMISS)


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the task list. `state` is none, doing, wrong, done, mend, mended or shut."""

    code: str
    number: int
    title: str
    state: str
    note: str = ""
    gaps: int = 0

    @property
    def is_left(self) -> bool:
        return self.state in ("none", "doing", "wrong", "mend")


@dataclass(frozen=True, slots=True)
class Card:
    """An application on its owner's first page."""

    application: Application
    track: str
    step: str
    rungs: tuple[Rung, ...]
    asked: int  # things to mend in an open return
    is_draft: bool
    due_at: datetime | None
    is_too_late: bool

    @property
    def is_withdrawn(self) -> bool:
        return self.application.standing == Standing.WITHDRAWN

    @property
    def is_over(self) -> bool:
        return is_over(self.application)


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    step: str
    act: str
    office: str
    words: str


def mine(person: Person, *also: str) -> QuerySet[Application]:
    """The person's own applications, with what their pages say of them, and these relations.

    `has_earlier` says whether there is anything to bring: another one that was submitted, or the
    person's line of the employer's roster. `read_at` is the moment of the question.
    """
    others = Submission.objects.filter(application__applicant=OuterRef("applicant"))
    line = RosterEntry.objects.filter(office=OuterRef("employer"), id_mark=OuterRef("id_mark"))
    has_earlier = Exists(others.exclude(application=OuterRef("pk"))) | Exists(line)
    rows = scope.own(person).select_related("cycle", "employer", *also)
    return rows.annotate(has_earlier=has_earlier, read_at=Moment())


def cards_of(person: Person, moment: datetime) -> tuple[Card, ...]:
    """The newest first; a fixed number of queries."""
    asked = (
        CorrectionItem.objects.filter(
            correction__application=OuterRef("pk"), correction__answered_at__isnull=True
        )
        .order_by()
        .values("correction__application")
        .annotate(count=Count("pk"))
        .values("count")
    )
    rows = list(
        mine(person)
        .select_related("holder", "result")
        .annotate(asked=Coalesce(Subquery(asked), 0))
        .order_by("-created_at", "-pk")
    )
    handlings = handlings_of(rows)
    items = items_of(rows)
    return tuple(
        _card(row, handlings.get(row.pk, []), items.get(row.pk, []), moment) for row in rows
    )


def handlings_of(rows: Sequence[Application]) -> dict[int, list[Handling]]:
    found: dict[int, list[Handling]] = {}
    wanted = Handling.objects.filter(application__in=rows).select_related("office")
    for handling in wanted.order_by("pk"):
        found.setdefault(handling.application_id, []).append(handling)
    return found


def items_of(rows: Sequence[Application]) -> dict[int, list[ProceedingItem]]:
    """Only what may be told: periods of publicity and ranks, no votes (`rungs_of` says votes)."""
    found: dict[int, list[ProceedingItem]] = {}
    wanted = ProceedingItem.objects.filter(
        application__in=rows, void_at__isnull=True, proceeding__kind=Kind.PUBLICIZE
    ).select_related("proceeding")
    for item in wanted.order_by("pk"):
        found.setdefault(item.application_id, []).append(item)
    return found


def _card(
    row: Application, done: list[Handling], items: list[ProceedingItem], moment: datetime
) -> Card:
    pack = pack_of(row.cycle)
    draft = is_draft(row)
    return Card(
        application=row,
        track=pack.track(row.track).title,
        step=step_title(row),
        rungs=() if draft else rungs_of(row, done, items),
        asked=getattr(row, "asked", 0),
        is_draft=draft,
        due_at=filing_due(row, moment) if draft else row.due_at,
        is_too_late=is_too_late(row, moment),
    )


def is_draft(application: Application) -> bool:
    return (
        application.standing == Standing.OPEN
        and application.step == pack_of(application.cycle).procedure.first.code
    )


def is_over(application: Application) -> bool:
    """Whether there is a result to tell; what was withdrawn has none."""
    standing = Standing(application.standing)
    return standing.is_final and standing is not Standing.WITHDRAWN


def is_with_applicant(application: Application) -> bool:
    return is_draft(application) or application.standing == Standing.RETURNED


def filing_due(application: Application, moment: datetime) -> datetime:
    """When the applicant should submit: the pack's own day for it, and after that the close."""
    pack = pack_of(application.cycle)
    closes = application.cycle.closes_at
    try:
        due = deadline_of(
            pack.deadlines, pack.procedure.first.code, closes=closes, calendar=calendar()
        )
    except UnknownYear:
        due = None
    return due if due is not None and moment < due else closes


def is_too_late(application: Application, moment: datetime) -> bool:
    """It is with its applicant, who can no longer submit it."""
    if application.standing == Standing.RETURNED:
        return application.due_at is not None and moment >= application.due_at
    cycle = application.cycle
    return is_draft(application) and (cycle.closed_at is not None or moment >= cycle.closes_at)


def step_title(application: Application) -> str:
    return procedure_of(application).step(application.step).title


def whose_turn(application: Application) -> str:
    """Who has the file now, in words."""
    if is_with_applicant(application):
        return _("您本人")
    if Standing(application.standing).is_final:
        return str(labels.STANDINGS[Standing(application.standing)])
    return application.holder.name if application.holder else ""


def tasks_of(
    sections: Mapping[str, Section],
    answers: Answers,
    reading: Reading,
    findings: Sequence[Finding],
    returned: Returned | None,
) -> tuple[Task, ...]:
    """The form's sections with how each stands; the reading is of those answers."""
    gaps = Counter(fault.section for fault in reading.missing())
    unmet: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.blocks:
            unmet.setdefault(finding.condition.where.split(".")[0], []).append(finding)
    return tuple(
        _task(
            section,
            number,
            sections.get(section.code),
            _Standing(gaps[section.code], unmet.get(section.code, []), answers, returned),
        )
        for number, section in enumerate(reading.form.sections, start=1)
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    gaps: int
    unmet: list[Finding]
    answers: Answers
    returned: Returned | None


def _task(section: forms.Section, number: int, row: Section | None, at: _Standing) -> Task:
    note = _rows_note(section, at.answers.get(section.code, {}))
    state, gaps = _state(section.code, row, at), at.gaps
    if at.unmet and state not in ("none", "shut"):
        note = at.unmet[0].detail or at.unmet[0].condition.says
    return Task(section.code, number, section.title, state, note, gaps)


def _state(code: str, row: Section | None, at: _Standing) -> str:
    if at.returned is not None:
        state = at.returned.state(code)
        return "mend" if state == "mended" and at.gaps else state
    if row is None:
        return "none"
    if at.gaps:
        return "doing"
    return "wrong" if at.unmet else "done"


def _rows_note(section: forms.Section, values: Mapping[str, object]) -> str:
    """How many rows its tables have: 获奖 4 · 论文 6."""
    tables = [field for field in section.fields if field.kind is FieldKind.ROWS]
    counts = [(field, values.get(field.code)) for field in tables]
    found = [(field.label, len(rows)) for field, rows in counts if isinstance(rows, list) and rows]
    if len(tables) == 1 and found:
        return _("%(count)d 条") % {"count": found[0][1]}
    return " · ".join(f"{label} {count}" for label, count in found)


def sections_of(application: Application) -> dict[str, Section]:
    return {row.code: row for row in Section.objects.filter(application=application)}


def section_of(application: Application, code: str) -> Section | None:
    return Section.objects.filter(application=application, code=code).first()


def answers_in(sections: Mapping[str, Section]) -> Answers:
    return {code: unsealed(row.values) for code, row in sections.items()}


def form_of(application: Application) -> forms.Form:
    return pack_of(application.cycle).form.for_track(application.track)


def materials_of(application: Application) -> tuple[Material, ...]:
    return tuple(
        material
        for material in pack_of(application.cycle).materials
        if material.is_for(application.track)
    )


def unproved(
    application: Application, facts: Facts, files: Sequence[Evidence]
) -> tuple[Material, ...]:
    """Materials that must be given, by these answers, and are not."""
    given = {file.material for file in files}
    due = due_of(pack_of(application.cycle), application.track, facts)
    return tuple(material for material in due if material.code not in given)


def bare_claims_of(
    application: Application, facts: Facts, files: Sequence[Evidence]
) -> tuple[Bare, ...]:
    """The conditions that are claimed and not supported by files enough."""
    given = ((file.material, file.claim) for file in files)
    return bare_claims(pack_of(application.cycle), application.track, facts, given)


def lacking(application: Application, facts: Facts, files: Sequence[Evidence]) -> frozenset[str]:
    """Codes of the materials still wanted: those due, and those that a bare claim may take.

    They may be given even where a return opened nothing of the evidence.
    """
    bare = bare_claims_of(application, facts, files)
    wanted = (*unproved(application, facts, files), *(m for one in bare for m in one.materials))
    return frozenset(material.code for material in wanted)


def photo_of(application: Application, answers: Answers) -> StoredFile | None:
    """The photograph that the form names."""
    digests = [
        answers.get(section.code, {}).get(asked.code)
        for section in form_of(application).sections
        for asked in section.fields
        if asked.kind is FieldKind.PHOTO
    ]
    return StoredFile.objects.filter(digest__in=[one for one in digests if one]).first()


def evidence_state(
    application: Application,
    facts: Facts,
    files: Sequence[Evidence],
    returned: Returned | None,
) -> str:
    """As a task's state: none, doing, done, mend, mended or shut."""
    wanted = lacking(application, facts, files)
    if returned is not None:
        return "mend" if wanted else returned.state(EVIDENCE)
    if not wanted:
        return "done"
    return "doing" if files else "none"


def events_of(application: Application, handlings: Sequence[Handling]) -> tuple[Event, ...]:
    """What was done, the newest first, in the words an applicant may read."""
    procedure = pack_of(application.cycle).procedure
    return tuple(
        Event(
            at=handling.done_at,
            step=procedure.step(handling.step).title,
            act=_("已办理") if handling.act in CLOSED else str(labels.ACTS[Act(handling.act)]),
            office=handling.office.name if handling.office else "",
            words=handling.opinion if handling.act in REASONED else "",
        )
        for handling in reversed(handlings)
    )


def rungs(application: Application) -> tuple[tuple[Rung, ...], tuple[Event, ...]]:
    """The way of one file and what was done on it."""
    done = handlings_of([application]).get(application.pk, [])
    items = items_of([application]).get(application.pk, [])
    return rungs_of(application, done, items), events_of(application, done)


def begun_in(person: Person, cycle_code: str) -> Application | None:
    """The live application in a cycle, if there is one."""
    live = ~Q(standing=Standing.WITHDRAWN)
    return mine(person).filter(live, cycle__code=cycle_code).first()


def opened(answers: Mapping[str, Mapping[str, object]]) -> Answers:
    """A submission's answers with every sealed value opened."""
    return {code: unsealed(values) for code, values in answers.items()}
