"""The one clock: the database's, in Beijing time.

`juxian_now()` is `clock_timestamp()`; a rehearsal or a demo replaces the function in its own
scratch database to live in another day. Nothing decides by the clock of a web host.
"""

from datetime import date, datetime

from django.db import connection
from django.db.models import DateTimeField, Func
from django.utils import timezone


class Moment(Func):
    """The same clock inside a statement, where asking first would cost a query of its own."""

    template = "juxian_now()"
    output_field = DateTimeField()


def now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT juxian_now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def minute(moment: datetime) -> str:
    """A moment in Beijing as lists and marks write it: 2020-03-16 11:00."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def day(moment: datetime) -> date:
    """The day of a moment in Beijing."""
    return timezone.localtime(moment).date()


def today() -> date:
    return day(now())
