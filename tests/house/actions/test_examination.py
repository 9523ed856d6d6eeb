"""Examining files: what is seen, what is alike, what is kept out; and it always comes to an end."""

import sys
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app

from juxian.actions import examination, intake
from juxian.papers.scan_pages import Unreadable
from juxian.records.models import (
    Evidence,
    Examination,
    Likeness,
    Message,
    PagePrint,
    StoredFile,
    Trace,
)
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.selectors.evidence import content_of, path_of
from juxian.selectors.examination import doubts_of, said_of
from tests.house.actions.scanned import certificate, give, pdf, png, saved_again
from tests.house.actions.unchanged import everything
from tests.rules import sample_scans as pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_reads_words(monkeypatch):
    """As where the extra is not installed."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


@pytest.fixture
def drafted(world):
    return world.professional_draft()


@pytest.fixture
def two_drafts(world, drafted):
    return drafted, world.professional_draft(1)


def examined(evidence):
    examination.examine(evidence.file_id)
    return Examination.objects.get(file=evidence.file_id)


def errands():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'file', queue_name, priority FROM procrastinate_jobs"
            " WHERE task_name = 'examine' ORDER BY id"
        )
        return cursor.fetchall()


def test_each_page_of_a_scan_is_looked_at_and_what_is_doubtful_is_said(drafted):
    dice = Random(5)
    sheets = [
        certificate(),
        pages.blank(dice),
        pages.blurred(pages.prose(dice), dice),
        pages.scanned(pages.sideways(pages.prose(dice), dice), dice),
    ]
    given = give(drafted, pdf(*sheets))

    row = examined(given)

    assert [said_of(doubt) for doubt in doubts_of([given])[given.file_id]] == [
        "第 2 页是空白页",
        "第 3 页不清楚",
        "第 4 页方向不正",
    ]
    assert (row.unreadable, row.words) == (False, "")


def test_a_small_picture_is_said_to_have_too_few_points_in_a_pdf_too(drafted):
    small = certificate().resize((420, 594))
    one, other = give(drafted, png(small)), give(drafted, pdf(small))

    examined(one)
    examined(other)

    said = {
        digest: [said_of(d) for d in found] for digest, found in doubts_of([one, other]).items()
    }
    assert said == {row.file_id: ["第 1 页分辨率太低"] for row in (one, other)}


def test_a_page_that_is_drawn_is_not_short_of_points(drafted):
    given = Evidence.objects.filter(application=drafted, file__media_type="application/pdf")[0]

    examined(given)

    assert [said_of(doubt) for doubt in doubts_of([given])[given.file_id]] == ["第 1 页是空白页"]


def test_a_file_is_examined_once_for_all_who_gave_it(two_drafts):
    first, second = two_drafts
    given = give(first, png(certificate()))
    examined(given)
    before = everything()

    examination.examine(give(second, png(certificate())).file_id)

    assert Examination.objects.count() == 1
    assert everything()["records.Examination"] == before["records.Examination"]


def test_giving_a_file_leaves_the_errand_in_the_same_transaction(drafted):
    before = len(errands())

    given = give(drafted, png(certificate()))

    assert errands()[before:] == [(given.file_id, "scans", -1)]


def test_the_same_scan_saved_again_is_found_whoever_came_first(two_drafts):
    first, second = two_drafts
    page = certificate()
    one, again = give(first, png(page)), give(second, pdf(certificate(7), saved_again(page)))

    examined(one)
    examined(again)

    pairs = Likeness.objects.values_list("file", "page", "other", "other_page")
    assert set(pairs) == {(one.file_id, 1, again.file_id, 2), (again.file_id, 2, one.file_id, 1)}


def test_certificates_on_one_form_for_different_people_are_not_the_same_scan(two_drafts):
    first, second = two_drafts
    one = give(first, png(certificate(take=pages.clean)))
    other = give(second, png(certificate(name="某某乙", number="SL-2016-0318", take=pages.clean)))

    examined(one)
    examined(other)

    assert PagePrint.objects.count() == 2
    assert Likeness.objects.count() == 0


def test_like_pages_are_looked_up_by_an_index(drafted):
    examined(give(drafted, png(certificate())))
    bands = PagePrint.objects.get().bands
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = PagePrint.objects.filter(bands__overlap=bands).explain()

    assert "print_by_band" in plan


def test_a_file_whose_other_is_gone_from_the_disk_is_examined_all_the_same(two_drafts):
    first, second = two_drafts
    page = certificate()
    one, again = give(first, png(page)), give(second, png(saved_again(page)))
    examined(one)
    path_of(one.file_id).unlink()

    examined(again)

    assert Likeness.objects.count() == 0


@pytest.mark.parametrize("content", [b"%PDF-1.7 of no kind", b""], ids=["broken", "empty"])
def test_a_broken_file_is_tried_again_and_then_recorded_as_such(drafted, content):
    given = give(drafted, pdf(certificate()))
    path_of(given.file_id).write_bytes(content)

    with pytest.raises(Unreadable):
        examination.examine(given.file_id)
    assert Examination.objects.count() == 0

    examination.examine(given.file_id, last_try=True)
    assert Examination.objects.get().unreadable is True


def test_a_file_that_is_gone_from_the_disk_or_unknown_ends_as_well(drafted):
    given = give(drafted, png(certificate()))
    path_of(given.file_id).unlink()

    examination.examine("0" * 64)
    examination.examine(given.file_id, last_try=True)

    assert Examination.objects.get().unreadable is True


def test_what_nobody_examined_is_made_up_for_once(drafted):
    digests = set(Evidence.objects.values_list("file", flat=True))
    before = len(errands())

    assert examination.examine_waiting() == len(digests)
    assert {digest for digest, _queue, _priority in errands()[before:]} == digests

    for digest in digests:
        examination.examine(digest)
    assert examination.examine_waiting() == 0


# Withholding


@pytest.fixture
def marked(two_drafts):
    """The same file given by two people, and the same scan saved again; all examined."""
    content = pdf(certificate())
    rows = [give(draft, content, title="某型号任务书") for draft in two_drafts]
    again = give(two_drafts[0], png(saved_again(certificate())))
    for row in (rows[0], again):
        examined(row)
    assert Likeness.objects.count() == 2
    return rows


@pytest.mark.clause("R58")
def test_a_marked_file_leaves_nothing_but_time_person_digest_and_rule(
    marked, django_capture_on_commit_callbacks
):
    first, second = marked
    path = path_of(first.file_id)
    with django_capture_on_commit_callbacks(execute=True):
        examination.withhold(first.file_id, rule="level_star")

    rows = list(Evidence.objects.filter(file=first.file_id).order_by("pk"))
    assert not path.exists()
    assert [row.title for row in rows] == ["已拦截的文件"] * 2
    assert all(row.removed_at is not None for row in rows)
    assert StoredFile.objects.get(pk=first.file_id).withheld_at is not None
    assert (Likeness.objects.count(), PagePrint.objects.filter(file=first.file_id).count()) == (
        0,
        0,
    )
    assert list(
        Trace.objects.filter(act="withhold").order_by("pk").values_list("detail", "by")
    ) == [
        (
            {
                "application": row.application_id,
                "person": row.added_by_id,
                "file": row.file_id,
                "rule": "level_star",
            },
            None,
        )
        for row in rows
    ]
    told = Message.objects.filter(text__contains="密级标志").order_by("pk")
    assert [one.person_id for one in told] == [first.added_by_id, second.added_by_id]
    assert "本单位保密部门" in told[0].text


@pytest.mark.clause("R58")
def test_the_content_is_written_over_before_it_is_taken_off_the_disk(tmp_path):
    file = tmp_path / "secret"
    file.write_bytes(b"secret" * 500_000)
    beside = tmp_path / "beside"
    beside.hardlink_to(file)

    examination.destroy(file)
    examination.destroy(file)

    assert not file.exists()
    assert beside.read_bytes() == bytes(3_000_000)


@pytest.mark.clause("R58")
def test_a_withheld_file_is_not_read_not_taken_in_and_taken_out_again_if_it_slips_in(
    marked, django_capture_on_commit_callbacks
):
    first, _second = marked
    content = content_of(first.file)
    with django_capture_on_commit_callbacks(execute=True):
        examination.withhold(first.file_id, rule="level_star")

    with pytest.raises(NotPossible, match="已被拦截"):
        content_of(StoredFile.objects.get(pk=first.file_id))
    with pytest.raises(NotReady, match="不要再次上传"):
        intake.store(intake.Taken(content, "application/pdf"))
    assert not path_of(first.file_id).exists()

    Evidence.objects.filter(pk=first.pk).update(removed_at=None)  # as a race would leave it
    path_of(first.file_id).write_bytes(content)
    with django_capture_on_commit_callbacks(execute=True):
        examination.examine(first.file_id)
    assert Evidence.objects.get(pk=first.pk).removed_at is not None
    assert not path_of(first.file_id).exists()
    assert Message.objects.filter(text__contains="密级标志").count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_worker_examines_what_was_given_and_gives_up_on_what_is_broken(world):
    drafted = world.professional_draft()
    good, broken = give(drafted, png(certificate())), give(drafted, pdf(certificate(3)))
    path_of(broken.file_id).write_bytes(b"no longer a PDF")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 3 WHERE task_name = 'examine'")

    call_command("procrastinate", "worker", "--one-shot", "--queues=scans", "--no-listen-notify")

    found = Examination.objects.in_bulk([good.file_id, broken.file_id])
    assert {digest: row.unreadable for digest, row in found.items()} == {
        good.file_id: False,
        broken.file_id: True,
    }
    assert app.tasks["examine"].queue == "scans"
