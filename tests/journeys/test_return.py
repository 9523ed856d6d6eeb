"""A return from one end to the other, and a form taken back; every state sound on both screens."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from juxian.actions.application import save_section
from juxian.records.models import Application, Submission
from juxian.regulation.words import Standing
from juxian.selectors.invariants import broken
from tests.house.world import BEIJING
from tests.journeys import deskwork
from tests.journeys.filling import upload
from tests.journeys.standing import Site
from tests.journeys.visitor import DESKTOP, PHONE, TOO_WIDE, Visitor

MORNING = datetime(2020, 3, 16, 10, tzinfo=BEIJING)
DEEDS = "在南疆基层临床一线连续工作二十六年，带教青年医师三十二名。"
ASKED = {
    "summary.deeds": "事迹请写明带教人数。",
    "post.department": "请核对所在科室的全称。",
    "evidence.id_card": "身份证扫描件不清晰，请重新扫描。",
}


@dataclass
class Watched:
    """A visitor whose page is examined in every state that it is said to be in."""

    who: Visitor
    faults: list[str] = field(default_factory=list)

    def is_sound(self, state: str) -> None:
        for size in (DESKTOP, PHONE):
            self.who.page.set_viewport_size({"width": size[0], "height": size[1]})
            over = self.who.page.evaluate(TOO_WIDE)
            if over > 0:
                self.faults.append(f"{state}: {over} pixels too wide at {size[0]}")
            for found in self.who.violations():
                where = [node["target"] for node in found["nodes"]]
                self.faults.append(f"{state} at {size[0]}: {found['id']} {where}")
            self.who.picture(f"{state}-{size[0]}")
        self.who.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


@pytest.fixture
def file(site: Site) -> Application:
    site.set_clock(MORNING)
    return site.world.professional_draft()


def sign(who: Visitor, name: str, button: str) -> None:
    who.page.get_by_label("以上内容和证明材料真实").check()
    who.fill(signed_name=name)
    who.press(button)


@pytest.mark.clause("R62", "R63")
def test_a_return(site: Site, comes: Callable[..., Visitor], file: Application) -> None:
    me, officer = Watched(comes(file.applicant.login)), comes("hospital_handler")
    submit_at_the_second_try(me, file)
    what_is_printed_is_known(me, file)
    send_back(officer, file)
    mend_one_answer_one_replace_one(me, file)
    what_changed_is_shown_and_sent(me, file)
    the_changed_pages_are_told(site, me, file)
    the_officer_sees_the_difference_alone(officer, file)
    after_ten_minutes(site, me, file)
    assert me.faults == []
    assert broken() == ()


def submit_at_the_second_try(me: Watched, file: Application) -> None:
    me.who.open(f"/my/{file.number}/print/")
    me.is_sound("打印-草稿")
    me.who.open(f"/my/{file.number}/submit/")
    me.who.sees("我承诺没有填写或上传涉密内容")
    me.is_sound("签名")
    sign(me.who, "别人", "提交申报")
    me.who.sees("签名须与登记表上的姓名一致")
    me.is_sound("签名被拒")
    sign(me.who, file.name, "提交申报")
    me.who.page.wait_for_url("**/receipt/")
    me.who.sees("10 分钟内可直接取回修改，至 10:1")
    me.is_sound("回执-十分钟内")


def what_is_printed_is_known(me: Watched, file: Application) -> None:
    me.who.follow("打印登记表")
    me.is_sound("打印-正式")
    me.who.downloads("生成 PDF")
    me.who.open(f"/my/{file.number}/receipt/")
    assert me.who.downloads("下载回执（PDF）").startswith(b"%PDF-")


def send_back(officer: Visitor, file: Application) -> None:
    """Two fields and a proof."""
    deskwork.open_file(officer, file.name)
    officer.open(f"/office/files/{file.number}/send-back/?{'&'.join(f'item={p}' for p in ASKED)}")
    for path, words in ASKED.items():
        officer.control(f"reason:{path}").select_option(index=1)
        officer.fill(**{f"words:{path}": words})
    officer.fill(due_on=date(2020, 3, 20))
    officer.press(f"预览退回内容，共 {len(ASKED)} 处")
    officer.press(f"退回修改，共 {len(ASKED)} 处")
    officer.is_told("已退回修改")


def mend_one_answer_one_replace_one(me: Watched, file: Application) -> None:
    who = me.who
    who.open(f"/my/{file.number}/returned/")
    asked = who.page.locator("section.sheet[id^=i-]")
    expect(asked).to_have_count(3)
    me.is_sound("退回-未处理")
    deeds, department, card = (asked.nth(n) for n in order_of(asked.all_inner_texts()))
    who.follow("去修改", within=deeds)
    who.page.locator('[name="deeds"]').fill(DEEDS)
    who.press("保存")
    who.is_told("已保存")
    who.open(f"/my/{file.number}/returned/")
    who.is_whose_turn("还剩 2 处")
    me.is_sound("退回-处理了一处")
    department.locator("summary").click()
    department.locator("textarea").fill("科室全称即为“心血管内科”，与聘书一致。")
    who.press("保存答复", within=department)
    who.is_told("答复已保存")
    who.follow("去修改", within=card)
    slot = who.page.locator("#m-id_card")
    who.press("移除", within=slot, exact=False)
    upload(who, "id_card", "清晰的身份证")
    who.open(f"/my/{file.number}/returned/")
    who.is_whose_turn("3 处都已处理，核对后重新提交")
    me.is_sound("退回-都处理了")
    who.follow("改好了，去核对提交")
    who.follow("下一步：通读并提交")


def order_of(texts: list[str]) -> list[int]:
    """Where each thing asked for stands on the page."""
    return [next(n for n, text in enumerate(texts) if words in text) for words in ASKED.values()]


def what_changed_is_shown_and_sent(me: Watched, file: Application) -> None:
    who = me.who
    who.sees("与第 1 次提交相比")
    expect(who.page.locator("#changes .list > li")).to_have_count(4)
    who.sees("与聘书一致")
    expect(who.page.locator("section.sheet#basic")).to_have_count(0)
    me.is_sound("通读-只看改动")
    who.follow("看全部")
    expect(who.page.locator("section.sheet#basic")).to_have_count(1)
    me.is_sound("通读-看全部")
    who.follow("只看改动")
    expect(who.page.locator("section.sheet#basic")).to_have_count(0)
    sign(who, file.name, "重新提交")
    who.page.wait_for_url("**/receipt/")
    who.follow("第 1 次提交")
    who.sees("第 1 次提交的回执")
    me.is_sound("回执-以前的提交")


def the_changed_pages_are_told(site: Site, me: Watched, file: Application) -> None:
    me.who.open(f"/my/{file.number}/print/")
    me.who.sees("正在与第 1 次提交的打印件")
    me.is_sound("打印-比较中")
    site.run("procrastinate", "worker", "--one-shot")
    me.who.open(f"/my/{file.number}/print/")
    me.who.sees("页有改动，请重新打印这")
    me.is_sound("打印-换页")
    assert me.who.downloads("只打印改动的页（双面）").startswith(b"%PDF-")


def the_officer_sees_the_difference_alone(officer: Visitor, file: Application) -> None:
    deskwork.open_file(officer, file.name)
    officer.sees("只看第 1 轮以来的变化，1 部分")
    officer.sees("连续工作二十六年")
    officer.sees("与聘书一致")
    officer.picture("审核-只看变化")


def after_ten_minutes(site: Site, me: Watched, file: Application) -> None:
    site.set_clock(MORNING + timedelta(hours=1))
    me.who.open(f"/my/{file.number}/receipt/")
    me.who.sees("提交已超过10分钟，办理单位也已打开这份申报，不能自行取回")
    me.is_sound("回执-十分钟后已打开")


def test_taking_back(site: Site, comes: Callable[..., Visitor]) -> None:
    site.set_clock(MORNING)
    file = site.world.professional_draft(number=3)
    me, officer = Watched(comes(file.applicant.login)), comes("hospital_handler")
    there_is_something_missing(me, file)
    me.who.open(f"/my/{file.number}/submit/")
    sign(me.who, file.name, "提交申报")
    me.who.page.wait_for_url("**/receipt/")
    officer.open(f"/office/files/{file.number}/")
    take_it_back(me)
    officer.page.reload()
    officer.is_whose_turn("已取回修改，重新提交后再办理")
    officer.picture("审核-被取回")
    submit_again_unchanged(me, file)
    site.set_clock(MORNING + timedelta(hours=1))
    me.who.page.reload()
    me.who.sees("还没有打开这份申报，打开之前可以取回修改")
    me.is_sound("回执-十分钟后未打开")
    file.refresh_from_db()
    assert (file.turn, file.standing) == (2, Standing.OPEN)
    assert Submission.objects.filter(application=file).count() == 2
    assert me.faults == []


def take_it_back(me: Watched) -> None:
    me.who.follow("取回修改")
    me.who.sees("取回后变回草稿")
    me.is_sound("取回修改")
    me.who.press("取回修改")
    me.who.is_told("已取回，内容和材料都在")
    me.is_sound("取回以后的目录")


def submit_again_unchanged(me: Watched, file: Application) -> None:
    me.who.open(f"/my/{file.number}/receipt/")
    me.is_sound("回执-已取回")
    me.who.open(f"/my/{file.number}/submit/")
    me.who.sees("没有改动")
    me.is_sound("通读-没有改动")
    sign(me.who, file.name, "重新提交")
    me.who.page.wait_for_url("**/receipt/")


def there_is_something_missing(me: Watched, file: Application) -> None:
    blank, kept = {"postcode": ""}, {"postcode": "844000"}
    save_section(file.pk, "basic", blank, by=file.applicant, version=2)
    me.who.open(f"/my/{file.number}/submit/")
    me.who.sees("还有 1 处需要处理，现在还不能提交")
    me.is_sound("通读-有缺漏")
    save_section(file.pk, "basic", kept, by=file.applicant, version=3)
