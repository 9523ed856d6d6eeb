"""Collective work (集体办理): the office's lists, who is on them, and the scans that prove them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juxian.access import scope
from juxian.actions import proceeding as actions
from juxian.desks.common.acting import done
from juxian.desks.common.files import sent
from juxian.desks.common.http import SignedInRequest, page_of, posted
from juxian.desks.office.forms.proceeding import ScanForm
from juxian.desks.office.frame import duties_here, list_at, may_work_on, page
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Kind
from juxian.selectors.proceeding import Docket, files_of, line_of, open_lines, past

PAGES = {
    Kind.REVIEW: "office:evaluation",
    Kind.PUBLICIZE: "office:publicity",
    Kind.OPINE: "office:opinion",
    Kind.DECIDE: "office:decision",
    Kind.RECOMMEND: "office:nomination",
}


@require_safe
def lists(request: SignedInRequest) -> HttpResponse:
    duties_here(request)
    done = page_of(request, past(request.user))
    context = {
        "lines": open_lines(request.user),
        "done": done,
        "done_lines": [line_of(proceeding) for proceeding in done],
    }
    return page(request, "office/lists.html", context)


@require_safe
def list_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whatever kind the list is of: on to its own page."""
    return redirect(PAGES[Kind(list_at(request, pk).kind)], pk=pk)


@require_POST
def take_off(request: SignedInRequest, pk: int, application: int) -> HttpResponse:
    list_at(request, pk)
    try:
        actions.take_off(pk, application, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已移出名单，仍留在本环节待办。"))
    seen = scope.proceedings(request.user).filter(pk=pk).exists()
    return redirect("office:list", pk=pk) if seen else redirect("office:lists")


def attach(request: SignedInRequest, pk: int) -> HttpResponse:
    proceeding = list_at(request, pk)
    form = ScanForm(posted(request), request.FILES or None)
    if done(
        form,
        lambda: actions.attach_file(
            pk, by=request.user, title=form.cleaned_data["title"], content=form.content
        ),
    ):
        messages.success(request, _("扫描件已上传。"))
        return redirect("office:list", pk=pk)
    context = {"form": form, "proceeding": proceeding}
    return page(request, "office/attach.html", context, refused=bool(form.errors))


@require_safe
def scan(request: SignedInRequest, pk: int, file: int) -> HttpResponse:
    proceeding = list_at(request, pk)
    kept = get_object_or_404(files_of(proceeding), pk=file)
    return sent(kept.file, kept.title)


def about(request: SignedInRequest, docket: Docket) -> dict[str, object]:
    """What every kind of list shows above its own record."""
    proceeding = docket.proceeding
    mine = [
        row for row in docket.rows if may_work_on(request, proceeding, [row.item.application.track])
    ]
    is_settled = docket.step.secret or proceeding.starts_on is not None
    dues = [row.item.application.due_at for row in docket.rows if row.item.application.due_at]
    return {
        "docket": docket,
        "proceeding": proceeding,
        "may_work": may_work_on(request, proceeding, docket.tracks),
        "left": [row for row in docket.rows if row.has_left],
        "removable": [row for row in mine if row.has_left or not is_settled],
        "due_at": min(dues, default=None),
    }
