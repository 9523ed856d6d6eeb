"""What an officer is shown of a scan: doubts, where else it was given, and that it was kept out."""

import sys
from random import Random

import pytest
from django.test import Client
from django.urls import reverse

from juxian.actions import examination
from juxian.records.models import Evidence, Examination
from juxian.records.sealing import seal
from tests.house.actions.scanned import certificate, give, pdf, png, saved_again
from tests.house.desks.office_world import text
from tests.rules import sample_scans as pages

pytestmark = pytest.mark.django_db

ELSEWHERE = "同一扫描件也出现在"
UNNAMED = "同一扫描件也出现在另一份申报中，请核对是否为本人材料。"


@pytest.fixture(autouse=True)
def _nobody_reads_words(monkeypatch):
    """As where the extra is not installed."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


def reading(person, evidence):
    """The page of the officer with this piece of evidence on show."""
    client = Client()
    client.force_login(person)
    application = evidence.application
    number = list(Evidence.objects.filter(application=application).order_by("position")).index(
        evidence
    )
    address = reverse("office:file", args=[application.number])
    return text(client.get(address, {"proof": number + 1}))


def given(file, content, **said):
    evidence = give(file, content, **said)
    examination.examine(evidence.file_id)
    return evidence


def test_the_other_person_is_named_only_once_the_officer_may_see_that_file(world):
    mine, other = world.professional_draft(), world.professional_draft(1)
    page = certificate()
    proof = given(mine, png(page))
    given(other, png(saved_again(page)))
    world.submit(mine)

    before = reading(world.hospital_handler, proof)
    world.submit(other)
    after = reading(world.hospital_handler, proof)

    assert UNNAMED in before
    assert other.number not in before
    named = f"{ELSEWHERE}申报{other.number}（{other.name}、{other.employer.name}）中"
    assert (named in after, UNNAMED in after) == (True, False)


def test_the_very_same_file_and_a_further_use_unseen_are_both_said(world):
    files = [world.professional_draft(), *(world.professional_draft(n) for n in (1, 2))]
    proof, *_others = [given(file, png(certificate(4))) for file in files]
    for file in files[:2]:
        world.submit(file)

    shown = reading(world.hospital_handler, proof)

    assert f"{ELSEWHERE}申报{files[1].number}" in shown
    assert UNNAMED in shown
    assert files[2].number not in shown


def test_a_scan_given_again_by_the_same_person_is_nobody_elses(world):
    mine = world.professional_draft()
    proof = given(mine, png(certificate()))
    given(mine, png(saved_again(certificate())))
    world.submit(mine)

    assert ELSEWHERE not in reading(world.hospital_handler, proof)


def test_the_applicant_is_not_told_where_else_a_scan_was_given(world):
    mine, other = world.professional_draft(), world.professional_draft(1)
    for file in (mine, other):
        given(file, png(certificate()))
    client = Client()
    client.force_login(mine.applicant)

    shown = text(client.get(reverse("applicant:evidence", args=[mine.number])))

    assert (ELSEWHERE in shown, other.number in shown) == (False, False)


def test_doubts_about_pages_stand_beside_the_evidence(world):
    mine = world.professional_draft()
    proof = given(mine, pdf(certificate(), pages.blank(Random(2))))
    world.submit(mine)

    shown = reading(world.hospital_handler, proof)

    assert "第 2 页是空白页" in shown
    assert "供核对，不作为结论" in shown


def test_a_file_that_could_not_be_examined_is_said_to_be_so(world):
    mine = world.professional_draft()
    proof = give(mine, png(certificate(2)))
    Examination.objects.create(file=proof.file, unreadable=True, examined_at=proof.added_at)
    world.submit(mine)

    assert "这份文件无法自动检查，请打开核对。" in reading(world.hospital_handler, proof)


def test_what_was_typed_is_held_against_the_words_that_were_read(world):
    mine = world.professional_draft()
    section = mine.sections.get(code="title")
    (row, *_more) = section.values["titles"]
    proof = given(mine, png(certificate(2)), material="title", claim=f"title.titles.{row['id']}")
    words = f"职称证书 姓名 {mine.name} 证书编号：ZZ-0000-1111 {row['obtained'][:4]}年颁发"
    Examination.objects.filter(file=proof.file).update(words=seal(words))
    world.submit(mine)

    said = f"扫描件上的编号像是“ZZ-0000-1111”，填写的是“{row['certificate']}”，请核对。"
    assert said in reading(world.hospital_handler, proof)

    words = words.replace("ZZ-0000-1111", row["certificate"])
    Examination.objects.filter(file=proof.file).update(words=seal(words))
    assert "扫描件上" not in reading(world.hospital_handler, proof)


def test_a_scalar_number_is_compared_with_every_scan_of_its_material(world):
    mine = world.skilled_draft()
    proof = given(mine, png(certificate(2)), material="skill")
    words = "职业技能等级证书 姓名 路人丙 等级 高级技师 没有编号的一份证书"
    Examination.objects.filter(file=proof.file).update(words=seal(words))
    world.submit(mine)

    shown = reading(world.enterprise_handler, proof)

    assert "扫描件上没有找到填写的编号“" in shown
    assert f"扫描件上没有找到姓名“{mine.name}”，请核对。" in shown
    assert "扫描件上没有找到填写的年份" in shown


def test_of_a_withheld_file_every_page_says_so_instead_of_failing(
    world, django_capture_on_commit_callbacks
):
    mine = world.professional_draft()
    proof = given(mine, png(certificate()))
    world.submit(mine)
    with django_capture_on_commit_callbacks(execute=True):
        examination.withhold(proof.file_id, rule="level_star")

    shown = reading(world.hospital_handler, proof)
    client = Client()
    client.force_login(world.hospital_handler)
    download = client.get(reverse("office:proof", args=[mine.number, proof.pk]))

    assert "已拦截：这份文件带有密级标志，没有保留内容" in shown
    assert reverse("office:proof_page", args=[mine.number, proof.pk, 1]) not in shown
    assert download.status_code == 409
    assert "已被拦截" in text(download)
