"""The receipt of each turn, as a page and as a paper, and taking the form back (取回修改)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.access.acts import acts_open_to
from juxian.actions.submission import handled, take_back
from juxian.actions.trace import leave
from juxian.desks.applicant.own import around, own_or_404
from juxian.desks.common.http import SignedInRequest, answer
from juxian.papers.receipt import receipt as receipt_paper
from juxian.records.clock import now
from juxian.records.models import Application, Submission
from juxian.records.packs import pack_of
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Act
from juxian.selectors import application as selected
from juxian.selectors.coming import coming_steps
from juxian.selectors.papers import FORM, copies_of
from juxian.selectors.receipt import files_in, receipt_input, submissions_of
from juxian.selectors.taking_back import taking_back_of


@require_safe
def receipt(request: SignedInRequest, number: str, turn: int | None = None) -> HttpResponse:
    """Of the latest turn, or of an earlier one."""
    application = own_or_404(request, number)
    given = submissions_of(application)
    if turn is None and not given:
        return redirect("applicant:tasks", number)
    shown = _of_turn(given, turn)
    moment = now()
    is_latest = shown.turn == given[0].turn
    with_me = selected.is_with_applicant(application)
    chance = taking_back_of(application) if is_latest else None
    context = {
        "submission": shown,
        "given": given,
        "is_latest": is_latest,
        "with_me": with_me,
        "files": files_in(pack_of(application.cycle), shown),
        "coming": coming_steps(application) if is_latest and not with_me else (),
        "copies": copies_of(pack_of(application.cycle), FORM),
        "whose": selected.whose_turn(application),
        "step": selected.step_title(application),
        "chance": chance,
        "is_free": bool(chance and chance.is_free(moment)),
        "why_not": chance.why_not(moment) if chance else "",
        "can_withdraw": Act.WITHDRAW in acts_open_to(request.user, application),
        "now": moment,
    }
    return answer(request, "applicant/receipt.html", around(application, **context))


@require_safe
def receipt_pdf(request: SignedInRequest, number: str, turn: int) -> HttpResponse:
    application = own_or_404(request, number)
    shown = _of_turn(submissions_of(application), turn)
    try:
        content = receipt_paper(receipt_input(application, shown))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("applicant:receipt_of", number, turn)
    leave("print_receipt", application, by=request.user, turn=turn)
    response = HttpResponse(content, content_type="application/pdf")
    name = _("%(number)s-回执-第%(turn)d次提交.pdf") % {"number": number, "turn": turn}
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


def take_back_form(request: SignedInRequest, number: str) -> HttpResponse:
    """Asked once more, with what it means and by when the form must come again."""
    application = own_or_404(request, number)
    if selected.is_with_applicant(application):
        return _to_fill(application)
    chance = taking_back_of(application)
    why_not = chance.why_not(now()) if chance else handled()
    if request.method == "POST":
        try:
            take_back(application.pk, by=request.user)
        except Refusal as refusal:
            why_not = str(refusal)
        else:
            application.refresh_from_db()
            messages.success(request, _("已取回，内容和材料都在。改好后请重新提交。"))
            return _to_fill(application)
    if why_not or chance is None:
        messages.error(request, why_not)
        return redirect("applicant:receipt", number)
    context = {
        "chance": chance,
        "whose": selected.whose_turn(application),
        "step": selected.step_title(application),
        "now": now(),
    }
    return answer(request, "applicant/take_back.html", around(application, **context))


def _to_fill(application: Application) -> HttpResponse:
    name = "applicant:tasks" if selected.is_draft(application) else "applicant:returned"
    return redirect(name, application.number)


def _of_turn(given: list[Submission], turn: int | None) -> Submission:
    shown = next((one for one in given if turn in (None, one.turn)), None)
    if shown is None:
        raise Http404
    return shown
