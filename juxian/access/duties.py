"""What a person is appointed to do today, and which offices' files that covers."""

from dataclasses import dataclass

from django.db.models import Func, Q
from django.db.models.fields import DateField

from juxian.records.models import Appointment, Office, Person
from juxian.regulation.words import OfficeKind, Role


class Today(Func):
    """The day in Beijing by the database's clock, inside a query."""

    template = "(juxian_now() AT TIME ZONE 'Asia/Shanghai')::date"
    output_field = DateField()


@dataclass(frozen=True, slots=True)
class Duty:
    """One live appointment; `office_ids` are its office and that office's own divisions."""

    office: Office
    office_ids: tuple[int, ...]
    role: Role
    track: str

    def covers(self, office_id: int | None, track: str) -> bool:
        return office_id in self.office_ids and self.track in ("", track)


def duties_of(person: Person) -> tuple[Duty, ...]:
    """The person's live duties; asked of the database once per loaded person."""
    known: tuple[Duty, ...] | None = getattr(person, "_duties", None)
    if known is None:
        known = _load(person)
        person._duties = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known


def _load(person: Person) -> tuple[Duty, ...]:
    if not person.is_active:
        return ()
    live = (
        Appointment.objects.filter(person=person, starts_on__lte=Today())
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=Today()))
        .select_related("office")
        .order_by("starts_on", "pk")
    )
    appointments = list(live)
    divisions = _divisions_of([appointment.office for appointment in appointments])
    return tuple(
        Duty(
            office=appointment.office,
            office_ids=(appointment.office_id, *divisions.get(appointment.office_id, ())),
            role=Role(appointment.role),
            track=appointment.track,
        )
        for appointment in appointments
    )


def _divisions_of(offices: list[Office]) -> dict[int, tuple[int, ...]]:
    if not offices:
        return {}
    found = Office.objects.filter(
        kind=OfficeKind.DIVISION, parent__in=[office.pk for office in offices]
    ).order_by("pk")
    divisions: dict[int, tuple[int, ...]] = {}
    for division in found:
        parent = division.parent_id
        if parent is not None:
            divisions[parent] = (*divisions.get(parent, ()), division.pk)
    return divisions


def duties_with(person: Person, *roles: Role) -> tuple[Duty, ...]:
    return tuple(duty for duty in duties_of(person) if duty.role in roles)
