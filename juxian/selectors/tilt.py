"""How far nominations lean towards those the call favours (倾斜情况): by office and in all."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Subquery

from juxian.records.models import Application, Cycle, Office, ProceedingItem, Stop
from juxian.records.packs import pack_of
from juxian.regulation.pack import Mark
from juxian.regulation.words import Act, Kind, Level, Standing
from juxian.selectors.seats import live_nominations


@dataclass(frozen=True, slots=True)
class Share:
    """How many applied, passed the evaluation of the nominating office, and were nominated."""

    filed: int = 0
    passed: int = 0
    nominated: int = 0

    def of(self, whole: "Share") -> str:
        """Of all nominated, "40%"; "—" before anybody is."""
        if not whole.nominated:
            return "—"
        return f"{self.nominated * 100 / whole.nominated:.0f}%"


@dataclass(frozen=True, slots=True)
class Tilt:
    """One office's, or everybody's where there is none; `shares` go with the favoured marks."""

    office: Office | None
    whole: Share
    shares: tuple[tuple[Mark, Share, str], ...]


def tilts_of(cycle: Cycle, offices: Collection[Office]) -> tuple[Tilt, ...]:
    """A line an office, in their order, and of several the sum at the end. 1 query.

    Those who withdrew before anybody nominated them count for nothing.
    """
    marks = [mark for mark in pack_of(cycle).marks if mark.breaks_ties]
    figures = _figures(cycle, offices)
    lines = [_tilt(office, figures.get(office.pk, []), marks) for office in offices]
    if len(lines) > 1:
        lines.append(_tilt(None, [row for rows in figures.values() for row in rows], marks))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Group:
    """Applications alike in their marks and in how far they came."""

    marks: frozenset[str]
    passed: bool
    nominated: bool
    count: int


def _figures(cycle: Cycle, offices: Collection[Office]) -> dict[int, list[_Group]]:
    stops = Stop.objects.filter(application=OuterRef("pk"), level=Level.NOMINATOR)
    passed = ProceedingItem.objects.filter(
        application=OuterRef("pk"),
        act=Act.ADMIT,
        void_at__isnull=True,
        proceeding__kind=Kind.REVIEW,
        proceeding__office=OuterRef("nominator"),
    )
    rows = (
        Application.objects.filter(cycle=cycle, submitted_at__isnull=False)
        .exclude(standing=Standing.WITHDRAWN)
        .annotate(nominator=Subquery(stops.values("office")[:1]))
        .filter(nominator__in=[office.pk for office in offices])
        .annotate(
            has_passed=Exists(passed),
            is_nominated=Exists(live_nominations().filter(application=OuterRef("pk"))),
        )
        .values_list("nominator", "marks", "has_passed", "is_nominated")
        .annotate(count=Count("pk"))
        .order_by()
    )
    found: dict[int, list[_Group]] = {}
    for office, marks, has_passed, is_nominated, count in rows:
        group = _Group(frozenset(marks), has_passed, is_nominated, count)
        found.setdefault(office, []).append(group)
    return found


def _tilt(office: Office | None, groups: Sequence[_Group], marks: Sequence[Mark]) -> Tilt:
    whole = _share(groups)
    shares = []
    for mark in marks:
        share = _share([group for group in groups if mark.code in group.marks])
        shares.append((mark, share, share.of(whole)))
    return Tilt(office, whole, tuple(shares))


def _share(groups: Sequence[_Group]) -> Share:
    counted: Counter[str] = Counter()
    for group in groups:
        counted["filed"] += group.count
        counted["passed"] += group.count * group.passed
        counted["nominated"] += group.count * group.nominated
    return Share(**counted)
