"""The search column: a `tsvector` of grams, with no dictionary and no extension."""

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, QuerySet, TextField, Value

from juxian.records.grams import wanted
from juxian.records.models import Application


class Grams(Func):
    """What is stored: `array_to_tsvector` of the grams."""

    function = "array_to_tsvector"
    output_field = SearchVectorField()

    def __init__(self, grams: Sequence[str]) -> None:
        super().__init__(Value(list(grams), output_field=ArrayField(TextField())))


def matching(rows: QuerySet[Application], query: str) -> QuerySet[Application]:
    """The rows that have every gram of the query; none for a query without any."""
    grams = wanted(query)
    if not grams:
        return rows.none()
    quoted = " & ".join(_term(gram) for gram in grams)
    return rows.extra(where=["search @@ %s::tsquery"], params=[quoted])


def _term(gram: str) -> str:
    """Chinese is matched whole; letters and figures as far as they have been typed."""
    return f"'{gram}':*" if gram.isascii() else f"'{gram}'"
