"""Filling the form, a section a page: what was typed is always kept, sound or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from juxian.actions.evidence import set_photo
from juxian.desks.applicant import stamps
from juxian.desks.applicant.asking import Page, deciding_in, raw_of
from juxian.desks.applicant.controls import groups_written, is_whole, whole_page
from juxian.desks.applicant.filled import (
    Filled,
    faults_to_show,
    filled,
    section_in,
    version_in,
)
from juxian.desks.applicant.grids import grids_of
from juxian.desks.applicant.own import around, filled_or_404, timed
from juxian.desks.applicant.views import keeping
from juxian.desks.applicant.views.ordering import after_arranging, arranged, shown_around
from juxian.desks.common import held, phrases
from juxian.desks.common.http import SignedInRequest, answer
from juxian.desks.common.late import AUTO, filled_in
from juxian.records.models import Application
from juxian.records.packs import pack_of
from juxian.regulation.answers import Fault
from juxian.regulation.form import FieldKind
from juxian.regulation.refusal import NotReady, Refusal, Stale
from juxian.selectors import application as selected
from juxian.selectors.facts import unsealed
from juxian.selectors.known import known_of
from juxian.selectors.portfolio import sources_in

BESIDE = {"paste": "applicant:paste", "portfolio": "applicant:from_portfolio"}


@dataclass(frozen=True, slots=True)
class Said:
    """What the page has to say beside the questions, and what it was made from if not from now."""

    faults: tuple[Fault, ...] = ()
    refusal: Refusal | None = None
    brought: held.Held | None = None
    version: int | None = None
    base: stamps.Stamps | None = None
    sources: Mapping[str, str] = field(default_factory=dict)  # of what nobody has saved yet


@filled_in
def section(request: SignedInRequest, number: str, section: str) -> HttpResponse:
    application = filled_or_404(request, number)
    if request.POST.get("go") == AUTO:
        return _save_by_itself(request, application, section)
    is_open = selected.is_with_applicant(application)
    if not is_open and request.method != "POST":
        return redirect("applicant:form", number)
    at = filled(application, section)
    if not is_open or not at.open_fields:
        return _shut(request, at)
    if request.method != "POST":
        return _read(request, at)
    return _save(request, at)


def _shut(request: SignedInRequest, at: Filled) -> HttpResponse:
    if request.method != "POST":
        return redirect("applicant:tasks", at.application.number)
    return keeping.closed(request, at, raw_of(at.form, at.section.fields, request.POST))


def _read(request: SignedInRequest, at: Filled) -> HttpResponse:
    """The page as saved; or with what had been typed when the session ended, still to be saved."""
    brought = held.brought(request)
    if brought is None:
        known, sources = ({}, {}) if at.saved else known_of(at.application, at.form, at.section)
        said = Said(faults_to_show(request, at), sources=sources)
        return _page(request, at, known | dict(at.values), said)
    raw = raw_of(at.form, at.open_fields, brought.typed)
    base = stamps.read(brought.typed.get("base", ""))
    said = Said(brought=brought, version=version_in(brought.typed), base=base)
    return _page(request, at, dict(at.values) | raw, said)


def _save(request: SignedInRequest, at: Filled) -> HttpResponse:
    application, section = at.application, at.section.code
    typed_in = raw_of(at.form, at.open_fields, request.POST)
    arranging = arranged(request, at)

    def made(now: Filled) -> dict[str, Any]:
        anew = arranged(request, now)
        return typed_in | (anew.raw if anew else {})

    raw = typed_in | (arranging.raw if arranging else {})
    if request.POST.get("go") == keeping.MERGE:
        return keeping.compare(request, at, raw)
    typed = dict(at.values) | raw
    try:
        saved = keeping.keep(request, application, section, raw, made)
        _keep_photo(request, at, saved.section.version)
    except NotReady as refusal:
        return _page(request, filled(application, section), typed, Said(refusal=refusal))
    except Stale:
        return keeping.compare(request, filled(application, section), raw)
    except Refusal as refusal:
        return _page(request, at, typed, Said(refusal=refusal))
    if arranging:
        return after_arranging(request, at, arranging)
    return _onward(request, at, saved.faults)


def _save_by_itself(request: SignedInRequest, application: Application, code: str) -> HttpResponse:
    """For the page's script. What a return did not open is left alone by the act itself."""
    form = selected.form_of(application)
    asked = section_in(form, code)
    raw = raw_of(form, asked.fields, request.POST)
    try:
        saved = keeping.keep(request, application, code, raw)
    except Refusal as refusal:
        return keeping.not_kept(application, refusal)
    base = stamps.stamps_of(asked.fields, unsealed(saved.section.values))
    return keeping.kept_by_itself(request, saved.section, base)


