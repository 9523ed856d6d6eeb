"""The supervisor reads: cycles, their traces, a file's timeline, a ballot's recount."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from juxian.access.duties import moment_of
from juxian.actions.trace import leave
from juxian.desks.common.http import SignedInRequest
from juxian.desks.supervision.forms import SearchForm
from juxian.desks.supervision.frame import ballot_at, cycle_at, duty_here, file_at, page
from juxian.records.packs import pack_of
from juxian.selectors import supervision as selectors
from juxian.selectors.recount import verified
from juxian.selectors.timeline import timeline_of
from juxian.selectors.trace_words import ACTS
from juxian.selectors.traces import Asked, page_of, people_asked


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    duty_here(request)
    return page(request, "supervision/home.html", {"held": selectors.held_by(request.user)})


@require_safe
def cycle(request: SignedInRequest, code: str) -> HttpResponse:
    row = cycle_at(request, code)
    overview = selectors.overview_of(row, by=request.user, now=moment_of(request.user))
    context = {"cycle": row, "pack": pack_of(row), "overview": overview}
    return page(request, "supervision/cycle.html", context)


@require_safe
def traces(request: SignedInRequest, code: str) -> HttpResponse:
    """A search leaves a trace itself, once; turning its pages leaves none."""
    row = cycle_at(request, code)
    form = SearchForm(request.GET)
    asked, after = form.asked, request.GET.get("after", "")
    if not asked.is_empty and not after:
        leave("search_traces", row, by=request.user, **_left_of(asked))
    context = {
        "cycle": row,
        "form": form,
        "asked": asked,
        "after": after,
        "found": None if form.errors else page_of(row, asked, by=request.user, after=after),
    }
    return page(request, "supervision/traces.html", context, refused=bool(form.errors))


@require_safe
def file(request: SignedInRequest, number: str) -> HttpResponse:
    application = file_at(request, number)
    leave("open_timeline", application, by=request.user)
    timeline = timeline_of(application)
    context = {"cycle": application.cycle, "application": application, "timeline": timeline}
    context |= {"acts": ACTS}
    return page(request, "supervision/file.html", context)


@require_safe
def ballot(request: SignedInRequest, pk: int) -> HttpResponse:
    """Figures alone until the count; after it, the papers counted again."""
    row = ballot_at(request, pk)
    counted = row.closed_at is not None and not row.is_void
    context = {
        "cycle": row.panel.cycle,
        "line": selectors.ballot_line(row),
        "verified": verified(row) if counted else None,
    }
    return page(request, "supervision/ballot.html", context)


def _left_of(asked: Asked) -> dict[str, Any]:
    """What was searched for, with keys for names: a trace names nobody."""
    return {
        "number": asked.number,
        "people": people_asked(asked),
        "looked_for": asked.act,
        "starts": asked.since.isoformat() if asked.since else "",
        "ends": asked.until.isoformat() if asked.until else "",
    }
