"""The experts of an evaluation as rows of its form: who came, who keeps out, who gave what."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juxian.actions.evaluation import ExpertEntry
from juxian.records.models import ProceedingMember
from juxian.regulation.names import name_key
from juxian.regulation.recusal import DECLARED, declared_in
from juxian.selectors.proceeding import Docket

MOST_EXPERTS = 99
EXPERT_FIELDS = {
    "name": (_("姓名"), 100),
    "employer": (_("工作单位"), 100),
    "title": (_("职称、职务"), 100),
    "speciality": (_("专业"), 100),
    "arrival": (_("签到时间或缺席原因"), 100),
    "kept_out": (_("须回避的人选"), 200),
}
EXPERT_COLUMNS = {
    "name": _("姓名"),
    "employer": _("工作单位"),
    "title": _("职称、职务"),
    "speciality": _("专业"),
    "present": _("到会"),
    "arrival": _("签到时间（缺席原因）"),
    "kept_out": _("须回避的人选"),
}
PLAIN = ("name", "employer", "title", "speciality")
CLOCK = re.compile(r"([01]?\d|2[0-3])[:：.]([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Candidates:
    """Those on the list by name, to read whom an expert keeps out of."""

    by_name: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, docket: Docket) -> "Candidates":
        found: dict[str, tuple[int, ...]] = {}
        for row in docket.rows:
            key = name_key(row.item.application.name)
            found[key] = (*found.get(key, ()), row.item.application_id)
        return cls(found)

    def kept_out(self, text: str) -> dict[int, str]:
        """Relations by application; names that are not on the list are left out."""
        return {
            application: relation
            for name, relation in declared_in(text)
            for application in self.by_name.get(name_key(name), ())
        }

    def strangers(self, text: str) -> list[str]:
        return [name for name, _r in declared_in(text) if name_key(name) not in self.by_name]


def add_expert(fields: dict[str, forms.Field], number: int) -> None:
    for name, (label, limit) in EXPERT_FIELDS.items():
        fields[f"expert-{number}-{name}"] = forms.CharField(
            label=_("第%(number)d位专家的%(label)s") % {"number": number + 1, "label": label},
            max_length=limit,
            required=False,
        )
    fields[f"expert-{number}-name"].widget.attrs["list"] = "known-experts"
    fields[f"expert-{number}-present"] = forms.BooleanField(label=_("到会"), required=False)


def entry_in(
    given: Mapping[str, Any], number: int, candidates: Candidates, applications: Iterable[int]
) -> ExpertEntry:
    """The row as typed or cleaned; what cannot be read is left out, see `faults_in`."""
    said = {name: _text(given, f"expert-{number}-{name}") for name in EXPERT_FIELDS}
    present = bool(given.get(f"expert-{number}-present"))
    scores = {pk: read_score(_text(given, f"score-{pk}-{number}")) for pk in applications}
    return ExpertEntry(
        name=said["name"],
        employer=said["employer"],
        title=said["title"],
        speciality=said["speciality"],
        is_present=present,
        signed_in_at=read_clock(said["arrival"]) if present else None,
        absence="" if present else said["arrival"],
        kept_out=candidates.kept_out(said["kept_out"]),
        scores={pk: score for pk, score in scores.items() if score is not None},
    )


def faults_in(
    given: Mapping[str, Any], number: int, candidates: Candidates
) -> Iterator[tuple[str, str]]:
    """What cannot be read in the row: the field, and what to write there."""
    arrival = _text(given, f"expert-{number}-arrival")
    if given.get(f"expert-{number}-present") and arrival and read_clock(arrival) is None:
        yield "arrival", gettext("到会的填签到时间，如 10:05；没有到会的，去掉“到会”的勾选")
    strangers = candidates.strangers(_text(given, f"expert-{number}-kept_out"))
    if strangers:
        said = gettext("名单上没有%(names)s；请写人选的姓名，关系写在括号里")
        yield "kept_out", said % {"names": "、".join(strangers)}


def read_clock(text: str) -> time | None:
    found = CLOCK.fullmatch(text.replace(" ", ""))
    return time(int(found[1]), int(found[2])) if found else None


def read_score(text: str) -> Decimal | None:
    """To two places at most; None for nothing, and for what is no score."""
    if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def experts_as_initial(docket: Docket) -> dict[str, object]:
    """The rows as recorded; a row beyond them is of somebody who came."""
    values: dict[str, object] = {f"expert-{n}-present": True for n in range(MOST_EXPERTS)}
    names = {row.item.pk: row.item.application for row in docket.rows}
    for number, expert in enumerate(docket.experts):
        values |= filled(number, expert)
        values[f"expert-{number}-present"] = expert.is_present
        clock = expert.signed_in_at
        values[f"expert-{number}-arrival"] = f"{clock:%H:%M}" if clock else expert.absence
        marks = [mark for mark in expert.marks.all() if mark.item_id in names]
        values[f"expert-{number}-kept_out"] = "、".join(
            f"{names[mark.item_id].name}（{DECLARED[mark.relation]}）"
            for mark in marks
            if mark.relation in DECLARED
        )
        for mark in marks:
            values[f"score-{names[mark.item_id].pk}-{number}"] = mark.score
    return values


def filled(number: int, expert: ProceedingMember) -> dict[str, object]:
    """Who the expert is, as the values of a row."""
    return {f"expert-{number}-{name}": getattr(expert, name) for name in PLAIN}


def with_panel(typed: Mapping[str, Any], experts: Sequence[ProceedingMember]) -> dict[str, Any]:
    """What is typed, and below it the experts of an earlier sitting who are not yet named."""
    known = {_text(typed, f"expert-{n}-name") for n in range(MOST_EXPERTS)}
    last = max((n for n in range(MOST_EXPERTS) if _text(typed, f"expert-{n}-name")), default=-1)
    coming = [expert for expert in experts if expert.name not in known]
    brought: dict[str, Any] = dict(typed)
    for number, expert in enumerate(coming[: MOST_EXPERTS - last - 1], start=last + 1):
        brought |= filled(number, expert)
        brought[f"expert-{number}-present"] = "on"
    return brought


def _text(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name) or "").strip()
