"""The outbox (发件箱): what waits to be looked at, and what became of the rest."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from juxian.access.duties import duties_with
from juxian.access.scope import WRITING_ROLES
from juxian.actions import dispatch
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, page_of, posted
from juxian.desks.office.forms.outbox import WordsForm
from juxian.desks.office.frame import page
from juxian.records.models import Dispatch
from juxian.regulation.messages import KINDS, Occasion, State
from juxian.regulation.refusal import Refusal
from juxian.selectors.outbox import TABS, counts_of, groups_of, letters_of, passed_on, waiting_in

TITLES: dict[str, "str | Promise"] = {
    "waiting": gettext_lazy("待审看"),
    "going": gettext_lazy("待发"),
    "sent": gettext_lazy("已发"),
    "missed": gettext_lazy("没有送达"),
    "cancelled": gettext_lazy("已取消"),
}
ACTS: dict[str, tuple[Callable[..., int], "str | Promise"]] = {
    "release": (
        dispatch.release,
        gettext_lazy("已放行 %(count)d 条，由后台发送；22点到次日8点不发。"),
    ),
    "hold": (dispatch.hold, gettext_lazy("已暂缓 %(count)d 条。")),
    "cancel": (dispatch.cancel, gettext_lazy("已取消 %(count)d 条，不会再发；站内消息不受影响。")),
    "again": (dispatch.send_again, gettext_lazy("已重新放行 %(count)d 条。")),
}


@require_safe
def outbox(request: SignedInRequest) -> HttpResponse:
    writes_or_404(request)
    tab = request.GET.get("tab", "waiting")
    if tab not in TABS:
        raise Http404
    counts = counts_of(request.user)
    context: dict[str, object] = {
        "tab": tab,
        "tabs": [(code, title, counts[code]) for code, title in TITLES.items()],
        "counts": counts,
    }
    if tab == "waiting":
        context["groups"] = groups_of(request.user)
    else:
        rows = page_of(request, passed_on(request.user, tab))
        context |= {"rows": rows, "letters": letters_of(list(rows))}
    return page(request, "office/outbox.html", context)


def outgoing(request: SignedInRequest, office: int, occasion: str, carrier: str) -> HttpResponse:
    """What waits of one kind: read as it will be read, put in other words, let go."""
    writes_or_404(request, office)
    waiting = waiting_in(request.user, office, occasion, carrier)
    rows = page_of(request, waiting)
    if not rows.paginator.count:
        if request.method == "POST":
            messages.error(request, _("这些消息已由别人办理，请核对。"))
        return redirect("office:outbox")
    if "release" in request.POST:
        return _done(request, "release", _pks(waiting.filter(state=State.WAITING)))
    shown = list(rows)
    form = WordsForm(posted(request), initial={"words": shown[0].words})
    if done(
        form,
        lambda: dispatch.rewrite(_pks(waiting), by=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("已改写，下面是收件人将读到的内容。还没有发送。"))
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "kind": KINDS[Occasion(occasion)],
        "carrier": carrier,
        "office": shown[0].office,
        "rows": rows,
        "letters": letters_of(shown),
    }
    return page(request, "office/outgoing.html", context, refused=bool(form.errors))


@require_POST
def pass_on(request: SignedInRequest) -> HttpResponse:
    """Let go, set aside or give up what is ticked, or try it again."""
    writes_or_404(request)
    act = next((code for code in ACTS if code in request.POST), None)
    if act is None:
        raise Http404
    ticked = [int(pk) for pk in request.POST.getlist("message") if pk.isdecimal()]
    return _done(request, act, ticked)


def _done(request: SignedInRequest, act: str, ids: list[int]) -> HttpResponse:
    perform, said = ACTS[act]
    try:
        count = perform(ids, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(said) % {"count": count})
    return redirect("office:outbox")


def writes_or_404(request: SignedInRequest, office: int | None = None) -> None:
    """Not found for who writes to nobody in an office's name, or not in this one's."""
    duties = duties_with(request.user, *WRITING_ROLES)
    if not any(office is None or office in duty.office_ids for duty in duties):
        raise Http404


def _pks(rows: QuerySet[Dispatch]) -> list[int]:
    return list(rows.values_list("pk", flat=True))
