"""The work desk (办理台): tabs, filters, columns, and taking files up on a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juxian.actions.copying import mark_all_read
from juxian.actions.proceeding import open_proceeding
from juxian.desks.common.http import SignedInRequest, safe_next
from juxian.desks.office.frame import INSIDE, duties_here, page
from juxian.desks.office.posts import CHOSEN
from juxian.records.models import Cycle
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Kind, Role
from juxian.selectors import work
from juxian.selectors.piles import Pile
from juxian.selectors.proceeding import open_lines
from juxian.selectors.work_columns import Column, columns_of, offered
from juxian.selectors.work_filters import chips_of, filters_of
from juxian.selectors.work_query import (
    COPIED,
    RETURNED,
    SIGNING,
    TAB_TITLES,
    WAITING,
    WorkQuery,
)
from juxian.selectors.work_views import views_of

NUMBER = "NUMBER"  # stands for a file's own in the address of all
COMPOSED = ("person", "title", "step", "due", "arrived")


@dataclass(frozen=True, slots=True)
class Row:
    """A file of the list; each cell is which of `COMPOSED` it is, its heading, what it says."""

    task: work.Task
    address: str
    glance: str
    is_unread: bool
    cells: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Tab:
    code: str
    title: "str | Promise"
    count: work.Count | None
    address: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: `address` leads to the list ordered by it, "" where it cannot be."""

    column: Column
    address: str
    sorted: str  # ascending, descending or "" for aria-sort


@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    duties = duties_here(request)
    signs = any(duty.role in work.SIGNING_ROLES for duty in duties)
    views = views_of(request.user)
    default = next((view for view in views if view.is_default), None)
    if default is not None and not request.GET:
        return redirect(f"{reverse('office:inbox')}?{default.query}")
    query = query_of(request.GET)
    cycles = work.cycles_of(request.user)
    piles = work.piles_of(request.user, cycles)
    pile = _chosen(piles, query)
    total = work.waiting_count(piles)
    is_search = bool(query.words and piles)  # which shows what is found, not how much there is
    counts = {} if is_search else {WAITING: total, **work.counts_of(request.user)}
    if not request.GET and not piles and counts[SIGNING]:
        query = query.but(tab=SIGNING)
    cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = work.page_of(request.user, query, cycles=cycles, **cursors)
    filters = filters_of(request.user, query, cycles)
    columns = columns_of(query, several_posts=len(duties) > 1)
    context = {
        "query": query,
        "tab": query.tab,
        "tabs": [tab for tab in _tabs(query, counts) if tab.code != SIGNING or signs or tab.count],
        "to_sign": counts.get(SIGNING),
        "cycles": cycles,
        "piles": piles,
        "pile": pile,
        "foremost": pile or next(iter(piles), None),
        "page": found,
        "rows": _rows(query, found, columns),
        "columns": columns,
        "every_column": offered(query),
        "usual_columns": query.but(cols="").address,
        "headings": _headings(query, columns),
        "filters": filters,
        "chips": chips_of(query, filters),
        "matching": _matching(request, query, found, cycles, counts),
        "batch_act": _batch_act(query, found),
        "plain": WorkQuery(tab=query.tab, order=query.order, cols=query.cols).address,
        "views": views,
        "view": next((view for view in views if view.query == query.address), None),
        "list_inside": urlencode({INSIDE: query.address}),
        "is_search": is_search,
        "lines": () if is_search else open_lines(request.user),
        "drafting": counts.get("drafting"),
        "types_in": any(duty.role is Role.HANDLER for duty in duties),
        "total": total,
        "since": _first_since(found) if query.tab == WAITING and query.is_plain else None,
    }
    return page(request, "office/inbox.html", context)


