"""Recording a consulted body's opinion, person by person (征求意见), and a newer one after it."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.access.duties import moment_of
from juxian.actions import opinion as actions
from juxian.actions.proceeding import with_scan
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.office.forms.record import OpinionForm, RenewalForm
from juxian.desks.office.frame import list_at, page
from juxian.desks.office.views.proceeding import about
from juxian.records.clock import day
from juxian.records.models import Proceeding
from juxian.regulation.words import Kind
from juxian.selectors.opinion import SOON, renewable
from juxian.selectors.phrases import OPINION_CODES
from juxian.selectors.proceeding import Docket, docket_of, is_work_of


def opinion(request: SignedInRequest, pk: int) -> HttpResponse:
    docket = docket_of(list_at(request, pk, Kind.OPINE))
    form = OpinionForm(
        posted(request),
        request.FILES or None,
        docket=docket,
        initial={"body": docket.proceeding.body},
    )
    if done(
        form,
        lambda: with_scan(
            lambda: actions.conclude(pk, by=request.user, reply=form.reply),
            pk,
            by=request.user,
            title=form.scan_title,
            content=form.content,
        ),
    ):
        messages.success(request, _("意见已登记。建议暂缓的人选仍留在本环节。"))
        return redirect("office:opinion", pk=pk)
    context = {**about(request, docket), "form": form, "codes": OPINION_CODES}
    context["may_renew"] = bool(_theirs(request, docket.proceeding))
    context |= _validity(docket, day(moment_of(request.user)))
    return page(request, "office/opinion.html", context, refused=bool(form.errors))


def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """A newer reply on those of a concluded list who still wait to be nominated."""
    whole = docket_of(list_at(request, pk, Kind.OPINE))
    waiting = _theirs(request, whole.proceeding)
    rows = tuple(row for row in whole.rows if row.item.application_id in waiting)
    if not rows:
        raise Http404
    docket = replace(whole, rows=rows)
    form = RenewalForm(
        posted(request),
        request.FILES or None,
        docket=docket,
        initial={"body": docket.proceeding.body},
    )
    renewed = done(
        form,
        lambda: with_scan(
            lambda: actions.renew(pk, by=request.user, reply=form.reply),
            pk,
            by=request.user,
            title=form.scan_title,
            content=form.content,
        ),
    )
    if renewed is not None:
        messages.success(request, _("新的意见已登记，以后以这份为准。"))
        return redirect("office:opinion", pk=renewed.pk)
    context = {**about(request, docket), "form": form}
    context |= _validity(docket, day(moment_of(request.user)))
    return page(request, "office/renew_opinion.html", context, refused=bool(form.errors))


def _validity(docket: Docket, today: date) -> dict[str, object]:
    """Until when a reply counts, and whether that day has passed."""
    held_on = docket.proceeding.held_on
    until = docket.step.valid_until(held_on) if held_on else None
    return {
        "valid_until": until,
        "is_expired": until is not None and until < today,
        "ends_soon": until is not None and today <= until <= today + SOON,
    }


def _theirs(request: SignedInRequest, listed: Proceeding) -> set[int]:
    """Those of a concluded list whose opinion the person may enter anew."""
    waiting = [item.application for item in renewable(listed)]
    return {one.pk for one in waiting if is_work_of(request.user, listed, [one.track])}
