"""What a printed page must equal: the turns of the form it names."""

from dataclasses import dataclass

from juxian.records.models import Submission


@dataclass(frozen=True, slots=True)
class Turns:
    """An application's digests by turn; the last is the one that counts."""

    number: str
    digests: dict[int, str]


def turns_of(number: str) -> Turns | None:
    rows = dict(
        Submission.objects.filter(application__number=number)
        .order_by("turn")
        .values_list("turn", "digest")
    )
    return Turns(number, rows) if rows else None
