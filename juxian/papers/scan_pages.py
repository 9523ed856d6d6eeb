"""The pages of a stored file as pictures, for a worker to look at and to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

import pypdfium2
from PIL import Image, ImageOps
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from juxian.regulation.scans import LEAST_SIDE, LONG_SIDE

READING_SIDE = 2000  # pixels of the longer side: A4 at 170 dpi
MOST_PAGES = 60
PDF = "application/pdf"
HALF = 0.5
BROKEN = (pypdfium2.PdfiumError, OSError, SyntaxError, ValueError, MemoryError)


class Unreadable(Exception):
    """The file does not open as what it is said to be."""


@dataclass(frozen=True, slots=True)
class ScanPage:
    """`number` counts from 1; `longer_side` in pixels as scanned, whatever the picture's size."""

    number: int
    picture: Image.Image
    longer_side: int


def pages_of(content: bytes, media_type: str) -> Iterator[ScanPage]:
    """The first MOST_PAGES pages, for `regulation.scans` to judge; Unreadable when one fails.

    Pages are made one at a time, as they are asked for.
    """
    try:
        yield from _pdf_pages(content) if media_type == PDF else (_only_page(content),)
    except BROKEN as error:
        raise Unreadable from error


def first_page(content: bytes, media_type: str) -> Image.Image:
    """The first page, large enough to read small print on; Unreadable when it does not open."""
    try:
        if media_type != PDF:
            return _picture(content, READING_SIDE)
        with pypdfium2.PdfDocument(content) as pdf:
            return _rendered(pdf[0], READING_SIDE)
    except BROKEN as error:
        raise Unreadable from error


def _pdf_pages(content: bytes) -> Iterator[ScanPage]:
    with pypdfium2.PdfDocument(content) as pdf:
        for number, sheet in enumerate(islice(pdf, MOST_PAGES), 1):
            yield ScanPage(number, _rendered(sheet, LONG_SIDE), _scanned_side(sheet))


def _only_page(content: bytes) -> ScanPage:
    with Image.open(BytesIO(content)) as image:
        longer_side = max(image.size)
    return ScanPage(1, _picture(content, LONG_SIDE), longer_side)


def _rendered(sheet: pypdfium2.PdfPage, side: int) -> Image.Image:
    scale = side / max(sheet.get_width(), sheet.get_height(), 1)
    picture: Image.Image = sheet.render(scale=scale, grayscale=True).to_pil()
    return picture.convert("L")


def _scanned_side(sheet: pypdfium2.PdfPage) -> int:
    """Of the image that fills the page; drawn pages have no points to be short of."""
    area = sheet.get_width() * sheet.get_height()
    for found in sheet.get_objects(filter=(FPDF_PAGEOBJ_IMAGE,)):
        left, bottom, right, top = found.get_bounds()
        if (right - left) * (top - bottom) >= HALF * area:
            width, height = found.get_px_size()
            return max(int(width), int(height))
    return LEAST_SIDE


def _picture(content: bytes, side: int) -> Image.Image:
    with Image.open(BytesIO(content)) as image:
        image.draft("L", (side, side))
        upright = ImageOps.exif_transpose(image).convert("L")
    upright.thumbnail((side, side))
    return upright


def page_at(content: bytes, media_type: str, number: int) -> Image.Image:
    """One page, as `pages_of` gives it; Unreadable when it is not there or does not open."""
    try:
        if media_type != PDF:
            return _picture(content, LONG_SIDE)
        with pypdfium2.PdfDocument(content) as pdf:
            return _rendered(pdf[number - 1], LONG_SIDE)
    except (*BROKEN, IndexError) as error:
        raise Unreadable from error
