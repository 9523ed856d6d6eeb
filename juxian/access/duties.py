"""What a person is appointed to do today, and which offices' files that covers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, OuterRef, Q
from django.db.models.fields import DateField

from juxian.records.clock import Moment, now
from juxian.records.models import Appointment, Office, Person
from juxian.regulation.words import OfficeKind, Role


class Today(Func):
    """The day in Beijing by the database's clock, inside a query."""

    template = "(juxian_now() AT TIME ZONE 'Asia/Shanghai')::date"
    output_field = DateField()


LIVE = Q(starts_on__lte=Today(), ended_at__isnull=True) & (
    Q(ends_on__isnull=True) | Q(ends_on__gte=Today())
)
"""Of appointments: those by which somebody may act now."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One live appointment; `office_ids` are its office and that office's own divisions.

    `codes` are theirs, in the same order.
    """

    post: int
    office: Office
    office_ids: tuple[int, ...]
    role: Role
    track: str
    codes: tuple[str, ...] = ()

    def covers(self, office_id: int | None, track: str) -> bool:
        return office_id in self.office_ids and self.track in ("", track)


def duties_of(person: Person) -> tuple[Duty, ...]:
    """The person's live duties; asked of the database once per loaded person."""
    known: tuple[Duty, ...] | None = getattr(person, "_duties", None)
    if known is None:
        known = _load(person)
        person._duties = known  # type: ignore[attr-defined]  # noqa: SLF001
    post: int | None = getattr(person, "_post", None)
    if post is not None and any(duty.post == post for duty in known):
        return tuple(duty for duty in known if duty.post == post)
    return known


def all_duties_of(person: Person) -> tuple[Duty, ...]:
    """The person's live duties, also those they are not acting for now; see `act_for`."""
    duties_of(person)
    known: tuple[Duty, ...] = getattr(person, "_duties", ())
    return known


def act_for(person: Person, post: int | None) -> None:
    """From now on the person has this one duty alone; all of them for None, or once it is over."""
    person._post = post  # type: ignore[attr-defined]  # noqa: SLF001


def moment_of(person: Person) -> datetime:
    """When the person's duties were read: the time of the request that loaded the person.

    Saves a page that asks for duties anyway from asking for the time as well.
    """
    duties_of(person)
    moment: datetime | None = getattr(person, "_duties_at", None)
    return moment or now()


def _load(person: Person) -> tuple[Duty, ...]:
    """One query; the time it was answered at stays with the person."""
    if not person.is_active:
        return ()
    divisions = Office.objects.filter(kind=OfficeKind.DIVISION, parent=OuterRef("office"))
    live = (
        Appointment.objects.filter(LIVE, person=person)
        .select_related("office")
        .annotate(
            divisions=ArraySubquery(divisions.order_by("pk").values("pk")),
            division_codes=ArraySubquery(divisions.order_by("pk").values("code")),
            at=Moment(),
        )
        .order_by("starts_on", "pk")
    )
    duties = []
    for appointment in live:
        person._duties_at = appointment.at  # type: ignore[attr-defined]  # noqa: SLF001
        duties.append(
            Duty(
                post=appointment.pk,
                office=appointment.office,
                office_ids=(appointment.office_id, *appointment.divisions),
                role=Role(appointment.role),
                track=appointment.track,
                codes=(appointment.office.code, *appointment.division_codes),
            )
        )
    return tuple(duties)


def duties_with(person: Person, *roles: Role) -> tuple[Duty, ...]:
    return tuple(duty for duty in duties_of(person) if duty.role in roles)


def covers_all(person: Person, role: Role, office_id: int, tracks: Iterable[str]) -> bool:
    """Whether duties of that role at the office cover files of every one of these tracks."""
    here = [duty for duty in duties_with(person, role) if office_id in duty.office_ids]
    return bool(here) and all(
        any(duty.covers(office_id, track) for duty in here) for track in tracks
    )
