"""The ways into the states of an applicant's desk; what the states are is in `desk_states`."""

import time
from collections.abc import Callable
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from juxian.actions import submission
from juxian.records.models import Application
from tests.house.world import PASSWORD, another_pdf
from tests.journeys.desk_files import save
from tests.journeys.visitor import Visitor

Way = Callable[[Visitor, Application | None], None]

STAFF = "姓名\t身份证号码\t部门\n示例甲\t653100197105080029\t心内科\n示例乙\t12\t外科"
ALMOST = 1600  # seconds without an act, of the 1800 that a session has


def pressing(*labels: str, **given: Any) -> Way:
    """Fill in what is given, then press one button after another."""

    def way(who: Visitor, _file: Application | None) -> None:
        who.fill(**given)
        for label in labels:
            who.press(label)

    return way


def two_versions(who: Visitor, file: Application | None) -> None:
    """The page is older than what another device saved meanwhile."""
    assert file is not None
    save(file, "basic", {"address": f"别处写的地址，{time.time()}"})
    who.fill(address="这里写的地址", former_name="古丽")
    with who.page.expect_navigation():
        who.press("保存并返回目录")
    who.sees("此页已在别处更新")


def two_versions_undecided(who: Visitor, file: Application | None) -> None:
    two_versions(who, file)
    who.page.locator("main form").evaluate("one => { one.noValidate = true; }")
    who.press("按所选内容保存")
    who.sees("没有选定")


def another_saves(who: Visitor, file: Application | None) -> None:
    assert file is not None
    save(file, "basic", {"address": f"别处写的地址，{time.time()}"})
    who.fill(address="这里写的地址")
    who.sees("此页已在别处更新")


def another_submits(who: Visitor, file: Application | None) -> None:
    assert file is not None
    who.fill(deeds="提交以后才写的。")
    submission.submit(file.pk, by=file.applicant, signed_name=file.name, declared=True)
    who.press("保存并返回目录")
    who.sees("没有保存")
    submission.take_back(file.pk, by=file.applicant)


def is_almost_signed_out(who: Visitor, _file: Application | None) -> None:
    who.page.clock.install()
    who.page.reload()
    session = SessionStore(session_key(who))
    session["dated"] = int(time.time()) - ALMOST
    session.save()
    who.page.clock.fast_forward("26:00")
    expect(who.page.get_by_text("您有一段时间没有操作")).to_be_visible()
    who.page.clock.resume()


def is_signed_out(who: Visitor, _file: Application | None) -> None:
    sign_out(who)
    who.fill(former_name="登录以前写的")
    who.sees("登录已超时，您填的内容还在本页")


def comes_to_the_login(who: Visitor, file: Application | None) -> None:
    is_signed_out(who, file)
    who.press("重新登录并继续")
    who.sees("您刚才填的内容没有丢")


def is_signed_in_again(who: Visitor, file: Application | None) -> None:
    comes_to_the_login(who, file)
    assert file is not None
    who.page.get_by_label("登录名").fill(file.applicant.login)
    who.page.get_by_label("口令").fill(PASSWORD)
    who.press("登录")
    who.page.wait_for_url("**/basic/**")


def sign_out(who: Visitor) -> None:
    Session.objects.filter(session_key=session_key(who)).delete()


def session_key(who: Visitor) -> str:
    cookies = who.page.context.cookies()
    return str(next(one["value"] for one in cookies if one["name"] == "session"))


def is_offline(who: Visitor, _file: Application | None) -> None:
    who.page.context.set_offline(True)
    who.fill(former_name="断网时写的")
    who.sees("网络已断开，恢复后自动提交")
    who.page.context.set_offline(False)


def is_wrong(who: Visitor, _file: Application | None) -> None:
    who.fill(resident_id="12")
    who.press("保存并返回目录")
    who.sees("有 1 处需要修改")


def removes_a_row(who: Visitor, _file: Application | None) -> None:
    who.page.get_by_role("button", name="删除：").first.click()
    who.page.wait_for_url("**/remove/")
    who.press("删除")
    expect(who.page.get_by_role("button", name="撤销删除")).to_be_visible()


def opens_a_row(who: Visitor, _file: Application | None) -> None:
    who.page.get_by_role("button", name="修改：").first.click()
    expect(who.page.locator("#row-editor-title")).to_be_visible()