@require_POST
def open_list(request: SignedInRequest) -> HttpResponse:
    """Take the ticked files up on one list."""
    duties_here(request)
    ticked = [int(pk) for pk in request.POST.getlist("application") if pk.isdecimal()]
    step = request.POST.get("step", "")
    try:
        opened = open_proceeding(step, ticked, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(safe_next(request, reverse("office:inbox")))
    messages.success(request, _("已建立名单，共 %(count)d 人。") % {"count": len(ticked)})
    return redirect("office:list", pk=opened.pk)


@require_POST
def read_copies(request: SignedInRequest) -> HttpResponse:
    """All copies are known of; the files stay in the list."""
    duties_here(request)
    count = mark_all_read(by=request.user)
    messages.success(request, _("已将%(count)d条抄送标为已阅。") % {"count": count})
    return redirect(f"{reverse('office:inbox')}?{WorkQuery(tab=COPIED).address}")


@require_POST
def choose_post(request: SignedInRequest) -> HttpResponse:
    """Act for one of the posts, or for all of them again."""
    duties_here(request)
    said = request.POST.get("post", "")
    request.session[CHOSEN] = int(said) if said.isdecimal() else None
    return redirect(f"{reverse('office:inbox')}?{WorkQuery(tab=WAITING).address}")


def _matching(
    request: SignedInRequest,
    query: WorkQuery,
    found: work.Page,
    cycles: Sequence[Cycle],
    counts: Mapping[str, work.Count],
) -> work.Count | None:
    """How many there are beyond what a page shows; None where it shows them all."""
    if not found.after and not found.before:
        return None
    if query.is_plain and query.tab != COPIED:  # of copies those unread are counted
        return counts[query.tab]
    return work.count_of(work.rows_of(request.user, query, cycles))


def _batch_act(query: WorkQuery, found: work.Page) -> str:
    """What can be done to several files of this page at once."""
    if query.tab == RETURNED:
        return "remind"
    verifying = any(task.duty and task.step.kind is Kind.VERIFY for task in found.tasks)
    return "endorse" if query.tab == WAITING and verifying else ""


def query_of(given: QueryDict) -> WorkQuery:
    """What an address or a form asks; columns may be said one by one."""
    said = {name: given.get(name, "") for name in given}
    return WorkQuery.read({**said, "cols": ",".join(given.getlist("cols"))})


def _tabs(query: WorkQuery, counts: Mapping[str, work.Count]) -> list[Tab]:
    kept = WorkQuery(cols=query.cols, words=query.words)
    return [
        Tab(code, title, counts.get(code), kept.but(tab=code).address)
        for code, title in TAB_TITLES.items()
    ]


def _headings(query: WorkQuery, columns: Sequence[Column]) -> list[Heading]:
    now = query.ordered
    found = []
    for column in columns:
        is_current = column.order == now.code
        name = f"-{column.order}" if is_current and not now.backwards else column.order
        address = query.but(order=name).address if column.order else ""
        way = "descending" if now.backwards else "ascending"
        found.append(Heading(column, address, way if is_current else ""))
    return found


def _rows(query: WorkQuery, found: work.Page, columns: Sequence[Column]) -> list[Row]:
    """Headings and addresses are made here, once for all rows: the page is measured in rows."""
    address, glance = (reverse(f"office:{name}", args=[NUMBER]) for name in ("file", "glance"))
    said = [(one.code if one.code in COMPOSED else "", str(one.title), one) for one in columns]
    return [
        Row(
            task,
            address.replace(NUMBER, task.application.number),
            glance.replace(NUMBER, task.application.number),
            _is_news(query, task),
            [(code, title, "" if code else one.says(task)) for code, title, one in said],
        )
        for task in found.tasks
    ]


def _is_news(query: WorkQuery, task: work.Task) -> bool:
    """Whether nobody has opened it yet, or since it was copied."""
    if query.tab == COPIED:
        return bool(getattr(task.application, "copied_unread", False))
    return query.tab == WAITING and task.application.opened_at is None


def _first_since(found: work.Page) -> datetime | None:
    """From when the most urgent file has waited."""
    return next((task.application.held_since for task in found.tasks), None)


def _chosen(piles: tuple[Pile, ...], query: WorkQuery) -> Pile | None:
    """The pile named "<cycle>:<step>"."""
    return next((pile for pile in piles if query.step == pile.code), None)
