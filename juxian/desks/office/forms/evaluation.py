"""An evaluation as recorded from paper: the sitting, the experts, the votes on each candidate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juxian.actions.evaluation import CandidateTally, ExpertEntry, Sitting
from juxian.desks.common.forms import Day, PlainForm
from juxian.records.models import Proceeding, ProceedingItem, ProceedingMember
from juxian.regulation.refusal import NotReady, Refusal
from juxian.regulation.tally import Papers, Tally, check_papers
from juxian.selectors.phrases import METHODS, said
from juxian.selectors.proceeding import Docket, Row, Verdict, verdict_on

FEWEST_ROWS = 7
SPARE_ROWS = 2
MOST_EXPERTS = 99
FIGURES = ("ayes", "nays", "abstained", "recused")
SPOILED = ("void", "unreturned")
PAPERS = ("issued", "returned", "valid")
FIGURE_LABELS = {
    "ayes": _("同意"),
    "nays": _("反对"),
    "abstained": _("弃权"),
    "recused": _("回避"),
    "void": _("废票"),
    "unreturned": _("未收回"),
}
EXPERT_FIELDS = {
    "name": (_("姓名"), 100),
    "employer": (_("工作单位"), 100),
    "title": (_("职称、职务"), 100),
    "speciality": (_("专业"), 100),
}


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One candidate's controls and what the figures come to so far."""

    row: Row
    figures: tuple[forms.BoundField, ...]
    opinion: forms.BoundField
    verdict: Verdict | None
    refusal: str

    @property
    def errors(self) -> list[str]:
        return [
            f"{field.label}：{error}"
            for field in (*self.figures, self.opinion)
            for error in field.errors
        ]


