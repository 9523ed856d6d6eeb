"""The to-do list (待办): piles by step, files by deadline, and taking files up on a list."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from juxian.actions.proceeding import open_proceeding
from juxian.desks.common.http import SignedInRequest, safe_next
from juxian.desks.office.frame import duties_here, page
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Role
from juxian.selectors import work
from juxian.selectors.proceeding import open_lines
from juxian.selectors.work import Pile

TABS = (
    ("waiting", gettext_lazy("待办")),
    ("returned", gettext_lazy("退回修改中")),
    ("seen", gettext_lazy("经手的全部")),
)
ELSEWHERE = {"returned": work.returned, "seen": work.seen}


@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    duties = duties_here(request)
    piles = work.piles_of(request.user)
    pile = _chosen(piles, request.GET.get("step", ""))
    tab = request.GET.get("tab", "waiting")
    asked = {name: request.GET.get(name, "") for name in ("words", "after", "before")}
    if tab in ELSEWHERE:
        found = ELSEWHERE[tab](request.user, **asked)
    else:
        found = work.waiting(request.user, (pile,) if pile else piles, **asked)
    context = {
        "tab": tab if tab in ELSEWHERE else "waiting",
        "tabs": TABS,
        "piles": piles,
        "pile": pile,
        "foremost": pile or next(iter(piles), None),
        "page": found,
        "lines": open_lines(request.user),
        "drafting": work.drafting(request.user),
        "types_in": any(duty.role is Role.HANDLER for duty in duties),
        "words": asked["words"],
        "total": sum(one.count for one in piles),
        "since": _first_since(found) if tab not in ELSEWHERE and not asked["words"] else None,
    }
    return page(request, "office/inbox.html", context)


@require_POST
def open_list(request: SignedInRequest) -> HttpResponse:
    """Take the ticked files up on one list."""
    ticked = [int(pk) for pk in request.POST.getlist("application") if pk.isdecimal()]
    step = request.POST.get("step", "")
    try:
        opened = open_proceeding(step, ticked, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(safe_next(request, reverse("office:inbox")))
    messages.success(request, _("已建立名单，共 %(count)d 人。") % {"count": len(ticked)})
    return redirect("office:list", pk=opened.pk)


def _first_since(found: work.Page) -> datetime | None:
    """From when the most urgent file has waited."""
    return next((task.application.held_since for task in found.tasks), None)


def _chosen(piles: tuple[Pile, ...], code: str) -> Pile | None:
    """The pile named "<cycle>:<step>"."""
    return next((pile for pile in piles if code == pile.code), None)
