"""How the system runs (运行状态): database, queue, packs, disk and versions; no one's data."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django.models import (
    ProcrastinateJob,
    ProcrastinatePeriodicDefer,
    ProcrastinateWorker,
)

from juxian.records.models import Cycle
from juxian.regulation.pack_reading import digest

DRIFT = timedelta(seconds=5)  # between the two clocks, before somebody should look
SILENCE = timedelta(minutes=2)  # of a worker; it beats every ten seconds
DELAY = timedelta(minutes=10)  # of an errand that waits
LEAST_FREE = 0.1  # of a disk
LISTED = 10

ERRANDS: dict[str, "str | Promise"] = {
    "tell": gettext_lazy("写站内消息"),
    "latch_cycles": gettext_lazy("到期关闭申报"),
    "shred_envelopes": gettext_lazy("清除开票后的选票封"),
    "examine": gettext_lazy("检查扫描件"),
    "examine_waiting": gettext_lazy("补查扫描件"),
    "read_pages": gettext_lazy("比较重新提交的登记表各页"),
    "expire_uploads": gettext_lazy("清除没有传完的文件"),
    "change_offices": gettext_lazy("办理到期的机构变更"),
    "expire_sheets": gettext_lazy("清除没有确认的导入表格"),
}
FACTS = """
    SELECT clock_timestamp(), juxian_now(), pg_postmaster_start_time(),
           current_setting('server_version'), pg_database_size(current_database())"""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: a badge's tone and word, and what was found."""

    title: str
    tone: str
    word: str
    detail: str


@dataclass(frozen=True, slots=True)
class Database:
    """`drift` is the server's clock less this host's; `shift` is how far the house's clock is set
    off it, in a rehearsal or a demonstration; `size` in bytes."""

    drift: timedelta
    shift: timedelta
    started_at: datetime
    version: str
    size: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A task that failed for good: its number, how often it was tried, when it failed last."""

    number: int
    task: str
    attempts: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    waiting: int
    later: int
    doing: int
    failed: tuple[Failed, ...]
    failures: int
    oldest: datetime | None
    beat: datetime | None
    workers: int
    latched: datetime | None


@dataclass(frozen=True, slots=True)
class PackInUse:
    """A pack by the cycles that run on it; `on_disk` is "" when it cannot be read."""

    code: str
    cycles: int
    digest: str
    on_disk: str

    @property
    def is_equal(self) -> bool:
        return self.digest == self.on_disk


@dataclass(frozen=True, slots=True)
class Disk:
    """`total` 0 where the disk cannot be seen from this host."""

    title: str
    free: int
    total: int

    @property
    def is_seen(self) -> bool:
        return self.total > 0

    @property
    def is_short(self) -> bool:
        return self.is_seen and self.free < LEAST_FREE * self.total


@dataclass(frozen=True, slots=True)
class Status:
    at: datetime
    database: Database
    queue: Queue
    packs: tuple[PackInUse, ...]
    disks: tuple[Disk, ...]
    versions: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...]

    @property
    def house_time(self) -> datetime:
        """What the house takes the time to be."""
        return self.at + self.database.drift + self.database.shift

    @property
    def is_shifted(self) -> bool:
        return abs(self.database.shift) > DRIFT

    @property
    def amiss(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.tone != "ok")


def migrations_waiting() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def status_now() -> Status:
    """At most 9 queries."""
    waiting = migrations_waiting()
    database = _database()
    queue = _queue()
    packs = _packs()
    disks = _disks()
    at = timezone.now()
    return Status(
        at=at,
        database=database,
        queue=queue,
        packs=packs,
        disks=disks,
        versions=(
            (_("举贤"), version("juxian")),
            ("Django", django.get_version()),
            ("Python", platform.python_version()),
            ("PostgreSQL", database.version),
        ),
        checks=(
            _clock_check(database),
            _migration_check(waiting),
            *_queue_checks(queue, at),
            _pack_check(packs),
            *(_disk_check(disk) for disk in disks if disk.is_seen),
        ),
    )


def _database() -> Database:
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute(FACTS)
        clock, house, started_at, its_version, size = cursor.fetchone()
        here = before + (timezone.now() - before) / 2
    return Database(
        drift=clock - here,
        shift=house - clock,
        started_at=started_at,
        version=its_version,
        size=size,
    )


def _queue() -> Queue:
    """5 queries; the queue keeps its time by the server's clock, never by the house's."""
    jobs = ProcrastinateJob.objects
    due = Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=timezone.now())
    todo = Q(status="todo")
    figures = jobs.aggregate(
        waiting=Count("pk", filter=todo & due),
        later=Count("pk", filter=todo & ~due),
        doing=Count("pk", filter=Q(status="doing")),
        failures=Count("pk", filter=Q(status="failed")),
    )
    since = Coalesce("scheduled_at", Min("procrastinateevent__at"))
    oldest = jobs.filter(todo & due).annotate(since=since).aggregate(oldest=Min("since"))
    beating = Q(last_heartbeat__gte=timezone.now() - SILENCE)
    workers = ProcrastinateWorker.objects.aggregate(
        beat=Max("last_heartbeat"), n=Count("pk", filter=beating)
    )
    ticks = ProcrastinatePeriodicDefer.objects.filter(task_name="latch_cycles")
    tick = ticks.aggregate(last=Max("defer_timestamp"))["last"]
    failed = jobs.filter(status="failed").annotate(at=Max("procrastinateevent__at"))
    return Queue(
        waiting=figures["waiting"],
        later=figures["later"],
        doing=figures["doing"],
        failed=tuple(
            Failed(job.pk, said(job.task_name), job.attempts, job.at)
            for job in failed.order_by("-pk")[:LISTED]
        ),
        failures=figures["failures"],
        oldest=oldest["oldest"],
        beat=workers["beat"],
        workers=workers["n"],
        latched=datetime.fromtimestamp(tick, UTC) if tick else None,
    )


def said(task: str) -> str:
    """The words for an errand; its name when nobody gave it any."""
    return str(ERRANDS.get(task, task))


def _packs() -> tuple[PackInUse, ...]:
    """1 query; the folders are read anew, whatever this process has read before."""
    rows = Cycle.objects.values_list("pack", "pack_digest").annotate(n=Count("pk"))
    return tuple(
        PackInUse(code, count, kept, _digest_on_disk(code))
        for code, kept, count in rows.order_by("pack", "pack_digest")
    )


def _digest_on_disk(code: str) -> str:
    try:
        return digest(Path(settings.PACKS_DIR) / code)
    except OSError:
        return ""


def _disks() -> tuple[Disk, ...]:
    """The database's own only where it is the embedded one, whose sockets are in its folder."""
    data = Path(connection.settings_dict["HOST"] or "postgresql")
    return (
        _disk(_("证明材料所在磁盘"), Path(settings.EVIDENCE_DIR)),
        _disk(_("数据库所在磁盘"), data if (data / "PG_VERSION").exists() else None),
    )


