"""Messages of whoever is signed in: the list of them, and where each leads."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from juxian.actions.message import mark_read
from juxian.actions.reach import set_reach
from juxian.desks.common import phrases
from juxian.desks.common.acting import done
from juxian.desks.common.forms import MobileField, PlainForm
from juxian.desks.common.http import SignedInRequest, answer, page_of, posted
from juxian.records.labels import PACES
from juxian.records.models import Message
from juxian.regulation.messages import Occasion, Pace
from juxian.regulation.words import Standing
from juxian.selectors.inbox import messages_of
from juxian.selectors.reach import reach_of

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


class ReachForm(PlainForm):
    """How, and where to."""

    pace = forms.TypedChoiceField(
        label=_("短信和邮件"),
        choices=list(PACES.items()),
        coerce=Pace,
        widget=forms.RadioSelect,
        help_text=_("“每日汇总”在18点以后发一条，只写有几条未读消息。站内消息不受影响。"),
    )
    phone = MobileField(
        label=_("手机"),
        required=False,
        help_text=_("申报表上填了手机的，与申报有关的短信发到那个号码。"),
    )
    email = forms.EmailField(
        label=_("邮箱"), required=False, help_text=_("不填的，用申报表上的邮箱。")
    )


def reach(request: SignedInRequest) -> HttpResponse:
    """How one wants to be written to (接收设置)."""
    known = reach_of(request.user)
    form = ReachForm(
        posted(request),
        initial={"pace": known.pace, "phone": request.user.phone, "email": known.email},
    )
    if done(form, lambda: set_reach(by=request.user, **form.cleaned_data)):
        messages.success(request, phrases.SAVED)
        return redirect("common:inbox")
    return answer(request, "reach.html", {"form": form}, refused=bool(form.errors))


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
