"""A list of nominees: which buckets they fit, the assignment proposed, the reasons written."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from juxian.records.models import Proceeding, ProceedingItem, Seats
from juxian.regulation.quota import Assignment
from juxian.regulation.words import Kind
from juxian.selectors.quota import assigned, meters_of


def fitting(item: ProceedingItem) -> frozenset[str]:
    """Buckets of the office that the person fits. 1 query; the item has its application."""
    listed_on = item.proceeding
    held = Seats.objects.filter(cycle=listed_on.cycle_id, office=listed_on.office_id)
    return frozenset(item.application.fits).intersection(held.values_list("bucket", flat=True))


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


def without_reason(proceeding: Proceeding) -> ProceedingItem | None:
    """The first who has a bucket and no reason yet. 1 query."""
    unwritten = ProceedingItem.objects.filter(proceeding=proceeding, opinion="")
    return unwritten.exclude(bucket="").order_by(F("rank").asc(nulls_last=True), "pk").first()


def proposal(proceeding: Proceeding, order: Sequence[int]) -> Assignment:
    """The assignment for everybody on the list in this order. 2 queries."""
    fits = dict(proceeding.items.values_list("application_id", "application__fits"))
    meters = meters_of(proceeding.cycle, proceeding.office)
    return assigned([(pk, fits[pk]) for pk in order], meters)
