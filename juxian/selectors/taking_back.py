"""Whether one's submitted form can still be taken back."""

from juxian.records.models import Application, Correction, ProceedingItem
from juxian.regulation.taking_back import TakingBack
from juxian.regulation.words import Standing


def taking_back_of(application: Application) -> TakingBack | None:
    """None unless it is as it was submitted. At most 2 queries, beside its cycle."""
    if not application.reverts_to:
        return None
    cycle = application.cycle
    correction = None
    if application.reverts_to == Standing.RETURNED:
        correction = latest_correction(application)
    ends = cycle.closes_at if cycle.closed_at is None else min(cycle.closed_at, cycle.closes_at)
    return TakingBack(
        submitted_at=application.held_since,
        opened_at=application.opened_at,
        due_at=correction.due_at if correction else ends,
        is_listed=_is_listed(application),
        is_mended=correction is not None,
    )


def latest_correction(application: Application) -> Correction | None:
    return Correction.objects.filter(application=application).order_by("-pk").first()


def _is_listed(application: Application) -> bool:
    return ProceedingItem.objects.filter(
        application=application,
        void_at__isnull=True,
        proceeding__concluded_at__isnull=True,
    ).exists()
