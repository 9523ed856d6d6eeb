"""The portfolio (业绩库) as a workbook: a sheet for each kind of entry, all cells text."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from juxian.papers.table_sheet import PLAIN

WIDTH = 24
LONGEST_NAME = 31  # letters of a sheet's name
NOT_IN_NAMES = str.maketrans("[]:*?/\\", "，，，，，，，")

Leaf = tuple[str, Sequence[str], Iterable[Sequence[str]]]
"""A sheet's title, its headings and its lines."""


def workbook(leaves: Iterable[Leaf]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, PLAIN) as book:
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        for title, heads, lines in leaves:
            sheet = book.add_worksheet(title.translate(NOT_IN_NAMES)[:LONGEST_NAME])
            sheet.freeze_panes(1, 0)
            for place, said in enumerate(heads):
                sheet.set_column(place, place, WIDTH, text)
                sheet.write_string(0, place, said, head)
            for number, line in enumerate(lines, start=1):
                for place, said in enumerate(line):
                    sheet.write_string(number, place, said, text)
    return content.getvalue()
