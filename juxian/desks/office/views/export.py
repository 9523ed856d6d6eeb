"""Taking the list away as a workbook (导出): at once, or when a worker has written it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juxian.access.duties import moment_of
from juxian.actions.export import ask_export, export_now, is_long
from juxian.desks.common.http import SignedInRequest
from juxian.desks.office.frame import duties_here, list_address, list_query, page
from juxian.desks.office.posts import CHOSEN
from juxian.regulation.refusal import Refusal
from juxian.selectors.exports import content_of, exports_of
from juxian.selectors.work_query import TAB_TITLES, WAITING, WorkQuery

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def begin(request: SignedInRequest) -> HttpResponse:
    """The ticked files, or the whole list where none is ticked."""
    duties_here(request)
    query = list_query(request) or WorkQuery(tab=WAITING)
    given = () if "all" in request.POST else request.POST.getlist("application")
    ticked = tuple(int(pk) for pk in given if pk.isdecimal())
    try:
        if not ticked and is_long(query, by=request.user):
            post = request.session.get(CHOSEN)
            return redirect("office:export", ask_export(query, by=request.user, post=post).pk)
        content = export_now(query, by=request.user, only=ticked)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(list_address(request))
    return _sent(request, query, content)


@require_safe
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    duties_here(request)
    export = get_object_or_404(exports_of(request.user), pk=pk)
    query = WorkQuery.of_address(export.query)
    context = {"export": export, "title": TAB_TITLES[query.tab], "query": query}
    return page(request, "office/export.html", context)


@require_safe
def fetch(request: SignedInRequest, pk: int) -> HttpResponse:
    """The workbook, to its person alone, until it expires."""
    duties_here(request)
    export = get_object_or_404(exports_of(request.user), pk=pk)
    content = content_of(export)
    if not content:
        raise Http404
    return _sent(request, WorkQuery.of_address(export.query), content)


def _sent(request: SignedInRequest, query: WorkQuery, content: bytes) -> HttpResponse:
    day = timezone.localtime(moment_of(request.user))
    name = _("申报名单-%(tab)s-%(day)s.xlsx") % {
        "tab": TAB_TITLES[query.tab],
        "day": f"{day:%Y%m%d}",
    }
    response = HttpResponse(content, content_type=XLSX)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    return response
