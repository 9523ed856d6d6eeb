"""The orders a list of files can have, and a row's place in one: paging that never counts rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import OrderBy

from juxian.records.models import Application


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


@dataclass(frozen=True, slots=True)
class Order:
    """By one column, then by key; rows without a value come last, first when backwards."""

    code: str
    column: str
    read: Callable[[str], Any] = str
    is_nullable: bool = False
    backwards: bool = False

    @property
    def name(self) -> str:
        """How an address says it: "-due" is "due" backwards."""
        return f"-{self.code}" if self.backwards else self.code

    def terms(self, *, reverse: bool = False) -> tuple[OrderBy, str]:
        if self.backwards is reverse:
            return F(self.column).asc(nulls_last=self.is_nullable or None), "pk"
        return F(self.column).desc(nulls_first=self.is_nullable or None), "-pk"

    def place(self, row: Application) -> "Place":
        return Place(self, getattr(row, self.column), row.pk)

    def place_named(self, text: str) -> "Place | None":
        """The place a cursor names; None for a text that is no cursor of this order."""
        said, _tilde, pk = text.rpartition("~")
        try:
            value = self.read(said) if said or not self.is_nullable else None
            return Place(self, value, int(pk))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Place:
    """A row's key in an order."""

    order: Order
    value: Any
    pk: int

    def __str__(self) -> str:
        said = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        return f"{'' if said is None else said}~{self.pk}"

    def stretches(self, *, before: bool) -> tuple[Q, ...]:
        """What comes after it, or before it, each found whole by an index, the nearest first."""
        ahead = before is self.order.backwards
        column, side = self.order.column, "gt" if ahead else "lt"
        same = Q(**{column: self.value, f"pk__{side}": self.pk})
        if not self.order.is_nullable:
            return same, Q(**{f"{column}__{side}": self.value})
        none = Q(**{f"{column}__isnull": True})
        if self.value is None:
            beside = none & Q(**{f"pk__{side}": self.pk})
            return (beside,) if ahead else (beside, Q(**{f"{column}__isnull": False}))
        rest = Q(**{f"{column}__{side}": self.value})
        return (same, rest, none) if ahead else (same, rest)

    def beyond(self, *, before: bool) -> Q:
        """All of that; said twice, so that an index is entered here and not read from its end."""
        found = any_of(self.stretches(before=before))
        if self.order.is_nullable:
            return found
        side = "gte" if before is self.order.backwards else "lte"
        return found & Q(**{f"{self.order.column}__{side}": self.value})


ORDERS = {
    order.code: order
    for order in (
        Order("due", "due_at", _moment, is_nullable=True),
        Order("arrived", "held_since", _moment),
        Order("name", "name_key"),
        Order("number", "number"),
    )
}


def order_named(name: str, otherwise: str) -> Order:
    """The order an address names; the other one for a name that is none."""
    code = name.removeprefix("-")
    if code not in ORDERS:
        name, code = otherwise, otherwise.removeprefix("-")
    found = ORDERS[code]
    return Order(
        found.code, found.column, found.read, found.is_nullable, backwards=name.startswith("-")
    )


def any_of(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=())
    for condition in conditions:
        found |= condition
    return found


def page_at(
    rows: QuerySet[Application], order: Order, size: int, *, after: str, before: str
) -> tuple[list[Application], str, str]:
    """The rows of a page, and the cursors for the next and the previous one, "" at the ends."""
    start, end = order.place_named(after), order.place_named(before)
    if end is not None and start is None:
        back = rows.filter(end.beyond(before=True))
        found = list(back.order_by(*order.terms(reverse=True))[: size + 1])
        more_before, more_after = len(found) > size, True
        shown = list(reversed(found[:size]))
    else:
        forward = rows.filter(start.beyond(before=False)) if start else rows
        found = list(forward.order_by(*order.terms())[: size + 1])
        more_before, more_after = start is not None, len(found) > size
        shown = found[:size]
    return (
        shown,
        str(order.place(shown[-1])) if shown and more_after else "",
        str(order.place(shown[0])) if shown and more_before else "",
    )


def beside(rows: QuerySet[Application], order: Order, row: Application) -> tuple[str, str]:
    """Numbers of the files before and after this one; empty at the ends. 1 query."""
    place = order.place(row)
    before = [
        rows.filter(stretch).order_by(*order.terms(reverse=True))
        for stretch in place.stretches(before=True)
    ]
    after = [
        rows.filter(stretch).order_by(*order.terms()) for stretch in place.stretches(before=False)
    ]
    nearest = [
        stretch.annotate(nth=Value(nth)).values_list("nth", "number")[:1]
        for nth, stretch in enumerate((*before, *after))
    ]
    found = dict(nearest[0].union(*nearest[1:], all=True))
    sides = (range(len(before)), range(len(before), len(nearest)))
    one, other = (next((found[nth] for nth in side if nth in found), "") for side in sides)
    return one, other
