"""Panels (评委会): convening one from people on record, and who sits on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.actions import panel as actions
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest
from juxian.desks.secretariat.forms import PanelForm
from juxian.desks.secretariat.frame import cycle_at, page, panel_at
from juxian.records.packs import pack_of
from juxian.selectors import committee


def convene(request: SignedInRequest, code: str) -> HttpResponse:
    """People are searched and picked on the same page; only the last button convenes."""
    row = cycle_at(request, code)
    posted = request.POST if "convene" in request.POST else None
    typed = {name: value for name, value in request.POST.items() if posted is None}
    form = PanelForm(
        posted, pack=pack_of(row), steps=committee.review_steps(row), initial=typed or None
    )
    picked = _numbers(request, "member")
    chair = _numbers(request, "chair")
    convened = done(
        form,
        lambda: actions.convene(
            row.pk,
            by=request.user,
            person_ids=picked,
            chair_id=chair[0] if chair else 0,
            **form.cleaned_data,
        ),
    )
    if convened is not None:
        messages.success(request, _("评委会已组建，委员可在专家端阅读承诺。"))
        return redirect("secretariat:panel", pk=convened.pk)
    words = request.POST.get("words", "")
    named = list(committee.people_named(words))
    context = {
        "cycle": row,
        "form": form,
        "members": committee.people_of(picked),
        "chair": chair[0] if chair else 0,
        "words": words,
        "found": [person for person in named if person.pk not in picked],
        "all_picked": bool(named),
    }
    refused = posted is not None and bool(form.errors)
    return page(request, "secretariat/convene.html", context, refused=refused)


@require_safe
def panel(request: SignedInRequest, pk: int) -> HttpResponse:
    row = panel_at(request, pk)
    pack = pack_of(row.cycle)
    context = {
        "panel": row,
        "cycle": row.cycle,
        "step": pack.procedure.step(row.step),
        "track": pack.track(row.track).title if row.track else _("全部类别"),
        "seats": committee.seats_on(row),
        "reviews": committee.lists_before(row),
    }
    return page(request, "secretariat/panel.html", context)


def _numbers(request: SignedInRequest, name: str) -> list[int]:
    """Keys as posted, each once; those of people taken out again are left out."""
    removed = set(request.POST.getlist("remove"))
    given = [pk for pk in request.POST.getlist(name) if pk.isdecimal() and pk not in removed]
    return [int(pk) for pk in dict.fromkeys(given)]
