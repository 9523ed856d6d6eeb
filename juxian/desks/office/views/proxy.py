"""Filling for another (代填): whom one types for, and beginning for who came with a paper form."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from juxian.actions.proxy import begin_for
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, page_of, posted
from juxian.desks.office.forms.proxy import BeginForForm
from juxian.desks.office.frame import duties_here, page
from juxian.records.clock import now
from juxian.records.packs import pack_of
from juxian.selectors.guide import calls, open_cycle
from juxian.selectors.proxy import offices_of, typed_by


@require_safe
def proxies(request: SignedInRequest) -> HttpResponse:
    duties_here(request)
    moment = now()
    offered = [call for call in calls(moment) if call.state == "open"]
    offices = offices_of(request.user)
    context = {
        "page": page_of(request, typed_by(request.user)),
        "offered": offered if offices else [],
        "offices": [office for office, tracks in offices.items() if not tracks],
    }
    return page(request, "office/proxies.html", context)


def begin(request: SignedInRequest, code: str) -> HttpResponse:
    """The answer shows the password that was made, once; it is not to be had again."""
    duties_here(request)
    cycle, offices = open_cycle(code, now()), offices_of(request.user)
    if cycle is None or not offices:
        raise Http404
    form = BeginForForm(posted(request), pack=pack_of(cycle), offices=offices)
    begun = done(form, lambda: begin_for(cycle.pk, by=request.user, **form.given))
    if begun is not None:
        slip = {"begun": begun, "application": begun.application, "cycle": cycle}
        return page(request, "office/proxy_slip.html", slip)
    context = {"form": form, "cycle": cycle}
    return page(request, "office/begin_for.html", context, refused=bool(form.errors))
