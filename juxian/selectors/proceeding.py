"""Proceedings as their pages show them: the list, the record, the objections, what is still due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Min, QuerySet, Value
from django.utils.translation import gettext as _

from juxian.access import scope
from juxian.access.duties import covers_all
from juxian.records.models import (
    Objection,
    Person,
    Proceeding,
    ProceedingFile,
    ProceedingItem,
    ProceedingMember,
)
from juxian.records.packs import calendar, pack_of
from juxian.records.sealing import unseal
from juxian.regulation.ballot import BallotRule, Result, count
from juxian.regulation.ballot_words import explain, in_words
from juxian.regulation.calendar import UnknownYear
from juxian.regulation.pack import Pack
from juxian.regulation.procedure import Step
from juxian.regulation.public_notice import first_counted_day, period_end
from juxian.regulation.tally import Tally, check_arithmetic
from juxian.regulation.words import Kind, Standing
from juxian.selectors.findings import marks_of


@dataclass(frozen=True, slots=True)
class Line:
    """A proceeding in a list of proceedings; `stage` is a word for how far it is."""

    proceeding: Proceeding
    step: Step
    count: int
    stage: str
    tracks: str


@dataclass(frozen=True, slots=True)
class Row:
    """A person on a proceeding's list."""

    item: ProceedingItem
    track: str
    marks: tuple[str, ...]
    has_left: bool  # withdrawn or moved on by other means: must be taken off the list

    @property
    def tally(self) -> Tally | None:
        return self.item.tally


