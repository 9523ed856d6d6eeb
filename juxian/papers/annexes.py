"""The annexes of one form: their list (附件目录), and all of them bound into one PDF (汇编)."""

import zlib
from contextlib import ExitStack
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

import pikepdf
from django.utils.translation import gettext as _
from PIL import Image

from juxian.papers import render
from juxian.papers.application_form import annex_part
from juxian.papers.sheet import FormSheet, ListSheet, Reported, Stamp, digest_of
from juxian.records.models import StoredFile
from juxian.regulation.calendar import in_words
from juxian.regulation.refusal import NotReady
from juxian.selectors.evidence import path_of
from juxian.selectors.file_documents import AnnexInput

SUFFIX = "-M"  # the number of a list of annexes is its form's, and this
LIST_TITLE, BOOKLET_TITLE = "附件目录", "证明材料汇编"
SHORT, LONG = 595.28, 841.89  # points of A4
EDGE, FOOT = 14.2, 42.5  # points left free around a scan, and below it for the number of the page
REPORTED = 20  # pages between two reports of progress
PDF = "application/pdf"
BROKEN = (pikepdf.PdfError, OSError, ValueError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The stamps of a booklet's pages, 第 3 页　共 40 页, by whether the page lies on its side."""

    stamp: Stamp
    flipped: tuple[bool, ...]


def annex_list(given: AnnexInput) -> bytes:
    return render.render("nomination_form", sheet_of(given))


def sheet_of(given: AnnexInput) -> ListSheet:
    form = given.form
    annex = annex_part(form)
    parts = (annex,)
    number = form.number + SUFFIX
    stamp = Stamp(
        title=LIST_TITLE,
        number=number,
        turn=form.turn,
        digest=digest_of(number, parts),
        copies=1,
        author=form.employer,
        dated=form.dated,
    )
    closing = (("整理人：", "核对人：", "日期："),)
    subtitle = f"（{form.name}　{form.employer}）\n{annex.note}"
    return ListSheet(stamp, subtitle, parts, closing)


def evidence_booklet(given: AnnexInput, into: BinaryIO, reported: Reported) -> None:
    """Cover, contents, and every page of evidence with its number; scans are not touched.

    NotReady for a file that does not open. Pages are set upright on A4, those wider than high on
    its side.
    """
    with ExitStack() as opened:
        files = [opened.enter_context(_opened(file)) for file in given.files]
        counted = tuple(
            replace(fact, pages=len(file.pages))
            for fact, file in zip(given.form.evidence, files, strict=True)
        )
        form = replace(given.form, evidence=counted)
        pages = [page for file in files for page in file.pages]
        front = render.render("booklet", front_of(replace(given, form=form)))
        numbers = Numbers(sheet_of(given).stamp, tuple(_is_wide(page) for page in pages))
        stamps = render.render("booklet_numbers", numbers)
        _bind(front, pages, stamps, numbers, into, reported)


def front_of(given: AnnexInput) -> FormSheet:
    """The cover and the contents."""
    form = given.form
    sheet = sheet_of(given)
    return FormSheet(
        stamp=replace(sheet.stamp, title=BOOKLET_TITLE),
        subtitle=f"（{form.programme}）",
        cover=(
            ("姓　　名", form.name),
            ("工作单位", form.employer),
            ("推荐单位", form.nominator),
            ("类　　别", form.track),
            ("编　　号", form.number),
        ),
        filled_on=in_words(form.dated.date()),
        parts=sheet.parts,
    )


def _bind(
    front: bytes,
    pages: list[pikepdf.Page],
    stamps: bytes,
    numbers: Numbers,
    into: BinaryIO,
    reported: Reported,
) -> None:
    with (
        pikepdf.new() as book,
        pikepdf.open(BytesIO(stamps)) as over,
        pikepdf.open(BytesIO(front)) as first,
    ):
        book.pages.extend(first.pages)
        bound = zip(pages, numbers.flipped, over.pages, strict=True)
        for done, (page, flipped, stamp) in enumerate(bound, start=1):
            wide, high = (LONG, SHORT) if flipped else (SHORT, LONG)
            sheet = book.add_blank_page(page_size=(wide, high))
            room = pikepdf.Rectangle(EDGE, FOOT, wide - EDGE, high - EDGE)
            sheet.add_overlay(page, room)
            sheet.add_overlay(stamp, pikepdf.Rectangle(0, 0, wide, high))
            if done % REPORTED == 0:
                reported(done)
        book.save(into, deterministic_id=True)
    reported(len(pages))


def _opened(file: StoredFile) -> pikepdf.Pdf:
    try:
        if file.media_type != PDF:
            return _of_picture(path_of(file.digest).read_bytes())
        pdf = pikepdf.open(path_of(file.digest))
        pdf.flatten_annotations("print")
    except BROKEN as error:
        said = _("有一份材料（校验值%(digest)s）打不开，不能汇编；请申报人重新上传")
        raise NotReady(said % {"digest": file.digest[:12]}) from error
    return pdf


def _of_picture(content: bytes) -> pikepdf.Pdf:
    """A page with the picture, at 150 dots to the inch; a JPEG's data as they are."""
    with Image.open(BytesIO(content)) as image:
        wide, high = image.size
        if image.format == "JPEG" and image.mode in ("L", "RGB"):
            data, filtered, mode = content, pikepdf.Name.DCTDecode, image.mode
        else:
            plain = image.convert("RGB")
            data, filtered, mode = zlib.compress(plain.tobytes()), pikepdf.Name.FlateDecode, "RGB"
    pdf = pikepdf.new()
    picture = pikepdf.Stream(pdf, data)
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = wide, high, 8
    gray = mode == "L"
    picture.ColorSpace = pikepdf.Name.DeviceGray if gray else pikepdf.Name.DeviceRGB
    picture.Filter = filtered
    scale = 72 / 150
    page = pdf.add_blank_page(page_size=(max(wide * scale, 3), max(high * scale, 3)))
    name = page.add_resource(picture, pikepdf.Name.XObject)
    drawn = f"q {wide * scale:.3f} 0 0 {high * scale:.3f} 0 0 cm {name} Do Q"
    page.contents_add(drawn.encode())
    return pdf


def _is_wide(page: pikepdf.Page) -> bool:
    """As it is read, with its own turning."""
    left, below, right, above = (float(edge) for edge in page.trimbox)
    wide, high = abs(right - left), abs(above - below)
    turned = int(page.obj.get("/Rotate", 0)) % 180 == 90  # noqa: PLR2004
    return (high > wide) if turned else (wide > high)
