"""A list as its reader sees it, as a workbook: every cell text, whose copy it is above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from juxian.papers.sheet import Reported
from juxian.papers.table_sheet import PLAIN

HEAD_ROWS = 2  # whose copy it is, column headings
REPORTED = 250  # rows between two reports of progress
LONGEST_MARK = 240  # letters that Excel takes in a header

Heading = tuple[str, float]
"""A column's title and its width in letters."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Whose copy of which list: `mark` stands on top of it and of every printed page."""

    title: str
    mark: str
    headings: Sequence[Heading]


def work_list(
    copy: Copy,
    rows: Iterable[Sequence[str]],
    into: BinaryIO,
    reported: Reported = lambda _done: None,
) -> None:
    """XLSX, written row by row; `reported` is told after every so many rows how many there are."""
    with xlsxwriter.Workbook(into, {**PLAIN, "constant_memory": True}) as book:
        # The prefix keeps "=1+1" a text even when somebody edits its cell.
        cell = book.add_format({"num_format": "@", "quote_prefix": True, "valign": "top"})
        head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        mark = book.add_format({"italic": True, "font_color": "#57606A", "num_format": "@"})
        sheet = book.add_worksheet(copy.title)
        _prepare(sheet, copy)
        sheet.write_string(0, 0, copy.mark, mark)
        for place, (title, width) in enumerate(copy.headings):
            sheet.set_column(place, place, width)
            sheet.write_string(1, place, title, head)
        done = 0
        for done, row in enumerate(rows, start=1):
            for place, said in enumerate(row):
                sheet.write_string(done + HEAD_ROWS - 1, place, said, cell)
            if done % REPORTED == 0:
                reported(done)
        reported(done)
        sheet.autofilter(1, 0, max(done + HEAD_ROWS - 1, 1), len(copy.headings) - 1)


def short_list(copy: Copy, rows: Iterable[Sequence[str]]) -> bytes:
    """The same for a table that is always short, in memory."""
    content = BytesIO()
    work_list(copy, rows, content)
    return content.getvalue()


def _prepare(sheet: Worksheet, copy: Copy) -> None:
    """To read and to print: headings stay in sight, and each page says whose copy it is."""
    mark = copy.mark[:LONGEST_MARK].replace("&", "&&")
    sheet.freeze_panes(HEAD_ROWS, 1)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L&8{mark}")
    sheet.set_footer("&C第 &P 页　共 &N 页")
