"""What the reports of all offices are merged from (总结材料汇编): their words, and the figures."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from juxian.records.models import Cycle, Handling, Objection, Proceeding, ProceedingItem, Stop
from juxian.records.packs import pack_of
from juxian.regulation.pack import Pack
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Act, Kind, Level
from juxian.selectors.document_subjects import Subject
from juxian.selectors.findings import marks_of
from juxian.selectors.report import Asked, Owed, Timeliness, received
from juxian.selectors.seats import live_nominations


@dataclass(frozen=True, slots=True)
class Row:
    """Figures under a name, in the order of the columns that they stand in."""

    name: str
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """`tracks` and `offices` by how many applied, passed there and were nominated; `notices` by
    how many there were, their people, objections, and those upheld; `tilts` by nominees.
    """

    tracks: tuple[Row, ...]
    offices: tuple[Row, ...]
    notices: tuple[Row, ...]
    tilts: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one office wrote, by part; {} where it is in files alone."""

    office: str
    texts: Mapping[str, str]
    is_late: bool


@dataclass(frozen=True, slots=True)
class MergedInput:
    """`said` in the order of the register; `missing` are the offices that handed in nothing."""

    number: str
    title: str
    programme: str
    office: str
    parts: tuple[str, ...]
    said: tuple[Said, ...]
    missing: tuple[str, ...]
    figures: Figures
    dated: datetime


@dataclass(frozen=True, slots=True)
class LetterInput:
    """What goes with the merged report: how many handed in, and who did not."""

    number: str
    title: str
    year: int
    office: str
    phone: str
    handed_in: int
    missing: tuple[str, ...]
    dated: datetime


def merged_input(asked: Asked) -> MergedInput:
    """The latest version of every office; NotReady before there is one. 9 queries."""
    rows = sorted(received(asked).rows, key=lambda row: row.office.code)
    said = tuple(_said(row) for row in rows if row.latest)
    if not said:
        raise NotReady(_("还没有单位报送，不能合并"))
    return MergedInput(
        number=f"ZJ-{asked.cycle.pk}",
        title=asked.report.title,
        programme=pack_of(asked.cycle).programme.title,
        office=asked.cycle.organiser.name,
        parts=asked.report.parts,
        said=said,
        missing=tuple(row.office.name for row in rows if not row.latest),
        figures=figures_of(asked.cycle),
        dated=max(row.latest.row.handed_in_at for row in rows if row.latest),
    )


def letter_input(subject: Subject) -> LetterInput:
    """NotReady before an office has handed in. 3 queries."""
    asked = subject.asked
    if asked is None:
        raise LookupError(subject.key)
    rows = received(asked).rows
    handed_in = [row.latest.row.handed_in_at for row in rows if row.latest]
    if not handed_in:
        raise NotReady(_("还没有单位报送总结材料"))
    office, pack = subject.office, pack_of(asked.cycle)
    return LetterInput(
        number=f"BS-{asked.cycle.pk}",
        title=asked.report.title,
        year=pack.programme.year,
        office=office.name,
        phone=office.phone,
        handed_in=len(handed_in),
        missing=tuple(row.office.name for row in rows if not row.latest),
        dated=max(handed_in),
    )


def figures_of(cycle: Cycle) -> Figures:
    """6 queries, whatever the numbers."""
    pack = pack_of(cycle)
    applied = _applied(cycle)
    nominees = list(
        live_nominations()
        .filter(proceeding__cycle=cycle)
        .select_related("application__cycle", "proceeding__office")
    )
    taken = Counter((one.proceeding.office.name, one.application.track) for one in nominees)
    return Figures(
        tracks=_by_track(pack, applied, taken),
        offices=_by_office(applied, taken),
        notices=_notices(pack, cycle),
        tilts=_tilts(pack, nominees),
    )


Place = tuple[str, str]
"""An office's name and a track."""


def _said(row: Owed) -> Said:
    texts = row.latest.row.texts if row.latest else {}
    return Said(row.office.name, texts, row.timeliness is Timeliness.LATE)


def _applied(cycle: Cycle) -> Mapping[Place, tuple[int, int]]:
    """How many came to each nominating office, and how many its check let pass."""
    endorsed = Handling.objects.filter(
        application=OuterRef("application"), office=OuterRef("office"), act=Act.ENDORSE
    )
    rows = (
        Stop.objects.filter(
            application__cycle=cycle,
            application__submitted_at__isnull=False,
            level=Level.NOMINATOR,
        )
        .annotate(passed_here=Exists(endorsed))
        .values_list("office__name", "application__track")
        .annotate(sent=Count("pk"), passed=Count("pk", filter=Q(passed_here=True)))
        .order_by("office__code")
    )
    return {(office, track): (sent, passed) for office, track, sent, passed in rows}


def _by_track(
    pack: Pack, applied: Mapping[Place, tuple[int, int]], taken: Mapping[Place, int]
) -> tuple[Row, ...]:
    rows = []
    for track in pack.tracks:
        here = [figures for (_office, code), figures in applied.items() if code == track.code]
        nominated = sum(count for (_office, code), count in taken.items() if code == track.code)
        sent, passed = (sum(one[place] for one in here) for place in (0, 1))
        rows.append(Row(track.title, (sent, passed, nominated)))
    return tuple(rows)


def _by_office(
    applied: Mapping[Place, tuple[int, int]], taken: Mapping[Place, int]
) -> tuple[Row, ...]:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (office, _track), (sent, passed) in applied.items():
        found[office][0] += sent
        found[office][1] += passed
    for (office, _track), count in taken.items():
        found[office][2] += count
    return tuple(Row(office, tuple(figures)) for office, figures in found.items())


def _notices(pack: Pack, cycle: Cycle) -> tuple[Row, ...]:
    held = Proceeding.objects.filter(cycle=cycle, kind=Kind.PUBLICIZE, starts_on__isnull=False)
    people = ProceedingItem.objects.filter(proceeding__in=held, void_at__isnull=True)
    objected = Objection.objects.filter(proceeding__in=held)
    notices = dict(held.values_list("step").annotate(Count("pk")))
    listed = dict(people.values_list("proceeding__step").annotate(Count("pk")))
    raised = {
        step: (count, upheld)
        for step, count, upheld in objected.values_list("proceeding__step").annotate(
            raised=Count("pk"), founded=Count("pk", filter=Q(upheld=True))
        )
    }
    return tuple(
        Row(
            step.title,
            (notices[step.code], listed.get(step.code, 0), *raised.get(step.code, (0, 0))),
        )
        for step in pack.procedure.steps
        if step.code in notices
    )


def _tilts(pack: Pack, nominees: Sequence[ProceedingItem]) -> tuple[Row, ...]:
    marks = Counter(mark for one in nominees for mark in marks_of(pack, one.application))
    return tuple(Row(mark, (count,)) for mark, count in marks.most_common())
