"""Pages as scanners and telephones give them, drawn by script: nothing here is of a real person."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from zlib import crc32

import pylopdf_fonts_zh_cn
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

DPI = 150
A4 = (1240, 1754)  # pixels
DEVIATION = 36.95  # of the mean of four levels, each as likely as any other
INK, SEAL, GOLD = (38, 40, 46), (190, 40, 34), (196, 170, 110)
WORDS = (
    "经评审委员会评审同意授予该同志上述称号以资鼓励特发此证书本单位从事临床医疗工作多年承担自治区重点"
    "研发计划项目两项在国内外学术期刊发表论文十余篇获得科学技术进步奖并带领团队完成新技术推广应用"
)
ENGLISH = (
    "The method was applied to nine counties and the yield of cotton rose by twelve per cent. "
)
FACES = sorted(Path(pylopdf_fonts_zh_cn.__file__).parent.rglob("*.otf"))


def face(size: int, style: int = 1) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FACES[style % len(FACES)]), size)


def sheet(size: tuple[int, int] = A4) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("RGB", size, (250, 249, 246))
    return page, ImageDraw.Draw(page)


def seal(draw: ImageDraw.ImageDraw, x: int, y: int, radius: int = 110) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=SEAL, width=7)
    draw.text((x, y - 20), "★", font=face(70), fill=SEAL, anchor="mm")
    draw.text((x, y + 50), "示例单位专用章", font=face(24), fill=SEAL, anchor="mm")


def certificate(
    dice: Random, name: str = "某某某", number: str = "SL-2016-0317", year: int = 2016
) -> Image.Image:
    page, draw = sheet()
    draw.rectangle((60, 60, A4[0] - 60, A4[1] - 60), outline=GOLD, width=10)
    draw.text((620, 330), "荣　誉　证　书", font=face(86), fill=SEAL, anchor="mm")
    draw.text((190, 560), f"{name}　同志：", font=face(46), fill=INK)
    for row, line in enumerate(
        (
            "　　在全区卫生健康工作中成绩显著，",
            "被评为先进工作者，特发此证，以资鼓励。",
        )
    ):
        draw.text((190, 660 + 90 * row), line, font=face(46), fill=INK)
    draw.text((190, 1000), f"证书编号：{number}", font=face(36), fill=INK)
    draw.text((720, 1260), "示例单位（盖章）", font=face(40), fill=INK)
    draw.text((720, 1330), f"{year}年12月20日", font=face(40), fill=INK)
    seal(draw, 880, 1280)
    return page


def prose(dice: Random, size: int = 30, gap: float = 1.6) -> Image.Image:
    """A page of running text; `gap` is the line's pitch in font sizes."""
    page, draw = sheet()
    font, y = face(size, dice.randrange(2)), 160
    while y < A4[1] - 180:
        start = dice.randrange(40)
        full = (A4[0] - 300) // size
        length = full if dice.random() < 0.75 else dice.randrange(3, full)
        draw.text((150, y), (WORDS * 2)[start : start + length], font=font, fill=INK)
        y += int(size * gap)
    return page


def table(dice: Random, rows: int = 14) -> Image.Image:
    page, draw = sheet()
    draw.text((620, 130), "年度考核登记表", font=face(48), fill=INK, anchor="mm")
    edges = [110, 300, 560, 820, 1130]
    pitch = (A4[1] - 380) // rows
    for row in range(rows + 1):
        draw.line((edges[0], 220 + row * pitch, edges[-1], 220 + row * pitch), fill=INK, width=3)
    for edge in edges:
        draw.line((edge, 220, edge, 220 + rows * pitch), fill=INK, width=3)
    for row in range(rows):
        for edge in edges[:-1]:
            start, length = dice.randrange(60), dice.randrange(2, 6)
            text = WORDS[start : start + length]
            draw.text((edge + 18, 240 + row * pitch), text, font=face(28), fill=INK)
    return page


