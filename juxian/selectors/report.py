"""Reports (总结材料): what each cycle asks of whom, what was handed in, and what is missing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from juxian.access import scope
from juxian.access.duties import Duty, duties_with
from juxian.records.clock import day
from juxian.records.models import (
    Cycle,
    Office,
    Person,
    Report,
    ReportDraft,
    ReportFile,
    ReportReturn,
    Trace,
)
from juxian.records.packs import pack_of
from juxian.regulation import pack as regulation
from juxian.regulation.deadlines import end_of
from juxian.regulation.pack import Pack
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Role
from juxian.selectors.seats import nominating

REMIND = "remind_report"


class Timeliness(StrEnum):
    """Whether an office has handed its report in, by the first time it did; or must complete it."""

    ON_TIME = "on_time"
    LATE = "late"
    RETURNED = "returned"
    MISSING = "missing"


TIMELINESS: dict[Timeliness, "str | Promise"] = {
    Timeliness.MISSING: _("未交"),
    Timeliness.RETURNED: _("待补充"),
    Timeliness.LATE: _("逾期"),
    Timeliness.ON_TIME: _("按时"),
}
TONES = {
    Timeliness.MISSING: "wait",
    Timeliness.RETURNED: "wait",
    Timeliness.LATE: "stop",
    Timeliness.ON_TIME: "ok",
}
UNSETTLED = (Timeliness.MISSING, Timeliness.RETURNED)  # something is still to be handed in


@dataclass(frozen=True, slots=True)
class Asked:
    """A report that a cycle asks of every office that nominates, and who receives it."""

    cycle: Cycle
    report: regulation.Report
    holders: frozenset[str]
    receiver: Office

    @property
    def due_at(self) -> datetime:
        return end_of(self.report.due)

    def is_owed_by(self, office: Office) -> bool:
        """An office that was closed before the day owes nothing."""
        closed = office.ends_on is not None and office.ends_on <= self.report.due
        return office.holder in self.holders and not closed


@dataclass(frozen=True, slots=True)
class Version:
    """One handing in; late by the day of the call, whatever came before it."""

    row: Report
    is_late: bool

    @property
    def returned(self) -> ReportReturn | None:
        found: ReportReturn | None = getattr(self.row, "returned", None)
        return found

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Titles and texts; none of one that came in files alone."""
        return tuple(self.row.texts.items())


@dataclass(frozen=True, slots=True)
class Owed:
    """What one office owes, and what it handed in, the latest first."""

    asked: Asked
    office: Office
    versions: tuple[Version, ...]

    @property
    def timeliness(self) -> Timeliness:
        if not self.versions:
            return Timeliness.MISSING
        if self.versions[0].returned:
            return Timeliness.RETURNED
        return Timeliness.LATE if self.versions[-1].is_late else Timeliness.ON_TIME

    @property
    def tone(self) -> str:
        return TONES[self.timeliness]

    @property
    def says(self) -> "str | Promise":
        return TIMELINESS[self.timeliness]

    @property
    def latest(self) -> Version | None:
        return self.versions[0] if self.versions else None


@dataclass(frozen=True, slots=True)
class Received:
    """What all offices owe, those first that have handed in nothing; counts over all of them."""

    asked: Asked
    rows: tuple[Owed, ...]
    counts: Mapping[Timeliness, int]


def asked_in(cycle: Cycle) -> tuple[Asked, ...]:
    """At most 1 query."""
    return _asked([cycle])


def asked_of(person: Person) -> tuple[Owed, ...]:
    """What the offices owe at which the person serves, the newest cycle first. 4 queries."""
    offices = [duty.office for duty in _duties(person)]
    asked = _asked(_cycles())
    rows = scope.reports(person).filter(office__in=offices)
    handed_in = _handed_in(rows)
    return tuple(
        _owed(one, office, handed_in)
        for one in asked
        for office in dict.fromkeys(offices)
        if one.is_owed_by(office)
    )


def received_by(person: Person) -> tuple[Asked, ...]:
    """Reports that come to an office where the person serves, or in a cycle they run. 2 queries."""
    duties = _duties(person)
    secretary_at = {duty.office.pk for duty in duties if duty.role is Role.SECRETARY}
    offices = {office for duty in duties for office in duty.office_ids}
    return tuple(
        asked
        for asked in _asked(_cycles())
        if asked.receiver.pk in offices or asked.cycle.organiser_id in secretary_at
    )


def receives_any(person: Person, cycles: Iterable[Cycle]) -> bool:
    """Whether `received_by` has any for the person in these cycles, read with their organisers."""
    duties = _duties(person)
    secretary_at = {duty.office.pk for duty in duties if duty.role is Role.SECRETARY}
    codes = {code for duty in duties for code in duty.codes}
    return any(
        (report.receiving or cycle.organiser.code) in codes or cycle.organiser_id in secretary_at
        for cycle in cycles
        for _pack, report in _reports(cycle)
    )


