"""Who has access to what (权限清单), since when and by whom, and what was last done with it."""

from datetime import datetime, timedelta

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from juxian.access import care
from juxian.records.clock import day
from juxian.records.models import AccessReview, Appointment, Handling, Person
from juxian.selectors.posts import live_posts

UNUSED = timedelta(days=90)


def access_in_reach(
    person: Person, moment: datetime, *, words: str = "", unused: bool = False
) -> QuerySet[Appointment]:
    """Posts that are not over at the offices the person cares for, with `acted_at`, `is_unused`.

    Unused is a post that has existed for 90 days while its holder has not signed in for as long.
    """
    before = moment - UNUSED
    silent = Q(person__last_login__isnull=True) | Q(person__last_login__lt=before)
    is_unused = When(Q(starts_on__lt=day(before)) & silent, then=Value(value=True))
    acts = Handling.objects.filter(by=OuterRef("person"), office=OuterRef("office"))
    last = acts.order_by().values("by").annotate(last=Max("done_at")).values("last")
    rows = live_posts().annotate(
        acted_at=Subquery(last),
        is_unused=Case(is_unused, default=Value(value=False), output_field=BooleanField()),
    )
    if not care.cares_for_all(person):
        rows = rows.filter(office__in=care.offices(person))
    for word in words.split():
        rows = rows.filter(
            Q(person__name__icontains=word)
            | Q(person__login__icontains=word)
            | Q(office__name__icontains=word)
        )
    rows = rows.filter(is_unused=True) if unused else rows
    return rows.order_by("office__name", "office", "starts_on", "pk")


def counted(person: Person, moment: datetime) -> dict[str, int]:
    """How many posts there are in reach, and how many of them are unused. 1 query."""
    rows = access_in_reach(person, moment).order_by()
    return rows.aggregate(posts=Count("pk"), unused=Count("pk", filter=Q(is_unused=True)))


def last_review(person: Person) -> AccessReview | None:
    """Of the same part of the tree."""
    rows = AccessReview.objects.filter(office=care.home_of(person)).select_related("by")
    return rows.order_by("-pk").first()
