"""Every document that an office writes parts of: what it is made from, and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from juxian.papers import nomination_report, notice, notice_report, opinion_request
from juxian.papers.official import Official
from juxian.selectors.document_subjects import Subject
from juxian.selectors.list_documents import notice_input, notice_report_input, request_input
from juxian.selectors.nomination_report import report_input


@dataclass(frozen=True, slots=True)
class Maker:
    """`read` says NotReady for a document whose time has not come."""

    read: Callable[[Subject], Any]
    prefilled: Callable[[Any], Mapping[str, str]]
    official: Callable[[Any, Mapping[str, str]], Official]


MAKERS: Mapping[str, Maker] = {
    "nomination_report": Maker(
        report_input, nomination_report.prefilled, nomination_report.official_of
    ),
    "public_notice": Maker(notice_input, notice.prefilled, notice.official_of),
    "notice_report": Maker(notice_report_input, notice_report.prefilled, notice_report.official_of),
    "opinion_request": Maker(request_input, opinion_request.prefilled, opinion_request.official_of),
}


def prefilled(subject: Subject) -> Mapping[str, str]:
    """The blanks as the records have them."""
    maker = MAKERS[subject.document.code]
    return maker.prefilled(maker.read(subject))


def official_of(subject: Subject, texts: Mapping[str, str]) -> Official:
    """With what the office wrote, and the records where it wrote nothing."""
    maker = MAKERS[subject.document.code]
    return maker.official(maker.read(subject), texts)
