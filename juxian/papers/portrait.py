"""The applicant's photograph, made fit to print: upright, in RGB, no larger than print needs."""

import base64
from functools import lru_cache
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from juxian.regulation.refusal import NotReady

LARGEST = (827, 1158)  # 35 × 49 mm at 600 dpi
QUALITY = 88


@lru_cache(maxsize=64)
def portrait(content: bytes) -> str:
    """An SVG with the photograph in it: the only picture that can stand in a sheet's JSON."""
    data = base64.b64encode(_printable(content)).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 350 490">'
        '<image width="350" height="490" preserveAspectRatio="xMidYMid slice" '
        f'href="data:image/jpeg;base64,{data}"/></svg>'
    )


def _printable(content: bytes) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise NotReady(_("照片无法打印，请申报人重新上传")) from error
    paper = Image.new("RGBA", upright.size, "white")
    paper.alpha_composite(upright)
    paper.thumbnail(LARGEST)
    jpeg = BytesIO()
    paper.convert("RGB").save(jpeg, "JPEG", quality=QUALITY)
    return jpeg.getvalue()
