"""The portfolio (业绩库): what one has submitted before, and bringing it into a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from juxian.actions import portfolio as acts
from juxian.desks.applicant.filled import Filled, version_of
from juxian.desks.applicant.grids import Card, card_of
from juxian.desks.applicant.own import around, own_or_404, timed
from juxian.desks.applicant.views.ordering import table_address
from juxian.desks.applicant.views.rows import open_table
from juxian.desks.common.http import SignedInRequest, answer
from juxian.papers.portfolio_sheet import Leaf, workbook
from juxian.records.models import Application
from juxian.regulation.form import Field, Form
from juxian.regulation.form import Section as FormSection
from juxian.regulation.portfolio import Left, Part
from juxian.regulation.refusal import Refusal
from juxian.selectors import application as selected
from juxian.selectors import portfolio as read
from juxian.selectors.form_reading import words_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAKE_OUT = "out"  # what the button says that undoes it


@dataclass(frozen=True, slots=True)
class Shown:
    """A section of the preview in words: what is brought, and what is not and why."""

    section: FormSection
    lines: tuple[tuple[str, str], ...]
    tables: tuple[tuple[Field, tuple[Card, ...]], ...]
    left: tuple[Left, ...]

    @property
    def rows(self) -> int:
        return sum(len(cards) for _table, cards in self.tables)


@dataclass(frozen=True, slots=True)
class Offered:
    """An entry of a shelf in words; `is_picked` as the page was sent."""

    choice: read.Choice
    card: Card
    is_picked: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An entry as the portfolio shows it."""

    card: Card
    sources: tuple[str, ...]
    verified: tuple[str, ...]

    def has(self, wanted: str) -> bool:
        said = (*self.card.cells, *self.sources)
        return any(wanted.casefold() in text.casefold() for text in said)


def bring(request: SignedInRequest, number: str) -> HttpResponse:
    """Everything of one earlier application, seen before it is brought."""
    application = own_or_404(request, number)
    if not selected.is_draft(application):
        return redirect("applicant:tasks", number)
    if request.method != "POST":
        return _bring_page(request, application)
    try:
        if request.POST.get("go") == TAKE_OUT:
            out = acts.take_out(application.pk, by=request.user)
            messages.success(request, _told(_("已撤销带入：%s。"), out))
        else:
            wanted = request.POST.get("from", "")
            brought = acts.bring(application.pk, wanted, by=request.user)
            said = _told(_("已带入%s。请逐部分核对。"), brought)
            messages.success(request, said)
    except Refusal as refusal:
        return _bring_page(request, application, refusal)
    return redirect("applicant:tasks", number)


def _bring_page(
    request: SignedInRequest, application: Application, refusal: Refusal | None = None
) -> HttpResponse:
    sources = read.bringable(request.user, application)
    wanted = request.POST.get("from") or request.GET.get("from", "")
    chosen = next((one for one in sources if one.number == wanted), None)
    if chosen is None and len(sources) == 1:
        chosen = sources[0]
    form = selected.form_of(application)
    parts = read.plan_of(application, chosen) if chosen is not None else ()
    shown = [_shown(form, part) for part in parts]
    context = {
        "sources": sources,
        "chosen": chosen,
        "parts": [one for one in shown if one.lines or one.rows],
        "left": [one for one in shown if one.left],
        "comes": _counted(sum(len(one.lines) for one in shown), sum(one.rows for one in shown)),
        "has_brought": read.has_marks(application),
        "refusal": refusal,
    }
    page = around(application, **context, **timed(application))
    return answer(request, "applicant/bring.html", page, refused=refusal is not None)


def _shown(form: Form, part: Part) -> Shown:
    return Shown(
        part.section,
        tuple((one.label, words_of(form, one, value)) for one, value in part.lines),
        tuple((table, _cards(form, table, rows)) for table, rows in part.tables),
        tuple(part.left),
    )


def _cards(form: Form, table: Field, rows: Sequence[Mapping[str, object]]) -> tuple[Card, ...]:
    return tuple(card_of(form, table, row, number) for number, row in enumerate(rows, start=1))


