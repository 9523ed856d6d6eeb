"""Searching the traces of a cycle (审计检索): who did what to what, when, and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Cast, JSONObject

from juxian.access import scope
from juxian.records.models import (
    Application,
    Ballot,
    Cycle,
    Evidence,
    Handling,
    Objection,
    Panel,
    Parcel,
    Person,
    Proceeding,
    ProceedingItem,
    Report,
    Seats,
    SeatsChange,
    Trace,
)
from juxian.records.packs import pack_of
from juxian.regulation.deadlines import BEIJING
from juxian.regulation.pack import Pack
from juxian.regulation.words import Act
from juxian.selectors.trace_words import ACTS, figures, thing

ROWS = 30
FOUND = 50  # files a piece of a number may mean
EVENING, MORNING = 22, 6
EXPORT = "export_ministry"
READINGS = ("open_file", "print", EXPORT)
CONCLUSIONS = (Act.UPHOLD,)  # whose words are on an objection, which a supervisor does not read
REASONED = tuple(act.value for act in Act if act not in CONCLUSIONS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: a piece of a number, of a name or a login, an act, days included.

    `at_night` leaves what was read, printed or exported between ten in the evening and six.
    """

    number: str = ""
    who: str = ""
    act: str = ""
    since: date | None = None
    until: date | None = None
    at_night: bool = False

    @property
    def is_empty(self) -> bool:
        return self == Asked()


@dataclass(frozen=True, slots=True)
class Line:
    """A trace in words; `file` is the application it is about, if the reader may know it."""

    trace: Trace
    act: str
    thing: str
    file: Application | None
    why: str
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The latest first; `after` is a cursor for what is older, "" at the end."""

    lines: tuple[Line, ...]
    after: str = ""


def page_of(
    cycle: Cycle,
    asked: Asked,
    *,
    by: Person,
    files: Collection[Application] = (),
    after: str = "",
) -> Page:
    """2 queries, however long the log is; `files` are those of `files_numbered`."""
    rows = scope.traces(by, cycle)
    if asked.number:
        rows = rows.filter(_about(files))
    rows = _older(matching(rows, asked), after)
    found = list(_told(rows).order_by("-at", "-pk")[: ROWS + 1])
    shown = found[:ROWS]
    known = (
        scope.watched(by)
        .filter(cycle=cycle)
        .in_bulk({key for row in shown if (key := getattr(row, "of_file", None))})
    )
    pack = pack_of(cycle)
    return Page(
        lines=tuple(_line(pack, row, known) for row in shown),
        after=_cursor(shown[-1]) if len(found) > ROWS else "",
    )


def people_asked(asked: Asked) -> list[int]:
    """Keys of the first `FOUND` that a piece of a name means, for the search's trace. 1 query."""
    if not asked.who:
        return []
    return list(_people(asked.who).order_by("pk").values_list("pk", flat=True)[:FOUND])


def _people(who: str) -> QuerySet[Person]:
    return Person.objects.filter(Q(name__icontains=who) | Q(login__iexact=who))


def files_numbered(cycle: Cycle, piece: str, *, by: Person) -> list[Application]:
    """Files that a piece of a number means, one more than `FOUND` when they are more. 1 query."""
    rows = scope.watched(by).filter(cycle=cycle, number__icontains=piece)
    return list(rows.select_related("employer").order_by("number")[: FOUND + 1])


def _about(files: Collection[Application]) -> Q:
    """Traces of the files, of their evidence and objections, and of lists they are on.

    Of what was done on a list to one person, only what was done to these.
    """
    keys = [file.pk for file in files]
    evidence = Evidence.objects.filter(application__in=keys)
    objections = Objection.objects.filter(application__in=keys)
    listed = ProceedingItem.objects.filter(application__in=keys)
    of_list = Q(detail__application__isnull=True) | Q(detail__application__in=keys)
    return (
        Q(subject="application", subject_id__in=[str(key) for key in keys])
        | Q(subject="evidence", subject_id__in=_texts(evidence, "pk"))
        | Q(subject="objection", subject_id__in=_texts(objections, "pk"))
        | Q(of_list, subject="proceeding", subject_id__in=_texts(listed, "proceeding"))
    )


