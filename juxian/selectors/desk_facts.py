"""What an office needs beside a file it verifies, read in the same query as the file itself."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from juxian.records.clock import Moment
from juxian.records.models import (
    Application,
    Certification,
    Correction,
    CorrectionItem,
    FileCopy,
    Office,
    Person,
    PointAnswer,
    Proposal,
    Reading,
    RosterEntry,
    Signature,
    Tick,
)

LAPSES_AFTER = timedelta(minutes=2)  # a page left open tells of itself more often than that


class TickRead(NamedTuple):
    """A tick as its readers see it; `by` is a person's key, the others are names."""

    by: int
    by_name: str
    office: str
    step: str
    turn: int
    place: str
    holds: bool
    note: str
    digest: str
    at: datetime


class SignatureRead(NamedTuple):
    """`by` is a person's key."""

    role: str
    by: int
    by_name: str
    agrees: bool
    words: str
    at: datetime


class ProposalRead(NamedTuple):
    """An act that was proposed, with its signatures in their order."""

    pk: int
    office: int
    step: str
    turn: int
    act: str
    opinion: str
    content: dict[str, Any]
    awaits: str
    is_open: bool
    signatures: tuple[SignatureRead, ...]

    @property
    def is_given_back(self) -> bool:
        return not self.signatures[-1].agrees

    @property
    def last(self) -> SignatureRead:
        return self.signatures[-1]


class PointRead(NamedTuple):
    """An answer to a point of the checklist."""

    point: str
    holds: bool
    step: str
    turn: int
    by_name: str
    office: str
    at: datetime


class ReaderRead(NamedTuple):
    """Somebody who has the file open; `by` is a person's key."""

    by: int
    by_name: str
    since: datetime


class RosterLine(NamedTuple):
    """The line of the employer's roster that bears the form's own resident id."""

    name: str
    facts: dict[str, Any]


def with_desk_facts(rows: QuerySet[Application]) -> QuerySet[Application]:
    return rows.annotate(
        tick_rows=_ticks(),
        roster_row=_roster(),
        proposal_rows=_proposals(),
        point_rows=_points(),
        reader_rows=_readers(),
        certification_rows=_certifications(),
        correction_rows=_last_correction(),
        copied_unread=Exists(_unread_copies()),
    )


def _unread_copies() -> QuerySet[FileCopy]:
    return FileCopy.objects.filter(application=OuterRef("pk"), read_at__isnull=True)


def ticks_on(application: Application) -> tuple[TickRead, ...]:
    """Everybody's, the latest first. No query for a file read `with_desk_facts`."""
    return tuple(
        TickRead(**{**row, "at": datetime.fromisoformat(row["at"])})
        for row in _known(application, "tick_rows")
    )


def proposals_on(application: Application) -> tuple[ProposalRead, ...]:
    """The latest first. No query for a file read `with_desk_facts`."""
    return tuple(
        ProposalRead(
            **{
                **row,
                "signatures": tuple(
                    SignatureRead(**{**one, "at": datetime.fromisoformat(one["at"])})
                    for one in row["signatures"]
                ),
            }
        )
        for row in _known(application, "proposal_rows")
    )


def points_on(application: Application) -> tuple[PointRead, ...]:
    """The latest first. No query for a file read `with_desk_facts`."""
    return tuple(
        PointRead(**{**row, "at": datetime.fromisoformat(row["at"])})
        for row in _known(application, "point_rows")
    )


def readers_of(application: Application) -> tuple[ReaderRead, ...]:
    """Who has it open now, the longest first. No query for a file read `with_desk_facts`."""
    return tuple(
        ReaderRead(**{**row, "since": datetime.fromisoformat(row["since"])})
        for row in _known(application, "reader_rows")
    )


def certifications_on(application: Application) -> list[Certification]:
    """What officers certified and settled, the oldest first; of who and where, the names alone.

    No query for a file read `with_desk_facts`.
    """
    return [
        Certification(
            **{
                **row,
                "application_id": application.pk,
                "by": Person(name=row["by"]),
                "office": Office(name=row["office"]),
                "done_at": datetime.fromisoformat(row["done_at"]),
            }
        )
        for row in _read(application, "certification_rows")
    ]


