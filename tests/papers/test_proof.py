"""Printed and scanned pages are read back, and said to be what is on file now, or not."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageFilter

from juxian.papers import proof
from juxian.papers.application_form import application_form
from juxian.papers.page_mark import PageMark
from juxian.papers.pdfium import ONE_AT_A_TIME
from juxian.papers.proof import OnFile, Verdict, judge, read_content, unread, verdict
from juxian.regulation.refusal import NotReady
from tests.papers.samples import DIGEST, form_input

NUMBER = "XJ2020-A-00317"
MARK = PageMark(NUMBER, 2, DIGEST[:12], 1, 1, 8)
OTHER = "bb" * 32
NOW = OnFile(2, DIGEST, {1: OTHER, 2: DIGEST})


@pytest.fixture(scope="module")
def pdf():
    return application_form(form_input())


@pytest.fixture(scope="module")
def pages(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def lookup(number):
    return {NUMBER: NOW}.get(number)


def scans(pdf, *, dpi, angle, blur=0.0):
    """The first pages as a scanner would give them: grey, askew, a little soft."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in list(document)[:4]:
            image = page.render(scale=dpi / 72, grayscale=True).to_pil()
            image = image.rotate(
                angle, expand=True, fillcolor=248, resample=Image.Resampling.BICUBIC
            )
            yield image.filter(ImageFilter.GaussianBlur(blur)) if blur else image


def saved(image, kind, **options):
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@pytest.mark.clause("R57")
def test_every_page_of_the_pdf_proves_itself(pdf, pages):
    found = read_content(pdf)

    in_all = pages // 3
    assert [page.marks for page in found] == [
        (PageMark(NUMBER, 2, DIGEST[:12], copy, page, in_all),)
        for copy in (1, 2, 3)
        for page in range(1, in_all + 1)
    ]
    (paper,) = judge(found, lookup)
    assert (paper.verdict, paper.is_complete, unread(found)) == (Verdict.EQUAL, True, ())


@pytest.mark.clause("R57")
@pytest.mark.parametrize(
    ("dpi", "angle", "blur", "kind"),
    [
        (200, 3, 0.0, "PNG"),
        (200, -3, 0.8, "JPEG"),
        (150, 3, 0.5, "JPEG"),
        (150, -3, 0.0, "TIFF"),
        (200, 93, 0.0, "PNG"),
        (300, 183, 0.8, "JPEG"),
    ],
)
def test_scanned_pages_are_read_askew_soft_and_coarse(pdf, dpi, angle, blur, kind):
    options = {"quality": 70} if kind == "JPEG" else {}
    found = [
        read_content(saved(image, kind, **options))[0].marks
        for image in scans(pdf, dpi=dpi, angle=angle, blur=blur)
    ]

    assert [[mark.page for mark in marks] for marks in found] == [[1], [2], [3], [4]]


@pytest.mark.parametrize(
    ("kind", "options"),
    [("PDF", {"resolution": 200}), ("TIFF", {"compression": "tiff_deflate"})],
)
def test_a_scan_of_several_pages_in_one_file_is_read_page_by_page(pdf, kind, options):
    first, *others = scans(pdf, dpi=200, angle=2)
    content = saved(first, kind, save_all=True, append_images=others, **options)

    assert [[m.page for m in page.marks] for page in read_content(content)] == [[1], [2], [3], [4]]


def test_a_black_and_white_fax_of_a_page_is_read(pdf):
    first = next(iter(scans(pdf, dpi=200, angle=1)))
    content = saved(first.convert("1"), "TIFF", compression="group4")

    assert [mark.page for mark in read_content(content)[0].marks] == [1]


def test_a_file_on_disk_is_read_by_its_path(pdf, pages, tmp_path):
    (tmp_path / "form.pdf").write_bytes(pdf)

    assert len(proof.read(tmp_path / "form.pdf")) == pages