def adds_a_wrong_row(who: Visitor, _file: Application | None) -> None:
    who.page.locator("[data-add]").first.click()
    editor = who.page.locator("[data-row-editor]")
    editor.locator('[name="start"]').fill("去年")
    who.press("保存这一条")
    who.sees("处需要修改")


def opens_a_list(who: Visitor, _file: Application | None) -> None:
    who.page.locator("#f-main_discipline").focus()
    who.page.keyboard.press("ArrowDown")
    expect(who.page.locator(".combo-list:not([hidden]) [role=option]").first).to_be_visible()


def gives(content: bytes) -> Way:
    """A file for the first material that asks for one; the script's bar or refusal is shown."""

    def way(who: Visitor, _file: Application | None) -> None:
        place = who.page.locator("#m-honours")
        if not place.is_visible():
            who.page.locator("details:has(#m-honours) > summary").click()
        if not place.locator("#u-honours").is_visible():
            place.locator(".in summary").click()
        sent = {"name": "证书.pdf", "mimeType": "application/pdf", "buffer": content}
        place.locator("#u-honours").set_input_files(sent)
        who.press("上传", within=place)

    return way


def refused(who: Visitor, file: Application | None) -> None:
    gives(b"no paper at all")(who, file)
    expect(who.page.locator(".upload.refused")).to_be_visible()


def paused(who: Visitor, file: Application | None) -> None:
    line = who.page.context.new_cdp_session(who.page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 400_000}
    line.send("Network.emulateNetworkConditions", slow)
    gives(another_pdf("暂停") + b"%" * 3_000_000)(who, file)
    who.press("暂停", exact=False)
    who.sees("已暂停")
    line.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
    line.detach()


def looks_at(who: Visitor, _file: Application | None) -> None:
    who.page.locator(".given a:not(.small-page)").first.click()
    who.page.wait_for_url("**/view/**")


def changes_a_file(who: Visitor, _file: Application | None) -> None:
    who.follow("更改：", exact=False)


def changes_a_file_wrongly(who: Visitor, file: Application | None) -> None:
    changes_a_file(who, file)
    who.page.locator("#title").fill("")
    who.page.locator("#file").set_input_files(
        {"name": "说明.pdf", "mimeType": "application/pdf", "buffer": b"no paper at all"}
    )
    who.press("保存")
    expect(who.page.locator(".fault").first).to_be_visible()


def removes_a_file(who: Visitor, _file: Application | None) -> None:
    who.press("移除：", exact=False)
    expect(who.page.get_by_role("button", name="撤销移除")).to_be_visible()


def answers_nothing(who: Visitor, _file: Application | None) -> None:
    who.page.locator("main details summary").first.click()
    who.press("保存答复")
    who.sees("需要修改")


def checks_oneself(answer: int) -> Way:
    """Always the same choice of each question, from the first to the result."""

    def way(who: Visitor, _file: Application | None) -> None:
        while who.page.get_by_role("button", name="下一题").count():
            who.page.locator("main input[type=radio]").nth(answer).check()
            with who.page.expect_navigation():
                who.press("下一题")
        who.sees("自查结果")

    return way


def prints(who: Visitor, _file: Application | None) -> None:
    answer = who.page.request.get(f"{who.page.url}form.pdf")
    assert answer.ok
    who.page.reload()


def begins_for_another(who: Visitor, _file: Application | None) -> None:
    who.page.locator("main [name=track]").first.check()
    who.fill(name="热娜·买买提", phone="13800000000", login=f"rena{time.time_ns()}")
    who.page.locator("main [name=agreed]").check()
    who.press("建立账号，开始代填")
    who.sees("只显示这一次")


def changes_the_staff(who: Visitor, _file: Application | None) -> None:
    who.fill(text=STAFF)
    who.press("下一步：核对")
    who.fill(text=STAFF.replace("外科", "内科"))
    who.press("确认导入")
    who.sees("内容已改动")


def signed_in_elsewhere(who: Visitor, file: Application | None) -> None:
    """The page's own token is of before the last sign-in, and its script does not know."""
    assert file is not None
    who.page.locator("main form").evaluate("one => { one.removeAttribute('data-autosave'); }")
    who.page.locator("[name=csrfmiddlewaretoken]").evaluate_all(
        "all => all.forEach((one) => { one.value = 'x'.repeat(64); })"
    )
    who.page.locator("main form").evaluate("one => HTMLFormElement.prototype.submit.call(one)")
    who.sees("请再按一次保存")
