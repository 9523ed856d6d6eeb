"""Taking files in: what is made anew, what a mark of a state secret keeps out, and what is told."""

import hashlib
import os
from io import BytesIO
from pathlib import Path

import pikepdf
import pillow_heif
import pypdfium2
import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from pikepdf import Array, Dictionary, Name
from PIL import Image

from juxian.actions import evidence, intake, proceeding
from juxian.actions.cleansing import apart
from juxian.actions.cleansing.images import LONG_EDGE
from juxian.desks.common.uploads import WipedUpload
from juxian.records.models import Evidence, StoredFile, Trace
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotReady
from juxian.selectors.evidence import content_of
from juxian.selectors.trace_words import figures
from tests.house.actions.refusing import open_list
from tests.house.hostile.others import drawn, packed, placed
from tests.house.hostile.pdfs import attached, blank, looks, note, saved
from tests.house.world import PDF

KEPT_OUT = (
    "文件疑似带有密级标志，已拦截，没有保存。"
    "请立即联系本单位保密部门，按其要求处理这份文件；不要再次上传或转发"
)


@pytest.fixture
def drafted(world):
    return world.professional_draft()


def attach(world, file, content, **said):
    asked = {"by": world.applicant, "material": "other", "title": ""} | said
    return evidence.attach(file.pk, content=content, **asked)


def saying(*pages: str) -> bytes:
    """A PDF with a text layer: what each page says stands near its top."""
    pdf = blank(len(pages))
    letters = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=Name("/STSong-Light"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=2),
        FontDescriptor=Dictionary(Type=Name.FontDescriptor, FontName=Name("/STSong-Light")),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/STSong-Light"),
        Encoding=Name("/UniGB-UCS2-H"),
        DescendantFonts=Array([pdf.make_indirect(letters)]),
    )
    for page, text in zip(pdf.pages, pages, strict=True):
        said = text.encode("utf-16-be").hex()
        page.Resources = Dictionary(Font=Dictionary(F=font))
        page.Contents = pdf.make_stream(f"BT /F 12 Tf 20 180 Td <{said}> Tj ET".encode())
    return saved(pdf)


def on_disk(settings) -> list[Path]:
    return [one for one in Path(settings.EVIDENCE_DIR).rglob("*") if one.is_file()]


MARKED = {
    "a starred mark on a later page": (saying("封面", "正文", "机密★10年"), "star"),
    "a heading of one word": (saying("机 密"), "heading"),
    "a level named": (saying("研究报告　密级：秘密"), "level"),
    "a Word file": (
        packed(("word/document.xml", "<w:t>机</w:t><w:t>密★长期</w:t>".encode())),
        "star",
    ),
    "an OFD file": (
        packed(("OFD.xml", b"<x/>"), ("Doc_0/Pages/Page_0/Content.xml", "秘密★1年".encode())),
        "star",
    ),
    "an old Word file": (b"\xd0\xcf\x11\xe0" + bytes(600) + "机密★5年".encode("utf-16-le"), "star"),
    "a text in an old encoding": ("通知\n绝密★长期".encode("gb18030"), "star"),
}


@pytest.mark.clause("R58")
@pytest.mark.parametrize(("content", "rule"), MARKED.values(), ids=MARKED)
def test_a_file_with_a_mark_is_kept_out_and_only_who_when_and_by_what_rule_is_kept(
    world, drafted, settings, content, rule
):
    before = (on_disk(settings), StoredFile.objects.count(), Evidence.objects.count())

    with pytest.raises(intake.KeptOut, match=f"^{KEPT_OUT}$"):
        attach(world, drafted, content, title="机密材料")

    trace = Trace.objects.latest("pk")
    assert (on_disk(settings), StoredFile.objects.count(), Evidence.objects.count()) == before
    assert (trace.act, trace.by, trace.subject_id) == ("keep_out", world.applicant, str(drafted.pk))
    assert trace.detail == {"rule": rule, "sha256": hashlib.sha256(content).hexdigest()}
    assert [title for title, _said in figures(pack_of(drafted.cycle), trace)] == ["规则", "校验值"]


@pytest.mark.clause("R58")
def test_a_mark_keeps_an_office_s_scan_out_too(world, settings):
    file = world.submitted()
    listed, by = open_list(world, "nominator_decision", file)
    before = on_disk(settings)

    with pytest.raises(intake.KeptOut, match="密级标志"):
        proceeding.attach_file(listed.pk, by=by, title="纪要", content=saying("机密★10年"))

    assert Trace.objects.latest("pk").act == "keep_out"
    assert on_disk(settings) == before


