"""The workbook in which the ministry's answers come back: its template, and reading it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from juxian.records.models import Application
from juxian.regulation.refusal import NotReady

COLUMNS = ("编号", "姓名", "结果", "批准文号", "证书编号")
WIDTHS = (20, 24, 12, 28, 24)
ANSWERS = {"批准": True, "是": True, "通过": True, "未批准": False, "否": False, "不批准": False}
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the workbook."""

    number: str
    name: str
    is_approved: bool
    document_number: str
    certificate_number: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that can be read, and sentences on those that cannot."""

    rows: tuple[Answer, ...]
    faults: tuple[str, ...]

    @property
    def approved(self) -> int:
        return sum(row.is_approved for row in self.rows)


def template(waiting: Iterable[Application]) -> bytes:
    """A workbook with everybody who waits for an answer; only the answers are left to fill in."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, PLAIN) as book:
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        sheet = book.add_worksheet("批准结果")
        for column, (title, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width, text)
            sheet.write_string(0, column, title, head)
        for line, application in enumerate(waiting, start=1):
            sheet.write_string(line, 0, application.number, text)
            sheet.write_string(line, 1, application.name, text)
        sheet.data_validation(
            1, 2, MOST_ROWS, 2, {"validate": "list", "source": ["批准", "未批准"]}
        )
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def read(content: bytes) -> Sheet:
    """NotReady when it is no such workbook; single bad lines are told by their number."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        lines = book.get_sheet_by_index(0).to_python(nrows=MOST_ROWS + 1)
    except (CalamineError, ValueError, OSError):
        raise NotReady(_("这个文件打不开，请上传 Excel 文件（.xlsx）")) from None
    head = [_text(cell) for cell in lines[0]] if lines else []
    missing = [title for title in COLUMNS[:4] if title not in head]
    if missing:
        said = _("第一行缺少这些列：%(columns)s；请使用下载的模板")
        raise NotReady(said % {"columns": "、".join(missing)})
    places = {title: head.index(title) for title in COLUMNS if title in head}
    rows: list[Answer] = []
    faults: list[str] = []
    for number, line in enumerate(lines[1:], start=2):
        cells = {title: _cell(line, place) for title, place in places.items()}
        if not any(cells.values()):
            continue
        if cells["结果"] in ANSWERS:
            rows.append(_row(cells))
        else:
            said = _("第%(line)d行 %(name)s：结果请填“批准”或“未批准”")
            faults.append(said % {"line": number, "name": cells["姓名"]})
    return Sheet(tuple(rows), tuple(faults))


def _row(cells: dict[str, str]) -> Answer:
    return Answer(
        number=cells["编号"],
        name=cells["姓名"],
        is_approved=ANSWERS[cells["结果"]],
        document_number=cells["批准文号"],
        certificate_number=cells.get("证书编号", ""),
    )


def _cell(line: Sequence[Any], place: int) -> str:
    return _text(line[place]) if place < len(line) else ""


def _text(value: Any) -> str:
    """A cell as text; a whole number without its point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
