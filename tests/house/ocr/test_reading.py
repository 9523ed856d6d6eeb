"""Words read from scans: compared with what was typed, and marks of secrecy kept out."""

from random import Random

import pytest
from PIL import ImageDraw

from juxian.actions import examination
from juxian.papers.words import words_on
from juxian.records import sealing
from juxian.records.models import Evidence, Examination, Message, StoredFile, Trace
from juxian.regulation.scan_words import Typed, hints_in
from juxian.selectors.evidence import path_of
from tests.house.actions.scanned import certificate, give, pdf, png
from tests.rules import sample_scans as pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(world):
    return world.professional_draft()


def test_a_scanned_certificate_is_read_once_and_its_words_are_kept_sealed(drafted):
    given = give(drafted, pdf(certificate()))

    examination.examine(given.file_id)
    examination.examine(given.file_id)

    row = Examination.objects.get()
    words = sealing.unseal(row.words)
    assert "证书" in words
    assert row.words_read_at is not None
    assert hints_in(words, [Typed("SL-2016-0317", ("某某甲",), ("2016",))]) == ()
    assert [hint.read for hint in hints_in(words, [Typed("SL-2016-0371")])] == ["SL-2016-0317"]


def test_a_certificate_on_its_side_is_read_too():
    dice = Random(4)
    page = pages.sideways(pages.clean(pages.certificate(dice), dice), dice)
    upright = {words_on(page.rotate(turn, expand=True)) for turn in (90, 270)}

    assert all("SL-2016-0317" in words for words in upright)


def test_a_blank_page_is_not_read(drafted):
    given = give(drafted, png(pages.blank(Random(1))))

    examination.examine(given.file_id)

    assert Examination.objects.get().words == ""
    assert Examination.objects.get().words_read_at is not None


@pytest.mark.clause("R58")
@pytest.mark.parametrize("take", [pages.clean, pages.scanned])
def test_a_scan_marked_as_a_state_secret_is_kept_out(
    drafted, take, django_capture_on_commit_callbacks
):
    dice = Random(6)
    page = pages.prose(dice)
    ImageDraw.Draw(page).text((160, 70), "机密★10年", font=pages.face(44), fill=pages.INK)
    given = give(drafted, pdf(take(page, dice)))

    with django_capture_on_commit_callbacks(execute=True):
        examination.examine(given.file_id)

    assert StoredFile.objects.get(pk=given.file_id).withheld_at is not None
    assert Evidence.objects.get(pk=given.pk).removed_at is not None
    assert not path_of(given.file_id).exists()
    assert Examination.objects.get(file=given.file_id).words == ""
    assert Trace.objects.filter(act="withhold").count() == 1
    assert "本单位保密部门" in Message.objects.get().text
