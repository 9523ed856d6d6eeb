"""Messages of whoever is signed in: the list of them, and where each leads."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from juxian.actions.message import mark_read
from juxian.desks.common.http import SignedInRequest, page_of
from juxian.records.models import Message
from juxian.regulation.messages import Occasion
from juxian.regulation.words import Standing
from juxian.selectors.inbox import messages_of

PLACES = {
    Occasion.NEW_FILES: "office:inbox",
    Occasion.OVERDUE: "office:inbox",
    Occasion.INVITED: "expert:home",
}


@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    page = page_of(request, messages_of(request.user))
    return TemplateResponse(request, "inbox.html", {"page": page})


@require_POST
def open_message(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read one, and go where it leads."""
    message = get_object_or_404(messages_of(request.user), pk=pk)
    mark_read(request.user, pk)
    return redirect(address_of(message))


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    mark_read(request.user)
    return redirect("common:inbox")


def address_of(message: Message) -> str:
    """Where what it tells of is seen to; the list of messages where nowhere else is."""
    file = message.application
    if file is None:
        named = PLACES.get(message.occasion)  # type: ignore[call-overload]
        return reverse(named or "common:inbox")
    if file.applicant_id != message.person_id:
        return reverse("office:proxies")
    if file.standing == Standing.RETURNED:
        return reverse("applicant:returned", args=[file.number])
    place = "applicant:progress" if file.is_submitted else "applicant:tasks"
    return reverse(place, args=[file.number])
