"""Who may hold seats, and how many of them are taken."""

from collections import Counter

from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from juxian.records.models import Cycle, Office, ProceedingItem, Seats, SeatsChange
from juxian.records.packs import pack_of
from juxian.regulation.pack import Pack
from juxian.regulation.seat_rule import SeatRule
from juxian.regulation.words import Act, Kind, Role, SeatsAct


def live_nominations() -> QuerySet[ProceedingItem]:
    """Nominations that take a seat; one that lapsed or was withdrawn frees it."""
    return ProceedingItem.objects.filter(act=Act.RECOMMEND, void_at__isnull=True)


def taken(seats: Seats) -> int:
    """Seats taken by live nominations."""
    return (
        live_nominations()
        .filter(
            bucket=seats.bucket,
            proceeding__office=seats.office_id,
            proceeding__cycle=seats.cycle_id,
        )
        .count()
    )


def nominating(pack: Pack) -> frozenset[str]:
    """The sorts of units that nominate, in every channel (通知五（三）：各地、各有关单位)."""
    return frozenset(holder for channel in pack.channels for holder in channel.holders)


def nominators_of(cycle: Cycle) -> QuerySet[Office]:
    """Every office in service that may nominate in the cycle; `holds_seats` whether it may now."""
    rows = Office.objects.filter(holder__in=nominating(pack_of(cycle)), ends_on__isnull=True)
    held = Seats.objects.filter(cycle=cycle, office=OuterRef("pk"))
    return rows.annotate(holds_seats=Exists(held)).order_by("code")


def free_seats(seats: Seats, used: int) -> int | None:
    """What nobody uses yet; None without a cap."""
    return None if seats.granted is None else max(seats.granted - used, 0)


def nominating_role(pack: Pack) -> Role:
    """Who at a nominating office works on its list, and so on its seats."""
    return next(step.role for step in pack.procedure.steps if step.kind is Kind.RECOMMEND)


def in_pool(cycle: Cycle) -> Counter[str]:
    """By bucket, places returned or taken back that no office has got since. 1 query."""
    rows = (
        SeatsChange.objects.filter(seats__cycle=cycle, other=None)
        .exclude(act=SeatsAct.CHANGE)
        .values_list("seats__bucket")
        .annotate(freed=Sum(F("before") - F("after")))
        .order_by()
    )
    return Counter(dict(rows))


def is_uncapped(rule: SeatRule) -> bool:
    """Whether the call sets no cap for anybody who holds seats in the bucket."""
    return all(grant.cap is None for grant in rule.grants)
