"""The text of a file, as far as a mark of secrecy may stand in it."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

import pypdfium2

from juxian.regulation.secrecy import PAGE_BREAK, Marking, marking_in

MOST_TEXT = 3_000_000  # characters
UPPER_PART = 0.7  # of a page's height: above it stands the heading
MOST_PARTS = 400
LARGEST_PART = 8_000_000  # bytes
LARGEST_PACKAGE = 30_000_000
AROUND = 80  # bytes beside a character of a level

_TEXT_PARTS = re.compile(r"\.(xml|rels|txt|html?)$", re.IGNORECASE)
_ENDS = re.compile(r"</(?:\w{1,8}:)?(?:p|si|row|TextObject|h)>|<(?:\w{1,8}:)?(?:br|tab)\s?/>")
_TAG = re.compile(r"<[^>]*>")
_SIGN = re.compile(
    "|".join(
        re.escape("密".encode(one).decode("latin-1")) for one in ("utf-16-le", "gb18030", "utf-8")
    )
)
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, RuntimeError),
    IndexError,
)


def marking_of_pdf(content: bytes) -> Marking | None:
    """Of every page's text; the heading of the first is looked for where it stands on paper."""
    with pypdfium2.PdfDocument(content) as pdf:
        upper = marking_in(_upper(pdf[0]))
        if upper and upper.keeps_out:
            return upper
        return marking_in(PAGE_BREAK.join(_pages(pdf))) or upper


def _upper(page: pypdfium2.PdfPage) -> str:
    left, bottom, right, top = page.get_bbox()
    words = page.get_textpage()
    cut = bottom + (top - bottom) * UPPER_PART
    return str(words.get_text_bounded(left=left, bottom=cut, right=right, top=top))


def _pages(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    room = MOST_TEXT
    for page in pdf:
        text = str(page.get_textpage().get_text_bounded())[:room]
        room -= len(text)
        yield text
        page.close()


def marking_of_other(content: bytes) -> Marking | None:
    """Of an office file, a package or plain text: best effort, for it is refused all the same."""
    if content.startswith(b"PK"):
        return marking_in("\n".join(_parts(content))[:MOST_TEXT])
    return next((found for text in _near_signs(content) if (found := marking_in(text))), None)


def _parts(content: bytes) -> Iterator[str]:
    room = LARGEST_PACKAGE
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = [one for one in package.infolist() if _TEXT_PARTS.search(one.filename)]
            for part in parts[:MOST_PARTS]:
                with package.open(part) as packed:
                    text = packed.read(min(LARGEST_PART, max(room, 0)))
                room -= len(text)
                yield _TAG.sub("", _ENDS.sub("\n", text.decode(errors="ignore")))
    except BROKEN:
        return


def _near_signs(content: bytes) -> Iterator[str]:
    """What stands around each “密” of an old Word file or of a text, in the encodings they have."""
    for count, found in enumerate(_SIGN.finditer(content.decode("latin-1"))):
        if count > MOST_PARTS:
            return
        start = max(found.start() - AROUND, 0)
        for encoding in ("utf-16-le", "gb18030", "utf-8"):
            even = start + (found.start() - start) % 2
            text = content[even : found.end() + AROUND].decode(encoding, errors="ignore")
            yield f"\n\n…\n…\n…\n…\n…\n{text}"
