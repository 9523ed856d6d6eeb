"""What every page of the office desk needs: whose desk it is, the file, the list, the time."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from juxian.access import scope
from juxian.access.care import cares
from juxian.access.duties import Duty, all_duties_of, duties_of, duties_with, moment_of
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Application, Cycle, Proceeding
from juxian.regulation.words import Kind, OfficeKind, Role
from juxian.selectors.desk_facts import with_desk_facts
from juxian.selectors.piles import cycles_of
from juxian.selectors.proceeding import is_work_of
from juxian.selectors.report import receives_any
from juxian.selectors.work_query import TAB_TITLES, WAITING, WorkQuery

INSIDE = "in"  # the list that a file was opened from, as its address says it


def duties_here(request: SignedInRequest) -> tuple[Duty, ...]:
    """The duties that bring the person to this desk; not found for anybody without one."""
    duties = duties_with(request.user, *scope.OFFICE_ROLES)
    if not duties:
        raise Http404
    return duties


def page(
    request: SignedInRequest, template: str, context: Mapping[str, object], *, refused: bool = False
) -> TemplateResponse:
    duties = duties_here(request)
    at_office = [duty for duty in duties if duty.role is not Role.SECRETARY]
    frame = {
        "now": moment_of(request.user),
        "duties": duties,
        "duty": (at_office or list(duties))[0],
        "posts": [d for d in all_duties_of(request.user) if d.role in scope.OFFICE_ROLES],
        "is_acting_for_one": len(duties_of(request.user)) < len(all_duties_of(request.user)),
        **_back(request),
        "is_secretariat": not at_office,
        "nominates": any(duty.office.holder for duty in at_office),
        "writes": any(duty.role in scope.WRITING_ROLES for duty in duties),
        "cares": cares(request.user),
        "receives": may_receive(request) and receives_any(request.user, _cycles(request, context)),
        **context,
    }
    return answer(request, template, frame, refused=refused)


def may_receive(request: SignedInRequest) -> bool:
    """Whether reports may come to the person at all, so that it is worth reading the cycles."""
    offices = [duty.office for duty in duties_here(request) if duty.role is not Role.SECRETARY]
    above = [office for office in offices if not office.holder]
    return any(office.is_province or office.kind == OfficeKind.DIVISION for office in above)


def _cycles(request: SignedInRequest, context: Mapping[str, object]) -> Sequence[Cycle]:
    """Every cycle, as the page itself has read them, or 1 query."""
    known = context.get("cycles")
    return known if isinstance(known, tuple) else cycles_of(request.user)


def _back(request: SignedInRequest) -> dict[str, object]:
    """The list that this file was opened from, and how addresses of the file keep it."""
    query = list_query(request)
    return {
        "list_query": query,
        "list_title": TAB_TITLES[query.tab] if query else "",
        "list_address": list_address(request),
        "inside": f"?{inside_of(request)}" if query else "",
    }


def list_query(request: SignedInRequest) -> WorkQuery | None:
    """The list that the file was opened from; None where it was come to by itself."""
    said = request.POST.get(INSIDE) or request.GET.get(INSIDE)
    return WorkQuery.of_address(said) if said else None


def inside_of(request: SignedInRequest) -> str:
    """That list for the query part of another address of this file; "" without one."""
    query = list_query(request)
    return urlencode({INSIDE: query.address}) if query else ""


def file_address(request: SignedInRequest, number: str) -> str:
    """The file's address, with the list that it was opened from."""
    inside = inside_of(request)
    return reverse("office:file", args=[number]) + (f"?{inside}" if inside else "")


def list_address(request: SignedInRequest) -> str:
    """The address to come back to: the list that the file was opened from, or what waits."""
    query = list_query(request)
    return f"{reverse('office:inbox')}?{(query or WorkQuery(tab=WAITING)).address}"


def file_at(request: SignedInRequest, number: str) -> Application:
    """A file that has reached the person's office; not found for everybody else."""
    return get_object_or_404(_files(request), number=number)


def desk_file_at(request: SignedInRequest, number: str) -> Application:
    """The same, with what is needed beside it to verify it."""
    return get_object_or_404(with_desk_facts(_files(request)), number=number)


def _files(request: SignedInRequest) -> QuerySet[Application]:
    return scope.worked(request.user).select_related("cycle", "employer", "holder", "applicant")


def list_at(request: SignedInRequest, pk: int, kind: Kind | None = None) -> Proceeding:
    """A proceeding of the person's office, and of this kind; not found for everybody else."""
    rows = scope.proceedings(request.user).select_related("cycle", "office", "concluded_by")
    if kind is not None:
        rows = rows.filter(kind=kind)
    return get_object_or_404(rows, pk=pk)


def may_work_on(request: SignedInRequest, proceeding: Proceeding, tracks: Iterable[str]) -> bool:
    """Whether the person may act on the open list, which has files of these tracks."""
    return proceeding.concluded_at is None and is_work_of(request.user, proceeding, tracks)
