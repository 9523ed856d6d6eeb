"""Evidence as pictures: a reader's browser never opens an applicant's file itself."""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageOps

WIDEST = 1400  # pixels
QUARTER = 90


def page_image(content: bytes, *, media_type: str, page: int, turned: int = 0) -> bytes:
    """One page (from 1) of a PDF or image as PNG, turned clockwise by a multiple of 90 degrees.

    LookupError when there is no such page.
    """
    picture = (
        _pdf_page(content, page) if media_type == "application/pdf" else _picture(content, page)
    )
    turned_picture = picture.rotate(-(turned // QUARTER) * QUARTER, expand=True)
    shown = BytesIO()
    turned_picture.save(shown, "PNG")
    return shown.getvalue()


def _pdf_page(content: bytes, page: int) -> Image.Image:
    with pypdfium2.PdfDocument(content) as pdf:
        if not 1 <= page <= len(pdf):
            raise LookupError(page)
        sheet = pdf[page - 1]
        scale = WIDEST / max(sheet.get_width(), sheet.get_height(), 1)
        picture: Image.Image = sheet.render(scale=scale).to_pil()
    return picture.convert("RGB")


def _picture(content: bytes, page: int) -> Image.Image:
    if page != 1:
        raise LookupError(page)
    with Image.open(BytesIO(content)) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((WIDEST, WIDEST))
    return upright
