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
    trace = _trace(Left(act, subject, detail), by, at)
    trace.save(force_insert=True)  # one statement; several rows need a transaction around theirs
    return trace


def leave_all(
    left: Sequence[Left], *, by: Person | None, at: datetime | None = None
) -> list[Trace]:
    return Trace.objects.bulk_create(_trace(one, by, at) for one in left)


def _trace(left: Left, by: Person | None, at: datetime | None) -> Trace:
    return Trace(
        at=at or Moment(),
        by=by,
        act=str(left.act),
        subject=left.subject._meta.model_name or "",  # noqa: SLF001
        subject_id=str(left.subject.pk),
        detail=left.detail,
    )
