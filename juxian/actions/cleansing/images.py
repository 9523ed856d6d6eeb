"""Images: decoded under limits, set upright, scaled to paper, encoded anew with nothing but pixels.

The same image gives the same bytes, so that the same scan is found again by its digest.
"""

from collections.abc import Iterator
from io import BytesIO
from struct import error as StructError  # noqa: N812 - an error is a class

import pillow_heif
from PIL import Image, ImageOps, JpegImagePlugin, UnidentifiedImageError

from juxian.actions.cleansing import kinds
from juxian.actions.cleansing.unfit import Unfit

MOST_PIXELS = 80_000_000
PAPER_PIXELS = 20_000_000
LONG_EDGE = 3508  # pixels: A4 at 300 dpi
QUALITY = 85
MOST_FRAMES = 100
LARGEST_PHOTO = 500 * 1024
PHOTO_SIZE = (413, 579)  # 二寸，35×49毫米，300像素每英寸
PHOTO_EDGES = (2400, 1600, 1200, 900, 700, 600)

FORMATS = {
    kinds.JPEG: ("JPEG", "MPO"),
    kinds.PNG: ("PNG",),
    kinds.HEIC: ("HEIF",),
    kinds.WEBP: ("WEBP",),
    kinds.TIFF: ("TIFF",),
    kinds.BMP: ("BMP",),
}
BROKEN = (
    *(UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, KeyError, EOFError),
    *(IndexError, OverflowError, ZeroDivisionError, StructError, AttributeError, RuntimeError),
)

Image.MAX_IMAGE_PIXELS = None  # the size is looked at here, before anything is unpacked
pillow_heif.register_heif_opener(thumbnails=False)


def opened(content: bytes, kind: str) -> Image.Image:
    """The image, its pixels still packed; Unfit where it is no image or too large a one."""
    try:
        image = Image.open(BytesIO(content), formats=FORMATS[kind])
    except BROKEN:
        raise Unfit("image_broken") from None
    if image.width * image.height > MOST_PIXELS:
        raise Unfit("image_large")
    return image


def frames_of(image: Image.Image, kind: str) -> int:
    """How many pages a scan has; the pictures beside a phone's photograph are no pages."""
    if kind in (kinds.JPEG, kinds.HEIC):
        return 1
    frames = getattr(image, "n_frames", 1)
    if frames > 1 and kind != kinds.TIFF:
        raise Unfit("animated")
    if frames > MOST_FRAMES:
        raise Unfit("many_frames")
    return int(frames)


def encoded(image: Image.Image, kind: str) -> tuple[bytes, str]:
    """The clean bytes of the frame that is current, and their media type."""
    try:
        tables, sampling = _tables(image, kind)
        pixels = _scaled(_upright(image))
        pixels.info = {}
        if kind == kinds.JPEG and pixels.mode in ("L", "RGB") and tables:
            return _jpeg(pixels, qtables=tables, subsampling=sampling), "image/jpeg"
        return _smaller(pixels, kind)
    except BROKEN:
        raise Unfit("image_broken") from None


def _tables(image: Image.Image, kind: str) -> tuple[dict[int, list[int]], int]:
    """A JPEG's own tables where its size stays: encoding it again then loses next to nothing."""
    if kind != kinds.JPEG or _target(image.size) or image.mode not in ("L", "RGB"):
        return {}, -1
    tables = getattr(image, "quantization", {})
    usual = all(max(table) < 256 for table in tables.values())  # noqa: PLR2004 - eight bits
    sampling = JpegImagePlugin.get_sampling(image) if image.mode == "RGB" else -1
    return (tables if usual else {}), sampling


def _target(size: tuple[int, int]) -> tuple[int, int] | None:
    """The size on paper, None where it already fits."""
    longest = max(size)
    if longest <= LONG_EDGE and size[0] * size[1] <= PAPER_PIXELS:
        return None
    scale = LONG_EDGE / longest
    return max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)


def _upright(image: Image.Image) -> Image.Image:
    target = _target(image.size)
    if target and image.format in ("JPEG", "MPO"):
        image.draft(None, target)
    image.load()
    try:
        turned = ImageOps.exif_transpose(image)
    except BROKEN:
        turned = image
    return _flat(turned)


def _flat(image: Image.Image) -> Image.Image:
    """In a mode that JPEG or PNG has, what is transparent on white."""
    if image.mode in ("1", "L", "RGB") and "transparency" not in image.info:
        return image
    if image.mode == "P" and "transparency" not in image.info:
        return image
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("I", "F"):
        return _levelled(image)
    if image.mode in ("CMYK", "YCbCr", "LAB", "HSV", "RGBX"):
        return image.convert("RGB")
    clear = image.convert("RGBA")
    page = Image.new("RGB", clear.size, "white")
    page.paste(clear, mask=clear.getchannel("A"))
    return page


def _levelled(image: Image.Image) -> Image.Image:
    """More than eight bits a pixel, or real numbers, stretched to grey."""
    darkest, lightest = image.convert("F").getextrema()
    low, high = float(str(darkest)), float(str(lightest))
    scale = 255 / (high - low) if high > low else 0.0
    return image.convert("F").point(lambda value: value * scale - low * scale).convert("L")


def _scaled(image: Image.Image) -> Image.Image:
    target = _target(image.size)
    if target is None:
        return image
    if image.mode == "1":
        image = image.convert("L")
    elif image.mode == "P":
        image = image.convert("RGB")
    return image.resize(target, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _smaller(image: Image.Image, kind: str) -> tuple[bytes, str]:
    """PNG where it is the smaller one, as for pages of text; else a good JPEG."""
    shown = (
        image if image.mode in ("L", "RGB") else image.convert("L" if image.mode == "1" else "RGB")
    )
    jpeg = _jpeg(shown, quality=QUALITY, subsampling="4:2:0")
    if kind in (kinds.JPEG, kinds.HEIC) or not _drawn(image):
        return jpeg, "image/jpeg"
    png = BytesIO()
    image.save(png, "PNG", compress_level=6)
    if png.tell() > len(jpeg):
        return jpeg, "image/jpeg"
    return png.getvalue(), "image/png"


def _drawn(image: Image.Image) -> bool:
    """Whether it has the few colours of a page of text, or is small."""
    if image.mode != "RGB":
        return True
    small = image.resize((512, 512), Image.Resampling.NEAREST)
    return small.getcolors(maxcolors=4096) is not None


def _jpeg(image: Image.Image, **how: object) -> bytes:
    content = BytesIO()
    image.save(content, "JPEG", optimize=True, **how)
    return content.getvalue()


def as_photo(content: bytes, media_type: str) -> tuple[bytes, str]:
    """A clean image as the form's photograph: scaled down until it is light enough."""
    with Image.open(BytesIO(content)) as image:
        if image.width < PHOTO_SIZE[0] or image.height < PHOTO_SIZE[1]:
            raise Unfit("photo_small")
        if len(content) <= LARGEST_PHOTO:
            return content, media_type
        for lighter in _lighter(image.convert("RGB")):
            if len(lighter) <= LARGEST_PHOTO:
                return lighter, "image/jpeg"
    raise Unfit("photo_large")


def _lighter(image: Image.Image) -> Iterator[bytes]:
    for edge in PHOTO_EDGES:
        scale = max(
            edge / max(image.size), PHOTO_SIZE[0] / image.width, PHOTO_SIZE[1] / image.height
        )
        if scale < 1:
            size = (round(image.width * scale), round(image.height * scale))
            image = image.resize(size, Image.Resampling.LANCZOS)
        yield _jpeg(image, quality=QUALITY, subsampling="4:2:0")
