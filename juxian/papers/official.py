"""Official documents (公文) in the layout of GB/T 9704-2012, as data that two printers set."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from juxian.papers import render
from juxian.papers.sheet import Stamp
from juxian.regulation.calendar import in_words

TEMPLATE = "official"
LINES, CHARACTERS = 22, 28  # of a full page, of a full line
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26  # mm around the 156 mm × 225 mm of the text

Head = Literal["red", "letter", "plain"]
"""A red head (文件), a letter's (信函), or none: a notice to be put up, a record, a list."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: 一、 (1), （一） (2), or text (0); `flush` without the indent of two."""

    text: str
    level: int = 0
    flush: bool = False
    block: Literal["line"] = field(default="line", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns as (label, share of the width); a column of short values is centred."""

    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    centred: tuple[int, ...] = ()
    block: Literal["table"] = field(default="table", init=False)


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """It begins on a page of its own, under 附件1."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Official:
    """A document as it is set; what is "" is left out, a number to be given stays a gap.

    `annexes` are named below the text; those with blocks follow on their own pages. Contents name
    the headings with their pages, before the text.
    """

    stamp: Stamp
    head: Head
    organ: str
    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    signer: str = ""
    addressee: str = ""
    annexes: tuple[Annex, ...] = ()
    signed_by: str = ""
    signed_on: str = ""
    note: str = ""
    copies_to: str = ""
    imprint: tuple[str, str] = ("", "")
    has_contents: bool = False


def paragraphs(text: str) -> tuple[Line, ...]:
    """What somebody wrote, by its lines."""
    return tuple(Line(line.strip()) for line in text.splitlines() if line.strip())


def part(title: str, text: str) -> tuple[Line, ...]:
    """一、…… and its paragraphs."""
    return (Line(title, level=1), *paragraphs(text))


def day_of(signed_on: date | None) -> str:
    """2020年5月6日, or the gaps to write it in."""
    return in_words(signed_on) if signed_on else "　　年　　月　　日"


def contact(name: str, phone: str) -> str:
    """Whom to ask, for the note below the date; "" for nobody."""
    said = (("联系人", name), ("电话", phone))
    return "，".join(f"{what}：{value}" for what, value in said if value)


def document(given: Official) -> Official:
    """With the digest of what it says in its stamp."""
    said = asdict(given)
    for one in ("stamp", "has_contents"):  # contents say nothing of their own
        said.pop(one)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return replace(given, stamp=replace(given.stamp, digest=digest))


def stamp_of(title: str, number: str, author: str, dated: datetime) -> Stamp:
    return Stamp(title, number, 1, "", 1, author, dated, has_turns=False)


def pdf_of(given: Official) -> bytes:
    return render.render(TEMPLATE, given)
