"""An evaluation as recorded from paper: the sitting, the experts, the votes on each candidate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juxian.actions.evaluation import CandidateTally, ExpertEntry, Sitting
from juxian.desks.common.forms import Day, PlainForm
from juxian.desks.office.forms.experts import (
    EXPERT_COLUMNS,
    MOST_EXPERTS,
    Candidates,
    add_expert,
    entry_in,
    faults_in,
)
from juxian.records.models import Application
from juxian.regulation.ballot import BallotRule
from juxian.regulation.recusal import RELATIONS
from juxian.regulation.refusal import NotReady, Refusal
from juxian.regulation.tally import Papers, Tally, check_papers
from juxian.selectors.phrases import METHODS
from juxian.selectors.proceeding import Docket, Row, Verdict, verdict_on

FEWEST_ROWS = 7
SPARE_ROWS = 2
VOTES = ("ayes", "nays", "abstained")
FIGURES = (*VOTES, "recused")
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


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One candidate's controls and what the figures come to so far."""

    row: Row
    figures: tuple[forms.BoundField, ...]
    opinion: forms.BoundField
    verdict: Verdict | None
    refusal: str
    recusals: str
    scores: tuple[forms.BoundField, ...] = ()
    mean: Decimal | None = None

    @property
    def errors(self) -> list[str]:
        return [
            f"{field.label}：{error}"
            for field in (*self.figures, self.opinion, *self.scores)
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
    """Experts are rows `expert-<n>-…`, blank ones skipped; votes are `<application>-…`, scores
    `score-<application>-<n>`. `typed` are posted values to go on with, not yet to be checked.
    """

    held_on = Day(label=_("评议日期"))
    place = forms.CharField(label=_("地点"), max_length=200)
    method = forms.ChoiceField(label=_("方式"), choices=[(m, m) for m in METHODS.values()])
    chair = forms.CharField(
        label=_("组长（主持人）"), max_length=100, help_text=_("须是下面到会的专家。")
    )
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
        self.candidates = Candidates.of(docket)
        self.applications = [row.item.application for row in docket.rows]
        for number in self.expert_rows:
            add_expert(self.fields, number)
        for candidate in self.applications:
            self._add_tally(candidate)

    def _add_tally(self, candidate: Application) -> None:
        recused = len(self._recused_from(candidate))
        for name in (*FIGURES, *SPOILED):
            self.fields[f"{candidate.pk}-{name}"] = Count(
                label=FIGURE_LABELS[name], required=name in VOTES
            )
        self.fields[f"{candidate.pk}-recused"].widget.attrs["placeholder"] = str(recused)
        self.fields[f"{candidate.pk}-opinion"] = forms.CharField(
            label=_("评议意见"), max_length=100, required=False
        )
        for number, expert in self.scorers:
            label = _("%(expert)s给%(name)s的分数")
            self.fields[f"score-{candidate.pk}-{number}"] = forms.CharField(
                label=label % {"expert": expert.name, "name": candidate.name},
                max_length=6,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in self.expert_rows:
            for name, said in faults_in(given, number, self.candidates):
                self.add_error(f"expert-{number}-{name}", said)
        return given

    @property
    def rule(self) -> BallotRule:
        """The step has one: no pack without it is sound."""
        if self.docket.rule is None:
            raise AssertionError
        return self.docket.rule

    @cached_property
    def scorers(self) -> tuple[tuple[int, ExpertEntry], ...]:
        """Who gives scores, by row: those present, once they are named."""
        if self.rule.scoring is None:
            return ()
        return tuple((n, entry) for n, entry in self._named if entry.is_present)

    @cached_property
    def _named(self) -> tuple[tuple[int, ExpertEntry], ...]:
        """The experts as typed so far, or as recorded, by row."""
        given = self.typed if self.typed is not None else self.initial
        return self._rows_in(given)

    def _recused_from(self, candidate: Application) -> tuple[ExpertEntry, ...]:
        experts = (entry for _n, entry in self._named if entry.is_present)
        return tuple(e for e in experts if e.relation_to(candidate, self.rule))

    def refused(self, refusal: Refusal) -> None:
        """A fault stands beside the field that it names, or in the row of the candidate."""
        faults = refusal.faults if isinstance(refusal, NotReady) else ()
        self.refusals = dict(faults)
        for place, sentence in faults:
            beside = self._field_of(place)
            if beside in self.fields:
                self.add_error(beside, sentence)
        self.add_error(None, str(refusal))

    def _field_of(self, place: str) -> str:
        """The field that a fault is about; the house counts the experts, the form its rows."""
        kind, _dash, about = place.rpartition("-")
        if kind == "absence":
            return f"expert-{self._named[int(about)][0]}-arrival"
        return f"{kind}-{self._named[int(about)][0]}" if kind.startswith("score-") else place

    @property
    def experts_head(self) -> tuple[Any, ...]:
        return tuple(EXPERT_COLUMNS.values())

    @property
    def experts(self) -> Iterator[tuple[tuple[Any, forms.BoundField], ...]]:
        """The cells of each row: what its column is called, and the control."""
        for number in self.expert_rows:
            yield tuple(
                (label, self[f"expert-{number}-{name}"]) for name, label in EXPERT_COLUMNS.items()
            )

    @property
    def sitting(self) -> Sitting:
        given = self.cleaned_data
        entries = tuple(entry for _n, entry in self._rows_in(given))
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
        ayes, nays, abstained = (given[f"{application}-{name}"] for name in VOTES)
        recused = _or(_number(given, f"{application}-recused"), self._recused_number(application))
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
                recusals=self._recusals(row.item.application),
                scores=tuple(self[f"score-{pk}-{n}"] for n, _expert in self.scorers),
                mean=self._mean(row.item.application),
            )

    def _recused_number(self, application: int) -> int:
        (candidate,) = (one for one in self.applications if one.pk == application)
        return len(self._recused_from(candidate))

    def _recusals(self, candidate: Application) -> str:
        """专家甲（同一工作单位）: who keeps out of the candidate's vote, and why."""
        return "、".join(
            f"{expert.name}（{RELATIONS[expert.relation_to(candidate, self.rule)]}）"
            for expert in self._recused_from(candidate)
        )

    def _mean(self, candidate: Application) -> Decimal | None:
        scoring = self.rule.scoring
        if scoring is None:
            return None
        kept_out = self._recused_from(candidate)
        given = [e.scores.get(candidate.pk) for _n, e in self.scorers if e not in kept_out]
        return scoring.mean([score for score in given if score is not None])

    @property
    def attendance(self) -> tuple[int, int]:
        """Members named and those present, as typed so far, or as recorded."""
        if self.typed is not None:
            return len(self._named), sum(entry.is_present for _n, entry in self._named)
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
        if self.typed is None:
            return self.docket.verdicts
        if self.papers_amiss:
            return {}
        members, present = self.attendance
        papers = papers_in(self.typed, present)
        found = {}
        for one in self.applications:
            recused = len(self._recused_from(one))
            tally = _tally(self.typed, one.pk, papers, recused)
            if tally is not None and tally.recused < recused:
                said = gettext("须回避%(recused)d人，回避一栏填的是%(typed)d人。")
                sentence = said % {"recused": recused, "typed": tally.recused}
                found[one.pk] = Verdict("stop", gettext("回避不符"), sentence, (sentence,))
            elif tally is not None:
                found[one.pk] = verdict_on(self.rule, members, present, tally)
        return found

    def _rows_in(self, given: Mapping[str, Any]) -> tuple[tuple[int, ExpertEntry], ...]:
        """Rows that are not blank, with their numbers."""
        keys = [one.pk for one in self.applications]
        entries = ((n, entry_in(given, n, self.candidates, keys)) for n in self.expert_rows)
        return tuple((n, entry) for n, entry in entries if entry.name or entry.employer)


def _tally(
    typed: Mapping[str, Any], application: int, papers: Papers, recusing: int
) -> Tally | None:
    """None while a figure is missing or is no number; `recusing` unless another number is typed."""
    figures = [_number(typed, f"{application}-{name}") for name in VOTES]
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(VOTES):
        return None
    ayes, nays, abstained = known
    recused = _or(_number(typed, f"{application}-recused"), recusing)
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
