"""The outbox (发件箱) of the offices: what waits to be looked at, what went, what did not."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from juxian.access import scope
from juxian.records.models import Dispatch, Office, Person
from juxian.regulation.messages import (
    KINDS,
    Carrier,
    Occasion,
    OccasionKind,
    State,
    filled,
    parts_of,
)
from juxian.selectors.reach import Address, addresses_of
from juxian.selectors.sending import signed

WAITING = (State.WAITING, State.HELD)
TABS: dict[str, tuple[State, ...]] = {
    "waiting": WAITING,
    "going": (State.RELEASED, State.SENDING),
    "sent": (State.SENT,),
    "missed": (State.FAILED, State.BOUNCED, State.UNCLEAR),
    "cancelled": (State.CANCELLED,),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as its receiver will read it; `to` is masked, "" where it cannot go."""

    dispatch: Dispatch
    text: str
    to: str

    @property
    def kind(self) -> OccasionKind:
        return KINDS[Occasion(self.dispatch.occasion)]

    @property
    def parts(self) -> int:
        """Short messages it takes; 0 for what is none."""
        return parts_of(self.text) if self.dispatch.carrier == Carrier.SMS else 0

    @property
    def has_no_address(self) -> bool:
        return not self.to


@dataclass(frozen=True, slots=True)
class Group:
    """What waits of one office, upon one occasion, going one way; `first` is one of them."""

    office: Office
    count: int
    held: int
    first: Letter


def text_of(dispatch: Dispatch) -> str:
    """As the receiver reads it."""
    text = filled(dispatch.words, dispatch.values)
    return signed(text) if dispatch.carrier == Carrier.SMS else text


def letters_of(dispatches: Sequence[Dispatch]) -> list[Letter]:
    """3 queries."""
    to_people = [one for one in dispatches if one.person is not None]
    addresses = addresses_of([(one.person, one.application) for one in to_people if one.person])
    found = {one.pk: address for one, address in zip(to_people, addresses, strict=True)}
    return [Letter(one, text_of(one), _masked(one, found.get(one.pk))) for one in dispatches]


def _masked(dispatch: Dispatch, address: Address | None) -> str:
    if address is None:
        return dispatch.office.name
    return address.masked(Carrier(dispatch.carrier))


def groups_of(person: Person) -> list[Group]:
    """Grouped by office, occasion and carrier. 5 queries."""
    waiting = scope.dispatches(person).filter(state__in=WAITING)
    counted = list(
        waiting.order_by()
        .values("office", "occasion", "carrier")
        .annotate(count=Count("pk"), held=Count("pk", filter=Q(state=State.HELD)), first=Min("pk"))
    )
    firsts = _shown(Dispatch.objects.filter(pk__in=[one["first"] for one in counted]))
    letters = {letter.dispatch.pk: letter for letter in letters_of(list(firsts))}
    groups = [
        Group(
            letters[one["first"]].dispatch.office, one["count"], one["held"], letters[one["first"]]
        )
        for one in counted
    ]
    return sorted(groups, key=lambda group: group.first.dispatch.made_at)


def waiting_in(person: Person, office: int, occasion: str, carrier: str) -> QuerySet[Dispatch]:
    """What waits of one group, the oldest first."""
    mine = scope.dispatches(person).filter(office=office, occasion=occasion, carrier=carrier)
    return _shown(mine.filter(state__in=WAITING)).order_by("pk")


def passed_on(person: Person, tab: str) -> QuerySet[Dispatch]:
    """What does not wait any longer and stands as the tab says, the newest first."""
    return _shown(scope.dispatches(person).filter(state__in=TABS[tab])).order_by("-pk")


def _shown(rows: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    return rows.select_related("office", "person", "application__cycle")


def counts_of(person: Person) -> dict[str, int]:
    """Of each tab. 1 query."""
    counts = {
        tab: Count("pk", filter=Q(state__in=[state.value for state in states]))
        for tab, states in TABS.items()
    }
    found: dict[str, int] = scope.dispatches(person).aggregate(**counts)
    return found
