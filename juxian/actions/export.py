"""What the office desk lists, taken away as workbooks (导出): files, and its other tables."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from juxian.access.duties import duties_with
from juxian.access.scope import OFFICE_ROLES
from juxian.actions.trace import Left
from juxian.actions.wanted import Wanted
from juxian.papers.sheet import Reported
from juxian.papers.work_list import Copy, work_list
from juxian.records.clock import minute, now
from juxian.records.labels import ROLES
from juxian.records.models import Application, Cycle, Person
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.selectors.desk_tables import TITLES, table_of
from juxian.selectors.piles import cycles_of
from juxian.selectors.work import Task, rows_of, shown, task_of
from juxian.selectors.work_columns import columns_of
from juxian.selectors.work_filters import chips_of, filters_of
from juxian.selectors.work_query import TAB_TITLES, WorkQuery

AT_ONCE = 1_000  # rows; beyond that a worker writes them
MOST = 200_000  # rows of one workbook
CHUNK = 500


@dataclass
class Written:
    """What goes into a workbook, counted by cycle while it is read."""

    person: Person
    files: Iterable[Application]
    by_cycle: Counter[Cycle] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Task]:
        for file in self.files:
            self.by_cycle[file.cycle] += 1
            yield task_of(self.person, file)


def wanted_list(person: Person, address: str, only: Sequence[int] = ()) -> Wanted:
    """The list of files as it is asked for, or of it only these; NotReady for one too long.

    2 queries: the second only for a list that a worker writes.
    """
    query = WorkQuery.of_address(address)
    rows = rows_of(person, query)
    if only:
        rows = rows.filter(pk__in=only)
    total = rows.order_by().values("pk")[: AT_ONCE + 1].count()
    is_long = total > AT_ONCE
    if is_long:
        total = rows.order_by().count()
    _check_length(total)

    def write(into: BinaryIO, reported: Reported) -> Sequence[Left]:
        ordered = shown(rows).order_by(*query.ordered.terms())
        written = Written(person, ordered.iterator(chunk_size=CHUNK))
        _write_list(query, written, total, into, reported)
        filters = query.but(words="", order="", cols="").address
        return [
            Left("export_list", cycle, {"files": count, "filters": filters})
            for cycle, count in written.by_cycle.items()
        ]

    name = _("申报名单-%(tab)s") % {"tab": TAB_TITLES[query.tab]}
    return Wanted(_named(name), total, is_long, write)


def wanted_table(person: Person, code: str, key: str) -> Wanted:
    """A table of the desk other than the list of files; NotPossible for none of the person's."""
    table = table_of(person, code, key)
    if table is None:
        raise NotPossible(_("没有这张表"))
    _check_length(table.total)
    title = str(TITLES[code])

    def write(into: BinaryIO, reported: Reported) -> Sequence[Left]:
        copy = Copy(title, _mark(person, table.total, title), table.headings)
        work_list(copy, table.rows(), into, reported)
        detail = {"document": code, "rows": table.total}
        return [Left("export_table", subject, detail) for subject in table.subjects]

    name = _named("-".join(part for part in (table.whose, title) if part))
    return Wanted(name, table.total, table.total > AT_ONCE, write)


def _check_length(total: int) -> None:
    if total > MOST:
        raise NotReady(_("超过%(most)d行，请先用筛选缩小范围") % {"most": MOST})


def _write_list(
    query: WorkQuery, written: Written, total: int, into: BinaryIO, reported: Reported
) -> None:
    person = written.person
    several = len(duties_with(person, *OFFICE_ROLES)) > 1
    parts = [part for column in columns_of(query, several_posts=several) for part in column.parts]
    chips = chips_of(query, filters_of(person, query, cycles_of(person)))
    title = str(TAB_TITLES[query.tab])
    mark = _mark(person, total, "；".join([title, *(chip.says for chip in chips)]))
    copy = Copy(title, mark, [(str(heading), width) for heading, width, _says in parts])
    rows = ([says(task) for _heading, _width, says in parts] for task in written)
    work_list(copy, rows, into, reported)


def _mark(person: Person, count: int, asked: str) -> str:
    """Whose copy it is, from when, of what."""
    duties = duties_with(person, *OFFICE_ROLES)
    return _("%(name)s（%(post)s）于%(at)s导出，%(count)d行：%(asked)s。含个人信息，请勿外传。") % {
        "name": person.name,
        "post": "、".join(f"{duty.office.name}{ROLES[duty.role]}" for duty in duties),
        "at": minute(now()),
        "count": count,
        "asked": asked,
    }


def _named(name: str) -> str:
    return f"{name}-{timezone.localtime(now()):%Y%m%d}.xlsx"
