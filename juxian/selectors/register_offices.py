"""Offices and their posts as those who care for them see them."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from juxian.access import care
from juxian.access.duties import LIVE
from juxian.records.models import Appointment, Office, Person, RegisterSheet
from juxian.regulation.words import OfficeKind, Role


def offices_of(person: Person, words: str = "", *, lone: bool = False) -> QuerySet[Office]:
    """Those the person cares for that have all the words in name or code; `is_lone`: no clerk.

    With `lone`, only those that nobody works for. Those that are closed come last.
    """
    rows = care.offices(person).select_related("parent", "files_to").annotate(is_lone=is_lone())
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(code__icontains=word))
    if lone:
        rows = rows.filter(is_lone=True)
    return rows.order_by(F("ends_on").asc(nulls_first=True), "files_to", "name", "pk")


def is_lone() -> Exists:
    """Of an office that is open and no division: whether it has no live clerk."""
    clerks = Appointment.objects.filter(LIVE, office=OuterRef("pk"), role=Role.HANDLER)
    open_one = Office.objects.filter(pk=OuterRef("pk"), ends_on__isnull=True)
    return Exists(open_one.exclude(kind=OfficeKind.DIVISION).filter(~Exists(clerks)))


def below(office: Office) -> dict[str, int]:
    """How many offices there are below it, and how many of them have no clerk. 1 query."""
    rows = care.with_below([office.pk]).filter(ends_on__isnull=True)
    rows = rows.exclude(pk=office.pk).annotate(is_lone=is_lone())
    return rows.aggregate(all=Count("pk"), lone=Count("pk", filter=Q(is_lone=True)))


def sheets_of(person: Person) -> QuerySet[RegisterSheet]:
    """What the person sent in and has not expired, without its content."""
    return RegisterSheet.objects.filter(person=person).defer("content").order_by("-pk")
