"""How the system runs: the one page of the operator."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from juxian.access.duties import duties_with
from juxian.desks.common.http import SignedInRequest, answer
from juxian.regulation.words import Role
from juxian.selectors.operation import status_now


@require_safe
def status(request: SignedInRequest) -> HttpResponse:
    """Not found for anybody who is no operator."""
    duties = duties_with(request.user, Role.OPERATOR)
    if not duties:
        raise Http404
    return answer(request, "operation/status.html", {"duty": duties[0], "status": status_now()})
