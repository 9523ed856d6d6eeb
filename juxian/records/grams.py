"""Search words: single characters, pairs, pinyin initials and numbers, without any extension."""

import re
from itertools import pairwise

from pypinyin import lazy_pinyin

from juxian.regulation.names import DOT

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
LATIN = re.compile(r"[0-9a-z]+")
READ = (
    "shan zeng xie qiu ou piao zhai zha miao chong she shao qin yun bi po bo xun kan ge zhai gou du"
)
SURNAMES = dict(
    zip("单曾解仇区朴翟查缪种折召覃员秘繁薄郇阚盖祭句都", READ.split(), strict=True)
) | {
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "长孙": "zhang sun",
    "澹台": "tan tai",
}
"""Surnames that are read otherwise than the same characters elsewhere (《现代汉语词典》)."""


def grams(*texts: str) -> list[str]:
    """Every gram of the texts, for a `tsvector` made by `array_to_tsvector`."""
    found: set[str] = set()
    for text in texts:
        for run in HAN.findall(text):
            found.update(run)
            found.update(a + b for a, b in pairwise(run))
        found.update(LATIN.findall(text.lower()))
    return sorted(found)


def initials(name: str) -> str:
    """A name's pinyin initials: "amt" for 阿曼太."""
    return "".join(one[0].lower() for one in _read(name) if one[0].isascii() and one[0].isalpha())


def sort_key(name: str) -> str:
    """A name's pinyin, by which lists are sorted: "zeng guo hua" for 曾国华."""
    return " ".join(_read(name))


def _read(name: str) -> list[str]:
    """The pinyin of each character; a surname as surnames are read, but not in names with a dot."""
    for head in () if DOT in name else (name[:2], name[:1]):
        if head in SURNAMES:
            return [*SURNAMES[head].split(), *lazy_pinyin(name.removeprefix(head))]
    return lazy_pinyin(name)


def wanted(query: str) -> list[str]:
    """The grams a row must all have to match the query."""
    found: list[str] = []
    for run in HAN.findall(query):
        found += [a + b for a, b in pairwise(run)] or [run]
    return found + LATIN.findall(query.lower())
