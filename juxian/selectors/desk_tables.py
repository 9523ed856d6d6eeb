"""The tables of the office desk as workbooks have them, beside the list of files (导出表格)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juxian.access import scope
from juxian.records.clock import day
from juxian.records.labels import ACTS, KINDS
from juxian.records.models import Person
from juxian.regulation import roster
from juxian.regulation.words import Act, Kind
from juxian.selectors import parcel, report
from juxian.selectors.board import board_of
from juxian.selectors.proceeding import Line, Row, docket_of, line_of, open_lines, past
from juxian.selectors.proxy import offices_of
from juxian.selectors.roster import roster_at

Heading = tuple[str, float]
"""A column's title and its width in letters."""


TITLES: Mapping[str, "str | Promise"] = {
    "lists": gettext_lazy("集体办理的名单"),
    "notices": gettext_lazy("公示的名单"),
    "people": gettext_lazy("名单上的人"),
    "parcels": gettext_lazy("邮包"),
    "roster": gettext_lazy("花名册"),
    "reports": gettext_lazy("总结材料报送情况"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """`whose` list it is, where a person has several; `subjects` are what traces are left on."""

    whose: str
    headings: tuple[Heading, ...]
    rows: Callable[[], Iterable[Sequence[str]]]
    total: int
    subjects: tuple[Model, ...]


def table_of(person: Person, code: str, key: str) -> Table | None:
    """None for a table that the person's duties do not reach, as for one that is none."""
    reads = TABLES.get(code)
    return reads(person, key) if reads else None


def _lists(person: Person, _key: str) -> Table:
    return _of_lists(person, ())


def _notices(person: Person, _key: str) -> Table:
    return _of_lists(person, (Kind.PUBLICIZE,))


def _of_lists(person: Person, kinds: Sequence[Kind]) -> Table:
    lines = [*open_lines(person, kinds=kinds), *map(line_of, past(person, kinds=kinds))]
    headings = (
        *((_("环节"), 20.0), (_("类型"), 10.0), (_("类别"), 20.0), (_("办理单位"), 28.0)),
        *((_("人数"), 6.0), (_("进展"), 24.0), (_("建立日期"), 12.0), (_("办结日期"), 12.0)),
        *((_("公示开始"), 12.0), (_("公示结束"), 12.0), (_("批次"), 28.0)),
    )
    return Table(
        whose="",
        headings=headings,
        rows=lambda: map(_line, lines),
        total=len(lines),
        subjects=tuple(dict.fromkeys(line.proceeding.cycle for line in lines)),
    )


def _line(line: Line) -> Sequence[str]:
    held = line.proceeding
    return (
        *(line.step.title, str(KINDS[held.kind]), line.tracks, held.office.name),
        *(str(line.count), line.stage, _day(held.opened_at), _day(held.concluded_at)),
        *(_day(held.starts_on), _day(held.ends_on), held.cycle.title),
    )


def _people(person: Person, key: str) -> Table | None:
    """Everybody on one list, with what came of them there."""
    if not key.isdecimal():
        return None
    found = scope.proceedings(person).select_related("cycle", "office").filter(pk=int(key)).first()
    if found is None:
        return None
    headings: tuple[Heading, ...] = (
        *((_("名次"), 6.0), (_("姓名"), 14.0), (_("编号"), 18.0), (_("工作单位"), 30.0)),
        *((_("职称或技能等级"), 16.0), (_("专业或工种"), 18.0), (_("类别"), 14.0)),
        *((_("破格、倾斜"), 24.0), (_("结果"), 12.0), (_("同意"), 6.0), (_("反对"), 6.0)),
        *((_("弃权"), 6.0), (_("回避"), 6.0), (_("意见或理由"), 40.0)),
    )
    if found.kind == Kind.RECOMMEND:
        board = board_of(found)
        headings = (*headings, (_("评审票"), 10.0), (_("指标"), 20.0))
        rows = [(*_person(one.row), one.votes, one.bucket_title) for one in board.rows]
        step = board.docket.step
    else:
        docket = docket_of(found)
        rows, step = [_person(row) for row in docket.rows], docket.step
    return Table(
        whose=f"{found.office.name}-{step.title}",
        headings=headings,
        rows=lambda: rows,
        total=len(rows),
        subjects=(found,),
    )


def _person(row: Row) -> tuple[str, ...]:
    item, one = row.item, row.item.application
    counted = (item.ayes, item.nays, item.abstained, item.recused)
    return (
        *(_number(item.rank), one.name, one.number, one.employer.name, one.title, one.speciality),
        *(row.track, "、".join(row.marks), str(ACTS[Act(item.act)]) if item.act else _("在办")),
        *(_number(figure) for figure in counted),
        item.opinion,
    )


def _parcels(person: Person, _key: str) -> Table:
    awaited = parcel.awaited_of(person)
    headings = (
        *((_("推荐单位"), 30.0), (_("类别"), 14.0), (_("编号"), 20.0), (_("人数"), 6.0)),
        *((_("情况"), 16.0), (_("逾期"), 6.0), (_("齐全的份数"), 10.0), (_("应有的份数"), 10.0)),
        *((_("寄出日期"), 12.0), (_("快递公司"), 16.0), (_("快递单号"), 20.0)),
        *((_("收到日期"), 12.0), (_("批次"), 28.0)),
    )
    return Table(
        whose="",
        headings=headings,
        rows=lambda: map(_parcel, parcel.lines_of(awaited)),
        total=len(awaited),
        subjects=tuple(dict.fromkeys(one.cycle for one in awaited)),
    )


def _parcel(line: parcel.Line) -> Sequence[str]:
    one, sent, came = line.awaited, line.mailing, line.arrival
    return (
        *(one.office.name, one.track.title, one.number, str(len(one.files)), str(line.says)),
        *(_("是") if line.is_late else "", str(line.whole), str(one.copies)),
        *((_day(sent.sent_on), sent.courier, sent.tracking_number) if sent else ("", "", "")),
        *(_day(came.arrived_on) if came else "", one.cycle.title),
    )


def _roster(person: Person, key: str) -> Table | None:
    """Of an office for all of whose people the person acts; ids are not kept, so not there."""
    offices = offices_of(person).items()
    office = next((one for one, tracks in offices if str(one.pk) == key and not tracks), None)
    if office is None:
        return None
    entries = roster_at(office.pk)
    headings = (
        (_("姓名"), 14.0),
        *((column.label, 20.0) for column in roster.KEPT),
        (_("导入日期"), 12.0),
    )

    def rows() -> Iterator[Sequence[str]]:
        for one in entries.iterator():
            said = (str(one.facts.get(column.code, "")) for column in roster.KEPT)
            yield one.name, *said, _day(one.imported_at)

    return Table(office.name, headings, rows, entries.count(), (office,))


def _reports(person: Person, key: str) -> Table | None:
    """What every office owes of one report, that comes to the person."""
    asked = report.by_key(person, key)
    if asked is None:
        return None
    rows = report.received(asked).rows
    headings = (
        *(
            (_("推荐单位"), 30.0),
            (_("情况"), 10.0),
            (_("报送次数"), 10.0),
            (_("最近一次报送"), 18.0),
        ),
        *((_("报送人"), 12.0), (_("附件"), 8.0), (_("退回日期"), 12.0), (_("要补充的内容"), 40.0)),
    )
    return Table("", headings, lambda: map(_report, rows), len(rows), (asked.cycle,))


def _report(owed: report.Owed) -> Sequence[str]:
    latest = owed.latest
    if latest is None:
        return (owed.office.name, str(owed.says), *[""] * 6)
    row, returned = latest.row, latest.returned
    return (
        *(owed.office.name, str(owed.says), str(row.version), _day(row.handed_in_at)),
        *(row.handed_in_by.name, str(len(row.files.all()))),
        *((_day(returned.returned_at), returned.words) if returned else ("", "")),
    )


TABLES: Mapping[str, Callable[[Person, str], Table | None]] = {
    "lists": _lists,
    "notices": _notices,
    "people": _people,
    "parcels": _parcels,
    "roster": _roster,
    "reports": _reports,
}
"""By the code in their address; the key is the list's or the office's, any other is left out."""


def _day(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    return (day(moment) if isinstance(moment, datetime) else moment).isoformat()


def _number(figure: int | None) -> str:
    return "" if figure is None else str(figure)
