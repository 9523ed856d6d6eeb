"""Offices that the person cares for, and one of them with its people."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.access.care import may_build, reach_of
from juxian.actions.register_export import export_offices
from juxian.desks.care.frame import check, office_at, page
from juxian.desks.care.workbooks import workbook
from juxian.desks.common.http import SignedInRequest, page_of
from juxian.regulation.post_sheet import roles_to_give
from juxian.selectors.office_change import changes_of, former_names_of
from juxian.selectors.posts import posts_at
from juxian.selectors.register_offices import below, offices_of


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    check(request)
    words, lone = request.GET.get("q", ""), "lone" in request.GET
    rows = offices_of(request.user, words, lone=lone)
    context = {
        "page": page_of(request, rows),
        "words": words,
        "lone": lone,
        "lone_ones": offices_of(request.user, lone=True).count(),
    }
    return page(request, "care/home.html", context)


@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    check(request)
    words, lone = request.GET.get("q", ""), "lone" in request.GET
    return workbook(export_offices(by=request.user, words=words, lone=lone), _("机构.xlsx"))


@require_safe
def office(request: SignedInRequest, pk: int) -> HttpResponse:
    here = office_at(request, pk)
    reach = reach_of(request.user)
    is_changeable = reach.has_below(here.pk) and here.ends_on is None
    context = {
        "office": here,
        "changes": changes_of(here),
        "former": former_names_of(here),
        "may_change": is_changeable and may_build(request.user),
        "posts": posts_at(here),
        "below": below(here),
        "givable": roles_to_give(reach, here.pk),
    }
    return page(request, "care/office.html", context)
