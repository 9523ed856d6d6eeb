"""Tables in Markdown."""

from collections.abc import Iterable, Iterator, Sequence

Row = Sequence[object]


def table(header: Row, rows: Iterable[Row], *, otherwise: str = "无。") -> Iterator[str]:
    """Its lines and the blank one after it; `otherwise` where it would have no rows."""
    body = [_cells(row) for row in rows]
    if body:
        yield from (_cells(header), "|" + "---|" * len(header), *body, "")
    elif otherwise:
        yield from (otherwise, "")


def _cells(row: Row) -> str:
    cells = (str(cell).replace("|", "\\|").replace("\n", " ") for cell in row)
    return "| " + " | ".join(cells) + " |"
