"""Recording a consulted body's opinion, person by person (征求意见)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.actions import opinion as actions
from juxian.desks.common.http import SignedInRequest
from juxian.desks.office.forms.record import OpinionForm
from juxian.desks.office.frame import list_at, page, posted
from juxian.desks.office.views.proceeding import about
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Kind
from juxian.selectors.phrases import OPINION_CODES
from juxian.selectors.proceeding import docket_of


def opinion(request: SignedInRequest, pk: int) -> HttpResponse:
    docket = docket_of(list_at(request, pk, Kind.OPINE))
    form = OpinionForm(posted(request), docket=docket, initial={"body": docket.proceeding.body})
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.conclude(
                pk,
                by=request.user,
                body=given["body"],
                document_number=given["document_number"],
                held_on=given["held_on"],
                answers=form.opinions,
            )
        except Refusal as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("意见已登记。建议暂缓的人选仍留在本环节。"))
            return redirect("office:opinion", pk=pk)
    context = {**about(request, docket), "form": form, "codes": OPINION_CODES}
    return page(request, "office/opinion.html", context, refused=bool(form.errors))
