"""Bringing what was filled in before into a draft, and taking it out again (带入、撤销带入)."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.application import own, paths_open, save_section
from juxian.actions.trace import leave
from juxian.records.models import Application, Person, Section
from juxian.records.packs import pack_of
from juxian.regulation.cleaning import Values, rows_of
from juxian.regulation.portfolio import Part
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.selectors.facts import unsealed
from juxian.selectors.portfolio import (
    Choice,
    Mark,
    choices_for,
    plan_of,
    source_numbered,
    sources_of,
)


@dataclass(frozen=True, slots=True)
class Brought:
    fields: int
    rows: int


@transaction.atomic
def bring(application_id: int, number: str, *, by: Person) -> Brought:
    """All that the earlier application of that number can give; a repeated call brings nothing.

    What is filled stays as it is. NotReady when there is nothing to bring.
    """
    application = own(application_id, by)
    _check_drafting(application)
    source = source_numbered(by, number, application)
    if source is None:
        raise NotPossible(_("没有这份以前的申报"))
    parts = plan_of(application, source)
    for part in parts:
        if not part.is_empty:
            _bring_part(application, part, source.mark, by)
    brought = Brought(sum(len(p.values) for p in parts), sum(p.row_count for p in parts))
    if not (brought.fields or brought.rows):
        raise NotReady(_("没有可以带入的内容：能带入的都已经填写"))
    leave(
        "bring",
        application,
        by=by,
        source=source.number,
        fields=brought.fields,
        rows=brought.rows,
    )
    return brought


@transaction.atomic
def bring_entries(
    application_id: int, section: str, table: str, ids: Iterable[str], *, by: Person, version: int
) -> int:
    """The picked entries of the portfolio, behind the rows that are there; how many came.

    Stale when the section was saved after `version` was read; NotReady for none, or too many.
    """
    application = own(application_id, by)
    form = pack_of(application.cycle).form.for_track(application.track)
    asked = form.section(section).field(table)
    there = rows_of(_values(application, section), table)
    wanted = set(ids)
    found = choices_for(sources_of(by, application), form, asked, there)
    picked = [one for one in found if one.entry.id in wanted and not one.is_there]
    room = max(asked.rows_max - len(there), 0)
    if not picked:
        raise NotReady(_("请至少勾选一条"))
    if len(picked) > room:
        facts = {"most": asked.rows_max, "room": room, "over": len(picked) - room}
        raise NotReady(_("最多填写%(most)d条，还可以带入%(room)d条，请取消勾选%(over)d条") % facts)
    rows = [_with_id(one.values) for one in picked]
    save_section(application.pk, section, {table: [*there, *rows]}, by=by, version=version)
    _mark(application, section, _marks_of(table, rows, picked))
    leave("bring", application, by=by, section=section, rows=len(rows))
    return len(rows)


@transaction.atomic
def take_out(application_id: int, *, by: Person) -> Brought:
    """Blank again all that was brought and is still as it came; what was changed since stays."""
    application = own(application_id, by)
    _check_drafting(application)
    fields = rows = 0
    for section in Section.objects.filter(application=application).exclude(sources={}):
        values = unsealed(section.values)
        raw = _without(values, section.sources)
        fields += sum("." not in path for path in section.sources)
        rows += sum("." in path for path in section.sources)
        save_section(application.pk, section.code, raw, by=by, version=section.version)
    if not (fields or rows):
        raise NotReady(_("没有可以撤销的带入内容"))
    leave("take_out", application, by=by, fields=fields, rows=rows)
    return Brought(fields, rows)


def _check_drafting(application: Application) -> None:
    if paths_open(application) is not None:
        raise NotPossible(_("退回修改时只改退回的内容，不能整份带入"))


def _bring_part(application: Application, part: Part, mark: Mark, by: Person) -> None:
    code = part.section.code
    row = Section.objects.filter(application=application, code=code).first()
    before = unsealed(row.values) if row else {}
    raw: dict[str, Any] = dict(part.values)
    marks = dict.fromkeys(part.values, mark)
    for table, found in part.rows.items():
        if found:
            rows = [_with_id(one) for one in found]
            raw[table] = [*rows_of(before, table), *rows]
            marks |= {f"{table}.{one['id']}": mark for one in rows}
    save_section(application.pk, code, raw, by=by, version=row.version if row else 0)
    _mark(application, code, marks)


def _mark(application: Application, code: str, marks: Mapping[str, Mark]) -> None:
    section = Section.objects.get(application=application, code=code)
    section.sources = section.sources | dict(marks)
    section.save(update_fields=["sources"])


def _marks_of(table: str, rows: Sequence[Values], picked: Sequence[Choice]) -> dict[str, Mark]:
    both = zip(rows, picked, strict=True)
    return {f"{table}.{row['id']}": one.entry.sources[0].mark for row, one in both}


def _with_id(values: Values) -> Values:
    return {"id": secrets.token_hex(8), **values}


def _values(application: Application, code: str) -> Values:
    row = Section.objects.filter(application=application, code=code).first()
    return unsealed(row.values) if row else {}


def _without(values: Values, marks: Mapping[str, Any]) -> dict[str, Any]:
    """The section's answers as they are saved without the marked ones."""
    raw: dict[str, Any] = {path: "" for path in marks if "." not in path}
    for table in {path.partition(".")[0] for path in marks if "." in path}:
        rows = rows_of(values, table)
        raw[table] = [row for row in rows if f"{table}.{row['id']}" not in marks]
    return raw
