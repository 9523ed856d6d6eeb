"""Evaluations recorded from paper: who kept out of whom, what was scored, who ranks where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from juxian.records.models import EvaluationDraft, Proceeding, ProceedingMember
from juxian.regulation.ballot import Outcome, count
from juxian.regulation.evaluation_ranks import by_scores, equals
from juxian.regulation.recusal import RELATIONS
from juxian.regulation.refusal import NotReady
from juxian.regulation.tally import Tally
from juxian.regulation.words import Kind
from juxian.selectors.proceeding import Docket, Row

PANELS_OFFERED = 5  # earlier sittings of the office
EXPERTS_KNOWN = 200
UNRECORDED = "0"  # the stamp of a list without a record


@dataclass(frozen=True, slots=True)
class Equals:
    """Those on a list who share a rank."""

    rank: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class EarlierPanel:
    """The experts of an earlier sitting of the office."""

    proceeding: int
    held_on: date
    experts: tuple[ProceedingMember, ...]


def outcome_in(docket: Docket) -> Outcome:
    """The count of the recorded votes by the pack's rule; NotReady before there are any."""
    proceeding, rule = docket.proceeding, docket.rule
    if rule is None or proceeding.members is None or proceeding.present is None:
        raise NotReady(_("请先登记评议情况和票数"))
    tallies = {row.item.application_id: row.tally or Tally(0, 0) for row in docket.rows}
    return by_scores(count(rule, proceeding.members, proceeding.present, tallies), means_in(docket))


def scores_in(docket: Docket) -> dict[int, tuple[Decimal, ...]]:
    """By application, in the order of the experts."""
    return {row.item.application_id: scores_of(row.item.pk, docket.experts) for row in docket.rows}


def scores_of(item: int, experts: Iterable[ProceedingMember]) -> tuple[Decimal, ...]:
    marks = (mark for expert in experts for mark in expert.marks.all() if mark.item_id == item)
    return tuple(mark.score for mark in marks if mark.score is not None)


def recused_by_name(item: int, experts: Iterable[ProceedingMember]) -> int:
    """How many of those present keep out of the item's vote, as far as they are on record."""
    came = (expert for expert in experts if expert.is_present)
    return sum(m.item_id == item and m.relation != "" for e in came for m in e.marks.all())


def means_in(docket: Docket) -> dict[int, Decimal]:
    """By application; nothing where no scores are given."""
    scoring = docket.rule.scoring if docket.rule else None
    if scoring is None:
        return {}
    means = {pk: scoring.mean(scores) for pk, scores in scores_in(docket).items()}
    return {pk: mean for pk, mean in means.items() if mean is not None}


def stamp_in(docket: Docket) -> str:
    """Which record of its sitting the list has: another one after each recording."""
    return str(docket.experts[0].pk) if docket.experts else UNRECORDED


def equals_in(docket: Docket, outcome: Outcome) -> tuple[Equals, ...]:
    rows = {row.item.application_id: row for row in docket.rows}
    return tuple(
        Equals(outcome.of(group[0]).rank, tuple(rows[pk] for pk in group))
        for group in equals(outcome)
    )


def panel_in(docket: Docket) -> tuple[tuple[ProceedingMember, str], ...]:
    """The experts, each with whom he keeps out of and why: 李强（近亲属）、王伟（同一工作单位）."""
    names = {row.item.pk: row.item.application.name for row in docket.rows}
    return tuple((expert, keeps_out_of(expert, names)) for expert in docket.experts)


def keeps_out_of(expert: ProceedingMember, names: Mapping[int, str]) -> str:
    """By item, as their names are."""
    marks = [mark for mark in expert.marks.all() if mark.relation and mark.item_id in names]
    return "、".join(f"{names[mark.item_id]}（{RELATIONS[mark.relation]}）" for mark in marks)


def draft_of(proceeding: Proceeding) -> EvaluationDraft | None:
    return EvaluationDraft.objects.filter(proceeding=proceeding).select_related("saved_by").first()


def earlier_panels(proceeding: Proceeding) -> tuple[EarlierPanel, ...]:
    """The latest sittings of the office that have experts on record. 1 query."""
    rows = (
        ProceedingMember.objects.filter(
            proceeding__office=proceeding.office,
            proceeding__kind=Kind.REVIEW,
            proceeding__held_on__isnull=False,
        )
        .exclude(proceeding=proceeding)
        .select_related("proceeding")
        .order_by("-proceeding__held_on", "-proceeding", "pk")[:EXPERTS_KNOWN]
    )
    panels: dict[int, list[ProceedingMember]] = {}
    for row in rows:
        panels.setdefault(row.proceeding_id, []).append(row)
    return tuple(
        EarlierPanel(pk, experts[0].proceeding.held_on or date.min, tuple(experts))
        for pk, experts in list(panels.items())[:PANELS_OFFERED]
    )
