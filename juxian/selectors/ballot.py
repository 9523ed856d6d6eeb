"""What the rounds of a secret ballot came to, recounted from the papers."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from juxian.records.models import (
    Allotment,
    Application,
    Ballot,
    BallotPaper,
    Cycle,
    Envelope,
    PanelMember,
    Proceeding,
    ProceedingItem,
)
from juxian.records.packs import pack_of
from juxian.regulation.ballot import (
    FEWEST,
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
from juxian.selectors.counting import number_of

STILL_IN = (Standing.OPEN, Standing.RETURNED, Standing.SELECTED)
LEFT = (Standing.WITHDRAWN, Standing.RETURNED, Standing.REJECTED)


Votes = Counter[tuple[int, int, str]]
"""How often a choice was made, by ballot, candidate and choice."""


@dataclass(frozen=True, slots=True)
class Polled:
    """A ballot with its candidates by number and how many envelopes came in."""

    ballot: Ballot
    candidates: tuple[int, ...]
    members: int
    present: int


@dataclass(frozen=True, slots=True)
class Round:
    """One counted round; `present` are the members whose envelopes came in."""

    number: int
    members: int
    present: int
    tallies: dict[int, Tally]


def live_items(proceeding: Proceeding) -> list[ProceedingItem]:
    """Items not yet acted on whose application still waits at the step, in the list's order."""
    return list(live_items_of([proceeding.pk]))


def live_items_of(proceedings: Collection[int]) -> QuerySet[ProceedingItem]:
    """The same of several lists."""
    waiting = ProceedingItem.objects.filter(
        proceeding__in=proceedings,
        act="",
        application__step=F("proceeding__step"),
        application__standing=Standing.OPEN,
    )
    return waiting.select_related("application").order_by("pk")


def rule_of(proceeding: Proceeding, *, seats: int | None = None) -> BallotRule:
    """The pack's rule, with these seats when they are known."""
    pack = pack_of(proceeding.cycle)
    rule = pack.ballots[pack.procedure.step(proceeding.step).ballot]
    return rule if seats is None else replace(rule, seats=seats)


def draws_the_list(proceeding: Proceeding) -> bool:
    """Whether this review draws the list of proposed entrants: the last one (通知四（三）)."""
    return _drawing_step(proceeding.cycle) == proceeding.step


def _drawing_step(cycle: Cycle) -> str:
    steps = pack_of(cycle).procedure.steps
    return [step.code for step in steps if step.kind is Kind.REVIEW][-1]


def allotments(cycle: Cycle) -> QuerySet[Allotment]:
    """The cycle's allotments, with how many places of each are `held`; see `open_places`."""
    admitted = ProceedingItem.objects.filter(
        application=OuterRef("pk"),
        act=Act.ADMIT,
        void_at__isnull=True,
        proceeding__step=_drawing_step(cycle),
    )
    held = Application.objects.filter(
        Exists(admitted),
        cycle=OuterRef("cycle"),
        track=OuterRef("track"),
        standing__in=STILL_IN,
    )
    return Allotment.objects.filter(cycle=cycle).annotate(held=number_of(held))


def open_places(allotment: Allotment) -> int:
    """Places that nobody holds yet, of one of `allotments`."""
    return max(allotment.places - int(getattr(allotment, "held", 0)), 0)


def open_places_for(proceeding: Proceeding, track: str) -> int | None:
    """Places of the allotment that nobody holds yet; None where none limits, or none was set."""
    if not draws_the_list(proceeding):
        return None
    allotment = allotments(proceeding.cycle).filter(track=track).first()
    return None if allotment is None else open_places(allotment)


def polled(ballots: QuerySet[Ballot]) -> list[Polled]:
    """1 query."""
    of_ballot = OuterRef("pk")
    listed = Ballot.candidates.through.objects.filter(ballot=of_ballot)
    rows = ballots.annotate(
        listed=ArraySubquery(listed.order_by("application__number").values("application")),
        members=number_of(PanelMember.objects.filter(panel=OuterRef("panel"))),
        present=number_of(Envelope.objects.filter(ballot=of_ballot)),
    )
    return [Polled(row, tuple(row.listed), row.members, row.present) for row in rows]


def votes_on(ballots: Iterable[int]) -> Votes:
    """1 query: the papers of these ballots, counted by the database."""
    papers = BallotPaper.objects.filter(ballot__in=list(ballots))
    counted = papers.values_list("ballot_id", "application_id", "choice").annotate(n=Count("pk"))
    return Counter({(ballot, who, choice): n for ballot, who, choice, n in counted.order_by()})


