"""The paper that one office nominated on: posted, taken in, its pages scanned at the desk."""

from collections.abc import Iterator
from datetime import timedelta

from juxian.actions.parcel import Envelope, post_parcel, scan_page, take_in_parcel
from juxian.actions.printing import print_form
from juxian.papers.page_mark import PageMark
from juxian.records.clock import day
from juxian.records.models import Application, Person
from juxian.selectors.papers import application_form_input
from juxian.selectors.parcel import Awaited

ON_ITS_WAY = timedelta(days=3)


def paper_comes(awaited: Awaited, *, sender: Person, receiver: Person) -> None:
    """In time by its postmark; the last page of the last form is missing."""
    sent_on = day(awaited.cycle.closes_at) - timedelta(days=1)
    envelope = Envelope("中国邮政EMS（示例）", "EA000000001CN", sent_on, sender.name)
    post_parcel(awaited.number, envelope, by=sender)
    take_in_parcel(
        awaited.number, by=receiver, arrived_on=sent_on + ON_ITS_WAY, postmarked_on=sent_on
    )
    *marks, _missing = (mark for one in awaited.files for mark in _form_marks(one.file))
    for mark in marks:
        scan_page(awaited.number, mark, by=receiver)


def _form_marks(file: Application) -> Iterator[PageMark]:
    submission = file.submissions.latest("turn")
    given = application_form_input(file, submission)
    _content, printing = print_form(given, submission)
    pages = len(printing.pages)
    for copy in range(1, given.copies + 1):
        for page in range(1, pages + 1):
            yield PageMark(file.number, file.turn, submission.digest[:12], copy, page, pages)
