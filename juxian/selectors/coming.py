"""What comes next: the steps still ahead of a file, who works on each, and by when."""

from dataclasses import dataclass
from datetime import datetime

from juxian.access.acts import procedure_of
from juxian.records import labels
from juxian.records.models import Application, Stop
from juxian.records.packs import calendar, pack_of
from juxian.regulation.calendar import UnknownYear
from juxian.regulation.deadlines import deadlines_of
from juxian.regulation.form import Field
from juxian.regulation.words import Kind, Standing


@dataclass(frozen=True, slots=True)
class Coming:
    """A step with the office of the route; `due_at` None where the call sets no day."""

    title: str
    office: str
    due_at: datetime | None
    is_now: bool = False


def coming_steps(application: Application) -> tuple[Coming, ...]:
    """From the step it is at, in the ladder's order; none of a form that is done with. 1 query."""
    if Standing(application.standing).is_final:
        return ()
    procedure = procedure_of(application)
    stops = Stop.objects.filter(application=application).select_related("office")
    offices = {stop.level: stop.office.name for stop in stops}
    due = _due(application)
    return tuple(
        Coming(
            title=step.title,
            office=offices.get(step.level, str(labels.LEVELS[step.level])),
            due_at=due.get(step.code),
            is_now=step.code == application.step,
        )
        for step in procedure.steps[procedure.index(application.step) :]
        if step.kind is not Kind.FILL
    )


def _due(application: Application) -> dict[str, datetime]:
    pack = pack_of(application.cycle)
    try:
        return deadlines_of(pack.deadlines, closes=application.cycle.closes_at, calendar=calendar())
    except UnknownYear:
        return {}


def declarations_of(application: Application) -> tuple[Field, ...]:
    """What the form of the track has its applicant affirm."""
    form = pack_of(application.cycle).form.for_track(application.track)
    return tuple(field for section in form.sections for field in section.fields if field.affirm)
