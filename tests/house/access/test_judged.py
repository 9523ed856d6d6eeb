"""Whose files a panel's member may read: those before the panel, but of nobody tied to them."""

import pytest

from juxian.access import scope
from juxian.actions import office, panel, proceeding
from juxian.records.models import Application, Person
from juxian.regulation.words import OfficeKind
from tests.house.actions.ballot_world import candidate, committee, last_review

pytestmark = pytest.mark.django_db


def read_by(somebody):
    """The surnames of those whose files the person may read, asked anew."""
    fresh = Person.objects.get(pk=somebody.pk)
    return "".join(sorted(one.name[0] for one in scope.judged(fresh)))


def seat(world, *people, track, pledged=True):
    """Another panel of the same review, with these members."""
    made = panel.convene(
        world.cycle.pk,
        by=world.secretary,
        step=last_review(world).code,
        title="另一个评委会",
        track=track,
        person_ids=[one.pk for one in people],
        chair_id=people[0].pk,
        document_number="",
    )
    for one in people if pledged else ():
        panel.pledge(made.pk, by=one)
    return made


@pytest.fixture
def sitting(world):
    return committee(world, experts=3, candidates=3)


@pytest.mark.clause("R51")
def test_a_member_reads_those_on_the_open_list_as_soon_as_they_have_pledged(world, sitting):
    assert [read_by(one) for one in sitting.experts] == ["孙赵钱"] * 3

    late = world.people["expert1"]
    seat(world, late, track="professional", pledged=False)
    assert read_by(late) == ""
    assert read_by(world.people["expert2"]) == ""


def test_a_panel_of_all_tracks_reads_them_and_one_of_another_track_does_not(world, sitting):
    everybody, skilled = world.people["expert1"], world.people["expert2"]
    seat(world, everybody, track="")
    seat(world, skilled, track="skilled")

    assert (read_by(everybody), read_by(skilled)) == ("孙赵钱", "")


def test_who_leaves_the_list_is_read_no_more_unless_there_is_a_ballot_on_them(world, sitting):
    reader = sitting.experts[0]
    first, second, third = sitting.candidates
    proceeding.take_off(sitting.listed.pk, first.pk, by=world.secretary)
    assert read_by(reader) == "孙钱"

    Application.objects.filter(pk=second.pk).update(standing="withdrawn")
    assert read_by(reader) == "孙"
    Application.objects.filter(pk=second.pk).update(standing="open")
    sitting.opened()
    Application.objects.filter(pk__in=[second.pk, third.pk]).update(standing="withdrawn")

    assert read_by(reader) == "孙钱"


@pytest.mark.clause("R51")
def test_a_member_reads_nobody_of_their_own_employer_or_of_its_divisions(world, sitting):
    reader, colleague, other = sitting.experts
    ward = office.create_office(
        "ward", "心内科", kind=OfficeKind.DIVISION, region="653100", parent=world.hospital
    )
    Application.objects.filter(pk=sitting.candidates[0].pk).update(employer=ward)
    Application.objects.filter(pk=sitting.candidates[1].pk).update(employer=world.hotan_hospital)
    for one, employer in ((reader, world.hospital), (colleague, ward), (other, world.enterprise)):
        Person.objects.filter(pk=one.pk).update(employer=employer)

    assert [read_by(one) for one in sitting.experts] == ["钱", "钱", "孙赵钱"]


@pytest.mark.clause("R51")
def test_who_stands_before_the_same_panel_reads_nobody_there(world, sitting):
    rival = candidate(world, 7, last_review(world).code)
    seat(world, rival.applicant, track="professional")

    assert read_by(rival.applicant) == ""
    Application.objects.filter(pk=rival.pk).update(standing="withdrawn")
    assert read_by(rival.applicant) == "孙赵钱"


@pytest.mark.clause("R51")
def test_a_declared_recusal_hides_the_file(world, sitting):
    reader, kept_out = sitting.experts[0], sitting.candidates[1]

    panel.recuse(sitting.panel.pk, kept_out.pk, by=reader, relation="teacher")

    assert [read_by(one) for one in sitting.experts] == ["孙赵", "孙赵钱", "孙赵钱"]
