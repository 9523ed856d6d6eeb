"""A table of the form as a workbook: an empty one to fill in, and the cells of one sent back."""

import re
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import xlsxwriter
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from juxian.regulation.clipboard import Cells
from juxian.regulation.form import Field, FieldKind, Form
from juxian.regulation.pasting import MOST_LINES
from juxian.regulation.refusal import NotReady

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LARGEST = 2 * 1024 * 1024  # bytes of an upload
LARGEST_UNPACKED = 20 * 1024 * 1024  # bytes
MOST_CELLS = 1_000_000  # of the rectangle from A1 to the last cell
PLACE = re.compile(rb"""\br=["']([A-Z]{0,3})([0-9]{1,7})["']""")
UNREADABLE = (
    *(BadZipFile, CalamineError, zlib.error, ValueError, OSError, LookupError),
    RuntimeError,  # packed in a way of its own, or under a password
)
LISTED = 250  # letters that Excel takes as a list to pick from
OPTIONS_TOLD = 40
HINT_LONGEST = 250  # letters
WIDTHS = {FieldKind.TEXT: 24, FieldKind.LONG_TEXT: 40, FieldKind.CODE: 24}
NARROW = 14

WRITTEN = {
    FieldKind.DATE: "2015-03-01",
    FieldKind.YEAR_MONTH: "2015-03",
    FieldKind.YEAR: "2015",
    FieldKind.MONEY: "35.5",
}


def template(form: Form, table: Field) -> bytes:
    """All cells are text; headings in the order of the table, beside them how each is filled in."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, PLAIN) as book:
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        sheet, notes = book.add_worksheet(_("填写")), book.add_worksheet(_("填写说明"))
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, WIDTHS.get(column.kind, NARROW), text)
            sheet.write_string(0, place, column.caption, head)
            _guided(sheet, place, form, column, table.rows_max)
        for place, (title, width) in enumerate(
            ((_("栏目"), 20), (_("必填"), 8), (_("怎样填"), 48), (_("可填的内容"), 60))
        ):
            notes.set_column(place, place, width, text)
            notes.write_string(0, place, title, head)
        for line, column in enumerate(table.columns, start=1):
            due = _("是") if column.required else ""
            for place, said in enumerate((column.caption, due, hint(column), _told(form, column))):
                notes.write_string(line, place, said, text)
    return content.getvalue()


def hint(column: Field) -> str:
    """至今请留空。例：2015-03"""
    example = column.example or WRITTEN.get(column.kind, "")
    parts = [column.help]
    parts += [_("写“是”或“否”。")] if column.kind is FieldKind.BOOLEAN else []
    parts += [_("可选几项，用“、”分开。")] if column.kind is FieldKind.CHOICES else []
    parts += [_("最多%(limit)d字。") % {"limit": column.limit}] if column.limit else []
    parts += [_("例：%(example)s") % {"example": example}] if example else []
    return "".join(parts)


def _told(form: Form, column: Field) -> str:
    """The options, if a person can read them all."""
    labels = [option.label for option in form.options(column)] if _is_picked(column) else []
    if len(labels) > OPTIONS_TOLD:
        said = _("共%(count)d项，与网上选项相同，如：%(some)s")
        return said % {"count": len(labels), "some": "、".join(labels[:3])}
    return "、".join(labels)


def _is_picked(column: Field) -> bool:
    return bool(column.choices or column.code_list)


def _guided(sheet: Worksheet, place: int, form: Form, column: Field, rows: int) -> None:
    """A hint when a cell is entered; a list to pick from where Excel can hold it."""
    guide: dict[str, Any] = {"validate": "any"}
    if _is_picked(column) and column.kind is not FieldKind.CHOICES:
        labels = [option.label for option in form.options(column)]
        if len(",".join(labels)) < LISTED and not any("," in label for label in labels):
            guide = {"validate": "list", "source": labels, "error_type": "warning"}
    said = hint(column)[:HINT_LONGEST]
    if said:
        guide["input_message"] = said
    if said or guide["validate"] == "list":
        sheet.data_validation(1, place, rows, place, guide)


def cells(content: bytes, most: int = MOST_LINES) -> Cells:
    """The first sheet as text, values and never formulas; NotReady when it cannot be read.

    `most` lines under the headings are read, and no more of them are looked for.
    """
    if len(content) > LARGEST:
        raise NotReady(_("文件超过2MB；请只保留要导入的行，另存后再上传"))
    try:
        _check_extent(content)
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        lines = sheet.to_python(skip_empty_area=False, nrows=most + 1)
    except UNREADABLE:
        raise NotReady(_("这个文件打不开，请上传 Excel 文件（.xlsx）")) from None
    return tuple(tuple(_text(cell) for cell in line) for line in lines)


def _check_extent(content: bytes) -> None:
    """Readers take memory for every cell up to the last one, so see first where that is."""
    with ZipFile(BytesIO(content)) as packed:
        sheets = [one for one in packed.infolist() if one.filename.startswith("xl/worksheets/")]
        is_large = sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED
        if is_large or any(_extent(packed.read(one)) > MOST_CELLS for one in sheets):
            raise NotReady(_("表格的范围太大；请只保留要导入的行，另存后再上传"))
        if not sheets or packed.testzip() is not None:  # larger than it says, for one
            raise BadZipFile


def _extent(sheet: bytes) -> int:
    """Cells from A1 to the last place that is named."""
    wide = deep = 1
    for column, row in _places(sheet):
        wide, deep = max(wide, column), max(deep, row)
    return wide * deep


def _places(sheet: bytes) -> Iterator[tuple[int, int]]:
    for found in PLACE.finditer(sheet):
        column = 0
        for letter in found[1]:
            column = column * 26 + letter - ord("A") + 1
        yield column, int(found[2])


def _text(value: Any) -> str:
    """A cell as its reader sees it: whole numbers without a point, days without an hour."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
