"""What a worker saw in the files of an application."""

from collections.abc import Iterable

from juxian.records.models import Evidence, Examination
from juxian.regulation.scans import Doubt, DoubtKind


def doubts_of(files: Iterable[Evidence]) -> dict[str, tuple[Doubt, ...]]:
    """By the file's digest; nothing of files that have not been examined yet. 1 query."""
    rows = Examination.objects.filter(file__in={file.file_id for file in files})
    return {
        row.file_id: tuple(Doubt(one["page"], DoubtKind(one["kind"])) for one in row.doubts)
        for row in rows
    }
