"""Reviewing and signing what a colleague proposed (复核、审签), or giving it back."""

from itertools import pairwise

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.access.acts import step_of
from juxian.actions import signing
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.office.forms.verification import SignForm
from juxian.desks.office.frame import desk_file_at, list_address, page
from juxian.desks.office.views.file import doing_now, signing_of, whose_turn, work_goes_on_until
from juxian.records import labels
from juxian.records.models import Application, Proposal
from juxian.regulation.words import Role
from juxian.selectors.blocks import blocks_of
from juxian.selectors.casefile import casefile_of
from juxian.selectors.desk_facts import ProposalRead


def sign(request: SignedInRequest, number: str) -> HttpResponse:
    application = desk_file_at(request, number)
    known = signing_of(request, application)
    pending = known["pending"]
    if not isinstance(pending, ProposalRead):
        messages.info(request, _("这份申报没有等待签署的拟办，可能刚刚由他人办理。"))
        return redirect("office:file", number=number)
    if request.method == "GET" and not known["signs"]:
        role = labels.ROLES[pending.awaits]
        messages.info(request, _("现在等候%(role)s签署，不由您办理") % {"role": role})
        return redirect("office:file", number=number)
    form = SignForm(posted(request))
    signed = done(form, lambda: _signed(request, form, pending))
    if signed:
        messages.success(request, _told(signed, agrees=form.agrees))
        return redirect(list_address(request))
    case = casefile_of(application, reader=request.user)
    context = {
        **known,
        "form": form,
        "application": application,
        "case": case,
        "whose": whose_turn(application),
        "doing": _("%(doing)s，等候%(role)s")
        % {"doing": doing_now(case), "role": labels.ROLES[pending.awaits]},
        "closes": work_goes_on_until(application),
        "blocks": blocks_of(case, request.user),
        "next_role": _after(application, pending),
    }
    return page(request, "office/sign.html", context, refused=bool(form.errors))


def _signed(request: SignedInRequest, form: SignForm, pending: ProposalRead) -> Proposal:
    """What was read is what is signed: a later proposal in its place is refused."""
    words = form.cleaned_data["words"]
    read = form.cleaned_data["proposal"] or pending.pk
    if form.agrees:
        return signing.agree(read, by=request.user, words=words)
    return signing.give_back(read, by=request.user, words=words)


def _after(application: Application, pending: ProposalRead) -> str:
    return dict(pairwise(step_of(application).signing)).get(Role(pending.awaits), "")


def _told(signed: Proposal, *, agrees: bool) -> str:
    if not agrees:
        return _("已退回经办，理由已记录。")
    return _("已签署，送下一人。") if signed.awaits else _("已签署并办理。")