def _texts(rows: "QuerySet[Any]", column: str) -> "QuerySet[Any]":
    texts: QuerySet[Any] = rows.annotate(text=Cast(column, CharField())).values("text")
    return texts


def matching(rows: QuerySet[Trace], asked: Asked) -> QuerySet[Trace]:
    if asked.who:
        rows = rows.filter(by__in=_people(asked.who))
    if asked.act:
        rows = rows.filter(act=asked.act)
    if asked.since:
        rows = rows.filter(at__gte=_midnight(asked.since))
    if asked.until:
        rows = rows.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    if asked.at_night:
        dark = Q(at__hour__gte=EVENING) | Q(at__hour__lt=MORNING)
        rows = rows.filter(dark, act__in=READINGS)
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)


def _cursor(row: Trace) -> str:
    return f"{row.at.isoformat()}~{row.pk}"


def _older(rows: QuerySet[Trace], cursor: str) -> QuerySet[Trace]:
    """What comes after the row that the cursor names; everything for a text that is no cursor."""
    at, _tilde, pk = cursor.partition("~")
    try:
        moment, key = datetime.fromisoformat(at), int(pk)
    except ValueError:
        return rows
    if moment.tzinfo is None:
        return rows
    return rows.filter(at__lte=moment).exclude(at=moment, pk__gte=key)


def _told(rows: QuerySet[Trace]) -> QuerySet[Trace]:
    """With what a line says of its subject, asked for in the same query."""
    things: dict[str, QuerySet[Any]] = {
        "proceeding": Proceeding.objects.values(
            about=JSONObject(step="step", office="office__name")
        ),
        "ballot": Ballot.objects.values(about=JSONObject(panel="panel__title", round="round")),
        "panel": Panel.objects.values(about=JSONObject(panel="title")),
        "seats": Seats.objects.values(about=JSONObject(bucket="bucket", office="office__name")),
        "evidence": Evidence.objects.values(about=JSONObject(material="material")),
        "objection": Objection.objects.values(about=JSONObject(receipt="receipt")),
        "report": Report.objects.values(about=JSONObject(office="office__name")),
        "parcel": Parcel.objects.values(about=JSONObject(number="number")),
    }
    files = {
        "evidence": Evidence.objects.values("application"),
        "objection": Objection.objects.values("application"),
    }
    reasons = Handling.objects.filter(
        application=OuterRef("key"), act=OuterRef("act"), done_at=OuterRef("at")
    )
    changes = SeatsChange.objects.filter(
        seats=OuterRef("key"), by=OuterRef("by"), changed_at__lte=OuterRef("at")
    )
    return rows.select_related("by").annotate(
        about=Case(
            *(When(subject=subject, then=_one(of)) for subject, of in things.items()),
            output_field=JSONField(),
        ),
        of_file=Case(
            When(subject="application", then=F("key")),
            *(When(subject=subject, then=_one(of)) for subject, of in files.items()),
            When(detail__application__isnull=False, then=F("named")),
            output_field=BigIntegerField(),
        ),
        why=Case(
            When(
                subject="application",
                act__in=REASONED,
                then=Subquery(reasons.values("opinion")[:1]),
            ),
            When(
                act="change_seats",
                then=Subquery(changes.order_by("-changed_at", "-pk").values("reason")[:1]),
            ),
            output_field=CharField(),
        ),
    )


def _one(rows: "QuerySet[Any]") -> Subquery:
    return Subquery(rows.filter(pk=OuterRef("key"))[:1])


def _line(pack: Pack, row: Trace, files: Mapping[int, Application]) -> Line:
    file = files.get(getattr(row, "of_file", None) or 0)
    return Line(
        trace=row,
        act=str(ACTS.get(row.act, row.act)),
        thing=thing(pack, row, getattr(row, "about", None) or {}),
        file=file,
        why=getattr(row, "why", "") or "",
        figures=tuple(figures(pack, row)),
    )
