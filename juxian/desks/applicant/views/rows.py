"""One row of a table: adding it, mending it, taking it out."""

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
from juxian.desks.applicant.asking import Page, raw_of
from juxian.desks.applicant.controls import questions_written
from juxian.desks.applicant.filled import Filled, faults_to_show, filled, version_of
from juxian.desks.applicant.grids import cards_of
from juxian.desks.applicant.own import around, own_or_404, timed
from juxian.desks.common import phrases
from juxian.desks.common.http import SignedInRequest, answer
from juxian.regulation.answers import Fault
from juxian.regulation.form import Field
from juxian.regulation.refusal import Refusal, Stale
from juxian.selectors import application as selected

NEW = "new"


@dataclass(frozen=True, slots=True)
class Said:
    """What the page has to say: faults of what is kept, or a refusal of what was typed."""

    faults: tuple[Fault, ...] = ()
    refusal: Refusal | None = None
    stored: Mapping[str, Any] | None = None


def row(request: SignedInRequest, number: str, section: str, table: str, row: str) -> HttpResponse:
    at = _open_table(request, number, section, table)
    asked = at.table(table)
    kept = _row_or_404(request, at, asked, row)
    if request.method != "POST":
        return _row_page(request, at, asked, kept, Said(faults_to_show(request, at)))
    id_ = secrets.token_hex(8) if row == NEW else row
    typed = {"id": id_, **raw_of(at.form, asked.columns, request.POST, in_row=True)}
    rows = [typed if one.get("id") == row else one for one in at.rows(asked)]
    rows += [typed] if row == NEW else []
    try:
        saved = acts.save_section(
            at.application.pk, section, {table: rows}, by=request.user, version=version_of(request)
        )
    except Refusal as refusal:
        return _row_page(request, at, asked, typed, Said(refusal=refusal, stored=kept))
    return _onward(request, at, asked, id_, saved)


def _onward(
    request: SignedInRequest, at: Filled, table: Field, row: str, saved: acts.Saved
) -> HttpResponse:
    number, section = at.application.number, at.section.code
    if any(fault.path.startswith(f"{table.code}.{row}.") for fault in saved.faults):
        messages.warning(request, _("已保存。有几处需要修改，见下面的提示。"))
        return redirect("applicant:row", number, section, table.code, row)
    if any(one.get("id") == row for one in saved.section.values.get(table.code, ())):
        messages.success(request, phrases.SAVED)
    else:
        messages.warning(request, _("这一条没有填写内容，没有保存。"))
    if request.POST.get("go") == "another":
        return redirect("applicant:row", number, section, table.code, NEW)
    return redirect(_table_address(at, table))


def remove_row(
    request: SignedInRequest, number: str, section: str, table: str, row: str
) -> HttpResponse:
    at = _open_table(request, number, section, table)
    asked = at.table(table)
    card = next((card for card in cards_of(at, asked) if card.id == row), None)
    if card is None:
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST":
        rows = [one for one in at.rows(asked) if one.get("id") != row]
        version = version_of(request)
        try:
            acts.save_section(
                at.application.pk, section, {table: rows}, by=request.user, version=version
            )
        except Refusal as said:
            refusal = said
        else:
            messages.success(request, phrases.DELETED)
            return redirect(_table_address(at, asked))
    context = {"section": at.section, "table": asked, "card": card, "version": at.version}
    page = around(at.application, **context, refusal=refusal)
    return answer(request, "applicant/remove_row.html", page, refused=refusal is not None)


def _table_address(at: Filled, table: Field) -> str:
    address = reverse("applicant:section", args=[at.application.number, at.section.code])
    return f"{address}#t-{table.code}"


def _open_table(request: SignedInRequest, number: str, section: str, table: str) -> Filled:
    """The section, if the table may be changed now; 404 otherwise."""
    application = own_or_404(request, number)
    if not selected.is_with_applicant(application):
        raise Http404
    at = filled(application, section)
    if at.table(table) not in at.open_fields:
        raise Http404
    return at


def _row_or_404(request: HttpRequest, at: Filled, table: Field, row: str) -> dict[str, Any]:
    if row == NEW:
        key = table.columns[0]
        return {key.code: request.GET.get(key.code, "")}
    for one in at.rows(table):
        if one.get("id") == row:
            return one
    raise Http404


def _row_page(
    request: SignedInRequest, at: Filled, table: Field, values: Mapping[str, Any], said: Said
) -> HttpResponse:
    prefix = f"{table.code}.{values.get('id', '')}."
    faults = tuple(fault for fault in said.faults if fault.path.startswith(prefix))
    is_stale = isinstance(said.refusal, Stale)
    page = Page(
        at.form,
        values,
        faults,
        prefix=prefix,
        stored=said.stored if is_stale else None,
        siblings=table.columns,
    )
    context = {
        "section": at.section,
        "table": table,
        "questions": questions_written(page.questions(table.columns), at.application.number),
        "faults": faults,
        "asked": at.asked,
        "linked": [(fault, f"#f-{fault.path.rpartition('.')[2]}") for fault in faults],
        "refusal": said.refusal,
        "is_stale": is_stale,
        "is_new": "id" not in values,
        "may_add": not table.one_row_each and len(at.rows(table)) + 1 < table.rows_max,
        "version": at.version,
    }
    around_it = around(at.application, **context, **timed(at.application))
    return answer(request, "applicant/row.html", around_it, refused=said.refusal is not None)
