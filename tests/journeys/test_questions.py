"""Questions of the form as a person answers them: by keyboard, on a phone, without scripts."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from juxian.records.models import Application
from tests.journeys.standing import Site
from tests.journeys.visitor import DESKTOP, PHONE, Visitor

Comes = Callable[..., Visitor]


@pytest.fixture(scope="module")
def draft(site: Site) -> Application:
    return site.world.professional_draft()


def at(draft: Application, section: str) -> str:
    return f"/my/{draft.number}/{section}/"


def options(who: Visitor) -> Locator:
    return who.page.locator(".combo-list:not([hidden]) [role=option]")


def offered(who: Visitor, typed: str) -> list[str]:
    """What the open list has first for what was typed."""
    who.page.keyboard.press("Control+a")
    who.page.keyboard.type(typed)
    expect(options(who).first).to_be_visible()
    who.page.wait_for_timeout(100)
    return [one.split("\n")[0] for one in options(who).all_inner_texts()]


def by_key(who: Visitor, label: str) -> Locator:
    """The control of that label, come to by Tab alone."""
    wanted = who.page.get_by_label(label, exact=True).and_(who.page.get_by_role("combobox"))
    for _press in range(60):
        who.page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return wanted
    raise AssertionError(f"no key leads to {label}")


def is_clean(who: Visitor) -> None:
    assert [one["id"] for one in Axe().run(who.page).response["violations"]] == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_discipline_is_picked_by_pinyin_initials_and_keys_alone(
    draft: Application, comes: Comes, size: tuple[int, int]
) -> None:
    who = comes("applicant", size=size)
    who.open(at(draft, "speciality"))
    search = by_key(who, "主要学科")

    assert offered(who, "wkx")[0] == "外科学"
    is_clean(who)
    who.picture("学科列表")
    who.page.keyboard.press("Enter")

    expect(search).to_have_value("外科学")
    expect(who.control("main_discipline")).to_have_value("32027")
    expect(who.page.locator("#f-main_discipline-path")).to_have_text("临床医学 › 外科学")
    who.page.keyboard.press("Enter")
    who.is_told("已保存")
    expect(search).to_have_value("外科学")


def test_a_list_is_walked_by_its_keys_and_left_without_a_trace(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.open(at(draft, "speciality"))
    search = by_key(who, "主要学科")
    kept = search.input_value()

    who.page.keyboard.press("ArrowDown")
    expect(options(who)).to_have_count(738)
    picked = options(who).and_(who.page.locator('[aria-selected="true"]'))
    expect(picked).to_contain_text(kept)
    for key, place in (("Home", 0), ("ArrowUp", 737), ("ArrowDown", 0), ("End", 737)):
        who.page.keyboard.press(key)
        expect(search).to_have_attribute("aria-activedescendant", f"f-main_discipline-list-{place}")
        expect(picked).to_be_in_viewport()
    who.page.keyboard.press("Escape")

    expect(options(who)).to_have_count(0)
    expect(search).to_have_value(kept)
    who.page.keyboard.type("没有的学科")
    who.page.keyboard.press("Tab")
    expect(search).to_have_value(kept)
    who.sees("没有名为“没有的学科”的选项，仍为原来所选。")


FOUND = [
    ("native_place", "shule", "疏勒县"),
    ("native_place", "slx", "疏勒县"),
    ("native_place", "疏勒", "疏勒县"),
    ("native_place", "chongq", "重庆市"),
    ("native_place", "653101", "喀什市"),
    ("native_place", "wu'erhe", "乌尔禾区"),
    ("ethnic_group", "wwez", "维吾尔族"),
    ("ethnic_group", "hasake", "哈萨克族"),
]


def test_a_code_is_found_by_name_full_pinyin_initials_or_number(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.open(at(draft, "basic"))
    found = {}
    for name, typed, _first in FOUND:
        who.page.locator(f"#f-{name}").focus()
        found[name, typed] = offered(who, typed)[0]

    assert found == {(name, typed): first for name, typed, first in FOUND}


def test_without_scripts_the_whole_list_is_there_to_pick_from(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant", javascript=False)
    who.open(at(draft, "speciality"))
    who.page.wait_for_url("**/speciality/?lists=whole")

    who.control("main_discipline").select_option(label="内科学")
    who.control("panel").select_option("")
    who.picture("完整列表")
    who.press("保存并返回目录")

    who.is_told("已保存")
    who.open(at(draft, "speciality"))
    who.page.wait_for_url("**/speciality/?lists=whole")
    expect(who.control("main_discipline")).to_have_value("32024")
    expect(who.control("panel")).to_have_value("07")


def test_a_list_that_cannot_be_read_is_told_and_the_whole_page_offered(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.page.route("**/lists/**", lambda route: route.abort())
    who.open(at(draft, "speciality"))

    who.page.locator("#f-main_discipline").click()

    who.sees("列表没能载入，请检查网络后再点一次，或从完整列表中选择。")
    who.follow("从完整列表中选择")
    expect(who.control("main_discipline")).to_have_value("32024")
    assert who.complaints != []
    who.complaints.clear()
