"""What every page of the supervisor needs: the duty, the time, and rows of their own cycles."""

from collections.abc import Mapping

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from juxian.access import scope
from juxian.access.duties import Duty, duties_with, moment_of
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Application, Ballot, Cycle
from juxian.regulation.words import Role
from juxian.selectors.timeline import with_objections


def duty_here(request: SignedInRequest, cycle: Cycle | None = None) -> Duty:
    """The person's service as supervisor, at the cycle's office; not found for who has none."""
    duties = duties_with(request.user, Role.SUPERVISOR)
    if not duties:
        raise Http404
    here = [duty for duty in duties if cycle and duty.office.pk == cycle.organiser_id]
    return (*here, *duties)[0]


def page(
    request: SignedInRequest, template: str, context: Mapping[str, object], *, refused: bool = False
) -> TemplateResponse:
    cycle = context.get("cycle")
    duty = duty_here(request, cycle if isinstance(cycle, Cycle) else None)
    frame = {"now": moment_of(request.user), "duty": duty, **context}
    return answer(request, template, frame, refused=refused)


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
