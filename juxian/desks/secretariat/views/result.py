"""What goes up to the ministry, and its answers coming back (批准结果)."""

from dataclasses import asdict

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juxian.actions import selection
from juxian.actions.trace import leave
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.secretariat.forms import ResultsForm
from juxian.desks.secretariat.frame import cycle_at, page
from juxian.desks.secretariat.zipped import zipped
from juxian.papers import ministry, result_sheet
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotReady, Refusal
from juxian.selectors import cycle as selectors

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "results"
AN_HOUR = 3600


def results(request: SignedInRequest, code: str) -> HttpResponse:
    """Upload, then a preview: nothing is written before it is confirmed."""
    row = cycle_at(request, code)
    form = ResultsForm(posted(request), request.FILES or None)
    sheet = done(form, lambda: result_sheet.read(form.content))
    context = {
        "cycle": row,
        "form": form,
        "sheet": sheet,
        "sealed": signing.dumps([asdict(one) for one in sheet.rows], salt=SALT) if sheet else "",
        "waiting": len(selectors.awaiting_result(row)),
        "recorded": selectors.results_of(row),
    }
    return page(request, "secretariat/results.html", context, refused=bool(form.errors))


@require_POST
def record_results(request: SignedInRequest, code: str) -> HttpResponse:
    row = cycle_at(request, code)
    try:
        known = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature:
        raise Http404 from None
    answers = [selection.ResultRow(**one) for one in known]
    try:
        recorded = selection.record_results(row.pk, answers, by=request.user)
    except Refusal as refusal:
        faults = refusal.faults if isinstance(refusal, NotReady) else ()
        context = {"cycle": row, "refusal": refusal, "faults": [said for _place, said in faults]}
        return page(request, "secretariat/results_refused.html", context, refused=True)
    messages.success(request, _("已登记 %(count)d 人的结果。") % {"count": len(recorded)})
    return redirect("secretariat:results", code=code)


@require_safe
def results_template(request: SignedInRequest, code: str) -> HttpResponse:
    row = cycle_at(request, code)
    content = result_sheet.template(selectors.awaiting_result(row))
    response = HttpResponse(content, content_type=XLSX)
    disposition = content_disposition_header(as_attachment=True, filename=_("批准结果.xlsx"))
    response["Content-Disposition"] = disposition or "attachment"
    return response


@require_safe
def export(request: SignedInRequest, code: str) -> HttpResponse:
    """Who goes up, by track, and what the package holds."""
    row = cycle_at(request, code)
    pack = pack_of(row)
    waiting = selectors.awaiting_result(row)
    groups = [
        (track.title, [one for one in waiting if one.track == track.code]) for track in pack.tracks
    ]
    context = {"cycle": row, "pack": pack, "groups": groups, "count": len(waiting)}
    context["since"] = min((one.held_since for one in waiting), default=None)
    return page(request, "secretariat/export.html", context)


@require_safe
def package(request: SignedInRequest, code: str) -> HttpResponseBase:
    """The package as one ZIP, written while it is sent."""
    row = cycle_at(request, code)
    if not selectors.awaiting_result(row):
        messages.error(request, _("还没有审定同意、等待上报的人员。"))
        return redirect("secretariat:export", code=code)
    leave("export_ministry", row, by=request.user)
    response = StreamingHttpResponse(zipped(ministry.package(row)), content_type="application/zip")
    name = _("%s-上报材料包.zip") % row.code
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    return response