def _disk(title: str, folder: Path | None) -> Disk:
    """A folder that is not there yet stands on the disk of the one that will hold it."""
    for place in (folder, *folder.parents) if folder else ():
        try:
            usage = shutil.disk_usage(place)
        except OSError:
            continue
        return Disk(title, usage.free, usage.total)
    return Disk(title, 0, 0)


def _clock_check(database: Database) -> Check:
    seconds = round(abs(database.drift).total_seconds())
    if abs(database.drift) > DRIFT:
        found = _("数据库与本机相差 %(n)d 秒，请校时") % {"n": seconds}
        return Check(_("时钟"), "stop", _("有偏差"), found)
    return Check(
        _("时钟"), "ok", _("正常"), _("数据库与本机相差不到 %(n)d 秒") % {"n": seconds + 1}
    )


def _migration_check(waiting: int) -> Check:
    title = _("数据库结构")
    if waiting:
        found = _("有 %(n)d 个升级没有执行，请执行 juxian migrate") % {"n": waiting}
        return Check(title, "stop", _("待升级"), found)
    return Check(title, "ok", _("正常"), _("升级已全部执行"))


def _queue_checks(queue: Queue, at: datetime) -> Iterator[Check]:
    title = _("后台程序")
    if queue.beat is None or at - queue.beat > SILENCE:
        found = _("没有后台程序在运行，站内消息和到期关闭会等待；截止仍然有效")
        yield Check(title, "stop", _("没有运行"), found)
    else:
        yield Check(title, "ok", _("正常"), _("%(n)d 个在运行") % {"n": queue.workers})
    if queue.oldest is not None and at - queue.oldest > DELAY:
        minutes = int((at - queue.oldest).total_seconds() // 60)
        yield Check(
            _("等待的任务"), "wait", _("有积压"), _("最早的已等 %(n)d 分钟") % {"n": minutes}
        )
    else:
        found = _("等待 %(n)d 个") % {"n": queue.waiting}
        yield Check(_("等待的任务"), "ok", _("正常"), found)
    if queue.failures:
        found = _("有 %(n)d 个任务失败，没有再试") % {"n": queue.failures}
        yield Check(_("失败的任务"), "stop", _("有失败"), found)
    else:
        yield Check(_("失败的任务"), "ok", _("正常"), _("没有失败的任务"))


def _pack_check(packs: tuple[PackInUse, ...]) -> Check:
    changed = [pack.code for pack in packs if not pack.is_equal]
    if changed:
        found = _("%(packs)s与批次建立时不一致，请恢复原文件") % {"packs": "、".join(changed)}
        return Check(_("项目包"), "stop", _("不一致"), found)
    return Check(_("项目包"), "ok", _("正常"), _("与批次建立时一致"))


def _disk_check(disk: Disk) -> Check:
    share = {"n": round(100 * disk.free / disk.total)}
    if disk.is_short:
        return Check(disk.title, "stop", _("空间不足"), _("只余 %(n)d%%，请扩容") % share)
    return Check(disk.title, "ok", _("正常"), _("余 %(n)d%%") % share)
