"""What the secretary may know of panels and ballots: who sits, how many voted, never what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from juxian.access import scope
from juxian.records.models import (
    Allotment,
    Application,
    Ballot,
    Cycle,
    Panel,
    PanelMember,
    Person,
    Proceeding,
    ProceedingItem,
    Recusal,
)
from juxian.records.packs import pack_of
from juxian.regulation.ballot import NextRound, Outcome
from juxian.regulation.procedure import Step
from juxian.regulation.recusal import RELATIONS
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Kind, Level
from juxian.selectors.ballot import (
    Polled,
    Votes,
    allotments,
    draws_the_list,
    live_items_of,
    open_places,
    polled,
    replayed,
    round_after,
    rounds_in,
    rule_of,
    votes_on,
)
from juxian.selectors.proceeding import Line, with_figures
from juxian.selectors.proceeding import line_of as line_of_list

FOUND = 30


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A candidate a member keeps out of, and why; `is_found` by the records alone."""

    name: str
    relation: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A member as the secretary sees him."""

    member: PanelMember
    recusals: tuple[KeptOut, ...]


@dataclass(frozen=True, slots=True)
class BallotLine:
    """A round of voting; `present` counts envelopes."""

    ballot: Ballot
    candidates: int
    members: int
    present: int
    quorum: int

    @property
    def has_all(self) -> bool:
        return self.present == self.members

    @property
    def may_be_counted(self) -> bool:
        return self.ballot.is_open and self.present >= self.quorum


@dataclass(frozen=True, slots=True)
class ReviewList:
    """A list before a panel: its rounds so far, and what is due next."""

    proceeding: Proceeding
    step: Step
    track: str
    track_code: str
    people: int
    places: int | None
    ballots: tuple[BallotLine, ...]
    due: NextRound | None
    outcome: Outcome | None

    @property
    def open_ballot(self) -> BallotLine | None:
        return next((line for line in self.ballots if line.ballot.is_open), None)

    @property
    def waits_for_members(self) -> bool:
        """Whether a round is open in which somebody has yet to vote."""
        return self.open_ballot is not None and not self.open_ballot.has_all

    @property
    def lacks_places(self) -> bool:
        """Whether the list is drawn within an allotment that nobody has registered yet."""
        return bool(self.track_code) and self.places is None and draws_the_list(self.proceeding)

    @property
    def may_propose(self) -> bool:
        """Whether the rounds are over: what is left is to draw the list."""
        return self.outcome is not None and self.due is None and self.open_ballot is None


def panels_run_by(person: Person) -> QuerySet[Panel]:
    """Panels of the cycles the person is secretary of."""
    return Panel.objects.filter(cycle__in=scope.cycles(person))


def lists_run_by(person: Person) -> QuerySet[Proceeding]:
    """Reviews in the cycles the person is secretary of, whichever office has them."""
    return Proceeding.objects.filter(cycle__in=scope.cycles(person), kind=Kind.REVIEW)


def panels_of(cycle: Cycle) -> QuerySet[Panel]:
    """The cycle's panels with counts of members and of pledges, the newest first."""
    return (
        Panel.objects.filter(cycle=cycle)
        .annotate(
            size=Count("members", distinct=True),
            pledged=Count("members", filter=Q(members__pledged_at__isnull=False), distinct=True),
        )
        .order_by("-convened_at", "-pk")
    )


def seats_on(panel: Panel) -> tuple[Seat, ...]:
    """The chair first, then by name. 2 queries."""
    members = list(
        PanelMember.objects.filter(panel=panel)
        .select_related("person__employer")
        .order_by("-is_chair", "person__name", "pk")
    )
    recusals = list(
        Recusal.objects.filter(member__panel=panel).select_related("application").order_by("pk")
    )
    return tuple(
        Seat(member, tuple(_kept_out(r) for r in recusals if r.member_id == member.pk))
        for member in members
    )


def _kept_out(recusal: Recusal) -> KeptOut:
    relation = RELATIONS.get(recusal.relation, recusal.relation)
    return KeptOut(recusal.application.name, relation, recusal.is_computed)


def line_of(ballot: Ballot) -> BallotLine:
    """1 query; the ballot comes with its proceeding and cycle."""
    [one] = polled(Ballot.objects.filter(pk=ballot.pk))
    return _line(ballot, one)


def _line(ballot: Ballot, one: Polled) -> BallotLine:
    return BallotLine(
        ballot=ballot,
        candidates=len(one.candidates),
        members=one.members,
        present=one.present,
        quorum=rule_of(ballot.proceeding).opens_at(one.members),
    )


