"""From which day to which day an appointment counts, and whose files it covers."""

from datetime import date, datetime

import pytest

from juxian.access.duties import duties_of, duties_with
from juxian.actions import person
from juxian.records.models import Appointment, Person
from juxian.regulation.words import OfficeKind, Role
from tests.house.clock import set_clock
from tests.house.world import BEIJING

pytestmark = pytest.mark.django_db


def posts_of(somebody):
    """(office, role, track) of every live duty, asked anew."""
    fresh = Person.objects.get(pk=somebody.pk)
    return [(duty.office.code, duty.role.value, duty.track) for duty in duties_of(fresh)]


@pytest.mark.parametrize(
    ("moment", "posts"),
    [
        (datetime(2020, 3, 9, 23, 59, 59, tzinfo=BEIJING), []),
        (datetime(2020, 3, 10, 0, 0, tzinfo=BEIJING), [("hospital", "reviewer", "")]),
        (datetime(2020, 3, 20, 23, 59, 59, tzinfo=BEIJING), [("hospital", "reviewer", "")]),
        (datetime(2020, 3, 21, 0, 0, tzinfo=BEIJING), []),
    ],
)
def test_an_appointment_counts_from_its_first_day_to_its_last_in_beijing(world, moment, posts):
    made = person.appoint(
        world.people["stranger"],
        world.hospital,
        Role.REVIEWER,
        by=None,
        starts_on=date(2020, 3, 10),
    )
    Appointment.objects.filter(pk=made.pk).update(ends_on=date(2020, 3, 20))

    set_clock(moment)

    assert posts_of(world.stranger) == posts


def test_an_appointment_counts_from_today_when_no_day_is_given(world):
    person.appoint(world.people["stranger"], world.hospital, Role.REVIEWER, by=None)

    assert posts_of(world.stranger) == [("hospital", "reviewer", "")]
    assert Appointment.objects.get(person=world.stranger).starts_on == date(2020, 3, 16)


def test_a_person_has_all_their_duties_in_the_order_they_began(world):
    for office, role, track, day in (
        (world.kashgar, Role.SIGNATORY, "skilled", date(2020, 2, 2)),
        (world.hospital, Role.HANDLER, "", date(2020, 2, 1)),
    ):
        person.appoint(world.people["stranger"], office, role, by=None, track=track, starts_on=day)

    assert posts_of(world.stranger) == [
        ("hospital", "handler", ""),
        ("kashgar", "signatory", "skilled"),
    ]
    assert [duty.office.code for duty in duties_with(world.stranger, Role.SIGNATORY)] == ["kashgar"]


def test_a_suspended_person_has_no_duties_and_an_active_one_gets_them_back(world):
    somebody = Person.objects.filter(pk=world.hospital_handler.pk)
    somebody.update(is_active=False)
    assert posts_of(world.hospital_handler) == []

    somebody.update(is_active=True)
    assert posts_of(world.hospital_handler) == [("hospital", "handler", "")]


def test_a_duty_covers_its_office_and_that_offices_own_divisions_alone(world):
    """Not a division's division, not an institution under the office, not the office above."""
    hospital, division = world.hospital, OfficeKind.DIVISION
    second = world.add_office("two", "二科", kind=division, region="653100", parent=hospital)
    first = world.add_office("one", "一科", kind=division, region="653100", parent=hospital)
    world.add_office("desk", "一组", kind=division, region="653100", parent=first)
    world.add_office("clinic", "门诊部", kind=OfficeKind.HOSPITAL, region="653100", parent=hospital)
    person.appoint(world.people["stranger"], first, Role.HANDLER, by=None)

    (above,) = duties_of(world.hospital_handler)
    (below,) = duties_of(world.stranger)

    assert above.office_ids == (hospital.pk, second.pk, first.pk)
    assert below.office_ids == (first.pk, world.offices["desk"].pk)
    assert not above.covers(None, "professional")


def test_a_loaded_person_asks_for_their_duties_once(world, django_assert_num_queries):
    somebody = world.hospital_handler
    duties_of(somebody)

    with django_assert_num_queries(0):
        duties_with(somebody, Role.HANDLER)
