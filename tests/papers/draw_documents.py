"""Draws the pictures of docs/reference/documents.md: `python -m tests.papers.draw_documents`.

Of the evidence booklet, its cover.
"""

import os
from io import BytesIO
from pathlib import Path

import django
import pypdfium2
from PIL import Image

PICTURES = Path(__file__).parents[2] / "docs" / "reference" / "documents"
WIDE = 420  # pixels
SHADES = 32


def picture(pdf: bytes) -> bytes:
    """The first page, on a line; a PNG of few colours."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        drawn = page.render(scale=2 * WIDE / page.get_width()).to_pil()
    small = drawn.resize((WIDE, round(drawn.height * WIDE / drawn.width)), Image.Resampling.LANCZOS)
    framed = Image.new("RGB", (small.width + 2, small.height + 2), "#b8bec6")
    framed.paste(small, (1, 1))
    content = BytesIO()
    framed.quantize(SHADES, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return content.getvalue()


def main() -> None:
    from tests.papers.document_samples import documents

    PICTURES.mkdir(exist_ok=True)
    for code, pdf in documents().items():
        (PICTURES / f"{code}.png").write_bytes(picture(pdf))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juxian.site.settings")
    django.setup()
    main()
