"""Accounts: registering, appointing, passwords."""

from datetime import date

from juxian.access.duties import duties_of
from juxian.actions import person
from juxian.records.models import Appointment, Person, Trace
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Role
from tests.house.actions.unchanged import refuses


def last_trace():
    trace = Trace.objects.latest("pk")
    return trace.act, trace.by, trace.subject, trace.subject_id, trace.detail


def test_a_name_is_kept_with_one_kind_of_dot_and_its_owner_leaves_the_trace(world):
    made = person.register("ainur", "correct horse 42", name="阿依努尔•买买提", phone="19900000303")

    kept = Person.objects.get(login="ainur")
    assert (kept.name, kept.phone, kept.employer) == ("阿依努尔·买买提", "19900000303", None)
    assert kept.check_password("correct horse 42")
    assert last_trace() == ("register", made, "person", str(made.pk), {})


def test_a_name_that_cannot_be_one_is_refused_beside_its_field(world):
    said = "姓名中不能有“_”，请对照身份证件填写。"

    faults = refuses(NotReady, said, person.register, login="new", password="x", name="某_人")

    assert faults == (("name", said),)


def test_a_login_that_is_taken_is_refused_beside_its_field(world):
    said = "登录名已被使用，请换一个"

    faults = refuses(NotReady, said, person.register, login="stranger", password="x", name="路人乙")

    assert faults == (("login", said),)


def test_an_account_without_a_password_lets_nobody_in_until_one_is_given(world):
    made = person.register("quiet", None, name="路人乙")
    assert not made.has_usable_password()

    person.give_password(made, "correct horse 43", by=world.secretary)

    assert Person.objects.get(pk=made.pk).check_password("correct horse 43")
    assert last_trace() == ("give_password", world.secretary, "person", str(made.pk), {})


def test_an_appointment_leaves_a_trace_of_who_where_and_what(world):
    somebody = world.people["stranger"]

    made = person.appoint(
        somebody,
        world.hospital,
        Role.SIGNATORY,
        by=world.secretary,
        track="skilled",
        starts_on=date(2020, 3, 1),
    )

    assert Appointment.objects.get(person=somebody) == made
    assert [(d.office, d.role, d.track) for d in duties_of(world.stranger)] == [
        (world.hospital, Role.SIGNATORY, "skilled")
    ]
    detail = {"person": somebody.pk, "office": world.hospital.pk, "role": "signatory"}
    assert last_trace() == ("appoint", world.secretary, "appointment", str(made.pk), detail)
