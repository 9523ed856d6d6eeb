"""What the clock reminds people of: drafts, returned files, and what offices have not done."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from juxian.access.duties import Today
from juxian.records.models import (
    Application,
    Appointment,
    Correction,
    Cycle,
    Message,
    Office,
    Person,
    ProceedingItem,
    Reach,
)
from juxian.records.packs import pack_of
from juxian.regulation.messages import Pace
from juxian.regulation.words import OfficeKind, Standing
from juxian.selectors.application import filing_due

BEFORE_THE_END = (1, 3)  # days
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Backlog:
    """So many files at an office; `people` are those in charge, each with how many of them."""

    office: Office
    count: int
    people: tuple[tuple[Person, int], ...]


def drafts_due(moment: datetime) -> Iterator[tuple[Application, int, datetime]]:
    """Drafts whose filing ends within 3 days, or within 1: each with the days and the end."""
    for cycle in Cycle.objects.filter(closed_at__isnull=True, opens_at__lte=moment):
        drafts = Application.objects.filter(
            cycle=cycle, standing=Standing.OPEN, submitted_at__isnull=True
        )
        for draft in drafts.select_related("cycle__organiser", "applicant").order_by("pk"):
            end = filing_due(draft, moment)
            days = next((n for n in BEFORE_THE_END if moment < end <= moment + n * DAY), None)
            if days is None:
                break  # all drafts of a cycle end together
            yield draft, days, end


def returns_due(moment: datetime) -> QuerySet[Correction]:
    """Returns that are still to be mended, whose time ends within a day or has passed."""
    open_ones = Correction.objects.filter(
        application__standing=Standing.RETURNED,
        answered_at__isnull=True,
        due_at__lte=moment + DAY,
        turn=F("application__turn"),
    )
    shown = open_ones.select_related("application__cycle", "application__applicant")
    return shown.select_related("handling__office").order_by("pk")


def publicised_today() -> QuerySet[ProceedingItem]:
    """Whose publicity begins today."""
    items = ProceedingItem.objects.filter(
        proceeding__starts_on=Today(), proceeding__concluded_at__isnull=True
    )
    shown = items.select_related("application__cycle", "application__applicant")
    return shown.select_related("proceeding__office").order_by("pk")


def arrived(moment: datetime) -> list[Backlog]:
    """What came to each office within a day and still waits there. 3 queries."""
    return _backlogs(Q(held_since__gt=moment - DAY, held_since__lte=moment))


def overdue(moment: datetime) -> list[Backlog]:
    """What has run over the time of its step. 3 queries."""
    return _backlogs(Q(due_at__lte=moment))


def _backlogs(wanted: Q) -> list[Backlog]:
    waiting = Application.objects.filter(wanted, standing=Standing.OPEN, holder__isnull=False)
    rows = waiting.order_by().values("holder", "cycle", "step", "track").annotate(n=Count("pk"))
    counted = list(rows)
    offices = Office.objects.in_bulk({row["holder"] for row in counted})
    cycles = Cycle.objects.in_bulk({row["cycle"] for row in counted})
    serving = _serving(offices)
    files: Counter[int] = Counter()
    each: dict[int, Counter[Person]] = {office: Counter() for office in offices}
    for row in counted:
        office = offices[row["holder"]]
        role = pack_of(cycles[row["cycle"]]).procedure.step(row["step"]).role
        files[office.pk] += row["n"]
        for one in serving:
            is_here = one.office_id in (office.pk, office.parent_id)
            if is_here and one.role == role and one.track in ("", row["track"]):
                each[office.pk][one.person] += row["n"]
    return [
        Backlog(office, files[pk], tuple(each[pk].items()))
        for pk, office in sorted(offices.items())
    ]


def _serving(offices: dict[int, Office]) -> list[Appointment]:
    """Who serves today at these offices, or at those that they are divisions of."""
    above = {office.parent_id for office in offices.values() if office.kind == OfficeKind.DIVISION}
    live = Appointment.objects.filter(office__in={*offices, *above}, starts_on__lte=Today())
    live = live.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=Today()))
    return list(live.filter(person__is_active=True).select_related("person").order_by("pk"))


def unread_today(moment: datetime) -> dict[Person, list[Message]]:
    """Of those who want one message a day: what came within the day and is unread. 2 queries."""
    wanting = Reach.objects.filter(pace=Pace.DAILY).values("person")
    rows = Message.objects.filter(
        person__in=wanting, read_at__isnull=True, sent_at__gt=moment - DAY, sent_at__lte=moment
    )
    found: dict[Person, list[Message]] = {}
    for message in rows.select_related("person", "application__cycle__organiser").order_by("pk"):
        found.setdefault(message.person, []).append(message)
    return found
