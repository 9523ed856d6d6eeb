"""Recording a decision on a list by a government or party group (审定)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.access.duties import moment_of
from juxian.actions import decision as actions
from juxian.actions.proceeding import with_scan
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.office.forms.record import DecisionForm
from juxian.desks.office.frame import list_at, page
from juxian.desks.office.views.proceeding import about
from juxian.records.clock import day
from juxian.regulation.words import Kind
from juxian.selectors.opinion import doubtful, said_of_all
from juxian.selectors.proceeding import docket_of


def decision(request: SignedInRequest, pk: int) -> HttpResponse:
    docket = docket_of(list_at(request, pk, Kind.DECIDE))
    form = DecisionForm(
        posted(request),
        request.FILES or None,
        docket=docket,
        initial={"body": docket.proceeding.body},
    )
    if done(
        form,
        lambda: with_scan(
            lambda: actions.conclude(pk, by=request.user, declined=form.declined, **form.document),
            pk,
            by=request.user,
            title=form.scan_title,
            content=form.content,
        ),
    ):
        messages.success(request, _("审定结果已登记。"))
        return redirect("office:decision", pk=pk)
    context = {**about(request, docket), "form": form}
    if docket.is_open:
        names = {row.item.application_id: row.item.application.name for row in docket.rows}
        doubts = doubtful(docket.proceeding, names, today=day(moment_of(request.user)))
        context["doubts"] = said_of_all(doubts, names)
    return page(request, "office/decision.html", context, refused=bool(form.errors))
