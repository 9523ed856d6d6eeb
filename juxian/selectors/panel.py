"""A panel member's own view: panels, candidates, ballots; and a panel's candidates."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from juxian.access import scope
from juxian.records.models import (
    Application,
    Ballot,
    Envelope,
    Panel,
    PanelMember,
    Person,
    Recusal,
)
from juxian.records.packs import pack_of
from juxian.regulation.recusal import COMPUTED, RELATIONS
from juxian.regulation.words import Standing
from juxian.selectors.ballot import polled
from juxian.selectors.recusal import found_recusals


@dataclass(frozen=True, slots=True)
class OwnBallot:
    """A ballot as one member may know it: how many voted, whether he did, never what."""

    ballot: Ballot
    candidates: int
    members: int
    present: int
    has_voted: bool
    track: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One panel the person sits on."""

    member: PanelMember
    ballots: tuple[OwnBallot, ...]
    candidates: int
    kept_out: int

    @property
    def panel(self) -> Panel:
        return self.member.panel

    @property
    def is_undeclared(self) -> bool:
        """Whether candidates wait whom the member has not looked through for recusals."""
        return self.member.declared_at is None and self.candidates > 0

    @property
    def due(self) -> OwnBallot | None:
        """The open ballot that still waits for this member."""
        return next((own for own in self.ballots if own.ballot.is_open and not own.has_voted), None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate before a member; `relation` says why he keeps out, `is_computed` who found it."""

    application: Application
    relation: str
    is_computed: bool
    is_recorded: bool

    @property
    def keeps_out(self) -> bool:
        return bool(self.relation)

    @property
    def relation_label(self) -> str:
        return RELATIONS.get(self.relation, self.relation)


def candidates_before(panel: Panel) -> QuerySet[Application]:
    """Applications on an open list at the panel's step, by number; employers loaded."""
    listed = Application.objects.filter(
        cycle=panel.cycle_id,
        step=panel.step,
        standing=Standing.OPEN,
        items__act="",
        items__proceeding__step=panel.step,
        items__proceeding__concluded_at__isnull=True,
    )
    if panel.track:
        listed = listed.filter(track=panel.track)
    return listed.select_related("employer__parent").distinct().order_by("number")


def own_seat(person: Person, panel_id: int) -> QuerySet[PanelMember]:
    """The person's seat on this panel, if it is one of theirs."""
    seats = PanelMember.objects.filter(person=person, panel=panel_id)
    return seats.select_related("panel__cycle", "person__employer__parent")


def seats_of(person: Person) -> list[Seat]:
    """The person's panels, the newest first. 5 queries."""
    members = list(
        PanelMember.objects.filter(person=person)
        .select_related("panel__cycle", "person__employer__parent")
        .order_by("-panel__convened_at", "-panel")
    )
    ballots = own_ballots(person, votable(person))
    kept_out = Counter(
        Recusal.objects.filter(member__in=[member.pk for member in members]).values_list(
            "member_id", flat=True
        )
    )
    waiting = _waiting([member.panel for member in members])
    return [
        Seat(
            member=member,
            ballots=tuple(own for own in ballots if own.ballot.panel_id == member.panel_id),
            candidates=waiting[member.panel_id],
            kept_out=kept_out[member.pk],
        )
        for member in members
    ]


def _waiting(panels: Sequence[Panel]) -> Counter[int]:
    """How many candidates wait before each panel."""
    places = Q(pk__in=())
    for panel in panels:
        places |= Q(cycle=panel.cycle_id, step=panel.step)
    rows = (
        Application.objects.filter(
            places,
            standing=Standing.OPEN,
            items__act="",
            items__proceeding__concluded_at__isnull=True,
        )
        .distinct()
        .values_list("pk", "cycle_id", "step", "track")
    )
    found: Counter[int] = Counter()
    for _pk, cycle, step, track in rows:
        for panel in panels:
            if (panel.cycle_id, panel.step) == (cycle, step) and panel.track in ("", track):
                found[panel.pk] += 1
    return found


def votable(person: Person) -> QuerySet[Ballot]:
    """Ballots of the panels the person sits on, the newest first."""
    rows = scope.votable(person)
    return rows.select_related("panel__cycle", "proceeding__cycle").order_by("-opened_at", "-pk")


def own_ballots(person: Person, ballots: QuerySet[Ballot]) -> list[OwnBallot]:
    """These ballots as the person may know them. 1 query."""
    own = Envelope.objects.filter(ballot=OuterRef("pk"), member__person=person)
    listed = Ballot.candidates.through.objects.filter(ballot=OuterRef("pk"))
    told = ballots.annotate(
        has_voted=Exists(own), track=Subquery(listed.values("application__track")[:1])
    )
    return [
        OwnBallot(
            ballot=one.ballot,
            candidates=len(one.candidates),
            members=one.members,
            present=one.present,
            has_voted=bool(getattr(one.ballot, "has_voted", False)),
            track=_track_of(one.ballot),
        )
        for one in polled(told)
    ]


def _track_of(ballot: Ballot) -> str:
    """The title of the one track that all candidates of a ballot are of."""
    code = getattr(ballot, "track", None)
    return pack_of(ballot.panel.cycle).track(code).title if code else ""


def candidates_for(member: PanelMember, candidates: Sequence[Application]) -> list[Candidate]:
    """The candidates as this member meets them; what the records prove counts before it is written.

    The member and the candidates come with their employers loaded. 1 query.
    """
    recorded = {
        recusal.application_id: recusal for recusal in Recusal.objects.filter(member=member)
    }
    found = {one.application: one.relation for one in found_recusals([member], candidates)}
    rows = []
    for application in candidates:
        recusal = recorded.get(application.pk)
        relation = recusal.relation if recusal else found.get(application.pk, "")
        rows.append(
            Candidate(application, relation, relation in COMPUTED, is_recorded=recusal is not None)
        )
    return rows


def candidates_on(ballot: Ballot) -> list[Application]:
    """A ballot's candidates by number, with their employers."""
    return list(ballot.candidates.select_related("employer__parent").order_by("number"))
