"""How many rows belong to each row of another query, without a second query."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def number_of(rows: "QuerySet[Any]", of: str) -> Coalesce:
    """How many rows there are of one `of`, a column that an `OuterRef` has filtered by."""
    counted = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