class Count(forms.IntegerField):
    """How many votes or papers."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=MOST_EXPERTS,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={"required": _("请填写票数"), "invalid": _("请填写数字")},
            **facts,
        )


class EvaluationForm(PlainForm):
    """Experts are rows `expert-<n>-…`, blank ones skipped; votes are `<application>-…`.

    `typed` are posted values to go on with, not yet to be checked.
    """

    held_on = Day(label=_("评议日期"))
    place = forms.CharField(label=_("地点"), max_length=200)
    method = forms.ChoiceField(label=_("方式"), choices=[(m, m) for m in METHODS.values()])
    chair = forms.CharField(label=_("组长（主持人）"), max_length=100)
    issued = Count(
        label=_("发出选票（张）"), required=False, help_text=_("不填，即到会专家每人一张。")
    )
    returned = Count(label=_("收回选票（张）"), required=False, help_text=_("不填，即全部收回。"))
    valid = Count(
        label=_("有效选票（张）"), required=False, help_text=_("不填，即收回的全部有效。")
    )

    def __init__(
        self,
        *args: Any,
        docket: Docket,
        experts: int = 0,
        typed: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(*args, **facts)
        self.docket = docket
        self.typed = self.data if self.is_bound else typed
        known = max(len(docket.experts) + SPARE_ROWS, FEWEST_ROWS, experts)
        self.expert_rows = range(min(known, MOST_EXPERTS))
        self.refusals: dict[str, str] = {}
        self._add_experts()
        self._add_tallies()

    def _add_experts(self) -> None:
        for number in self.expert_rows:
            for name, (label, limit) in EXPERT_FIELDS.items():
                self.fields[f"expert-{number}-{name}"] = forms.CharField(
                    label=_("第%(number)d位专家的%(label)s")
                    % {"number": number + 1, "label": label},
                    max_length=limit,
                    required=False,
                )
            self.fields[f"expert-{number}-present"] = forms.BooleanField(
                label=_("到会"), required=False
            )

    def _add_tallies(self) -> None:
        for row in self.docket.rows:
            application = row.item.application_id
            for name in (*FIGURES, *SPOILED):
                self.fields[f"{application}-{name}"] = Count(
                    label=FIGURE_LABELS[name], required=name in FIGURES
                )
            self.fields[f"{application}-opinion"] = forms.CharField(
                label=_("评议意见"), max_length=100, required=False
            )

    def refused(self, refusal: Refusal) -> None:
        """A fault stands beside the field that it names, or in the row of the candidate."""
        faults = refusal.faults if isinstance(refusal, NotReady) else ()
        self.refusals = dict(faults)
        for place, sentence in faults:
            if place in PAPERS:
                self.add_error(place, sentence)
        self.add_error(None, str(refusal))

    @property
    def experts(self) -> Iterator[dict[str, forms.BoundField]]:
        for number in self.expert_rows:
            names = (*EXPERT_FIELDS, "present")
            yield {name: self[f"expert-{number}-{name}"] for name in names}

    @property
    def sitting(self) -> Sitting:
        given = self.cleaned_data
        entries = self._entries(given)
        papers = papers_in(given, sum(entry.is_present for entry in entries))
        return Sitting(
            given["held_on"], given["place"], given["method"], given["chair"], entries, papers
        )

    @property
    def tallies(self) -> dict[int, CandidateTally]:
        papers = self.sitting.counted
        keys = [row.item.application_id for row in self.docket.rows]
        return {pk: self._tally_of(pk, papers) for pk in keys}

    def _tally_of(self, application: int, papers: Papers) -> CandidateTally:
        given = self.cleaned_data
        ayes, nays, abstained, recused = (given[f"{application}-{name}"] for name in FIGURES)
        opinion = given[f"{application}-opinion"]
        spoiled = _spoiled(given, application, papers)
        return CandidateTally(ayes, nays, abstained, recused, opinion, *spoiled)

    @property
    def tally_rows(self) -> Iterator[TallyRow]:
        verdicts = self.verdicts
        for row in self.docket.rows:
            pk = row.item.application_id
            yield TallyRow(
                row=row,
                figures=tuple(self[f"{pk}-{name}"] for name in (*FIGURES, *SPOILED)),
                opinion=self[f"{pk}-opinion"],
                verdict=verdicts.get(pk),
                refusal=self.refusals.get(str(pk), ""),
            )

    @property
    def attendance(self) -> tuple[int, int]:
        """Members named and those present, as typed so far, or as recorded."""
        if self.typed is not None:
            entries = self._entries(self.typed)
            return len(entries), sum(entry.is_present for entry in entries)
        proceeding = self.docket.proceeding
        return proceeding.members or 0, proceeding.present or 0

    @property
    def papers(self) -> Papers | None:
        """The papers as typed so far, or as recorded, what was left out filled in."""
        if self.typed is None:
            return self.docket.proceeding.papers
        return papers_in(self.typed, self.attendance[1])

    @property
    def papers_amiss(self) -> str:
        """Why the papers typed so far do not add up; empty as long as they do."""
        found = check_papers(self.papers, self.attendance[1]) if self.papers else ()
        return next((sentence for _place, sentence in found), "")

    @property
    def verdicts(self) -> dict[int, Verdict]:
        """Live arithmetic, whatever else is still missing; rows without figures have none."""
        rule = self.docket.rule
        if self.typed is None or rule is None:
            return self.docket.verdicts
        if self.papers_amiss:
            return {}
        members, present = self.attendance
        papers = papers_in(self.typed, present)
        figures = {
            row.item.application_id: _tally(self.typed, row.item.application_id, papers)
            for row in self.docket.rows
        }
        return {
            pk: verdict_on(rule, members, present, tally)
            for pk, tally in figures.items()
            if tally is not None
        }

    def _entries(self, given: Mapping[str, Any]) -> tuple[ExpertEntry, ...]:
        entries = (_expert(given, number) for number in self.expert_rows)
        return tuple(entry for entry in entries if entry.name or entry.employer)


def _expert(given: Mapping[str, Any], number: int) -> ExpertEntry:
    name, employer, title, speciality = (
        str(given.get(f"expert-{number}-{field}") or "").strip() for field in EXPERT_FIELDS
    )
    present = bool(given.get(f"expert-{number}-present"))
    return ExpertEntry(name, employer, title, speciality, present)


def as_typed(posted: Mapping[str, Any]) -> dict[str, object]:
    """Posted values as initial ones: nothing is lost, nothing is found wrong yet."""
    ticked = {f"expert-{n}-present": False for n in _posted_rows(posted)}
    return {**_experts(), **ticked, **{name: posted[name] for name in posted}}


def _posted_rows(posted: Mapping[str, Any]) -> list[int]:
    return [n for n in range(MOST_EXPERTS) if f"expert-{n}-name" in posted]


def rows_in(posted: Mapping[str, Any]) -> int:
    return len(_posted_rows(posted))


def _tally(typed: Mapping[str, Any], application: int, papers: Papers) -> Tally | None:
    """None while a figure is missing or is no number."""
    figures = [_number(typed, f"{application}-{name}") for name in FIGURES]
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(FIGURES):
        return None
    ayes, nays, abstained, recused = known
    return Tally(ayes, nays, abstained, recused, *_spoiled(typed, application, papers))


def papers_in(given: Mapping[str, Any], present: int) -> Papers:
    """The papers as typed; what is left out means that nothing was held back, lost or spoiled."""
    issued = _or(_number(given, "issued"), present)
    returned = _or(_number(given, "returned"), issued)
    return Papers(issued, returned, issued - returned, _or(_number(given, "valid"), returned))


def _spoiled(given: Mapping[str, Any], application: int, papers: Papers) -> tuple[int, int]:
    """Void and not returned; what is left out is that of the whole sitting."""
    void, unreturned = (_number(given, f"{application}-{name}") for name in SPOILED)
    return _or(void, papers.returned - papers.valid), _or(unreturned, papers.unreturned)


def _number(given: Mapping[str, Any], name: str) -> int | None:
    """Typed or cleaned; None for nothing, and for what is no number."""
    text = str(given.get(name, "")).strip()
    return int(text) if text.isdecimal() else None


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


def as_recorded(docket: Docket) -> dict[str, object]:
    """The form's initial values: what is on record, or a fresh sheet with everybody present."""
    proceeding = docket.proceeding
    initial: dict[str, object] = {
        "held_on": proceeding.held_on,
        "place": proceeding.place,
        "method": proceeding.method or said(METHODS, "meeting"),
        "chair": proceeding.chair,
    }
    initial |= _experts(*docket.experts)
    initial |= _papers(proceeding)
    for row in docket.rows:
        for name in FIGURES:
            initial[f"{row.item.application_id}-{name}"] = getattr(row.item, name)
        initial |= _spoiled_recorded(row.item, proceeding.papers)
        initial[f"{row.item.application_id}-opinion"] = row.item.opinion
    return initial


def _papers(proceeding: Proceeding) -> dict[str, object]:
    """What is left out where it says nothing of its own; see `papers_in`."""
    assumed = {
        "issued": proceeding.present,
        "returned": proceeding.issued,
        "valid": proceeding.returned,
    }
    counted = {name: getattr(proceeding, name) for name in PAPERS}
    return {name: n for name, n in counted.items() if n != assumed[name]}


def _spoiled_recorded(item: ProceedingItem, papers: Papers | None) -> dict[str, object]:
    """What is left out where it is that of the whole sitting; see `_spoiled`."""
    if papers is None:
        return {}
    assumed = {"void": papers.returned - papers.valid, "unreturned": papers.unreturned}
    counted = {name: getattr(item, name) for name in SPOILED}
    return {f"{item.application_id}-{name}": n for name, n in counted.items() if n != assumed[name]}


def _experts(*experts: ProceedingMember) -> dict[str, object]:
    values: dict[str, object] = {f"expert-{n}-present": True for n in range(MOST_EXPERTS)}
    for number, expert in enumerate(experts):
        for name in EXPERT_FIELDS:
            values[f"expert-{number}-{name}"] = getattr(expert, name)
        values[f"expert-{number}-present"] = expert.is_present
    return values
