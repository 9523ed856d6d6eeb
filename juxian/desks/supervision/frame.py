"""What every page of the supervisor needs: the duty, the time, and rows of their own cycles."""

from functools import partial

from django.shortcuts import get_object_or_404

from juxian.access import scope
from juxian.desks.common.frame import page_as
from juxian.desks.common.http import SignedInRequest
from juxian.records.models import Application, Ballot, Cycle
from juxian.regulation.words import Role
from juxian.selectors.timeline import with_objections

page = partial(page_as, Role.SUPERVISOR)


def cycle_at(request: SignedInRequest, code: str) -> Cycle:
    rows = scope.supervised(request.user).select_related("organiser")
    return get_object_or_404(rows, code=code)


def file_at(request: SignedInRequest, number: str) -> Application:
    return get_object_or_404(with_objections(scope.watched(request.user)), number=number)


def ballot_at(request: SignedInRequest, pk: int) -> Ballot:
    rows = scope.watched_ballots(request.user)
    related = rows.select_related(
        "panel__cycle", "proceeding__cycle", "proceeding__office", "opened_by", "closed_by"
    )
    return get_object_or_404(related, pk=pk)
