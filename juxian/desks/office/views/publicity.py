"""Publicity (公示): its period, its objections, and its end."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juxian.access import scope
from juxian.access.duties import moment_of
from juxian.actions import publicity as actions
from juxian.actions.proceeding import attach_file
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, page_of, posted
from juxian.desks.office.forms.proceeding import ScanForm
from juxian.desks.office.forms.publicity import ClosingForm, ObjectionForm, PublishForm
from juxian.desks.office.frame import duties_here, list_at, may_work_on, page
from juxian.desks.office.views.proceeding import about
from juxian.records.clock import day
from juxian.regulation.procedure import Step
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Kind, Level
from juxian.selectors.phrases import (
    FINDINGS,
    OBJECTION_CATEGORIES,
    OBJECTION_REFUSALS,
    OBJECTION_WAYS,
    REMEDIES,
    said,
)
from juxian.selectors.proceeding import (
    Docket,
    days_left,
    docket_of,
    line_of,
    objector_of,
    open_lines,
    past,
    publicity_end,
    tracks_on,
)
from juxian.selectors.public_notice import key_of
from juxian.selectors.publicity import files_on, is_concerned, window_of


@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    """Every notice of the office, and the objections that nobody has closed yet."""
    duties_here(request)
    waiting = scope.objections(request.user).filter(closed_at__isnull=True)
    done = page_of(request, past(request.user, kinds=[Kind.PUBLICIZE]))
    context = {
        "lines": open_lines(request.user, kinds=[Kind.PUBLICIZE]),
        "done": done,
        "done_lines": [line_of(proceeding) for proceeding in done],
        "objections": waiting.select_related("application", "proceeding").order_by("received_at"),
        "categories": OBJECTION_CATEGORIES,
    }
    return page(request, "office/notices.html", context)


def publicity(request: SignedInRequest, pk: int) -> HttpResponse:
    docket = docket_of(list_at(request, pk, Kind.PUBLICIZE))
    proceeding = docket.proceeding
    moment = moment_of(request.user)
    form = PublishForm(posted(request), initial=_offered(docket.step, day(moment)))
    if done(form, lambda: actions.publish(pk, by=request.user, **form.cleaned_data)):
        messages.success(request, _("公示已发布。"))
        return redirect("office:publicity", pk=pk)
    starts_on, ends_on, today = proceeding.starts_on, proceeding.ends_on, day(moment)
    context = {
        **about(request, docket),
        "form": form,
        "days_left": days_left(docket.step, starts_on, ends_on, today),
        "page_at": _page_of(docket),
        "window": window_of(docket, today) if starts_on is None else None,
        "is_ahead": starts_on is not None and today < starts_on,
        "is_running": ends_on is not None and today <= ends_on,
        "is_over": ends_on is not None and today > ends_on,
        "categories": OBJECTION_CATEGORIES,
        "now": moment,
    }
    return page(request, "office/publicity.html", context, refused=bool(form.errors))


@require_safe
def period(request: SignedInRequest, pk: int) -> HttpResponse:
    """The end that belongs to a start, as a piece for the page that is open."""
    proceeding = list_at(request, pk, Kind.PUBLICIZE)
    docket = docket_of(proceeding)
    try:
        starts_on = date.fromisoformat(request.GET.get("starts_on", ""))
    except ValueError:
        starts_on = day(moment_of(request.user))
    form = PublishForm(initial=_offered(docket.step, starts_on))
    window = window_of(docket, day(moment_of(request.user)))
    context = {"form": form, "docket": docket, "window": window}
    return page(request, "office/_period.html", context)


@require_POST
def conclude(request: SignedInRequest, pk: int) -> HttpResponse:
    list_at(request, pk, Kind.PUBLICIZE)
    try:
        actions.conclude(pk, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("公示已办结，无异议的人选进入下一环节。"))
    return redirect("office:publicity", pk=pk)


def enter_objection(request: SignedInRequest, pk: int) -> HttpResponse:
    docket = docket_of(list_at(request, pk, Kind.PUBLICIZE))
    if not may_work_on(request, docket.proceeding, docket.tracks):
        raise Http404
    form = ObjectionForm(posted(request), docket=docket)
    entered = done(
        form,
        lambda: actions.object_to(
            pk,
            form.cleaned_data["application"],
            objector=form.objector,
            category=form.cleaned_data["category"],
            facts=form.cleaned_data["facts"],
            by=request.user,
        ),
    )
    if entered is not None:
        said_so = _("异议已登记，回执号 %(receipt)s。") % {"receipt": entered.receipt}
        messages.success(request, said_so)
        return redirect("office:publicity", pk=pk)
    context = {**about(request, docket), "form": form}
    return page(request, "office/enter_objection.html", context, refused=bool(form.errors))


def objection(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = scope.objections(request.user).select_related(
        "application__employer", "proceeding__cycle", "proceeding__office", "closed_by"
    )
    found = get_object_or_404(rows, pk=pk)
    form = ClosingForm(posted(request))
    if done(form, lambda: actions.close_objection(pk, by=request.user, closing=form.closing)):
        messages.success(request, _("异议已办结。"))
        return redirect("office:publicity", pk=found.proceeding_id)
    context = {
        "objection": found,
        "objector": objector_of(found),
        "category": said(OBJECTION_CATEGORIES, found.category),
        "may_work": may_work_on(request, found.proceeding, tracks_on(found.proceeding)),
        "is_concerned": is_concerned(request.user, found),
        "files": files_on(found),
        "way": said(OBJECTION_WAYS, found.way),
        "refusal": said(OBJECTION_REFUSALS, found.refusal),
        "finding": said(FINDINGS, found.finding),
        "remedy": said(REMEDIES, found.remedy),
        "form": form,
    }
    return page(request, "office/objection.html", context, refused=bool(form.errors))


def attach_objection(request: SignedInRequest, pk: int) -> HttpResponse:
    """Evidence that came with an objection, or was found when looking into it."""
    rows = scope.objections(request.user).select_related("proceeding__cycle", "proceeding__office")
    found = get_object_or_404(rows, pk=pk, closed_at__isnull=True)
    form = ScanForm(posted(request), request.FILES or None)
    if done(
        form,
        lambda: attach_file(
            found.proceeding_id,
            by=request.user,
            title=form.cleaned_data["title"],
            content=form.content,
            objection=found,
        ),
    ):
        messages.success(request, _("扫描件已上传。"))
        return redirect("office:objection", pk=pk)
    context = {"form": form, "proceeding": found.proceeding, "objection": found}
    return page(request, "office/attach.html", context, refused=bool(form.errors))


def _page_of(docket: Docket) -> str:
    """The notice's own page; one within an employer opens by its key alone."""
    pk = docket.proceeding.pk
    if docket.step.level is Level.EMPLOYER:
        return reverse("public:notice_by_key", args=[pk, key_of(docket.proceeding)])
    return reverse("public:notice", args=[pk])


def _offered(step: Step, starts_on: date) -> dict[str, object]:
    return {"starts_on": starts_on, "ends_on": publicity_end(step, starts_on)}
