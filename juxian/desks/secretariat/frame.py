"""What every page of the secretariat needs: its duty, the time, and a cycle that is its own."""

from collections.abc import Mapping

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from juxian.access import scope
from juxian.access.duties import Duty, duties_with, moment_of
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Ballot, Cycle, Panel, Proceeding
from juxian.regulation.words import Role
from juxian.selectors import committee


def duty_here(request: SignedInRequest) -> Duty:
    """The person's service as secretary; not found for anybody who is none."""
    duties = duties_with(request.user, Role.SECRETARY)
    if not duties:
        raise Http404
    return duties[0]


def posted(request: SignedInRequest) -> QueryDict | None:
    """What was sent, empty or not; None for a page that is only read."""
    return request.POST if request.method == "POST" else None


def page(
    request: SignedInRequest, template: str, context: Mapping[str, object], *, refused: bool = False
) -> TemplateResponse:
    frame = {"now": moment_of(request.user), "duty": duty_here(request), **context}
    return answer(request, template, frame, refused=refused)


def cycle_at(request: SignedInRequest, code: str) -> Cycle:
    rows = scope.cycles(request.user).select_related("organiser")
    return get_object_or_404(rows, code=code)


def panel_at(request: SignedInRequest, pk: int) -> Panel:
    rows = committee.panels_run_by(request.user)
    return get_object_or_404(rows.select_related("cycle__organiser"), pk=pk)


def ballot_at(request: SignedInRequest, pk: int) -> Ballot:
    """A ballot of a cycle they run, never one that they only sit on."""
    rows = scope.ballots(request.user).filter(panel__cycle__in=scope.cycles(request.user))
    return get_object_or_404(rows.select_related("panel__cycle", "proceeding__cycle"), pk=pk)


def list_at(request: SignedInRequest, pk: int) -> Proceeding:
    rows = committee.lists_run_by(request.user)
    return get_object_or_404(rows.select_related("cycle", "office"), pk=pk)
