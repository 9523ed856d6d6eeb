"""What each page of a printed form says, read from its PDF: its words and its pictures.

Its foot and its code name the turn and are left out, and so are ruled lines.
"""

import ctypes
import hashlib
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from juxian.papers.pdfium import ONE_AT_A_TIME

FOOT = 80  # points at the bottom of a page that only its foot takes
BETWEEN = "\x1f"  # so that what stands in two cells is not taken for the same in one


def words_of_pages(pdf: bytes, copies: int) -> tuple[str, ...]:
    """Of the first copy's pages; the copies differ in nothing but foot and code."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        pages = range(len(document) // copies)
        return tuple(BETWEEN.join(_said(document[number])) for number in pages)


def _said(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Runs of text and digests of pictures, in the order in which they were set."""
    text = page.get_textpage()
    for place in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, place)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE) or _top(thing) < FOOT:
            continue
        yield _text(thing, text) if kind == raw.FPDF_PAGEOBJ_TEXT else _picture(thing)


def _top(thing: raw.FPDF_PAGEOBJECT) -> float:
    left, bottom, right, top = (ctypes.c_float() for _side in range(4))
    raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    return top.value


def _text(thing: raw.FPDF_PAGEOBJECT, page: pypdfium2.PdfTextPage) -> str:
    """Without the blank that PDFium adds where something else stands beside it."""
    size = raw.FPDFTextObj_GetText(thing, page, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(thing, page, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le").rstrip("\0").strip()


def _picture(thing: raw.FPDF_PAGEOBJECT) -> str:
    size = raw.FPDFImageObj_GetImageDataRaw(thing, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFImageObj_GetImageDataRaw(thing, buffer, size)
    return hashlib.sha256(buffer.raw).hexdigest()
