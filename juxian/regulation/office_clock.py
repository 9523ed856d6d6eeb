"""How many working days an office has had a file: the clock stops while it is returned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from juxian.regulation.calendar import WorkingCalendar
from juxian.regulation.deadlines import BEIJING


@dataclass(frozen=True, slots=True)
class Stay:
    """From when to when a file was with an office at one step."""

    since: datetime
    until: datetime


def days_used(stays: Iterable[Stay], calendar: WorkingCalendar) -> int:
    """Working days, the first day of each stay left out (民法典二百零一); what lies between the
    stays is not counted. UnknownYear where the calendar does not reach."""
    return sum(_days(stay, calendar) for stay in stays)


def _days(stay: Stay, calendar: WorkingCalendar) -> int:
    first, last = (moment.astimezone(BEIJING).date() for moment in (stay.since, stay.until))
    if last <= first:
        return 0
    return calendar.working_days_between(first + timedelta(days=1), last)
