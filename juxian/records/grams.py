"""Search words: single characters, pairs, pinyin initials and numbers, without any extension."""

import re
from itertools import pairwise

from pypinyin import Style, lazy_pinyin

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
LATIN = re.compile(r"[0-9a-z]+")


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
    return "".join(lazy_pinyin("".join(HAN.findall(name)), style=Style.FIRST_LETTER))


def sort_key(name: str) -> str:
    return " ".join(lazy_pinyin(name))


def wanted(query: str) -> list[str]:
    """The grams a row must all have to match the query."""
    found: list[str] = []
    for run in HAN.findall(query):
        found += [a + b for a, b in pairwise(run)] or [run]
    return found + LATIN.findall(query.lower())
