"""Person names: one way to write them, to compare them, and to hide them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 100  # 《统一姓名采集应用规范》 asks for 50; longer names are on file

DOT = "\u00b7"  # GB 13000 00B7, the only separator that the ministries' rule allows

# What keyboards, fonts and old systems put in its place.
SEPARATORS = (
    ".\uff0e。\u2022\u2027\u30fb\uff65\u2219\u22c5\u25cf\u25e6\u0387\u318d\ufe52"
    "-\uff0d\u2010\u2011\u2013\u2014" + DOT
)

# Ideographs: extension A, the basic block, compatibility, planes 2 and 3, and 〇.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"

# GB 18030-2005 left these ideographs in the private use area; the 2022 edition moved them.
MOVED_BY_GB18030: Mapping[int, str] = {
    0xE816: "\U00020087",
    0xE817: "\U00020089",
    0xE818: "\U000200cc",
    0xE81E: "\u9fb4",
    0xE826: "\u9fb5",
    0xE82B: "\u9fb6",
    0xE82C: "\u9fb7",
    0xE831: "\U000215d7",
    0xE832: "\u9fb8",
    0xE83B: "\U0002298f",
    0xE843: "\u9fb9",
    0xE854: "\u9fba",
    0xE855: "\U000241fe",
    0xE864: "\u9fbb",
}

STRANGE_SHOWN = 5
INVISIBLE, PRIVATE_USE = "Cf", "Co"  # Unicode categories

KANGXI_RADICALS = range(0x2F00, 0x2FD6)  # what copying from a PDF often gives for an ideograph

_FOLD: Mapping[int, str] = {
    **MOVED_BY_GB18030,
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in KANGXI_RADICALS},
}
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])[\s{re.escape(SEPARATORS)}]+(?=[{HAN}])")
_HAN_NAME = re.compile(rf"[{HAN}]+(?:{DOT}[{HAN}]+)*")
_OTHER_MARKS = frozenset(" -.'\u2019" + DOT)


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name as it will be kept, what must be put right, and what may stand when confirmed."""

    name: str
    faults: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def normalise_name(text: str) -> str:
    """The name with "·" (U+00B7) as its only separator between ideographs, and no spaces there.

    Names in other scripts keep single spaces, hyphens and full stops.
    """
    folded = text.translate(_FOLD)
    visible = "".join(symbol for symbol in folded if unicodedata.category(symbol) != INVISIBLE)
    spaced = " ".join(unicodedata.normalize("NFC", visible).split())
    return _BETWEEN_HAN.sub(_separator, spaced)


def read_name(text: str) -> NameReading:
    """The normalised name, judged: ideographs and "·" pass, other scripts are to be confirmed."""
    name = normalise_name(text)
    if not name:
        return NameReading(name, faults=("请填写姓名。",))
    faults = []
    if len(name) > LONGEST:
        faults.append(f"姓名最多{LONGEST}个字，现有{len(name)}个字。")
    strange = _strange_symbols(name)
    if strange:
        faults.append(f"姓名中不能有{'、'.join(strange)}，请对照身份证件填写。")
    if any(unicodedata.category(symbol) == PRIVATE_USE for symbol in name):
        faults.append("姓名中有自造字，其他系统无法显示，请改用国家标准（GB 18030）收录的字。")
    if DOT in (name[0], name[-1]):
        faults.append(f"间隔号“{DOT}”不能在姓名的开头或结尾。")
    if faults or _HAN_NAME.fullmatch(name):
        return NameReading(name, faults=tuple(faults))
    return NameReading(name, doubts=("姓名中有汉字以外的文字，请对照身份证件逐字核对。",))


def name_key(text: str) -> str:
    """What two spellings of one name have in common; for comparing, never for showing."""
    return unicodedata.normalize("NFKC", normalise_name(text)).casefold()


def _separator(found: re.Match[str]) -> str:
    return "" if found.group().isspace() else DOT


def _strange_symbols(name: str) -> tuple[str, ...]:
    """Digits, punctuation and the like, quoted: nothing that a name is written with."""
    strange = [
        f"“{symbol}”" if symbol.isprintable() else f"U+{ord(symbol):04X}"
        for symbol in dict.fromkeys(name)
        if not _may_be_in_a_name(symbol)
    ]
    return tuple(strange[:STRANGE_SHOWN])


def _may_be_in_a_name(symbol: str) -> bool:
    if symbol in _OTHER_MARKS or _HAN_NAME.fullmatch(symbol):
        return True
    category = unicodedata.category(symbol)
    return category == PRIVATE_USE or category.startswith(("L", "M"))
