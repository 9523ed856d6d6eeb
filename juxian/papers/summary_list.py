"""The list of nominees (推荐人选一览表) as a workbook: one sheet a track, every cell plain text."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from juxian.papers.answers import by_label, names_from
from juxian.papers.nomination_form import CONDITION_LABELS, DEEDS_LABELS, month
from juxian.regulation.calendar import in_words
from juxian.selectors.paper_inputs import NomineeFact, SummaryInput

HONOURS = "honours"
LONGEST_DEEDS = 200
HEAD_ROWS = 3  # title, office and date, column names
A3 = 8
NO_INTERPRETING = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class SummaryColumn:
    """A column of the list; a private one is left out of what is published."""

    title: str
    width: float
    value: Callable[[NomineeFact, date], str]
    is_private: bool = False


def summary_list(given: SummaryInput, *, published: bool = False) -> bytes:
    """XLSX; the same bytes for the same input."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, NO_INTERPRETING)
    made = given.made_at.replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": "推荐人选一览表", "author": given.nominator, "created": made})
    columns = [column for column in COLUMNS if not (published and column.is_private)]
    for track in dict.fromkeys(nominee.track for nominee in given.nominees):
        nominees = [nominee for nominee in given.nominees if nominee.track == track]
        _sheet(_Page(book, given, columns), track, nominees)
    if not given.nominees:
        book.add_worksheet("推荐人选")
    book.close()
    return file.getvalue()


class _Page:
    """A worksheet's maker: the workbook's formats, and the columns it has."""

    def __init__(
        self, book: xlsxwriter.Workbook, given: SummaryInput, columns: Sequence[SummaryColumn]
    ) -> None:
        self.book, self.given, self.columns = book, given, columns
        cell = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 10}
        self.title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
        self.plain = book.add_format({"font_size": 10})
        self.head = book.add_format(
            {**cell, "bold": True, "align": "center", "bg_color": "#EDEDED", "num_format": "@"}
        )
        # The prefix keeps "=1+1" a text even when somebody edits its cell.
        self.cell = book.add_format({**cell, "num_format": "@", "quote_prefix": True})


def _sheet(page: _Page, track: str, nominees: Sequence[NomineeFact]) -> None:
    sheet = page.book.add_worksheet(_tab(track))
    made_on = page.given.made_at.date()
    last = len(page.columns) - 1
    sheet.merge_range(0, 0, 0, last, "", page.title)
    sheet.write_string(0, 0, f"{page.given.programme}推荐人选一览表（{track}）", page.title)
    sheet.set_row(0, 32)
    heading = f"推荐单位：{page.given.nominator}　　　　制表日期：{in_words(made_on)}"
    sheet.write_string(1, 0, heading, page.plain)
    for n, column in enumerate(page.columns):
        sheet.set_column(n, n, column.width)
        sheet.write_string(HEAD_ROWS - 1, n, column.title, page.head)
    for row, nominee in enumerate(nominees, start=HEAD_ROWS):
        for n, column in enumerate(page.columns):
            number = str(row - HEAD_ROWS + 1)
            text = number if column.title == NUMBER else column.value(nominee, made_on)
            sheet.write_string(row, n, text, page.cell)
    for row, line in enumerate(_footer(track, nominees), start=HEAD_ROWS + len(nominees)):
        sheet.write_string(row, 0, line, page.plain)
    _prepare_to_print(sheet)


def _tab(track: str) -> str:
    """A name that a worksheet may have."""
    return "".join(symbol for symbol in track if symbol not in r"[]:*?/\'")[:31] or "推荐人选"


def _footer(track: str, nominees: Sequence[NomineeFact]) -> Iterator[str]:
    nonpublic = sum(nominee.is_nonpublic for nominee in nominees)
    yield f"合计：{track}{len(nominees)}人，其中非公有制单位{nonpublic}人。"
    buckets = Counter(nominee.bucket or "未定指标" for nominee in nominees)
    yield "按指标：" + "；".join(f"{bucket}{count}人" for bucket, count in buckets.items()) + "。"
    yield "填表人：　　　　　　　　审核人：　　　　　　　　日期：　　　　　　　　（单位盖章）"


def _prepare_to_print(sheet: Worksheet) -> None:
    sheet.freeze_panes(HEAD_ROWS, 3)
    sheet.repeat_rows(0, HEAD_ROWS - 1)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页　共 &N 页")


def _said(*labels: str) -> Callable[[NomineeFact, date], str]:
    return lambda nominee, _day: by_label(nominee.form, nominee.answers, *labels)


def _age(nominee: NomineeFact, day: date) -> str:
    born = nominee.birth_date
    if born is None:
        return ""
    return str(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def _school(nominee: NomineeFact, _day: date) -> str:
    said = (by_label(nominee.form, nominee.answers, label) for label in ("毕业院校", "所学专业"))
    return "　".join(filter(None, said))


def _honours(nominee: NomineeFact, _day: date) -> str:
    return "、".join(names_from(nominee.form, nominee.answers, HONOURS))


def _deeds(nominee: NomineeFact, _day: date) -> str:
    return by_label(nominee.form, nominee.answers, *DEEDS_LABELS)[:LONGEST_DEEDS]


def _votes(nominee: NomineeFact, _day: date) -> str:
    if nominee.tally is None or nominee.present is None:
        return ""
    return f"{nominee.tally.ayes}/{nominee.present}"


NUMBER = "序号"
COLUMNS: tuple[SummaryColumn, ...] = (
    SummaryColumn(NUMBER, 5, lambda _nominee, _day: ""),
    SummaryColumn("推荐单位", 18, lambda nominee, _day: nominee.nominator),
    SummaryColumn("姓名", 12, lambda nominee, _day: nominee.name),
    SummaryColumn("性别", 5, lambda nominee, _day: nominee.sex),
    SummaryColumn("民族", 8, _said("民族")),
    SummaryColumn("出生年月", 9, lambda nominee, _day: month(nominee), is_private=True),
    SummaryColumn("年龄", 5, _age, is_private=True),
    SummaryColumn("政治面貌", 9, _said("政治面貌")),
    SummaryColumn("学历", 9, _said("学历")),
    SummaryColumn("学位", 6, _said("学位")),
    SummaryColumn("毕业院校及专业", 18, _school),
    SummaryColumn("工作单位", 20, lambda nominee, _day: nominee.employer),
    SummaryColumn("单位性质", 7, lambda nominee, _day: "非公" if nominee.is_nonpublic else "公"),
    SummaryColumn("行政职务", 12, _said("行政职务")),
    SummaryColumn("职称（技能等级）", 12, lambda nominee, _day: nominee.title),
    SummaryColumn("从事专业（工种）", 12, lambda nominee, _day: nominee.speciality),
    SummaryColumn("归口行业", 9, _said("归口行业")),
    SummaryColumn("符合条件", 20, _said(*CONDITION_LABELS)),
    SummaryColumn("人才称号", 16, _honours),
    SummaryColumn("主要业绩贡献", 40, _deeds),
    SummaryColumn("评议票数（同意/实到）", 9, _votes),
    SummaryColumn("公示结果", 16, lambda nominee, _day: nominee.publicity),
    SummaryColumn("指标类型", 12, lambda nominee, _day: nominee.bucket),
    SummaryColumn("排序", 5, lambda nominee, _day: str(nominee.rank or "")),
    SummaryColumn("同等条件下优先", 18, lambda nominee, _day: nominee.preferred),
    SummaryColumn("手机", 12, _said("手机"), is_private=True),
    SummaryColumn("备注", 14, lambda nominee, _day: "、".join(nominee.marks)),
)