def last_correction_on(application: Application) -> tuple[CorrectionItem, ...]:
    """Everything the latest return asked for. No query for a file read `with_desk_facts`."""
    return tuple(
        CorrectionItem(**item, correction=correction)
        for row in _read(application, "correction_rows")
        for correction in [_correction(row["return"])]
        for item in row["items"]
    )


def _correction(row: dict[str, Any]) -> Correction:
    moments = {
        name: datetime.fromisoformat(row[name]) if row[name] else None
        for name in ("due_at", "answered_at")
    }
    return Correction(**{**row, **moments})


def roster_line_of(application: Application) -> RosterLine | None:
    row = _known(application, "roster_row")
    return RosterLine(**row) if row else None


def _known(application: Application, name: str) -> Any:
    """From then on the file keeps it."""
    if not hasattr(application, name):
        setattr(application, name, _read(application, name))
    return getattr(application, name)


def _read(application: Application, name: str) -> Any:
    if hasattr(application, name):
        return getattr(application, name)
    return getattr(with_desk_facts(Application.objects.filter(pk=application.pk)).get(), name)


def _ticks() -> ArraySubquery:
    rows = Tick.objects.filter(application=OuterRef("pk")).order_by("-turn", "-ticked_at", "-pk")
    return ArraySubquery(
        rows.values(
            read=JSONObject(
                by="by_id",
                by_name="by__name",
                office="office__name",
                at="ticked_at",
                **{name: name for name in ["step", "turn", "place", "holds", "note", "digest"]},
            )
        )
    )


def _proposals() -> ArraySubquery:
    signatures = Signature.objects.filter(proposal=OuterRef("pk")).order_by("pk")
    signed = ArraySubquery(
        signatures.values(
            read=JSONObject(
                role="role",
                by="by_id",
                by_name="by__name",
                agrees="agrees",
                words="words",
                at="signed_at",
            )
        )
    )
    rows = Proposal.objects.filter(application=OuterRef("pk")).order_by("-pk")
    return ArraySubquery(
        rows.values(
            read=JSONObject(
                pk="pk",
                office="office_id",
                is_open=Q(ended_at__isnull=True),
                signatures=signed,
                **{name: name for name in ["step", "turn", "act", "opinion", "content", "awaits"]},
            )
        )
    )


def _points() -> ArraySubquery:
    rows = PointAnswer.objects.filter(application=OuterRef("pk")).order_by("-pk")
    names = {name: name for name in ["point", "holds", "step", "turn"]}
    read = JSONObject(by_name="by__name", office="office__name", at="answered_at", **names)
    return ArraySubquery(rows.values(read=read))


def _readers() -> ArraySubquery:
    rows = Reading.objects.filter(application=OuterRef("pk"), seen_at__gte=Moment() - LAPSES_AFTER)
    read = JSONObject(by="by_id", by_name="by__name", since="since")
    return ArraySubquery(rows.order_by("since").values(read=read))


def _certifications() -> ArraySubquery:
    rows = Certification.objects.filter(application=OuterRef("pk")).order_by("pk")
    names = {name: name for name in ["pk", "turn", "condition", "holds", "reason", "done_at"]}
    return ArraySubquery(
        rows.values(read=JSONObject(by="by__name", office="office__name", **names))
    )


def _last_correction() -> ArraySubquery:
    named = ["pk", "path", "label", "reason_code", "words", "reply"]
    items = CorrectionItem.objects.filter(correction=OuterRef("pk")).order_by("pk")
    asked = ArraySubquery(items.values(read=JSONObject(**{name: name for name in named})))
    names = ["pk", "application_id", "handling_id", "turn", "due_at", "answered_at"]
    read = JSONObject(**{"return": JSONObject(**{name: name for name in names})}, items=asked)
    rows = Correction.objects.filter(application=OuterRef("pk")).order_by("-pk")
    return ArraySubquery(rows.values(read=read)[:1])


def _roster() -> Subquery:
    """Never by the name alone: whoever takes a name would read what the employer wrote."""
    lines = RosterEntry.objects.filter(
        office=OuterRef("employer"), id_mark=OuterRef("id_mark")
    ).exclude(id_mark="")
    return Subquery(
        lines.annotate(read=JSONObject(name=F("name"), facts=F("facts"))).values("read")[:1]
    )
