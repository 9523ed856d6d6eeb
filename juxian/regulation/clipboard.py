"""Cells as a spreadsheet puts them on the clipboard: tabs between them, quotes around odd ones."""

import re
from collections.abc import Iterable, Sequence

Cells = tuple[tuple[str, ...], ...]
"""Lines of cells, as they stand in the sheet; blank lines keep their place."""

# A quoted cell ends at a quote before a tab or a line's end; what never ends so is no quotation.
CELL = re.compile(r'"((?:[^"]|"")*+)"(?=\t|\r\n?|\n|\Z)|([^\t\r\n]*)')
BREAK = re.compile(r"\t|\r\n?|\n|\Z")


def cells_of(text: str) -> Cells:
    lines: list[tuple[str, ...]] = []
    line: list[str] = []
    place = 0
    while True:
        cell = CELL.match(text, place)
        assert cell is not None  # noqa: S101 - the second way matches anything, nothing included
        quoted, plain = cell.groups()
        line.append(plain if quoted is None else quoted.replace('""', '"'))
        follows = BREAK.match(text, cell.end())
        assert follows is not None  # noqa: S101 - a cell ends only there
        place = follows.end()
        if follows[0] == "\t":
            continue
        lines.append(tuple(line))
        line = []
        if not follows[0] or place == len(text):
            return _without_end(lines)


def text_of(lines: Iterable[Sequence[str]]) -> str:
    """What `cells_of` reads back."""
    return "\n".join("\t".join(map(_quoted, line)) for line in lines)


def _quoted(cell: str) -> str:
    if not re.search(r'[\t\r\n"]', cell):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _without_end(lines: list[tuple[str, ...]]) -> Cells:
    """Without the blank lines after the last cell that says something."""
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    return tuple(lines)