@pytest.mark.clause("R57")
def test_missing_pages_and_pages_without_a_code_are_found(pdf, pages):
    with pypdfium2.PdfDocument(pdf) as document:
        document.del_page(4)
        document.del_page(2)
        document.new_page(595, 842, index=0)
        file = BytesIO()
        document.save(file)

    found = read_content(file.getvalue())

    (paper,) = judge(found, lookup)
    assert paper.missing == {1: (3, 5)}
    assert paper.pages == pages // 3
    assert unread(found) == (1,)
    assert sorted(paper.found) == [1, 2, 3]


@pytest.mark.clause("R57")
def test_a_print_from_before_a_change_is_superseded():
    older = application_form(form_input(turn=1, digest=OTHER, copies=1))

    (paper,) = judge(read_content(older), lookup)

    assert (paper.turn, paper.verdict) == (1, Verdict.SUPERSEDED)


def test_pages_of_two_prints_in_one_pile_are_told_apart(pdf):
    older = application_form(form_input(turn=1, digest=OTHER, copies=1))

    papers = judge(read_content(pdf) + read_content(older), lookup)

    assert [(paper.turn, paper.verdict) for paper in papers] == [
        (2, Verdict.EQUAL),
        (1, Verdict.SUPERSEDED),
    ]


def test_a_draft_is_never_equal():
    draft = application_form(form_input(turn=0, copies=1))

    (paper,) = judge(read_content(draft), lookup)

    assert paper.verdict is Verdict.DRAFT


@pytest.mark.parametrize(
    ("mark", "on_file", "said"),
    [
        (MARK, NOW, Verdict.EQUAL),
        (MARK, None, Verdict.FOREIGN),
        (PageMark(NUMBER, 2, "0" * 12, 1, 1, 8), NOW, Verdict.FOREIGN),
        (PageMark(NUMBER, 1, OTHER[:12], 1, 1, 8), NOW, Verdict.SUPERSEDED),
        (PageMark(NUMBER, 1, DIGEST[:12], 1, 1, 8), NOW, Verdict.FOREIGN),
        (PageMark(NUMBER, 3, DIGEST[:12], 1, 1, 8), NOW, Verdict.FOREIGN),
        (PageMark(NUMBER, 1, "", 1, 1, 8), NOW, Verdict.FOREIGN),
        (PageMark(NUMBER, 0, DIGEST[:12], 1, 1, 8), NOW, Verdict.DRAFT),
        (
            PageMark("PY-1", 1, "0" * 12, 1, 1, 1),
            OnFile(1, DIGEST, {}, keeps_earlier=False),
            Verdict.SUPERSEDED,
        ),
    ],
)
def test_a_page_is_judged_by_turn_and_digest(mark, on_file, said):
    assert verdict(mark, on_file) is said


def test_a_strange_code_on_a_page_is_not_a_mark():
    page = application_form(form_input(number="XJ2020-A-99999", copies=1))

    (paper,) = judge(read_content(page), lookup)

    assert paper.verdict is Verdict.FOREIGN


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_pdf_and_no_scan_is_refused(content):
    with pytest.raises(NotReady, match=r"核验|打不开"):
        read_content(content)


def test_an_image_too_large_to_be_a_page_is_refused(monkeypatch):
    monkeypatch.setattr(proof, "MOST_PIXELS", 100)

    with pytest.raises(NotReady, match="图像太大"):
        read_content(saved(Image.new("L", (20, 20)), "PNG"))


def test_a_pile_too_large_for_one_file_is_refused(pdf, monkeypatch):
    monkeypatch.setattr(proof, "MOST_PAGES", 3)

    with pytest.raises(NotReady, match="最多核验3页"):
        read_content(pdf)


def test_pages_are_read_while_no_other_thread_uses_the_same_library(pdf, pages):
    with ThreadPoolExecutor(1) as other:
        with ONE_AT_A_TIME:
            reading = other.submit(read_content, pdf)
            with pytest.raises(TimeoutError):
                reading.result(timeout=2)
        assert len(reading.result(timeout=60)) == pages
