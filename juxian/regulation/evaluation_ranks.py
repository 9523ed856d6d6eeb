"""Ranks of an evaluation recorded from paper: by ayes, then by score, then by a stated reason."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from operator import attrgetter

from juxian.regulation.ballot import ChairDecision, Outcome, Result, placed
from juxian.regulation.refusal import NotReady


def by_scores(outcome: Outcome, means: Mapping[int, Decimal]) -> Outcome:
    """Those with the same share of ayes in order of their mean score."""
    if not outcome.has_quorum or not means:
        return outcome
    counted = tuple(
        c.ordered(Fraction(means.get(c.candidate, Decimal(0)))) for c in outcome.counted
    )
    return placed(replace(outcome, counted=counted))


def equals(outcome: Outcome) -> tuple[tuple[int, ...], ...]:
    """Those who carried and share a rank, best first; nothing without a quorum."""
    carried = [c for c in outcome.counted if c.result is Result.CARRIED]
    groups = [
        tuple(c.candidate for c in group) for _r, group in groupby(carried, attrgetter("rank"))
    ]
    return tuple(group for group in groups if len(group) > 1)


def put_in_order(outcome: Outcome, decision: ChairDecision) -> Outcome:
    """With all who share one rank in this order, best first, for a reason on record."""
    if not any(sorted(group) == sorted(decision.order) for group in equals(outcome)):
        raise NotReady("并列的人选有变化，请重新排定先后。")
    if not decision.reason.strip():
        raise NotReady("请写明排定先后的理由。")
    counted = tuple(
        c.ordered(-decision.order.index(c.candidate)) if c.candidate in decision.order else c
        for c in outcome.counted
    )
    decisions = (*outcome.decisions, decision)
    return placed(replace(outcome, counted=counted, decisions=decisions))
