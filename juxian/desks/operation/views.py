"""How the system runs: the one page of the operator."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from juxian.desks.common.frame import duty_as, page_as
from juxian.desks.common.http import SignedInRequest
from juxian.regulation.words import Role
from juxian.selectors.operation import status_now


@require_safe
def status(request: SignedInRequest) -> HttpResponse:
    duty_as(Role.OPERATOR, request)
    return page_as(Role.OPERATOR, request, "operation/status.html", {"status": status_now()})
