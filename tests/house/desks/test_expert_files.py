"""The expert's desk: reading a candidate's file and evidence."""

import pytest
from django.urls import reverse

from juxian.actions import panel, proceeding
from juxian.actions.examination import withhold
from juxian.actions.intake import Taken, store
from juxian.actions.office import create_office
from juxian.records.clock import now
from juxian.records.models import (
    Application,
    Evidence,
    PanelMember,
    Person,
    Recusal,
    Submission,
    Trace,
)
from juxian.records.sealing import seal
from juxian.regulation.words import OfficeKind, Role
from juxian.selectors.panel import candidates_before, candidates_for, own_seat
from tests.house.actions.ballot_world import candidate, committee
from tests.house.world import PDF
from tests.rules.sample_answers import professional_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(world):
    return committee(world, experts=3, candidates=2)


@pytest.fixture
def expert(client, sitting):
    """The first judge, signed in."""
    client.force_login(sitting.experts[0])
    return client


def page(client, name, *args):
    response = client.get(reverse(f"expert:{name}", args=args))
    return response.status_code, response.content.decode(errors="replace")


@pytest.fixture
def dossier(sitting):
    """The first candidate's submission and one piece of evidence; the ballot is open."""
    first = sitting.candidates[0]
    answers = professional_sample()
    answers["basic"]["resident_id"] = seal(answers["basic"]["resident_id"])
    evidence = Evidence.objects.create(
        application=first,
        material="title_certificate",
        title="职称证书",
        file=store(Taken(PDF, "application/pdf")),
        position=1,
        added_by=first.applicant,
        added_at=now(),
    )
    Submission.objects.create(
        application=first,
        turn=1,
        header={},
        answers=answers,
        evidence=[{"id": evidence.pk}],
        findings=[],
        pack_digest="",
        digest="",
        signed_name=first.name,
        by=first.applicant,
        submitted_at=now(),
    )
    sitting.opened()
    return first, evidence


@pytest.mark.clause("R51")
def test_a_member_reads_the_file_without_contact_data(expert, sitting, dossier):
    first, evidence = dossier
    basic = professional_sample()["basic"]

    status, html = page(expert, "dossier", sitting.panel.pk, first.pk)

    assert status == 200
    assert "职称证书" in html
    assert basic["name"] in html
    for private in (basic["resident_id"], "sealed:", *contact_data()):
        assert private not in html
    picture = expert.get(
        reverse("expert:evidence_page", args=[sitting.panel.pk, first.pk, evidence.pk, 1])
    )
    assert picture["Content-Type"] == "image/png"
    assert page(expert, "evidence", sitting.panel.pk, first.pk, evidence.pk)[0] == 200
    assert page(expert, "evidence_page", sitting.panel.pk, first.pk, evidence.pk, 2)[0] == 404
    assert Trace.objects.get(act="open_file").subject_id == str(first.pk)


def contact_data():
    """Every telephone, address of mail and postcode of the sample."""
    sample = professional_sample()
    private = ("mobile", "phone", "email", "postcode", "address")
    return {
        value
        for section in sample.values()
        for name, value in section.items()
        if isinstance(value, str) and value and name.endswith(private)
    }


@pytest.mark.clause("R50")
def test_a_file_kept_out_of_is_closed(expert, sitting, dossier):
    first, evidence = dossier
    panel.recuse(sitting.panel.pk, first.pk, by=sitting.experts[0], relation="kin")

    status, html = page(expert, "dossier", sitting.panel.pk, first.pk)

    assert status == 403
    assert "您须回避这位人选" in html
    assert first.name not in html
    assert page(expert, "evidence", sitting.panel.pk, first.pk, evidence.pk)[0] == 404
    assert page(expert, "evidence_page", sitting.panel.pk, first.pk, evidence.pk, 1)[0] == 404


def reads(client, sitting, file, who=None):
    """The status of the file's page for a member of the panel."""
    client.force_login(who or sitting.experts[0])
    return client.get(reverse("expert:dossier", args=[sitting.panel.pk, file.pk])).status_code


