"""Where evidence lies, and what a file's row needs to know."""

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from juxian.records.models import Application, Evidence, StoredFile


def path_of(digest: str) -> Path:
    return Path(settings.EVIDENCE_DIR) / digest[:2] / digest[2:4] / digest


def content_of(file: StoredFile) -> bytes:
    return path_of(file.digest).read_bytes()


def evidence_of(application: Application) -> QuerySet[Evidence]:
    """The files that count now, in the form's order."""
    return (
        Evidence.objects.filter(application=application, removed_at__isnull=True)
        .select_related("file")
        .order_by("position", "pk")
    )
