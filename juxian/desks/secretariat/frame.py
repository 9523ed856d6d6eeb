"""What every page of the secretariat needs: its duty, the time, and a cycle that is its own."""

from functools import partial

from django.shortcuts import get_object_or_404

from juxian.access import scope
from juxian.desks.common.frame import duty_as, page_as
from juxian.desks.common.http import SignedInRequest
from juxian.records.models import Ballot, Cycle, Panel, Proceeding
from juxian.regulation.words import Role
from juxian.selectors import committee

duty_here = partial(duty_as, Role.SECRETARY)
page = partial(page_as, Role.SECRETARY)


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
