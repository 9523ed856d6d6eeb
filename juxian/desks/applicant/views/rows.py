"""One row of a table: adding it, mending it, taking it out. And a table alone, for the script."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from juxian.actions import application as acts
from juxian.desks.applicant import stamps
from juxian.desks.applicant.asking import Page, raw_of
from juxian.desks.applicant.beginning import earlier_answers, first_answers
from juxian.desks.applicant.controls import is_whole, questions_written, whole_page
from juxian.desks.applicant.filled import (
    Filled,
    faults_to_show,
    filled,
    version_in,
    version_of,
)
from juxian.desks.applicant.grids import Focus, cards_of
from juxian.desks.applicant.own import around, filled_or_404, timed
from juxian.desks.applicant.removed import Removed, forget, remember
from juxian.desks.applicant.studies import placed
from juxian.desks.applicant.views import keeping
from juxian.desks.applicant.views.ordering import INLINE, table_address, table_part
from juxian.desks.common import held, phrases
from juxian.desks.common.http import SignedInRequest, answer
from juxian.desks.common.late import AUTO, filled_in
from juxian.regulation.answers import Fault
from juxian.regulation.cleaning import ROW_ID
from juxian.regulation.form import Field
from juxian.regulation.refusal import Refusal, Stale
from juxian.selectors import application as selected
from juxian.selectors.facts import unsealed

NEW = "new"


@dataclass(frozen=True, slots=True)
class Said:
    """What the page has to say: faults of what is kept, or a refusal of what was typed."""

    faults: tuple[Fault, ...] = ()
    refusal: Refusal | None = None
    brought: held.Held | None = None


def table(request: SignedInRequest, number: str, section: str, table: str) -> HttpResponse:
    at = open_table(request, number, section, table)
    return table_part(request, at, at.table(table))


@filled_in
def row(request: SignedInRequest, number: str, section: str, table: str, row: str) -> HttpResponse:
    application = filled_or_404(request, number)
    at = filled(application, section)
    asked = at.table(table)
    is_open = selected.is_with_applicant(application) and asked in at.open_fields
    if request.method == "POST":
        return _send(request, at, asked, row, is_open=is_open)
    if not is_open:
        raise Http404
    return _read(request, at, asked, row)


def _send(
    request: SignedInRequest, at: Filled, table: Field, row: str, *, is_open: bool
) -> HttpResponse:
    id_ = _id_of(request, row)
    typed = {"id": id_, **raw_of(at.form, table.columns, request.POST, in_row=True)}

    after = request.GET.get("copy", "")

    def made(now: Filled) -> dict[str, Any]:
        return {table.code: _with(now, table, typed, after=after)}

    if not is_open:
        return keeping.closed(request, at, made(at))
    if request.POST.get("go") == keeping.MERGE:
        return keeping.compare(request, at, made(at))
    by_itself = request.POST.get("go") == AUTO
    try:
        saved = keeping.keep(request, at.application, at.section.code, made(at), made)
    except Refusal as refusal:
        if by_itself:
            return keeping.not_kept(at.application, refusal)
        return _refused(request, at, table, typed, refusal)
    if by_itself:
        return _kept_by_itself(request, at, table, id_, saved)
    forget(request)
    return _onward(request, at, table, id_, saved)


def _refused(
    request: SignedInRequest, at: Filled, table: Field, typed: dict[str, Any], refusal: Refusal
) -> HttpResponse:
    if not isinstance(refusal, Stale):
        return _row_page(request, at, table, typed, Said(refusal=refusal))
    now = filled(at.application, at.section.code)
    rows = _with(now, table, typed, after=request.GET.get("copy", ""))
    return keeping.compare(request, now, {table.code: rows})


def _read(request: SignedInRequest, at: Filled, table: Field, row: str) -> HttpResponse:
    """As saved; or with what had been typed when the session ended, still to be saved."""
    brought = held.brought(request)
    if brought is None:
        kept = _row_or_404(request, at, table, row)
        return _row_page(request, at, table, kept, Said(faults_to_show(request, at)))
    raw = raw_of(at.form, table.columns, brought.typed, in_row=True)
    id_ = {} if row == NEW else {"id": row}
    return _row_page(request, at, table, id_ | raw, Said(brought=brought))


def _id_of(request: HttpRequest, row: str) -> str:
    """A new row has its id from its page, so that it is one row however often it is sent."""
    given = request.POST.get("row", "")
    if row != NEW:
        return row
    return given if ROW_ID.fullmatch(given) else secrets.token_hex(8)


def _with(at: Filled, table: Field, typed: dict[str, Any], *, after: str) -> list[dict[str, Any]]:
    """The row in its place; a new one behind the one that it is a copy of, or where it belongs."""
    rows = at.rows(table)
    ids = [one.get("id") for one in rows]
    if typed["id"] in ids:
        return [typed if one.get("id") == typed["id"] else one for one in rows]
    place = ids.index(after) + 1 if after in ids else placed(at, table, rows, typed)
    return [*rows[:place], typed, *rows[place:]]


def _kept_by_itself(
    request: SignedInRequest, at: Filled, table: Field, row: str, saved: acts.Saved
) -> HttpResponse:
    rows = saved.section.values.get(table.code) or []
    is_there = any(one.get("id") == row for one in rows)
    here = [at.application.number, at.section.code, table.code, row]
    base = stamps.row_stamps(table, unsealed(rows), row)
    address = reverse("applicant:row", args=here) if is_there else ""
    return keeping.kept_by_itself(request, saved.section, base, here=address)


def _onward(
    request: SignedInRequest, at: Filled, table: Field, row: str, saved: acts.Saved
) -> HttpResponse:
    if any(fault.path.startswith(f"{table.code}.{row}.") for fault in saved.faults):
        messages.warning(request, _("已保存。有几处需要修改，见下面的提示。"))
        return redirect(_row_address(request, at, table, row))
    if any(one.get("id") == row for one in saved.section.values.get(table.code, ())):
        messages.success(request, phrases.SAVED)
    else:
        messages.warning(request, _("这一条没有填写内容，没有保存。"))
    if request.POST.get("go") == "another" and INLINE not in request.POST:
        return redirect(_row_address(request, at, table, NEW))
    return redirect(table_address(request, at, table, Focus(row, "edit")))


def _row_address(request: SignedInRequest, at: Filled, table: Field, row: str) -> str:
    args = [at.application.number, at.section.code, table.code, row]
    query = f"?{INLINE}=1" if INLINE in request.POST else ""
    return reverse("applicant:row", args=args) + query


def remove_row(
    request: SignedInRequest, number: str, section: str, table: str, row: str
) -> HttpResponse:
    at = open_table(request, number, section, table)
    asked = at.table(table)
    card = next((card for card in cards_of(at, asked) if card.id == row), None)
    if card is None:
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST":
        kept, place = at.rows(asked), card.number - 1
        rows = [one for one in kept if one.get("id") != row]
        version = version_of(request)
        try:
            acts.save_section(
                at.application.pk, section, {table: rows}, by=request.user, version=version
            )
        except Refusal as said:
            refusal = said
        else:
            remember(request, at, asked, Removed(kept[place], place))
            return redirect(table_address(request, at, asked, Focus(by="undo")))
    context = {"section": at.section, "table": asked, "card": card, "version": at.version}
    page = around(at.application, **context, refusal=refusal)
    return answer(request, "applicant/remove_row.html", page, refused=refusal is not None)


def open_table(request: SignedInRequest, number: str, section: str, table: str) -> Filled:
    """The section, if the table may be changed now; 404 otherwise."""
    application = filled_or_404(request, number)
    if not selected.is_with_applicant(application):
        raise Http404
    at = filled(application, section)
    if at.table(table) not in at.open_fields:
        raise Http404
    return at


def _row_or_404(request: HttpRequest, at: Filled, table: Field, row: str) -> dict[str, Any]:
    """A row that is there; for a new one what it begins with: its key, or another row's answers."""
    wanted = request.GET.get("copy", "") if row == NEW else row
    if not wanted:
        key = table.columns[0].code
        return {key: request.GET[key]} if key in request.GET else first_answers(at, table)
    for one in at.rows(table):
        if one.get("id") == wanted:
            return {name: one[name] for name in one if row != NEW or name != "id"}
    raise Http404


