"""Posts as those who hold or give them see them, and what hangs on one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from juxian.access import care
from juxian.access.duties import LIVE, Today
from juxian.records.models import Application, Appointment, Office, Person, Tick, WorkView
from juxian.regulation.words import Standing


def live_posts() -> QuerySet[Appointment]:
    """Posts that are not over, also those that have not begun."""
    over = Q(ends_on__isnull=True) | Q(ends_on__gte=Today())
    rows = Appointment.objects.filter(over, ended_at__isnull=True, person__is_active=True)
    return rows.select_related("person", "office", "given_by", "stands_for__person")


def posts_at(office: Office) -> QuerySet[Appointment]:
    """The oldest first."""
    return live_posts().filter(office=office).order_by("starts_on", "pk")


def posts_of(person: Person) -> QuerySet[Appointment]:
    return live_posts().filter(person=person).order_by("starts_on", "pk")


def posts_cared_for(person: Person) -> QuerySet[Appointment]:
    """The person's own, and those of the offices the person cares for."""
    here = Q(office__in=care.offices(person)) if care.cares(person) else Q(pk__in=())
    return live_posts().filter(here | Q(person=person))


def open_post(post: Appointment, today: date) -> bool:
    return post.ended_at is None and (post.ends_on is None or post.ends_on >= today)


def is_without_password(person: Person) -> bool:
    """Whether it is a new account that nobody can sign in to yet."""
    return not person.has_usable_password()


def colleagues_of(post: Appointment) -> QuerySet[Person]:
    """Who has a live post at the same office, but its holder."""
    there = Appointment.objects.filter(LIVE, person=OuterRef("pk"), office=post.office_id)
    rows = Person.objects.filter(Exists(there), is_active=True)
    return rows.exclude(pk=post.person_id).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a post: files at its office that its role works on, and what was begun."""

    waiting: int
    half_ticked: int
    views: int
    others: int  # who hold the same post
    stand_ins: int


def hanging_on(post: Appointment) -> Hanging:
    """5 queries."""
    files = Application.objects.filter(holder=post.office_id, standing=Standing.OPEN)
    if post.track:
        files = files.filter(track=post.track)
    ticks = Tick.objects.filter(
        by=post.person_id, application=OuterRef("pk"), turn=OuterRef("turn"), step=OuterRef("step")
    )
    same = Appointment.objects.filter(LIVE, office=post.office_id, role=post.role)
    return Hanging(
        waiting=files.count(),
        half_ticked=files.filter(Exists(ticks)).count(),
        views=WorkView.objects.filter(person=post.person_id).count(),
        others=same.filter(track__in=("", post.track)).exclude(person=post.person_id).count(),
        stand_ins=post.stand_ins.filter(LIVE).count(),
    )


def people_cared_for(person: Person) -> QuerySet[Person]:
    """Who has a post at an office that the person cares for."""
    there = Appointment.objects.filter(
        office__in=care.offices(person), person=OuterRef("pk"), ended_at__isnull=True
    )
    return Person.objects.filter(Exists(there))
