"""Acts on several files at once: what will happen to each, doing it, what happened to each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from juxian.actions import batch
from juxian.actions.trace import leave
from juxian.desks.common.http import SignedInRequest
from juxian.desks.office.frame import (
    duties_here,
    inside_of,
    list_address,
    list_query,
    page,
)
from juxian.records.models import Application, Person
from juxian.regulation.refusal import Refusal
from juxian.regulation.verifying import CheckPoint
from juxian.selectors import work
from juxian.selectors.batch import (
    REMIND,
    TOGETHER,
    Chance,
    endorsing,
    files_of,
    reminding,
)
from juxian.selectors.points import points_for
from juxian.selectors.sends import reminders_of
from juxian.selectors.work_columns import columns_of
from juxian.selectors.work_query import TAB_TITLES, WAITING, WorkQuery

OUTCOMES = "batch"  # in the session: what the last batch came to
PRINTED = 1_000  # rows of a summary
TELL = "tell"  # what the switch sends that lets messages go with the act
ALL_HOLD = "hold"  # what the tick under the checklist sends


@dataclass(frozen=True, slots=True)
class Kind:
    """An act on several files: its words, who may be among them, how it is done."""

    title: "str | Promise"
    done: "str | Promise"
    chances: Callable[[Person, Sequence[Application]], list[Chance]]
    has_opinion: bool = False


KINDS = {
    "endorse": Kind(
        gettext_lazy("一起审核通过"), gettext_lazy("已审核通过"), endorsing, has_opinion=True
    ),
    "remind": Kind(gettext_lazy("一起催办"), gettext_lazy("已催办"), reminding),
}


@require_POST
def preview(request: SignedInRequest, kind: str) -> HttpResponse:
    """What would happen to each of the ticked files, or of the whole list; nothing happens yet."""
    duties_here(request)
    act = _kind(kind)
    ids, left_out = _wanted(request)
    if not ids:
        messages.error(request, _("请先勾选要办理的申报"))
        return redirect(list_address(request))
    chances = act.chances(request.user, files_of(request.user, ids))
    context = {
        "kind": kind,
        "act": act,
        "able": [one for one in chances if not one.why],
        "unable": [one for one in chances if one.why],
        "points": _points(chances) if act.has_opinion else [],
        **(_sends(chances) if kind == REMIND else {}),
        "left_out": left_out,
        "together": TOGETHER,
        "in_list": (list_query(request) or WorkQuery(tab=WAITING)).address,
    }
    return page(request, "office/batch.html", context)


@require_POST
def perform(request: SignedInRequest, kind: str) -> HttpResponse:
    duties_here(request)
    _kind(kind)
    ids = _ticked(request)
    each: dict[str, Callable[..., batch.Outcomes]] = {
        "endorse": partial(
            batch.endorse_each,
            opinion=request.POST.get("opinion", ""),
            all_hold=request.POST.get("points") == ALL_HOLD,
        ),
        "remind": partial(batch.remind_each, may_go=TELL in request.POST),
    }
    try:
        outcomes = each[kind](ids, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(list_address(request))
    request.session[OUTCOMES] = {"kind": kind, "outcomes": list(outcomes.items())}
    inside = inside_of(request)
    return redirect(reverse("office:batch_result") + (f"?{inside}" if inside else ""))


@require_safe
def result(request: SignedInRequest) -> HttpResponse:
    """What the last batch came to, file by file."""
    duties_here(request)
    kept = request.session.get(OUTCOMES, {})
    whys = dict(kept.get("outcomes", ()))
    files = [(work.task_of(request.user, one), whys[one.pk]) for one in _read(request, whys)]
    context = {
        "act": KINDS.get(kept.get("kind", "")),
        "done": [task for task, why in files if not why],
        "refused": [(task, why) for task, why in files if why],
    }
    return page(request, "office/batch_result.html", context)


@require_POST
def summary(request: SignedInRequest) -> HttpResponse:
    """A table to print (汇总表), of the ticked files or of the whole list, as it is seen."""
    duties = duties_here(request)
    query = list_query(request) or WorkQuery(tab=WAITING)
    ticked = _ticked(request)
    rows = work.rows_of(request.user, query)
    if ticked and "all" not in request.POST:
        rows = rows.filter(pk__in=ticked)
    files = list(work.shown(rows).order_by(*query.ordered.terms())[: PRINTED + 1])
    columns = columns_of(query, several_posts=len(duties) > 1)
    parts = [part for column in columns for part in column.parts]
    tasks = [work.task_of(request.user, one) for one in files[:PRINTED]]
    for cycle in {task.application.cycle for task in tasks}:
        of_cycle = sum(task.application.cycle_id == cycle.pk for task in tasks)
        leave("print_list", cycle, by=request.user, files=of_cycle)
    context = {
        "title": TAB_TITLES[query.tab],
        "headings": [heading for heading, _width, _says in parts],
        "rows": [[says(task) for _heading, _width, says in parts] for task in tasks],
        "most": PRINTED if len(files) > PRINTED else 0,
    }
    return page(request, "office/summary.html", context)


def _sends(chances: Iterable[Chance]) -> dict[str, object]:
    """What is sent outside to those who are reminded."""
    sends = reminders_of(one.task.application for one in chances if not one.why)
    return {"sends": sends, "tells": any(one.goes for one in sends)}


def _points(chances: Sequence[Chance]) -> list[CheckPoint]:
    """The points of the checklist at the steps of those that can be done, each once."""
    able = [one.task.application for one in chances if not one.why]
    return list(dict.fromkeys(point for file in able for point in points_for(file)))


def _kind(code: str) -> Kind:
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _ticked(request: SignedInRequest) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("application") if pk.isdecimal()]


def _wanted(request: SignedInRequest) -> tuple[list[int], bool]:
    """The first of the files that are ticked or asked for, and whether there are more of them."""
    ids = _ticked(request)
    if "all" in request.POST:
        query = list_query(request) or WorkQuery(tab=WAITING)
        rows = work.rows_of(request.user, query).order_by(*query.ordered.terms())
        ids = list(rows.values_list("pk", flat=True)[: TOGETHER + 1])
    return ids[:TOGETHER], len(ids) > TOGETHER


def _read(request: SignedInRequest, whys: dict[int, str]) -> list[Application]:
    return files_of(request.user, whys) if whys else []
