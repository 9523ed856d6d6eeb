"""The workbooks a person has asked for (导出) and may still fetch."""

from django.db.models import QuerySet

from juxian.records.clock import Moment
from juxian.records.models import Export, Person


def exports_of(person: Person) -> QuerySet[Export]:
    """The latest first, without what is in them."""
    mine = Export.objects.filter(person=person, expires_at__gt=Moment())
    return mine.defer("content").order_by("-pk")


def content_of(export: Export) -> bytes:
    """What was written; empty before it is. 1 query."""
    found = Export.objects.filter(pk=export.pk).values_list("content", flat=True).first()
    return bytes(found or b"")