def _told(sentence: str, brought: acts.Brought) -> str:
    return sentence % _counted(brought.fields, brought.rows)


def _counted(fields: int, rows: int) -> str:
    """3 项、20 条; "" for nothing"""
    said = [_("%(count)d 项") % {"count": fields}] if fields else []
    said += [_("%(count)d 条") % {"count": rows}] if rows else []
    return "、".join(said)


def choose(request: SignedInRequest, number: str, section: str, table: str) -> HttpResponse:
    """Entries of the portfolio for one table, ticked and taken over together."""
    at = open_table(request, number, section, table)
    asked = at.table(table)
    if at.application.applicant_id != request.user.pk or not asked.fact or asked.one_row_each:
        raise Http404
    if request.method != "POST":
        return _choose_page(request, at, asked)
    picked = request.POST.getlist("entry")
    try:
        count = acts.bring_entries(
            at.application.pk, section, table, picked, by=request.user, version=version_of(request)
        )
    except Refusal as refusal:
        return _choose_page(request, at, asked, refusal)
    messages.success(request, _("已带入 %(count)d 条，请核对。") % {"count": count})
    return redirect(table_address(request, at, asked))


def _choose_page(
    request: SignedInRequest, at: Filled, table: Field, refusal: Refusal | None = None
) -> HttpResponse:
    rows, picked = at.rows(table), set(request.POST.getlist("entry"))
    sources = read.sources_of(request.user, at.application)
    found = read.choices_for(sources, at.form, table, rows)
    offered = [
        Offered(one, card_of(at.form, table, one.values, number), one.entry.id in picked)
        for number, one in enumerate(found, start=1)
    ]
    context = {
        "section": at.section,
        "table": table,
        "offered": [one for one in offered if not one.choice.is_there],
        "there": [one for one in offered if one.choice.is_there],
        "room": max(table.rows_max - len(rows), 0),
        "has": len(rows),
        "version": at.version,
        "refusal": refusal,
    }
    page = around(at.application, **context, **timed(at.application))
    return answer(request, "applicant/from_portfolio.html", page, refused=refusal is not None)


def portfolio(request: SignedInRequest) -> HttpResponse:
    wanted = request.GET.get("q", "").strip()
    sources = read.sources_of(request.user)
    shelves = [(shelf, _found(shelf, wanted)) for shelf in read.shelves_of(sources)]
    context = {
        "wanted": wanted,
        "sources": sources,
        "shelves": [(shelf, found) for shelf, found in shelves if found],
        "count": sum(len(found) for _shelf, found in shelves),
    }
    return answer(request, "applicant/portfolio.html", context)


def sheet(request: SignedInRequest) -> HttpResponse:
    """All entries as a workbook; entries of other tables than the first stand under its headings
    as far as they have them."""
    shelves = read.shelves_of(read.sources_of(request.user))
    if not shelves:
        raise Http404
    response = HttpResponse(workbook(map(_leaf, shelves)), content_type=XLSX)
    name = content_disposition_header(as_attachment=True, filename=_("业绩库.xlsx"))
    response.headers["Content-Disposition"] = name or ""
    return response


def _leaf(shelf: read.Shelf) -> Leaf:
    columns = {one.known_as: one.label for entry in shelf.entries for one in entry.table.columns}
    lines = []
    for entry in shelf.entries:
        said = {
            one.known_as: words_of(entry.form, one, entry.row.get(one.code))
            for one in entry.table.columns
        }
        sources = "；".join(one.words for one in entry.sources)
        lines.append([*(said.get(name, "") for name in columns), sources])
    return shelf.title, [*columns.values(), _("来源")], lines


def _found(shelf: read.Shelf, wanted: str) -> list[Found]:
    found = [
        Found(
            card_of(entry.form, entry.table, entry.row, number),
            tuple(one.words for one in entry.sources),
            entry.verified,
        )
        for number, entry in enumerate(shelf.entries, start=1)
    ]
    return [one for one in found if one.has(wanted)] if wanted else found
