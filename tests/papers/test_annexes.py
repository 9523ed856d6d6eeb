"""The evidence booklet: every scan upright on its page, as it is, under its number."""

import hashlib
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from juxian.papers import annexes
from juxian.records.models import StoredFile
from juxian.regulation.refusal import NotReady
from juxian.selectors.evidence import path_of
from juxian.selectors.file_documents import AnnexInput
from juxian.selectors.paper_inputs import EvidenceFact
from tests.papers.samples import form_input, pages_of

FRONT = 2  # pages: cover and contents
RED, BLUE = (255, 0, 0), (0, 0, 255)


@pytest.fixture
def stored(settings, tmp_path):
    settings.EVIDENCE_DIR = tmp_path

    def store(content, media_type):
        digest = hashlib.sha256(content).hexdigest()
        path_of(digest).parent.mkdir(parents=True, exist_ok=True)
        path_of(digest).write_bytes(content)
        return StoredFile(digest=digest, size=len(content), media_type=media_type)

    return store


def picture():
    """Wide, red above on the left and blue below on the right."""
    drawn = Image.new("RGB", (1200, 800), "white")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 0, 300, 200), fill="red")
    pen.rectangle((900, 600, 1199, 799), fill="blue")
    content = BytesIO()
    drawn.save(content, "JPEG", quality=90)
    return content.getvalue()


def pdf_of(content, *, turned=0, pages=1):
    with pikepdf.new() as book:
        for _page in range(pages):
            with annexes._of_picture(content) as one:
                book.pages.extend(one.pages)
        for page in book.pages:
            page.Rotate = turned
        written = BytesIO()
        book.save(written)
    return written.getvalue()


def booklet(*files):
    facts = tuple(EvidenceFact("获奖证书", f"材料{n}", "", 1) for n in range(len(files)))
    made = BytesIO()
    given = AnnexInput(form_input(copies=1, evidence=facts), files)
    annexes.evidence_booklet(given, made, lambda _done: None)
    return made.getvalue()


def corners(pdf, number):
    """Where on the page red is, and blue: (left or right, above or below); and how it lies."""
    with pypdfium2.PdfDocument(pdf) as file:
        drawn = file[number].render(scale=0.3).to_pil().convert("RGB")
    middle, centre = drawn.width / 2, drawn.height / 2
    found = []
    for colour in (RED, BLUE):
        places = [
            (x, y)
            for x in range(drawn.width)
            for y in range(drawn.height)
            if all(abs(a - b) < 60 for a, b in zip(drawn.getpixel((x, y)), colour, strict=True))
        ]
        across = sum(x for x, _y in places) / len(places)
        down = sum(y for _x, y in places) / len(places)
        found.append(
            ("left" if across < middle else "right", "above" if down < centre else "below")
        )
    return (*found, "wide" if drawn.width > drawn.height else "high")


@pytest.mark.clause("R61", "R66")
def test_a_scan_lies_as_it_is_read_whatever_way_its_page_was_turned(stored):
    files = [stored(picture(), "image/jpeg")]
    files += [stored(pdf_of(picture(), turned=turned), annexes.PDF) for turned in (90, 180)]

    made = booklet(*files)

    assert corners(made, FRONT) == (("left", "above"), ("right", "below"), "wide")
    assert corners(made, FRONT + 1) == (("right", "above"), ("left", "below"), "high")
    assert corners(made, FRONT + 2) == (("right", "below"), ("left", "above"), "wide")


def test_pages_are_counted_as_they_are_and_the_contents_agree(stored):
    files = [
        stored(pdf_of(picture(), pages=3), annexes.PDF),
        stored(picture(), "image/jpeg"),
    ]

    pages = pages_of(booklet(*files))

    assert "1获奖证书材料0—31—3" in pages[1]
    assert "2获奖证书材料1—14" in pages[1]
    assert ["第4页共4页" in page for page in pages[FRONT:]] == [False, False, False, True]


def test_a_scan_keeps_its_bytes(stored):
    scan = picture()

    made = booklet(stored(scan, "image/jpeg"), stored(pdf_of(scan), annexes.PDF))

    with pikepdf.open(BytesIO(made)) as book:
        streams = (one for one in book.objects if isinstance(one, pikepdf.Stream))
        kept = [one.read_raw_bytes() for one in streams if one.get("/Subtype") == "/Image"]
    assert kept.count(scan) == 2


def test_a_file_that_does_not_open_is_named_and_nothing_is_bound(stored):
    broken = stored(b"%PDF-1.7 broken", annexes.PDF)

    with pytest.raises(NotReady, match=broken.digest[:12]):
        booklet(broken)
