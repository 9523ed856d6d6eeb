"""The operator's page: how the system runs, each thing sound and each thing amiss."""

from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone

from juxian.records.models import Cycle
from juxian.regulation.words import Role
from juxian.selectors import operation
from tests.house.desks.office_world import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client, world):
    world.add_officer("operator", "系统管理员", "hr", Role.OPERATOR)
    client.force_login(world.operator)
    return client


def execute(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def queued(status="todo", task="tell", minutes=0, scheduled=None):
    """A task that was left so many minutes ago."""
    execute(
        "WITH job AS (INSERT INTO procrastinate_jobs"
        " (queue_name, task_name, status, attempts, scheduled_at)"
        " VALUES ('default', %s, %s::procrastinate_job_status, 3, %s) RETURNING id)"
        " UPDATE procrastinate_events e SET at = e.at FROM job WHERE e.job_id = job.id",
        task,
        status,
        scheduled,
    )
    execute(
        "UPDATE procrastinate_events SET at = %s"
        " WHERE job_id = (SELECT max(id) FROM procrastinate_jobs)",
        timezone.now() - timedelta(minutes=minutes),
    )


def beats(seconds=0):
    execute(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
        timezone.now() - timedelta(seconds=seconds),
    )


def emptied():
    execute("DELETE FROM procrastinate_jobs")


def checks():
    return {check.title: check for check in operation.status_now().checks}


def amiss():
    return {check.title: check.word for check in operation.status_now().amiss}


@pytest.mark.parametrize("name", ["secretary", "kashgar_handler", "stranger"])
def test_only_an_operator_finds_the_page(client, world, name):
    client.force_login(getattr(world, name))

    assert client.get(reverse("operation:status")).status_code == 404


def test_a_sound_system_says_so_and_shows_its_versions(operator, world):
    emptied()
    beats()

    html = text(operator.get(reverse("operation:status")))

    assert "运行正常" in html
    assert "PostgreSQL" in html
    assert world.cycle.pack_digest[:12] in html


def test_the_page_knows_nobody_s_name_and_no_file(operator, world):
    file = world.submitted()

    html = text(operator.get(reverse("operation:status")))

    for said in (file.number, file.name, world.hospital.name, world.cycle.title):
        assert said not in html


def test_a_worker_that_is_silent_or_absent_is_told(operator):
    emptied()
    assert amiss() == {"后台程序": "没有运行"}
    beats(seconds=600)
    assert amiss() == {"后台程序": "没有运行"}
    beats()
    assert amiss() == {}
    assert checks()["后台程序"].detail == "1 个在运行"


def test_tasks_that_wait_long_or_failed_are_told_and_those_for_later_are_not(operator):
    emptied()
    beats()
    queued(minutes=3)
    queued(scheduled=timezone.now() + timedelta(hours=1), minutes=300)
    assert amiss() == {}
    queued(minutes=45)
    queued(status="failed", task="shred_envelopes")
    queued(status="failed", task="unheard_of")

    status = operation.status_now()

    assert {one.title: one.detail for one in status.amiss} == {
        "等待的任务": "最早的已等 45 分钟",
        "失败的任务": "有 2 个任务失败，没有再试",
    }
    assert (status.queue.waiting, status.queue.later, status.queue.failures) == (2, 1, 2)
    assert [job.task for job in status.queue.failed] == ["unheard_of", "清除开票后的选票封"]
    assert "清除开票后的选票封" in text(operator.get(reverse("operation:status")))


def test_the_last_tick_of_the_closing_is_told(operator):
    assert operation.status_now().queue.latched is None
    execute(
        "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp)"
        " VALUES ('latch_cycles', 1584327600)"
    )
    latched = operation.status_now().queue.latched
    assert latched is not None
    assert latched.isoformat() == "2020-03-16T03:00:00+00:00"


def test_a_pack_that_is_no_longer_what_the_cycle_was_opened_with_is_told(operator):
    emptied()
    beats()
    Cycle.objects.update(pack_digest="0" * 64)

    assert amiss() == {"项目包": "不一致"}
    assert "不一致" in text(operator.get(reverse("operation:status")))


def test_a_pack_whose_folder_is_gone_is_told(operator, settings, tmp_path):
    settings.PACKS_DIR = tmp_path

    [pack] = operation.status_now().packs

    assert not pack.is_equal


def test_a_migration_that_was_not_run_is_told(operator):
    emptied()
    beats()
    MigrationRecorder.Migration.objects.filter(app="records").last().delete()

    assert amiss() == {"数据库结构": "待升级"}


def test_clocks_that_differ_are_told_and_the_house_s_own_day_is_not(operator):
    emptied()
    beats()
    status = operation.status_now()
    assert status.is_shifted  # the tests live in March 2020
    assert status.amiss == ()
    assert abs(status.database.drift) < operation.DRIFT
    slow = operation.Database(
        timedelta(seconds=-30), timedelta(), status.at, "17", status.database.size
    )
    assert operation._clock_check(slow).detail == "数据库与本机相差 30 秒，请校时"


Usage = namedtuple("Usage", "total used free")


def test_a_disk_that_is_nearly_full_is_told(operator, monkeypatch):
    emptied()
    beats()
    monkeypatch.setattr(operation.shutil, "disk_usage", lambda _place: Usage(100, 95, 5))

    assert "空间不足" in amiss().values()
    assert checks()["证明材料所在磁盘"].detail == "只余 5%，请扩容"


def test_a_folder_that_is_not_there_yet_stands_on_the_disk_that_will_hold_it(
    operator, settings, tmp_path
):
    settings.EVIDENCE_DIR = tmp_path / "not" / "yet"

    evidence, database = operation.status_now().disks

    assert evidence.is_seen
    assert database.title == "数据库所在磁盘"
    assert not operation._disk("无", None).is_seen
