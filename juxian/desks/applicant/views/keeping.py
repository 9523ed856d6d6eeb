"""Keeping what is typed: by the page's script, under the page's version, against other pages."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from juxian.actions import application as acts
from juxian.desks.applicant import stamps
from juxian.desks.applicant.comparing import differences, merged
from juxian.desks.applicant.filled import Filled, filled, version_of
from juxian.desks.applicant.own import around
from juxian.desks.applicant.stamps import Stamps
from juxian.desks.common import held, phrases
from juxian.desks.common.http import SignedInRequest, answer
from juxian.desks.common.late import AUTO
from juxian.desks.common.sessions import seconds_left
from juxian.records.models import Application, Section
from juxian.regulation.refusal import Refusal, Stale
from juxian.selectors import application as selected

MERGE = "merge"  # what the button of the page of two versions says
CONFLICT = 409


def base_of(request: HttpRequest) -> Stamps:
    """What the page was made from; empty for a page that does not say so."""
    return stamps.read(request.POST.get("base", ""))


def keep(
    request: SignedInRequest,
    application: Application,
    code: str,
    raw: Mapping[str, Any],
    make: Callable[[Filled], Mapping[str, Any]] | None = None,
) -> acts.Saved:
    """Save under the page's version, or under the present one if nothing the page shows changed.

    `make` makes `raw` anew from a newer section, where it depends on it. Refusal as in the act.
    """
    version = version_of(request)
    try:
        saved = acts.save_section(application.pk, code, raw, by=request.user, version=version)
    except Stale:
        at = filled(application, code)
        if not _is_untouched(at, base_of(request)):
            raise
        raw = make(at) if make is not None else raw
        saved = acts.save_section(application.pk, code, raw, by=request.user, version=at.version)
    held.let_go(request)
    return saved


def _is_untouched(at: Filled, base: Stamps) -> bool:
    """Whether all that the page was made from is still so: only other things were saved since."""
    return bool(base) and all(_stamp_now(at, path) == said for path, said in base.items())


def _stamp_now(at: Filled, path: str) -> str:
    code, _dot, row = path.partition(".")
    if not row:
        return stamps.stamp(at.values.get(code))
    rows = at.values.get(code)
    found = [one for one in rows if one.get("id") == row] if isinstance(rows, list) else []
    return stamps.stamp(found[0]) if found else ""


def kept_by_itself(
    request: SignedInRequest, saved: Section, base: Stamps, *, here: str = ""
) -> JsonResponse:
    """For the script: the new version, until when the session lasts, and where the page now is."""
    saved_at = timezone.localtime(saved.saved_at)
    return JsonResponse(
        {
            "state": "saved",
            "version": saved.version,
            "base": stamps.written(base),
            "says": _("已自动保存 %(time)s") % {"time": f"{saved_at:%H:%M}"},
            "left": seconds_left(request),
            "here": here,
        }
    )


def not_kept(application: Application, refusal: Refusal) -> JsonResponse:
    """For the script: why it must stop, and where to look."""
    told = {"state": "overtaken", "says": _("此页已在别处更新。")}
    if not isinstance(refusal, Stale):
        told = {"state": "closed", "says": f"{refusal}。", "url": _where_it_is(application)}
    return JsonResponse(told, status=CONFLICT)


def _where_it_is(application: Application) -> str:
    """The page that shows what has been submitted, or what was asked for in a return."""
    name = "returned" if selected.is_with_applicant(application) else "form"
    return reverse(f"applicant:{name}", args=[application.number])


def closed(request: SignedInRequest, at: Filled, raw: Mapping[str, Any]) -> HttpResponse:
    """What is not open takes nothing: what was typed is shown, to be copied from."""
    is_submitted = not selected.is_with_applicant(at.application)
    refusal = Refusal(
        _("申报已经提交，不能再修改") if is_submitted else _("这一部分没有被退回，不能修改")
    )
    if request.POST.get("go") == AUTO:
        return not_kept(at.application, refusal)
    context = {
        "section": at.section,
        "refusal": refusal,
        "url": _where_it_is(at.application),
        "is_submitted": is_submitted,
        "typed": differences(at, raw, {}),
    }
    return _page(request, "applicant/closed.html", around(at.application, **context))


def compare(request: SignedInRequest, at: Filled, raw: Mapping[str, Any]) -> HttpResponse:
    """Both versions side by side, a choice for each difference, and one button for the merge.

    When they are being merged and every difference is decided, the merge is saved instead.
    """
    is_merging = request.POST.get("go") == MERGE
    picks = request.POST if is_merging else None
    found = differences(at, raw, base_of(request), picks)
    open_ = [one for one in found if not one.picked]
    if is_merging and not open_ and version_of(request) == at.version:
        try:
            kept, code = merged(at, raw, found), at.section.code
            acts.save_section(at.application.pk, code, kept, by=request.user, version=at.version)
        except Stale:
            at = filled(at.application, at.section.code)
            found = differences(at, raw, base_of(request))
        else:
            held.let_go(request)
            messages.success(request, phrases.SAVED)
            return redirect("applicant:section", at.application.number, at.section.code)
    context = {
        "section": at.section,
        "found": found,
        "undecided": open_ if is_merging and version_of(request) == at.version else [],
        "version": at.version,
        "saved": at.saved,
        "held": held.hold(request),
        "had_files": bool(request.FILES),
    }
    return _page(request, "applicant/compare.html", around(at.application, **context))


def _page(request: SignedInRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    page = answer(request, template, context)
    page.status_code = CONFLICT
    return page
