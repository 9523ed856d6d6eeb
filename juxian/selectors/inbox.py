"""A person's own messages (站内消息)."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from juxian.records.models import Message, Person


def messages_of(person: Person) -> QuerySet[Message]:
    """The newest first, with what their places are told by."""
    return Message.objects.filter(person=person).select_related("application").order_by("-pk")


def person_with_unread(pk: int) -> Person | None:
    """Whoever is signed in, `unread` being how many messages they have not read. 1 query."""
    unread = Message.objects.filter(person=OuterRef("pk"), read_at__isnull=True).order_by()
    count = unread.values("person").annotate(count=Count("pk")).values("count")
    rows = Person.objects.annotate(unread=Coalesce(Subquery(count), 0))
    return rows.filter(pk=pk).first()