def rounds_of(proceeding: Proceeding) -> list[Round]:
    """Its counted rounds, the first one first; void ones left out. 2 queries."""
    ballots = polled(Ballot.objects.filter(proceeding=proceeding).order_by("round"))
    return rounds_in(ballots, votes_on(one.ballot.pk for one in ballots))


def rounds_in(ballots: Sequence[Polled], votes: Votes) -> list[Round]:
    """Those of one list's ballots, by round, that were counted."""
    return [
        Round(
            number=one.ballot.round,
            members=one.members,
            present=one.present,
            tallies={
                candidate: _tally(votes, one.ballot.pk, candidate, one.present)
                for candidate in one.candidates
            },
        )
        for one in ballots
        if one.ballot.is_counted
    ]


def _tally(votes: Votes, ballot: int, candidate: int, present: int) -> Tally:
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
    return replayed(rule_of(proceeding, seats=seats), rounds_of(proceeding), among)


def replayed(
    rule: BallotRule, rounds: Iterable[Round], among: Collection[int] | None
) -> Outcome | None:
    """What the rounds come to, each going on from the one before; see `outcome_of`."""
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
    return round_after(outcome_of(proceeding, seats=seats, among=live), live)


def round_after(outcome: Outcome | None, live: Sequence[int]) -> NextRound | None:
    """The round due after that outcome among those still in; see `due_round`."""
    if outcome is None:
        return NextRound(1, tuple(live), breaks_ties=False, reason="")
    return next_round(outcome)


def tells_votes(*tallies: Tally) -> bool:
    """Whether there are so few papers that figures tell who voted how: then no page has them."""
    return any(0 < tally.valid < FEWEST for tally in tallies)


def too_few() -> str:
    """What is said in the place of figures that would tell votes."""
    return _("选票不足%(n)d张，不列票数") % {"n": FEWEST}


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """A candidate after a count: this round's votes, and in words what they came to."""

    application: Application
    votes: Tally
    counted: Counted
    words: str

    @property
    def tells_votes(self) -> bool:
        return tells_votes(self.votes, self.counted.tally, *self.counted.revotes)


def results_of(ballot: Ballot) -> list[CandidateResult]:
    """3 queries: a counted ballot's candidates, best first, as matters stood after it."""
    rounds = [r for r in rounds_of(ballot.proceeding) if r.number <= ballot.round]
    outcome = replayed(rule_of(ballot.proceeding, seats=ballot.seats), rounds, None)
    if outcome is None or rounds[-1].number != ballot.round:
        return []
    voted = rounds[-1].tallies
    applications = Application.objects.select_related("employer").in_bulk(list(voted))
    results = [
        CandidateResult(
            application=applications[counted.candidate],
            votes=voted[counted.candidate],
            counted=counted,
            words=explain(outcome, counted.candidate),
        )
        for counted in outcome.counted
        if counted.candidate in voted
    ]
    return [replace(one, words=too_few()) if one.tells_votes else one for one in results]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Somebody on a concluded review: a badge's tone and word; the item has the figures."""

    item: ProceedingItem
    tone: str
    word: str
    waits: bool  # in reserve, to be called up or let go

    @property
    def has_moved(self) -> bool:
        """Whether the application's standing says more than the word: withdrawn, say."""
        is_open = self.item.application.standing == Standing.OPEN
        return not is_open and self.item.act != Act.DISMISS


def drawn_from(proceeding: Proceeding) -> list[Drawn]:
    """What a concluded review came to for everybody on it, best first. 2 queries."""
    items = (
        ProceedingItem.objects.filter(proceeding=proceeding)
        .select_related("application__employer")
        .order_by(F("rank").asc(nulls_last=True), "application__name_key", "pk")
    )
    waiting = {item.pk for item in live_items(proceeding) if item.reserve is not None}
    by_places = draws_the_list(proceeding)
    return [
        Drawn(item, *_drawn(item, by_places=by_places), waits=item.pk in waiting) for item in items
    ]


def _drawn(item: ProceedingItem, *, by_places: bool) -> tuple[str, str]:
    """Tone and word; no word for whom nothing was decided on."""
    number = {"number": item.reserve}
    match item.act, item.reserve is not None:
        case Act.ADMIT, True:
            return "ok", _("备选第 %(number)d 位，已递补") % number
        case Act.ADMIT, False:
            return "ok", _("拟入选") if by_places else _("通过")
        case Act.DISMISS, True:
            return "none", _("备选第 %(number)d 位，未递补") % number
        case Act.DISMISS, False:
            return "none", _("未入选") if by_places else _("未通过")
        case _act, True:
            return "go", _("备选第 %(number)d 位") % number
    return "none", ""
