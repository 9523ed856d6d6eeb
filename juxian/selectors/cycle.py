"""A cycle as its secretary sees it: the pack's check, how far it is, allotments."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Count, F

from juxian.records.models import Allotment, Application, Cycle, Proceeding, Result
from juxian.records.packs import pack_named, pack_of
from juxian.regulation.pack import Pack
from juxian.regulation.pack_reading import PackError, read
from juxian.regulation.problems import PackProblem
from juxian.regulation.procedure import Step
from juxian.regulation.words import Level, Standing
from juxian.selectors.ballot import allotments
from juxian.selectors.proceeding import Line, line_of, with_figures


@dataclass(frozen=True, slots=True)
class PackReport:
    """A pack's folder, read and checked; `pack` is None when it has no shape at all."""

    code: str
    pack: Pack | None
    problems: tuple[PackProblem, ...]

    @property
    def is_sound(self) -> bool:
        return self.pack is not None and not self.problems


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many files are at a step, by track in the pack's order."""

    step: Step
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many files have a standing, by track in the pack's order."""

    standing: Standing
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Funnel:
    """Where all files of a cycle are: at which step, or with which other standing."""

    tracks: tuple[str, ...]
    steps: tuple[StepCount, ...]
    outcomes: tuple[OutcomeCount, ...]

    @property
    def live(self) -> int:
        return sum(count.total for count in self.steps)


def pack_codes() -> tuple[str, ...]:
    """Folders that hold a call, by name."""
    folders = Path(settings.PACKS_DIR).glob("*/call.toml")
    return tuple(sorted(path.parent.name for path in folders))


def packs_offered() -> tuple[tuple[str, str], ...]:
    """Each folder with its programme's title, or with nothing where it is not sound."""
    return tuple((code, _title_of(code)) for code in pack_codes())


def _title_of(code: str) -> str:
    try:
        return pack_named(code).programme.title
    except PackError:
        return ""


def pack_report(code: str) -> PackReport:
    """A fresh reading of the folder, whatever was read before."""
    pack, problems = read(Path(settings.PACKS_DIR) / code)
    return PackReport(code, pack, problems)


def funnel_of(cycle: Cycle) -> Funnel:
    """1 query."""
    pack = pack_of(cycle)
    tracks = tuple(track.code for track in pack.tracks)
    at: Counter[tuple[str, str, str]] = Counter()
    rows = Application.objects.filter(cycle=cycle).values_list("step", "standing", "track")
    for step, standing, track, count in rows.annotate(count=Count("pk")).order_by():
        at[step, standing, track] = count
    steps = tuple(
        StepCount(step, tuple(at[step.code, Standing.OPEN, track] for track in tracks))
        for step in pack.procedure.steps
    )
    outcomes = tuple(
        OutcomeCount(
            standing,
            tuple(
                sum(n for (_s, held, of), n in at.items() if held == standing and of == track)
                for track in tracks
            ),
        )
        for standing in Standing
        if standing is not Standing.OPEN
    )
    return Funnel(tuple(track.title for track in pack.tracks), steps, outcomes)


def allotments_of(cycle: Cycle) -> dict[str, Allotment]:
    """By track code; tracks without one are missing. See `open_places` of `selectors.ballot`."""
    rows = allotments(cycle).select_related("set_by")
    return {allotment.track: allotment for allotment in rows}


def provincial_lines(cycle: Cycle) -> tuple[Line, ...]:
    """Lists at the top level, open ones first."""
    codes = [step.code for step in pack_of(cycle).procedure.steps if step.level is Level.PROVINCE]
    rows = with_figures(Proceeding.objects.filter(cycle=cycle, step__in=codes))
    ordered = rows.order_by(F("concluded_at").desc(nulls_first=True), "-pk")
    return tuple(line_of(proceeding) for proceeding in ordered)


def awaiting_result(cycle: Cycle) -> tuple[Application, ...]:
    """Everybody sent up whose answer has not come: at the last step, by track and number."""
    last = pack_of(cycle).procedure.steps[-1]
    rows = Application.objects.filter(cycle=cycle, step=last.code, standing=Standing.OPEN)
    return tuple(rows.select_related("employer").order_by("track", "number"))


def results_of(cycle: Cycle) -> tuple[Result, ...]:
    """Answers on record, the approved first."""
    rows = Result.objects.filter(application__cycle=cycle).select_related("application__employer")
    return tuple(rows.order_by("-is_approved", "application__track", "application__number"))


def offered(pack: Pack) -> dict[str, object]:
    """What the pack itself says of a new cycle's name and window."""
    return {
        "title": pack.programme.title,
        "code": pack.code,
        "opens_at": pack.window.opens,
        "closes_at": pack.window.closes,
    }
