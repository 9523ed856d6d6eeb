"""Leaving a trace (留痕): who did, read, printed or exported what, when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from juxian.records.clock import Moment
from juxian.records.models import Person, Trace


@dataclass(frozen=True, slots=True)
class Left:
    """One trace of several: what was done to whom, with identifiers and figures only."""

    act: str
    subject: Model
    detail: Mapping[str, object]


def leave(
    act: str, subject: Model, *, by: Person | None, at: datetime | None = None, **detail: object
) -> Trace:
    """`detail` holds identifiers and figures only, never names, numbers of people or answers."""
    return leave_all([Left(act, subject, detail)], by=by, at=at)[0]


def leave_all(
    left: Sequence[Left], *, by: Person | None, at: datetime | None = None
) -> list[Trace]:
    return Trace.objects.bulk_create(
        Trace(
            at=at or Moment(),
            by=by,
            act=str(one.act),
            subject=one.subject._meta.model_name or "",  # noqa: SLF001
            subject_id=str(one.subject.pk),
            detail=one.detail,
        )
        for one in left
    )
