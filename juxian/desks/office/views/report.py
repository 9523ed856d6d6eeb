"""Reports (总结材料): what the office owes and hands in, and what others have handed in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.access.duties import duties_with
from juxian.actions import report as actions
from juxian.desks.common.acting import done
from juxian.desks.common.files import sent
from juxian.desks.common.http import SignedInRequest, page_of, posted
from juxian.desks.office.forms.report import ReportForm
from juxian.desks.office.frame import duties_here, page
from juxian.regulation.words import Role
from juxian.selectors import report as selectors
from juxian.selectors.report import Timeliness


@require_safe
def reports(request: SignedInRequest) -> HttpResponse:
    """What the person's offices owe, and whose reports come to them."""
    duties_here(request)
    owed = selectors.asked_of(request.user)
    missing = [one for one in owed if one.timeliness is Timeliness.MISSING]
    theirs = _hands_in_at(request)
    missing.sort(key=lambda one: one.asked.due_at)
    context = {
        "owed": owed,
        "missing": missing,
        "nearest_due": min((one.asked.due_at for one in missing), default=None),
        "to_hand_in": next((one for one in missing if one.office.pk in theirs), None),
        "received": selectors.received_by(request.user),
        "hands_in_at": theirs,
    }
    return page(request, "office/reports.html", context)


def _hands_in_at(request: SignedInRequest) -> set[int]:
    """Keys of the offices whose reports the person may hand in."""
    duties = duties_with(request.user, Role.HANDLER)
    return {office for duty in duties for office in duty.office_ids}


def hand_in(request: SignedInRequest, cycle: int, office: int, code: str) -> HttpResponse:
    duties_here(request)
    wanted = (cycle, office, code)
    found = (
        one
        for one in selectors.asked_of(request.user)
        if (one.asked.cycle.pk, one.office.pk, one.asked.report.code) == wanted
    )
    owed = next(found, None)
    if owed is None or office not in _hands_in_at(request):
        raise Http404
    form = ReportForm(posted(request), request.FILES or None, report=owed.asked.report)
    if done(form, lambda: actions.hand_in(cycle, office, code, by=request.user, **form.given)):
        messages.success(request, _("总结材料已报送。"))
        return redirect("office:reports")
    context = {"form": form, "owed": owed}
    return page(request, "office/hand_in.html", context, refused=bool(form.errors))


@require_safe
def received(request: SignedInRequest, cycle: str, code: str) -> HttpResponse:
    """Who has handed a report in, in time or late, and who has not."""
    duties_here(request)
    found = (
        one
        for one in selectors.received_by(request.user)
        if (one.cycle.code, one.report.code) == (cycle, code)
    )
    asked = next(found, None)
    if asked is None:
        raise Http404
    only = request.GET.get("only", "")
    reports = selectors.received(asked, only if only in set(Timeliness) else "")
    context = {
        "asked": asked,
        "only": only,
        "tabs": [(one, said, reports.counts[one]) for one, said in selectors.TIMELINESS.items()],
        "total": sum(reports.counts.values()),
        "missing": reports.counts[Timeliness.MISSING],
        "rows": page_of(request, reports.rows),
    }
    return page(request, "office/received_reports.html", context)


@require_safe
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A document of a report, to keep."""
    duties_here(request)
    kept = get_object_or_404(selectors.files(request.user), pk=pk)
    return sent(kept.file, f"{kept.report.office.name}-{kept.title}")
