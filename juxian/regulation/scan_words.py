"""What was typed, looked for among the words read on a scan: a difference is a hint, no more.

Readers take O for 0 and I for 1; print has full-width forms, dashes and brackets of many kinds.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST_WORDS = 12  # characters read, below which nothing is said of what is missing
FORGIVING = 5  # characters of a name from which one may have been misread
SAME = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "|": "1", "〇": "0", "○": "0"})
CHINESE = str.maketrans("〇○零一二三四五六七八九", "000123456789")
LABELLED = re.compile(
    r"(?:编\s*号|证\s*号|证书号码?|号码)\s*[:：.]?\s*([A-Za-z0-9][A-Za-z0-9()（）〔〕\[\]/.\-—－_]{3,39})"
)
YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
CHINESE_YEARS = re.compile(r"[〇○零一二三四五六七八九]{4}(?=\s*年)")


class HintKind(StrEnum):
    NO_NUMBER = "no_number"  # 没有找到编号
    OTHER_NUMBER = "other_number"  # 编号像是另一个
    NO_NAME = "no_name"  # 没有找到姓名
    NO_YEAR = "no_year"  # 没有找到年份


@dataclass(frozen=True, slots=True)
class Hint:
    """`typed` is what the form says; `read` what the scan seems to say, where it says another."""

    kind: HintKind
    typed: str
    read: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A row as it was typed: any one of the names and of the years is enough."""

    number: str
    names: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Letters and digits only, in the one form of all that look the same."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain.translate(SAME) if letter.isalnum())


def hints_in(words: str, rows: Sequence[Typed]) -> tuple[Hint, ...]:
    """Of the row that the scan agrees with best; nothing where hardly anything was read."""
    text = folded(words)
    if len(text) < LEAST_WORDS or not rows:
        return ()
    return min((_of_row(words, text, row) for row in rows), key=len)


def _of_row(words: str, text: str, row: Typed) -> tuple[Hint, ...]:
    hints = []
    if folded(row.number) and folded(row.number) not in text:
        seen = next((found for found in LABELLED.findall(words) if _is_other(found, row)), "")
        kind = HintKind.OTHER_NUMBER if seen else HintKind.NO_NUMBER
        hints.append(Hint(kind, row.number, seen))
    if row.names and not any(_is_named(folded(name), text) for name in row.names):
        hints.append(Hint(HintKind.NO_NAME, row.names[0]))
    if row.years and not set(row.years) & _years(words):
        hints.append(Hint(HintKind.NO_YEAR, row.years[0]))
    return tuple(hints)


def _is_other(found: str, row: Typed) -> bool:
    return bool(folded(found)) and folded(found) != folded(row.number)


def _is_named(name: str, text: str) -> bool:
    if name in text or len(name) < FORGIVING:
        return name in text
    windows = (text[start : start + len(name)] for start in range(len(text) - len(name) + 1))
    return any(
        sum(mine != read for mine, read in zip(name, window, strict=True)) <= 1
        for window in windows
    )


def _years(words: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", words)
    return set(YEARS.findall(plain)) | {
        year.translate(CHINESE) for year in CHINESE_YEARS.findall(plain)
    }
