"""What documents about a list are made from: notices (公示), what came of them, and requests."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max
from django.utils.translation import gettext as _

from juxian.access.duties import Today
from juxian.records.models import Application, Objection, Office, Proceeding, ProceedingItem
from juxian.records.packs import calendar, pack_of
from juxian.records.sealing import unseal
from juxian.regulation.calendar import UnknownYear
from juxian.regulation.pack import Pack
from juxian.regulation.procedure import Step
from juxian.regulation.public_notice import first_counted_day
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Kind, Level, OfficeKind
from juxian.selectors.document_subjects import Subject
from juxian.selectors.proceeding import scans_of
from juxian.selectors.public_notice import Group, people_on


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice as it was put up; `days` counts working or natural ones as the step says."""

    starts_on: date
    ends_on: date
    days: int | None
    working: bool
    place: str


@dataclass(frozen=True, slots=True)
class NoticeInput:
    """`is_final` for the notice of results, which comes after everybody's nomination."""

    number: str
    programme: str
    year: int
    office: str
    phone: str
    address: str
    postcode: str
    passed: tuple[str, ...]
    is_final: bool
    posted: Posted
    groups: tuple[Group, ...]

    @property
    def people(self) -> int:
        return sum(group.people for group in self.groups)


@dataclass(frozen=True, slots=True)
class NoticeReportInput:
    """`out` are those against whom an objection was upheld, `staying` who waits or is published
    anew: names, or numbers of the unnamed."""

    notice: NoticeInput
    objections: int
    upheld: int
    out: tuple[str, ...]
    scans: tuple[str, ...]
    staying: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A person as a consulted body needs to know one: the last four digits of the id, no more."""

    name: str
    employer: str
    title: str
    digits: str


@dataclass(frozen=True, slots=True)
class RequestInput:
    number: str
    programme: str
    year: int
    office: str
    phone: str
    body: str
    opened_on: date
    people: tuple[Asked, ...]


def notice_input(subject: Subject) -> NoticeInput:
    """NotReady before the notice has a period. 1 query."""
    listed = _listed(subject)
    pack = pack_of(listed.cycle)
    step = pack.procedure.step(listed.step)
    starts_on, ends_on, rule = listed.starts_on, listed.ends_on, step.publicity
    if starts_on is None or ends_on is None or rule is None:
        raise NotReady(_("还没有发布公示；定下公示期以后才能打印"))
    publisher = _publisher(listed.office)
    return NoticeInput(
        number=f"GS-{listed.pk}",
        programme=pack.programme.title,
        year=starts_on.year,
        office=publisher.name,
        phone=_phone(pack, listed.office) or publisher.phone,
        address=listed.office.address or publisher.address,
        postcode=listed.office.postcode or publisher.postcode,
        passed=_passed(pack, step),
        is_final=step.level is Level.PROVINCE,
        posted=Posted(
            starts_on, ends_on, _days(step, starts_on, ends_on), rule.working, listed.place
        ),
        groups=people_on(listed),
    )


def notice_report_input(subject: Subject) -> NoticeReportInput:
    """NotReady before the period is over and every objection is closed. 4 queries."""
    notice = notice_input(subject)
    listed = _listed(subject)
    today = Proceeding.objects.filter(pk=listed.pk).aggregate(day=Max(Today()))["day"]
    if notice.posted.ends_on >= today:
        raise NotReady(_("公示期还没有结束；期满以后才能打印公示情况说明"))
    objections = list(
        Objection.objects.filter(proceeding=listed).select_related("application").order_by("pk")
    )
    if any(one.upheld is None for one in objections):
        raise NotReady(_("还有异议没有办结；全部办结以后才能打印公示情况说明"))
    out = tuple(dict.fromkeys(_published_as(one.application) for one in objections if one.upheld))
    return NoticeReportInput(
        notice=notice,
        objections=len(objections),
        upheld=sum(bool(one.upheld) for one in objections),
        out=out,
        staying=tuple(
            dict.fromkeys(_published_as(o.application) for o in objections if o.is_staying)
        ),
        scans=tuple(scan.title for scan in scans_of(listed)),
    )


def request_input(subject: Subject) -> RequestInput:
    """NotReady for a list that nobody is on. 1 query."""
    listed = _listed(subject)
    pack = pack_of(listed.cycle)
    items = (
        ProceedingItem.objects.filter(proceeding=listed, void_at__isnull=True)
        .select_related("application__employer")
        .order_by(F("rank").asc(nulls_last=True), "application__name_key", "pk")
    )
    people = tuple(_asked(item) for item in items)
    if not people:
        raise NotReady(_("名单上没有人；选入人选以后才能打印征求意见函"))
    step = pack.procedure.step(listed.step)
    return RequestInput(
        number=f"ZQ-{listed.pk}",
        programme=pack.programme.title,
        year=pack.programme.year,
        office=listed.office.name,
        phone=listed.office.phone,
        body=listed.body or step.body,
        opened_on=listed.opened_at.date(),
        people=people,
    )


def files_on(subject: Subject) -> list[Application]:
    """In the list's order; NotReady for a list that nobody is on. 1 query."""
    rows = ProceedingItem.objects.filter(proceeding=_listed(subject), void_at__isnull=True)
    order = F("rank").asc(nulls_last=True), "application__name_key", "pk"
    known = rows.select_related("application__cycle__organiser", "application__employer")
    files = [item.application for item in known.order_by(*order)]
    if not files:
        raise NotReady(_("名单上没有人；选入人选以后才能打印"))
    return files


def _listed(subject: Subject) -> Proceeding:
    if subject.listed is None:
        raise LookupError(subject.key)
    return subject.listed


def _published_as(application: Application) -> str:
    return application.number if application.classified else application.name


def _asked(item: ProceedingItem) -> Asked:
    application = item.application
    number = unseal(application.sealed_id) if application.sealed_id else ""
    return Asked(application.name, application.employer.name, application.title, number[-4:])


def _publisher(office: Office) -> Office:
    """A division posts a notice for the office above it."""
    return office.parent if office.kind == OfficeKind.DIVISION and office.parent else office


def _phone(pack: Pack, office: Office) -> str:
    given = (t.receiving.phone for t in pack.tracks if t.receiving.office == office.code)
    return office.phone or next(given, "")


def _passed(pack: Pack, step: Step) -> tuple[str, ...]:
    """What came before the notice, at every level up to its own."""
    steps = pack.procedure.steps
    before = steps[: pack.procedure.index(step.code)]
    return tuple(one.title for one in before if one.kind is not Kind.RECOMMEND)


def _days(step: Step, starts_on: date, ends_on: date) -> int | None:
    rule = step.publicity
    if rule is None:
        return None
    try:
        first = first_counted_day(starts_on, rule, calendar())
        if rule.working:
            return calendar().working_days_between(first, ends_on)
    except UnknownYear:
        return None
    return (ends_on - first).days + 1
