"""A concluded evaluation taken up again (复议): for what reason, and who comes back."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.actions import reconsideration as actions
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.office.forms.reconsideration import ReconsiderForm
from juxian.desks.office.forms.sitting import as_brought
from juxian.desks.office.frame import list_at, page
from juxian.records.models import Proceeding
from juxian.records.packs import pack_of
from juxian.regulation.words import Corrects, Kind
from juxian.selectors.proceeding import docket_of, is_work_of, tracks_on
from juxian.selectors.reconsideration import (
    Reconsideration,
    corrector_of,
    may_be_reconsidered,
    reconsideration_of,
)


def reconsider(request: SignedInRequest, pk: int) -> HttpResponse:
    old = list_at(request, pk, Kind.REVIEW)
    if not is_work_of(request.user, old, tracks_on(old)):
        raise Http404
    corrector = corrector_of(old)
    if corrector is not None:
        return redirect("office:evaluation", pk=corrector.pk)
    if not may_be_reconsidered(old, corrector):
        raise Http404
    found = reconsideration_of(old)
    form = ReconsiderForm(posted(request))
    opened = done(form, lambda: _reconsidered(request, old, found, form))
    if opened:
        messages.success(request, _("已建立复议名单，请登记评议后办结；原来的评议已失效。"))
        return redirect("office:evaluation", pk=opened.pk)
    step = pack_of(old.cycle).procedure.step(old.step)
    context = {"proceeding": old, "step": step, "found": found, "form": form}
    return page(request, "office/reconsider.html", context, refused=bool(form.errors))


def _reconsidered(
    request: SignedInRequest, old: Proceeding, found: Reconsideration, form: ReconsiderForm
) -> Proceeding:
    what = Corrects(form.cleaned_data["what"])
    typed = _brought(old, found) if what is Corrects.ENTRY else None
    reason = form.cleaned_data["reason"]
    return actions.reconsider(old.pk, by=request.user, what=what, reason=reason, typed=typed)


def _brought(old: Proceeding, found: Reconsideration) -> dict[str, str]:
    """The old record, of those who come back."""
    docket = docket_of(old)
    back = [item.pk for item in found.returning]
    return as_brought(replace(docket, rows=tuple(r for r in docket.rows if r.item.pk in back)))
