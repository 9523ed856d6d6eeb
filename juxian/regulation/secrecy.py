"""Marks of state secrets in a text (密级标志): what must never be kept, and what is worth a word.

A mark is a level (绝密、机密、秘密) with a star and a term, or a level that stands in a heading's
place. Words that only speak of secrecy (机密性、秘密投票、保密承诺) are not marks. Text comes from
PDF layers, office files and OCR, so blanks, variants and full-width forms stand anywhere in it.
Time is linear in the length of the text: no quantifier in here is unbounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

PAGE_BREAK = "\f"
HEADING_LINES = 5


@dataclass(frozen=True, slots=True)
class Marking:
    """What was found: `rule` is a short code; only what `keeps_out` is refused and not kept."""

    rule: str
    keeps_out: bool


def marking_in(text: str) -> Marking | None:
    """The gravest marking of a text whose pages are parted by form feeds; None when there is none.

    Cites R58: 涉密材料须脱密; a system that is not classified holds no classified file.
    """
    plain = _plain(text)
    found = next(_marks(plain), None)
    if found:
        return Marking(found, keeps_out=True)
    spoken = next((rule for rule, words in _WORDS.items() if _says(words, plain)), None)
    return Marking(spoken, keeps_out=False) if spoken else None


_UNSEEN = dict.fromkeys(
    code
    for first, last in (
        (0xAD, 0xAD),
        (0x61C, 0x61C),
        (0x180E, 0x180E),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2064),
        (0x2066, 0x2069),
        (0xFE0E, 0xFE0F),
        (0xFEFF, 0xFEFF),
    )
    for code in range(first, last + 1)
)
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_SAME = _UNSEEN | _NARROW | {0x3000: " ", 0xFE55: ":", 0xFE61: "*", 0xFE13: ":", 0x0D: "\n"}


def _plain(text: str) -> str:
    """Full-width forms narrowed, unseen characters gone, every line ending a newline.

    Not by NFKC: long runs of combining marks make that quadratic.
    """
    return text.replace("\r\n", "\n").translate(_SAME)


_GAP = r"\s{0,8}"
_LEVEL = rf"(?:[绝絕絶]{_GAP}密|[机機]{_GAP}密|[秘祕]{_GAP}密)"
_STAR = "[★☆⚝⭐⭑⭒⯨⋆\u2726-\u274b\U0001f31f]"  # stars only: what nobody writes as a footnote's sign
_ASTERISK = "[*∗⁎⁑※]"
_NUMBER = r"(?:[0-9](?:[ \t]?[0-9]){0,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:1[ \t]?9|2[ \t]?0)[ \t]?[0-9][ \t]?[0-9]"
_TERM = rf"(?:长{_GAP}期|長{_GAP}期|{_NUMBER}{_GAP}(?:年|个?{_GAP}月|天|日)|{_YEAR}{_GAP}年)"
_EVENT = r"[^\n]{1,20}前[ \t]{0,8}$"

_MARK = re.compile(
    rf"{_LEVEL}{_GAP}(?:{_STAR}|{_ASTERISK}{_GAP}(?:{_TERM}|{_EVENT}))", re.MULTILINE
)
_BARE = re.compile(rf"^[ \t\d]{{0,20}}{_LEVEL}{_GAP}{_ASTERISK}[ \t]{{0,20}}$", re.MULTILINE)
_BUSINESS = re.compile(r"商[ \t]?[业業][ \t]{0,8}$")
_CHOICES = r"(?![ \t]{0,8}[□☐☑◻○/、或,;性])"
_LEVEL_LINE = re.compile(rf"密{_GAP}级{_GAP}[::]{_GAP}{_LEVEL}{_CHOICES}")
_OPEN, _CLOSE = r"[\[【(〔〈<「『]?", r"[\]】)〕〉>」』]?"
_HEADING = re.compile(
    rf"^[ \t\d]{{0,20}}(?:密{_GAP}级[ \t]{{1,8}}|密{_GAP}级)?{_OPEN}[ \t]{{0,8}}{_LEVEL}{_GAP}"
    rf"[级件]?(?:文件|资料|材料)?[ \t]{{0,8}}(?:[^\s\w]|[xX×女大])?{_GAP}{_TERM}?"
    rf"[ \t]{{0,8}}{_CLOSE}[ \t\d]{{0,20}}$"
)


def _marks(plain: str) -> Iterator[str]:
    for found in _MARK.finditer(plain):
        before = plain[max(found.start() - 12, 0) : found.start()]
        if not _BUSINESS.search(before):
            yield "star"
    if _BARE.search(plain):
        yield "star"
    if _LEVEL_LINE.search(plain):
        yield "level"
    if any(_HEADING.match(line) for line in _heading(plain)):
        yield "heading"


def _heading(plain: str) -> Iterator[str]:
    """The lines where a first page says its level, and those lines as one: a level may stand
    upright, a character a line."""
    first = plain[: plain.find(PAGE_BREAK)] if PAGE_BREAK in plain else plain
    lines = list(islice((line for line in first.split("\n") if line.strip()), HEADING_LINES))
    yield from (line[:200] for line in lines)
    yield from (f"{above}{below}"[:200] for above, below in pairwise(lines))


def _spaced(*words: str) -> str:
    return "|".join(r"[ \t]{0,4}".join(word) for word in words)


_KEPT = _spaced("注意保存", "妥善保管", "不得外传", "请勿外传", "严禁外传")
_WORDS = {
    "commercial": re.compile(
        rf"{_spaced('核心商密', '普通商密')}"
        rf"|{_spaced('商业秘密')}{_GAP}(?:{_STAR}|{_ASTERISK}{_GAP}{_TERM})"
    ),
    "internal": re.compile(
        rf"{_spaced('内部')}[ \t]{{0,4}}(?:{_spaced('资料', '文件', '材料', '使用')})?"
        rf"[ \t,、;:!。★*]{{0,8}}\n?[ \t]{{0,8}}(?:{_KEPT})"
    ),
    "military": re.compile(
        r"(?<![冠亚季将海空陆])军品(?![牌质味德格行性])"
        r"|国防专利|武器装备|型号代号"
    ),
    "classified": re.compile(_spaced("涉密")),
}
_NOT = re.compile(r"[不非未无没否勿]|严禁|禁止")


def _says(words: re.Pattern[str], plain: str) -> bool:
    """Whether the words stand somewhere without a “no” in the eight characters before them."""
    return any(
        not _NOT.search(plain, max(found.start() - 8, 0), found.start())
        for found in words.finditer(plain)
    )