def _new_id(said: Said) -> str:
    given = said.brought.typed.get("row", "") if said.brought else ""
    return given if ROW_ID.fullmatch(given) else secrets.token_hex(8)


def _row_page(
    request: SignedInRequest, at: Filled, table: Field, values: Mapping[str, Any], said: Said
) -> HttpResponse:
    is_inline = INLINE in request.GET or INLINE in request.POST
    anchor = "r" if is_inline else "f"  # the section's own controls stand on the same page
    prefix = f"{table.code}.{values.get('id', '')}."
    faults = tuple(fault for fault in said.faults if fault.path.startswith(prefix))
    id_ = str(values.get("id") or _new_id(said))
    before = said.brought.typed if said.brought else None
    base = stamps.written(stamps.row_stamps(table, at.rows(table), id_))
    earlier = earlier_answers(at, table)
    page = Page(
        at.form,
        values,
        faults,
        prefix=prefix,
        listed=frozenset(one.code for one in earlier),
        anchor=anchor,
        siblings=table.columns,
        whole=is_whole(request),
    )
    questions = page.questions(table.columns)
    context = {
        "section": at.section,
        "table": table,
        "questions": questions_written(questions, at.application.number),
        "whole_page": whole_page(request, questions),
        "earlier": [(f"{anchor}-{one.code}-earlier", one.answers) for one in earlier],
        "faults": faults,
        "asked": at.asked,
        "linked": [(fault, f"#{anchor}-{fault.path.rpartition('.')[2]}") for fault in faults],
        "refusal": said.refusal,
        "row": id_,
        "base": before.get("base", "") if before is not None else base,
        "sealed": [column.code for column in table.columns if column.sealed],
        "brought": said.brought,
        "is_unsaved": before is not None or said.refusal is not None,
        "is_new": "id" not in values,
        "is_copy": "copy" in request.GET and "id" not in values,
        "may_add": not table.one_row_each and len(at.rows(table)) + 1 < table.rows_max,
        "version": at.version if before is None else version_in(before),
    }
    template = "applicant/row_part.html" if is_inline else "applicant/row.html"
    page_around = {} if is_inline else timed(at.application)
    around_it = around(at.application, **context, **page_around)
    return answer(request, template, around_it, refused=said.refusal is not None)
