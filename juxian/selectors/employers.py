"""The offices an applicant may name as employer, by a few words of the name."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from juxian.records.grams import grams
from juxian.records.models import FormerName, Office
from juxian.regulation.words import OfficeKind

SHOWN = 30
NEAR = 0.5  # of the pairs of characters that were typed, how many a near name has at least
NEAREST = 5
PAIR = 2  # characters


@dataclass(frozen=True, slots=True)
class Found:
    """Offices by name; `are_near` when none has all that was typed, and these have most of it."""

    offices: tuple[Office, ...] = ()
    are_near: bool = False


def employers(words: str) -> Found:
    """Offices in being whose name, or former name, has all the words; or else most characters."""
    asked = words.split()
    if not asked:
        return Found()
    rows = Office.objects.filter(ends_on__isnull=True).exclude(kind=OfficeKind.DIVISION)
    exact = rows
    for word in asked:
        former = FormerName.objects.filter(office=OuterRef("pk"), name__icontains=word)
        exact = exact.filter(Q(name__icontains=word) | Q(Exists(former)))
    found = tuple(exact.order_by("name", "pk")[:SHOWN])
    return Found(found) if found else Found(_nearest(rows, words), are_near=True)


def _nearest(rows: QuerySet[Office], words: str) -> tuple[Office, ...]:
    wanted = _pairs(words)
    if not wanted:
        return ()
    shared = {
        pk: len(wanted & _pairs(name))
        for pk, name in rows.order_by("name").values_list("pk", "name")
    }
    near = [pk for pk, count in shared.items() if count >= NEAR * len(wanted)]
    best = sorted(near, key=lambda pk: -shared[pk])[:NEAREST]
    offices = rows.in_bulk(best)
    return tuple(offices[pk] for pk in best)


def _pairs(text: str) -> set[str]:
    return {gram for gram in grams(text) if len(gram) == PAIR}


def employer_of(pk: int | None) -> Office | None:
    return Office.objects.filter(pk=pk, ends_on__isnull=True).first() if pk else None
