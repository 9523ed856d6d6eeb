"""Pictures that synthetic people give: plain ones for a rehearsal, drawn ones for a demo."""

from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

A4 = (620, 877)
PORTRAIT = (420, 590)
INK, PALE, SEAL = (40, 44, 52), (244, 241, 232), (179, 38, 30)


GPS = 0x8825  # the directory of EXIF that says where a photograph was taken


def plain_scan(title: str, name: str) -> bytes:
    """A grey page of its own for everybody."""
    shade = 200 + sum(title.encode()) % 50
    page = Image.new("L", (120, 170), shade)
    for column, dot in enumerate(sha256(f"{title} {name}".encode()).digest()):
        page.putpixel((column, 0), dot)
    return _png(page)


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


def locked_pdf(title: str, name: str) -> bytes:
    """A PDF that asks for a password."""
    whole, locked = BytesIO(), BytesIO()
    Image.open(BytesIO(plain_scan(title, name))).save(whole, "PDF")
    with pikepdf.open(BytesIO(whole.getvalue())) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="suo", user="suo"))
    return locked.getvalue()


def broken_pdf(title: str, name: str) -> bytes:
    whole = BytesIO()
    Image.open(BytesIO(plain_scan(title, name))).save(whole, "PDF")
    return whole.getvalue()[:90]


def classified_pdf(title: str, name: str) -> bytes:
    """A page with a mark of secrecy at its head, as a picture."""
    page = Image.new("L", (620, 200), 245)
    draw = ImageDraw.Draw(page)
    draw.text((60, 50), "机密★10年", font=_font(28), fill=20)
    draw.text((310, 120), f"{title} {name}", font=_font(22), fill=20, anchor="mm")
    content = BytesIO()
    page.save(content, "PDF")
    return content.getvalue()


def rotated_scan(title: str, name: str) -> bytes:
    """A page that was laid on its side."""
    page = Image.open(BytesIO(plain_scan(title, name))).transpose(Image.Transpose.ROTATE_90)
    return _png(page)


def placed_portrait(_name: str) -> bytes:
    """A photograph that says where it was taken."""
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (43.0, 47.0, 30.0), 3: "E", 4: (87.0, 36.0, 0.0)}
    content = BytesIO()
    Image.new("RGB", PORTRAIT, (180, 200, 220)).save(content, "JPEG", quality=70, exif=exif)
    return content.getvalue()


def says_place(content: bytes) -> bool:
    with Image.open(BytesIO(content)) as image:
        return bool(image.getexif().get_ifd(GPS))


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
