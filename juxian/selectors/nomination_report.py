"""The figures of a nominating unit's report (推荐报告): what its six parts are written from."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from juxian.records.models import (
    Application,
    Handling,
    Objection,
    Proceeding,
    ProceedingItem,
    Stop,
)
from juxian.records.packs import pack_of
from juxian.regulation.ballot import BallotRule
from juxian.regulation.pack import Pack
from juxian.regulation.words import Act, Kind, Level
from juxian.selectors.document_subjects import Subject
from juxian.selectors.findings import marks_of
from juxian.selectors.nomination import preferred
from juxian.selectors.paper_lists import nominated
from juxian.selectors.tilt import Tilt, tilts_of


@dataclass(frozen=True, slots=True)
class Filed:
    """How many of a track came in, and how many the office's check let pass."""

    track: str
    sent: int
    passed: int


@dataclass(frozen=True, slots=True)
class SittingFact:
    step: str
    tracks: str
    held_on: date | None
    place: str
    method: str
    chair: str
    members: int | None
    present: int | None
    rule: BallotRule | None
    candidates: int
    admitted: int


@dataclass(frozen=True, slots=True)
class Publicised:
    """Notices of one level: the first day and the last, and what was objected."""

    starts_on: date | None
    ends_on: date | None
    people: int
    places: tuple[str, ...] = ()
    objections: int = 0
    upheld: int = 0


@dataclass(frozen=True, slots=True)
class Consulted:
    """Replies of one body: (document number, day), and how many of each answer, latest counted."""

    body: str
    replies: tuple[tuple[str, date | None], ...]
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Decided:
    body: str
    held_on: date | None
    number: str


@dataclass(frozen=True, slots=True)
class Nominated:
    name: str
    employer: str
    track: str
    title: str
    bucket: str
    rank: int | None
    preferred: str
    is_nonpublic: bool
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportInput:
    """`annexes` are papers of the call with their copies, as the package has them."""

    number: str
    programme: str
    receiver: str
    office: str
    phone: str
    dated: date
    year: int
    filed: tuple[Filed, ...]
    sittings: tuple[SittingFact, ...]
    below: Publicised | None
    here: Publicised | None
    consulted: Consulted | None
    decided: tuple[Decided, ...]
    nominees: tuple[Nominated, ...]
    tilt: Tilt
    annexes: tuple[str, ...]


def report_input(subject: Subject) -> ReportInput:
    """7 queries, whatever the numbers."""
    cycle, office = subject.cycle, subject.office
    pack = pack_of(cycle)
    concluded = list(
        Proceeding.objects.filter(
            cycle=cycle, office=office, concluded_at__isnull=False, corrected_by__isnull=True
        )
        .prefetch_related(Prefetch("items", ProceedingItem.objects.select_related("application")))
        .order_by("concluded_at", "pk")
    )
    of_kind = {kind: [row for row in concluded if row.kind == kind] for kind in Kind}
    items = list(nominated(cycle, office))
    below = _employers_notices([item.application_id for item in items], office.pk)
    here = [item for row in of_kind[Kind.PUBLICIZE] for item in row.items.all()]
    objected = _objections({item.proceeding_id for item in (*below, *here)})
    last = max(
        (item.proceeding.concluded_at for item in items if item.proceeding.concluded_at),
        default=cycle.opened_at,
    )
    return ReportInput(
        number=f"TJ-{subject.key}",
        programme=pack.programme.title,
        receiver=cycle.organiser.name,
        office=office.name,
        phone=office.phone,
        dated=last.date(),
        year=pack.programme.year,
        filed=_filed(pack, subject),
        sittings=tuple(_sitting(pack, row) for row in of_kind[Kind.REVIEW]),
        below=_publicised(below, objected),
        here=_publicised(here, objected),
        consulted=_consulted(of_kind[Kind.OPINE]),
        decided=tuple(
            Decided(row.body, row.held_on, row.document_number) for row in of_kind[Kind.DECIDE]
        ),
        nominees=tuple(_nominated(pack, item) for item in items),
        tilt=tilts_of(cycle, [office])[0],
        annexes=_annexes(pack, len(items)),
    )


