"""Days, clock times and the time left, as they are said in Chinese."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE = timedelta(minutes=1)  # a deadline at 23:59:59 is the close itself
HOUR = 3600
DAY = 24 * HOUR
FEW_DAYS = 7  # from here on hours are left unsaid


def weekday(of: date) -> str:
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return names[of.weekday()]


def day(of: date | datetime, *, with_weekday: bool = True) -> str:
    """2020年5月6日 周三"""
    on = timezone.localtime(of).date() if isinstance(of, datetime) else of
    said = _("%(year)d年%(month)d月%(day)d日") % {"year": on.year, "month": on.month, "day": on.day}
    return f"{said} {weekday(on)}" if with_weekday else said


def moment(of: datetime) -> str:
    """2020年5月6日 周三 18:00"""
    here = timezone.localtime(of)
    return f"{day(here.date())} {here:%H:%M}"


def to_second(of: datetime) -> str:
    """2020-05-06 18:00:32, as a log writes it"""
    return f"{timezone.localtime(of):%Y-%m-%d %H:%M:%S}"


def deadline(of: datetime) -> str:
    """The same for an end that is itself left out: midnight is 24:00 of the day before."""
    here = timezone.localtime(of)
    if (here.hour, here.minute) == (0, 0):
        return f"{day(here.date() - timedelta(days=1))} 24:00"
    return moment(of)


def left(until: datetime, now: datetime) -> str:
    """How long there is, in words: 剩 26 天, 剩 2 天 6 小时, 剩 35 分钟, 已过期 3 天."""
    seconds = int((until - now).total_seconds())
    if seconds <= 0:
        return _("已过期 %(span)s") % {"span": _span(-seconds)} if seconds <= -HOUR else _("已截止")
    return _("剩 %(span)s") % {"span": _span(seconds)}


def is_internal(until: datetime, now: datetime, closes: datetime | None) -> bool:
    """Whether a deadline is one's own plan, counted back from a close that is still to come."""
    return closes is not None and until + MINUTE < closes and now < closes


def left_before(until: datetime, now: datetime, closes: datetime | None) -> str:
    """The time left; an internal deadline that has passed does not end the work."""
    if until <= now and is_internal(until, now, closes):
        return _("已过内部时限（仍可办理）")
    return left(until, now)


def urgency(until: datetime, now: datetime, closes: datetime | None = None) -> str:
    """due: a deadline that is near or over; late: an internal one; or nothing."""
    if not is_near(until, now):
        return ""
    return "late" if is_internal(until, now, closes) else "due"


def is_near(until: datetime, now: datetime) -> bool:
    """Within 24 hours, or over."""
    return until - now <= timedelta(seconds=DAY)


def month(text: str) -> str:
    """2015年3月, of the "2015-03" that a form keeps."""
    year, _dash, rest = text.partition("-")
    number = rest.partition("-")[0]
    if not (year.isdigit() and number.isdigit()):
        return text
    return _("%(year)d年%(month)d月") % {"year": int(year), "month": int(number)}


def _span(seconds: int) -> str:
    days, rest = divmod(seconds, DAY)
    hours, minutes = rest // HOUR, rest % HOUR // 60
    in_days = ngettext("%(n)d 天", "%(n)d 天", days) % {"n": days}
    in_hours = ngettext("%(n)d 小时", "%(n)d 小时", hours) % {"n": hours}
    if days >= FEW_DAYS or (days and not hours):
        return in_days
    if days:
        return f"{in_days} {in_hours}"
    if hours:
        return in_hours
    return ngettext("%(n)d 分钟", "%(n)d 分钟", minutes) % {"n": max(minutes, 1)}
