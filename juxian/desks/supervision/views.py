"""The supervisor reads: cycles, their traces, a file's timeline, a ballot's recount."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from juxian.access.duties import moment_of
from juxian.actions.trace import leave
from juxian.desks.common.http import SignedInRequest
from juxian.desks.supervision.forms import SearchForm
from juxian.desks.supervision.frame import ballot_at, cycle_at, file_at, page
from juxian.records.models import Application
from juxian.selectors import supervision as selectors
from juxian.selectors.ballot import too_few
from juxian.selectors.recount import verified
from juxian.selectors.timeline import timeline_of
from juxian.selectors.trace_words import ACTS
from juxian.selectors.traces import Asked, files_numbered, page_of, people_asked


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    return page(request, "supervision/home.html", {"lines": selectors.cycles_of(request.user)})


@require_safe
def cycle(request: SignedInRequest, code: str) -> HttpResponse:
    row = cycle_at(request, code)
    overview = selectors.overview_of(row, by=request.user, now=moment_of(request.user))
    return page(request, "supervision/cycle.html", {"cycle": row, "overview": overview})


@require_safe
def traces(request: SignedInRequest, code: str) -> HttpResponse:
    """A search leaves a trace itself, and so does each of its pages: no address goes without."""
    row, by = cycle_at(request, code), request.user
    form = SearchForm(request.GET)
    asked, after = form.asked, request.GET.get("after", "")
    files = files_numbered(row, asked.number, by=by) if asked.number else []
    context = {"cycle": row, "form": form, "asked": asked, "after": after, "found": None}
    if form.errors or form.refuse_many(files):
        return page(request, "supervision/traces.html", context, refused=True)
    if not asked.is_empty:
        leave("search_traces", row, by=by, **_left_of(asked, files))
    context |= {"files": files, "found": page_of(row, asked, by=by, files=files, after=after)}
    return page(request, "supervision/traces.html", context)


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
    context = {
        "cycle": row.panel.cycle,
        "line": selectors.ballot_line(row),
        "verified": verified(row) if row.is_counted else None,
        "too_few": too_few(),
    }
    return page(request, "supervision/ballot.html", context)


def _left_of(asked: Asked, files: Sequence[Application]) -> dict[str, Any]:
    """What was searched for, with keys for numbers and names: a trace names nobody."""
    return {
        "found": [file.pk for file in files],
        "files": len(files) if asked.number else "",
        "people": people_asked(asked),
        "looked_for": asked.act,
        "starts": asked.since.isoformat() if asked.since else "",
        "ends": asked.until.isoformat() if asked.until else "",
        "at_night": asked.at_night or "",
    }
