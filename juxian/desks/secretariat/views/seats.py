"""Seats (名额) over all holders, and reallocating them with a reason (调剂)."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.access import scope
from juxian.actions import cycle as actions
from juxian.actions import seats as seat_actions
from juxian.actions import supplement as supplement_actions
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.secretariat.forms import GrantForm, MoveForm, PermitForm, SeatsForm
from juxian.desks.secretariat.frame import cycle_at, page
from juxian.records.models import Cycle, SupplementPermit
from juxian.records.packs import pack_of
from juxian.regulation.words import Holder
from juxian.selectors import quota
from juxian.selectors.seats import in_pool, is_uncapped, nominators_of
from juxian.selectors.supplement import closing_of, freed_of, permits_of

SORTS = tuple(Holder)  # how the table groups the holders


@require_safe
def seats(request: SignedInRequest, code: str) -> HttpResponse:
    row = cycle_at(request, code)
    pack = pack_of(row)
    words = request.GET.get("words", "")
    rows = quota.seat_rows(row, words=words)
    buckets = [rule.bucket for rule in pack.seats]
    waiting = in_pool(row)
    context = {
        "cycle": row,
        "until": _until(row),
        "pool": [(b, waiting[b.code]) for b in buckets if not is_uncapped(pack.seat_rule(b.code))],
        "words": words,
        "buckets": buckets,
        "table": [
            (one.office, [one.meters.get(b.code) for b in buckets])
            for one in sorted(rows, key=lambda one: SORTS.index(Holder(one.office.holder)))
        ],
        "totals": quota.totals(rows, pack),
        "changes": quota.latest_changes(row),
        "freed": freed_of(row),
        "titles": {bucket.code: bucket.title for bucket in buckets},
    }
    return page(request, "secretariat/seats.html", context)


def grant_seats(request: SignedInRequest, code: str) -> HttpResponse:
    """Seats for an office that has none in a bucket: added after the opening, or by exception."""
    row = cycle_at(request, code)
    form = GrantForm(posted(request), pack=pack_of(row), offices=nominators_of(row))
    if done(form, lambda: actions.grant_seats(row.pk, by=request.user, **form.given)):
        messages.success(request, _("名额已增加，理由已记录。"))
        return redirect("secretariat:seats", code=code)
    context = {"cycle": row, "until": _until(row), "form": form}
    return page(request, "secretariat/grant_seats.html", context, refused=bool(form.errors))


def supplements(request: SignedInRequest, code: str) -> HttpResponse:
    """Let one office nominate others after the close, for places that became free (补充推荐)."""
    row = cycle_at(request, code)
    form = PermitForm(posted(request), offices=nominators_of(row))
    if done(form, lambda: _permitted(request, row, form)):
        messages.success(request, _("已开放补充推荐，理由已记录。"))
        return redirect("secretariat:supplements", code=code)
    context = {
        "cycle": row,
        "until": _until(row),
        "ends": closing_of(row),
        "freed": freed_of(row),
        "titles": {rule.bucket.code: rule.bucket.title for rule in pack_of(row).seats},
        "permits": permits_of(row),
        "form": form,
    }
    return page(request, "secretariat/supplements.html", context, refused=bool(form.errors))


def _permitted(request: SignedInRequest, cycle: Cycle, form: PermitForm) -> SupplementPermit:
    given = form.cleaned_data
    return supplement_actions.permit(
        cycle.pk,
        given["office"],
        by=request.user,
        last_day=given["last_day"],
        reason=given["reason"],
    )


def move_seats(request: SignedInRequest, code: str, bucket: str) -> HttpResponse:
    """Unused places from one office to another in the same bucket: previewed, then done."""
    row = cycle_at(request, code)
    found = next((one.bucket for one in pack_of(row).seats if one.bucket.code == bucket), None)
    if found is None:
        raise Http404
    waiting = in_pool(row)[bucket]
    holders = quota.holders_of(row, bucket)
    form = MoveForm(posted(request), holders=holders, waiting=waiting)
    is_confirmed = "confirm" in request.POST
    moved = (
        done(form, lambda: seat_actions.reallocate(row.pk, by=request.user, **form.given))
        if is_confirmed
        else None
    )
    if moved is not None:
        messages.success(request, _("名额已调剂，理由已记录。"))
        return redirect("secretariat:seats", code=code)
    context = {
        "cycle": row,
        "until": _until(row),
        "bucket": found,
        "form": form,
        "preview": form.preview if form.is_valid() and not is_confirmed else (),
    }
    return page(request, "secretariat/move_seats.html", context, refused=bool(form.errors))


def change_seats(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = scope.seats(request.user).filter(cycle__in=scope.cycles(request.user))
    row = get_object_or_404(rows.select_related("cycle", "office"), pk=pk)
    form = SeatsForm(posted(request), initial={"granted": row.granted})
    if done(form, lambda: actions.change_seats(pk, by=request.user, **form.cleaned_data)):
        messages.success(request, _("名额已调剂，理由已记录。"))
        return redirect("secretariat:seats", code=row.cycle.code)
    context = {
        "cycle": row.cycle,
        "until": _until(row.cycle),
        "office": row.office,
        "meter": quota.meter_of(row),
        "changes": quota.changes_of(row),
        "form": form,
    }
    return page(request, "secretariat/change_seats.html", context, refused=bool(form.errors))


def _until(cycle: Cycle) -> datetime | None:
    """The end of the filing, while it lasts: seats may be changed after it all the same."""
    return None if cycle.closed_at else cycle.closes_at
