"""What may be doubtful about a scanned page; never a decision, always a look for a person."""

import re
from dataclasses import dataclass
from enum import StrEnum
from math import log

from PIL import Image, ImageChops, ImageFilter, ImageStat

LONG_SIDE = 1170  # pixels, as a page is looked at: A4 at 100 dpi
LEAST_SIDE = 700  # pixels of the longer side, below which small print is lost
MARGIN = 0.05  # of the longer side, where scanners leave shadows
INK = 30  # grey levels below the paper round it
LEAST_INK = 0.0003  # of the area: half a line of small print
LEAST_EDGES = 0.002  # of the area, below which sharpness is not judged
LEAST_WIDTH = 400  # points of a page that is looked at again at half the size
SHARP = (
    0.5  # how much of the contrast around it a sharp edge has from one pixel to the next but one
)
LEAST_SHARP = 0.14  # of the edges
REACH = 4  # pixels on each side, in which the contrast of an edge is measured
GAPS = (4, 6, 9)  # pixels at half size that letters of one line stay apart at most
LONGEST_STROKE = 36  # pixels at half size: what is longer is a rule or a frame
LYING = 1.4  # how much longer lines run down the page than across it, before it lies on its side
WHITE = 255
RUNS = {gap: re.compile(rb"\xff(?:\x00{0,%d}\xff)*" % gap) for gap in GAPS}
RULE = re.compile(rb"\xff{%d,}" % LONGEST_STROKE)


class DoubtKind(StrEnum):
    BLANK = "blank"  # 空白页
    BLURRED = "blurred"  # 模糊
    SIDEWAYS = "sideways"  # 方向不正
    SMALL = "small"  # 分辨率过低


@dataclass(frozen=True, slots=True)
class Doubt:
    """`page` counts from 1."""

    page: int
    kind: DoubtKind


def looked_at(page: Image.Image) -> Image.Image:
    """The page as it is judged: grey, its longer side at most LONG_SIDE."""
    grey = page.convert("L")
    grey.thumbnail((LONG_SIDE, LONG_SIDE))
    return grey


def doubts_about(grey: Image.Image, *, longer_side: int) -> tuple[DoubtKind, ...]:
    """Of a page from `looked_at`; `longer_side` in pixels, as the scanner or camera gave it.

    One doubt is enough: a blank page is not also blurred, and a small one not said to be.
    """
    ink = ink_of(grey)
    if _share(_mask(ink, INK)) < LEAST_INK:
        return (DoubtKind.BLANK,)
    if longer_side < LEAST_SIDE:
        return (DoubtKind.SMALL,)
    if is_blurred(grey):
        return (DoubtKind.BLURRED,)
    return (DoubtKind.SIDEWAYS,) if lies_on_its_side(ink) else ()


def ink_of(grey: Image.Image) -> Image.Image:
    """How far each point inside the margins is darker than the paper round it, at half size."""
    smooth = grey.reduce(2).filter(ImageFilter.MedianFilter(3))
    paper = smooth.reduce(6).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.BoxBlur(3))
    ink = ImageChops.subtract(paper.resize(smooth.size, Image.Resampling.BILINEAR), smooth)
    margin = min(round(max(ink.size) * MARGIN), (min(ink.size) - 1) // 2)
    return ink.crop((margin, margin, ink.width - margin, ink.height - margin))


def is_blurred(grey: Image.Image) -> bool:
    """Whether hardly any edge is sharp, measured against the contrast it stands in and the grain.

    Faint print is not blurred. Where there are hardly any edges, they may be so soft that only
    half the size shows them; a page without any is not judged.
    """
    highest, lowest = grey, grey
    near = wide = grey
    for passes in range(REACH):
        highest = highest.filter(ImageFilter.MaxFilter(3))
        lowest = lowest.filter(ImageFilter.MinFilter(3))
        wide = ImageChops.subtract(highest, lowest)
        near = near if passes else wide
    grain, coarse = _level(near, 0.25), _level(wide, 0.25)
    strongest = _level(wide, 0.99) - coarse
    edges = _mask(wide, coarse + max(INK, strongest // 2))
    area = _share(edges)
    if area < LEAST_EDGES:
        return grey.width > LEAST_WIDTH and is_blurred(grey.reduce(2))
    least = wide.point([grain + max(round((value - coarse) * SHARP), 0) for value in range(256)])
    sharp = ImageChops.multiply(_mask(ImageChops.subtract(near, least), 0), edges)
    return _share(sharp) / area < LEAST_SHARP


def lies_on_its_side(ink: Image.Image) -> bool:
    """Whether lines of print run down the page, clearly; rules and frames do not count."""
    return direction(ink) > log(LYING)


def direction(ink: Image.Image) -> float:
    """Below zero where lines run across, above where they run down; the logarithm of how much."""
    across = _without_rules(_mask(ink, INK))
    down = _without_rules(across.transpose(Image.Transpose.TRANSPOSE))
    across = down.transpose(Image.Transpose.TRANSPOSE)
    lengths = [(_run(down, gap), _run(across, gap)) for gap in GAPS]
    return sum(log(high / long) for high, long in lengths if high and long) / len(GAPS)


def _mask(image: Image.Image, above: int) -> Image.Image:
    return image.point([0] * (above + 1) + [WHITE] * (WHITE - above))


def _share(mask: Image.Image) -> float:
    return ImageStat.Stat(mask).mean[0] / WHITE


def _level(image: Image.Image, share: float) -> int:
    """The grey level that this share of the points stays at or below."""
    wanted, seen = share * image.width * image.height, 0
    for level, count in enumerate(image.histogram()):
        seen += count
        if seen >= wanted:
            return level
    return WHITE


def _rows(mask: Image.Image) -> list[bytes]:
    width, points = mask.width, mask.tobytes()
    return [points[start : start + width] for start in range(0, len(points), width)]


def _without_rules(mask: Image.Image) -> Image.Image:
    kept = (RULE.sub(lambda found: bytes(len(found.group())), row) for row in _rows(mask))
    return Image.frombytes("L", mask.size, b"".join(kept))


def _run(mask: Image.Image, gap: int) -> float:
    """The mean length of a row's runs of ink, closed over the gap, each weighed by its length."""
    total = squares = 0
    for row in _rows(mask):
        for found in RUNS[gap].finditer(row):
            length = found.end() - found.start()
            if length > 2:  # noqa: PLR2004 - grain
                total += length
                squares += length * length
    return squares / total if total else 0.0
