"""What the rounds of a secret ballot came to, recounted from the papers."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from juxian.records.models import (
    Allotment,
    Application,
    Ballot,
    BallotPaper,
    Envelope,
    PanelMember,
    Proceeding,
    ProceedingItem,
)
from juxian.records.packs import pack_of
from juxian.regulation.ballot import (
    BallotRule,
    Counted,
    NextRound,
    Outcome,
    Tie,
    count,
    next_round,
)
from juxian.regulation.ballot_words import explain
from juxian.regulation.tally import Tally
from juxian.regulation.words import Act, Kind, Standing

STILL_IN = (Standing.OPEN, Standing.RETURNED, Standing.SELECTED)


@dataclass(frozen=True, slots=True)
class Round:
    """One counted round; `present` are the members whose envelopes came in."""

    number: int
    members: int
    present: int
    tallies: dict[int, Tally]


def live_items(proceeding: Proceeding) -> list[ProceedingItem]:
    """Items not yet acted on whose application still waits at the step, in the list's order."""
    waiting = ProceedingItem.objects.filter(
        proceeding=proceeding,
        act="",
        application__step=proceeding.step,
        application__standing=Standing.OPEN,
    )
    return list(waiting.select_related("application").order_by("pk"))


def rule_of(proceeding: Proceeding, *, seats: int | None = None) -> BallotRule:
    """The pack's rule, with these seats when they are known."""
    pack = pack_of(proceeding.cycle)
    rule = pack.ballots[pack.procedure.step(proceeding.step).ballot]
    return rule if seats is None else replace(rule, seats=seats)


def draws_the_list(proceeding: Proceeding) -> bool:
    """Whether this review draws the list of proposed entrants: the last one (通知四（三）)."""
    steps = pack_of(proceeding.cycle).procedure.steps
    reviews = [step.code for step in steps if step.kind is Kind.REVIEW]
    return reviews[-1] == proceeding.step


def places_left(proceeding: Proceeding, track: str) -> int | None:
    """Places of the allotment that nobody holds yet; None where none limits, or none was set."""
    if not draws_the_list(proceeding):
        return None
    allotment = Allotment.objects.filter(cycle=proceeding.cycle_id, track=track).first()
    if allotment is None:
        return None
    held = Application.objects.filter(
        cycle=proceeding.cycle_id,
        track=track,
        standing__in=STILL_IN,
        items__in=ProceedingItem.objects.filter(
            act=Act.ADMIT, void_at__isnull=True, proceeding__step=proceeding.step
        ),
    )
    return max(allotment.places - held.distinct().count(), 0)


def rounds_of(proceeding: Proceeding) -> list[Round]:
    """Its counted rounds, the first one first; void ones left out. 5 queries."""
    ballots = Ballot.objects.filter(
        proceeding=proceeding, closed_at__isnull=False, is_void=False
    ).order_by("round")
    keys = [ballot.pk for ballot in ballots]
    votes = Counter(
        BallotPaper.objects.filter(ballot__in=keys).values_list(
            "ballot_id", "application_id", "choice"
        )
    )
    present = Counter(Envelope.objects.filter(ballot__in=keys).values_list("ballot_id", flat=True))
    members = Counter(
        PanelMember.objects.filter(panel__ballots__in=keys).values_list("panel__ballots", flat=True)
    )
    candidates: dict[int, list[int]] = {key: [] for key in keys}
    listed = Ballot.candidates.through.objects.filter(ballot__in=keys)
    for key, candidate in listed.order_by("application__number").values_list(
        "ballot_id", "application_id"
    ):
        candidates[key].append(candidate)
    return [
        Round(
            number=ballot.round,
            members=members[ballot.pk],
            present=present[ballot.pk],
            tallies={
                candidate: _tally(votes, ballot.pk, candidate, present[ballot.pk])
                for candidate in candidates[ballot.pk]
            },
        )
        for ballot in ballots
    ]


def _tally(
    votes: Counter[tuple[int, int, str]], ballot: int, candidate: int, present: int
) -> Tally:
    """A member present who left no paper on a candidate kept out of that vote."""
    ayes, nays, abstained = (
        votes[ballot, candidate, choice] for choice in ("aye", "nay", "abstain")
    )
    return Tally(ayes, nays, abstained, recused=present - ayes - nays - abstained)


def outcome_of(
    proceeding: Proceeding, *, seats: int | None, among: Collection[int] | None = None
) -> Outcome | None:
    """All counted rounds with these seats; None before the first one.

    `among` leaves out candidates who are no longer in (withdrawn after the vote). A round that
    broke a tie keeps its place even when the seats have changed since: what was voted stands.
    """
    rule = rule_of(proceeding, seats=seats)
    return _replayed(rule, rounds_of(proceeding), among)


def _replayed(
    rule: BallotRule, rounds: Iterable[Round], among: Collection[int] | None
) -> Outcome | None:
    outcome: Outcome | None = None
    for voted in rounds:
        tallies = {
            candidate: tally
            for candidate, tally in voted.tallies.items()
            if among is None or candidate in among
        }
        if not tallies:
            continue
        if outcome is not None and not outcome.goes_on:
            outcome = replace(outcome, ties=(Tie(tuple(tallies), rank=1, seats=1, reserve=0),))
        outcome = count(rule, voted.members, voted.present, tallies, after=outcome)
    return outcome


def due_round(proceeding: Proceeding, seats: int | None) -> NextRound | None:
    """Who is to be voted on next: everybody, those carried, the tied, or nobody."""
    live = [item.application_id for item in live_items(proceeding)]
    outcome = outcome_of(proceeding, seats=seats, among=live)
    if outcome is None:
        return NextRound(1, tuple(live), breaks_ties=False, reason="")
    return next_round(outcome)


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """A candidate after a count: this round's votes, and in words what they came to."""

    application: Application
    votes: Tally
    counted: Counted
    words: str


def results_of(ballot: Ballot) -> list[CandidateResult]:
    """A counted ballot's candidates, best first, as matters stood after it."""
    rounds = [r for r in rounds_of(ballot.proceeding) if r.number <= ballot.round]
    outcome = _replayed(rule_of(ballot.proceeding, seats=ballot.seats), rounds, None)
    if outcome is None or rounds[-1].number != ballot.round:
        return []
    voted = rounds[-1].tallies
    applications = Application.objects.select_related("employer").in_bulk(list(voted))
    return [
        CandidateResult(
            application=applications[counted.candidate],
            votes=voted[counted.candidate],
            counted=counted,
            words=explain(outcome, counted.candidate),
        )
        for counted in outcome.counted
        if counted.candidate in voted
    ]
