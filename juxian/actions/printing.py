"""Printing a submitted form, and keeping what its pages say."""

from dataclasses import replace

from juxian.papers.application_form import application_form
from juxian.papers.page_words import words_of_pages
from juxian.records.clock import Moment
from juxian.records.models import Printing, Submission
from juxian.records.sealing import mark
from juxian.regulation.refusal import Refusal
from juxian.selectors.paper_inputs import FormInput, OpinionFact
from juxian.selectors.papers import application_form_input


def print_form(given: FormInput, submission: Submission) -> tuple[bytes, Printing]:
    """All copies, and what each page says, which is kept once for equal pages."""
    content = application_form(given)
    return content, _kept(submission, content, given.copies)


def read_pages(submission_id: int) -> None:
    """Keep what the pages of a submission say, so that its applicant learns which have changed.

    What an office has said does not make an earlier page void, which may bear its seal: the form
    is read with empty boxes, as its applicant, and as an office would print it.
    Nothing is kept of a form that cannot be printed: whoever prints it is told why.
    """
    submission = Submission.objects.select_related("application__cycle").get(pk=submission_id)
    application = submission.application
    given = application_form_input(application, submission, for_applicant=True)
    said = (
        tuple(OpinionFact(one.title, one.kind) for one in given.opinions),
        given.opinions,
        application_form_input(application, submission).opinions,
    )
    try:
        for opinions in dict.fromkeys(said):
            print_form(replace(given, opinions=opinions), submission)
    except Refusal:
        return


def _kept(submission: Submission, content: bytes, copies: int) -> Printing:
    pages = [mark(f"page:{said}") for said in words_of_pages(content, copies)]
    said = {"copies": copies, "pages": pages, "made_at": Moment()}
    digest = mark(f"pages:{copies}:{':'.join(pages)}")
    return Printing.objects.get_or_create(submission=submission, digest=digest, defaults=said)[0]
