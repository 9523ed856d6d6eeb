"""What a file seems to be, so that who gives a wrong one hears what to do with it."""

PDF, JPEG, PNG, HEIC = "pdf", "jpeg", "png", "heic"
WEBP, TIFF, BMP = "webp", "tiff", "bmp"
IMAGES = frozenset({JPEG, PNG, HEIC, WEBP, TIFF, BMP})
HEADER_WITHIN = 1024  # bytes that may stand before a PDF's header

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_PICTURE_BRANDS = frozenset({b"avif", b"avis", b"crx "})
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"BM", BMP),
    (b"GIF8", "gif"),
    (b"8BPS", "picture"),
    (b"\x00\x00\x00\x0cjP", "picture"),
    (b"\xffO\xffQ", "picture"),
    (b"\x00\x00\x01\x00", "picture"),
    (b"II+\x00", "picture"),
    (b"MM\x00+", "picture"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "office"),
    (b"PK", "zip"),
    (b"Rar!", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "zip"),
    (b"\x1f\x8b", "zip"),
    (b"BZh", "zip"),
    (b"\xfd7zXZ", "zip"),
    (b"CAJ", "caj"),
    (b"KDH", "caj"),
    (b"HN\x00", "caj"),
    (b"%!PS", "postscript"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"FLV", "video"),
    (b"\x00\x00\x01\xba", "video"),
    (b"\x30\x26\xb2\x75", "video"),
    (b"ID3", "video"),
    (b"OggS", "video"),
    (b"fLaC", "video"),
    (b"RIFF", "video"),
)
_PACKED: tuple[tuple[bytes, str], ...] = (
    (b"word/", "office"),
    (b"xl/", "excel"),
    (b"ppt/", "slides"),
    (b"OFD.xml", "ofd"),
    (b"application/vnd.oasis.opendocument", "office"),
    (b"META-INF/MANIFEST.MF", "program"),
)


def seems(content: bytes) -> str:
    """One of the kinds above, or a code that `actions.intake` has a sentence for."""
    trimmed = content[:HEADER_WITHIN].lstrip(b"\xef\xbb\xbf\r\n\t \x00")
    if trimmed.startswith(b"%PDF-"):
        return PDF
    if content[4:8] == b"ftyp":
        return _boxed(content[8:12])
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    found = next((kind for start, kind in _STARTS if content.startswith(start)), "")
    if found == "zip":
        return next((kind for part, kind in _PACKED if part in content), "zip")
    return found or _worded(content, trimmed.lower())


def _boxed(brand: bytes) -> str:
    if brand in _HEIC_BRANDS:
        return HEIC
    return "picture" if brand in _PICTURE_BRANDS else "video"


def _worded(content: bytes, opening: bytes) -> str:
    if opening.startswith(b"<"):
        return "page"
    if b"%PDF-" in content[:HEADER_WITHIN]:
        return PDF
    try:
        content[:4096].decode()
    except UnicodeDecodeError as error:
        return "unknown" if error.start < 4000 else "text"  # noqa: PLR2004 - cut inside a character
    return "unknown" if b"\x00" in content[:4096] else "text"