def review_lists(proceedings: Sequence[Proceeding], open_: Mapping[str, int]) -> list[ReviewList]:
    """Lists of one cycle before its panels; `open_` are its places by track. 3 queries."""
    keys = [proceeding.pk for proceeding in proceedings]
    live: dict[int, list[ProceedingItem]] = defaultdict(list)
    for item in live_items_of(keys):
        live[item.proceeding_id].append(item)
    ballots: dict[int, list[Polled]] = defaultdict(list)
    for one in polled(Ballot.objects.filter(proceeding__in=keys).order_by("round")):
        ballots[one.ballot.proceeding_id].append(one)
    votes = votes_on(one.ballot.pk for polls in ballots.values() for one in polls)
    return [
        _review_list(proceeding, live[proceeding.pk], ballots[proceeding.pk], votes, open_)
        for proceeding in proceedings
    ]


def review_list(proceeding: Proceeding) -> ReviewList:
    """4 queries: the votes are counted again from the papers."""
    return review_lists([proceeding], places_in(allotments(proceeding.cycle)))[0]


def places_in(allotted: Iterable[Allotment]) -> dict[str, int]:
    """Places that nobody holds yet, by track."""
    return {allotment.track: open_places(allotment) for allotment in allotted}


def _review_list(
    proceeding: Proceeding,
    items: Sequence[ProceedingItem],
    ballots: Sequence[Polled],
    votes: Votes,
    open_: Mapping[str, int],
) -> ReviewList:
    pack = pack_of(proceeding.cycle)
    track = items[0].application.track if items else ""
    places = open_.get(track) if draws_the_list(proceeding) else None
    live = [item.application_id for item in items]
    for one in ballots:
        one.ballot.proceeding = proceeding
    outcome = None
    if live:
        rule = rule_of(proceeding, seats=places)
        outcome = replayed(rule, rounds_in(ballots, votes), live)
    return ReviewList(
        proceeding=proceeding,
        step=pack.procedure.step(proceeding.step),
        track=pack.track(track).title if track else "",
        track_code=track,
        people=len(live),
        places=places,
        ballots=tuple(_line(one.ballot, one) for one in ballots),
        due=_due(outcome, live) if live else None,
        outcome=outcome,
    )


def review_steps(cycle: Cycle) -> tuple[Step, ...]:
    """Steps that a panel of the secretariat may be convened for."""
    steps = pack_of(cycle).procedure.steps
    return tuple(s for s in steps if s.kind is Kind.REVIEW and s.level is Level.PROVINCE)


def people_named(words: str) -> QuerySet[Person]:
    """People for a panel, by a piece of the name, employer or speciality; at most `FOUND`."""
    asked = words.strip()
    if not asked:
        return Person.objects.none()
    rows = Person.objects.filter(is_active=True).filter(
        Q(name__icontains=asked)
        | Q(speciality__icontains=asked)
        | Q(employer__name__icontains=asked)
    )
    return rows.select_related("employer").order_by("name", "pk")[:FOUND]


def people_of(keys: Sequence[int]) -> list[Person]:
    """The people of these keys, in this order."""
    found = Person.objects.filter(is_active=True).select_related("employer").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def panels_for(proceeding: Proceeding) -> QuerySet[Panel]:
    """Panels that may vote on the list: those of its step, for its tracks or for all."""
    live = proceeding.items.filter(act="").values("application__track")
    of_track = Q(track="") | Q(track__in=live)
    return panels_of(proceeding.cycle).filter(of_track, step=proceeding.step)


def lists_before(panel: Panel) -> tuple[Line, ...]:
    """Open lists that the panel may vote on, the oldest first. 1 query."""
    rows = Proceeding.objects.filter(
        cycle=panel.cycle_id, step=panel.step, concluded_at__isnull=True
    )
    if panel.track:
        items = ProceedingItem.objects.filter(application__track=panel.track)
        rows = rows.filter(pk__in=items.values("proceeding"))
    return tuple(line_of_list(row) for row in with_figures(rows).order_by("pk"))


def people_on(proceeding: Proceeding) -> list[Application]:
    """Everybody on the list, by rank, then by name."""
    rows = Application.objects.filter(items__proceeding=proceeding).select_related("employer")
    return list(rows.order_by(F("items__rank").asc(nulls_last=True), "name_key", "pk"))


def _due(outcome: Outcome | None, live: Sequence[int]) -> NextRound | None:
    """None also where the figures on record allow no further round to be worked out."""
    try:
        return round_after(outcome, live)
    except Refusal:
        return None
