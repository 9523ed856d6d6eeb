"""What every page of this desk needs: that the person serves somewhere, and the time."""

from collections.abc import Mapping

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from juxian.access import care
from juxian.access.duties import all_duties_of, moment_of
from juxian.access.scope import OFFICE_ROLES
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Office
from juxian.selectors.employer_request import waiting_for


def page(
    request: SignedInRequest, template: str, context: Mapping[str, object], *, refused: bool = False
) -> TemplateResponse:
    duties = all_duties_of(request.user)
    if not duties:
        raise Http404
    frame = {
        "now": moment_of(request.user),
        "home": care.home_of(request.user),
        "cares": care.cares(request.user),
        "at_office": any(duty.role in OFFICE_ROLES for duty in duties),
        "builds": care.may_build(request.user),
        "asked_for": waiting_for(request.user),
        "runs": care.cares_for_all(request.user),
        "duty": duties[0],
        **context,
    }
    return answer(request, template, frame, refused=refused)


def check(request: SignedInRequest, *, builds: bool = False) -> None:
    """Not found for who cares for nothing, or may not add offices where that is asked."""
    if not care.cares(request.user) or (builds and not care.may_build(request.user)):
        raise Http404


def office_at(request: SignedInRequest, pk: int) -> Office:
    """The own office or one below; not found for any other."""
    rows = care.offices(request.user).select_related("parent", "files_to")
    return get_object_or_404(rows, pk=pk)
