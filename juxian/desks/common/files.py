"""Sending a stored file: always to keep, never to be opened inside a page of this site."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from juxian.records.models import StoredFile
from juxian.selectors.evidence import content_of

SUFFIXES = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
LONGEST_NAME = 100  # characters; file systems hold 255 bytes


def sent(file: StoredFile, name: str) -> HttpResponse:
    """The content under a name whose ending is that of its type, whatever the name was."""
    suffix = SUFFIXES[file.media_type]
    response = HttpResponse(content_of(file), content_type=file.media_type)
    disposition = content_disposition_header(
        as_attachment=True, filename=f"{_plain(name.removesuffix(suffix)) or 'file'}{suffix}"
    )
    response["Content-Disposition"] = disposition or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _plain(name: str) -> str:
    """Without what turns a name around, hides in it, or means something to a file system."""
    shown = "".join(one for one in name if one.isprintable() and one not in '\\/:*?"<>|')
    return shown.strip(" .")[:LONGEST_NAME]