def _keep_photo(request: SignedInRequest, at: Filled, version: int) -> None:
    """A photograph that came with the page is kept after the words, so that it loses none."""
    for asked in at.open_fields:
        given = request.FILES.get(asked.code) if asked.kind is FieldKind.PHOTO else None
        if given is not None:
            set_photo(
                at.application.pk,
                at.section.code,
                asked.code,
                by=request.user,
                version=version,
                content=given.read(),
            )


def _onward(request: SignedInRequest, at: Filled, faults: Sequence[Fault]) -> HttpResponse:
    """Where the pressed button leads, once all is saved."""
    number, code = at.application.number, at.section.code
    go = request.POST.get("go", "next")
    table, _slash, row = go.partition("/")
    if row:
        return redirect(_row_address(at, table, row))
    if faults and go != "stay":
        said = _("已保存。有 %(count)d 处需要修改，见下面的提示。") % {"count": len(faults)}
        messages.warning(request, said)
        return redirect("applicant:section", number, code)
    messages.success(request, phrases.SAVED)
    if go == "stay":
        return redirect("applicant:section", number, code)
    following = at.following()
    if go == "tasks" or at.correction is not None or following is None:
        return redirect("applicant:tasks", number)
    return redirect("applicant:section", number, following.code)


def _row_address(at: Filled, table: str, row: str) -> str:
    """`row` is an id, "new", "new?condition=A3", an id with "/remove" behind it, or of `BESIDE`."""
    row, _mark, query = row.partition("?")
    row, _slash, remove = row.partition("/")
    table = at.table(table).code
    if row in BESIDE:
        return reverse(BESIDE[row], args=[at.application.number, at.section.code, table])
    name = "applicant:remove_row" if remove else "applicant:row"
    address = reverse(name, args=[at.application.number, at.section.code, table, row])
    return f"{address}?{query}" if query else address


def _page(
    request: SignedInRequest,
    at: Filled,
    values: Mapping[str, Any],
    said: Said,
) -> HttpResponse:
    refusal = said.refusal
    faults = said.faults + _of_refusal(at, refusal)
    base = said.base or stamps.stamps_of(at.section.fields, at.values)
    page = Page(
        at.form,
        values,
        faults,
        opened=at.opened,
        siblings=at.section.fields,
        sources=sources_in(at.saved) | dict(said.sources),
        whole=is_whole(request),
        answers={} if at.opened is None else at.answers,
        deciding=deciding_in(pack_of(at.application.cycle), at.section.code),
    )
    questions = page.questions(at.section.fields)
    context = {
        "section": at.section,
        "groups": groups_written(questions, at.application.number),
        "whole_page": whole_page(request, questions),
        "grids": grids_of(at, replace(shown_around(request, at), faults=faults)),
        "faults": faults,
        "linked": [(fault, _link(at, fault)) for fault in faults],
        "refusal": None if isinstance(refusal, NotReady) else refusal,
        "brought": said.brought,
        "is_unsaved": said.brought is not None or refusal is not None,
        "is_returned": at.correction is not None,
        "asked": at.asked,
        "version": at.version if said.version is None else said.version,
        "base": stamps.written(base),
        "sealed": [asked.code for asked in at.section.fields if asked.sealed],
        "saved": at.saved,
        "following": at.following(),
    }
    around_it = around(at.application, **context, **timed(at.application))
    return answer(request, "applicant/section.html", around_it, refused=refusal is not None)


def _link(at: Filled, fault: Fault) -> str:
    """A field of this page, or the page of the row that the fault is in."""
    table, *rest = fault.path.split(".")
    if not rest:
        return f"#f-{table}"
    row, column = rest
    address = reverse("applicant:row", args=[at.application.number, fault.section, table, row])
    return f"{address}#f-{column}"


def _of_refusal(at: Filled, refusal: Refusal | None) -> tuple[Fault, ...]:
    """A refusal's own places as faults of the page."""
    labels = {asked.code: asked.label for asked in at.section.fields}
    places = refusal.faults if isinstance(refusal, NotReady) else ()
    return tuple(
        Fault(at.section.code, path, labels.get(path, ""), sentence) for path, sentence in places
    )