@dataclass(frozen=True)
class Docket:
    """Everything on one proceeding's page; objections and experts only where the kind has them."""

    proceeding: Proceeding
    step: Step
    pack: Pack
    rows: tuple[Row, ...]
    experts: tuple[ProceedingMember, ...]
    files: tuple[ProceedingFile, ...]
    objections: tuple[Objection, ...]

    @property
    def kind(self) -> Kind:
        return Kind(self.proceeding.kind)

    @property
    def is_open(self) -> bool:
        return self.proceeding.concluded_at is None

    @property
    def tracks(self) -> frozenset[str]:
        return frozenset(row.item.application.track for row in self.rows)

    @property
    def open_objections(self) -> int:
        return sum(objection.closed_at is None for objection in self.objections)

    @cached_property
    def rule(self) -> BallotRule | None:
        return self.pack.ballots.get(self.step.ballot)

    @property
    def rule_in_words(self) -> str:
        return rule_in_words(self.rule) if self.rule else ""

    @property
    def verdicts(self) -> dict[int, "Verdict"]:
        """By application, once votes are recorded."""
        rule, members, present = self.rule, self.proceeding.members, self.proceeding.present
        if rule is None or members is None or present is None:
            return {}
        return {
            row.item.application_id: verdict_on(rule, members, present, row.tally)
            for row in self.rows
            if row.tally is not None
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one candidate's figures come to: a badge's tone and word, and the sentence behind it."""

    tone: str
    word: str
    sentence: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objector:
    """Who objected, opened for the handling office alone."""

    name: str
    phone: str
    employer: str


def open_lines(person: Person, *, kinds: Sequence[Kind] = ()) -> tuple[Line, ...]:
    """Open proceedings that are the person's to work on, those with the nearest deadline first."""
    rows = _counted(scope.proceedings(person).filter(concluded_at__isnull=True), kinds)
    due = Min("items__application__due_at")
    ordered = rows.annotate(due=due).order_by(F("due").asc(nulls_last=True), "pk")
    return tuple(
        _line(proceeding)
        for proceeding in ordered
        if is_work_of(person, proceeding, _listed_tracks(proceeding))
    )


def past(person: Person, *, kinds: Sequence[Kind] = ()) -> QuerySet[Proceeding]:
    """Concluded proceedings of the person's offices, the latest first; see `line_of`."""
    rows = _counted(scope.proceedings(person).filter(concluded_at__isnull=False), kinds)
    return rows.order_by("-concluded_at", "-pk")


def line_of(proceeding: Proceeding) -> Line:
    return _line(proceeding)


def workable(person: Person, lists: Iterable[Proceeding]) -> list[Proceeding]:
    """Of lists that `past` found, those that are the person's to work on."""
    return [one for one in lists if is_work_of(person, one, _listed_tracks(one))]


def is_work_of(person: Person, proceeding: Proceeding, tracks: Iterable[str]) -> bool:
    """Whether the person's duties cover the list's step, with every one of these tracks on it."""
    step = pack_of(proceeding.cycle).procedure.step(proceeding.step)
    return covers_all(person, step.role, proceeding.office_id, tracks)


def tracks_on(proceeding: Proceeding) -> frozenset[str]:
    """1 query."""
    return frozenset(proceeding.items.values_list("application__track", flat=True))


def docket_of(proceeding: Proceeding) -> Docket:
    """At most 5 queries, whatever the list holds; the proceeding has its cycle and office."""
    pack = pack_of(proceeding.cycle)
    kind = Kind(proceeding.kind)
    items = (
        ProceedingItem.objects.filter(proceeding=proceeding)
        .select_related("application__employer", "application__cycle")
        .order_by(F("rank").asc(nulls_last=True), "application__name_key", "pk")
    )
    objections = (
        Objection.objects.filter(proceeding=proceeding)
        .select_related("application", "closed_by")
        .order_by("closed_at", "pk")
    )
    experts = ProceedingMember.objects.filter(proceeding=proceeding).order_by("pk")
    experts = experts.prefetch_related("marks")
    return Docket(
        proceeding=proceeding,
        step=pack.procedure.step(proceeding.step),
        pack=pack,
        rows=tuple(_row(pack, proceeding, item) for item in items),
        experts=tuple(experts) if kind is Kind.REVIEW else (),
        files=tuple(scans_of(proceeding)),
        objections=tuple(objections) if kind is Kind.PUBLICIZE else (),
    )


def scans_of(proceeding: Proceeding) -> QuerySet[ProceedingFile]:
    """What proves the record itself; what is about an objection to it is left out."""
    return files_of(proceeding).filter(objection__isnull=True)


def files_of(proceeding: Proceeding) -> QuerySet[ProceedingFile]:
    rows = ProceedingFile.objects.filter(proceeding=proceeding)
    return rows.select_related("file", "added_by").order_by("pk")


def objector_of(objection: Objection) -> Objector:
    name, phone, employer = unseal(objection.sealed_objector).split("\n")
    return Objector(name, phone, employer)


def verdict_on(rule: BallotRule, members: int, present: int, tally: Tally) -> Verdict:
    """Live arithmetic for one candidate: whether the figures add up, and what they come to."""
    if not 0 < present <= members:
        return Verdict("none", _("待计"), _("请先登记到会专家。"))
    faults = check_arithmetic(tally, present)
    if faults:
        return Verdict("stop", _("票数不符"), faults[0], faults)
    outcome = count(rule, members, present, {0: tally})
    sentence = explain(outcome, 0)
    match outcome.of(0).result:
        case Result.CARRIED:
            return Verdict("ok", _("通过"), sentence)
        case Result.LOST:
            return Verdict("none", _("未通过"), sentence)
    return Verdict("stop", _("人数不足"), sentence)


def rule_in_words(rule: BallotRule) -> str:
    """到会不少于三分之二方为有效，同意票达到实到人数的三分之二为通过"""
    bases = {
        "members": _("应到人数"),
        "present": _("实到人数"),
        "present_less_recused": _("实到减回避人数"),
        "valid": _("有效票数"),
    }
    reach = _("超过") if rule.comparator == "more_than" else _("达到")
    return _(
        "到会人数不少于应到人数的%(quorum)s方为有效；同意票%(reach)s%(base)s的%(share)s为通过"
    ) % {
        "quorum": in_words(rule.quorum),
        "reach": reach,
        "base": bases[rule.base],
        "share": in_words(rule.threshold),
    }


def publicity_end(step: Step, starts_on: date) -> date | None:
    """The earliest last day of a notice posted that day; None beyond the known calendar."""
    if step.publicity is None:
        return None
    try:
        return period_end(starts_on, step.publicity, calendar())
    except UnknownYear:
        return None


def days_left(step: Step, starts_on: date | None, ends_on: date | None, today: date) -> int | None:
    """Days that count of a notice still to run, today's among them (剩余公示天数): 1 on the last.

    0 once it is over; None for what is not posted, or beyond the known calendar.
    """
    if step.publicity is None or starts_on is None or ends_on is None:
        return None
    try:
        first = max(today, first_counted_day(starts_on, step.publicity, calendar()))
        if step.publicity.working:
            return calendar().working_days_between(first, ends_on)
    except UnknownYear:
        return None
    return max((ends_on - first).days + 1, 0)


def with_figures(rows: QuerySet[Proceeding]) -> QuerySet[Proceeding]:
    """With what a line says of a list: how many are `listed`, and of which tracks."""
    return rows.select_related("cycle", "office", "corrected_by").annotate(
        listed=Count("items", distinct=True),
        listed_tracks=ArrayAgg("items__application__track", distinct=True, default=Value([])),
    )


def _counted(rows: QuerySet[Proceeding], kinds: Sequence[Kind]) -> QuerySet[Proceeding]:
    return with_figures(rows.filter(kind__in=kinds) if kinds else rows)


def _line(proceeding: Proceeding) -> Line:
    pack = pack_of(proceeding.cycle)
    step = pack.procedure.step(proceeding.step)
    listed = getattr(proceeding, "listed", 0)
    titles = "、".join(pack.track(track).title for track in _listed_tracks(proceeding))
    return Line(proceeding, step, listed, _stage(proceeding, step), titles)


def _listed_tracks(proceeding: Proceeding) -> list[str]:
    """Of a list read `with_figures`; without anybody on it, none."""
    return [track for track in getattr(proceeding, "listed_tracks", ()) if track]


def _row(pack: Pack, proceeding: Proceeding, item: ProceedingItem) -> Row:
    application = item.application
    gone = application.step != proceeding.step or application.standing != Standing.OPEN
    return Row(
        item=item,
        track=pack.track(application.track).title,
        marks=marks_of(pack, application),
        has_left=proceeding.concluded_at is None and gone,
    )


def _stage(proceeding: Proceeding, step: Step) -> str:
    if proceeding.concluded_at is not None:
        return _("已由复议更正") if getattr(proceeding, "corrected_by", None) else _("已办结")
    kind = Kind(proceeding.kind)
    if kind is Kind.PUBLICIZE and proceeding.starts_on and proceeding.ends_on:
        return _("公示 %(starts)s至%(ends)s") % {
            "starts": _short(proceeding.starts_on),
            "ends": _short(proceeding.ends_on),
        }
    if step.secret:
        return _("评委会投票")
    if kind is Kind.REVIEW and proceeding.present is not None:
        return _("已登记票数，待办结")
    return {
        Kind.REVIEW: _("待登记票数"),
        Kind.PUBLICIZE: _("待发布公示"),
        Kind.OPINE: _("待登记回函"),
        Kind.DECIDE: _("待登记审定结果"),
    }.get(kind, _("待排序上报"))


def _short(day: date) -> str:
    return _("%(month)d月%(day)d日") % {"month": day.month, "day": day.day}
