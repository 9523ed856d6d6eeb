"""Evidence: slots from the call's materials, files given and taken back, and the photograph."""

from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from juxian.access import scope
from juxian.actions.evidence import MOST_BYTES, MOST_PER_PERSON, attach
from juxian.desks.applicant.cards import Refused, slots_written
from juxian.desks.applicant.own import around, filled_or_404, timed
from juxian.desks.applicant.slots import Kept, slot_for, slots_of
from juxian.desks.common.files import sent
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Application
from juxian.regulation.refusal import Refusal
from juxian.selectors import application as selected
from juxian.selectors.correction import EVIDENCE, items_in, returned_of
from juxian.selectors.evidence import evidence_of, removed_in
from juxian.selectors.examination import doubts_of
from juxian.selectors.facts import reading_of
from juxian.selectors.uploading import unfinished_in


def evidence(request: SignedInRequest, number: str) -> HttpResponse:
    """The page, and the files that came with it: each is kept or refused by itself.

    `?claim=` names the row of a table that somebody comes here to prove.
    """
    application = filled_or_404(request, number)
    if not selected.is_with_applicant(application):
        return redirect("applicant:form", number)
    refused: Refused = ()
    material = request.POST.get("material", "")
    if request.method == "POST":
        refused = _keep(request, application.pk, material)
        if not refused:
            return redirect(_slot_at(number, material))
    kept = _kept(request, application)
    slots = slots_of(kept)
    claim = request.GET.get("claim", "")
    if claim and "slot" not in request.GET and request.method != "POST":
        return redirect(_slot_at(number, slot_for(slots, claim), claim=claim))
    context = {
        "slots": slots,
        "sheets": slots_written(slots, number, get_token(request), {material: refused}),
        "count": len(kept.files),
        "used": sum(file.file.size for file in kept.files),
        "most": MOST_PER_PERSON,
        "most_bytes": MOST_BYTES,
        "unproved": selected.unproved(application, kept.facts, kept.files),
        "bare": selected.bare_claims_of(application, kept.facts, kept.files),
        "asked": items_in(kept.returned.correction if kept.returned else None, EVIDENCE),
    }
    page = around(application, **context, **timed(application))
    return answer(request, "applicant/evidence.html", page, refused=bool(refused))


def _kept(request: SignedInRequest, application: Application) -> Kept:
    answers = selected.answers_in(selected.sections_of(application))
    files = list(evidence_of(application))
    return Kept(
        application,
        answers,
        reading_of(application, answers).facts(),
        files,
        returned_of(application, answers, files),
        doubts=doubts_of(files),
        unfinished=list(unfinished_in(application, request.user)),
        removed=removed_in(application, request.GET.get("removed", "")),
        chosen=(request.GET.get("slot", ""), request.GET.get("claim", "")),
    )


def _slot_at(number: str, material: str, **query: str) -> str:
    """The page's address at a slot; `query` goes with it."""
    said = f"?{urlencode({'slot': material, **query})}" if query else ""
    return f"{reverse('applicant:evidence', args=[number])}{said}#m-{material}"


def _keep(request: SignedInRequest, application: int, material: str) -> Refused:
    refused = []
    given = request.FILES.getlist("files")
    if not given:
        return [("", _("请先选择文件，再点“上传”。"))]
    for file in given:
        title = request.POST.get("title", "").strip() or PurePath(file.name or "").stem
        try:
            kept = attach(
                application,
                by=request.user,
                material=material,
                title=title,
                content=file.read(),
                claim=request.POST.get("claim", ""),
            )
        except Refusal as refusal:
            refused.append((file.name or "", str(refusal)))
        else:
            if kept.caution:
                messages.warning(request, f"{kept.title}：{kept.caution}")
    return refused


def file(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """A file's content, to keep; only files that the person may see."""
    application = filled_or_404(request, number)
    row = get_object_or_404(
        scope.evidence(request.user).select_related("file"), pk=pk, application=application
    )
    return sent(row.file, row.title)


def photo(request: SignedInRequest, number: str) -> HttpResponse:
    """The photograph that the form names."""
    application = filled_or_404(request, number)
    answers = selected.answers_in(selected.sections_of(application))
    row = selected.photo_of(application, answers)
    if row is None:
        raise Http404
    return sent(row, "photo")
