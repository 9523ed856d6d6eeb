"""A return: each thing asked for, mended or answered in writing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.actions import application as acts
from juxian.desks.applicant.forms import ReplyForm
from juxian.desks.applicant.own import around, filled_or_404, timed
from juxian.desks.applicant.views.checking import address_of
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import CorrectionItem
from juxian.regulation.refusal import Refusal
from juxian.selectors import application as selected
from juxian.selectors.correction import open_correction
from juxian.selectors.evidence import evidence_of
from juxian.selectors.mending import asked_of


def returned(request: SignedInRequest, number: str) -> HttpResponse:
    """Each thing asked for, where to mend it, and a written answer to it."""
    application = filled_or_404(request, number)
    correction = open_correction(application)
    if correction is None:
        return redirect("applicant:progress", number)
    items = list(correction.items.all())
    reply = ReplyForm(request.POST or None, auto_id=f"%s-{request.POST.get('item', '')}")
    if request.method == "POST" and reply.is_valid():
        item = next((one for one in items if one.pk == reply.cleaned_data["item"]), None)
        if item is None:
            raise Http404
        try:
            acts.answer_correction(item.pk, by=request.user, reply=reply.cleaned_data["reply"])
        except Refusal as refusal:
            reply.refused(refusal)
        else:
            messages.success(request, _("答复已保存。"))
            return redirect("applicant:returned", number)
    answers = selected.answers_in(selected.sections_of(application))
    asked = asked_of(application, correction, answers, list(evidence_of(application)))
    context = {
        "correction": correction,
        "asks": [
            (one, address_of(application, one.item.path), _reply_to(one.item, reply))
            for one in asked
        ],
        "left": sum(not one.is_done for one in asked),
        "reply": reply,
        **timed(application),
    }
    page = around(application, **context)
    return answer(request, "applicant/returned.html", page, refused=bool(reply.errors))


def _reply_to(item: CorrectionItem, sent: ReplyForm) -> ReplyForm:
    """What was sent about it, if that was refused; or what was answered before."""
    if sent.errors and sent["item"].value() == str(item.pk):
        return sent
    return ReplyForm(initial={"item": item.pk, "reply": item.reply}, auto_id=f"%s-{item.pk}")
