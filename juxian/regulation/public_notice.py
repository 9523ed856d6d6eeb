"""Notice periods (公示期): when one ends, and whether it is long enough."""

from datetime import date

from juxian.regulation.calendar import ONE_DAY, WorkingCalendar, in_words
from juxian.regulation.procedure import Publicity


def first_counted_day(start: date, publicity: Publicity, calendar: WorkingCalendar) -> date:
    """The day that counts as the first of the period.

    Working days of a notice posted on a day off are counted from the next working day, whether
    or not the day of posting counts (民法典第二百零一条 leaves it out).
    """
    if publicity.days < 1:
        raise ValueError("a notice period has at least one day")
    day = start if publicity.count_first_day else start + ONE_DAY
    return calendar.first_working_day_from(day) if publicity.working else day


def period_end(start: date, publicity: Publicity, calendar: WorkingCalendar) -> date:
    """The last day of the period; the notice stands until that day is over."""
    first = first_counted_day(start, publicity, calendar)
    if publicity.working:
        return calendar.working_days_after(first, publicity.days - 1)
    return first + (publicity.days - 1) * ONE_DAY


def latest_start(
    due: date, earliest: date, publicity: Publicity, calendar: WorkingCalendar
) -> date | None:
    """The last day on which a notice that ends by the day that is due can be posted; None if
    even the earliest is too late."""
    day, found = earliest, None
    while day <= due and period_end(day, publicity, calendar) <= due:
        found, day = day, day + ONE_DAY
    return found


def shortfall(
    start: date, end: date, publicity: Publicity, calendar: WorkingCalendar
) -> tuple[str, ...]:
    """Why the period is too short, or nothing."""
    needed = period_end(start, publicity, calendar)
    if end >= needed:
        return ()
    unit = "个工作日" if publicity.working else "个自然日"
    counting = "含发布当日" if publicity.count_first_day else "自发布次日起算"
    sentence = (
        f"公示期不得少于{publicity.days}{unit}（{counting}）："
        f"{in_words(start)}发布的，应公示至{in_words(needed)}，现定于{in_words(end)}截止。"
    )
    return (sentence,)
