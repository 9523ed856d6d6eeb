"""After a list has gone up: a nomination recalled, others for the places that became free."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from juxian.access.duties import moment_of
from juxian.actions import supplement as actions
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.office.forms.supplement import RecallForm, SupplementForm
from juxian.desks.office.frame import list_at, page
from juxian.records.models import Proceeding
from juxian.regulation.words import Kind
from juxian.selectors.nomination import listed
from juxian.selectors.proceeding import is_work_of, tracks_on
from juxian.selectors.supplement import after_sending, candidates_for


def recall(request: SignedInRequest, pk: int, application: int) -> HttpResponse:
    """Take back the nomination of one person whom the region has not accepted yet (撤回推荐)."""
    sent = _sent(request, pk)
    item = get_object_or_404(listed(sent), application=application)
    (after,) = after_sending([sent], moment_of(request.user))
    if application not in after.recallable or not is_work_of(
        request.user, sent, [item.application.track]
    ):
        raise Http404
    form = RecallForm(posted(request))
    if done(form, lambda: actions.recall(application, by=request.user, **form.cleaned_data)):
        said = _("已撤回对%(name)s的推荐，空出的名额可以补充推荐。")
        messages.success(request, said % {"name": item.application.name})
        return redirect("office:nomination", pk=pk)
    context = {"proceeding": sent, "item": item, "after": after, "form": form}
    return page(request, "office/recall.html", context, refused=bool(form.errors))


def supplement(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new list of some who passed and were not nominated (补充推荐)."""
    sent = _sent(request, pk)
    (after,) = after_sending([sent], moment_of(request.user))
    candidates = [
        one
        for one in candidates_for(sent.cycle, sent.office_id)
        if is_work_of(request.user, sent, [one.track])
    ]
    form = SupplementForm(posted(request), candidates=candidates)
    opened = done(
        form,
        lambda: actions.take_up(
            pk, form.cleaned_data["people"], by=request.user, reason=form.cleaned_data["reason"]
        ),
    )
    if opened:
        messages.success(request, _("已建立补充推荐名单，请排定顺序、安排指标后上报。"))
        return redirect("office:nomination", pk=opened.pk)
    context = {"proceeding": sent, "after": after, "candidates": candidates, "form": form}
    return page(request, "office/supplement.html", context, refused=bool(form.errors))


def _sent(request: SignedInRequest, pk: int) -> Proceeding:
    """A list of the person's office that has gone up, by somebody who works on it."""
    sent = list_at(request, pk, Kind.RECOMMEND)
    if sent.concluded_at is None or not is_work_of(request.user, sent, tracks_on(sent)):
        raise Http404
    return sent