@pytest.mark.clause("R51")
def test_a_file_is_read_as_soon_as_its_list_is_before_the_panel(client, sitting):
    """Long before a ballot: whom to keep out of is known by reading."""
    first, second = sitting.candidates

    assert reads(client, sitting, first) == 200
    assert (
        f"/expert/panels/{sitting.panel.pk}/files/{first.pk}/"
        in page(client, "recusal", sitting.panel.pk)[1]
    )
    panel.recuse(sitting.panel.pk, second.pk, by=sitting.experts[0], relation="coauthor")
    assert reads(client, sitting, second) == 403
    assert (
        f"/expert/panels/{sitting.panel.pk}/files/{second.pk}/"
        not in page(client, "recusal", sitting.panel.pk)[1]
    )


def test_nobody_reads_before_the_pledge_and_no_stranger_ever(client, world, sitting):
    first = sitting.candidates[0]
    member = PanelMember.objects.filter(person=sitting.experts[1])
    member.update(pledged_at=None)

    assert reads(client, sitting, first, sitting.experts[1]) == 403
    assert reads(client, sitting, first, world.stranger) == 404
    assert reads(client, sitting, first, world.expert1) == 404


@pytest.mark.clause("R50")
@pytest.mark.parametrize(
    ("member_at", "candidate_at"),
    [("hospital", "hospital"), ("ward", "hospital"), ("hospital", "ward"), ("ward", "ward")],
)
def test_a_colleagues_file_is_closed_before_anything_is_declared(
    client, world, sitting, member_at, candidate_at
):
    """What the records prove counts before it is written down."""
    first = sitting.candidates[0]
    hospital = world.hospital
    ward = create_office("ward", "心内科", kind=OfficeKind.DIVISION, region="", parent=hospital)
    offices = {"hospital": hospital, "ward": ward}
    Person.objects.filter(pk=sitting.experts[0].pk).update(employer=offices[member_at])
    Application.objects.filter(pk=first.pk).update(employer=offices[candidate_at])

    assert reads(client, sitting, first) == 403
    assert Recusal.objects.count() == 0
    assert candidates_for(*met(sitting))[0].relation == "employer"


def met(sitting):
    """The first expert's seat and the candidates, as the page of recusals loads them."""
    seat = own_seat(sitting.experts[0], sitting.panel.pk).get()
    return seat, list(candidates_before(sitting.panel))


def test_a_member_who_stands_himself_reads_none_of_his_rivals_files(client, world, sitting):
    first, second = sitting.candidates
    Application.objects.filter(pk=second.pk).update(applicant=sitting.experts[0])

    assert [reads(client, sitting, one) for one in (first, second)] == [403, 403]
    assert reads(client, sitting, first, sitting.experts[1]) == 200


def test_a_file_of_another_track_or_on_no_list_stays_closed(client, world, sitting):
    step = sitting.candidates[0].step
    loose = candidate(world, 7, step)
    skilled = candidate(world, 8, step, track="skilled", at=world.enterprise)
    by = world.officer_for(skilled, Role.SECRETARY)
    proceeding.open_proceeding(step, [skilled.pk], by=by)

    assert reads(client, sitting, loose) == 403
    assert reads(client, sitting, skilled) == 403


def test_a_withdrawn_file_closes_unless_it_was_voted_on(client, sitting):
    first, second = sitting.candidates
    Application.objects.filter(pk=first.pk).update(standing="withdrawn")

    assert reads(client, sitting, first) == 403
    sitting.opened()
    Application.objects.filter(pk=second.pk).update(standing="withdrawn")
    assert reads(client, sitting, second) == 200


@pytest.mark.clause("R58")
def test_a_file_that_was_withheld_is_said_to_be_so_and_shows_no_page(expert, sitting, dossier):
    first, evidence = dossier
    withhold(evidence.file_id, rule="level_star")

    status, shown = page(expert, "evidence", sitting.panel.pk, first.pk, evidence.pk)

    assert (status, "已拦截" in shown, "<img" in shown) == (200, True, False)
