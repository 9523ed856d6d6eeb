"""Where evidence lies, and what a file's row needs to know."""

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from juxian.records.models import Application, Evidence, StoredFile, Submission
from juxian.regulation.refusal import NotPossible


def path_of(digest: str) -> Path:
    return Path(settings.EVIDENCE_DIR) / digest[:2] / digest[2:4] / digest


def content_of(file: StoredFile) -> bytes:
    """NotPossible for a file that was withheld: there is no content any more."""
    if file.withheld_at is not None:
        raise NotPossible(_("这份文件带有密级标志，已被拦截，没有保留内容"))
    return path_of(file.digest).read_bytes()


def evidence_of(application: Application) -> QuerySet[Evidence]:
    """The applicant's files as they stand, in the form's order.

    Who else may read one is for `scope.evidence` to say: what was submitted.
    """
    return (
        Evidence.objects.filter(application=application, removed_at__isnull=True)
        .select_related("file")
        .order_by("position", "pk")
    )


def removed_in(application: Application, key: str) -> Evidence | None:
    """The application's file of this key, if it was removed; no query for what is no key."""
    if not (key.isascii() and key.isdecimal() and len(key) < 19):  # noqa: PLR2004
        return None
    found = Evidence.objects.filter(application=application, removed_at__isnull=False, pk=key)
    return found.first()


def evidence_in(submission: Submission) -> list[Evidence]:
    """The files that were submitted, in their order then, whatever became of them since."""
    found = Evidence.objects.select_related("file").in_bulk(
        [entry["id"] for entry in submission.evidence]
    )
    return [found[entry["id"]] for entry in submission.evidence]
