"""How the office's messages leave the system (发送规则): what goes at once, and in which words."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.access.duties import Duty, duties_with
from juxian.access.scope import WRITING_ROLES
from juxian.actions import sending_rule
from juxian.desks.common import phrases
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.office.forms.outbox import RobotForm, RuleForm
from juxian.desks.office.frame import page
from juxian.regulation.messages import Carrier, filled, parts_of
from juxian.selectors.sending import (
    Rule,
    kinds_of,
    latest_values,
    open_carriers,
    rules_of,
    signed,
)


@require_safe
def rules(request: SignedInRequest) -> HttpResponse:
    duty = _writing_duty(request)
    ways = open_carriers(duty.office.pk)
    context = {
        "office": duty.office,
        "rules": _rules(duty),
        "has_robot": Carrier.ROBOT in ways,
        "closed": [way for way in (Carrier.SMS, Carrier.MAIL) if way not in ways],
    }
    return page(request, "office/sending_rules.html", context)


def rule(request: SignedInRequest, occasion: str, carrier: str) -> HttpResponse:
    duty = _writing_duty(request)
    known = {(one.kind.occasion.value, one.carrier.value): one for one in _rules(duty)}
    one = known.get((occasion, carrier))
    if one is None:
        raise Http404
    form = RuleForm(
        posted(request),
        releases=one.kind.releases,
        initial={"release": one.release, "words": one.words},
    )
    if done(
        form,
        lambda: sending_rule.set_rule(
            duty.office.pk, occasion, carrier, by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, phrases.SAVED)
        return redirect("office:sending_rules")
    words = form.data.get("words", one.words)
    text = filled(words, latest_values(request.user, duty.office.pk, one.kind))
    if one.carrier is Carrier.SMS:
        text = signed(text)
    context = {"office": duty.office, "rule": one, "form": form, "text": text}
    context["parts"] = parts_of(text) if one.carrier is Carrier.SMS else 0
    return page(request, "office/sending_rule.html", context, refused=bool(form.errors))


def robot(request: SignedInRequest) -> HttpResponse:
    duty = _writing_duty(request)
    if "disconnect" in request.POST:
        sending_rule.disconnect_robot(duty.office.pk, by=request.user)
        messages.success(request, _("已断开工作群机器人。"))
        return redirect("office:sending_rules")
    form = RobotForm(posted(request))
    if done(
        form,
        lambda: sending_rule.connect_robot(duty.office.pk, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, phrases.SAVED)
        return redirect("office:sending_rules")
    has_robot = Carrier.ROBOT in open_carriers(duty.office.pk)
    context = {"office": duty.office, "form": form, "has_robot": has_robot}
    return page(request, "office/robot.html", context, refused=bool(form.errors))


def _writing_duty(request: SignedInRequest) -> Duty:
    """The first of the duties in whose office's name the person writes."""
    duties = duties_with(request.user, *WRITING_ROLES)
    if not duties:
        raise Http404
    return duties[0]


def _rules(duty: Duty) -> list[Rule]:
    kinds = kinds_of(duty)
    return [one for one in rules_of(duty.office).values() if one.kind in kinds]
