"""Evidence: slots from the call's materials, files given and taken back, and the photograph."""

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
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
from juxian.desks.applicant.slots import Kept, Slot, slot_for, slots_of
from juxian.desks.common.files import sent
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Application
from juxian.regulation.file_names import material_named
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
        is_several = "spread" in request.POST
        refused = (_spread if is_several else _keep)(request, application, material)
        if not refused and is_several:
            return redirect("applicant:evidence", number)
        if not refused:
            return redirect(_slot_at(number, material))
    kept = _kept(request, application)
    slots = slots_of(kept)
    claim = request.GET.get("claim", "")
    if claim and "slot" not in request.GET and request.method != "POST":
        return redirect(_slot_at(number, slot_for(slots, claim), claim=claim))
    context = {
        "slots": slots,
        **_sheets(request, number, kept, slots, {material: refused}),
        "count": len(kept.files),
        "used": sum(file.file.size for file in kept.files),
        "most": MOST_PER_PERSON,
        "most_bytes": MOST_BYTES,
        "unproved": selected.unproved(application, kept.facts, kept.files),
        "asked": items_in(kept.returned.correction if kept.returned else None, EVIDENCE),
    }
    page = around(application, **context, **timed(application))
    return answer(request, "applicant/evidence.html", page, refused=bool(refused))


def _sheets(
    request: SignedInRequest,
    number: str,
    kept: Kept,
    slots: tuple[Slot, ...],
    refused: dict[str, Refused],
) -> dict[str, Any]:
    """The slots as HTML; those that do not concern the applicant aside, and what may be given."""
    claimed = selected.bare_claims_of(kept.application, kept.facts, kept.files)
    needed = {material.code for claim in claimed for material in claim.materials}
    written = slots_written(slots, number, get_token(request), refused)
    aside = [slot.is_aside and slot.material.code not in {*needed, *refused} for slot in slots]
    return {
        "sheets": [one for one, is_aside in zip(written, aside, strict=True) if not is_aside],
        "aside": [one for one, is_aside in zip(written, aside, strict=True) if is_aside],
        "aside_titles": [
            slot.material.title for slot, is_aside in zip(slots, aside, strict=True) if is_aside
        ],
        "offered": [slot.material for slot in slots if slot.is_open and not slot.is_full],
        "spread_refused": refused.get("", ()),
        "bare": claimed,
    }


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


def _spread(request: SignedInRequest, application: Application, _material: str) -> Refused:
    """Several files, each for the material that its name tells of."""
    materials = selected.materials_of(application)
    refused: list[tuple[str, str]] = []
    for file in request.FILES.getlist("files"):
        code = material_named(file.name or "", materials)
        if code:
            refused += _attached(request, application, code, file)
        else:
            refused.append((file.name or "", _("没有认出是哪一项，请在下面对应的一项上传。")))
    return refused if request.FILES else [("", _("请先选择文件，再点“上传”。"))]


def _keep(request: SignedInRequest, application: Application, material: str) -> Refused:
    given = request.FILES.getlist("files")
    if not given:
        return [("", _("请先选择文件，再点“上传”。"))]
    refused: list[tuple[str, str]] = []
    for file in given:
        refused += _attached(request, application, material, file)
    return refused


def _attached(
    request: SignedInRequest, application: Application, material: str, file: "UploadedFile[Any]"
) -> Refused:
    title = request.POST.get("title", "").strip() or PurePath(file.name or "").stem
    try:
        kept = attach(
            application.pk,
            by=request.user,
            material=material,
            title=title,
            content=file.read(),
            claim=request.POST.get("claim", ""),
        )
    except Refusal as refusal:
        return [(file.name or "", str(refusal))]
    if kept.caution:
        messages.warning(request, f"{kept.title}：{kept.caution}")
    return []


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