def received(asked: Asked, only: str = "") -> Received:
    """Every office's report, or those of one timeliness. 3 queries."""
    closed = Q(ends_on__isnull=False, ends_on__lte=asked.report.due)
    offices = Office.objects.filter(holder__in=asked.holders).exclude(closed).order_by("code")
    handed_in = _handed_in(Report.objects.filter(cycle=asked.cycle, code=asked.report.code))
    rows = sorted(
        (_owed(asked, office, handed_in) for office in offices),
        key=lambda row: row.timeliness not in UNSETTLED,
    )
    return Received(
        asked=asked,
        rows=tuple(row for row in rows if only in ("", row.timeliness)),
        counts=Counter(row.timeliness for row in rows),
    )


def receives(person: Person, cycle: str, code: str) -> Asked | None:
    """The report of that cycle, if it comes to the person; None otherwise. 2 queries."""
    found = (
        one for one in received_by(person) if (one.cycle.code, one.report.code) == (cycle, code)
    )
    return next(found, None)


def draft_of(owed: Owed) -> ReportDraft | None:
    """What is written and not handed in. 1 query."""
    asked = owed.asked
    rows = ReportDraft.objects.filter(cycle=asked.cycle, office=owed.office, code=asked.report.code)
    return rows.select_related("saved_by").first()


def reminded_today(asked: Asked, today: date) -> frozenset[int]:
    """Keys of the offices that were reminded of it this day. 1 query."""
    rows = Trace.objects.filter(
        act=REMIND,
        subject="cycle",
        subject_id=str(asked.cycle.pk),
        detail__report=asked.report.code,
    )
    told = rows.values_list("detail__office", "at")
    return frozenset(office for office, at in told if day(at) == today)


def key_of(asked: Asked) -> str:
    """What names the report of a cycle in an address; see `by_key`."""
    return f"{asked.cycle.pk}-{asked.report.code}"


def by_key(person: Person, key: str) -> Asked | None:
    """The report of that key, if it comes to the person. 2 queries."""
    return next((one for one in received_by(person) if key_of(one) == key), None)


def reports(person: Person) -> QuerySet[Report]:
    """Versions that the person may read."""
    rows = scope.reports(person).select_related(
        "cycle__organiser", "office", "handed_in_by", "returned__returned_by"
    )
    return rows.prefetch_related("files__file")


def version_of(row: Report) -> Version:
    """1 query."""
    asked = next((one for one in asked_in(row.cycle) if one.report.code == row.code), None)
    return Version(row, asked is not None and row.handed_in_at >= asked.due_at)


def newer_than(row: Report) -> Report | None:
    """The latest version after this one. 1 query."""
    rows = Report.objects.filter(cycle=row.cycle, office=row.office, code=row.code)
    return rows.filter(version__gt=row.version).order_by("-version").first()


def files(person: Person) -> QuerySet[ReportFile]:
    """Documents of the reports that the person may read."""
    return ReportFile.objects.filter(report__in=scope.reports(person)).select_related(
        "file", "report__office"
    )


def _duties(person: Person) -> tuple[Duty, ...]:
    return duties_with(person, *scope.OFFICE_ROLES)


def _cycles() -> QuerySet[Cycle]:
    return Cycle.objects.select_related("organiser").order_by("-opened_at", "-pk")


def _asked(cycles: Collection[Cycle] | QuerySet[Cycle]) -> tuple[Asked, ...]:
    """Of cycles whose pack is as it was; one query for the receivers, if there are any."""
    wanted = [(cycle, pack, report) for cycle in cycles for pack, report in _reports(cycle)]
    codes = {report.receiving for _cycle, _pack, report in wanted if report.receiving}
    receivers = {office.code: office for office in Office.objects.filter(code__in=codes)}
    return tuple(
        Asked(cycle, report, nominating(pack), receivers.get(report.receiving, cycle.organiser))
        for cycle, pack, report in wanted
    )


def _reports(cycle: Cycle) -> Iterator[tuple[Pack, regulation.Report]]:
    with suppress(Refusal):
        pack = pack_of(cycle)
        yield from ((pack, report) for report in pack.reports)


Key = tuple[int, int, str]


def _handed_in(rows: QuerySet[Report]) -> Mapping[Key, list[Report]]:
    """By cycle, office and code, the latest version first. 2 queries."""
    found: dict[Key, list[Report]] = defaultdict(list)
    known = rows.select_related("handed_in_by", "returned__returned_by").prefetch_related(
        "files__file"
    )
    for row in known.order_by("-version"):
        found[row.cycle_id, row.office_id, row.code].append(row)
    return found


def _owed(asked: Asked, office: Office, handed_in: Mapping[Key, list[Report]]) -> Owed:
    rows = handed_in.get((asked.cycle.pk, office.pk, asked.report.code), [])
    versions = tuple(Version(row, row.handed_in_at >= asked.due_at) for row in rows)
    return Owed(asked, office, versions)
