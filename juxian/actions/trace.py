"""Leaving a trace (留痕): who did, read, printed or exported what, when."""

from datetime import datetime

from django.db.models import Model

from juxian.records.clock import now
from juxian.records.models import Person, Trace


def leave(
    act: str, subject: Model, *, by: Person | None, at: datetime | None = None, **detail: object
) -> Trace:
    """`detail` holds identifiers and figures only, never names, numbers of people or answers."""
    return Trace.objects.create(
        at=at or now(),
        by=by,
        act=str(act),
        subject=subject._meta.model_name or "",  # noqa: SLF001
        subject_id=str(subject.pk),
        detail=detail,
    )
