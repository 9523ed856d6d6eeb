"""The files that a worker makes for a person (待取文件), while they may be fetched."""

from collections.abc import Iterator

from django.db.models import QuerySet

from juxian.records.clock import Moment
from juxian.records.models import MadeFile, MadeFilePiece, Person


def made_files_of(person: Person) -> QuerySet[MadeFile]:
    """The latest first."""
    mine = MadeFile.objects.filter(person=person, expires_at__gt=Moment())
    return mine.order_by("-asked_at", "key")


def bytes_of(file: MadeFile) -> Iterator[bytes]:
    """Piece by piece, a query for each."""
    pieces = MadeFilePiece.objects.filter(file=file)
    for position in pieces.order_by("position").values_list("position", flat=True):
        yield bytes(pieces.values_list("content", flat=True).get(position=position))
