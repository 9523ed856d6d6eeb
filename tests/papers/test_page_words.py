"""What a page says is read from its PDF: every change of it is seen, and nothing else."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from juxian.papers.application_form import application_form
from juxian.papers.page_words import words_of_pages
from juxian.papers.proof import read_content
from juxian.papers.replacement import only
from juxian.regulation.replacing import Pages, changed_pages
from tests.papers.samples import form_input, pages_of, photo
from tests.rules.sample_answers import professional_sample

LATER = {"turn": 3, "digest": "cd" * 32}


@pytest.fixture(scope="module")
def pdf():
    return application_form(form_input())


def changed(pdf, other):
    before, now = (Pages(3, words_of_pages(one, 3)) for one in (pdf, other))
    return changed_pages([before], [now])


def page_with(pdf, words):
    (page,) = [
        number for number, said in enumerate(pages_of(pdf)[: pages(pdf)], 1) if words in said
    ]
    return page


def pages(pdf):
    return len(pages_of(pdf)) // 3


def planted(section, **values):
    answers = professional_sample()
    answers[section] |= values
    return application_form(form_input(answers=answers, **LATER))


def test_another_turn_that_says_the_same_changes_no_page(pdf):
    assert changed(pdf, application_form(form_input(**LATER))) == ()


def test_every_page_is_read_and_its_foot_and_code_are_not(pdf):
    said = words_of_pages(pdf, 3)

    assert len(said) == pages(pdf)
    assert all(said)
    assert "阿依努尔·买买提" in said[0]
    assert not any(word in page for page in said for word in ("7F3A", "共3份", "第2轮"))


def test_a_changed_answer_is_found_on_its_page_and_on_no_other(pdf):
    other = planted("post", department="心内一科")

    assert changed(pdf, other) == (page_with(pdf, "所在部门"),)


def test_one_changed_digit_is_found(pdf):
    was = professional_sample()["basic"]["mobile"]
    other = planted("basic", mobile=was[:-1] + ("1" if was[-1] != "1" else "2"))

    assert changed(pdf, other) == (page_with(pdf, was),)


def test_another_photograph_is_found(pdf):
    other = application_form(form_input(photo=photo((200, 20, 20)), **LATER))

    assert changed(pdf, other) == (2,)


def test_another_day_of_filling_in_changes_the_cover(pdf):
    later = form_input().dated.replace(day=20)

    assert changed(pdf, application_form(form_input(dated=later, **LATER))) == (1,)


def test_a_figure_that_moves_to_the_next_cell_is_found(pdf):
    """Its pages and their span, read without a gap, would be the same digits."""
    first, second = form_input().evidence
    one, other = (
        application_form(form_input(evidence=(replace(first, title=title, claim=claim), second)))
        for title, claim in (("证书12", ""), ("证书1", ""))
    )

    assert changed(one, other) == (page_with(one, "证书12"),)


def test_more_pages_change_them_all(pdf):
    answers = professional_sample()
    answers["summary"]["achievements"] = "完成急诊介入手术两千一百例。\n" * 110
    other = application_form(form_input(answers=answers, **LATER))

    assert pages(other) > pages(pdf)
    assert changed(pdf, other) == tuple(range(1, pages(other) + 1))


def test_the_pages_to_replace_come_in_every_copy_with_their_marks(pdf):
    some = only(pdf, (3, 4), copies=3, last=pages(pdf))

    marks = [(mark.copy, mark.page) for page in read_content(some) for mark in page.marks]
    assert marks == [(1, 3), (1, 4), (2, 3), (2, 4), (3, 3), (3, 4)]
    whole = pages_of(pdf)
    assert pages_of(some)[:2] == whole[2:4]
    assert only(pdf, (3, 4), copies=3, last=pages(pdf)) == some


def test_a_paper_that_has_grown_since_is_printed_whole(pdf):
    assert only(pdf, (3, 4), copies=3, last=pages(pdf) - 2) == pdf


def test_the_pages_to_replace_are_an_archive_pdf(pdf):
    some = only(pdf, (3,), copies=3, last=pages(pdf))

    with pikepdf.open(BytesIO(some)) as document, document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "U")
        assert "pdfuaid:part" not in metadata
        assert metadata["dc:title"] == "专家情况登记表　XJ2020-A-00317"
        assert "/StructTreeRoot" not in document.Root
        assert "/OutputIntents" in document.Root
        assert document.check_pdf_syntax() == []
    with pypdfium2.PdfDocument(some) as document:
        assert len(document) == 3
    assert len(some) < len(pdf) * 0.9
