"""A cycle as its supervisor sees it: how far it is, what runs, and what is worth a look (总览)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import (
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from juxian.access import scope
from juxian.records.clock import day
from juxian.records.models import (
    Application,
    Ballot,
    Cycle,
    Envelope,
    Handling,
    Objection,
    Panel,
    Person,
    Proceeding,
    SeatsChange,
    Trace,
)
from juxian.records.packs import calendar, pack_of
from juxian.regulation.calendar import UnknownYear
from juxian.regulation.deadlines import deadlines_of
from juxian.regulation.procedure import Step
from juxian.regulation.words import Act, Kind, Standing
from juxian.selectors.ballot import Polled, polled
from juxian.selectors.counting import number_of
from juxian.selectors.cycle import OutcomeCount, StepCount, funnel_of
from juxian.selectors.proceeding import days_left, with_figures
from juxian.selectors.recount import Recount, recounts_of
from juxian.selectors.traces import EVENING, EXPORT, MORNING, Asked, matching

OFTEN = 2  # returns of one file
LISTED = 6  # files named under one head
NIGHT = timedelta(days=7)  # how far back readings at night are looked for


@dataclass(frozen=True, slots=True)
class CycleLine:
    """A cycle in the list of cycles, with counts."""

    cycle: Cycle
    files: int
    notices: int
    voting: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A step with its files by track, its internal deadline, and whether it is past."""

    count: StepCount
    due_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice that is posted and not concluded; `days_left` None beyond the known calendar."""

    proceeding: Proceeding
    step: Step
    people: int
    objections: int
    days_left: int | None


@dataclass(frozen=True, slots=True)
class BallotLine:
    """A round: members of the panel, those who have pledged and may vote, and those who have.

    `recount` is None until the ballot is counted.
    """

    ballot: Ballot
    step: Step
    candidates: int
    members: int
    pledged: int
    present: int
    recount: Recount | None


@dataclass(frozen=True, slots=True)
class Notable:
    """One thing looked for: how often it was found, and in which files; tone of its badge."""

    title: str
    count: int
    tone: str = "wait"
    detail: str = ""
    numbers: tuple[str, ...] = ()
    ballots: tuple[int, ...] = ()
    search: str = ""  # the query by which the traces of it are found

    @property
    def unnamed(self) -> int:
        """How many files there are beside those named."""
        return self.count - len(self.numbers) if self.numbers else 0


@dataclass(frozen=True, slots=True)
class Overview:
    cycle: Cycle
    tracks: tuple[str, ...]
    stages: tuple[Stage, ...]
    outcomes: tuple[OutcomeCount, ...]
    live: int
    notices: tuple[NoticeLine, ...]
    panels: tuple[Panel, ...]
    ballots: tuple[BallotLine, ...]
    looked_for: tuple[Notable, ...]

    @property
    def notable(self) -> tuple[Notable, ...]:
        return tuple(one for one in self.looked_for if one.count)

    @property
    def alerts(self) -> tuple[Notable, ...]:
        """What was found and is more than a record of work that is often done."""
        return tuple(one for one in self.notable if one.tone != "go")

    @property
    def clear(self) -> tuple[Notable, ...]:
        return tuple(one for one in self.looked_for if not one.count)


def cycles_of(person: Person) -> tuple[CycleLine, ...]:
    """The cycles they supervise, the newest first, with what they watch over in each. 1 query."""
    sent_in = scope.watched(person).filter(cycle=OuterRef("pk"))
    posted = _posted(scope.watched_lists(person).filter(cycle=OuterRef("pk")))
    ballots = scope.watched_ballots(person)
    voting = ballots.filter(panel__cycle=OuterRef("pk"), closed_at__isnull=True)
    rows = (
        scope.supervised(person)
        .select_related("organiser")
        .annotate(
            files=number_of(sent_in),
            notices=number_of(posted),
            voting=number_of(voting),
        )
    )
    return tuple(
        CycleLine(row, row.files, row.notices, row.voting)
        for row in rows.order_by("-opened_at", "-pk")
    )


def overview_of(cycle: Cycle, *, by: Person, now: datetime) -> Overview:
    """8 queries, whatever the cycle holds; `by` supervises it."""
    funnel = funnel_of(cycle)
    panels = _panels(cycle, by)
    ballots = _ballots(scope.watched_ballots(by).filter(panel__cycle=cycle), panels)
    watched = tuple(panel for panel in panels if getattr(panel, "is_watched", False))
    due = _deadlines(cycle)
    looked_for = (
        *_of_files(scope.watched(by).filter(cycle=cycle), now),
        *_of_ballots(ballots, watched),
        *_of_records(cycle, by, now),
    )
    return Overview(
        cycle=cycle,
        tracks=funnel.tracks,
        stages=tuple(_stage(count, due.get(count.step.code), now) for count in funnel.steps),
        outcomes=funnel.outcomes,
        live=funnel.live,
        notices=_notices(cycle, by, now),
        panels=watched,
        ballots=ballots,
        looked_for=looked_for,
    )


def ballot_line(ballot: Ballot) -> BallotLine:
    """One ballot in figures alone. 2 queries."""
    [one] = polled(Ballot.objects.filter(pk=ballot.pk))
    [panel] = _with_pledges(Panel.objects.filter(pk=ballot.panel_id))
    return _line(ballot, one, panel, None)


def _stage(count: StepCount, due_at: datetime | None, now: datetime) -> Stage:
    return Stage(count, due_at, bool(count.total and due_at and due_at < now))


def _deadlines(cycle: Cycle) -> Mapping[str, datetime]:
    """None known where the calendar does not reach."""
    try:
        return deadlines_of(pack_of(cycle).deadlines, closes=cycle.closes_at, calendar=calendar())
    except UnknownYear:
        return {}


def _posted(rows: QuerySet[Proceeding]) -> QuerySet[Proceeding]:
    return rows.filter(kind=Kind.PUBLICIZE, starts_on__isnull=False, concluded_at__isnull=True)


def _notices(cycle: Cycle, by: Person, now: datetime) -> tuple[NoticeLine, ...]:
    """Those that end first come first. 1 query."""
    pack, today = pack_of(cycle), day(now)
    objections = Objection.objects.filter(proceeding=OuterRef("pk"))
    rows = with_figures(_posted(scope.watched_lists(by).filter(cycle=cycle)))
    found = []
    for row in rows.annotate(said=number_of(objections)).order_by("ends_on", "pk"):
        step = pack.procedure.step(row.step)
        left = days_left(step, row.starts_on, row.ends_on, today)
        found.append(NoticeLine(row, step, getattr(row, "listed", 0), row.said, left))
    return tuple(found)


def _panels(cycle: Cycle, by: Person) -> tuple[Panel, ...]:
    """With how many sit, have pledged and have declared, and recusals by who found them.

    All of the cycle, and whether each `is_watched`.
    """
    watched = Exists(scope.watched_panels(by).filter(pk=OuterRef("pk")))
    rows = Panel.objects.filter(cycle=cycle).annotate(is_watched=watched)
    return tuple(_with_pledges(rows).order_by("pk"))


def _with_pledges(rows: QuerySet[Panel]) -> QuerySet[Panel]:
    """1 query."""
    found = Q(members__recusals__is_computed=True)
    return rows.annotate(
        size=Count("members", distinct=True),
        pledged=Count("members", filter=Q(members__pledged_at__isnull=False), distinct=True),
        declared=Count("members", filter=Q(members__declared_at__isnull=False), distinct=True),
        recused=Count("members__recusals", filter=~found, distinct=True),
        found=Count("members__recusals", filter=found, distinct=True),
    )


def _ballots(rows: QuerySet[Ballot], panels: Sequence[Panel]) -> tuple[BallotLine, ...]:
    """Round by round, list by list. 3 queries."""
    related = rows.select_related("panel", "proceeding__cycle")
    ballots = polled(related.order_by("proceeding", "round"))
    recounts = {recount.ballot.pk: recount for recount in recounts_of(ballots)}
    by_key = {panel.pk: panel for panel in panels}
    return tuple(
        _line(one.ballot, one, by_key[one.ballot.panel_id], recounts.get(one.ballot.pk))
        for one in ballots
    )


def _line(ballot: Ballot, one: Polled, panel: Panel, recount: Recount | None) -> BallotLine:
    return BallotLine(
        ballot=ballot,
        step=pack_of(ballot.proceeding.cycle).procedure.step(ballot.proceeding.step),
        candidates=len(one.candidates),
        members=one.members,
        pledged=int(getattr(panel, "pledged", 0)),
        present=one.present,
        recount=recount,
    )


def _of_files(files: QuerySet[Application], now: datetime) -> tuple[Notable, ...]:
    """Files past an internal deadline, and those returned again and again. 1 query."""
    late = files.filter(standing=Standing.OPEN, due_at__lt=now).order_by("due_at", "pk")
    returns = Handling.objects.filter(act=Act.SEND_BACK).values("application")
    often = returns.annotate(n=Count("pk")).filter(n__gte=OFTEN).values("application")
    again = files.filter(pk__in=often).order_by("pk")
    heads = {
        _("过了内部时限仍在办理的申报"): late,
        _("退回 %(n)d 次以上的申报") % {"n": OFTEN}: again,
    }
    first, second = (
        rows.annotate(head=Value(head), total=Window(Count("pk"))).values_list(
            "head", "total", "number"
        )[:LISTED]
        for head, rows in heads.items()
    )
    total: dict[str, int] = {}
    numbers: dict[str, list[str]] = defaultdict(list)
    for head, count, number in first.union(second, all=True):
        total[head] = count
        numbers[head].append(number)
    return tuple(
        Notable(head, total.get(head, 0), numbers=tuple(sorted(numbers[head]))) for head in heads
    )


def _of_ballots(ballots: Sequence[BallotLine], panels: Sequence[Panel]) -> tuple[Notable, ...]:
    wrong = [line.ballot.pk for line in ballots if line.recount and not line.recount.agrees]
    void = [line.ballot.pk for line in ballots if line.ballot.is_void]
    recused, found = (
        sum(int(getattr(panel, name, 0)) for panel in panels) for name in ("recused", "found")
    )
    said = _("本人申报 %(recused)d 项，系统发现 %(found)d 项") % {
        "recused": recused,
        "found": found,
    }
    return (
        Notable(_("重新计票与记录不一致的表决"), len(wrong), "stop", ballots=tuple(wrong)),
        Notable(_("作废的表决"), len(void), ballots=tuple(void)),
        Notable(_("须回避的情形"), recused + found, "go", said if recused + found else ""),
    )


def _of_records(cycle: Cycle, by: Person, now: datetime) -> tuple[Notable, ...]:
    """1 query."""
    nights = Asked(at_night=True, since=day(now - NIGHT))
    of_cycle = OuterRef("pk")
    counted = Envelope.objects.filter(
        ballot__in=scope.watched_ballots(by),
        ballot__panel__cycle=of_cycle,
        ballot__closed_at__isnull=False,
        ballot__is_void=False,
        member__declared_at__isnull=True,
    )
    files = scope.watched(by)
    said = Objection.objects.filter(proceeding__cycle=of_cycle, application__in=files)
    changes = SeatsChange.objects.filter(seats__in=scope.watched_seats(by, cycle))
    read = matching(scope.traces(by, cycle), nights)
    exports = Trace.objects.filter(
        subject="cycle", act=EXPORT, subject_id=Cast(of_cycle, CharField())
    )
    row = Cycle.objects.annotate(
        undeclared=number_of(counted),
        objected=number_of(said),
        unanswered=number_of(said.filter(closed_at__isnull=True)),
        upheld=number_of(said.filter(upheld=True)),
        seats_changed=number_of(changes.filter(seats__cycle=of_cycle)),
        exported=number_of(exports),
        at_night=number_of(read),
    ).get(pk=cycle.pk)
    figures = {"n": row.unanswered, "upheld": row.upheld}
    says = _("%(n)d 件没有办结，%(upheld)d 件成立") % figures if row.objected else ""
    return (
        Notable(_("没有申报回避就投票的人次（已开票的轮次）"), row.undeclared),
        Notable(_("收到的异议"), row.objected, "wait" if row.unanswered else "go", says),
        Notable(_("名额调剂"), row.seats_changed, "go", search="act=change_seats"),
        Notable(_("导出上报材料包"), row.exported, "go", search=f"act={EXPORT}"),
        Notable(
            _("近%(days)d日夜间（%(evening)d时至%(morning)d时）查阅、打印或导出")
            % {"days": NIGHT.days, "evening": EVENING, "morning": MORNING},
            row.at_night,
            search=f"at_night=on&since={nights.since}",
        ),
    )
