"""People: registering, and appointing them to offices."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from juxian.actions.trace import leave
from juxian.records.clock import now, today
from juxian.records.models import Appointment, Office, Person
from juxian.regulation.names import read_name
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Role


@transaction.atomic
def register(
    login: str,
    password: str | None,
    *,
    name: str,
    phone: str = "",
    employer: Office | None = None,
    speciality: str = "",
) -> Person:
    """A new account; the name is kept with U+00B7 between its parts. Without a password nobody
    can sign in to it yet."""
    reading = read_name(name)
    if reading.faults:
        raise NotReady(reading.faults[0], (("name", reading.faults[0]),))
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                login,
                password,
                name=reading.name,
                phone=phone,
                employer=employer,
                speciality=speciality,
            )
    except IntegrityError:
        taken = _("登录名已被使用，请换一个")
        raise NotReady(taken, (("login", taken),)) from None
    leave("register", person, by=person)
    return person


@transaction.atomic
def appoint(
    person: Person,
    office: Office,
    role: Role,
    *,
    by: Person | None,
    track: str = "",
    starts_on: date | None = None,
) -> Appointment:
    appointment = Appointment.objects.create(
        person=person,
        office=office,
        role=role,
        track=track,
        starts_on=starts_on or today(),
        given_by=by,
        given_at=now(),
    )
    leave("appoint", appointment, by=by, **told_of_post(appointment))
    return appointment


def told_of_post(post: Appointment) -> dict[str, Any]:
    """What a trace tells of it, beside the row itself."""
    return {"person": post.person_id, "office": post.office_id, "role": post.role}


@transaction.atomic
def change_own_password(person: Person, password: str) -> None:
    person.set_password(password)
    person.password_is_given = False
    person.save(update_fields=["password", "password_is_given"])
    leave("change_password", person, by=person)


@transaction.atomic
def give_password(person: Person, password: str, *, by: Person | None) -> None:
    person.set_password(password)
    person.save(update_fields=["password"])
    leave("give_password", person, by=by)
