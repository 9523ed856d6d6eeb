"""An officer's desk in the browser: filters, a glance, keys, several files at once, Excel."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from juxian.records.models import Application
from tests.house.world import BEIJING
from tests.journeys.standing import Site
from tests.journeys.visitor import Visitor

MORNING = datetime(2020, 3, 16, 10, tzinfo=BEIJING)
STEP = "nominator_check"


@pytest.fixture(scope="module")
def files(site: Site) -> list[Application]:
    """Two files that wait at the prefecture."""
    site.set_clock(MORNING)
    files = [site.world.submitted(), site.world.submitted(number=1)]
    site.world.pass_until(STEP, *files)
    return files


def test_an_officer_works_through_a_list(
    files: list[Application], comes: Callable[..., Visitor]
) -> None:
    officer = comes("kashgar_handler")
    officer.open("/office/")
    assert len(files) == officer.page.locator("[data-row]").count()
    officer.is_sound("办理台")

    officer.page.locator("summary", has_text="筛选").first.click()
    officer.page.get_by_label("只看未打开").check()
    officer.is_sound("筛选")
    officer.press("查询")
    assert officer.where == "/office/?tab=waiting&unopened=1"

    officer.page.locator("[data-glance]").first.click()
    look = officer.page.locator("dialog[open]")
    expect(look).to_contain_text("最近的办理")
    officer.is_sound("速览")
    officer.page.keyboard.press("Escape")
    expect(look).to_have_count(0)

    officer.page.locator("summary", has_text="保存为常用筛选").click()
    officer.fill(name="还没看的")
    officer.press("保存")
    officer.is_told("已保存为常用筛选“还没看的”")
    expect(officer.page.locator(".chip[aria-current]")).to_have_text("还没看的")


def test_keys_lead_through_the_very_list_and_ticks_to_a_preview(
    files: list[Application], comes: Callable[..., Visitor]
) -> None:
    first, second = files
    officer = comes("kashgar_handler")
    officer.open("/office/?tab=waiting&unopened=1")
    officer.page.locator("[data-row]").first.click()
    officer.page.wait_for_load_state()
    assert first.number in officer.where
    officer.page.keyboard.press("j")
    officer.page.wait_for_url(f"**/{second.number}/**")
    assert "in=tab%3Dwaiting%26unopened%3D1" in officer.where

    officer.open("/office/?tab=waiting")
    officer.page.locator("[data-tick-all]").check()
    expect(officer.page.locator("[data-ticked]")).to_have_text("已选 2 份")
    officer.press("审核通过…")
    officer.is_whose_turn("核对后再办")
    officer.is_sound("一起审核通过")


def test_what_cannot_be_done_together_is_refused_one_by_one(
    site: Site, comes: Callable[..., Visitor]
) -> None:
    site.set_clock(MORNING)
    file = site.world.submitted(number=2)
    clerk = comes("hospital_handler")
    clerk.open("/office/")
    clerk.page.get_by_role("checkbox", name=file.name, exact=True).check()
    clerk.press("审核通过…")
    clerk.sees("不能一起办的 1 份")
    clerk.sees("本单位要逐项核实")
    clerk.sees("须逐份办理")
    clerk.is_sound("须逐份办理")
    clerk.follow(file.name)
    clerk.sees("审核通过")


def test_a_list_is_taken_away_as_a_workbook(
    files: list[Application], comes: Callable[..., Visitor]
) -> None:
    officer = comes("kashgar_handler")
    officer.open("/office/?tab=seen")
    with officer.page.expect_download() as coming:
        officer.press("导出 Excel", exact=False)
    assert coming.value.suggested_filename == "申报名单-全部-20200316.xlsx"
