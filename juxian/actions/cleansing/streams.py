"""The streams of a PDF: unpacked within limits, searched, rid of what photographs carry along."""

import base64
import binascii
import re
import zlib
from io import BytesIO

import pikepdf
from PIL import Image

from juxian.actions.cleansing.unfit import Unfit

LARGEST_STREAM = 40_000_000  # bytes, unpacked
LARGEST_WHOLE = 160_000_000
MOST_PIXELS = 100_000_000
LONGEST_SIDE = 40_000
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
IMAGE_FILTERS = frozenset(
    {"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"}
)
JPEG_FILTERS = frozenset({"/DCTDecode", "/DCT"})

_HUGE_INLINE = re.compile(rb"/(?:W|Width|H|Height)\s{1,9}\d{5,10}\b")
_PACKED_OBJECTS = re.compile(rb"/(?:ObjStm|XRef)\b[^>]{0,400}>>\s{0,4}stream\r?\n")


def check_packed_objects(content: bytes) -> None:
    """Streams of objects are unpacked whole when the file is opened: they are looked at first."""
    room = LARGEST_STREAM
    for found in _PACKED_OBJECTS.finditer(content):
        start = found.end()
        room -= len(_inflated(memoryview(content)[start:], room, broken_is_fine=True))


def check_streams(pdf: pikepdf.Pdf) -> None:
    """Unfit where a stream is a bomb or holds a virus's signature."""
    room = LARGEST_WHOLE
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Stream):
            continue
        if str(one.get("/Subtype", "")) == "/Image":
            _check_picture(one)
            continue
        plain = unpacked(one, min(LARGEST_STREAM, room))
        room -= len(plain)
        if EICAR in plain:
            raise Unfit("virus")
        if _HUGE_INLINE.search(plain):
            raise Unfit("pdf_bomb")


def filters_of(stream: pikepdf.Stream) -> list[str]:
    given = stream.get("/Filter")
    if given is None:
        return []
    return [str(one) for one in given] if isinstance(given, pikepdf.Array) else [str(given)]


def unpacked(stream: pikepdf.Stream, most: int) -> bytes:
    """A stream's content as far as no image coding begins; Unfit beyond `most` bytes."""
    plain = stream.read_raw_bytes()
    for name in filters_of(stream):
        if name in IMAGE_FILTERS:
            break
        plain = _through(name, plain, most)
    if len(plain) > most:
        raise Unfit("pdf_bomb")
    return plain


def _through(name: str, packed: bytes, most: int) -> bytes:
    if name in ("/FlateDecode", "/Fl"):
        return _inflated(packed, most, broken_is_fine=True)
    if name in ("/LZWDecode", "/LZW"):
        _check_lzw(packed, most)
    elif name in ("/RunLengthDecode", "/RL"):
        _check_runs(packed, most)
    elif name in ("/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"):
        return _from_ascii(name, packed)
    return packed


def _inflated(packed: bytes | memoryview, most: int, *, broken_is_fine: bool) -> bytes:
    reader = zlib.decompressobj()
    try:
        plain = reader.decompress(packed, most + 1)
    except zlib.error:
        if not broken_is_fine:
            raise
        return b""
    if len(plain) > most:
        raise Unfit("pdf_bomb")
    return plain


def _from_ascii(name: str, packed: bytes) -> bytes:
    text = b"".join(packed.split())
    try:
        if name in ("/ASCIIHexDecode", "/AHx"):
            return binascii.unhexlify(text.partition(b">")[0])
        return base64.a85decode(text.partition(b"~>")[0].removeprefix(b"<~"))
    except (ValueError, binascii.Error):
        return packed


CLEAR, END, FIRST_OWN, WIDEST = 256, 257, 258, 12


def _check_lzw(packed: bytes, most: int) -> None:
    """How long LZW comes out, without writing it."""
    lengths, width, bits, held, total, last = [1] * FIRST_OWN, 9, 0, 0, 0, 0
    for byte in packed:
        held, bits = ((held << 8) | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = (held >> bits) & ((1 << width) - 1)
        if code == END:
            return
        if code == CLEAR:
            lengths, width, last = [1] * FIRST_OWN, 9, 0
            continue
        long = lengths[code] if code < len(lengths) else last + 1
        total += long
        if total > most:
            raise Unfit("pdf_bomb")
        if last:
            lengths.append(last + 1)
        last, width = long, min(max(9, (len(lengths) + 1).bit_length()), WIDEST)


def _check_runs(packed: bytes, most: int) -> None:
    if len(packed) * 64 > most:
        total = at = 0
        while at < len(packed) and packed[at] != 128:  # noqa: PLR2004 - the end
            run = packed[at]
            total += run + 1 if run < 128 else 257 - run  # noqa: PLR2004
            at += run + 2 if run < 128 else 2  # noqa: PLR2004
            if total > most:
                raise Unfit("pdf_bomb")


def _check_picture(image: pikepdf.Stream) -> None:
    """By what it says of itself and, for a JPEG, by what its own header says."""
    _check_size(_side(image, "/Width"), _side(image, "/Height"))
    names = filters_of(image)
    if len(names) == 1 and names[0] in ("/FlateDecode", "/Fl"):
        return  # readers unpack it a line at a time, as many as the size says
    plain = unpacked(image, LARGEST_STREAM)
    if names and names[-1] in (*JPEG_FILTERS, "/JPXDecode"):
        try:
            with Image.open(BytesIO(plain), formats=("JPEG", "JPEG2000", "MPO")) as own:
                size = own.size
        except (OSError, SyntaxError, ValueError):
            return
        _check_size(*size)


def _side(image: pikepdf.Stream, key: str) -> int:
    value = image.get(key, 0)
    return int(value) if isinstance(value, (int, float)) else 0


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Unfit("pdf_bomb")


SOI, EOI, SOS, FILLING, COMMENT = 0xD8, 0xD9, 0xDA, 0xFF, 0xFE
NEEDED = frozenset({0xE0, 0xEE})  # APP0 and Adobe's APP14, which says how colours are meant
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def only_picture(jpeg: bytes) -> bytes:
    """A JPEG without EXIF, comments and what follows its end; not decoded: nothing is lost."""
    if jpeg[:2] != bytes((0xFF, SOI)):
        return jpeg
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:  # noqa: PLR2004 - every marker begins so
        marker = jpeg[at + 1]
        if marker == EOI:
            break
        after = at + 1 if marker == FILLING else _after(jpeg, at)
        is_extra = 0xE0 <= marker <= 0xEF or marker in (COMMENT, FILLING)  # noqa: PLR2004 - APP0 to 15
        if marker in NEEDED or not is_extra:
            kept.append(jpeg[at:after])
        at = after
    return b"".join([*kept, bytes((0xFF, EOI))])


def _after(jpeg: bytes, at: int) -> int:
    """Where a segment ends; the picture itself ends at the next marker that is none of its own."""
    after = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    if jpeg[at + 1] != SOS:
        return after
    following = _NEXT.search(jpeg, after)
    return following.start() if following else len(jpeg)
