"""What every page of a desk of one role needs: the duty that brings the person there, the time."""

from collections.abc import Mapping

from django.http import Http404
from django.template.response import TemplateResponse

from juxian.access.duties import Duty, duties_with, moment_of
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Cycle
from juxian.regulation.words import Role


def duty_as(role: Role, request: SignedInRequest, cycle: Cycle | None = None) -> Duty:
    """The person's service in the role, at the cycle's office; not found for who has none."""
    duties = duties_with(request.user, role)
    if not duties:
        raise Http404
    here = [duty for duty in duties if cycle and duty.office.pk == cycle.organiser_id]
    return (*here, *duties)[0]


def page_as(
    role: Role,
    request: SignedInRequest,
    template: str,
    context: Mapping[str, object],
    *,
    refused: bool = False,
) -> TemplateResponse:
    """A page of the desk; about the cycle in its context, if there is one."""
    cycle = context.get("cycle")
    duty = duty_as(role, request, cycle if isinstance(cycle, Cycle) else None)
    frame = {"now": moment_of(request.user), "duty": duty, **context}
    return answer(request, template, frame, refused=refused)
