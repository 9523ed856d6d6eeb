"""The sheet that was sent in, with what is to be put right beside each line (带批注的原表)."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from juxian.papers.table_sheet import PLAIN
from juxian.regulation.clipboard import Cells
from juxian.regulation.pasting import heading_named

Fault = tuple[str, str]
"""Column and reason."""


def annotated(
    cells: Cells, fates: Mapping[int, str], faults: Mapping[int, Sequence[Fault]]
) -> bytes:
    """The same cells as text, faulty ones marked and commented; two columns say what comes of it.

    By number of the line, from 1. Both columns have headings that a sheet sent in again leaves
    aside.
    """
    content, wide = BytesIO(), max(map(len, cells), default=0)
    places = {heading_named(said): place for place, said in enumerate(cells[0])}
    with xlsxwriter.Workbook(content, {**PLAIN, "constant_memory": True}) as book:
        text = book.add_format({"num_format": "@", "quote_prefix": True, "valign": "top"})
        head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        wrong = book.add_format({"num_format": "@", "quote_prefix": True, "bg_color": "#FBE3E1"})
        sheet = book.add_worksheet(_("核对结果"))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, wide, 16)
        sheet.set_column(wide + 1, wide + 1, 60)
        headings = (*cells[0], *[""] * (wide - len(cells[0])), _("核对结果"), _("原因"))
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, head)
        for number, line in enumerate(cells[1:], start=2):
            told = faults.get(number, ())
            amiss = {places.get(heading_named(column), wide): why for column, why in told}
            for place, cell in enumerate(line):
                sheet.write_string(number - 1, place, cell, wrong if place in amiss else text)
            for place, why in amiss.items():
                sheet.write_comment(number - 1, place, why)
            reasons = "\n".join(f"{column}：{why}" for column, why in told)
            sheet.write_string(number - 1, wide, fates.get(number, ""), text)
            sheet.write_string(number - 1, wide + 1, reasons, text)
    return content.getvalue()
