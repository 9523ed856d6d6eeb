"""Internal deadlines: each step's, counted back in working days from the close."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone

from juxian.regulation.calendar import WorkingCalendar
from juxian.regulation.pack import Deadline

BEIJING = timezone(timedelta(hours=8), "北京时间")
"""The one time zone of deadlines, in Xinjiang too; it has had no summer time since 1991."""


def last_day(closes: datetime) -> date:
    """The day that a close ends or falls in: 00:00 is the 24:00 of the day before."""
    return (closes.astimezone(BEIJING) - timedelta(microseconds=1)).date()


def end_of(day: date) -> datetime:
    """24:00 of the day in Beijing, which is itself too late."""
    return datetime.combine(day + timedelta(days=1), time(), BEIJING)


def due(deadline: Deadline, *, closes: datetime, calendar: WorkingCalendar) -> datetime:
    """In Beijing time, never after the close; UnknownYear where the calendar does not reach."""
    day = calendar.working_days_before(last_day(closes), deadline.working_days_before)
    return min(datetime.combine(day, deadline.at, BEIJING), closes.astimezone(BEIJING))


def deadline_of(
    deadlines: Iterable[Deadline], step: str, *, closes: datetime, calendar: WorkingCalendar
) -> datetime | None:
    """The step's deadline; None when it has none."""
    for deadline in deadlines:
        if deadline.step == step:
            return due(deadline, closes=closes, calendar=calendar)
    return None


def deadlines_of(
    deadlines: Iterable[Deadline], *, closes: datetime, calendar: WorkingCalendar
) -> dict[str, datetime]:
    """Every step's deadline by its code, in the given order."""
    return {
        deadline.step: due(deadline, closes=closes, calendar=calendar) for deadline in deadlines
    }
