"""Which buckets nominees fit, what is left in them, and the assignment the system proposes."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from juxian.records.models import Proceeding, ProceedingItem, Seats
from juxian.records.packs import pack_of
from juxian.regulation.quota import Assignment, Nominee, assign
from juxian.regulation.words import Kind
from juxian.selectors.seats import live_nominations


def fitting(proceeding: Proceeding) -> dict[int, frozenset[str]]:
    """Buckets of the office that each person of the list is eligible for."""
    held = set(
        Seats.objects.filter(cycle=proceeding.cycle_id, office=proceeding.office_id).values_list(
            "bucket", flat=True
        )
    )
    rows = proceeding.items.values_list("application_id", "application__fits")
    return {pk: frozenset(fits) & held for pk, fits in rows}


def places_left(proceeding: Proceeding) -> dict[str, int | None]:
    """Seats left to the office in each of its buckets, in the pack's order; None for no cap."""
    taken = dict(
        live_nominations()
        .filter(proceeding__cycle=proceeding.cycle_id, proceeding__office=proceeding.office_id)
        .values_list("bucket")
        .annotate(taken=Count("pk"))
    )
    granted = dict(
        Seats.objects.filter(cycle=proceeding.cycle_id, office=proceeding.office_id).values_list(
            "bucket", "granted"
        )
    )
    order = [rule.bucket.code for rule in pack_of(proceeding.cycle).seats]
    return {
        code: None if (seats := granted[code]) is None else max(seats - taken.get(code, 0), 0)
        for code in order
        if code in granted
    }


def listed(proceeding: Proceeding) -> QuerySet[ProceedingItem]:
    """Who is on the list; applications and employers loaded."""
    rows = ProceedingItem.objects.filter(proceeding=proceeding)
    return rows.select_related("application__employer", "application__cycle")


def reason_before(item: ProceedingItem) -> str:
    """The reason on the list or, before there is one, that of the person's last list. 1 query."""
    rows = ProceedingItem.objects.filter(
        application=item.application_id, proceeding__kind=Kind.RECOMMEND, pk__lte=item.pk
    )
    said = rows.exclude(opinion="").order_by("-pk").values_list("opinion", flat=True)
    return said.first() or ""


def proposal(proceeding: Proceeding, order: Sequence[int]) -> Assignment:
    """Most nominees placed, earlier ranks never displaced by later ones."""
    fits = fitting(proceeding)
    nominees = [Nominee(pk, rank, fits[pk]) for rank, pk in enumerate(order, start=1)]
    return assign(nominees, places_left(proceeding))
