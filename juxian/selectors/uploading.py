"""Files on their way in: where their parts lie, and which a person may go on with."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from juxian.records.clock import Moment
from juxian.records.models import Application, Person, Upload


def parts_dir() -> Path:
    """Beside the evidence, never inside: what lies here is served to nobody."""
    kept = Path(settings.EVIDENCE_DIR)
    return kept.with_name(f"{kept.name}-parts")


def part_of(key: UUID) -> Path:
    return parts_dir() / key.hex


def uploads_of(application: Application, person: Person) -> QuerySet[Upload]:
    """The person's own, finished or not, that have not expired; the oldest first."""
    return Upload.objects.filter(
        application=application, begun_by=person, expires_at__gt=Moment()
    ).order_by("expires_at", "key")


def unfinished_in(application: Application, person: Person) -> QuerySet[Upload]:
    return uploads_of(application, person).filter(evidence__isnull=True)


def announced_in(application: Application, person: Person) -> tuple[int, int]:
    """How many files are on their way in, and their bytes when all is there."""
    found = unfinished_in(application, person).aggregate(files=Count("pk"), size=Sum("size"))
    return found["files"], found["size"] or 0
