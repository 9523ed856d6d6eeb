"""权限清单: who has what since when and by whom, what lies unused, and the review."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from juxian.actions.person import appoint
from juxian.records.models import AccessReview, Appointment, Person, Trace
from juxian.regulation.words import Role
from tests.house.desks.office_world import text
from tests.house.world import FILING

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, world):
    """The prefecture's; one of its two posts below was used, and a new one was never."""
    used = Person.objects.filter(login="hospital_handler")
    used.update(last_login=FILING - timedelta(days=89))
    Person.objects.filter(login="hospital_discipline").update(
        last_login=FILING - timedelta(days=91)
    )
    Appointment.objects.update(starts_on=date(2019, 1, 1))
    new = world.add_person("new_one", "新人")
    appoint(new, world.hospital, Role.REVIEWER, by=world.kashgar_handler)
    client.force_login(world.kashgar_handler)
    Person.objects.filter(login="kashgar_handler").update(last_login=FILING)
    return client


def listed(desk, query=""):
    page = desk.get(reverse("care:access") + query)
    return {(post.person.login, post.is_unused) for post in page.context["page"]}


def test_it_shows_the_own_and_what_is_below_and_marks_what_lies_unused(desk):
    assert listed(desk) == {
        ("kashgar_handler", False),
        ("kashgar_discipline", True),
        ("hospital_handler", False),
        ("hospital_discipline", True),
        ("new_one", False),
    }
    assert listed(desk, "?unused=1&q=医院") == {("hospital_discipline", True)}
    assert "共 5 个岗位，其中 2 个超过90天没有登录" in text(desk.get(reverse("care:access")))


def test_it_is_taken_away_as_it_is_seen_and_leaves_a_trace(desk, world):
    content = desk.get(reverse("care:access_file") + "?q=新人").content
    mark, heads, row = (
        CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    )

    assert mark[0].startswith(f"{world.kashgar_handler.name}于2020-03-16")
    cells = dict(zip(heads, row, strict=True))
    assert {name: cells[name] for name in ("登录名", "岗位", "开始", "由谁设立", "最近登录")} == {
        "登录名": "new_one",
        "岗位": "复核",
        "开始": "2020-03-16",
        "由谁设立": world.kashgar_handler.name,
        "最近登录": "",
    }
    assert Trace.objects.get(act="export_access").detail == {"rows": 1}


def test_the_register_is_taken_away_as_it_is_seen_and_leaves_a_trace(desk, world):
    content = desk.get(reverse("care:offices_file") + "?q=第一人民医院").content
    mark, heads, row = (
        CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    )

    cells = dict(zip(heads, row, strict=True))
    assert mark[0] == f"{world.kashgar_handler.name}于2020-03-16 11:00导出，1个机构。"
    assert {name: cells[name] for name in ("名称", "类型", "报送至", "没有经办人")} == {
        "名称": world.hospital.name,
        "类型": "公立医院",
        "报送至": world.kashgar.name,
        "没有经办人": "",
    }
    assert Trace.objects.get(act="export_offices").detail == {"rows": 1}


def test_a_review_is_dated_and_belongs_to_its_part_of_the_tree(desk, world, client):
    page = text(desk.post(reverse("care:review_access"), follow=True))

    made = AccessReview.objects.get()
    assert (made.office, made.posts, made.unused) == (world.kashgar, 5, 2)
    assert f"上次复核 2020年3月16日 周一 11:00，{world.kashgar_handler.name}" in page
    client.force_login(world.hotan_handler)
    assert "还没有复核过" in text(client.get(reverse("care:access")))
    client.force_login(world.hospital_discipline)
    assert client.get(reverse("care:access")).status_code == 404
