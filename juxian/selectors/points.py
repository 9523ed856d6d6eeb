"""The points that a level's offices answer before they pass a file (审核要点), and the answers."""

from dataclasses import dataclass

from juxian.access.acts import procedure_of, step_of
from juxian.records.models import Application, Person
from juxian.records.packs import pack_of
from juxian.regulation.verifying import CheckPoint
from juxian.regulation.words import Level
from juxian.selectors.casefile import CaseFile, level_of
from juxian.selectors.desk_facts import PointRead, points_on

LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Answered:
    """A point with an office's latest answer to it."""

    point: CheckPoint
    answer: PointRead


def points_for(application: Application) -> tuple[CheckPoint, ...]:
    level = step_of(application).level
    return tuple(
        point
        for point in pack_of(application.cycle).checklist
        if point.is_for(level, application.track)
    )


def answered_points(case: CaseFile, reader: Person) -> tuple[Answered, ...]:
    """What the reader's office and those below answered, in the pack's order."""
    application = case.application
    procedure = procedure_of(application)
    level = level_of(application, [entry.handling for entry in case.timeline], reader)
    latest: dict[str, PointRead] = {}
    for answer in points_on(application):
        if LEVELS.index(procedure.step(answer.step).level) <= level:
            latest.setdefault(answer.point, answer)
    checklist = pack_of(application.cycle).checklist
    return tuple(Answered(point, latest[point.code]) for point in checklist if point.code in latest)
