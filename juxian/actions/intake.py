"""Taking a file in: what it is decides by parsing; it is kept by its content."""

import hashlib
import os
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import pikepdf
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from juxian.records.clock import Moment
from juxian.records.models import StoredFile
from juxian.regulation.refusal import NotReady
from juxian.selectors.evidence import path_of

LARGEST = 20 * 1024 * 1024
IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png"}
MOST_PIXELS = 80_000_000


def store(content: bytes, *, media_type: str = "") -> StoredFile:
    """The file on disk and on record, found again when the same content comes twice.

    The content reaches the disk before its row is committed: a row never points at nothing.
    """
    media_type, pages = (media_type, 1) if media_type else inspect(content)
    digest = hashlib.sha256(content).hexdigest()
    if StoredFile.objects.filter(digest=digest, withheld_at__isnull=False).exists():
        raise NotReady(_("这份文件带有密级标志，不能上传；请联系本单位保密部门"))
    target = path_of(digest)
    if not target.exists():
        _write(target, content)
    file = StoredFile(
        digest=digest,
        size=len(content),
        media_type=media_type,
        pages=pages,
        stored_at=Moment(),
    )
    StoredFile.objects.bulk_create([file], ignore_conflicts=True)
    return file


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, delete=False) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).replace(target)


def inspect(content: bytes) -> tuple[str, int]:
    """The media type and pages of a PDF or image that really opens; NotReady with what to do."""
    if not content:
        raise NotReady(_("这个文件是空的，请重新选择"))
    if len(content) > LARGEST:
        raise NotReady(_("文件超过20MB，请降低扫描分辨率或分成几份上传"))
    if content.startswith(b"%PDF-"):
        return "application/pdf", _pdf_pages(content)
    return image_type(content), 1


def _pdf_pages(content: bytes) -> int:
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise NotReady(_("这个PDF有密码，请去掉密码后上传")) from None
    except pikepdf.PdfError:
        raise NotReady(_("这个PDF打不开，可能已损坏，请重新扫描后上传")) from None
    if not pages:
        raise NotReady(_("这个PDF没有内容，请重新扫描后上传"))
    return pages


def image_type(content: bytes) -> str:
    try:
        with Image.open(BytesIO(content), formats=tuple(IMAGES)) as image:
            too_large = image.width * image.height > MOST_PIXELS
            image.verify()
            kind = image.format or ""
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise NotReady(_("只能上传PDF、JPG或PNG文件，且文件须能正常打开")) from None
    if too_large:
        raise NotReady(_("图片尺寸过大，请缩小后上传"))
    return IMAGES[kind]
