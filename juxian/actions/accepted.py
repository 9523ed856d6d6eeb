"""The kinds of files that are taken, in words and as a browser's picker wants them (`accept`).

A picker may be talked round: what a file really is, `actions.intake` finds out.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Accepted:
    """`accept` names types for telephones and endings for systems that do not know the types."""

    words: "str | Promise"
    accept: str


_PDF = "application/pdf,.pdf"
_PHOTOS = "image/jpeg,image/png,image/heic,image/heif,.heic,.heif"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,.xlsx"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document,.docx"
_OTHERS = "image/webp,image/tiff,image/bmp,.tif,.tiff"

SCANS = Accepted(_("PDF、JPG、PNG、HEIC、WebP、TIFF、BMP"), f"{_PDF},{_PHOTOS},{_OTHERS}")
PHOTOS = Accepted(_("JPG、PNG、HEIC"), _PHOTOS)
DOCUMENTS = Accepted(_("PDF、Word（.docx）"), f"{_PDF},{_WORD}")
WORKBOOKS = Accepted(_("Excel（.xlsx）"), _SHEET)
