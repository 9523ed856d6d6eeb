"""Proving a paper: the marks read back from its pages, and whether they are what is on file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from io import BytesIO
from pathlib import Path

import pypdfium2
import zxingcpp
from django.utils.translation import gettext as _
from PIL import Image, ImageSequence, UnidentifiedImageError

from juxian.papers.page_mark import PageMark, parse_mark
from juxian.papers.pdfium import ONE_AT_A_TIME
from juxian.regulation.refusal import NotReady
from juxian.regulation.replacing import Pages, is_kept

DPI = 200
FINER_DPI = 320  # for a page on which nothing was found at first
POINTS = 72
MOST_PAGES = 1000
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 9000  # pixels
QR_CODES = zxingcpp.barcode_formats_from_str("QRCode")


class Verdict(StrEnum):
    EQUAL = "equal"  # 与现有数据一致
    KEPT = "kept"  # 较早一次提交的页，内容与现在相同
    SUPERSEDED = "superseded"  # 已作废：申报内容后来有修改
    DRAFT = "draft"  # 草稿，不作为报送材料
    FOREIGN = "foreign"  # 不是本系统现存申报的打印件


@dataclass(frozen=True, slots=True)
class OnFile:
    """What is on file under a number: the present turn, and by turn digests and printings.

    Papers about a list keep no earlier ones: any other digest is taken for an earlier state.
    Of a form that its applicant has taken back, no turn counts; nor does the record of an
    evaluation that another one has corrected (复议).
    """

    turn: int
    digest: str
    earlier: Mapping[int, str]
    keeps_earlier: bool = True
    is_taken_back: bool = False
    is_corrected: bool = False
    printings: Mapping[int, Sequence[Pages]] = field(default_factory=dict)


Lookup = Callable[[str], OnFile | None]
"""From a paper's number to what is on file now; None for an unknown number."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page of the file, from 1, and the marks found on it: none when it could not be read."""

    number: int
    marks: tuple[PageMark, ...]


@dataclass(frozen=True, slots=True)
class PaperFound:
    """The pages of one paper in one turn: by copy, those found and those missing.

    `kept` are the pages, by their turn, that an earlier turn's print has lent to the present one.
    """

    number: str
    turn: int
    digest: str
    pages: int
    found: Mapping[int, tuple[int, ...]]
    verdict: Verdict
    kept: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def missing(self) -> dict[int, tuple[int, ...]]:
        """Pages that a copy lacks; a copy of which nothing was found is not in question."""
        whole = range(1, self.pages + 1)
        lacks = {copy: tuple(set(whole) - set(pages)) for copy, pages in self.found.items()}
        return {copy: tuple(sorted(pages)) for copy, pages in lacks.items() if pages}

    @property
    def is_complete(self) -> bool:
        return not self.missing


def read(path: Path) -> tuple[PageRead, ...]:
    """The marks of every page of a PDF or a scan (PNG, JPEG, TIFF); NotReady if it is neither."""
    return read_content(path.read_bytes())


def read_content(content: bytes) -> tuple[PageRead, ...]:
    pages = _pdf_pages if content.startswith(b"%PDF-") else _image_pages
    return tuple(PageRead(number, marks) for number, marks in enumerate(pages(content), start=1))


def judge(pages: Sequence[PageRead], lookup: Lookup) -> tuple[PaperFound, ...]:
    """The papers whose pages are in the file, in the order of their first page.

    A page of an earlier turn that says what the present one says counts as a page of the present.
    """
    known: dict[str, OnFile | None] = {}
    piles: dict[tuple[PageMark, Verdict], list[PageMark]] = {}
    for mark in (mark for page in pages for mark in page.marks):
        if mark.number not in known:
            known[mark.number] = lookup(mark.number)
        on_file = known[mark.number]
        said, now = verdict(mark, on_file), mark
        if said is Verdict.KEPT and on_file is not None:
            now, said = replace(mark, turn=on_file.turn, digest=on_file.digest[:12]), Verdict.EQUAL
        piles.setdefault((replace(now, copy=1, page=1), said), []).append(mark)
    return tuple(_paper(first, said, marks) for (first, said), marks in piles.items())


