"""How many seats are taken."""

from juxian.records.models import ProceedingItem, Seats
from juxian.regulation.words import Act


def taken(seats: Seats) -> int:
    """Seats taken by live nominations; one that lapsed or was withdrawn frees its seat."""
    return ProceedingItem.objects.filter(
        act=Act.RECOMMEND,
        bucket=seats.bucket,
        void_at__isnull=True,
        proceeding__office=seats.office_id,
        proceeding__cycle=seats.cycle_id,
    ).count()
