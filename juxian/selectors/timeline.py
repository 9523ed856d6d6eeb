"""One file from end to end for its supervisor (个案时间线): acts and papers, never the contents."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from juxian.access.acts import procedure_of
from juxian.records.models import (
    Application,
    Certification,
    CorrectionItem,
    Handling,
    ProceedingItem,
    Recusal,
    Submission,
    Trace,
)
from juxian.records.packs import pack_of
from juxian.regulation.procedure import Step
from juxian.regulation.recusal import RELATIONS
from juxian.regulation.tally import Tally
from juxian.regulation.words import Act
from juxian.selectors.ballot import tells_votes, too_few

READ = 20
PAPERS = ("open_file", "open_timeline", "print", "export_ministry")


@dataclass(frozen=True, slots=True)
class Event:
    """An act, with what was submitted by it, asked for by it, or found on a list."""

    handling: Handling
    step: Step
    submission: Submission | None
    asked: tuple[CorrectionItem, ...]
    outcome: tuple[str, ...]

    @property
    def opinion(self) -> str:
        """The opinion, but of an objection upheld: that is a conclusion on what somebody said."""
        return "" if self.handling.act == Act.UPHOLD else self.handling.opinion


@dataclass(frozen=True, slots=True)
class Certified:
    certification: Certification
    says: str


@dataclass(frozen=True, slots=True)
class KeptOut:
    recusal: Recusal
    relation: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The latest first; `listed_on` are open lists that have the file."""

    application: Application
    step: Step
    track: str
    events: tuple[Event, ...]
    listed_on: tuple[ProceedingItem, ...]
    settled: tuple[Certified, ...]  # decided by an officer, with a reason
    certified: tuple[Certified, ...]  # certified by the employer
    kept_out: tuple[KeptOut, ...]
    read: tuple[Trace, ...]
    objections: int
    unanswered: int

    @property
    def returns(self) -> int:
        return sum(event.handling.act == Act.SEND_BACK for event in self.events)


def with_objections(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Files as `timeline_of` wants them: with what they belong to, and objections in figures."""
    is_open = Q(objections__closed_at__isnull=True, objections__isnull=False)
    return rows.select_related("cycle", "employer", "holder").annotate(
        objected=Count("objections"), unanswered=Count("objections", filter=is_open)
    )


def timeline_of(application: Application) -> Timeline:
    """7 queries, on a file of `with_objections`."""
    pack = pack_of(application.cycle)
    procedure = procedure_of(application)
    items = list(
        ProceedingItem.objects.filter(application=application)
        .select_related("proceeding__office")
        .order_by("-pk")
    )
    says = {condition.code: condition.says for condition in pack.conditions}
    said = Certification.objects.filter(application=application).select_related("by", "office")
    certified = [
        Certified(one, says.get(one.condition, one.condition)) for one in said.order_by("-pk")
    ]
    return Timeline(
        application=application,
        step=procedure.step(application.step),
        track=pack.track(application.track).title,
        events=_events(application, items),
        listed_on=tuple(item for item in items if item.proceeding.concluded_at is None),
        settled=tuple(one for one in certified if one.certification.reason),
        certified=tuple(one for one in certified if not one.certification.reason),
        kept_out=_kept_out(application),
        read=_read(application),
        objections=int(getattr(application, "objected", 0)),
        unanswered=int(getattr(application, "unanswered", 0)),
    )


def _events(application: Application, items: Sequence[ProceedingItem]) -> tuple[Event, ...]:
    """3 queries. What was submitted is told by its turn and digest alone."""
    procedure = procedure_of(application)
    given = Submission.objects.filter(application=application).only("turn", "digest")
    submissions = {submission.turn: submission for submission in given}
    asked: Mapping[int, list[CorrectionItem]] = defaultdict(list)
    for entry in (
        CorrectionItem.objects.filter(correction__application=application)
        .select_related("correction")
        .order_by("pk")
    ):
        asked[entry.correction.handling_id].append(entry)
    listed = {item.proceeding_id: item for item in items}
    done = Handling.objects.filter(application=application).select_related("by", "office")
    return tuple(
        Event(
            handling=handling,
            step=procedure.step(handling.step),
            submission=submissions.get(handling.turn) if handling.act == Act.SUBMIT else None,
            asked=tuple(asked.get(handling.pk, ())),
            outcome=tuple(
                _outcome(procedure.step(handling.step), listed.get(handling.proceeding_id or 0))
            ),
        )
        for handling in done.order_by("-pk")
    )


def _outcome(step: Step, item: ProceedingItem | None) -> Iterator[str]:
    """What a list came to for one person, in a few words."""
    if item is None:
        return
    listed = item.proceeding
    if listed.starts_on and listed.ends_on:
        days = {"starts": listed.starts_on.isoformat(), "ends": listed.ends_on.isoformat()}
        yield _("公示 %(starts)s 至 %(ends)s") % days
    if item.ayes is not None:
        votes = Tally(item.ayes, item.nays or 0, item.abstained or 0, item.recused or 0)
        yield _said(votes, listed.present, is_secret=step.secret)
    if item.rank is not None:
        yield _("第 %(rank)d 名") % {"rank": item.rank}
    if item.reserve is not None:
        yield _("备选第 %(reserve)d 位") % {"reserve": item.reserve}
    if listed.document_number:
        yield listed.document_number
    if item.void_at is not None:
        yield _("已失效")


def _said(votes: Tally, present: int | None, *, is_secret: bool) -> str:
    if is_secret and tells_votes(votes):
        return too_few()
    return _(
        "实到 %(present)s，同意 %(ayes)s，反对 %(nays)s，弃权 %(abstained)s，回避 %(recused)s"
    ) % {
        "present": present,
        "ayes": votes.ayes,
        "nays": votes.nays,
        "abstained": votes.abstained,
        "recused": votes.recused,
    }


def _kept_out(application: Application) -> tuple[KeptOut, ...]:
    rows = Recusal.objects.filter(application=application).select_related("member__person")
    return tuple(
        KeptOut(row, RELATIONS.get(row.relation, row.relation)) for row in rows.order_by("pk")
    )


def _read(application: Application) -> tuple[Trace, ...]:
    """Who read or printed it last."""
    rows = Trace.objects.filter(
        subject="application", subject_id=str(application.pk), act__in=PAPERS
    )
    return tuple(rows.select_related("by").order_by("-pk")[:READ])