def stacked_table(dice: Random) -> Image.Image:
    """A form whose labels stand upright in narrow cells, as in registers of merits."""
    page, draw = sheet()
    for row, label in enumerate(("主要业绩", "单位意见", "推荐意见", "备　　注")):
        top = 140 + row * 370
        draw.rectangle((110, top, 1130, top + 370), outline=INK, width=3)
        draw.line((200, top, 200, top + 370), fill=INK, width=3)
        for place, letter in enumerate(label):
            draw.text((155, top + 70 + 76 * place), letter, font=face(34), fill=INK, anchor="mm")
        for line in range(dice.randrange(2, 6)):
            start = dice.randrange(40)
            text = WORDS[start : start + dice.randrange(14, 28)]
            draw.text((225, top + 30 + line * 56), text, font=face(30), fill=INK)
    return page


def few_words(dice: Random) -> Image.Image:
    page, draw = sheet()
    draw.text((150, 420), "（此页无正文）", font=face(32), fill=INK)
    draw.text((760, 1300), "示例单位", font=face(32), fill=INK)
    draw.text((740, 1360), "2019年6月3日", font=face(32), fill=INK)
    return page


def one_line(dice: Random) -> Image.Image:
    page, draw = sheet()
    draw.text((200, 300 + dice.randrange(900)), "情况属实。经办人：", font=face(30), fill=INK)
    return page


def cover(dice: Random) -> Image.Image:
    page, draw = sheet()
    draw.text((620, 500), "科学技术进步奖", font=face(92), fill=INK, anchor="mm")
    draw.text((620, 640), "申报材料", font=face(92), fill=INK, anchor="mm")
    draw.text((620, 1400), "二〇一九年十月", font=face(44), fill=INK, anchor="mm")
    return page


def english(dice: Random) -> Image.Image:
    page, draw = sheet()
    for row in range(46):
        start = dice.randrange(60)
        text = (ENGLISH * 3)[start : start + dice.randrange(60, 88)]
        draw.text((140, 140 + row * 33), text, font=face(22, 0), fill=INK)
    return page


def cards(dice: Random) -> Image.Image:
    """Both sides of a card on one page."""
    page, draw = sheet()
    for top in (300, 960):
        draw.rounded_rectangle((300, top, 940, top + 400), 24, fill=(226, 234, 240), outline=GOLD)
        for row, line in enumerate(("姓名　某某某", "性别　男　民族　汉", "住址　示例市示例路")):
            draw.text((340, top + 50 + row * 70), line, font=face(32), fill=INK)
        draw.rectangle((740, top + 60, 900, top + 270), fill=(170, 180, 190))
        draw.text((340, top + 320), "编号 0000 0000 0000 0000", font=face(32), fill=INK)
    return page


def picture(dice: Random) -> Image.Image:
    """A photograph of things: shapes, edges, smooth skies."""
    page = Image.linear_gradient("L").resize(A4).convert("RGB")
    draw = ImageDraw.Draw(page)
    for _shape in range(30):
        x, y, reach = dice.randrange(1200), dice.randrange(400, 1700), dice.randrange(30, 260)
        shade = tuple(dice.randrange(30, 220) for _channel in range(3))
        draw.polygon(
            [(x, y), (x + reach, y + dice.randrange(200)), (x - 20, y + reach)], fill=shade
        )
    return page.filter(ImageFilter.GaussianBlur(1))


def landscape(dice: Random) -> Image.Image:
    """A certificate that lies by itself."""
    page, draw = sheet((A4[1], A4[0]))
    draw.rectangle((50, 50, A4[1] - 50, A4[0] - 50), outline=SEAL, width=8)
    draw.text((877, 300), "职称证书", font=face(80), fill=SEAL, anchor="mm")
    for row, line in enumerate(
        ("姓名：某某某", "级别：高级", "专业：内科", "编号：示例 2015 字第 0032 号")
    ):
        draw.text((1000, 480 + 90 * row), line, font=face(40), fill=INK)
    draw.rectangle((260, 460, 560, 880), fill=(180, 190, 200))
    return page


