"""The offices an applicant may name as employer, by a few words of the name."""

from django.db.models import QuerySet

from juxian.records.models import Office
from juxian.regulation.words import OfficeKind

SHOWN = 30


def employers(words: str) -> QuerySet[Office]:
    """Offices in being whose name has all the words; none for no words."""
    asked = words.split()
    if not asked:
        return Office.objects.none()
    rows = Office.objects.filter(ends_on__isnull=True).exclude(kind=OfficeKind.DIVISION)
    for word in asked:
        rows = rows.filter(name__icontains=word)
    return rows.order_by("name", "pk")[:SHOWN]


def employer_of(pk: int | None) -> Office | None:
    return Office.objects.filter(pk=pk, ends_on__isnull=True).first() if pk else None
