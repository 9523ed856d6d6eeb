"""How much waits for a person at each step, counted no further than a page can use."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from juxian.access.duties import duties_of
from juxian.access.scope import OFFICE_ROLES
from juxian.records.models import Application, Cycle, Person
from juxian.records.packs import pack_of
from juxian.regulation.procedure import Step
from juxian.regulation.words import Kind, Role, Standing

MOST_COUNTED = 1000
WAITING_AT = """
SELECT place.nth, one.waiting, one.unopened, one.listed, one.nearest
FROM unnest(%(cycles)s::bigint[], %(steps)s::text[], %(holders)s::bigint[], %(tracks)s::text[])
    WITH ORDINALITY AS place(cycle, step, holder, track, nth)
CROSS JOIN LATERAL (
    SELECT count(*) AS waiting,
        count(*) FILTER (WHERE file.opened_at IS NULL) AS unopened,
        count(*) FILTER (WHERE file.is_listed) AS listed,
        min(file.due_at) AS nearest
    FROM (
        SELECT a.opened_at, a.due_at, EXISTS (
            SELECT 1 FROM records_proceedingitem i
            JOIN records_proceeding p ON p.id = i.proceeding_id
            WHERE i.application_id = a.id AND i.void_at IS NULL AND p.concluded_at IS NULL
        ) AS is_listed
        FROM records_application a
        WHERE a.holder_id = place.holder AND a.standing = %(standing)s
            AND a.cycle_id = place.cycle AND a.step = place.step AND a.track = place.track
            AND a.applicant_id <> %(person)s
            AND NOT EXISTS (
                SELECT 1 FROM records_proposal o
                WHERE o.application_id = a.id AND o.ended_at IS NULL
            )
        ORDER BY a.due_at, a.id
        LIMIT %(most)s
    ) file
) one
WHERE one.waiting > 0
ORDER BY place.nth
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file may wait for a person: at a step, with an office, in a track."""

    cycle: Cycle
    step: Step
    holder: int
    track: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted at one place, up to one more than is counted."""

    place: Place
    count: int
    unopened: int
    listed: int
    nearest: datetime | None


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits for a person at one step of one cycle; `is_more` than was counted."""

    cycle: Cycle
    step: Step
    tracks: tuple[str, ...]
    offices: tuple[int, ...]
    count: int
    unopened: int
    listed: int  # of them, already on an open proceeding
    nearest_due: datetime | None
    is_more: bool = False

    @property
    def code(self) -> str:
        """The pile's name in an address."""
        return f"{self.cycle.pk}:{self.step.code}"

    @property
    def unlisted(self) -> int:
        return self.count - self.listed + self.is_more

    @property
    def count_in_words(self) -> str:
        return said_bounded(self.count, is_more=self.is_more)

    def rows(self) -> Q:
        return Q(
            cycle=self.cycle, step=self.step.code, track__in=self.tracks, holder__in=self.offices
        )


def said_bounded(count: int, *, is_more: bool) -> str:
    """12, or 1000+ where there are more than are counted."""
    return f"{count}+" if is_more else str(count)


def cycles_of(person: Person) -> tuple[Cycle, ...]:
    """Every cycle, the latest first; `has_work` on those in which the person's offices hold files.

    1 query.
    """
    held = Application.objects.filter(
        holder__in=_offices(person), standing=Standing.OPEN, cycle=OuterRef("pk")
    )
    rows = Cycle.objects.select_related("organiser").annotate(has_work=Exists(held))
    return tuple(rows.order_by("-pk"))


def piles_of(person: Person, cycles: Sequence[Cycle] | None = None) -> tuple[Pile, ...]:
    """One pile for each step of each cycle with work for the person, the most urgent first."""
    known = cycles_of(person) if cycles is None else cycles
    places = tuple(_places(person, known))
    piled: dict[tuple[int, str], list[Counted]] = defaultdict(list)
    for one in _counted(person, places) if places else ():
        piled[one.place.cycle.pk, one.place.step.code].append(one)
    return tuple(sorted(map(_pile, piled.values()), key=_urgency))


def waiting_rows(person: Person, cycles: Sequence[Cycle]) -> Q:
    """What may wait for the person anywhere, by step, office and track."""
    alike: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    for place in _places(person, cycles):
        alike[place.cycle.pk, place.step.code, place.track].add(place.holder)
    found = Q(pk__in=())
    for (cycle, step, track), holders in alike.items():
        found |= Q(cycle=cycle, step=step, track=track, holder__in=holders)
    return found


def _offices(person: Person) -> set[int]:
    mine = (duty for duty in duties_of(person) if duty.role in OFFICE_ROLES)
    return {office for duty in mine for office in duty.office_ids}


def _places(person: Person, cycles: Sequence[Cycle]) -> Iterator[Place]:
    """Each once, whatever number of duties lead to it."""
    for cycle in cycles:
        if not getattr(cycle, "has_work", True):
            continue
        pack = pack_of(cycle)
        tracks = [track.code for track in pack.tracks]
        for step in pack.procedure.steps:
            if step.kind is not Kind.FILL:
                for holder, track in sorted(_covered(person, step.role, tracks)):
                    yield Place(cycle, step, holder, track)


def _covered(person: Person, role: Role, tracks: Sequence[str]) -> set[tuple[int, str]]:
    """Offices with tracks that the person's duties of this role cover."""
    duties = [duty for duty in duties_of(person) if duty.role is role and role in OFFICE_ROLES]
    return {
        (holder, track)
        for duty in duties
        for holder in duty.office_ids
        for track in tracks
        if duty.track in ("", track)
    }


def _counted(person: Person, places: Sequence[Place]) -> Iterator[Counted]:
    with connection.cursor() as cursor:
        cursor.execute(
            WAITING_AT,
            {
                "cycles": [place.cycle.pk for place in places],
                "steps": [place.step.code for place in places],
                "holders": [place.holder for place in places],
                "tracks": [place.track for place in places],
                "standing": Standing.OPEN.value,
                "person": person.pk,
                "most": MOST_COUNTED + 1,
            },
        )
        for nth, *figures in cursor.fetchall():
            yield Counted(places[nth - 1], *figures)


def _pile(counted: Sequence[Counted]) -> Pile:
    count = sum(one.count for one in counted)
    first = counted[0].place
    return Pile(
        cycle=first.cycle,
        step=first.step,
        tracks=tuple(sorted({one.place.track for one in counted})),
        offices=tuple(sorted({one.place.holder for one in counted})),
        count=min(count, MOST_COUNTED),
        unopened=min(sum(one.unopened for one in counted), MOST_COUNTED),
        listed=min(sum(one.listed for one in counted), MOST_COUNTED),
        nearest_due=min((one.nearest for one in counted if one.nearest), default=None),
        is_more=count > MOST_COUNTED,
    )


def _urgency(pile: Pile) -> tuple[bool, float, int, int]:
    due = pile.nearest_due
    order = pack_of(pile.cycle).procedure.index(pile.step.code)
    return due is None, due.timestamp() if due else 0.0, -pile.cycle.pk, order
