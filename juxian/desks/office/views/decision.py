"""Recording a decision on a list by a government or party group (审定)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.actions import decision as actions
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.office.forms.record import DecisionForm
from juxian.desks.office.frame import list_at, page
from juxian.desks.office.views.proceeding import about
from juxian.regulation.words import Kind
from juxian.selectors.proceeding import docket_of


def decision(request: SignedInRequest, pk: int) -> HttpResponse:
    docket = docket_of(list_at(request, pk, Kind.DECIDE))
    form = DecisionForm(posted(request), docket=docket, initial={"body": docket.proceeding.body})
    if done(
        form,
        lambda: actions.conclude(pk, by=request.user, declined=form.declined, **form.document),
    ):
        messages.success(request, _("审定结果已登记。"))
        return redirect("office:decision", pk=pk)
    context = {**about(request, docket), "form": form}
    return page(request, "office/decision.html", context, refused=bool(form.errors))
