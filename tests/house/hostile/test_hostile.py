"""Hostile files: each is refused with what to do, or what is kept of it is clean."""

import time

import pytest

from juxian.actions.cleansing import kinds
from juxian.actions.cleansing.unfit import Clean, Unfit
from juxian.actions.cleansing.whole import cleansed
from juxian.actions.intake import REASONS
from tests.house.hostile.looking import faults
from tests.house.hostile.others import others
from tests.house.hostile.pdfs import pdfs
from tests.house.hostile.words import CLEAN, Case

CORPUS = {case.name: case for case in (*pdfs(), *others())}
TYPES = {kinds.PDF: "application/pdf", kinds.PNG: "image/png"}


def amiss(case: Case, cleanse=cleansed) -> list[str]:
    """How the answer differs from what it should be."""
    try:
        clean = cleanse(case.content)
    except Unfit as unfit:
        said = str(REASONS[unfit.reason])
        return [] if said == case.said else [f"said {said}"]
    if case.said != CLEAN:
        return ["was not refused"]
    return faults(clean.content, clean.media_type)


def test_the_corpus_is_large_and_no_name_comes_twice():
    assert len(CORPUS) == sum(1 for _case in (*pdfs(), *others()))
    assert len(CORPUS) >= 220


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_file_is_refused_in_words_or_made_clean(name):
    start = time.process_time()
    assert amiss(CORPUS[name]) == []
    assert time.process_time() - start < 3


def as_it_is(content: bytes) -> Clean:
    return Clean(content, TYPES.get(kinds.seems(content), "image/jpeg"))


def test_without_the_cleansing_the_corpus_finds_every_hostile_file():
    """The control: what the tests above would say if files were kept as they are."""
    missed = []
    for case in CORPUS.values():
        try:
            found = amiss(case, as_it_is)
        except (OSError, ValueError, SyntaxError):
            found = ["no such file"]
        if not found and not case.mild:
            missed.append(case.name)
    assert missed == []


@pytest.mark.parametrize("name", [name for name, case in CORPUS.items() if case.said == CLEAN])
def test_the_same_file_gives_the_same_bytes(name):
    assert cleansed(CORPUS[name].content) == cleansed(CORPUS[name].content)
