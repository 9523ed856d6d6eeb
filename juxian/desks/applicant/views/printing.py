"""Printing one's form: the frozen one in all its copies, or a draft that says so."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.actions.printing import print_form
from juxian.actions.trace import leave
from juxian.desks.applicant.own import around, filled_or_404
from juxian.desks.common.http import SignedInRequest, answer
from juxian.papers.application_form import application_form
from juxian.papers.replacement import only
from juxian.records.models import Application, Submission
from juxian.records.packs import pack_of
from juxian.regulation.refusal import Refusal
from juxian.selectors import application as selected
from juxian.selectors.casefile import latest_submission
from juxian.selectors.paper_inputs import FormInput
from juxian.selectors.papers import FORM, application_form_input, copies_of
from juxian.selectors.printed import printed_by_applicant, replacement_of

LISTED = 12  # pages that a file's name tells one by one


@require_safe
def paper(request: SignedInRequest, number: str) -> HttpResponse:
    """How to print, and what to do with the copies."""
    application = filled_or_404(request, number)
    submission = _printable(application)
    printed = printed_by_applicant(application)
    turn = submission.turn if submission else 0
    replacement = replacement_of(application, turn, printed)
    context = {
        "submission": submission,
        "copies": copies_of(pack_of(application.cycle), FORM),
        "printed": next((one for one in printed if one.turn == turn), None),
        "void": [] if replacement else [one for one in printed if one.turn != turn],
        "replacement": replacement,
    }
    return answer(request, "applicant/print.html", around(application, **context))


@require_safe
def pdf(request: SignedInRequest, number: str) -> HttpResponse:
    """The whole form, or only the pages that have changed since it was last printed."""
    application = filled_or_404(request, number)
    submission = _printable(application)
    try:
        given = application_form_input(application, submission, for_applicant=True)
        content, printing = _set(given, submission)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("applicant:print", number)
    kind = _("登记表") if submission else _("登记表草稿")
    if submission and request.GET.get("pages") == "changed":
        one_sided = request.GET.get("sides") == "1"
        content, kind = _changed(application, given, content, one_sided=one_sided)
    leave("print", application, by=request.user, turn=given.turn, printing=printing)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{application.number}-{kind}.pdf"
    ) or ("attachment")
    return response


def _set(given: FormInput, submission: Submission | None) -> tuple[bytes, int]:
    """The PDF, and for the trace which printing of its turn it is; 0 for a draft."""
    if submission is None:
        return application_form(given), 0
    content, printing = print_form(given, submission)
    return content, printing.pk


def _changed(
    application: Application, given: FormInput, content: bytes, *, one_sided: bool
) -> tuple[bytes, str]:
    """The pages to print again, in every copy, and the file's kind; or the whole form."""
    printed = printed_by_applicant(application)
    replacement = replacement_of(application, given.turn, printed)
    if replacement is None or not replacement.is_partial:
        return content, _("登记表")
    pages = replacement.pages if one_sided else replacement.leaves
    listed = "、".join(map(str, pages))
    kind = (
        _("登记表第%(pages)s页") % {"pages": listed} if len(pages) <= LISTED else _("登记表替换页")
    )
    return only(content, pages, copies=given.copies, last=replacement.last), kind


def _printable(application: Application) -> Submission | None:
    """The submission that counts; none while the form is being filled or mended."""
    if selected.is_with_applicant(application):
        return None
    return latest_submission(application)
