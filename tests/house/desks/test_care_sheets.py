"""Sheets of offices, employers and posts: seen first, written as a whole, refused by row."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from juxian.actions import register
from juxian.records.clock import now
from juxian.records.models import Appointment, Office, Person, RegisterSheet, Trace
from juxian.regulation.words import Role, SheetKind
from tests.house.desks.care_world import confirm, send, units, workbook
from tests.house.desks.office_world import text

pytestmark = pytest.mark.django_db

CODE = "91350100M000100Y43"


@pytest.fixture
def operator(client, world):
    world.add_officer("operator", "系统管理员", "hr", Role.OPERATOR)
    client.force_login(world.operator)
    return client


@pytest.fixture
def prefecture(client, world):
    client.force_login(world.kashgar_handler)
    return client


def test_a_prefecture_adds_units_below_it_and_the_same_sheet_again_changes_nothing(
    prefecture, world
):
    above = units(1, short_name="一单位")
    below = units(2, files_to="", parent="第1单位")
    wrong = [*units(3, region="999999"), *units(4, files_to="hotan"), *units(5, kind="")]
    content = workbook("offices", *below, *above, *wrong)

    seen = send(prefecture, "offices", content)
    assert Office.objects.filter(code__startswith="unit-").count() == 0
    said = text(seen)
    expected = (
        "共 5 行：新增 2，变更 0，无变化 0，有误 3",
        "代码表中没有“999999”",
        "“和田地区人力资源和社会保障局（示例）”不在您管理的范围内",
        "请填写。",
    )
    assert [one for one in expected if one not in said] == []

    assert "已导入 2 行。" in text(confirm(prefecture, seen))
    first, second = Office.objects.filter(code__startswith="unit-").order_by("code")
    assert (first.files_to, first.short_name) == (world.kashgar, "一单位")
    assert (second.files_to, second.path) == (first, f"{first.path}{second.pk}/")
    sheet = RegisterSheet.objects.get()
    assert (bytes(sheet.content), sheet.written_at is None) == (b"", False)
    assert Trace.objects.filter(act="create_office", subject_id=str(first.pk)).count() == 1

    again = send(prefecture, "offices", workbook("offices", *below, *above))
    assert "新增 0，变更 0，无变化 2，有误 0" in text(again)
    assert "确认导入" not in text(again)


def test_the_sheet_comes_back_with_the_reasons_and_may_be_sent_in_again(prefecture):
    seen = send(prefecture, "offices", workbook("offices", *units(1, region="999999"), *units(2)))
    pk = RegisterSheet.objects.get().pk

    content = prefecture.get(reverse("care:checked_sheet", args=[pk])).content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()

    assert [row[-2:] for row in rows] == [
        ["核对结果", "原因"],
        ["有误，不导入", "所在地：代码表中没有“999999”，请从列表中选择。"],
        ["新增", ""],
    ]
    assert text(send(prefecture, "offices", content)).count("有误 1") == 1
    assert seen.status_code == 200


def test_what_has_changed_since_the_preview_is_shown_anew_and_not_written(prefecture, world):
    seen = send(prefecture, "offices", workbook("offices", *units(1, 2)))
    world.add_office("unit-1", "第1单位", kind="institution", region="653101")

    said = text(confirm(prefecture, seen))

    assert "核对之后机构或人员有了变化" in said
    assert "不在您管理的范围内" in said
    assert Office.objects.filter(code="unit-2").count() == 0
    assert "已导入 1 行。" in text(confirm(prefecture, seen))


def test_employers_are_known_by_credit_code(operator, world):
    line = {"credit_code": CODE, "name": "喀什某厂", "kind": "国有企业", "region": "喀什市"}
    confirm(
        operator,
        send(operator, "employers", workbook("employers", {**line, "files_to": "kashgar"})),
    )
    made = Office.objects.get(credit_code=CODE)
    assert (made.code, made.region, made.files_to) == (CODE.lower(), "653101", world.kashgar)

    wrong = {**line, "credit_code": CODE[:-1] + "4", "name": "又一厂", "files_to": "kashgar"}
    changed = {**line, "phone": "0998-2822222", "files_to": "kashgar"}
    seen = send(operator, "employers", workbook("employers", wrong, changed))
    assert "未通过校验" in text(seen)
    confirm(operator, seen)
    assert Office.objects.get(credit_code=CODE).phone == "0998-2822222"


def test_people_are_given_posts_but_no_password(prefecture, world):
    new = {"login": "gulnar76", "name": "古丽娜尔", "phone": "13800000000"}
    two = {"office": "hospital", "roles": "经办、复核", **new}
    own = {"office": "hospital", "roles": "经办", "login": "kashgar_handler", "name": "喀什经办"}
    top = {"office": "hospital", "roles": "系统管理", "login": "high1", "name": "甲"}
    far = {"office": "hotan-hospital", "roles": "经办", "login": "far1", "name": "乙"}

    seen = send(prefecture, "posts", workbook("posts", two, own, top, far))
    said = text(seen)
    expected = ("不能给自己设岗位", "“系统管理”须由上级机构或系统管理设置", "不在您管理的范围内")
    assert [one for one in expected if one not in said] == []
    confirm(prefecture, seen)

    made = Person.objects.get(login="gulnar76")
    assert made.has_usable_password() is False
    posts = Appointment.objects.filter(person=made).order_by("pk")
    assert [(post.role, post.given_by) for post in posts] == [
        (Role.HANDLER, world.kashgar_handler),
        (Role.REVIEWER, world.kashgar_handler),
    ]
    again = send(prefecture, "posts", workbook("posts", two))
    assert "新增 0，变更 0，无变化 1，有误 0" in text(again)


def test_an_employer_sends_in_its_own_clerks_and_no_offices(client, world):
    client.force_login(world.hospital_handler)

    assert client.get(reverse("care:send_in", args=["offices"])).status_code == 404
    mine = {"office": "hospital", "login": "clerk22", "name": "丙"}
    sheet = workbook("posts", {**mine, "roles": "经办"}, {**mine, "roles": "复核", "login": "cc33"})
    said = text(send(client, "posts", sheet))
    assert "新增 1，变更 0，无变化 0，有误 1" in said
    client.force_login(world.stranger)
    assert client.get(reverse("care:home")).status_code == 404
    assert client.get(reverse("care:sheets")).status_code == 404


def test_what_nobody_confirmed_is_gone_after_a_day_and_no_one_else_sees_it(
    prefecture, world, client
):
    send(prefecture, "offices", workbook("offices", *units(1)))
    pk = RegisterSheet.objects.get().pk
    client.force_login(world.hotan_handler)
    assert client.get(reverse("care:sheet", args=[pk])).status_code == 404

    RegisterSheet.objects.update(read_at=now() - register.KEPT * 2, expires_at=now())

    assert (register.expire_sheets(), RegisterSheet.objects.count()) == (1, 0)


def test_a_long_sheet_is_read_and_written_as_a_whole(world):
    rows = units(*range(2_700)) + units(*range(2_700, 3_000), region="0")
    sheet = register.read_in(
        SheetKind.OFFICES, workbook("offices", *rows), by=world.kashgar_handler
    )

    assert sheet.figures["counts"] == {"new": 2700, "changed": 0, "unchanged": 0, "rejected": 300}
    assert register.write_sheet(sheet.pk, by=world.kashgar_handler) == 2_700
    assert Office.objects.filter(files_to=world.kashgar, path__regex=r"^/\d+/$").count() == 2_701
