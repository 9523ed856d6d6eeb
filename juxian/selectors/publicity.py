"""When a notice may be posted so that it is over in time, and what became of objections."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from juxian.access.duties import all_duties_of
from juxian.records.clock import day
from juxian.records.models import Objection, Person, ProceedingFile
from juxian.records.packs import calendar
from juxian.regulation.calendar import UnknownYear
from juxian.regulation.public_notice import latest_start, period_end
from juxian.regulation.words import Level
from juxian.selectors.proceeding import Docket

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a notice may be posted; `why` says what a day later would come to."""

    earliest: date
    latest: date | None
    why: str


def window_of(docket: Docket, today: date) -> Window | None:
    """None where nothing is due after it, and beyond the known calendar."""
    rule, level = docket.step.publicity, docket.step.level
    if rule is None or level is Level.PROVINCE:
        return None
    due = day(docket.proceeding.cycle.closes_at - timedelta(microseconds=1))
    try:
        latest = latest_start(due, today, rule, calendar())
        after = (latest or today) + (ONE_DAY if latest else timedelta(0))
        ends = period_end(after, rule, calendar())
    except UnknownYear:
        return None
    said = {"start": _plain(after), "end": _plain(ends), "due": _plain(due)}
    why = _("%(start)s开始则%(end)s期满，晚于报送截止（%(due)s）") % said
    return Window(today, latest, why)


def is_concerned(person: Person, objection: Objection) -> bool:
    """Whether the person is who is objected to, or serves or works at that one's employer.

    An employer looks into objections to its own notice itself.
    """
    about = objection.application
    if person.pk == about.applicant_id:
        return True
    serves = any(about.employer_id in duty.office_ids for duty in all_duties_of(person))
    is_own = objection.proceeding.office_id == about.employer_id
    return not is_own and (serves or person.employer_id == about.employer_id)


def files_on(objection: Objection) -> QuerySet[ProceedingFile]:
    rows = ProceedingFile.objects.filter(objection=objection)
    return rows.select_related("file").order_by("pk")


def _plain(one: date) -> str:
    return _("%(month)d月%(day)d日") % {"month": one.month, "day": one.day}
