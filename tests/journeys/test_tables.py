"""The tables of a section: filled where they stand by keyboard, put in order, pasted from Excel."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from juxian.actions.application import begin
from juxian.records.models import Application
from juxian.selectors.facts import answers_of
from tests.journeys.standing import Site
from tests.journeys.visitor import PHONE, Visitor

Comes = Callable[..., Visitor]

PASTED = "\n".join(
    [
        "结束年月\t开始年月\t学习或工作单位\t职务、职称或学习内容",
        *(f"{2001 + n}.06\t{2000 + n}年7月\t示例单位{n}\t医师" for n in range(10)),
        "2012-06\t去年\t示例单位\t医师",
        f"\t2012/7/1\t{'长' * 101}\t主任医师",
    ]
)


@pytest.fixture(scope="module")
def drafts(site: Site) -> Callable[[str], Application]:
    """Somebody who has begun, under a login of their own."""
    world = site.world

    def made(login: str) -> Application:
        person = world.add_person(login, "热娜·买买提")
        return begin(world.cycle.pk, by=person, employer_id=world.hospital.pk, track="professional")

    return made


def kept(draft: Application) -> list[dict[str, Any]]:
    """The rows of the career as they are kept, without ids and blanks."""
    rows = answers_of(draft)["career"]["records"]
    return [{name: row[name] for name in row if name != "id" and row[name] != ""} for row in rows]


def focused(who: Visitor) -> Locator:
    return who.page.locator(":focus")


def presses(who: Visitor, *keys: str) -> None:
    for key in keys:
        who.page.keyboard.press(key)


def types(who: Visitor, *values: str) -> None:
    """Into one control after another, from where the keyboard is, as Tab leads."""
    for place, value in enumerate(values):
        presses(who, *["Tab"] * (place > 0))
        who.page.keyboard.type(value)


def is_sound(who: Visitor) -> None:
    who.page.wait_for_load_state("load")
    assert [one["id"] for one in who.violations()] == []


def test_a_table_is_filled_and_put_in_order_by_keyboard_alone(
    drafts: Callable[[str], Application], comes: Comes
) -> None:
    draft, who = drafts("keyboard"), comes("keyboard")
    who.open(f"/my/{draft.number}/career/")
    who.page.locator('[name="summary"]').focus()
    who.page.keyboard.type("在基层工作多年。")
    presses(who, "Tab")
    expect(focused(who)).to_have_text("添加经历")
    presses(who, "Enter")
    first = who.page.locator('[data-row-editor] [name="start"]')
    expect(first).to_be_focused()
    types(who, "2001.9", "2004年7月", "某医科大学", "博士研究生")
    expect(who.page.locator('[data-row-editor] [name="end"]')).to_have_value("2004-07")
    is_sound(who)
    who.picture("添加一条")
    presses(who, "Tab", "Tab", "Tab", "Enter")  # past the witness to: save and add another
    expect(who.page.locator("[data-rows] .row-card")).to_have_count(1)
    expect(first).to_have_value("2004-07")  # where the last one ended; the next question waits
    presses(who, "Shift+Tab")
    types(who, "1994-07", "2001-08", "喀什地区第一人民医院（示例）", "医师")
    presses(who, "Enter")
    expect(who.page.locator("[data-rows] .row-card")).to_have_count(2)
    expect(focused(who)).to_have_attribute("aria-label", "修改：喀什地区第一人民医院（示例）")
    assert [row["start"] for row in kept(draft)] == ["1994-07", "2001-09"]  # as time has it
    presses(who, "Tab", "Enter")  # down
    who.is_told("已下移，现在是第 2 条。")
    expect(focused(who)).to_have_attribute("aria-label", "上移：喀什地区第一人民医院（示例）")
    assert [row["start"] for row in kept(draft)] == ["2001-09", "1994-07"]
    assert answers_of(draft)["career"]["summary"] == "在基层工作多年。"
    is_sound(who)
    who.picture("两条")


def test_a_row_with_a_fault_stays_open_and_escape_asks_before_it_lets_go(
    drafts: Callable[[str], Application], comes: Comes
) -> None:
    draft = drafts("faulty")
    who = comes("faulty")
    who.open(f"/my/{draft.number}/career/")
    who.press("添加经历")
    editor = who.page.locator("[data-row-editor]")
    editor.locator('[name="start"]').fill("去年")
    editor.locator('[name="employer"]').fill("某医院")
    presses(who, "Enter")
    expect(focused(who)).to_contain_text("有 1 处需要修改")
    expect(editor.locator('[name="start"]')).to_have_value("去年")
    is_sound(who)
    who.picture("有误")
    editor.locator('[name="duty"]').fill("医师")
    presses(who, "Escape")
    who.is_told("再按一次 Esc 放弃")
    expect(editor.locator('[name="duty"]')).to_have_value("医师")
    presses(who, "Escape")
    expect(editor).to_have_count(0)
    expect(focused(who)).to_have_attribute("aria-label", "修改：某医院")


def test_a_row_saved_in_place_leaves_the_page_s_own_saving_in_order(
    drafts: Callable[[str], Application], comes: Comes
) -> None:
    draft = drafts("ordered")
    who = comes("ordered")
    who.open(f"/my/{draft.number}/career/")
    who.fill(summary="先写的话")
    who.press("添加经历")
    editor = who.page.locator("[data-row-editor]")
    editor.locator('[name="employer"]').fill("某医院")
    who.press("保存这一条")
    who.is_told("已保存")
    who.leaves_by("保存并返回目录")  # 已保存 stands there already, of the row
    answers = answers_of(draft)["career"]
    assert (answers["summary"], answers["records"][0]["employer"]) == ("先写的话", "某医院")


def test_what_another_page_saved_meanwhile_is_not_overwritten_by_a_row_saved_in_place(
    drafts: Callable[[str], Application], comes: Comes
) -> None:
    draft = drafts("twice")
    who, also = comes("twice"), comes("twice")
    for one in (who, also):
        one.open(f"/my/{draft.number}/career/")
    also.fill(summary="别处写的话")
    also.leaves_by("保存并返回目录")
    who.press("添加经历")
    editor = who.page.locator("[data-row-editor]")
    editor.locator('[name="employer"]').fill("某医院")
    who.press("保存这一条")
    who.is_told("已保存")  # nobody else changed the table
    expect(editor).to_have_count(0)
    who.fill(summary="这里写的话")
    who.press("保存并返回目录")
    who.sees("别处写的话")  # the page still knows less: it shows both instead of overwriting
    who.complaints[:] = [said for said in who.complaints if "status of 409" not in said]


def test_twelve_rows_are_pasted_of_which_two_are_bad(
    drafts: Callable[[str], Application], comes: Comes
) -> None:
    draft = drafts("pasting")
    who = comes("pasting")
    who.open(f"/my/{draft.number}/career/")
    who.press("从 Excel 粘贴")
    is_sound(who)
    who.picture("粘贴")
    who.fill(text=PASTED)
    who.press("下一步：核对")
    who.sees("读到 12 行：可以导入 10 行，有误 2 行")
    for said in ("第 12 行", "请填写年月，如2015-03。", "第 13 行", "已写101字，最多100字"):
        who.sees(said)
    is_sound(who)
    who.picture("核对")
    who.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    is_sound(who)
    who.picture("手机-核对")
    who.press("确认导入")
    who.is_told("已导入 10 条。")
    rows = kept(draft)
    assert len(rows) == 10
    assert rows[0] == {
        "start": "2000-07",
        "end": "2001-06",
        "employer": "示例单位0",
        "duty": "医师",
    }


def test_on_a_phone_a_row_is_added_on_a_page_of_its_own(
    drafts: Callable[[str], Application], comes: Comes
) -> None:
    draft = drafts("phone")
    who = comes("phone", size=PHONE)
    who.open(f"/my/{draft.number}/career/")
    who.press("添加经历")
    who.page.wait_for_url("**/career/records/new/")
    who.fill(start="201509", employer="某医院", duty="主任医师")
    is_sound(who)
    who.picture("手机-添加")
    who.press("保存这一条")
    who.is_told("已保存")
    assert kept(draft) == [{"start": "2015-09", "employer": "某医院", "duty": "主任医师"}]
    for tool in who.page.locator(".row-card .tools button").all():
        box = tool.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    is_sound(who)
    who.picture("手机-一条")


def test_without_scripts_rows_move_and_come_back(
    drafts: Callable[[str], Application], comes: Comes
) -> None:
    draft = drafts("plain")
    who = comes("plain", javascript=False)
    who.open(f"/my/{draft.number}/career/")
    who.press("从 Excel 粘贴")
    who.fill(text="2001-01\t2002-01\t甲\t医师\n2003-01\t2004-01\t乙\t医师")
    who.press("下一步：核对")
    who.press("确认导入")
    who.press("上移：乙")
    expect(focused(who)).to_have_attribute("aria-label", "下移：乙")
    who.press("删除：乙")
    who.press("删除")
    expect(focused(who)).to_have_text("撤销删除")
    who.press("撤销删除")
    assert [row["employer"] for row in kept(draft)] == ["乙", "甲"]
