"""Evidence as pictures: a reader's browser never opens an applicant's file itself."""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageOps

from juxian.papers.pdfium import ONE_AT_A_TIME

WIDEST, SMALL = 1400, 240  # pixels
QUARTER = 90


def page_image(
    content: bytes, *, media_type: str, page: int, turned: int = 0, widest: int = WIDEST
) -> bytes:
    """One page (from 1) of a PDF or image as PNG, turned clockwise by a multiple of 90 degrees.

    LookupError when there is no such page.
    """
    picture = _page(content, media_type, page, widest)
    turned_picture = picture.rotate(-(turned // QUARTER) * QUARTER, expand=True)
    shown = BytesIO()
    turned_picture.save(shown, "PNG")
    return shown.getvalue()


def thumbnail(content: bytes, *, media_type: str) -> bytes:
    """The first page as a small JPEG."""
    shown = BytesIO()
    _page(content, media_type, 1, SMALL).save(shown, "JPEG", quality=80)
    return shown.getvalue()


def _page(content: bytes, media_type: str, page: int, widest: int) -> Image.Image:
    if media_type == "application/pdf":
        return _pdf_page(content, page, widest)
    return _picture(content, page, widest)


def _pdf_page(content: bytes, page: int, widest: int) -> Image.Image:
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(content) as pdf:
        if not 1 <= page <= len(pdf):
            raise LookupError(page)
        sheet = pdf[page - 1]
        scale = widest / max(sheet.get_width(), sheet.get_height(), 1)
        picture: Image.Image = sheet.render(scale=scale).to_pil()
    return picture.convert("RGB")


def _picture(content: bytes, page: int, widest: int) -> Image.Image:
    if page != 1:
        raise LookupError(page)
    with Image.open(BytesIO(content)) as image:
        image.draft("RGB", (widest, widest))
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((widest, widest))
    return upright
