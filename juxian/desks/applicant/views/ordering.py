"""What a table's own buttons do besides leading to a row: its order, none at all, a row come back.

They are part of the section's form, so that what stands on the page is saved with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from juxian.desks.applicant import stamps
from juxian.desks.applicant.filled import Filled, faults_to_show
from juxian.desks.applicant.grids import NOWHERE, Around, Focus, dated_by, grid_of, in_time
from juxian.desks.applicant.own import around as around_page
from juxian.desks.applicant.removed import forget, remembered
from juxian.desks.applicant.studies import studies_of, with_studies
from juxian.desks.common.http import SignedInRequest, answer
from juxian.regulation.form import Field, FieldKind

STEPS = {"up": -1, "down": 1}
ACTS = (*STEPS, "sort", "none", "undo", "studies")
INLINE = "inline"  # what the page's script adds to what it sends, and is answered with a part


@dataclass(frozen=True, slots=True)
class Arranged:
    """A table's rows as a button leaves them, and what to tell of it."""

    table: Field
    rows: list[dict[str, Any]]
    said: str = ""
    focus: Focus = NOWHERE

    @property
    def raw(self) -> dict[str, Any]:
        """As the section is saved with it."""
        return {self.table.code: self.rows}


def arranged(request: SignedInRequest, at: Filled) -> Arranged | None:
    """By the button that was pressed: "up:awards/<row>", "sort:awards"; None for any other."""
    act, _colon, place = request.POST.get("go", "").partition(":")
    if act not in ACTS:
        return None
    code, _slash, row = place.partition("/")
    table = at.table(code)
    if table not in at.open_fields:
        raise Http404
    if act in STEPS:
        return _moved(at, table, row, act)
    if act == "undo":
        return _brought_back(request, at, table)
    if act == "studies":
        return _with_studies(at, table)
    return _in_time(at, table) if act == "sort" else _none(at, table)


def _moved(at: Filled, table: Field, row: str, by: str) -> Arranged:
    rows = at.rows(table)
    place = next((n for n, one in enumerate(rows) if one.get("id") == row), None)
    if place is None:
        raise Http404
    to = place + STEPS[by]
    if not 0 <= to < len(rows):
        return Arranged(table, rows, focus=Focus(row, "edit"))
    rows.insert(to, rows.pop(place))
    way = _("已上移") if by == "up" else _("已下移")
    said = _("%(way)s，现在是第 %(number)d 条。") % {"way": way, "number": to + 1}
    turned = {0: "down", len(rows) - 1: "up"}  # at an end, only the other way is left
    return Arranged(table, rows, said, Focus(row, turned.get(to, by)))


def _in_time(at: Filled, table: Field) -> Arranged:
    rows, by = at.rows(table), dated_by(table)
    if by is None:
        return Arranged(table, rows)
    ordered = [dict(row) for row in in_time(rows, by)]
    said = _("已按“%(label)s”排序，打印时也是这个顺序。") % {"label": by.label}
    return Arranged(table, ordered, said, Focus(by="sort"))


def _none(at: Filled, table: Field) -> Arranged:
    """An empty table that has been answered; where there are rows, nothing is taken away."""
    said = _("已记下：没有%(label)s。") % {"label": table.label}
    rows = at.rows(table)
    return Arranged(table, rows, "" if rows else said)


def _with_studies(at: Filled, table: Field) -> Arranged:
    studies = studies_of(at, table)
    said = _("已从学历学位带入 %(count)d 条，请核对。") % {"count": len(studies)}
    return Arranged(table, with_studies(at.rows(table), studies), said if studies else "")


def _brought_back(request: SignedInRequest, at: Filled, table: Field) -> Arranged:
    removed, rows = remembered(request, at, table), at.rows(table)
    if removed is None or any(row.get("id") == removed.row.get("id") for row in rows):
        return Arranged(table, rows)
    rows.insert(removed.place, removed.row)
    row = str(removed.row.get("id", ""))
    return Arranged(table, rows, _("已撤销删除，回到原来的位置。"), Focus(row, "edit"))


def after_arranging(request: SignedInRequest, at: Filled, done: Arranged) -> HttpResponse:
    """Once it is saved: back to the table, with the keyboard where it was."""
    forget(request)
    if done.said:
        messages.success(request, done.said)
    return redirect(table_address(request, at, done.table, done.focus))


def table_address(
    request: SignedInRequest, at: Filled, table: Field, focus: Focus = NOWHERE
) -> str:
    """The table on its section's page; for the page's script, the table alone.

    Browsers give the keyboard to what a fragment names, with scripts and without.
    """
    args = [at.application.number, at.section.code]
    if INLINE not in request.POST and INLINE not in request.GET:
        return f"{reverse('applicant:section', args=args)}#{focus.anchor(table.code)}"
    address = reverse("applicant:table", args=[*args, table.code])
    told = {name: value for name, value in (("row", focus.row), ("by", focus.by)) if value}
    return f"{address}?{urlencode({INLINE: 1, **told})}"


def shown_around(request: SignedInRequest, at: Filled) -> Around:
    """What the request says of where the keyboard is, and the session of a row taken out."""
    tables = [asked for asked in at.section.fields if asked.kind is FieldKind.ROWS]
    removed: Mapping[str, Mapping[str, Any]] = {
        table.code: kept.row for table in tables if (kept := remembered(request, at, table))
    }
    return Around(
        focus=Focus(request.GET.get("row", ""), request.GET.get("by", "")), removed=removed
    )


def table_part(request: SignedInRequest, at: Filled, table: Field) -> HttpResponse:
    """The table alone, for the page's script; who comes by its address is led to the page."""
    if INLINE not in request.GET:
        return redirect(table_address(request, at, table))
    around = replace(shown_around(request, at), faults=faults_to_show(request, at))
    base = stamps.written(stamps.stamps_of(at.section.fields, at.values))
    context = {"section": at.section, "grid": grid_of(at, table, around)}
    context |= {"version": at.version, "base": base}
    page = around_page(at.application, **context)
    return answer(request, "applicant/table_part.html", page)
