"""How far nominations lean (倾斜情况): an office's own, or all offices' for the organiser."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.access import scope
from juxian.access.duties import moment_of
from juxian.desks.common.http import SignedInRequest
from juxian.desks.office.frame import page
from juxian.desks.office.printing import XLSX, printed
from juxian.papers.tilt_sheet import tilt_sheet
from juxian.records.clock import minute
from juxian.records.models import Cycle, Office
from juxian.selectors.document_subjects import reads_all_tracks
from juxian.selectors.tilt import tilts_of


@require_safe
def tilt(request: SignedInRequest, code: str) -> HttpResponse:
    cycle, offices = _about(request, code)
    context = {"cycle": cycle, "tilts": tilts_of(cycle, offices)}
    context["until"] = None if cycle.closed_at else cycle.closes_at
    return page(request, "office/tilt.html", context)


@require_safe
def sheet(request: SignedInRequest, code: str) -> HttpResponse:
    cycle, offices = _about(request, code)
    at = minute(moment_of(request.user))
    mark = _("%(who)s于%(at)s导出") % {"who": request.user.name, "at": at}
    name = _("%(title)s倾斜情况表.xlsx") % {"title": cycle.title}
    return printed(
        request, cycle, name, XLSX, lambda: tilt_sheet(tilts_of(cycle, offices), mark), paper="tilt"
    )


def _about(request: SignedInRequest, code: str) -> tuple[Cycle, list[Office]]:
    """Holders of seats whose files of every track the person may see; not found without any."""
    held = list(
        scope.seats(request.user).filter(cycle__code=code).select_related("cycle", "office")
    )
    if not held:
        raise Http404
    cycle = held[0].cycle
    offices = sorted({row.office for row in held}, key=lambda office: office.code)
    if not scope.cycles(request.user).filter(pk=cycle.pk).exists():
        offices = [one for one in offices if reads_all_tracks(request.user, one.pk)]
    if not offices:
        raise Http404
    return cycle, offices
