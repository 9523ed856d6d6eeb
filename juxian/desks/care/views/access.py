"""Who has access to what: the list, the same as a workbook, and saying that it was reviewed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juxian.access.duties import moment_of
from juxian.actions.access_review import export_access, review_access
from juxian.desks.care.frame import check, page
from juxian.desks.care.workbooks import workbook
from juxian.desks.common.http import SignedInRequest, page_of
from juxian.selectors.access_review import access_in_reach, counted, last_review


@require_safe
def access(request: SignedInRequest) -> HttpResponse:
    check(request)
    moment = moment_of(request.user)
    words, unused = request.GET.get("q", ""), "unused" in request.GET
    rows = access_in_reach(request.user, moment, words=words, unused=unused)
    context = {
        "page": page_of(request, rows),
        "words": words,
        "unused": unused,
        "counts": counted(request.user, moment),
        "last": last_review(request.user),
    }
    return page(request, "care/access.html", context)


@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    check(request)
    words, unused = request.GET.get("q", ""), "unused" in request.GET
    content = export_access(by=request.user, words=words, unused=unused)
    return workbook(content, _("权限清单.xlsx"))


@require_POST
def reviewed(request: SignedInRequest) -> HttpResponse:
    check(request)
    review_access(by=request.user)
    messages.success(request, _("已记下这次复核。"))
    return redirect("care:access")
