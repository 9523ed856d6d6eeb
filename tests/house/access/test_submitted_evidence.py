"""Whose evidence is whose to see: an office and an expert read what was submitted, and no more."""

import pytest
from django.test import Client
from django.urls import reverse

from juxian.access import scope
from juxian.actions import evidence, intake, submission
from juxian.actions.application import save_section
from juxian.records import sealing
from juxian.records.models import (
    Application,
    CorrectionItem,
    Recipient,
    Section,
    Submission,
)
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Standing
from juxian.selectors.facts import answers_of
from tests.house.actions.ballot_world import committee
from tests.house.world import PDF, photograph, vary_identity

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(world):
    """Sent back for one material, which the applicant has changed: the old out, a new one in."""
    file = world.submitted()
    world.send_back(file, {"evidence.id_card": "居民身份证"})
    return file


def changed(file):
    """The evidence that was submitted and is taken back, and that which takes its place."""
    old = file.evidence.get(material="id_card")
    evidence.detach(old.pk, by=file.applicant)
    new = evidence.attach(
        file.pk, by=file.applicant, material="id_card", title="新证", content=photograph()
    )
    return old, new


def seen_by(somebody, file):
    return set(scope.evidence(somebody).filter(application=file).values_list("pk", flat=True))


def submitted_in(file):
    latest = Submission.objects.filter(application=file).latest("turn")
    return {entry["id"] for entry in latest.evidence}


@pytest.mark.clause("R69")
def test_an_office_sees_what_was_submitted_until_the_applicant_submits_again(world, returned):
    old, new = changed(returned)
    officer = world.hospital_handler

    before = submitted_in(returned)
    assert seen_by(officer, returned) == before
    assert (old.pk in before, new.pk in before) == (True, False)

    CorrectionItem.objects.update(reply="已重传")
    world.submit(returned)
    after = submitted_in(returned)
    assert seen_by(officer, returned) == after == before - {old.pk} | {new.pk}


def test_the_applicant_sees_every_file_of_the_own_application(returned):
    changed(returned)

    everything = set(returned.evidence.values_list("pk", flat=True))
    assert seen_by(returned.applicant, returned) == everything


def test_pages_and_downloads_of_the_office_follow_the_submitted_turn(client, world, returned):
    old, new = changed(returned)
    client.force_login(world.hospital_handler)

    answers = {
        (name, which.pk): client.get(
            reverse(f"office:{name}", args=[returned.number, which.pk, *page])
        ).status_code
        for name, page in (("proof", ()), ("proof_page", (1,)))
        for which in (old, new)
    }
    shown = client.get(reverse("office:file", args=[returned.number])).content.decode()

    assert answers == {
        ("proof", old.pk): 200,
        ("proof_page", old.pk): 200,
        ("proof", new.pk): 404,
        ("proof_page", new.pk): 404,
    }
    assert (old.title in shown, "新证" in shown) == (True, False)


def submitted_before_the_committee(world):
    """A candidate voted on and sent back since, with evidence changed after that."""
    sitting = committee(world, experts=3, candidates=2)
    first = sitting.candidates[0]
    given = [
        evidence.Evidence.objects.create(
            application=first,
            material="id_card",
            title=title,
            file=intake.store(intake.Taken(PDF, "application/pdf")),
            position=number,
            added_by=first.applicant,
            added_at=first.created_at,
        )
        for number, title in enumerate(("送审的证", "新换的证"), start=1)
    ]
    Submission.objects.create(
        application=first,
        turn=1,
        header={},
        answers={},
        evidence=[{"id": given[0].pk}],
        findings=[],
        pack_digest="",
        digest="",
        signed_name=first.name,
        by=first.applicant,
        submitted_at=first.created_at,
    )
    sitting.opened()
    first.standing = Standing.RETURNED
    first.save()
    given[0].removed_at = first.created_at
    given[0].save()
    return sitting, first, given


def test_an_expert_reads_what_was_submitted_of_a_file_that_has_been_sent_back(world):
    sitting, first, (old, new) = submitted_before_the_committee(world)
    expert = Client()
    expert.force_login(sitting.experts[0])
    key = sitting.panel.pk

    dossier = expert.get(reverse("expert:dossier", args=[key, first.pk])).content.decode()
    answers = [
        expert.get(reverse(f"expert:{name}", args=[key, first.pk, which.pk, *page])).status_code
        for name, page in (("evidence", ()), ("evidence_page", (1,)))
        for which in (old, new)
    ]

    assert ("送审的证" in dossier, "新换的证" in dossier) == (True, False)
    assert seen_by(world.fresh(sitting.experts[0]), first) == {old.pk}
    assert answers == [200, 404, 200, 404]


def test_what_is_being_mended_in_the_form_reaches_no_list_before_it_is_submitted(world):
    file = world.submitted()
    world.send_back(file, {"basic.name": "姓名"})
    was, new = file.name, "古丽·新名"

    retype(file, "basic", name=new)
    retype(file, "declaration", signature=new)

    assert named(file) == (was, was)
    submission.submit(file.pk, by=file.applicant, signed_name=new, declared=True)
    assert named(file) == (new, new)


def retype(file, section, **answers):
    row = Section.objects.get(application=file, code=section)
    save_section(file.pk, section, answers, by=file.applicant, version=row.version)


def named(file):
    """As lists call the applicant, and as the last submission does."""
    now = Application.objects.get(pk=file.pk)
    latest = Submission.objects.filter(application=file).latest("turn")
    return now.name, latest.answers["basic"]["name"]


def test_an_identity_that_another_live_file_has_is_refused_when_a_return_is_submitted(world):
    first, file = world.submitted(number=1), world.submitted(number=2)
    world.send_back(file, {"basic": "基本信息"})
    retype(file, "basic", **answers_of(first)["basic"])

    with pytest.raises(NotReady, match="同一证件号码在本批次已有一份申报"):
        world.submit(file)

    file.refresh_from_db()
    assert (file.standing, file.turn) == (Standing.RETURNED, 1)


@pytest.mark.clause("R11")
def test_a_mended_identity_is_held_against_the_register_before_it_is_submitted(client, world):
    file = world.submitted()
    world.send_back(file, {"basic.resident_id": "公民身份号码"})
    client.force_login(file.applicant)
    page = reverse("applicant:submit", args=[file.number])
    whole = answers_of(file)
    vary_identity(whole, 9)
    other = whole["basic"]["resident_id"]
    Recipient.objects.create(name="旧名", id_mark=sealing.mark(other), year=2014)
    assert client.get(page).context["gaps"] == 1  # what was returned is not mended yet

    retype(file, "basic", resident_id=other)

    assert client.get(page).context["gaps"] == 1
    with pytest.raises(NotReady, match="名册"):
        world.submit(file)
