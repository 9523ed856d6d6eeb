"""Collective work: lists, scans, opinions and decisions."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from juxian.actions import application
from juxian.records.models import Proceeding, ProceedingFile
from tests.house.desks.office_world import at, listed, many, says, send, text, took_up
from tests.house.world import PDF, kept_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    return world.submitted()


def signed_in(client, person):
    client.force_login(person)
    return client


def stands(file):
    file.refresh_from_db()
    return file.step, file.standing


@pytest.mark.parametrize(
    ("step", "officer", "page"),
    [
        ("peer_review", "hospital_handler", "evaluations"),
        ("employer_notice", "hospital_handler", "publicity"),
        ("discipline", "kashgar_discipline", "opinions"),
        ("nominator_decision", "kashgar_handler", "decisions"),
        ("nomination", "kashgar_handler", "nominations"),
    ],
)
def test_every_list_has_its_page_and_no_stranger_finds_it(client, world, file, step, officer, page):
    opened = listed(world, step, file)
    here = signed_in(client, getattr(world, officer))

    assert at(here, "list", opened.pk).url == f"/office/{page}/{opened.pk}/"
    assert file.name in text(here.get(f"/office/{page}/{opened.pk}/"))

    signed_in(client, world.hotan_handler)
    assert at(client, "list", opened.pk).status_code == 404
    assert client.get(f"/office/{page}/{opened.pk}/").status_code == 404
    assert client.post(f"/office/{page}/{opened.pk}/").status_code == 404


def test_a_list_is_not_read_under_another_kind(client, world, file):
    opened = listed(world, "peer_review", file)
    signed_in(client, world.hospital_handler)

    assert at(client, "decision", opened.pk).status_code == 404


def test_another_role_of_the_same_office_reads_and_does_not_act(client, world, file):
    opened = listed(world, "peer_review", file)
    signed_in(client, world.hospital_discipline)

    page = at(client, "evaluation", opened.pk)

    assert (page.status_code, page.context["may_work"]) == (200, False)
    assert "保存评议记录" not in text(page)


def test_lists_are_shown_open_and_done(client, world, file):
    listed(world, "employer_notice", file)
    signed_in(client, world.hospital_handler)

    page = at(client, "lists")

    assert [line.step.code for line in page.context["lines"]] == ["employer_notice"]
    assert [line.step.code for line in page.context["done_lines"]] == ["peer_review"]


def test_an_office_without_lists_reads_of_each_kind_that_there_is_none(client, world):
    signed_in(client, world.hospital_handler)

    lists, notices = text(at(client, "lists")), text(at(client, "notices"))

    assert ("现在轮到" in lists, "没有正在办理的名单。" in lists) == (False, True)
    assert ("现在轮到" in notices, notices.count("没有未办结的异议。")) == (False, 1)
    assert "人选到达公示环节后" in notices


def test_the_lists_lead_to_the_most_urgent(client, world, file):
    opened = listed(world, "employer_notice", file)
    signed_in(client, world.hospital_handler)

    page = text(at(client, "lists"))

    assert f'btn-primary" href="/office/lists/{opened.pk}/"' in page


def test_somebody_taken_off_stays_at_the_step(client, world, file):
    (other,) = many_at(world, file, "peer_review")
    opened = took_up(world, file, other)
    signed_in(client, world.hospital_handler)

    answer = send(client, "take_off", opened.pk, other.pk)

    assert says(answer) == ["已移出名单，仍留在本环节待办。"]
    assert [item.application_id for item in opened.items.all()] == [file.pk]
    assert stands(other) == ("peer_review", "open")


def many_at(world, file, step):
    world.pass_until(step, file)
    return many(file, 1)


def test_a_stranger_takes_nobody_off(client, world, file):
    opened = listed(world, "peer_review", file)
    signed_in(client, world.hotan_handler)

    assert send(client, "take_off", opened.pk, file.pk).status_code == 404
    assert opened.items.count() == 1


def test_whoever_withdrew_is_named_on_the_list(client, world, file):
    opened = listed(world, "peer_review", file)
    application.withdraw(file.pk, by=file.applicant, reason="个人原因")
    signed_in(client, world.hospital_handler)

    page = text(at(client, "evaluation", opened.pk))

    assert "以下人员已不在本环节（可能已撤回），请先移出名单：" in page


def test_a_scan_is_kept_and_comes_back_as_a_download(client, world, file):
    opened = listed(world, "peer_review", file)
    signed_in(client, world.hospital_handler)
    scan = SimpleUploadedFile("签到表.pdf", PDF, content_type="application/pdf")

    answer = client.post(f"/office/lists/{opened.pk}/scans/", {"title": "签到表", "scan": scan})
    kept = ProceedingFile.objects.get()
    download = at(client, "scan", opened.pk, kept.pk)

    assert (answer.status_code, kept.title) == (302, "签到表")
    assert download.content == kept_of(PDF)
    assert download["Content-Disposition"].startswith("attachment")


def test_what_is_no_scan_is_refused_in_words(client, world, file):
    opened = listed(world, "peer_review", file)
    signed_in(client, world.hospital_handler)
    scan = SimpleUploadedFile("签到表.pdf", b"<html>", content_type="application/pdf")

    answer = client.post(f"/office/lists/{opened.pk}/scans/", {"title": "签到表", "scan": scan})

    assert answer.status_code == 422
    assert "这是网页文件，请在浏览器里打开，打印为PDF后再上传" in text(answer)
    assert not ProceedingFile.objects.exists()


def test_scans_of_a_stranger_list_are_not_had(client, world, file):
    opened = listed(world, "peer_review", file)
    signed_in(client, world.hotan_handler)

    assert at(client, "attach", opened.pk).status_code == 404
    assert at(client, "scan", opened.pk, 1).status_code == 404


def opinion(file, code="none", words="", **otherwise):
    return {
        "body": "喀什地区纪委监委",
        "document_number": "喀纪函〔2020〕3号",
        "held_on": "2020-03-16",
        f"choice-{file.pk}": code,
        f"words-{file.pk}": words,
    } | otherwise


@pytest.mark.clause("R46")
def test_an_opinion_without_findings_sends_the_person_on(client, world, file):
    opened = listed(world, "discipline", file)
    signed_in(client, world.kashgar_discipline)

    client.post(f"/office/opinions/{opened.pk}/", opinion(file))
    opened.refresh_from_db()

    assert stands(file) == ("nominator_check", "open")
    assert opened.document_number == "喀纪函〔2020〕3号"


@pytest.mark.clause("R46")
def test_a_person_disagreed_with_needs_a_reason_and_is_out(client, world, file):
    opened = listed(world, "discipline", file)
    signed_in(client, world.kashgar_discipline)

    wordless = client.post(f"/office/opinions/{opened.pk}/", opinion(file, "disagreed"))
    before = stands(file)
    client.post(f"/office/opinions/{opened.pk}/", opinion(file, "disagreed", "正在核查"))

    assert (wordless.status_code, before) == (422, ("discipline", "open"))
    assert "请写明情况" in text(wordless)
    assert stands(file) == ("discipline", "rejected")


def test_a_deferred_person_stays_at_the_step(client, world, file):
    (other,) = many_at(world, file, "discipline")
    opened = took_up(world, file, other)
    signed_in(client, world.kashgar_discipline)
    data = opinion(file) | opinion(other, "deferred", "待核查")

    client.post(f"/office/opinions/{opened.pk}/", data)

    assert (stands(file), stands(other)) == (("nominator_check", "open"), ("discipline", "open"))


def test_a_day_to_come_is_refused(client, world, file):
    opened = listed(world, "discipline", file)
    signed_in(client, world.kashgar_discipline)

    answer = client.post(f"/office/opinions/{opened.pk}/", opinion(file, held_on="2031-01-01"))

    assert (answer.status_code, stands(file)) == (422, ("discipline", "open"))
    assert "日期不能晚于今天" in text(answer)


def test_a_blank_document_is_asked_for_and_nothing_is_lost(client, world, file):
    opened = listed(world, "discipline", file)
    signed_in(client, world.kashgar_discipline)

    answer = client.post(
        f"/office/opinions/{opened.pk}/",
        opinion(file, "cleared", "有反映，已查清", document_number=""),
    )

    assert (answer.status_code, stands(file)) == (422, ("discipline", "open"))
    assert "有反映，已查清" in text(answer)


def decision(file, choice="approve", words="", **otherwise):
    return {
        "body": "喀什地区行署常务会议",
        "document_number": "喀署纪〔2020〕8号",
        "held_on": "2020-03-16",
        f"choice-{file.pk}": choice,
        f"words-{file.pk}": words,
    } | otherwise


@pytest.mark.clause("R48")
def test_a_decision_approves_everybody_but_those_declined(client, world, file):
    (other,) = many_at(world, file, "nominator_decision")
    opened = took_up(world, file, other)
    signed_in(client, world.kashgar_handler)
    data = decision(file) | decision(other, "decline", "名额所限")

    client.post(f"/office/decisions/{opened.pk}/", data)

    assert stands(file) == ("nomination", "open")
    assert stands(other) == ("nominator_decision", "not_selected")


@pytest.mark.clause("R48")
def test_a_refusal_by_the_government_needs_its_reason(client, world, file):
    opened = listed(world, "nominator_decision", file)
    signed_in(client, world.kashgar_handler)

    answer = client.post(f"/office/decisions/{opened.pk}/", decision(file, "decline"))

    assert (answer.status_code, stands(file)) == (422, ("nominator_decision", "open"))
    assert f"{file.name}：请写明不同意的理由" in text(answer)
    assert Proceeding.objects.get(pk=opened.pk).concluded_at is None


def test_a_concluded_decision_is_read_with_its_document(client, world, file):
    opened = listed(world, "nominator_decision", file)
    signed_in(client, world.kashgar_handler)
    client.post(f"/office/decisions/{opened.pk}/", decision(file))

    page = text(at(client, "decision", opened.pk))
    again = client.post(f"/office/decisions/{opened.pk}/", decision(file))

    assert "喀署纪〔2020〕8号" in page
    assert (again.status_code, stands(file)) == (422, ("nomination", "open"))
