"""Secret ballots: opening, how many voted, the count with the phrase, the list it leads to."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from juxian.actions import ballot as actions
from juxian.actions import selection
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.secretariat.forms import PhraseForm, ProposeForm, ReasonForm
from juxian.desks.secretariat.frame import ballot_at, list_at, page
from juxian.records.models import Proceeding
from juxian.records.packs import pack_of
from juxian.regulation.refusal import Refusal
from juxian.selectors import committee
from juxian.selectors.ballot import drawn_from, results_of
from juxian.selectors.committee import ReviewList
from juxian.selectors.dossier import remarks_on


@require_POST
def open_ballot(request: SignedInRequest, pk: int) -> HttpResponse:
    """Shows the phrase on this one answer: it is kept nowhere, not even for a redirect."""
    proceeding = list_at(request, pk)
    panel = request.POST.get("panel", "")
    if not panel.isdecimal():
        raise Http404
    try:
        opened = actions.open_ballot(int(panel), pk, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("secretariat:review", pk=proceeding.pk)
    context = {"line": committee.line_of(opened.ballot), "phrase": opened.phrase}
    context |= {"cycle": proceeding.cycle}
    return page(request, "secretariat/phrase.html", context)


@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """A list before a panel: its rounds, what is due, and drawing the list or what was drawn."""
    proceeding = list_at(request, pk)
    one = committee.review_list(proceeding)
    context = {"cycle": proceeding.cycle, "proceeding": proceeding, "review": one}
    if proceeding.concluded_at is None:
        context["panels"] = committee.panels_for(proceeding)
        people = committee.people_on(proceeding)
        context["people"] = people
    else:
        drawn = drawn_from(proceeding)
        people = [one.item.application for one in drawn]
        context |= {"drawn": drawn, "has_reserve": any(one.waits for one in drawn)}
    context["since"] = _since(one)
    context["remarks"] = remarks_on(pack_of(proceeding.cycle), people)
    return page(request, "secretariat/review.html", context)


def _since(review: ReviewList) -> datetime:
    """From when the secretary has had the next step: the last round's end, or the list's start."""
    closed = [line.ballot.closed_at for line in review.ballots if line.ballot.closed_at]
    return max(closed, default=review.proceeding.opened_at)


@sensitive_post_parameters("phrase")
def ballot(request: SignedInRequest, pk: int) -> HttpResponse:
    row = ballot_at(request, pk)
    line = committee.line_of(row)
    form = PhraseForm(posted(request))
    if done(
        form, lambda: actions.close_ballot(pk, by=request.user, phrase=form.cleaned_data["phrase"])
    ):
        messages.success(request, _("已开票。选票已打乱并与投票人脱离，口令已作废。"))
        return redirect("secretariat:ballot", pk=pk)
    context = {
        "cycle": row.panel.cycle,
        "line": line,
        "form": form,
        "results": results_of(row) if row.is_counted else [],
    }
    return page(request, "secretariat/ballot.html", context, refused=bool(form.errors))


def void_ballot(request: SignedInRequest, pk: int) -> HttpResponse:
    row = ballot_at(request, pk)
    form = ReasonForm(posted(request))
    if done(
        form, lambda: actions.void_ballot(pk, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("本轮表决已作废，选票未打开即销毁。"))
        return redirect("secretariat:review", pk=row.proceeding_id)
    context = {"cycle": row.panel.cycle, "line": committee.line_of(row), "form": form}
    return page(request, "secretariat/void_ballot.html", context, refused=bool(form.errors))


def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    proceeding = list_at(request, pk)
    one = committee.review_list(proceeding)
    if one.outcome is None:
        raise Http404
    people = {row.pk: row for row in committee.people_on(proceeding)}
    form = ProposeForm(posted(request), outcome=one.outcome, people=people)
    outcome = done(form, lambda: selection.propose(pk, by=request.user, decisions=form.decisions))
    if outcome is not None:
        said = _("拟入选 %(seated)d 人，备选 %(reserve)d 人。")
        counts = {"seated": len(outcome.seated), "reserve": len(outcome.reserve)}
        messages.success(request, said % counts)
        return redirect("secretariat:review", pk=pk)
    context = {"cycle": proceeding.cycle, "proceeding": proceeding, "review": one, "form": form}
    context |= {"counted": [(people[c.candidate], c) for c in one.outcome.counted]}
    context["since"] = _since(one)
    return page(request, "secretariat/propose.html", context, refused=bool(form.errors))


def call_up(request: SignedInRequest, pk: int) -> HttpResponse:
    proceeding = list_at(request, pk)
    form = ReasonForm(posted(request))
    item = done(
        form, lambda: selection.call_up(pk, by=request.user, reason=form.cleaned_data["reason"])
    )
    if item is not None:
        said = _("%(name)s 已递补为拟入选人员。") % {"name": item.application.name}
        messages.success(request, said)
        return redirect("secretariat:review", pk=pk)
    return _reserve(request, proceeding, form, "call_up")


def release_reserve(request: SignedInRequest, pk: int) -> HttpResponse:
    proceeding = list_at(request, pk)
    form = ReasonForm(posted(request))
    count = done(
        form,
        lambda: selection.release_reserve(pk, by=request.user, reason=form.cleaned_data["reason"]),
    )
    if count is not None:
        messages.success(request, _("备选 %(count)d 人已结束等待。") % {"count": count})
        return redirect("secretariat:review", pk=pk)
    return _reserve(request, proceeding, form, "release")


def _reserve(
    request: SignedInRequest, proceeding: Proceeding, form: ReasonForm, act: str
) -> HttpResponse:
    context = {"cycle": proceeding.cycle, "proceeding": proceeding, "form": form, "act": act}
    return page(request, "secretariat/reserve.html", context, refused=bool(form.errors))
