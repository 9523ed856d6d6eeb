"""An applicant's part of the road: signing up, filing, printing, mending what was returned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import expect

from juxian.records.models import Application
from juxian.records.packs import pack_of
from juxian.regulation.answers import facts
from juxian.regulation.eligibility import Facts
from juxian.regulation.fields import Form
from juxian.regulation.pack import Pack
from juxian.regulation.support import bare_claims, due_of, enough_for
from juxian.selectors import application as selected
from juxian.selectors.facts import answers_of
from tests.house.world import PASSWORD
from tests.journeys.filling import fill_form, upload
from tests.journeys.visitor import Visitor


@dataclass
class Candidate:
    """Somebody who applies; `search` finds the employer, `number` is given on beginning."""

    who: Visitor
    login: str
    employer: str
    search: str
    track: str
    answers: Mapping[str, Mapping[str, Any]]
    number: str = ""

    @property
    def name(self) -> str:
        name: str = self.answers["basic"]["name"]
        return name

    @property
    def application(self) -> Application:
        return Application.objects.select_related("cycle").get(number=self.number)

    @property
    def form(self) -> Form:
        return selected.form_of(self.application)

    @property
    def judged(self) -> tuple[Pack, str, Facts]:
        """The pack, the track and the answers that decide which evidence is due."""
        pack, answers = pack_of(self.application.cycle), answers_of(self.application)
        return pack, self.application.track, facts(self.form, answers)


def sign_up(one: Candidate) -> None:
    one.who.open("/")
    one.who.follow("登录申报")
    one.who.follow("还没有账号？注册")
    one.who.fill(username=one.login, name=one.name, phone=one.answers["basic"]["mobile"])
    one.who.fill(password1=PASSWORD, password2=PASSWORD)
    one.who.picture("注册")
    one.who.press("注册")
    one.who.page.wait_for_url("**/my/")


def begin(one: Candidate) -> None:
    """Find the employer, choose the track: the application has a number from here on."""
    one.who.follow("开始申报")
    one.who.fill(q=one.search)
    one.who.press("查找")
    one.who.page.get_by_label(one.employer).check()
    one.who.page.get_by_label(one.track).check()
    one.who.picture("开始申报")
    one.who.press("开始填写")
    one.who.follow("填写目录")
    one.number = one.who.page.locator(".crumb .num").inner_text()
    one.who.is_whose_turn("您本人")


def fill_all_but_the_signature(one: Candidate) -> None:
    one.who.follow("填写：基本信息")
    unsigned = {
        section: {name: value for name, value in values.items() if name != "signature"}
        for section, values in one.answers.items()
    }
    fill_form(one.who, one.form, unsigned)
    one.who.picture("填写目录")


def prove(one: Candidate) -> None:
    """Whatever must be proved, and one row of the form beside."""
    one.who.follow("上传证明材料", exact=False)
    for material in enough_for(*one.judged):
        upload(one.who, material.code, f"{one.name}的{material.title}")
    one.who.page.reload()
    slot = one.who.page.locator("#m-awards, #m-method").first
    code = slot.evaluate("one => one.id.slice(2)")
    slot.locator(".in summary").click()
    claim = slot.locator('select[name="claim"] option').nth(1).inner_text()
    upload(one.who, code, f"{one.name}的业绩证明", claim)
    one.who.sees("必交的材料都有了")
    one.who.picture("证明材料")


def check_with_faults(one: Candidate) -> None:
    """The check names every gap at once; each leads to its place and is mended there.

    The gaps are the signature, every material that must be proved, and every condition claimed,
    each of which wants a file.
    """
    missing = len(due_of(*one.judged)) + len(bare_claims(*one.judged, ()))
    one.who.follow("核对并提交", exact=False)
    one.who.sees(f"还有 {missing + 1} 处需要处理，处理后才能提交")
    one.who.picture("核对-有缺漏")
    one.who.follow("请填写“申报人签名”。")
    field = one.who.control("signature")
    assert one.who.page.url.endswith("#f-signature")
    expect(field).to_be_in_viewport()
    field.fill(one.name)
    one.who.press("保存并返回目录")
    prove(one)
    one.who.follow("下一步：核对")
    one.who.sees("没有发现问题，可以提交")
    one.who.picture("核对-可以提交")


def submit(one: Candidate, *, turn: int) -> None:
    one.who.follow("下一步：通读并提交")
    one.who.picture(f"通读-第{turn}轮")
    one.who.page.get_by_label("以上内容和证明材料真实").check()
    one.who.fill(signed_name=one.name)
    one.who.press("提交申报" if turn == 1 else "重新提交")
    one.who.page.wait_for_url("**/receipt/")
    expect(one.who.page.locator(".receipt").first).to_have_text(one.number)
    one.who.picture(f"回执-第{turn}轮")


def apply(one: Candidate) -> None:
    """From a stranger to a submitted application; what was typed is what was kept."""
    sign_up(one)
    begin(one)
    fill_all_but_the_signature(one)
    check_with_faults(one)
    submit(one, turn=1)
    assert plain(kept(one)) == plain(one.answers)


def kept(one: Candidate) -> Mapping[str, Mapping[str, Any]]:
    submission = one.application.submissions.latest("turn")
    return selected.opened(submission.answers)


def plain(answers: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Answers without blanks, the photograph's key and the keys of rows."""
    return {
        section: {name: bare(value) for name, value in values.items() if is_said(name, value)}
        for section, values in answers.items()
    }


def is_said(name: str, value: Any) -> bool:
    return name != "photo" and value not in (None, "", [])


def bare(value: Any) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [
            {name: one for name, one in row.items() if name != "id" and one not in ("", False, [])}
            for row in value
        ]
    return value


def printed(one: Candidate, link: str = "生成 PDF") -> bytes:
    """The form in all its copies, as the applicant takes it home."""
    one.who.open(f"/my/{one.number}/print/")
    one.who.picture("打印登记表")
    content = one.who.downloads(link)
    one.who.keep("登记表.pdf", content)
    return content


def mend(one: Candidate, *, change: tuple[str, str], reply: tuple[str, str]) -> None:
    """Of two things asked for, change one and answer the other: (label, new words) each."""
    one.who.open("/my/")
    one.who.follow("处理 2 处退回")
    one.who.is_whose_turn("您本人")
    one.who.picture("退回事项")
    asked = one.who.page.locator("section.sheet[id^=i-]")
    label, words = change
    one.who.follow("去修改", within=asked.filter(has_text=label))
    one.who.page.get_by_label(label).fill(words)
    one.who.press("保存")
    one.who.is_told("已保存")
    one.who.open(f"/my/{one.number}/returned/")
    label, words = reply
    item = asked.filter(has_text=label)
    item.locator("summary").click()
    item.locator("textarea").fill(words)
    one.who.press("保存答复", within=item)
    one.who.is_told("答复已保存")
    expect(asked.get_by_text("已修改")).to_have_count(1)
    expect(asked.get_by_text("已答复")).to_have_count(1)
    one.who.picture("退回事项-已处理")
    one.who.follow("改好了，去核对提交")
    submit(one, turn=2)
