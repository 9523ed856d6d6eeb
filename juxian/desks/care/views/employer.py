"""Employers that ask to be registered: what waits, and answering one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.actions import employer_request as actions
from juxian.actions.trace import leave
from juxian.desks.care.forms import AcceptForm, TurnDownForm
from juxian.desks.care.frame import check, page
from juxian.desks.common.acting import done
from juxian.desks.common.files import sent
from juxian.desks.common.http import SignedInRequest, page_of
from juxian.selectors.employer_request import named_like, requests_to
from juxian.selectors.register_tables import affiliation_choices, region_name


@require_safe
def requests(request: SignedInRequest) -> HttpResponse:
    check(request, builds=True)
    context = {"page": page_of(request, requests_to(request.user))}
    return page(request, "care/requests.html", context)


def request_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the employer says, and the two answers; one that is accepted shows a password, once."""
    check(request, builds=True)
    asked = get_object_or_404(requests_to(request.user), pk=pk)
    given = {request.POST.get("go", ""): request.POST}
    accepting = AcceptForm(given.get("accept"), request=asked, affiliations=affiliation_choices())
    turning = TurnDownForm(given.get("turn_down"))
    by = request.user
    made = done(accepting, lambda: actions.accept(pk, by=by, **accepting.cleaned_data))
    if made is not None:
        return page(request, "care/slip.html", {"given": made})
    if done(turning, lambda: actions.turn_down(pk, by=by, **turning.cleaned_data)):
        messages.success(request, _("已答复。"))
        return redirect("care:requests")
    context = {
        "asked": asked,
        "region": region_name(asked.region),
        "form": turning if "turn_down" in given else accepting,
        "accepting": accepting,
        "turning": turning,
        "alike": named_like(asked),
    }
    refused = bool(accepting.errors or turning.errors)
    return page(request, "care/request.html", context, refused=refused)


@require_safe
def proof(request: SignedInRequest, pk: int) -> HttpResponse:
    check(request, builds=True)
    asked = get_object_or_404(requests_to(request.user), pk=pk)
    leave("read_proof", asked, by=request.user)
    return sent(asked.proof, _("%(name)s-证照") % {"name": asked.name})
