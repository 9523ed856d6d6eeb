"""Evidence: slots from the call's materials, files given and taken back, and the photograph."""

from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juxian.access import scope
from juxian.actions.evidence import attach, detach
from juxian.desks.applicant.cards import Refused, slots_written
from juxian.desks.applicant.own import around, own_or_404, timed
from juxian.desks.applicant.slots import slots_of
from juxian.desks.common import phrases
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Evidence, StoredFile
from juxian.regulation.refusal import Refusal
from juxian.selectors import application as selected
from juxian.selectors.correction import EVIDENCE, items_in, open_correction
from juxian.selectors.evidence import content_of, evidence_of
from juxian.selectors.facts import reading_of


def evidence(request: SignedInRequest, number: str) -> HttpResponse:
    """The page, and the files that came with it: each is kept or refused by itself."""
    application = own_or_404(request, number)
    if not selected.is_with_applicant(application):
        return redirect("applicant:form", number)
    refused: Refused = ()
    material = request.POST.get("material", "")
    if request.method == "POST":
        refused = _keep(request, application.pk, material)
        if not refused:
            return redirect(f"{reverse('applicant:evidence', args=[number])}#m-{material}")
    answers = selected.answers_in(selected.sections_of(application))
    files = list(evidence_of(application))
    correction = open_correction(application)
    facts = reading_of(application, answers).facts()
    slots = slots_of(application, answers, facts, files, correction)
    context = {
        "slots": slots,
        "sheets": slots_written(slots, number, get_token(request), {material: refused}),
        "count": len(files),
        "unproved": selected.unproved(application, facts, files),
        "bare": selected.bare_claims_of(application, facts, files),
        "asked": items_in(correction, EVIDENCE),
    }
    page = around(application, **context, **timed(application))
    return answer(request, "applicant/evidence.html", page, refused=bool(refused))


def _keep(request: SignedInRequest, application: int, material: str) -> Refused:
    refused = []
    given = request.FILES.getlist("files")
    if not given:
        return [("", _("请先选择文件，再点“上传”。"))]
    for file in given:
        title = request.POST.get("title", "").strip() or PurePath(file.name or "").stem
        try:
            attach(
                application,
                by=request.user,
                material=material,
                title=title,
                content=file.read(),
                claim=request.POST.get("claim", ""),
            )
        except Refusal as refusal:
            refused.append((file.name or "", str(refusal)))
    return refused


def file(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """A file's content, to be shown in the browser; only files that the person may see."""
    application = own_or_404(request, number)
    row = get_object_or_404(
        scope.evidence(request.user).select_related("file"), pk=pk, application=application
    )
    return _shown(row.file, row.title)


@require_POST
def remove(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    application = own_or_404(request, number)
    row: Evidence = get_object_or_404(
        scope.evidence(request.user), pk=pk, application=application, removed_at__isnull=True
    )
    try:
        detach(row.pk, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, phrases.REMOVED)
    return redirect(f"{reverse('applicant:evidence', args=[number])}#m-{row.material}")


def photo(request: SignedInRequest, number: str) -> HttpResponse:
    """The photograph that the form names."""
    application = own_or_404(request, number)
    answers = selected.answers_in(selected.sections_of(application))
    row = selected.photo_of(application, answers)
    if row is None:
        raise Http404
    return _shown(row, "photo")


def _shown(row: StoredFile, title: str) -> HttpResponse:
    response = HttpResponse(content_of(row), content_type=row.media_type)
    suffix = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
    name = f"{title}{suffix.get(row.media_type, '')}"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or "inline"
    )
    return response
