"""How many rows belong to each row of another query, without a second query."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce


def number_of(rows: "QuerySet[Any]") -> Coalesce:
    """How many rows there are, filtered by `OuterRef`s of the query that is annotated."""
    together = rows.order_by().annotate(together=Value(1)).values("together")
    counted = together.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
