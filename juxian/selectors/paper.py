"""What a printed page must equal: the turns of the form it names."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from juxian.records.models import Handling, Printing, Submission
from juxian.regulation.replacing import Pages
from juxian.regulation.words import Act


@dataclass(frozen=True, slots=True)
class Turns:
    """An application's digests by turn; the last is the one that counts, unless taken back."""

    number: str
    digests: dict[int, str]
    is_taken_back: bool = False


def printings_of(number: str) -> Mapping[int, Mapping[int, Pages]]:
    """By turn, what the pages of its printings say, by key. 1 query."""
    rows = (
        Printing.objects.filter(submission__application__number=number)
        .order_by("pk")
        .values_list("submission__turn", "pk", "copies", "pages")
    )
    found: dict[int, dict[int, Pages]] = {}
    for turn, pk, copies, pages in rows:
        found.setdefault(turn, {})[pk] = Pages(copies, tuple(pages))
    return found


def turns_of(number: str) -> Turns | None:
    taken = Handling.objects.filter(
        application=OuterRef("application"), act=Act.TAKE_BACK, turn=OuterRef("turn")
    )
    rows = list(
        Submission.objects.filter(application__number=number)
        .order_by("turn")
        .values_list("turn", "digest", Exists(taken))
    )
    if not rows:
        return None
    return Turns(number, {turn: digest for turn, digest, _taken in rows}, rows[-1][2])
