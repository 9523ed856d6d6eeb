"""What a form says otherwise than when it was last submitted, as a short list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from juxian.records.models import Evidence
from juxian.regulation.pack import Pack
from juxian.selectors.form_reading import Line, Part, TableRow


@dataclass(frozen=True, slots=True)
class Change:
    """`state` is changed, new or gone; `part` is the code of the section it is in."""

    part: str
    title: str
    what: str
    state: str
    was: str = ""
    now: str = ""
    is_photo: bool = False


def changes_in(parts: Iterable[Part]) -> tuple[Change, ...]:
    """Of parts that were read with those before, in print order."""
    return tuple(change for part in parts for change in _of_part(part))


def _of_part(part: Part) -> Iterator[Change]:
    for line in part.lines:
        if line.is_changed:
            yield _of_line(part, line, line.label)
    for table in part.tables:
        label = "" if table.label == part.title else f"{table.label}："
        for row in table.rows:
            yield from _of_row(part, row, label + _name_of(row))


def _of_row(part: Part, row: TableRow, name: str) -> Iterator[Change]:
    if row.state in ("new", "gone"):
        yield Change(part.code, part.title, name, row.state)
    for cell in row.cells:
        if cell.is_changed:
            yield _of_line(part, cell, f"{name}，{cell.label}")


def _of_line(part: Part, line: Line, what: str) -> Change:
    was = line.was or ""
    return Change(part.code, part.title, what, "changed", was, line.text, line.is_photo)


def _name_of(row: TableRow) -> str:
    """Its first words."""
    return next((cell.text or cell.was or "" for cell in row.cells if cell.text or cell.was), "")


def changed_files(
    pack: Pack, before: Sequence[Mapping[str, Any]], files: Sequence[Evidence]
) -> tuple[Change, ...]:
    """Files that were added or removed since; `before` is a submission's evidence."""
    titles = {material.code: material.title for material in pack.materials}
    had = {(one["material"], one["digest"]) for one in before}
    have = {(file.material, file.file_id) for file in files}
    added = [(f.material, f.title, "new") for f in files if (f.material, f.file_id) not in had]
    gone = [
        (one["material"], one["title"], "gone")
        for one in before
        if (one["material"], one["digest"]) not in have
    ]
    return tuple(
        Change("evidence", titles.get(material, material), title, state)
        for material, title, state in (*gone, *added)
    )
