"""What becomes of the words of a scan, with a stand-in for the reader; ocr/ really reads."""

import sys
from importlib.machinery import ModuleSpec
from random import Random
from types import ModuleType, SimpleNamespace

import pytest

from juxian.actions import examination
from juxian.papers import words
from juxian.papers.scan_pages import Unreadable
from juxian.records import sealing
from juxian.records.models import Examination, StoredFile, Trace
from juxian.selectors.evidence import path_of
from tests.house.actions.scanned import certificate, give, png
from tests.rules import sample_scans as pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(monkeypatch):
    """Reads what a test puts in `lines`; notes the height of each picture, or fails."""
    said = SimpleNamespace(lines=[], heights=[], fails=False)

    def read(page):
        if said.fails:
            raise RuntimeError
        said.heights.append(page.height)
        return SimpleNamespace(txts=tuple(said.lines) or None)

    for name in words.EXTRA:
        module = ModuleType(name)
        module.__spec__ = ModuleSpec(name, None)
        module.RapidOCR = lambda params: read
        monkeypatch.setitem(sys.modules, name, module)
    words._reader.cache_clear()
    yield said
    words._reader.cache_clear()


@pytest.fixture
def drafted(world):
    return world.professional_draft()


def row_of(evidence):
    return Examination.objects.get(file=evidence.file_id)


def test_the_head_is_read_first_then_the_page_and_the_words_are_kept_sealed_once(drafted, reader):
    given = give(drafted, png(certificate()))
    reader.lines = ["荣誉证书", "编号：SL-1"]

    examination.examine(given.file_id)
    examination.examine(given.file_id)

    head, whole = reader.heights
    assert head < whole / 3
    assert sealing.is_sealed(row_of(given).words)
    assert sealing.unseal(row_of(given).words) == "荣誉证书\n编号：SL-1"


def test_a_page_without_words_and_a_blank_one_are_done_with(drafted, reader):
    silent, blank = give(drafted, png(certificate())), give(drafted, png(pages.blank(Random(1))))

    for given in (silent, blank):
        examination.examine(given.file_id)

    assert len(reader.heights) == 2
    assert [row_of(one).words for one in (silent, blank)] == ["", ""]
    assert None not in [row_of(one).words_read_at for one in (silent, blank)]


def test_a_page_on_its_side_is_turned_before_it_is_read(drafted, reader):
    dice = Random(3)
    lying = pages.clean(pages.sideways(pages.prose(dice), dice), dice)
    given = give(drafted, png(lying))

    examination.examine(given.file_id)

    assert reader.heights[-1] == lying.width


@pytest.mark.clause("R58")
def test_a_mark_of_secrecy_at_the_head_ends_the_reading_and_keeps_the_file_out(
    drafted, reader, django_capture_on_commit_callbacks
):
    given = give(drafted, png(certificate()))
    reader.lines = ["机密★10年", "某型号任务书"]

    with django_capture_on_commit_callbacks(execute=True):
        examination.examine(given.file_id)

    assert len(reader.heights) == 1
    assert StoredFile.objects.get(pk=given.file_id).withheld_at is not None
    assert not path_of(given.file_id).exists()
    assert row_of(given).words == ""
    assert Trace.objects.filter(act="withhold").count() == 1


def test_what_was_examined_before_there_was_a_reader_is_read_later(drafted, reader):
    given = give(drafted, png(certificate()))
    Examination.objects.create(file=given.file, examined_at=given.added_at)
    reader.lines = ["荣誉证书"]

    assert examination.examine_waiting() > 0
    examination.examine(given.file_id)

    assert row_of(given).words != ""


def test_a_reader_that_fails_is_tried_again_and_then_let_be(drafted, reader):
    given = give(drafted, png(certificate()))
    reader.fails = True

    with pytest.raises(Unreadable):
        examination.examine(given.file_id)
    examination.examine(given.file_id, last_try=True)
    reader.fails = False
    examination.examine(given.file_id)

    assert row_of(given).unreadable is True
    assert reader.heights == []