def _filed(pack: Pack, subject: Subject) -> tuple[Filed, ...]:
    stops = Stop.objects.filter(
        application=OuterRef("pk"), level=Level.NOMINATOR, office=subject.office
    )
    endorsed = Handling.objects.filter(
        application=OuterRef("pk"), act=Act.ENDORSE, office=subject.office
    )
    rows = (
        Application.objects.filter(Exists(stops), cycle=subject.cycle, submitted_at__isnull=False)
        .annotate(passed_here=Exists(endorsed))
        .values_list("track")
        .annotate(sent=Count("pk"), passed=Count("pk", filter=Q(passed_here=True)))
    )
    found = {track: (sent, passed) for track, sent, passed in rows}
    return tuple(
        Filed(track.title, *found[track.code]) for track in pack.tracks if track.code in found
    )


def _sitting(pack: Pack, row: Proceeding) -> SittingFact:
    step = pack.procedure.step(row.step)
    items = row.items.all()
    codes = {item.application.track for item in items}
    return SittingFact(
        step=step.title,
        tracks="、".join(track.title for track in pack.tracks if track.code in codes),
        held_on=row.held_on,
        place=row.place,
        method=row.method,
        chair=row.chair,
        members=row.members,
        present=row.present,
        rule=pack.ballots.get(step.ballot),
        candidates=len(items),
        admitted=sum(item.act == Act.ADMIT for item in items),
    )


def _employers_notices(applications: Sequence[int], office: int) -> list[ProceedingItem]:
    """Of the nominees' employers, where those are others than the office."""
    rows = ProceedingItem.objects.filter(
        application__in=applications,
        proceeding__kind=Kind.PUBLICIZE,
        proceeding__concluded_at__isnull=False,
        void_at__isnull=True,
    )
    rows = rows.exclude(proceeding__office=office).exclude(act="")
    return list(rows.select_related("proceeding").order_by("pk"))


def _objections(proceedings: Collection[int]) -> Mapping[int, Counter[bool | None]]:
    found: dict[int, Counter[bool | None]] = {pk: Counter() for pk in proceedings}
    rows = Objection.objects.filter(proceeding__in=proceedings)
    for pk, upheld in rows.values_list("proceeding_id", "upheld"):
        found[pk][upheld] += 1
    return found


def _publicised(
    items: Sequence[ProceedingItem], objected: Mapping[int, Counter[bool | None]]
) -> Publicised | None:
    if not items:
        return None
    rows = list({item.proceeding_id: item.proceeding for item in items}.values())
    return Publicised(
        starts_on=min((row.starts_on for row in rows if row.starts_on), default=None),
        ends_on=max((row.ends_on for row in rows if row.ends_on), default=None),
        people=len({item.application_id for item in items}),
        places=tuple(dict.fromkeys(row.place for row in rows if row.place)),
        objections=sum(objected[row.pk].total() for row in rows),
        upheld=sum(objected[row.pk][True] for row in rows),
    )


def _consulted(rows: Iterable[Proceeding]) -> Consulted | None:
    known = list(rows)
    if not known:
        return None
    answers = {item.application_id: item.code for row in known for item in row.items.all()}
    return Consulted(
        body="、".join(dict.fromkeys(row.body for row in known if row.body)),
        replies=tuple((row.document_number, row.held_on) for row in known),
        answers=Counter(answers.values()),
    )


def _nominated(pack: Pack, item: ProceedingItem) -> Nominated:
    application = item.application
    return Nominated(
        name=application.name,
        employer=application.employer.name,
        track=pack.track(application.track).title,
        title=application.title,
        bucket=pack.seat_rule(item.bucket).bucket.title if item.bucket else "",
        rank=item.rank,
        preferred=preferred(pack, item),
        is_nonpublic=application.employer.is_nonpublic,
        marks=marks_of(pack, application),
    )


def _annexes(pack: Pack, people: int) -> tuple[str, ...]:
    """What the package holds beside the report itself (通知五（二）)."""
    summaries = [paper.title for paper in pack.papers if paper.code == "evaluation_summary"]
    forms = [
        f"《{paper.title}》（{people}人，每人{paper.copies}份）"
        for paper in pack.papers
        if paper.per == "applicant"
    ]
    return ("推荐人选一览表", *summaries, *forms)
