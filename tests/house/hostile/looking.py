"""Looking at what was kept, by other means than those that made it."""

import re
import struct
from io import BytesIO

import pikepdf
from PIL import Image

ACTIVE = (
    *("JS", "JavaScript", "Launch", "OpenAction", "AA", "EmbeddedFiles", "EmbeddedFile", "XFA"),
    *("AF", "EF", "RichMedia", "SubmitForm", "GoToR", "GoToE", "ImportData", "ResetForm", "URI"),
    *("Rendition", "AcroForm", "Annots", "Outlines", "Names", "Metadata", "Author"),
    *("RichMediaExecute", "Ref", "OPI", "PieceInfo"),
)
_ACTIVE = re.compile(rb"/(?:%s)(?![A-Za-z])" % "|".join(ACTIVE).encode())
_WORDS = re.compile(rb"<\?php|<script|Exif\x00\x00|cmd\.exe|app\.alert|/PS\b|MZ evil")
CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def faults(content: bytes, media_type: str) -> list[str]:
    """What a clean file would not have; nothing for a clean one."""
    if media_type == "application/pdf":
        return list(_in_pdf(content))
    return list(_in_jpeg(content) if media_type == "image/jpeg" else _in_png(content))


def _in_pdf(content: bytes):
    if not content.startswith(b"%PDF-") or not content.endswith(b"%%EOF\n"):
        yield "something before or after"
    plain = BytesIO()
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=False) as pdf:
            assert len(pdf.pages) > 0
            if pdf.is_encrypted or pdf.docinfo.keys():
                yield "locked, or words about it"
            pdf.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    except (pikepdf.PdfError, AssertionError, ValueError) as error:
        yield type(error).__name__
    for found in (*_ACTIVE.findall(plain.getvalue()), *_WORDS.findall(plain.getvalue() + content)):
        yield found.decode()


def _in_jpeg(content: bytes):
    with Image.open(BytesIO(content)) as image:
        image.load()
        if image.format != "JPEG" or image.getexif() or "icc_profile" in image.info:
            yield "no bare JPEG"
        if "comment" in image.info:
            yield "comment"
    if re.search(rb"\xff[\xe1-\xed\xef\xfe]..", content[: content.find(b"\xff\xda")], re.DOTALL):
        yield "segment"
    if content.find(b"\xff\xd9", content.find(b"\xff\xda")) != len(content) - 2:
        yield "trailing"


def _in_png(content: bytes):
    at = 8
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind not in CHUNKS:
            yield repr(kind)
        at += size + 12
        if kind == b"IEND":
            break
    if at != len(content):
        yield "trailing"
    with Image.open(BytesIO(content)) as image:
        image.load()
