"""Parcels (邮包): the list of them, posting one, and its page, where it is also taken in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juxian.access.duties import moment_of
from juxian.actions import parcel as actions
from juxian.actions.parcel_printing import print_receipt, print_shortage
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, page_of, posted
from juxian.desks.office.forms.parcel import PileForm, PostForm, TakeInForm
from juxian.desks.office.frame import duties_here, page
from juxian.records.clock import day
from juxian.regulation.refusal import Refusal
from juxian.selectors.parcel import (
    LATE,
    STAGES,
    Awaited,
    Line,
    Stage,
    awaited_numbered,
    awaited_of,
    lines_of,
    may_receive,
    may_send,
)
from juxian.selectors.parcel_pile import Pile, pile_of

PDF = "application/pdf"


@require_safe
def parcels(request: SignedInRequest) -> HttpResponse:
    """Those the person's offices post and receive; a number, typed or scanned, opens one."""
    duties_here(request)
    wanted = request.GET.get("number", "").strip()
    awaited = awaited_of(request.user)
    found = next((one for one in awaited if one.number == wanted.upper()), None)
    if found is not None:
        return redirect("office:parcel", found.number)
    lines = lines_of(awaited)
    only = request.GET.get("only", "")
    shown = [line for line in lines if _is_wanted(line, only) and _is_named(line, wanted)]
    shown.sort(key=lambda line: not _waits_for(request, line))  # what is to be done comes first
    context = {
        "only": only,
        "wanted": wanted,
        "unknown": wanted.upper().startswith("ZX-"),
        "total": len(lines),
        "tabs": _tabs(lines),
        "many_cycles": len({one.cycle.pk for one in awaited}) > 1,
        "rows": page_of(request, shown),
        "unsent": [one for one in lines if one.stage is Stage.UNSENT and _sends(request, one)],
        "open": [one for one in lines if _waits_for(request, one)],
        "takes_in": any(may_receive(request.user, one) for one in awaited),
        "due_at": min((one.due_at for one in awaited), default=None),
    }
    return page(request, "office/parcels.html", context)


def _tabs(lines: tuple[Line, ...]) -> list[tuple[str, object, int]]:
    tabs: list[tuple[str, object, int]] = [
        (stage, said, sum(line.stage is stage for line in lines)) for stage, said in STAGES.items()
    ]
    late = sum(line.is_late for line in lines)
    return [*tabs, (LATE, _("逾期"), late)]


def _is_wanted(line: Line, only: str) -> bool:
    return only in ("", line.stage) or (only == LATE and line.is_late)


def _is_named(line: Line, wanted: str) -> bool:
    """By a part of the office's name or of the number."""
    return wanted.upper() in line.awaited.number or wanted in line.awaited.office.name


def _sends(request: SignedInRequest, line: Line) -> bool:
    return may_send(request.user, line.awaited)


def _waits_for(request: SignedInRequest, line: Line) -> bool:
    """A parcel that has come, or is on its way, to be gone through by the person."""
    return line.stage in (Stage.SENT, Stage.OPEN) and may_receive(request.user, line.awaited)


def post(request: SignedInRequest, number: str) -> HttpResponse:
    awaited = awaited_at(request, number)
    if not may_send(request.user, awaited):
        raise Http404
    initial = {"sent_on": day(moment_of(request.user)), "sealed_by": request.user.name}
    form = PostForm(posted(request), initial=initial)
    if done(form, lambda: actions.post_parcel(number, form.envelope, by=request.user)):
        messages.success(request, _("已登记寄出。"))
        return redirect("office:parcel", awaited.number)
    context = {"form": form, "awaited": awaited}
    return page(request, "office/post_parcel.html", context, refused=bool(form.errors))


def parcel(request: SignedInRequest, number: str) -> HttpResponse:
    """What lies in it, person by person; its receiving office scans, ticks and prints here."""
    awaited = awaited_at(request, number)
    if request.method == "POST" and not may_receive(request.user, awaited):
        raise Http404
    form = TakeInForm(posted(request), initial={"arrived_on": day(moment_of(request.user))})
    if done(form, lambda: actions.take_in_parcel(number, by=request.user, **form.cleaned_data)):
        messages.success(request, _("已登记收到，可以开始扫码。"))
        return redirect("office:parcel", awaited.number)
    pile = pile_of(awaited)
    context = {**about(request, awaited, pile), "form": form, "pile_form": PileForm()}
    return page(request, "office/parcel.html", context, refused=bool(form.errors))


def about(request: SignedInRequest, awaited: Awaited, pile: Pile) -> dict[str, object]:
    return {
        "awaited": awaited,
        "pile": pile,
        "takes_in": may_receive(request.user, awaited),
        "sends": may_send(request.user, awaited),
    }


@require_POST
def tick(request: SignedInRequest, number: str) -> HttpResponse:
    awaited = awaited_at(request, number)
    try:
        actions.tick_copies(
            number,
            by=request.user,
            shown=request.POST.getlist("shown"),
            ticked=request.POST.getlist("tick"),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("勾选已保存。"))
    return redirect("office:parcel", awaited.number)


@require_safe
def letter(request: SignedInRequest, number: str, kind: str) -> HttpResponse:
    """The shortage letter or the receipt, as the parcel lies there now."""
    awaited = awaited_at(request, number)
    prints, title = {
        "shortage": (print_shortage, _("缺件通知")),
        "receipt": (print_receipt, _("邮包回执")),
    }[kind]
    try:
        content = prints(awaited.number, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("office:parcel", awaited.number)
    response = HttpResponse(content, content_type=PDF)
    name = f"{awaited.office.name}-{title}-{awaited.track.title}.pdf"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    return response


def awaited_at(request: SignedInRequest, number: str) -> Awaited:
    """A parcel the person's office posts or receives; not found for everybody else."""
    duties_here(request)
    awaited = awaited_numbered(request.user, number)
    if awaited is None:
        raise Http404
    return awaited
