"""Two people of an office on one file see each other."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from juxian.actions.person import appoint
from juxian.records.clock import now
from juxian.records.models import Reading
from juxian.regulation.words import Role
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    return world.submitted()


@pytest.fixture
def second(world):
    colleague = world.add_person("second", "第二经办")
    appoint(colleague, world.hospital, Role.HANDLER, by=None)
    return colleague


def tells(client, who, file):
    client.force_login(who)
    return send(client, "presence", file.number).json()["says"]


def test_each_reads_who_else_has_the_file_open_and_since_when(client, world, file, second):
    first = tells(client, world.hospital_handler, file)
    other = tells(client, second, file)
    page = text(at(client, "file", file.number))
    again = tells(client, world.hospital_handler, file)

    name = world.hospital_handler.name
    assert (first, other) == ("", f"{name}也在看这份申报（11:00起）")
    assert f"{name}也在看这份申报（11:00起）" in page
    assert again == "第二经办也在看这份申报（11:00起）"


def test_whoever_has_left_lapses_after_two_minutes_and_is_not_kept(client, world, file, second):
    tells(client, world.hospital_handler, file)
    set_clock(now() + timedelta(minutes=3))

    assert tells(client, second, file) == ""
    assert [one.by for one in Reading.objects.all()] == [second]


def test_a_page_left_open_keeps_its_first_time(client, world, file, second):
    tells(client, world.hospital_handler, file)
    set_clock(now() + timedelta(minutes=1))
    tells(client, world.hospital_handler, file)
    set_clock(now() + timedelta(minutes=1))

    assert "（11:00起）" in tells(client, second, file)


def test_another_level_neither_tells_nor_is_told(client, world, file):
    world.pass_until("nominator_check", file)
    tells(client, world.kashgar_handler, file)

    assert tells(client, world.hospital_handler, file) == ""
    assert "也在看" not in text(at(client, "file", file.number))
    assert Reading.objects.count() == 1
    client.force_login(world.hotan_handler)
    assert send(client, "presence", file.number).status_code == 404


def test_nobody_is_seen_before_they_came(world, file):
    late = Reading(
        application=file,
        by=world.hospital_handler,
        since=now(),
        seen_at=now() - timedelta(minutes=1),
    )

    with pytest.raises(IntegrityError, match="reading_in_order"), transaction.atomic():
        late.save()
