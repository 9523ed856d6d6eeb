"""What a page's QR code says: which paper it is, of which turn and digest, which copy and page."""

import re
from dataclasses import dataclass

import zxingcpp

LONGEST = 60
SCHEME = "J1"
DIGEST_SHOWN = 12

# Colons and capitals keep the code in QR's alphanumeric mode, so that its modules stay large.
_TEXT = re.compile(
    rf"{SCHEME}:(?P<number>[^:\s][^\s]*):(?P<turn>\d{{1,3}}):(?P<digest>[0-9A-F]{{{DIGEST_SHOWN}}})"
    r":(?P<copy>\d{1,2}):(?P<page>\d{1,3})/(?P<pages>\d{1,3})"
)
_MASK = 3  # one fixed mask: six times faster than trying all eight
_QUIET = 2  # modules
_DARK = re.compile(rb"\x00+")


@dataclass(frozen=True, slots=True, order=True)
class PageMark:
    """`digest` is the first twelve hex digits, in small letters; `turn` 0 is a draft."""

    number: str
    turn: int
    digest: str
    copy: int
    page: int
    pages: int

    def __str__(self) -> str:
        return (
            f"{SCHEME}:{self.number}:{self.turn}:{self.digest[:DIGEST_SHOWN].upper()}"
            f":{self.copy}:{self.page}/{self.pages}"
        )


def parse_mark(text: str) -> PageMark | None:
    """None for a code that is not ours."""
    found = _TEXT.fullmatch(text)
    if found is None or len(text) > LONGEST:
        return None
    mark = PageMark(
        number=found["number"],
        turn=int(found["turn"]),
        digest=found["digest"].lower(),
        copy=int(found["copy"]),
        page=int(found["page"]),
        pages=int(found["pages"]),
    )
    return mark if 1 <= mark.page <= mark.pages and mark.copy else None


def line_svg(text: str) -> str:
    """A bar code (Code 128) of a number, for scanners that read nothing else; 100 units high."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    modules = code.to_image(scale=1, add_quiet_zones=False)
    width = modules.shape[1]
    row = memoryview(modules).tobytes()[:width]  # type: ignore[arg-type]  # as in code_svg
    path = "".join(f"M{run.start()} 50h{run.end() - run.start()}" for run in _DARK.finditer(row))
    quiet = 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-quiet} 0 {width + 2 * quiet} 100"'
        f' preserveAspectRatio="none"><path stroke="#000" stroke-width="100" d="{path}"/></svg>'
    )


def code_svg(mark: PageMark) -> str:
    """The QR code as SVG, its quiet zone included; ValueError when the text is too long."""
    text = str(mark)
    if len(text) > LONGEST:
        raise ValueError(f"a page mark has at most {LONGEST} characters: {text}")
    code = zxingcpp.create_barcode(
        text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", dataMask=_MASK
    )
    modules = code.to_image(scale=1, add_quiet_zones=False)
    size = modules.shape[0]
    dark = memoryview(modules).tobytes()  # type: ignore[arg-type]  # its stub forgets the buffer
    path = "".join(
        f"M{run.start()} {y}.5h{run.end() - run.start()}"
        for y in range(size)
        for run in _DARK.finditer(dark[y * size : (y + 1) * size])
    )
    whole = size + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-_QUIET} {-_QUIET} {whole} {whole}">'
        f'<path stroke="#000" d="{path}"/></svg>'
    )
