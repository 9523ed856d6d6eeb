"""One file, whatever it is: looked at, cleansed, and its text searched for marks of secrecy."""

import hashlib
from io import BytesIO

import pikepdf
from PIL import Image

from juxian.actions.cleansing import images, kinds
from juxian.actions.cleansing.documents import clean_pdf
from juxian.actions.cleansing.streams import EICAR
from juxian.actions.cleansing.texts import marking_of_other, marking_of_pdf
from juxian.actions.cleansing.unfit import Clean, Unfit

LARGEST = 20 * 1024 * 1024
PDF_TYPE = "application/pdf"


def cleansed(content: bytes, *, purpose: str = "") -> Clean:
    """The file made anew; as evidence, or for the form as a `purpose` "photo".

    Of a "document" that an office may hand in as it is only the marking is looked for.

    A marking that keeps it out comes with no content. Unfit with why it cannot be kept.
    """
    if not content:
        raise Unfit("empty")
    if len(content) > LARGEST:
        raise Unfit("large")
    if EICAR in content:
        raise Unfit("virus")
    if purpose == "document":
        return Clean(b"", "", marking=marking_of_other(content))
    kind = kinds.seems(content)
    if kind == kinds.PDF and purpose != "photo":
        return _document(content)
    if kind in kinds.IMAGES:
        return _picture(content, kind, purpose)
    marking = marking_of_other(content)
    if marking and marking.keeps_out:
        return Clean(b"", "", marking=marking)
    raise Unfit("photo_kind" if purpose == "photo" else kind)


def _document(content: bytes) -> Clean:
    made, pages, cautions = clean_pdf(content)
    marking = marking_of_pdf(made)
    if marking and marking.keeps_out:
        return Clean(b"", "", marking=marking)
    return Clean(made, PDF_TYPE, pages, marking, cautions)


def _picture(content: bytes, kind: str, purpose: str) -> Clean:
    with images.opened(content, kind) as image:
        frames = images.frames_of(image, kind)
        if frames > 1 and purpose != "photo":
            made, pages, _cautions = clean_pdf(_bound(image, kind, frames))
            return Clean(made, PDF_TYPE, pages)
        made, media_type = images.encoded(image, kind)
    if purpose == "photo":
        made, media_type = images.as_photo(made, media_type)
    return Clean(made, media_type)


def _bound(image: Image.Image, kind: str, frames: int) -> bytes:
    """A scan of several pages as one PDF."""
    bound = BytesIO()
    with pikepdf.new() as book:
        for number in range(frames):
            image.seek(number)
            if image.width * image.height > images.MOST_PIXELS:
                raise Unfit("image_large")
            page, leaf = BytesIO(), images.encoded(image, kind)[0]
            with Image.open(BytesIO(leaf)) as sheet:
                sheet.save(page, "PDF", resolution=max(sheet.size) / 11.69)
            with pikepdf.open(page) as one:
                book.pages.extend(one.pages)
        book.save(bound)
    return bound.getvalue()


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