def _paper(first: PageMark, said: Verdict, marks: Sequence[PageMark]) -> PaperFound:
    found: dict[int, set[int]] = {}
    kept: dict[int, set[int]] = {}
    for mark in marks:
        found.setdefault(mark.copy, set()).add(mark.page)
        if mark.turn != first.turn:
            kept.setdefault(mark.turn, set()).add(mark.page)
    return PaperFound(
        number=first.number,
        turn=first.turn,
        digest=first.digest,
        pages=first.pages,
        found={copy: tuple(sorted(seen)) for copy, seen in sorted(found.items())},
        verdict=said,
        kept={turn: tuple(sorted(seen)) for turn, seen in sorted(kept.items())},
    )


def verdict(mark: PageMark, on_file: OnFile | None) -> Verdict:
    """Whether the page says what is on file now (通知五（一）：书面材料与电子数据应真实一致)."""
    if not mark.turn:
        return Verdict.DRAFT
    if on_file is None or not mark.digest:
        return Verdict.FOREIGN
    if mark.turn == on_file.turn and on_file.digest.startswith(mark.digest):
        is_void = on_file.is_taken_back or on_file.is_corrected
        return Verdict.SUPERSEDED if is_void else Verdict.EQUAL
    was = on_file.earlier.get(mark.turn, "") if mark.turn < on_file.turn else ""
    if was.startswith(mark.digest) or not on_file.keeps_earlier:
        return Verdict.KEPT if _says_the_same(mark, on_file) else Verdict.SUPERSEDED
    return Verdict.FOREIGN


def _says_the_same(mark: PageMark, on_file: OnFile) -> bool:
    """A page of an earlier turn: it, and its foot's numbers of copies and pages."""
    printings = on_file.printings.get(mark.turn, ())
    before = [one for one in printings if len(one.pages) == mark.pages]
    now = on_file.printings.get(on_file.turn, ())
    if on_file.is_taken_back or not is_kept(mark.page, before, now):
        return False
    return mark.copy <= before[0].copies


def unread(pages: Sequence[PageRead]) -> tuple[int, ...]:
    """The pages of the file on which no mark of ours was found."""
    return tuple(page.number for page in pages if not page.marks)


def _pdf_pages(content: bytes) -> Iterator[tuple[PageMark, ...]]:
    try:
        with ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(content)
            pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise NotReady(_("这个PDF文件打不开，可能已损坏或有密码，请重新扫描")) from error
    try:
        _check_pages(pages)
        for number in range(pages):
            yield _marks(_rendered(document, number, DPI)) or _marks(
                _rendered(document, number, FINER_DPI)
            )
    finally:
        with ONE_AT_A_TIME:
            document.close()


def _rendered(document: pypdfium2.PdfDocument, number: int, dpi: int) -> Image.Image:
    with ONE_AT_A_TIME:
        page = document[number]
        scale = min(dpi / POINTS, LONGEST_SIDE / max(page.get_size()))
        image: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
        page.close()
    return image


def _image_pages(content: bytes) -> Iterator[tuple[PageMark, ...]]:
    try:
        image = Image.open(BytesIO(content), formats=("PNG", "JPEG", "TIFF"))
        _check_pages(getattr(image, "n_frames", 1))
        if image.width * image.height > MOST_PIXELS:
            raise NotReady(_("图像太大，请用200至300点每英寸的分辨率扫描"))
        for frame in ImageSequence.Iterator(image):
            yield _marks(frame.convert("L"))
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise NotReady(_("只能核验PDF文件或PNG、JPG、TIFF格式的扫描图像")) from error


def _check_pages(pages: int) -> None:
    if pages > MOST_PAGES:
        raise NotReady(_("一次最多核验%(most)d页，请分成几个文件") % {"most": MOST_PAGES})


def _marks(image: Image.Image) -> tuple[PageMark, ...]:
    codes = zxingcpp.read_barcodes(image, formats=QR_CODES)
    marks = (parse_mark(code.text) for code in codes)
    return tuple(sorted({mark for mark in marks if mark is not None}))
