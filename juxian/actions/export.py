"""A list of files taken away as a workbook (导出): at once, or by a worker and fetched later."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from juxian.access.duties import act_for, duties_with
from juxian.access.scope import OFFICE_ROLES
from juxian.actions.trace import Left, leave_all
from juxian.papers.work_list import Copy, work_list
from juxian.records.clock import now
from juxian.records.labels import ROLES
from juxian.records.models import Application, Cycle, Export, Person
from juxian.regulation.refusal import NotReady
from juxian.selectors.piles import cycles_of
from juxian.selectors.work import Task, rows_of, shown, task_of
from juxian.selectors.work_columns import columns_of
from juxian.selectors.work_filters import chips_of, filters_of
from juxian.selectors.work_query import TAB_TITLES, WorkQuery

AT_ONCE = 1_000  # rows; beyond that a worker writes them
MOST = 200_000  # rows of one workbook
KEPT = timedelta(hours=24)
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


@transaction.atomic
def export_now(query: WorkQuery, *, by: Person, only: Iterable[int] = ()) -> bytes:
    """The list as it is asked for, or of it only these files; NotReady for one that is too long."""
    rows, ticked = rows_of(by, query), list(only)
    if ticked:
        rows = rows.filter(pk__in=ticked)
    files = list(shown(rows).order_by(*query.ordered.terms())[: AT_ONCE + 1])
    if len(files) > AT_ONCE:
        raise NotReady(_("超过%(most)d份，请由后台导出") % {"most": AT_ONCE})
    written = Written(by, files)
    content = _workbook(query, written, len(files))
    _leave(query, written)
    return content


def is_long(query: WorkQuery, *, by: Person) -> bool:
    """Whether the list is for a worker to write. 1 query, and no count beyond the bound."""
    return rows_of(by, query).order_by().values("pk")[: AT_ONCE + 1].count() > AT_ONCE


@transaction.atomic
def ask_export(query: WorkQuery, *, by: Person, post: int | None = None) -> Export:
    """Leave the list for a worker to write; `post` is the one that the person acts for alone."""
    total = rows_of(by, query).order_by().count()
    if total > MOST:
        raise NotReady(_("超过%(most)d份，请先用筛选缩小范围") % {"most": MOST})
    moment = now()
    export = Export.objects.create(
        person=by,
        query=query.address,
        post=post,
        total=total,
        asked_at=moment,
        expires_at=moment + KEPT,
    )
    app.configure_task("export_list").defer(export=export.pk)
    return export


def make_export(export_id: int) -> None:
    """Write what was asked for; doing it twice writes it once. What has expired is not written.

    The person's duties count as they are by then.
    """
    export = Export.objects.select_related("person").filter(pk=export_id).first()
    if export is None or export.finished_at is not None or export.expires_at <= now():
        return
    person, query = export.person, WorkQuery.of_address(export.query)
    act_for(person, export.post)
    rows = shown(rows_of(person, query)).order_by(*query.ordered.terms())
    written = Written(person, rows.iterator(chunk_size=CHUNK))
    mine = Export.objects.filter(pk=export.pk)
    content = _workbook(query, written, export.total, lambda done: mine.update(done=done))
    count = sum(written.by_cycle.values())
    with transaction.atomic():
        mine.update(content=content, done=count, total=count, finished_at=now())
        _leave(query, written)


def expire_exports() -> int:
    """Remove what nobody may fetch any longer; how many there were."""
    gone, _by_model = Export.objects.filter(expires_at__lte=now()).delete()
    return gone


def _workbook(
    query: WorkQuery,
    written: Written,
    count: int,
    reported: Callable[[int], object] = lambda _done: None,
) -> bytes:
    person = written.person
    duties = duties_with(person, *OFFICE_ROLES)
    columns = columns_of(query, several_posts=len(duties) > 1)
    parts = [part for column in columns for part in column.parts]
    chips = chips_of(query, filters_of(person, query, cycles_of(person)))
    title = str(TAB_TITLES[query.tab])
    mark = _("%(name)s（%(post)s）于%(at)s导出，%(count)d份：%(asked)s。含个人信息，请勿外传。") % {
        "name": person.name,
        "post": "、".join(f"{duty.office.name}{ROLES[duty.role]}" for duty in duties),
        "at": timezone.localtime(now()).strftime("%Y-%m-%d %H:%M"),
        "count": count,
        "asked": "；".join([title, *(chip.says for chip in chips)]),
    }
    copy = Copy(title, mark, [(str(heading), width) for heading, width, _says in parts])
    rows = ([says(task) for _heading, _width, says in parts] for task in written)
    return work_list(copy, rows, reported=reported)


def _leave(query: WorkQuery, written: Written) -> None:
    """A trace under each cycle, with how many files, and what was asked apart from the words."""
    filters = query.but(words="", order="", cols="").address
    leave_all(
        [
            Left("export_list", cycle, {"files": count, "filters": filters})
            for cycle, count in written.by_cycle.items()
        ],
        by=written.person,
    )
