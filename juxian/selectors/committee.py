"""What the secretary may know of panels and ballots: who sits, how many voted, never what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from juxian.access import scope
from juxian.records.models import (
    Application,
    Ballot,
    Cycle,
    Envelope,
    Panel,
    PanelMember,
    Person,
    Proceeding,
    Recusal,
)
from juxian.records.packs import pack_of
from juxian.regulation.ballot import NextRound, Outcome
from juxian.regulation.procedure import Step
from juxian.regulation.recusal import RELATIONS
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Kind, Level
from juxian.selectors.ballot import due_round, live_items, outcome_of, places_left, rule_of

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
    def is_open(self) -> bool:
        return self.ballot.closed_at is None and not self.ballot.is_void

    @property
    def may_be_counted(self) -> bool:
        return self.is_open and self.present >= self.quorum


@dataclass(frozen=True, slots=True)
class ReviewList:
    """A list before a panel: its rounds so far, and what is due next."""

    proceeding: Proceeding
    step: Step
    track: str
    people: int
    places: int | None
    ballots: tuple[BallotLine, ...]
    due: NextRound | None
    outcome: Outcome | None

    @property
    def open_ballot(self) -> BallotLine | None:
        return next((line for line in self.ballots if line.is_open), None)

    @property
    def may_propose(self) -> bool:
        """Whether the rounds are over: what is left is to draw the list."""
        return self.outcome is not None and self.due is None and self.open_ballot is None


def panels_run_by(person: Person) -> QuerySet[Panel]:
    """Panels of the cycles the person is secretary of."""
    return Panel.objects.filter(cycle__in=scope.cycles(person))


def lists_run_by(person: Person) -> QuerySet[Proceeding]:
    """Lists of the cycles the person is secretary of, whichever office has them."""
    return Proceeding.objects.filter(cycle__in=scope.cycles(person))


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


def ballot_lines(ballots: Sequence[Ballot]) -> tuple[BallotLine, ...]:
    """Ballots come with their panel, proceeding and cycle. 3 queries."""
    keys = [ballot.pk for ballot in ballots]
    candidates = dict(
        Ballot.candidates.through.objects.filter(ballot__in=keys)
        .values_list("ballot_id")
        .annotate(count=Count("pk"))
    )
    members = dict(
        PanelMember.objects.filter(panel__in={ballot.panel_id for ballot in ballots})
        .values_list("panel")
        .annotate(count=Count("pk"))
    )
    present = dict(
        Envelope.objects.filter(ballot__in=keys).values_list("ballot").annotate(count=Count("pk"))
    )
    return tuple(
        BallotLine(
            ballot=ballot,
            candidates=candidates.get(ballot.pk, 0),
            members=members.get(ballot.panel_id, 0),
            present=present.get(ballot.pk, 0),
            quorum=rule_of(ballot.proceeding).quorum_of(members.get(ballot.panel_id, 0)),
        )
        for ballot in ballots
    )


def line_of(ballot: Ballot) -> BallotLine:
    return ballot_lines([ballot])[0]


def review_lists(cycle: Cycle) -> tuple[ReviewList, ...]:
    """Open lists at the steps that decide by secret ballot, the oldest first."""
    steps = {s.code: s for s in review_steps(cycle) if s.secret}
    rows = Proceeding.objects.filter(cycle=cycle, step__in=steps, concluded_at__isnull=True)
    return tuple(
        review_list(proceeding)
        for proceeding in rows.select_related("cycle", "office").order_by("pk")
    )


def review_list(proceeding: Proceeding) -> ReviewList:
    """About fifteen queries: the votes are counted again from the papers."""
    pack = pack_of(proceeding.cycle)
    live = live_items(proceeding)
    track = live[0].application.track if live else ""
    places = places_left(proceeding, track) if track else None
    ballots = (
        Ballot.objects.filter(proceeding=proceeding)
        .select_related("panel__cycle", "proceeding__cycle")
        .order_by("round")
    )
    among = [item.application_id for item in live]
    return ReviewList(
        proceeding=proceeding,
        step=pack.procedure.step(proceeding.step),
        track=pack.track(track).title if track else "",
        people=len(live),
        places=places,
        ballots=ballot_lines(list(ballots)),
        due=_due(proceeding, places) if live else None,
        outcome=outcome_of(proceeding, seats=places, among=among) if live else None,
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
    """Panels that may vote on the list."""
    return panels_of(proceeding.cycle).filter(step=proceeding.step)


def people_on(proceeding: Proceeding) -> list[Application]:
    """Everybody on the list, by rank, then by name."""
    rows = Application.objects.filter(items__proceeding=proceeding).select_related("employer")
    return list(rows.order_by(F("items__rank").asc(nulls_last=True), "name_key", "pk"))


def _due(proceeding: Proceeding, places: int | None) -> NextRound | None:
    """None also where the figures on record allow no further round to be worked out."""
    try:
        return due_round(proceeding, places)
    except Refusal:
        return None
