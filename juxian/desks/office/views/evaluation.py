"""Recording an evaluation by experts (评议、评审) with live arithmetic, and concluding it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juxian.actions import evaluation as actions
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest
from juxian.desks.office.forms.evaluation import (
    EvaluationForm,
    as_recorded,
    as_typed,
    rows_in,
)
from juxian.desks.office.frame import list_at, page
from juxian.desks.office.views.proceeding import about
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Kind
from juxian.selectors.proceeding import Docket, docket_of

MORE = 5


def evaluation(request: SignedInRequest, pk: int) -> HttpResponse:
    docket = docket_of(list_at(request, pk, Kind.REVIEW))
    wanted = "more" in request.POST
    form = _form(request, docket, checked=not wanted)
    recorded = done(
        form,
        lambda: actions.record(pk, by=request.user, sitting=form.sitting, tallies=form.tallies),
    )
    if recorded is not None:
        messages.success(request, _("已保存评议记录，可以办结或继续修改。"))
        return redirect("office:evaluation", pk=pk)
    template = "office/secret_review.html" if docket.step.secret else "office/evaluation.html"
    context = {**about(request, docket), "form": form}
    return page(request, template, context, refused=not wanted and bool(form.errors))


@require_POST
def figures(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the figures typed so far come to, as pieces for the page that is open."""
    docket = docket_of(list_at(request, pk, Kind.REVIEW))
    form = _form(request, docket, checked=False)
    return page(request, "office/_figures.html", {"form": form, "docket": docket})


@require_POST
def conclude(request: SignedInRequest, pk: int) -> HttpResponse:
    list_at(request, pk, Kind.REVIEW)
    try:
        outcome = actions.conclude(pk, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("office:evaluation", pk=pk)
    said = _("评议已办结：通过 %(carried)d 人，未通过 %(lost)d 人。")
    carried = len(outcome.carried)
    messages.success(request, said % {"carried": carried, "lost": len(outcome.counted) - carried})
    return redirect("office:evaluation", pk=pk)


def _form(request: SignedInRequest, docket: Docket, *, checked: bool) -> EvaluationForm:
    """Posted values to check; or to go on with as typed, with more rows when asked for."""
    if request.method != "POST":
        return EvaluationForm(docket=docket, initial=as_recorded(docket))
    posted, experts = request.POST.dict(), rows_in(request.POST)
    if checked:
        return EvaluationForm(request.POST, docket=docket, experts=experts)
    experts += MORE if "more" in posted else 0
    return EvaluationForm(docket=docket, experts=experts, typed=posted, initial=as_typed(posted))