GOOD: tuple[Callable[[Random], Image.Image], ...] = (
    certificate,
    prose,
    lambda dice: prose(dice, size=20, gap=1.25),
    lambda dice: prose(dice, size=36, gap=2),
    table,
    lambda dice: table(dice, rows=30),
    stacked_table,
    few_words,
    one_line,
    cover,
    english,
    cards,
    picture,
    landscape,
)
LINED = (
    certificate,
    prose,
    lambda dice: prose(dice, size=20, gap=1.25),
    lambda dice: prose(dice, size=36, gap=2),
    table,
    stacked_table,
    english,
    landscape,
    cards,
    lambda dice: table(dice, rows=30),
)
"""Pages whose lines of print say which way up they are."""


def noisy(page: Image.Image, strength: float = 14) -> Image.Image:
    """With grain of that deviation, the same for the same page."""
    dice = Random(crc32(page.tobytes()))
    first, second, third, fourth = (
        Image.frombytes("L", page.size, dice.randbytes(page.width * page.height)) for _n in range(4)
    )
    mean = Image.blend(Image.blend(first, second, 0.5), Image.blend(third, fourth, 0.5), 0.5)
    grain = mean.point(lambda value: 128 + (value - 127.5) * strength / DEVIATION)
    return ImageChops.add(page, grain.convert("RGB"), scale=1, offset=-128)


def compressed(page: Image.Image, quality: int = 60) -> Image.Image:
    content = BytesIO()
    page.save(content, "JPEG", quality=quality)
    return Image.open(BytesIO(content.getvalue()))


def clean(page: Image.Image, _dice: Random) -> Image.Image:
    return page


def scanned(page: Image.Image, dice: Random) -> Image.Image:
    """Askew by up to three degrees, a little soft, grainy, compressed."""
    turned = page.rotate(
        dice.uniform(-3, 3), Image.Resampling.BICUBIC, fillcolor=(236, 235, 232)
    ).filter(ImageFilter.GaussianBlur(0.8))
    return compressed(noisy(turned, dice.uniform(6, 16)))


def grey(page: Image.Image, dice: Random) -> Image.Image:
    """A pale grey copy."""
    pale = page.convert("L").point(lambda value: 90 + value * 0.6)
    return compressed(noisy(pale.convert("RGB"), 8), 50)


def photographed(page: Image.Image, dice: Random) -> Image.Image:
    """By a telephone: a shadow across it, a table round it."""
    shade = Image.linear_gradient("L").rotate(dice.choice((0, 90, 180, 270))).resize(page.size)
    shadow = shade.point(lambda value: 110 + value * 0.5)
    lit = ImageChops.multiply(page, shadow.convert("RGB"))
    around = Image.new("RGB", (page.width + 160, page.height + 200), (92, 70, 52))
    around.paste(lit, (80, 100))
    turned = around.rotate(dice.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor=(92, 70, 52))
    return compressed(noisy(turned.filter(ImageFilter.GaussianBlur(0.9)), 8), 75)


TAKEN = (clean, scanned, grey, photographed)


def blank(dice: Random) -> Image.Image:
    """An empty sheet: grain, dust, the print of the other side shining through, a dark edge."""
    page, draw = sheet()
    if dice.random() < 0.5:
        behind = prose(dice).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        behind = behind.filter(ImageFilter.GaussianBlur(2))
        page = Image.blend(page, behind, 0.05)
        draw = ImageDraw.Draw(page)
    for _speck in range(dice.randrange(6)):
        x, y = dice.randrange(A4[0]), dice.randrange(A4[1])
        draw.ellipse((x, y, x + 2, y + 2), fill=INK)
    if dice.random() < 0.4:
        draw.rectangle((0, 0, dice.randrange(12, 40), A4[1]), fill=(90, 90, 90))
    turned = page.rotate(dice.uniform(-1, 1), fillcolor=(250, 249, 246))
    return compressed(noisy(turned, 12))


def blurred(page: Image.Image, dice: Random) -> Image.Image:
    """Out of focus, so that print of twelve points can no longer be read; then as taken."""
    soft = page.filter(ImageFilter.GaussianBlur(dice.uniform(4.5, 8)))
    return compressed(noisy(soft, dice.uniform(3, 10)), 75)


def sideways(page: Image.Image, dice: Random) -> Image.Image:
    return page.rotate(dice.choice((90, 270)), expand=True)
