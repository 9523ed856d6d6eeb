"""What a paper says, ready to be set: a stamp for every page, and parts made of blocks."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

GRID_COLUMNS = 18
PHOTO_ROWS = 6
PHOTO_COLUMNS = 4
TEXT_WIDTH = 164  # mm
LANDSCAPE_WIDTH = 251

Reported = Callable[[int], object]
"""Told how many rows, people or pages of a long paper are done."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What proves a page. Turn 0 is a draft; `digest` is the SHA-256 of what the paper shows."""

    title: str
    number: str
    turn: int
    digest: str
    copies: int
    author: str
    dated: datetime
    has_turns: bool = True

    @property
    def is_draft(self) -> bool:
        return not self.turn

    @property
    def turn_in_words(self) -> str:
        if self.is_draft:
            return "草稿，不作为报送材料"
        return f"第 {self.turn} 轮" if self.has_turns else ""

    @property
    def check(self) -> str:
        """The digest's first twelve digits, as a page prints them: 7F3A-91C2-D04E."""
        short = self.digest[:12].upper()
        return "-".join((short[:4], short[4:8], short[8:12]))


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and its value; widths in columns of the grid."""

    label: str
    value: str
    columns: int
    label_columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells; `photo` is an SVG, "" for an empty frame, None for no frame at all."""

    rows: tuple[tuple[Cell, ...], ...]
    photo: str | None = None
    block: Literal["grid"] = field(default="grid", init=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A long text, by paragraphs."""

    label: str
    text: tuple[str, ...]
    block: Literal["passage"] = field(default="passage", init=False)


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    width: float  # mm
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Values by column; `detail` is labels with paragraphs that stand under them."""

    cells: tuple[str, ...]
    detail: tuple[tuple[str, tuple[str, ...]], ...] = ()
    star: bool = False
    breakable: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    is_tall: bool = False  # room to sign in
    block: Literal["rows"] = field(default="rows", init=False)


@dataclass(frozen=True, slots=True)
class Opinion:
    """A box for an office's words; what is on record is printed, signature and seal never are."""

    title: str
    text: tuple[str, ...] = ()
    record: str = ""
    signer: str = "负责人签字"
    sealed: bool = True
    block: Literal["opinion"] = field(default="opinion", init=False)


Block = Grid | Passage | Rows | Opinion


@dataclass(frozen=True, slots=True)
class Part:
    number: str
    title: str
    blocks: tuple[Block, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormSheet:
    """An application form: cover lines as (name, value), then its parts."""

    stamp: Stamp
    subtitle: str
    cover: tuple[tuple[str, str], ...]
    filled_on: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A paper without a cover: its parts, then lines to sign on, then an address to cut out."""

    stamp: Stamp
    subtitle: str
    parts: tuple[Part, ...]
    closing: tuple[tuple[str, ...], ...] = ()
    address: tuple[tuple[str, str], ...] = ()
    bars: str = ""  # a bar code of the number, as SVG


def digest_of(number: str, parts: tuple[Part, ...]) -> str:
    """SHA-256 of what such a paper shows, for its stamp."""
    shown = {"number": number, "parts": [asdict(part) for part in parts]}
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stamp_of(
    title: str, number: str, proved: tuple[Part, ...], *, author: str, dated: datetime
) -> Stamp:
    """Of a paper in one copy that has no turns; `proved` are the parts its digest is of."""
    digest = digest_of(number, proved)
    return Stamp(title, number, 1, digest, 1, author, dated, has_turns=False)
