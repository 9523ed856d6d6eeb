"""How many seats are taken."""

from django.db.models import QuerySet

from juxian.records.models import ProceedingItem, Seats
from juxian.regulation.words import Act


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
