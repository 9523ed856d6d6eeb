"""Pictures that synthetic people give: plain ones for a rehearsal, drawn ones for a demo."""

from functools import cache
from io import BytesIO
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

A4 = (620, 877)
PORTRAIT = (420, 590)
INK, PALE, SEAL = (40, 44, 52), (244, 241, 232), (179, 38, 30)


@cache
def plain_scan(title: str, _name: str) -> bytes:
    shade = 200 + sum(title.encode()) % 50
    return _png(Image.new("L", (120, 170), shade))


@cache
def plain_portrait(_name: str) -> bytes:
    return _jpeg(Image.new("RGB", PORTRAIT, (180, 200, 220)))


def drawn_scan(title: str, name: str) -> bytes:
    """A certificate-like page with its title and the name, marked as a sample."""
    image = Image.new("RGB", A4, PALE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((28, 28, A4[0] - 28, A4[1] - 28), outline=(196, 170, 110), width=4)
    draw.text((A4[0] / 2, 190), title, font=_font(34), fill=INK, anchor="mm")
    draw.text((110, 350), f"姓　　名：{name}", font=_font(24), fill=INK)
    draw.text((110, 410), "编　　号：SL-2016-0317", font=_font(24), fill=INK)
    draw.text((110, 470), "发证机关：示例单位", font=_font(24), fill=INK)
    draw.ellipse((390, 610, 530, 750), outline=SEAL, width=5)
    draw.text((460, 680), "示例", font=_font(34), fill=SEAL, anchor="mm")
    return _png(image.quantize(32))


def drawn_portrait(name: str) -> bytes:
    """A head and shoulders in outline, tinted by the name."""
    tint = sum(name.encode()) % 60
    image = Image.new("RGB", PORTRAIT, (150 + tint, 185, 225))
    draw = ImageDraw.Draw(image)
    draw.ellipse((130, 120, 290, 320), fill=(238, 214, 190))
    draw.pieslice((40, 350, 380, 830), 180, 360, fill=(52, 64, 84))
    draw.pieslice((122, 100, 298, 280), 180, 360, fill=(46, 40, 38))
    return _jpeg(image)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return ImageFont.truetype(str(min(folder.rglob("*Serif*.otf"))), size)


def _png(image: Image.Image) -> bytes:
    content = BytesIO()
    image.save(content, "PNG", optimize=False)
    return content.getvalue()


def _jpeg(image: Image.Image) -> bytes:
    content = BytesIO()
    image.save(content, "JPEG", quality=70)
    return content.getvalue()
