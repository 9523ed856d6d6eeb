"""The ranked nomination within the seats (按推荐指标上报): the board, the order, one submission."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juxian.access import scope
from juxian.access.duties import moment_of
from juxian.actions import nomination as actions
from juxian.actions import seats as seat_actions
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, page_of, posted
from juxian.desks.office.forms.nomination import (
    GiveBackForm,
    OrderForm,
    PreferenceForm,
    ReasonForm,
    SubmitForm,
)
from juxian.desks.office.frame import duties_here, list_at, may_work_on, page
from juxian.desks.office.views.proceeding import about
from juxian.records.models import Proceeding
from juxian.records.packs import pack_of
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Kind
from juxian.selectors import work
from juxian.selectors.board import Board, board_of
from juxian.selectors.list_gaps import gaps_of
from juxian.selectors.nomination import (
    listed,
    preferences_of,
    reason_before,
    receipt_of,
    without_reason,
)
from juxian.selectors.proceeding import (
    is_work_of,
    line_of,
    open_lines,
    past,
    tracks_on,
    workable,
)
from juxian.selectors.quota import changes_of, holdings_of, meter_of
from juxian.selectors.supplement import after_sending, supplement_until


@require_safe
def nominations(request: SignedInRequest) -> HttpResponse:
    """The office's seats in every running cycle, its open lists, and the lists sent up."""
    duties = duties_here(request)
    piles = [p for p in work.piles_of(request.user) if p.step.kind is Kind.RECOMMEND]
    done = page_of(request, past(request.user, kinds=[Kind.RECOMMEND]))
    context = {
        "holdings": holdings_of({duty.office.pk for duty in duties}),
        "piles": piles,
        "lines": open_lines(request.user, kinds=[Kind.RECOMMEND]),
        "done": done,
        "done_lines": [line_of(proceeding) for proceeding in done],
        "sent_up": [
            one
            for one in after_sending(workable(request.user, done), moment_of(request.user))
            if one.recallable or one.free or one.is_open
        ],
    }
    return page(request, "office/nominations.html", context)


def nomination(request: SignedInRequest, pk: int) -> HttpResponse:
    board = board_of(list_at(request, pk, Kind.RECOMMEND))
    form = OrderForm(posted(request), board=board)
    if done(form, lambda: actions.arrange(pk, by=request.user, order=form.order)):
        messages.success(request, _("顺序已保存。"))
        return redirect("office:nomination", pk=pk)
    context = {**_about_board(request, board), "form": form}
    return page(request, "office/nomination.html", context, refused=bool(form.errors))


def _about_board(request: SignedInRequest, board: Board) -> dict[str, object]:
    """With what the list still lacks, while it is being made."""
    context = {**about(request, board.docket), "board": board}
    context["closes_at"] = _closes_at(request, board.docket.proceeding)
    if not board.docket.is_open:
        context["receipt"] = receipt_of(board.docket.proceeding)
        context |= _after_sending(request, board)
    elif board.is_ranked:
        gaps = gaps_of(board, moment=moment_of(request.user))
        context["gaps"] = gaps
        context["may_submit"] = not any(gap.bars for gap in gaps)
        context["first_gap"] = next((gap for gap in gaps if gap.bars and gap.place), None)
    return context


def _closes_at(request: SignedInRequest, proceeding: Proceeding) -> datetime:
    """The close or, once it is over, the end of supplements."""
    cycle = proceeding.cycle
    if moment_of(request.user) < cycle.closes_at:
        return cycle.closes_at
    return supplement_until(cycle, proceeding.office_id)


def _after_sending(request: SignedInRequest, board: Board) -> dict[str, object]:
    """What whoever works on a list that has gone up may still do about it."""
    sent = board.docket.proceeding
    if not is_work_of(request.user, sent, board.docket.tracks):
        return {}
    items = [row.item for row in board.rows]
    (after,) = after_sending([sent], moment_of(request.user), items)
    return {"after": after}


@require_POST
def shift(request: SignedInRequest, pk: int, application: int) -> HttpResponse:
    """One place up or down, as the button says that was pressed."""
    list_at(request, pk, Kind.RECOMMEND)
    up = request.POST.get("way") != "down"
    return _back(request, pk, lambda: actions.shift(pk, application, by=request.user, up=up))


@require_POST
def allocate(request: SignedInRequest, pk: int) -> HttpResponse:
    list_at(request, pk, Kind.RECOMMEND)
    return _back(request, pk, lambda: actions.allocate(pk, by=request.user))


