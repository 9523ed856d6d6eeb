"""Opinions at the desk: the letter's scan, what runs out soon, and who reads the remark."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from juxian.actions import nomination
from juxian.records.models import Proceeding, ProceedingFile
from tests.house.desks.office_world import at, listed, text, took_up
from tests.house.world import PDF, give_reasons
from tests.papers.samples import text_of

pytestmark = pytest.mark.django_db

REMARK = "2018年有一封来信，已查清。"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def file(world):
    return world.submitted()


def reply(file, **otherwise):
    scan = SimpleUploadedFile("回函.pdf", PDF, "application/pdf")
    said = {"body": "纪检监察部门", "document_number": "喀纪函〔2020〕3号", "scan": scan}
    said |= {"held_on": "2020-03-20", f"choice-{file.pk}": "cleared", f"words-{file.pk}": REMARK}
    return said | otherwise


def heard(opened):
    return Proceeding.objects.get(pk=opened.pk).concluded_at is not None


@pytest.mark.clause("R46", "R48")
def test_the_scan_is_kept_together_with_what_it_proves_or_not_at_all(world, file):
    opened = listed(world, "discipline", file)
    discipline = signed_in(world.kashgar_discipline)
    page = f"/office/opinions/{opened.pk}/"

    wrong = discipline.post(page, reply(file, document_number=""))
    lacking = discipline.post(page, reply(file, **{f"words-{file.pk}": ""}))
    before = (ProceedingFile.objects.count(), heard(opened))
    discipline.post(page, reply(file))
    world.pass_until("nominator_decision", file)
    decided = took_up(world, file)
    officer = signed_in(world.kashgar_handler)
    minutes = {"body": "行署常务会议", "document_number": "喀署纪〔2020〕8号"}
    minutes |= {
        "held_on": "2020-03-20",
        f"choice-{file.pk}": "approve",
        "scan": reply(file)["scan"],
    }
    officer.post(f"/office/decisions/{decided.pk}/", minutes)

    assert (wrong.status_code, lacking.status_code, before) == (422, 422, (0, False))
    assert list(ProceedingFile.objects.order_by("pk").values_list("proceeding", "title")) == [
        (opened.pk, "回函扫描件 喀纪函〔2020〕3号"),
        (decided.pk, "会议纪要或批文扫描件 喀署纪〔2020〕8号"),
    ]


@pytest.mark.clause("R46")
def test_the_remark_is_read_by_the_office_and_the_body_alone(world, file):
    opened = listed(world, "discipline", file)
    discipline = signed_in(world.kashgar_discipline)
    discipline.post(f"/office/opinions/{opened.pk}/", reply(file))
    world.pass_until("formal_check", file)
    officer, clerk = signed_in(world.kashgar_handler), signed_in(world.hospital_handler)
    applicant = signed_in(file.applicant)
    list_page = f"/office/opinions/{opened.pk}/"
    places = {
        "list for the body": text(discipline.get(list_page)),
        "list for the office": text(officer.get(list_page)),
        "file for the office": text(officer.get(f"/office/files/{file.number}/")),
        "file for the employer": text(clerk.get(f"/office/files/{file.number}/")),
        "list for the employer": text(clerk.get(list_page)),
        "progress": text(applicant.get(f"/my/{file.number}/progress/")),
        "nomination form": text_of(at(officer, "nomination_paper", file.number).content),
        "application form": text_of(at(officer, "form_paper", file.number).content),
    }

    assert {where for where, said in places.items() if REMARK in said} == {
        "list for the body",
        "list for the office",
        "file for the office",
    }
    assert "有反映，已查清，不影响推荐" in places["nomination form"]


@pytest.mark.clause("R46")
def test_what_runs_out_is_told_ahead_with_the_way_to_mend_it(world, file):
    opened = listed(world, "nominator_decision", file)
    officer = signed_in(world.kashgar_handler)
    letter = Proceeding.objects.get(kind="opine")
    pages = {}
    for held_on in (date(2020, 3, 20), date(2019, 10, 5), date(2019, 9, 1)):
        Proceeding.objects.filter(pk=letter.pk).update(held_on=held_on)
        pages[held_on] = text(officer.get(f"/office/decisions/{opened.pk}/"))
    own = text(officer.get(f"/office/opinions/{letter.pk}/"))
    good, soon, over = pages.values()
    link = f'<a href="/office/opinions/{letter.pk}/">看意见名单</a>'

    assert [link in page for page in (good, soon, over)] == [False, True, True]
    assert f"{file.name}：纪检监察部门2019年10月5日的意见将于2020年4月5日失效" in soon
    assert f"{file.name}：纪检监察部门2019年9月1日的意见6个月内有效，已过期" in over
    assert "已过期" in own


@pytest.mark.clause("R46")
def test_what_soon_runs_out_keeps_no_list_from_going_up(world, file):
    opened = listed(world, "nomination", file)
    officer = signed_in(world.kashgar_handler)
    letter = Proceeding.objects.get(kind="opine")
    Proceeding.objects.filter(pk=letter.pk).update(held_on=date(2019, 10, 5))
    nomination.arrange(opened.pk, by=world.kashgar_handler, order=[file.pk])
    give_reasons(opened, file, by=world.kashgar_handler)

    shown = text(officer.get(f"/office/nominations/{opened.pk}/"))

    assert "的意见将于2020年4月5日失效" in shown
    assert "核对并上报" in shown
