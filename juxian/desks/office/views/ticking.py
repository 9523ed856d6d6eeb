"""Ticking a file block by block, by itself or all at once, and seeing who else has it open."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juxian.actions import ticking
from juxian.actions.reading import keep_reading
from juxian.desks.common.http import SignedInRequest
from juxian.desks.office.forms.ticking import TickForm
from juxian.desks.office.frame import desk_file_at
from juxian.desks.office.views.file import file_page, others_reading
from juxian.records.models import Application
from juxian.regulation.refusal import NotReady, Refusal
from juxian.selectors.blocks import blocks_of
from juxian.selectors.casefile import casefile_of


@require_POST
def tick(request: SignedInRequest, number: str) -> HttpResponse:
    application = desk_file_at(request, number)
    blocks = blocks_of(casefile_of(application, reader=request.user), request.user)
    form = TickForm(request.POST.dict(), blocks)
    status = _keep(request, application, form)
    if request.POST.get("go") == "auto":
        return _said(form, status)
    if form.sentence:
        return file_page(request, application, form=form)
    messages.success(request, _("核对结果已保存。"))
    everything = "?all=1" if "all" in request.POST else ""
    return redirect(reverse("office:file", args=[number]) + everything)


@require_POST
def presence(request: SignedInRequest, number: str) -> JsonResponse:
    """Keeps the reader's presence up, and tells who else has the file open."""
    application = desk_file_at(request, number)
    try:
        keep_reading(application, by=request.user)
    except Refusal:
        return JsonResponse({"says": ""})
    return JsonResponse({"says": others_reading(request, application)})


def _keep(request: SignedInRequest, application: Application, form: TickForm) -> HTTPStatus:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        ticking.tick(application.pk, by=request.user, turn=form.turn, ticks=form.ticks)
    except Refusal as refusal:
        form.refused(refusal)
        mendable = isinstance(refusal, NotReady)
        return HTTPStatus.UNPROCESSABLE_ENTITY if mendable else HTTPStatus.CONFLICT
    return HTTPStatus.OK


def _said(form: TickForm, status: HTTPStatus) -> JsonResponse:
    if status is not HTTPStatus.OK:
        says = next(iter(form.faults.values()), form.sentence)
        return JsonResponse({"state": "refused", "says": says}, status=status)
    return JsonResponse({"state": "saved", "says": _("已保存")})
