"""Whether two pages are the same scan, saved again: a print to find it by, then a closer look.

Two certificates on one form have nearly the same print and are told apart by the closer look.
"""

from PIL import Image, ImageChops, ImageFilter

from juxian.regulation.scans import ink_of

SIDE = 16  # cells of the print, each way
STEP = 5  # grey levels between two cells that count as a step
LEAST_STEPS = 20  # below which a page has too little on it to be compared
FARTHEST = 14  # steps two prints of one scan may differ in; fewer than there are bands
BAND_BITS = 16
BANDS = SIDE * SIDE // BAND_BITS
LEAST_IN_BAND = 2  # steps; emptier bands are those of every page
ASPECT = 0.02
BLOCK = 8  # pixels of the half-size ink
LEAST_INK = 6  # grey levels, the mean of a block that has print in it
UNLIKE = 0.4  # of a block's ink, the difference of different letters


def print_of(grey: Image.Image) -> int | None:
    """256 bits: where the page grows darker to the right; None with too little on it to tell."""
    cells = grey.filter(ImageFilter.BoxBlur(2)).resize((SIDE + 1, SIDE), Image.Resampling.BOX)
    points = cells.tobytes()
    bits = 0
    for row in range(SIDE):
        for column in range(SIDE):
            here = row * (SIDE + 1) + column
            bits = bits << 1 | (points[here] - points[here + 1] > STEP)
    return bits if bits.bit_count() >= LEAST_STEPS else None


def bands_of(bits: int) -> list[int]:
    """The print cut into numbered pieces: prints of one scan have at least one in common."""
    pieces = [bits >> BAND_BITS * place & (1 << BAND_BITS) - 1 for place in range(BANDS)]
    return [
        place << BAND_BITS | piece
        for place, piece in enumerate(pieces)
        if piece.bit_count() >= LEAST_IN_BAND
    ]


def is_near(bits: int, other: int) -> bool:
    return (bits ^ other).bit_count() <= FARTHEST


def is_same_scan(grey: Image.Image, other: Image.Image) -> bool:
    """Whether every part of both pages has the same print on it; they come from `looked_at`."""
    if abs(grey.width * other.height / (grey.height * other.width) - 1) > ASPECT:
        return False
    ink, again = ink_of(grey), ink_of(other.resize(grey.size, Image.Resampling.BICUBIC))
    differs = ImageChops.difference(ink, again).reduce(BLOCK).tobytes()
    strength = ImageChops.lighter(ink, again).reduce(BLOCK).tobytes()
    unlike = any(
        deep >= LEAST_INK and off > UNLIKE * deep
        for off, deep in zip(differs, strength, strict=True)
    )
    return not unlike
