"""Where things go on the page: cells packed into grid rows, and rows' columns into its width."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from juxian.papers.sheet import (
    GRID_COLUMNS,
    PHOTO_COLUMNS,
    PHOTO_ROWS,
    TEXT_WIDTH,
    Cell,
    Column,
    Row,
    Rows,
)

LABEL_SIZE, VALUE_SIZE, TABLE_SIZE = 3.36, 3.71, 3.18  # mm that a Chinese character takes
LABEL_ROOM, VALUE_ROOM = 3.0, 3.8  # mm of a grid cell that its inset takes
COLUMN_ROOM = 2.4  # mm of a table's column that its inset takes
NUMBER_WIDTH = 10.0  # mm of a table's first column
LONG_LABEL = 8  # characters; a longer label gets a wider cell
SENTENCE = 24  # characters; a longer label is a sentence
WIDEST = 13.0  # characters that a column is given for its longest value
LONGEST = 40.0  # characters beyond which a column's share does not grow
NARROWEST = 2.0
WIDE = 5.0  # characters; a wider column may move below the row
LOOK_AHEAD = 2  # cells
SLACK_FROM = 4.5  # characters; wider columns share what is left


def width(text: str) -> float:
    """In Chinese characters; a Latin letter or digit counts as 0.6 of one."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.6 for c in text)


def _room(columns: int) -> float:
    """mm of so many grid columns."""
    return columns * TEXT_WIDTH / GRID_COLUMNS


def balanced(label: str, room: float) -> str:
    """A label that needs several lines, broken before its bracket or into equal lines."""
    fits = max(floor(room + 0.05), 1)
    lines = ceil(len(label) / fits)
    if lines == 1 or width(label) < len(label):
        return label
    head, bracket, tail = label.partition("（")
    if head and bracket and max(len(head), len(tail) + 1) <= fits:
        return f"{head}\n{bracket}{tail}"
    size = ceil(len(label) / lines)
    return "\n".join(label[start : start + size] for start in range(0, len(label), size))


def pack(pairs: Iterable[tuple[str, str]], *, photo: bool = False) -> tuple[tuple[Cell, ...], ...]:
    """Labels with values as rows of cells that fill the grid; beside a photograph fewer fit.

    A cell that would leave a hole lets one of the next few, if it fits, go first.
    """
    waiting = list(pairs)
    rows: list[tuple[Cell, ...]] = []
    while waiting or (photo and len(rows) < PHOTO_ROWS):
        whole = GRID_COLUMNS
        if photo and len(rows) < PHOTO_ROWS:
            whole -= PHOTO_COLUMNS
        rows.append(_row(waiting, whole) or (Cell("", "", whole, 2),))
    return tuple(rows)


def _row(waiting: list[tuple[str, str]], whole: int) -> tuple[Cell, ...]:
    """Takes off `waiting` what fits side by side; the last cell takes what is left of the row."""
    row: list[Cell] = []
    left = whole
    while waiting:
        cells = [_cell(label, value, whole) for label, value in waiting[: 1 + LOOK_AHEAD]]
        fitting = next((n for n, cell in enumerate(cells) if cell.columns <= left), None)
        if fitting is None:
            break
        del waiting[fitting]
        row.append(cells[fitting])
        left -= cells[fitting].columns
    if row:
        row[-1] = replace(row[-1], columns=row[-1].columns + left)
    return tuple(row)


def _cell(label: str, value: str, whole: int) -> Cell:
    """The narrowest cell of the grid that takes the value on one line, or the whole row."""
    if width(label) > SENTENCE:
        return Cell(label, value, whole, whole - 3)
    long = width(label) > LONG_LABEL
    head = 5 if long else 2
    label = balanced(label, (_room(head) - LABEL_ROOM) / LABEL_SIZE)
    steps = (7, 14) if whole != GRID_COLUMNS else (9, 18) if long else (6, 12, 18)
    for columns in steps:
        room = (_room(columns - head) - VALUE_ROOM) / VALUE_SIZE
        if room > 1 and "\n" not in value and width(value) <= room:
            return Cell(label, value, columns, head)
    return Cell(label, value, whole, head)


@dataclass(frozen=True, slots=True)
class Measured:
    """A column before it is placed: its label, all its values, and whether it must go below."""

    label: str
    values: Sequence[str]
    centred: bool = False
    below: bool = False

    @property
    def longest(self) -> float:
        return max((width(value) for value in self.values), default=0.0)

    @property
    def natural(self) -> float:
        """Characters: the longest value, within bounds, or half the label, which may wrap."""
        head, bracket, tail = self.label.partition("（")
        lines = (head, bracket + tail) if bracket else (self.label[::2],)
        label = max(width(line) for line in lines)
        return max(NARROWEST, min(self.longest, WIDEST), label)

    @property
    def appetite(self) -> float:
        """Its share of what is left of the page's width."""
        return max(self.natural, min(self.longest, LONGEST))


def place(
    columns: Sequence[Measured], page: float = TEXT_WIDTH
) -> tuple[tuple[int, ...], tuple[Column, ...]]:
    """Which columns stand side by side, by index, and how wide; the others go below their row.

    The first column always stays; of the rest the last wide one goes first.
    """
    kept = [n for n, column in enumerate(columns) if not column.below or not n]
    while len(kept) > 1 and _taken(columns, kept) > page - NUMBER_WIDTH:
        wide = [n for n in kept[1:] if columns[n].natural >= WIDE]
        kept.remove(wide[-1] if wide else kept[-1])
    spare = page - NUMBER_WIDTH - _taken(columns, kept)
    elastic = [n for n in kept if columns[n].natural >= SLACK_FROM] or kept
    total = sum(columns[n].appetite for n in elastic)
    widths = {
        n: _mm(columns[n]) + (spare * columns[n].appetite / total if n in elastic else 0)
        for n in kept
    }
    return tuple(kept), tuple(_column(columns[n], widths[n]) for n in kept)


def _column(measured: Measured, taken: float) -> Column:
    room = (taken - COLUMN_ROOM) / TABLE_SIZE
    centred = measured.centred and measured.natural < WIDE
    return Column(balanced(measured.label, room), round(taken, 2), centred)


def _mm(column: Measured) -> float:
    return column.natural * TABLE_SIZE + COLUMN_ROOM


def _taken(columns: Sequence[Measured], kept: Sequence[int]) -> float:
    return sum(_mm(columns[n]) for n in kept)


def table(labels: tuple[str, ...], lines: Sequence[tuple[str, ...]], *, left: int = 1) -> Rows:
    """Lines under their labels; the first `left` columns stand at the left, the others centred.

    What does not fit across the page stands under its line.
    """
    measured = [
        Measured(label, [line[n] for line in lines], centred=n >= left)
        for n, label in enumerate(labels)
    ]
    kept, columns = place(measured)
    rows = tuple(
        Row(
            tuple(line[n] for n in kept),
            tuple((labels[n], (line[n],)) for n in range(len(labels)) if n not in kept),
        )
        for line in lines
    )
    return Rows("", columns, rows)
