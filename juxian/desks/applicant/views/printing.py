"""Printing one's form: the frozen one in all its copies, or a draft that says so."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.actions.trace import leave
from juxian.desks.applicant.own import around, filled_or_404
from juxian.desks.common.http import SignedInRequest, answer
from juxian.papers.application_form import application_form
from juxian.records.models import Application, Submission
from juxian.records.packs import pack_of
from juxian.regulation.refusal import Refusal
from juxian.selectors import application as selected
from juxian.selectors.casefile import latest_submission
from juxian.selectors.papers import FORM, application_form_input, copies_of
from juxian.selectors.printed import printed_by_applicant


@require_safe
def paper(request: SignedInRequest, number: str) -> HttpResponse:
    """How to print, and what to do with the copies."""
    application = filled_or_404(request, number)
    submission = _printable(application)
    printed = printed_by_applicant(application)
    turn = submission.turn if submission else 0
    context = {
        "submission": submission,
        "copies": copies_of(pack_of(application.cycle), FORM),
        "printed": next((one for one in printed if one.turn == turn), None),
        "void": [one for one in printed if one.turn != turn],
    }
    return answer(request, "applicant/print.html", around(application, **context))


@require_safe
def pdf(request: SignedInRequest, number: str) -> HttpResponse:
    application = filled_or_404(request, number)
    submission = _printable(application)
    try:
        given = application_form_input(application, submission, for_applicant=True)
        content = application_form(given)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("applicant:print", number)
    leave("print", application, by=request.user, turn=submission.turn if submission else 0)
    kind = _("登记表") if submission else _("登记表草稿")
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{application.number}-{kind}.pdf"
    ) or ("attachment")
    return response


def _printable(application: Application) -> Submission | None:
    """The submission that counts; none while the form is being filled or mended."""
    if selected.is_with_applicant(application):
        return None
    return latest_submission(application)
