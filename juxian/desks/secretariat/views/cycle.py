"""Cycles (批次): opening one from a checked pack, and the board that shows how far it is."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.access import scope
from juxian.actions import cycle as actions
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.secretariat.forms import AllotmentForm, CycleForm
from juxian.desks.secretariat.frame import cycle_at, duty_here, page
from juxian.records.packs import pack_of
from juxian.selectors import committee
from juxian.selectors import cycle as selectors
from juxian.selectors.quota import granted_by, totals_of


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    duty_here(request)
    cycles = scope.cycles(request.user).order_by("-opened_at", "-pk")
    context = {"cycles": cycles, "packs": selectors.packs_offered()}
    return page(request, "secretariat/home.html", context)


def open_cycle(request: SignedInRequest, pack_code: str) -> HttpResponse:
    """The pack's check first; the form only under a sound one."""
    duty = duty_here(request)
    if pack_code not in selectors.pack_codes():
        raise Http404
    report = selectors.pack_report(pack_code)
    pack = report.pack
    sent = posted(request) if report.is_sound else None
    form = CycleForm(sent, initial=selectors.offered(pack) if pack else {})
    opened = done(
        form,
        lambda: actions.open_cycle(
            pack_code,
            by=request.user,
            organiser_id=duty.office.pk,
            code=form.cleaned_data["code"],
            title=form.cleaned_data["title"],
            window=form.window,
        ),
    )
    if opened is not None:
        messages.success(request, _("批次已建立，名额已按规定分配。"))
        return redirect("secretariat:cycle", code=opened.code)
    grants = granted_by(pack) if pack and report.is_sound else ()
    context = {"report": report, "pack": pack, "form": form, "grants": grants}
    return page(request, "secretariat/open_cycle.html", context, refused=bool(form.errors))


@require_safe
def cycle(request: SignedInRequest, code: str) -> HttpResponse:
    row = cycle_at(request, code)
    pack = pack_of(row)
    allotted = selectors.allotments_of(row)
    lists = selectors.provincial_lines(row)
    voting = [
        line.proceeding
        for line in lists
        if line.step.secret and line.proceeding.concluded_at is None
    ]
    reviews = committee.review_lists(voting, committee.places_in(allotted.values()))
    context = {
        "cycle": row,
        "pack": pack,
        "funnel": selectors.funnel_of(row),
        "tracks": [(track, allotted.get(track.code)) for track in pack.tracks],
        "totals": totals_of(row),
        "panels": committee.panels_of(row),
        "reviews": reviews,
        "due": min(reviews, key=lambda review: review.waits_for_members, default=None),
        "lists": lists,
    }
    return page(request, "secretariat/cycle.html", context)


def allotment(request: SignedInRequest, code: str, track: str) -> HttpResponse:
    row = cycle_at(request, code)
    titles = {entry.code: entry.title for entry in pack_of(row).tracks}
    if track not in titles:
        raise Http404
    known = selectors.allotments_of(row).get(track)
    initial = {"places": known.places, "document_number": known.document_number} if known else {}
    form = AllotmentForm(posted(request), initial=initial)
    if done(
        form, lambda: actions.set_allotment(row.pk, track, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("下达名额已登记。"))
        return redirect("secretariat:cycle", code=code)
    context = {"cycle": row, "form": form, "track": titles[track], "known": known}
    return page(request, "secretariat/allotment.html", context, refused=bool(form.errors))
