"""Hostile and broken images, packages, programs and texts, made here from nothing."""

import struct
import zipfile
import zlib
from io import BytesIO

import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.house.hostile import words
from tests.house.hostile.pdfs import EICAR
from tests.house.hostile.words import CLEAN, Case

pillow_heif.register_heif_opener()
PHP = b"<?php system($_GET['c']); ?>"
HTML = b"<html><script>alert(1)</script></html>"
JAR = b"PK\x03\x04" + bytes(26) + b"META-INF/MANIFEST.MF" + bytes(40)
TAILS = {
    "php": PHP,
    "html": HTML,
    "jar": JAR,
    "program": b"MZ" + bytes(64),
    "jpeg": b"\xff\xd9" * 9,
}
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "bmp": "BMP", "tif": "TIFF", "heic": "HEIF"}


def drawn(form="JPEG", mode="RGB", size=(64, 48), **how) -> bytes:
    content = BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(content, form, **how)
    return content.getvalue()


def placed(orientation=1):
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, PHP.decode()
    exif[0x8825] = {1: "N", 2: (43.0, 47.0, 30.0), 3: "E", 4: (87.0, 36.0, 0.0)}
    return exif


def chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def png_of(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def tails():
    for ending, form in FORMATS.items():
        for what, tail in TAILS.items():
            yield Case(f"{what}-after.{ending}", drawn(form) + tail, CLEAN)


def speaking():
    for orientation in range(1, 9):
        yield Case(f"turned-{orientation}.jpg", drawn(exif=placed(orientation)), CLEAN)
    for ending in ("png", "webp", "tif", "heic"):
        how = {"exif": placed().tobytes()} if ending != "tif" else {"tiffinfo": {270: PHP.decode()}}
        yield Case(f"placed.{ending}", drawn(FORMATS[ending], **how), CLEAN)
    yield Case("comment.jpg", drawn(comment=HTML), CLEAN)
    yield Case("profile.jpg", drawn(icc_profile=PHP * 50), CLEAN)
    yield Case("profile.png", drawn("PNG", icc_profile=PHP * 50), CLEAN)
    for what in ("text", "itxt", "packed"):
        said = PngInfo()
        if what == "itxt":
            said.add_itxt("Title", PHP.decode())
        else:
            said.add_text("Title", PHP.decode(), zip=what == "packed")
        yield Case(f"said-{what}.png", drawn("PNG", pnginfo=said), CLEAN)
    whole = drawn("PNG")
    yield Case("own-chunk.png", whole[:33] + chunk(b"evIl", PHP) + whole[33:], CLEAN)
    whole = drawn()
    program = b"\xff\xe1" + struct.pack(">H", len(PHP) + 2) + PHP
    yield Case("segment.jpg", whole[:2] + program + whole[2:], CLEAN)
    pdf = b"\xff\xfe" + struct.pack(">H", 11) + b"%PDF-1.7\n"
    yield Case("also-pdf.jpg", whole[:2] + pdf + whole[2:] + b"\n%%EOF", CLEAN)


def strange():
    for name, form, mode in (
        ("cmyk.jpg", "JPEG", "CMYK"),
        ("grey.jpg", "JPEG", "L"),
        ("deep.png", "PNG", "I;16"),
        ("palette.png", "PNG", "P"),
        ("clear.png", "PNG", "RGBA"),
        ("bit.png", "PNG", "1"),
        ("real.tif", "TIFF", "F"),
        ("lab.tif", "TIFF", "CMYK"),
        ("fax.tif", "TIFF", "1"),
    ):
        source = Image.linear_gradient("L").resize((64, 48))
        content = BytesIO()
        deep = Image.new("I;16", (64, 48), 40_000)
        (deep if mode == "I;16" else source.convert(mode)).save(content, form)
        yield Case(name, content.getvalue(), CLEAN, mild=True)
    pages = [Image.new("L", (40, 40), shade) for shade in (10, 120, 240)]
    for name, form, said in (
        ("pages.tif", "TIFF", CLEAN),
        ("moving.png", "PNG", words.ANIMATED),
        ("moving.webp", "WEBP", words.ANIMATED),
        ("moving.gif", "GIF", words.GIF),
    ):
        content = BytesIO()
        pages[0].save(content, form, save_all=True, append_images=pages[1:])
        yield Case(name, content.getvalue(), said, mild=name == "pages.tif")
    yield Case("gifar.gif", drawn("GIF") + JAR, words.GIF)
    yield Case("huge.png", png_of(60_000, 60_000), words.LARGE_IMAGE)
    yield Case("wide.png", png_of(2_000_000_000, 1), words.LARGE_IMAGE)
    head = b"BM" + struct.pack("<IHHI", 200, 0, 0, 54)
    bitmap = head + struct.pack("<IiiHHIIiiII", 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0)
    yield Case("huge.bmp", bitmap + bytes(9), words.LARGE_IMAGE)
    damaged = bytearray(drawn("PNG"))
    damaged[40] ^= 255
    yield Case("sum.png", bytes(damaged), words.BROKEN_IMAGE)
    for ending, form in FORMATS.items():
        whole = drawn(form)
        yield Case(f"cut.{ending}", whole[: len(whole) // 3], words.BROKEN_IMAGE)
    yield Case("nothing.png", png_of(10, 10), words.BROKEN_IMAGE)


def packed(*parts: tuple[str, bytes], link=False) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as package:
        for name, text in parts:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o120777 << 16 if link else 0o644 << 16
            package.writestr(entry, text)
    return content.getvalue()


def packages():
    types = ("[Content_Types].xml", b"<Types/>")
    remote = b'<Relationship TargetMode="External" Target="http://127.0.0.1:9/x.dotm"/>'
    for name, parts, said in (
        ("macro.docm", [types, ("word/vbaProject.bin", b"x")], words.OFFICE),
        ("dde.docx", [types, ("word/document.xml", b"DDEAUTO cmd")], words.OFFICE),
        ("remote.docx", [types, ("word/_rels/settings.xml.rels", remote)], words.OFFICE),
        ("laughs.docx", [types, ("word/document.xml", b'<!ENTITY a "&b;&b;">')], words.OFFICE),
        ("sheet.xlsx", [types, ("xl/workbook.xml", b"=cmd|x")], words.EXCEL),
        ("slides.pptx", [types, ("ppt/presentation.xml", b"x")], words.SLIDES),
        ("text.odt", [("mimetype", b"application/vnd.oasis.opendocument.text")], words.OFFICE),
        ("paper.ofd", [("OFD.xml", b"<ofd/>")], words.OFD),
        ("slip.zip", [("../../etc/passwd", b"x")], words.ZIP),
        ("nested.zip", [("a.zip", packed(("b", b"x")))], words.ZIP),
        ("tool.jar", [("META-INF/MANIFEST.MF", b"x")], words.PROGRAM),
        ("eicar.zip", [("x.com", EICAR)], words.VIRUS),
        ("eicar-twice.zip", [("y.zip", packed(("x.com", EICAR)))], words.VIRUS),
        ("eicar.docx", [types, ("word/media/x", EICAR)], words.VIRUS),
    ):
        yield Case(name, packed(*parts), said)
    yield Case("link.zip", packed(("x", b"/etc/passwd"), link=True), words.ZIP)
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(60_000_000))
    yield Case("bomb.docx", bomb.getvalue(), words.OFFICE)


STARTS = {
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", words.OFFICE),
    "rich.rtf": (b"{\\rtf1\\object\\objdata 0105", words.OFFICE),
    "x.rar": (b"Rar!\x1a\x07\x01\x00", words.ZIP),
    "x.7z": (b"7z\xbc\xaf\x27\x1c", words.ZIP),
    "x.gz": (b"\x1f\x8b\x08\x00", words.ZIP),
    "x.bz2": (b"BZh91AY", words.ZIP),
    "x.xz": (b"\xfd7zXZ\x00", words.ZIP),
    "x.caj": (b"CAJ\x00", words.CAJ),
    "x.kdh": (b"KDH \x00", words.CAJ),
    "x.ps": (b"%!PS-Adobe-3.0\n(x) run", words.POSTSCRIPT),
    "program.jpg": (b"MZ\x90\x00", words.PROGRAM),
    "program.pdf": (b"\x7fELF\x02", words.PROGRAM),
    "script.pdf": (b"#!/bin/sh\nrm -rf x", words.PROGRAM),
    "Applet.class": (b"\xca\xfe\xba\xbe", words.PROGRAM),
    "x.mp4": (b"\x00\x00\x00\x18ftypmp42", words.VIDEO),
    "x.mov": (b"\x00\x00\x00\x14ftypqt  ", words.VIDEO),
    "x.avi": (b"RIFF\x00\x00\x00\x00AVI ", words.VIDEO),
    "x.wav": (b"RIFF\x00\x00\x00\x00WAVE", words.VIDEO),
    "x.mkv": (b"\x1aE\xdf\xa3", words.VIDEO),
    "x.flv": (b"FLV\x01", words.VIDEO),
    "x.wmv": (b"\x30\x26\xb2\x75", words.VIDEO),
    "x.mp3": (b"ID3\x03", words.VIDEO),
    "x.ogg": (b"OggS\x00", words.VIDEO),
    "x.flac": (b"fLaC\x00", words.VIDEO),
    "x.psd": (b"8BPS\x00\x01", words.PICTURE),
    "x.jp2": (b"\x00\x00\x00\x0cjP  \r\n", words.PICTURE),
    "x.ico": (b"\x00\x00\x01\x00\x01\x00", words.PICTURE),
    "x.avif": (b"\x00\x00\x00\x1cftypavif", words.PICTURE),
    "page.pdf": (b"<!DOCTYPE html><script>alert(1)</script>", words.PAGE),
    "page.jpg": (b"\n\n <HTML onload=alert(1)>", words.PAGE),
    "drawing.svg": (b"<svg onload='alert(1)'/>", words.PAGE),
    "drawing.png": (b"<?xml version='1.0'?><svg onload='alert(1)'/>", words.PAGE),
    "marked.pdf": (b"\xef\xbb\xbf<script>alert(1)</script>", words.PAGE),
    "web.php": (PHP, words.PAGE),
    "app.hta": (b"<hta:application/>", words.PAGE),
}


def plain():
    for name, (start, said) in STARTS.items():
        yield Case(name, start + b" " * 200, said)
    yield Case("empty.pdf", b"", words.EMPTY)
    yield Case("large.pdf", b"%PDF-1.7" + bytes(20 * 1024 * 1024), words.LARGE)
    yield Case("eicar.com", EICAR, words.VIRUS)
    yield Case("eicar.jpg", drawn() + EICAR, words.VIRUS)
    yield Case("eicar.png", drawn("PNG") + EICAR, words.VIRUS)
    yield Case("list.csv", "姓名,=cmd|x\n".encode(), words.TEXT)
    yield Case("notes.txt", "材料说明".encode(), words.TEXT)
    yield Case("x.js", b"alert(1)", words.TEXT)
    yield Case("x.bat", b"@echo off", words.TEXT)
    yield Case("x.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(200), words.UNKNOWN)
    yield Case("zeros.pdf", bytes(4000), words.UNKNOWN)
    yield Case("noise.jpg", bytes(range(255, 0, -1)) * 9, words.UNKNOWN)


def others():
    for make in (tails, speaking, strange, packages, plain):
        yield from make()