@pytest.mark.django_db(transaction=True)
def test_the_trace_of_what_was_kept_out_outlives_the_refusal():
    from tests.house.world import build

    world = build()
    drafted = world.professional_draft()
    with pytest.raises(intake.KeptOut):
        attach(world, drafted, saying("机密★10年"))
    assert Trace.objects.filter(act="keep_out").count() == 1


@pytest.mark.parametrize(
    ("text", "caution"),
    [
        ("内部资料 注意保存", "文件里有“内部资料、注意保存”一类字样，请确认可以公开后再提交。"),
        ("采用秘密投票，保证机密性", ""),
    ],
)
def test_softer_words_are_told_and_the_file_is_kept(world, drafted, text, caution):
    kept = attach(world, drafted, saying(text))

    assert kept.caution == caution
    assert path_exists(kept)


def path_exists(kept: Evidence) -> bool:
    return len(content_of(kept.file)) == kept.file.size


def test_an_attachment_inside_a_pdf_is_left_out_and_that_is_told(world, drafted):
    kept = attach(world, drafted, saved(attached(blank())))

    assert kept.caution == "这个PDF带有附件，附件没有保存；需要的请另行上传。"


def test_a_stamp_upon_a_page_stays_to_be_seen(world, drafted):
    pdf = blank()
    note(pdf, "/Stamp", AP=looks(pdf))

    kept = attach(world, drafted, saved(pdf))

    with pypdfium2.PdfDocument(content_of(kept.file)) as shown:
        picture = shown[0].render(may_draw_forms=False, draw_annots=False).to_pil().convert("L")
    assert picture.getpixel((50, 150)) == 0


def test_a_photograph_of_a_phone_lies_upright_fits_paper_and_says_no_place(world, drafted):
    pillow_heif.register_heif_opener()
    upright, flat = (LONG_EDGE * 3 // 4, LONG_EDGE), (LONG_EDGE, LONG_EDGE * 3 // 4)
    for form, size in (("JPEG", upright), ("HEIF", flat)):  # its writer forgets how it was held
        file = attach(world, drafted, drawn(form, size=(4032, 3024), exif=placed(6))).file
        with Image.open(BytesIO(content_of(file))) as image:
            assert (image.format, image.size, dict(image.getexif())) == ("JPEG", size, {})


def test_a_page_of_text_stays_a_png_and_a_fax_of_several_pages_is_bound(world, drafted):
    text = attach(world, drafted, drawn("PNG", "1", (2480, 3508))).file
    pages, content = [Image.new("1", (400, 600), shade) for shade in (0, 1, 1)], BytesIO()
    pages[0].save(content, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    fax = attach(world, drafted, content.getvalue()).file

    assert text.media_type == "image/png"
    assert (fax.media_type, fax.pages) == ("application/pdf", 3)


def test_nothing_of_a_large_upload_is_left_on_the_disk():
    upload = WipedUpload("密件.pdf", "application/pdf", 0, "")
    upload.write("机密★10年".encode() * 1000)
    upload.flush()
    seen = Path(upload.temporary_file_path())
    with seen.open("rb") as still:
        upload.close()
        assert set(still.read()) == {0}
    assert not seen.exists()
    assert issubclass(WipedUpload, TemporaryUploadedFile)


def test_the_keeper_of_the_cleansing_is_started_again_when_it_is_gone():
    first = intake._cleansed(PDF, "")
    apart._keeper._process.kill()
    apart._keeper._process.wait()

    assert intake._cleansed(PDF, "") == first


def test_what_breaks_the_cleansing_is_refused_and_breaks_nothing_else(monkeypatch):
    deep = (
        b"%PDF-1.4\n1 0 obj " + b"[" * 400_000 + b"]" * 400_000 + b" endobj\ntrailer<</Root 1 0 R>>"
    )

    with pytest.raises(NotReady, match="请"):
        intake._cleansed(deep, "")
    assert intake._cleansed(PDF, "").pages == 1


def test_the_cleansing_may_neither_write_a_file_nor_read_the_site_s_keys(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    intake._cleansed(PDF, "")
    pid = apart._keeper._process.pid
    environment = Path(f"/proc/{pid}/environ").read_bytes()
    assert b"SECRET_KEY" not in environment
    assert os.getpid() != pid


def test_a_title_is_rid_of_what_turns_or_hides_it(world, drafted):
    kept = attach(world, drafted, PDF, title="证书\u202efdp.exe\x00\u200b")

    assert kept.title == "证书fdp.exe"
    assert pikepdf.open(BytesIO(content_of(kept.file))).pages
