"""What is done with a file that was given: order, name, claim, another in its place, undo."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juxian.access import scope
from juxian.actions.evidence import amend, detach, restore, shift
from juxian.desks.applicant.own import around, filled_or_404, timed
from juxian.desks.common import phrases
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Application, Evidence
from juxian.records.packs import pack_of
from juxian.regulation.pack import Material
from juxian.regulation.refusal import NotReady, Refusal
from juxian.selectors.application import is_with_applicant
from juxian.selectors.claims import claims_for, claims_in
from juxian.selectors.facts import answers_of


def change(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """A page for one file: its name, what it proves, another file in its place."""
    application = filled_or_404(request, number)
    if not is_with_applicant(application):
        return redirect("applicant:form", number)
    row = _row(request, application, pk)
    material = _material(application, row)
    context = {
        "file": row,
        "material": material,
        "title": request.POST.get("title", row.title),
        "claim": request.POST.get("claim", row.claim),
        "claims": claims_for(material, claims_in(application, answers_of(application))),
    }
    if request.method == "POST":
        try:
            kept = _change(request, row)
        except Refusal as refusal:
            faults = dict(refusal.faults) if isinstance(refusal, NotReady) else {}
            context |= {"refusal": refusal, "faults": faults}
        else:
            messages.success(request, phrases.SAVED)
            return redirect(_card_at(number, kept))
    page = around(application, **context, **timed(application))
    return answer(request, "applicant/change_file.html", page, refused="refusal" in context)


def _change(request: SignedInRequest, row: Evidence) -> Evidence:
    given = request.FILES.get("file")
    return amend(
        row.pk,
        by=request.user,
        title=request.POST.get("title", ""),
        claim=request.POST.get("claim", row.claim),
        content=given.read() if given else None,
    )


@require_POST
def move(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    row = _row(request, filled_or_404(request, number), pk)
    try:
        shift(row.pk, by=request.user, up=bool(request.POST.get("up")))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(_card_at(number, row))


@require_POST
def remove(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """The slot offers to take the removal back."""
    row = _row(request, filled_or_404(request, number), pk)
    page = reverse("applicant:evidence", args=[number])
    try:
        detach(row.pk, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{page}#m-{row.material}")
    return redirect(f"{page}?removed={row.pk}#m-{row.material}")


@require_POST
def put_back(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    application = filled_or_404(request, number)
    row = get_object_or_404(scope.evidence(request.user), pk=pk, application=application)
    try:
        restore(row.pk, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        page = reverse("applicant:evidence", args=[number])
        return redirect(f"{page}?removed={row.pk}#m-{row.material}")
    messages.success(request, _("已撤销移除。"))
    return redirect(_card_at(number, row))


def _row(request: SignedInRequest, application: Application, pk: int) -> Evidence:
    row: Evidence = get_object_or_404(
        scope.evidence(request.user), pk=pk, application=application, removed_at__isnull=True
    )
    return row


def _material(application: Application, row: Evidence) -> Material:
    materials = pack_of(application.cycle).materials
    return next(entry for entry in materials if entry.code == row.material)


def _card_at(number: str, row: Evidence) -> str:
    return f"{reverse('applicant:evidence', args=[number])}#f-{row.pk}"
