"""The expert's desk: reading a candidate's file and evidence."""

import pytest
from django.urls import reverse

from juxian.actions import panel
from juxian.actions.evidence import store
from juxian.records.clock import now
from juxian.records.models import Evidence, Submission, Trace
from juxian.records.sealing import seal
from tests.house.actions.ballot_world import committee
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
    Submission.objects.create(
        application=first,
        turn=1,
        header={},
        answers=answers,
        evidence=[],
        findings=[],
        pack_digest="",
        digest="",
        signed_name=first.name,
        by=first.applicant,
        submitted_at=now(),
    )
    evidence = Evidence.objects.create(
        application=first,
        material="title_certificate",
        title="职称证书",
        file=store(PDF),
        position=1,
        added_by=first.applicant,
        added_at=now(),
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
