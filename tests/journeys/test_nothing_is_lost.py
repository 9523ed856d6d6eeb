"""Whatever breaks while a form is being filled, what was typed ends up in the database."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from juxian.records.models import Application
from juxian.selectors.facts import answers_of
from tests.house.world import PASSWORD
from tests.journeys.standing import Site
from tests.journeys.visitor import Visitor

Comes = Callable[..., Visitor]

TYPED = "常年在乡镇卫生院坐诊，带出一支能做急诊介入的队伍。"
SAVED = "已自动保存"
PATIENCE = 60  # seconds
QUIET = 4_000  # milliseconds after which the page has saved by itself


@pytest.fixture(scope="module")
def drafted(site: Site) -> Application:
    return site.world.professional_draft()


@pytest.fixture
def writer(site: Site, comes: Comes, drafted: Application) -> Iterator[Visitor]:
    """The applicant at the section of the deeds; a broken line may be complained of by browsers."""
    who = comes("applicant")
    who.open(f"/my/{drafted.number}/summary/")
    yield who
    allowed = ("ERR_", "status of 401", "status of 409", "status of 403")
    who.complaints[:] = [said for said in who.complaints if not any(a in said for a in allowed)]


def deeds(file: Application) -> str:
    said: str = answers_of(file)["summary"]["deeds"]
    return said


def line(who: Visitor):
    return who.page.locator("[data-autosave-line]")


def write(who: Visitor, text: str) -> None:
    """Key by key, at the end of what stands there."""
    field = who.control("deeds")
    field.focus()
    who.page.keyboard.press("Control+End")
    field.press_sequentially(text)


def test_what_is_typed_is_saved_a_few_seconds_later_and_on_leaving_the_field(
    writer: Visitor, drafted: Application
) -> None:
    before = deeds(drafted)
    write(writer, "停下就存。")
    expect(line(writer)).to_contain_text(SAVED, timeout=2 * QUIET)
    assert deeds(drafted) == before + "停下就存。"

    write(writer, "离开就存。")
    with writer.page.expect_response(lambda answer: answer.request.method == "POST", timeout=2000):
        writer.control("deeds").blur()
    expect(line(writer)).to_contain_text(SAVED)
    assert deeds(drafted) == before + "停下就存。离开就存。"
    writer.picture("已自动保存")


def test_nothing_is_saved_in_the_middle_of_a_composition(
    writer: Visitor, drafted: Application
) -> None:
    before = deeds(drafted)
    field = writer.control("deeds")
    field.focus()
    field.dispatch_event("compositionstart")
    write(writer, "yi")
    writer.page.wait_for_timeout(QUIET)
    assert deeds(drafted) == before

    field.dispatch_event("compositionend")
    expect(line(writer)).to_contain_text(SAVED, timeout=2 * QUIET)
    assert deeds(drafted) == before + "yi"


def test_the_server_dies_in_mid_typing_and_everything_is_there(
    site: Site, writer: Visitor, drafted: Application
) -> None:
    before = deeds(drafted)
    write(writer, TYPED[:10])
    site.stop()
    write(writer, TYPED[10:])
    expect(line(writer)).to_contain_text("未能保存，正在重试", timeout=2 * QUIET)
    writer.press("保存并返回目录")
    expect(line(writer)).to_contain_text("未能保存，正在重试")
    writer.picture("未能保存-正在重试")
    assert writer.control("deeds").input_value() == before + TYPED

    site.start()
    expect(line(writer)).to_contain_text(SAVED, timeout=30_000)
    assert deeds(drafted) == before + TYPED
    writer.leaves_by("保存并返回目录")
    writer.is_told("已保存")


def test_two_tabs_of_one_section_lose_neither_version(
    writer: Visitor, drafted: Application, site: Site
) -> None:
    before = deeds(drafted)
    other = Visitor(writer.page.context.new_page(), site.address, writer.album)
    other.open(f"/my/{drafted.number}/summary/")
    write(writer, "第一个窗口。")
    expect(line(writer)).to_contain_text(SAVED, timeout=2 * QUIET)

    write(other, "第二个窗口。")
    expect(line(other)).to_contain_text("此页已在别处更新", timeout=2 * QUIET)
    other.picture("此页已在别处更新")
    assert deeds(drafted) == before + "第一个窗口。"
    other.press("核对两处内容")
    other.sees(before + "第一个窗口。")
    other.sees(before + "第二个窗口。")
    other.picture("核对两处内容")
    other.page.get_by_label("您现在填的").check()
    other.press("按所选内容保存")
    other.is_told("已保存")
    assert deeds(drafted) == before + "第二个窗口。"


def test_the_session_ends_in_mid_typing_and_the_person_returns_to_the_field_with_the_text(
    writer: Visitor, drafted: Application
) -> None:
    before = deeds(drafted)
    write(writer, "登录以前写的。")
    Session.objects.all().delete()
    expect(line(writer)).to_contain_text("登录已超时", timeout=2 * QUIET)
    writer.picture("登录已超时")
    assert deeds(drafted) == before

    writer.press("重新登录并继续")
    writer.sees("您刚才填的内容没有丢")
    writer.picture("重新登录")
    writer.page.get_by_label("登录名").fill("applicant")
    writer.page.get_by_label("口令").fill(PASSWORD)
    writer.press("登录")
    writer.page.wait_for_url("**/summary/#f-deeds")
    expect(writer.control("deeds")).to_have_value(before + "登录以前写的。")
    expect(writer.control("deeds")).to_be_in_viewport()
    expect(line(writer)).to_contain_text(SAVED, timeout=2 * QUIET)
    assert deeds(drafted) == before + "登录以前写的。"


def test_five_minutes_before_the_session_ends_one_is_warned_and_may_go_on(
    comes: Comes, drafted: Application
) -> None:
    who = comes("applicant")
    who.page.clock.install()
    who.open(f"/my/{drafted.number}/summary/")
    key = next(one["value"] for one in who.page.context.cookies() if one["name"] == "session")
    session = SessionStore(key)
    session["dated"] = int(time.time()) - 1600
    session.save()

    who.page.clock.fast_forward("26:00")
    warning = who.page.get_by_text("您有一段时间没有操作")
    expect(warning).to_be_visible()
    who.picture("即将退出登录")
    who.press("继续填写")

    expect(warning).to_be_hidden()
    assert time.time() - SessionStore(key)["dated"] < PATIENCE


def test_signing_in_again_in_another_tab_lets_the_page_go_on(
    writer: Visitor, drafted: Application, site: Site
) -> None:
    before = deeds(drafted)
    write(writer, "等登录。")
    Session.objects.all().delete()
    expect(line(writer)).to_contain_text("登录已超时", timeout=2 * QUIET)

    other = Visitor(writer.page.context.new_page(), site.address, writer.album)
    other.sign_in("applicant")
    writer.page.bring_to_front()
    writer.page.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(line(writer)).to_contain_text(SAVED, timeout=2 * QUIET)
    assert deeds(drafted) == before + "等登录。"


def test_a_broken_line_is_told_and_what_was_typed_is_sent_when_it_is_whole_again(
    writer: Visitor, drafted: Application
) -> None:
    before = deeds(drafted)
    context = writer.page.context
    context.set_offline(True)
    write(writer, "断网时写的。")
    expect(line(writer)).to_contain_text("网络已断开，恢复后自动提交", timeout=2 * QUIET)
    assert writer.page.evaluate("Object.keys(localStorage).length") == 0

    context.set_offline(False)
    expect(line(writer)).to_contain_text(SAVED, timeout=2 * QUIET)
    assert deeds(drafted) == before + "断网时写的。"


def test_on_ones_own_device_a_closed_page_still_has_what_was_typed_when_the_line_was_broken(
    writer: Visitor, drafted: Application, site: Site
) -> None:
    before = deeds(drafted)
    context = writer.page.context
    writer.page.get_by_label("这是我自己的设备").check()
    context.set_offline(True)
    write(writer, "关掉以前写的。")
    expect(line(writer)).to_contain_text("内容暂存在本机", timeout=2 * QUIET)
    site.stop()  # or a last request of the closed page would get through
    writer.page.close(run_before_unload=False)
    context.set_offline(False)
    site.start()
    assert deeds(drafted) == before

    again = Visitor(context.new_page(), site.address, writer.album)
    again.open(f"/my/{drafted.number}/summary/")
    expect(line(again)).to_contain_text(SAVED, timeout=2 * QUIET)
    assert deeds(drafted) == before + "关掉以前写的。"
    kept = again.page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('juxian.kept'))")
    assert kept == []


def test_the_resident_id_is_never_kept_on_the_device(writer: Visitor, drafted: Application) -> None:
    writer.page.get_by_label("这是我自己的设备").check()
    writer.open(f"/my/{drafted.number}/basic/")
    writer.page.context.set_offline(True)
    writer.control("former_name").fill("古丽")
    writer.control("resident_id").fill("653100197105080029")

    kept = writer.page.evaluate("JSON.stringify(localStorage)")
    assert "古丽" in kept
    assert "653100197105080029" not in kept
    assert "19900000101" not in kept
    writer.page.context.set_offline(False)
    expect(line(writer)).to_contain_text(SAVED, timeout=2 * QUIET)
    assert answers_of(drafted)["basic"]["former_name"] == "古丽"


def test_a_button_pressed_while_the_page_is_saving_meets_no_conflict_with_itself(
    writer: Visitor, drafted: Application
) -> None:
    before = deeds(drafted)
    write(writer, "边存边按。")
    writer.control("deeds").blur()
    write(writer, "再写。")
    writer.press("保存并返回目录")
    writer.is_told("已保存")
    writer.page.wait_for_url(f"**/my/{drafted.number}/")

    assert deeds(drafted) == before + "边存边按。再写。"


def test_without_scripts_a_page_sent_too_late_is_there_again(
    comes: Comes, drafted: Application
) -> None:
    before = deeds(drafted)
    who = comes("applicant", javascript=False)
    who.open(f"/my/{drafted.number}/summary/")
    who.fill(deeds=before + "没有脚本。")
    Session.objects.all().delete()
    who.press("保存并返回目录")
    who.page.get_by_label("登录名").fill("applicant")
    who.page.get_by_label("口令").fill(PASSWORD)
    who.press("登录")
    expect(who.control("deeds")).to_have_value(before + "没有脚本。")
    who.sees("还没有保存")
    who.picture("放回原处")
    who.press("保存并返回目录")

    who.is_told("已保存")
    assert deeds(drafted) == before + "没有脚本。"
