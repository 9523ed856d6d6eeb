"""The columns a list of files can show (显示列), on the page and in a workbook."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juxian.records.clock import day
from juxian.records.labels import ACTS, ROLES, STANDINGS
from juxian.records.packs import pack_of
from juxian.regulation.calendar import in_words
from juxian.regulation.words import Act
from juxian.selectors.findings import marks_of
from juxian.selectors.work import Task
from juxian.selectors.work_query import COPIED, WorkQuery

Says = Callable[[Task], str]
Part = tuple["str | Promise", float, Says]
"""A column of the workbook: its heading, its width in letters, and what it says of a file."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the page, and what it is in a workbook; `order` names the order by it."""

    code: str
    title: "str | Promise"
    parts: tuple[Part, ...]
    order: str = ""

    def says(self, task: Task) -> str:
        return self.parts[0][2](task)


def _day(task: Task, name: str) -> str:
    moment = getattr(task.application, name)
    return day(moment).isoformat() if moment else ""


def _born(task: Task) -> str:
    born = task.application.birth_date
    return f"{born:%Y-%m}" if born else ""


def _step(task: Task) -> str:
    return task.step.title


def _standing(task: Task) -> str:
    return str(STANDINGS[task.application.standing])


def _marks(task: Task) -> str:
    return "、".join(marks_of(pack_of(task.application.cycle), task.application))


def _channel(task: Task) -> str:
    code = task.application.channel
    return pack_of(task.application.cycle).channel(code).title if code else ""


def _fits(task: Task) -> str:
    pack = pack_of(task.application.cycle)
    return "、".join(pack.seat_rule(code).bucket.title for code in task.application.fits)


def _holder(task: Task) -> str:
    holder = task.application.holder
    return holder.name if holder else ""


def _copied(task: Task) -> str:
    """喀什地区某局：退回修改，2020年3月18日; only of a file from the tab of copies."""
    row = task.application
    act = getattr(row, "copied_act", "")
    if not act:
        return ""
    office = getattr(row, "copied_by", "")
    who = _("申报人") if act == Act.WITHDRAW or not office else office
    on = in_words(day(getattr(row, "copied_at", row.held_since)))
    return _("%(office)s：%(act)s，%(day)s") % {"office": who, "act": ACTS[Act(act)], "day": on}


def _post(task: Task) -> str:
    if task.duty is None:
        return ""
    said = {"office": task.duty.office.name, "role": ROLES[task.duty.role]}
    return _("%(office)s · %(role)s") % said


def _one(code: str, title: Promise, width: float, says: Says, order: str = "") -> Column:
    return Column(code, title, ((title, width, says),), order)


COLUMNS: tuple[Column, ...] = (
    Column(
        "person",
        gettext_lazy("姓名 · 单位"),
        (
            (gettext_lazy("姓名"), 14, lambda task: task.application.name),
            (gettext_lazy("编号"), 18, lambda task: task.application.number),
            (gettext_lazy("工作单位"), 30, lambda task: task.application.employer.name),
        ),
        "name",
    ),
    Column(
        "title",
        gettext_lazy("职称 · 专业"),
        (
            (gettext_lazy("职称或技能等级"), 16, lambda task: task.application.title),
            (gettext_lazy("专业或工种"), 18, lambda task: task.application.speciality),
        ),
    ),
    _one("track", gettext_lazy("类别"), 14, lambda task: task.track),
    Column(
        "step",
        gettext_lazy("环节"),
        ((gettext_lazy("环节"), 18, _step), (gettext_lazy("状态"), 10, _standing)),
    ),
    _one("copied", gettext_lazy("抄送事项"), 30, _copied),
    _one("arrived", gettext_lazy("到达"), 12, lambda task: _day(task, "held_since"), "arrived"),
    _one("due", gettext_lazy("期限"), 12, lambda task: _day(task, "due_at"), "due"),
    _one("post", gettext_lazy("办理岗位"), 26, _post),
    _one("holder", gettext_lazy("办理单位"), 26, _holder),
    _one("cycle", gettext_lazy("批次"), 26, lambda task: task.application.cycle.title),
    _one("number", gettext_lazy("编号"), 18, lambda task: task.application.number, "number"),
    _one("sex", gettext_lazy("性别"), 6, lambda task: task.application.sex),
    _one("born", gettext_lazy("出生年月"), 10, _born),
    _one("marks", gettext_lazy("标记"), 24, _marks),
    _one("fits", gettext_lazy("可用指标"), 24, _fits),
    _one("channel", gettext_lazy("渠道"), 16, _channel),
    _one("turn", gettext_lazy("轮次"), 6, lambda task: str(task.application.turn)),
    _one("returned", gettext_lazy("退回次数"), 8, lambda task: str(task.returned or "")),
    _one("submitted", gettext_lazy("提交日期"), 12, lambda task: _day(task, "submitted_at")),
)
USUAL = ("person", "title", "track", "step", "arrived", "due")
POST = "post"
NEWS = "copied"  # the column that only the tab of copies has


def offered(query: WorkQuery) -> tuple[Column, ...]:
    """Those that may be chosen."""
    return tuple(column for column in COLUMNS if column.code != NEWS or query.tab == COPIED)


def columns_of(query: WorkQuery, *, several_posts: bool = False) -> tuple[Column, ...]:
    """The columns that are asked for, in their own order; whoever it is about always comes first.

    The usual ones for a query without any, and which post a row is for where there are several.
    """
    wanted = {*query.cols.split(",")} & {column.code for column in offered(query)}
    if not wanted:
        wanted = {*USUAL, POST} if several_posts else {*USUAL}
    if query.tab == COPIED:
        wanted = (wanted | {NEWS}) - {"due"}
    return tuple(column for column in COLUMNS if column.code in {*wanted, COLUMNS[0].code})
