"""Where a panel member sits: own panels, the pledge, recusals, files to read, the ballot."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from juxian.access.scope import judged
from juxian.actions import ballot as ballots
from juxian.actions import panel as panels
from juxian.desks.common.http import SignedInRequest, answer, posted
from juxian.desks.common.page_image import page_image
from juxian.desks.expert.forms import BallotForm, PledgeForm, RecusalForm
from juxian.records.models import Evidence, PanelMember, Person
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotAllowed, Refusal
from juxian.selectors.ballot import results_of
from juxian.selectors.dossier import dossier_of, evidence_before, remarks_on
from juxian.selectors.evidence import content_of
from juxian.selectors.panel import (
    candidates_before,
    candidates_for,
    candidates_on,
    own_ballots,
    own_seat,
    seats_of,
    votable,
)

FORBIDDEN = 403

View = TypeVar("View", bound=Callable[..., HttpResponse])


def leaves_no_trace(view: View) -> View:
    """No log line and no dated session for what passes here: a secret ballot."""
    view.leaves_no_trace = True  # type: ignore[attr-defined]
    return view


def home(request: SignedInRequest) -> HttpResponse:
    """What comes next: the pledge, then recusals, then the vote."""
    seats = seats_of(request.user)
    pledged = [seat for seat in seats if seat.member.pledged_at is not None]
    context = {
        "seats": seats,
        "unpledged": next((seat for seat in seats if seat not in pledged), None),
        "undeclared": next((seat for seat in pledged if seat.is_undeclared), None),
        "due": next((seat.due for seat in pledged if seat.due), None),
        "is_counted_next": any(own.ballot.is_open for seat in pledged for own in seat.ballots),
    }
    return answer(request, "expert/home.html", context)


def pledge(request: SignedInRequest, pk: int) -> HttpResponse:
    member = _seat(request, pk)
    form = PledgeForm(posted(request))
    if form.is_valid():
        panels.pledge(pk, by=request.user)
        return redirect("expert:recusal", pk=pk)
    context = {"member": member, "panel": member.panel, "form": form}
    return answer(request, "expert/pledge.html", context, refused=form.is_bound)


def recusal(request: SignedInRequest, pk: int) -> HttpResponse:
    member = _seat(request, pk)
    if member.pledged_at is None:
        return redirect("expert:pledge", pk=pk)
    candidates = candidates_for(member, list(candidates_before(member.panel)))
    form = RecusalForm(posted(request), candidates=candidates)
    if form.is_valid():
        try:
            panels.declare(pk, by=request.user, relations=form.said)
        except Refusal as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("回避申报已提交。以后发现须回避的情形，请随时补报。"))
            return redirect("expert:home")
    context = {"member": member, "panel": member.panel, "form": form}
    return answer(request, "expert/recusal.html", context, refused=bool(form.errors))


@require_safe
def dossier(request: SignedInRequest, pk: int, candidate: int) -> HttpResponse:
    try:
        member, application = panels.open_file(pk, candidate, by=request.user)
    except NotAllowed as refusal:
        context = {"panel": _seat(request, pk).panel, "refusal": refusal}
        return TemplateResponse(request, "expert/kept_out.html", context, status=FORBIDDEN)
    voted_on = votable(request.user).filter(panel=pk, candidates=candidate)
    context = {
        "member": member,
        "panel": member.panel,
        "dossier": dossier_of(application),
        "files": evidence_before(request.user, application),
        "ballot": voted_on.filter(closed_at__isnull=True).first(),
    }
    return answer(request, "expert/dossier.html", context)


@require_safe
def evidence(request: SignedInRequest, pk: int, candidate: int, evidence: int) -> HttpResponse:
    """One piece of evidence, page under page."""
    found = _evidence(request, pk, candidate, evidence)
    member = _seat(request, pk)
    context = {
        "member": member,
        "panel": member.panel,
        "application": found.application,
        "evidence": found,
        "pages": range(1, found.file.pages + 1) if found.file.withheld_at is None else (),
    }
    return answer(request, "expert/evidence.html", context)


@require_safe
def evidence_page(
    request: SignedInRequest, pk: int, candidate: int, evidence: int, number: int
) -> HttpResponse:
    file = _evidence(request, pk, candidate, evidence).file
    try:
        picture = page_image(content_of(file), media_type=file.media_type, page=number)
    except LookupError:
        raise Http404 from None
    return HttpResponse(picture, content_type="image/png")


@leaves_no_trace
@sensitive_post_parameters()
def ballot(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper while the ballot is open, what it came to afterwards."""
    own = next(iter(own_ballots(request.user, votable(request.user).filter(pk=pk))), None)
    if own is None:
        raise Http404
    voted_on = own.ballot
    member = _seat(request, voted_on.panel_id)
    if member.pledged_at is None:
        return redirect("expert:pledge", pk=member.panel_id)
    context = {"own": own, "panel": voted_on.panel}
    if not own.ballot.is_open:
        return answer(request, "expert/result.html", context | {"results": results_of(voted_on)})
    candidates = candidates_for(member, candidates_on(voted_on))
    form = BallotForm(posted(request), candidates=candidates)
    if form.is_valid() and _is_cast(form, pk, request.user):
        return redirect("expert:ballot", pk=pk)
    people = [candidate.application for candidate in candidates if not candidate.keeps_out]
    context |= {"form": form, "remarks": remarks_on(pack_of(voted_on.panel.cycle), people)}
    return answer(request, "expert/ballot.html", context, refused=bool(form.errors))


def _is_cast(form: BallotForm, pk: int, voter: Person) -> bool:
    try:
        ballots.cast(pk, by=voter, choices=form.said)
    except Refusal as refusal:
        form.refused(refusal)
        return False
    return True


def _seat(request: SignedInRequest, panel: int) -> PanelMember:
    return get_object_or_404(own_seat(request.user, panel))


def _evidence(request: SignedInRequest, panel: int, candidate: int, evidence: int) -> Evidence:
    """A file of a candidate before this panel whom the member does not keep out of."""
    _seat(request, panel)
    application = get_object_or_404(judged(request.user), pk=candidate)
    return get_object_or_404(evidence_before(request.user, application), pk=evidence)
