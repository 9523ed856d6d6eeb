"""Every document that an office makes: what it is made from, and how it is printed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from juxian.papers import (
    annexes,
    file_notices,
    labels,
    nomination_report,
    notice,
    notice_report,
    official_word,
    opinion_request,
    report_letter,
)
from juxian.papers.bound_forms import bound_forms
from juxian.papers.official import Official, pdf_of
from juxian.papers.sheet import Reported
from juxian.records.packs import pack_of
from juxian.selectors.document_subjects import Subject
from juxian.selectors.file_documents import (
    acceptance_input,
    annex_input,
    correction_input,
    rejection_input,
)
from juxian.selectors.list_documents import (
    files_on,
    notice_input,
    notice_report_input,
    request_input,
)
from juxian.selectors.merged_report import letter_input
from juxian.selectors.nomination_report import report_input
from juxian.selectors.paper_lists import packing_input

Texts = Mapping[str, str]
"""What an office wrote, by blank."""


@dataclass(frozen=True, slots=True)
class Maker:
    """`read` says NotReady for a document whose time has not come."""

    read: Callable[[Subject], Any]
    prefilled: Callable[[Any], Texts]
    official: Callable[[Any, Texts], Official]


@dataclass(frozen=True, slots=True)
class Long:
    """Of so many pages or people; up to `at_once` of them it may be made while somebody waits."""

    count: Callable[[Subject], int]
    at_once: int
    write: Callable[[Subject, BinaryIO, Reported], None]


def _unwritten(official: Callable[[Any], Official]) -> Callable[[Any, Texts], Official]:
    """Of a document that the records alone say."""
    return lambda given, _texts: official(given)


def _no_blanks(_given: object) -> Texts:
    return {}


MAKERS: Mapping[str, Maker] = {
    "nomination_report": Maker(
        report_input, nomination_report.prefilled, nomination_report.official_of
    ),
    "public_notice": Maker(notice_input, notice.prefilled, notice.official_of),
    "notice_report": Maker(notice_report_input, notice_report.prefilled, notice_report.official_of),
    "opinion_request": Maker(request_input, opinion_request.prefilled, opinion_request.official_of),
    "report_letter": Maker(letter_input, report_letter.prefilled, report_letter.official_of),
    "correction_notice": Maker(
        correction_input, _no_blanks, _unwritten(file_notices.correction_notice)
    ),
    "acceptance_notice": Maker(
        acceptance_input, _no_blanks, _unwritten(file_notices.acceptance_notice)
    ),
    "rejection_notice": Maker(
        rejection_input, _no_blanks, _unwritten(file_notices.rejection_notice)
    ),
}
PRINTED: Mapping[str, Callable[[Subject], bytes]] = {
    "envelope_labels": lambda about: labels.envelope_labels(
        packing_input(about.cycle, about.office)
    ),
    "spines": lambda about: labels.spines(
        packing_input(about.cycle, about.office), pack_of(about.cycle).programme.year
    ),
    "annex_list": lambda about: annexes.annex_list(annex_input(about)),
}
LONG: Mapping[str, Long] = {
    "evidence_booklet": Long(
        lambda about: sum(fact.pages for fact in annex_input(about).form.evidence),
        20,
        lambda about, into, reported: annexes.evidence_booklet(annex_input(about), into, reported),
    ),
    "bound_forms": Long(
        lambda about: len(files_on(about)),
        2,
        lambda about, into, reported: bound_forms(files_on(about), into, reported),
    ),
}


def prefilled(subject: Subject) -> Texts:
    """The blanks as the records have them."""
    maker = MAKERS[subject.document.code]
    return maker.prefilled(maker.read(subject))


def official_of(subject: Subject, texts: Texts) -> Official:
    """With what the office wrote, and the records where it wrote nothing."""
    maker = MAKERS[subject.document.code]
    return maker.official(maker.read(subject), texts)


def print_pdf(subject: Subject, texts: Texts) -> bytes:
    """NotReady, with what it waits for."""
    printed = PRINTED.get(subject.document.code)
    return printed(subject) if printed else pdf_of(official_of(subject, texts))


def print_word(subject: Subject, texts: Texts) -> bytes:
    """Of a document with blanks."""
    return official_word.word_of(official_of(subject, texts))