def _back(request: SignedInRequest, pk: int, act: Callable[[], object]) -> HttpResponse:
    """Done, or the refusal said on the board."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("office:nomination", pk=pk)


def preference(request: SignedInRequest, pk: int, application: int) -> HttpResponse:
    """Why this person is ranked before a better result (同等条件下优先)."""
    board = board_of(list_at(request, pk, Kind.RECOMMEND))
    row = next((row for row in board.rows if row.item.application_id == application), None)
    if (
        row is None
        or not row.bucket
        or not row.overtaken
        or not may_work_on(request, board.docket.proceeding, board.docket.tracks)
    ):
        raise Http404
    said = {"preference": row.item.preference, "reason": row.item.preferred_because}
    choices = preferences_of(row.item.application)
    form = PreferenceForm(posted(request), choices=choices, initial=said)
    if done(
        form,
        lambda: actions.prefer(pk, application, by=request.user, **form.cleaned_data),
    ):
        messages.success(
            request, _("%(name)s的优先理由已保存。") % {"name": row.item.application.name}
        )
        return redirect("office:nomination", pk=pk)
    context = {"proceeding": board.docket.proceeding, "row": row, "form": form}
    context["closes_at"] = board.docket.proceeding.cycle.closes_at
    return page(request, "office/preference.html", context, refused=bool(form.errors))


def reason(request: SignedInRequest, pk: int, application: int) -> HttpResponse:
    """Why this person is recommended; offered as last written, when it was for a lapsed list."""
    proceeding = list_at(request, pk, Kind.RECOMMEND)
    item = get_object_or_404(listed(proceeding), application=application)
    limit = pack_of(proceeding.cycle).procedure.step(proceeding.step).reason_limit
    if limit is None or not may_work_on(request, proceeding, tracks_on(proceeding)):
        raise Http404
    form = ReasonForm(posted(request), limit=limit, initial={"reason": reason_before(item)})
    if done(
        form,
        lambda: actions.give_reason(
            pk, application, by=request.user, reason=form.cleaned_data["reason"]
        ),
    ):
        said = _("%(name)s的推荐理由已保存。") % {"name": item.application.name}
        messages.success(request, said)
        unwritten = without_reason(proceeding)
        if unwritten is None:
            return redirect("office:nomination", pk=pk)
        return redirect("office:reason", pk=pk, application=unwritten.application_id)
    context = {"proceeding": proceeding, "application": item.application, "form": form}
    context["closes_at"] = proceeding.cycle.closes_at
    return page(request, "office/reason.html", context, refused=bool(form.errors))


@require_POST
def choose_bucket(request: SignedInRequest, pk: int, application: int) -> HttpResponse:
    proceeding = list_at(request, pk, Kind.RECOMMEND)
    bucket = request.POST.get("bucket", "")
    known = {rule.bucket.code for rule in pack_of(proceeding.cycle).seats}
    chosen = bucket if bucket in known else ""
    return _back(
        request, pk, lambda: actions.choose_bucket(pk, application, chosen, by=request.user)
    )


def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Places that the office will not use, returned to the organiser for others."""
    rows = scope.seats(request.user).filter(office__in={d.office.pk for d in duties_here(request)})
    seats = get_object_or_404(rows.select_related("cycle", "office"), pk=pk)
    form = GiveBackForm(posted(request))
    if done(form, lambda: seat_actions.give_back(pk, by=request.user, **form.cleaned_data)):
        messages.success(request, _("名额已退回，由主办单位另行调剂。"))
        return redirect("office:nominations")
    context = {
        "seats": seats,
        "meter": meter_of(seats),
        "changes": changes_of(seats),
        "closes_at": seats.cycle.closes_at,
        "form": form,
    }
    return page(request, "office/give_back.html", context, refused=bool(form.errors))


def submit_list(request: SignedInRequest, pk: int) -> HttpResponse:
    board = board_of(list_at(request, pk, Kind.RECOMMEND))
    form = SubmitForm(posted(request), board=board)
    if done(form, lambda: actions.submit_list(pk, by=request.user, passed_over=form.passed_over)):
        said = _("推荐名单已上报，共 %(count)d 人。") % {"count": board.nominated}
        messages.success(request, said)
        return redirect("office:nomination", pk=pk)
    context = {**_about_board(request, board), "form": form}
    return page(request, "office/submit_list.html", context, refused=bool(form.errors))
