"""The whole of the applicant's desk by keyboard alone: no mouse, no control filled from outside."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from juxian.records.models import Application
from juxian.regulation.words import Standing
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import answers_of
from tests.house.world import PASSWORD, another_pdf
from tests.journeys.standing import Site
from tests.journeys.visitor import Visitor

MOST = 150  # steps from one end of a page to the other
# What is seen of the focus: an outline or a ring that is not there without it, inside the window.
FOCUS = r"""() => {
    const here = document.activeElement;
    const [ring, box] = [getComputedStyle(here), here.getBoundingClientRect()];
    const isOut = box.bottom <= 0 || box.top >= innerHeight;
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
    const middle = box.top + Math.min(box.height, innerHeight) / 2;
    const y = Math.min(Math.max(middle, 0), innerHeight - 1);
    const over = document.elementFromPoint(x, y);
    const isCovered = !!over && !here.contains(over) && !over.contains(here)
        && !(here.labels && [...here.labels].some((label) => label.contains(over)));
    const name = here.getAttribute("aria-label")
        || [...(here.labels ?? [])].map((one) => one.innerText).join(" ")
        || (here.textContent ?? "").replace(/\s+/g, " ");
    return {
        tag: here.tagName, id: here.id, name: name.trim(), type: here.type ?? "",
        isRinged: (ring.outlineStyle !== "none" && ring.outlineWidth !== "0px")
            || ring.boxShadow !== "none",
        isSeen: !isOut && !isCovered,
    };
}"""


@dataclass
class Typist:
    """Somebody without a mouse; `unseen` are places where the focus was and could not be seen."""

    who: Visitor
    unseen: list[str]

    @property
    def focus(self) -> dict[str, object]:
        seen: dict[str, object] = self.who.page.evaluate(FOCUS)
        return seen

    def press(self, *keys: str) -> None:
        for key in keys:
            self.who.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.who.page.keyboard.type(text)

    def reach(self, name: str, *, back: bool = False, kind: str = "") -> None:
        """On with Tab until something of that name has the focus; its ring is looked for."""
        for _step in range(MOST):
            self.press("Shift+Tab" if back else "Tab")
            focus = self.focus
            if focus["tag"] == "BODY":
                continue
            if not (focus["isRinged"] and focus["isSeen"]):
                self.unseen.append(f"{self.who.where}: {focus}")
            if name in str(focus["name"]) and (not kind or focus["tag"] == kind):
                return
        raise AssertionError(f"no key leads to {name} at {self.who.where}")

    def enters(self, name: str, **how: bool) -> None:
        """Go there and press Enter; the next page has come."""
        self.reach(name, **how)
        with self.who.page.expect_navigation():
            self.press("Enter")
        self.who.page.wait_for_load_state()

    def fills(self, name: str, text: str) -> None:
        self.reach(name, kind="INPUT")
        self.press("Control+a")
        self.type(text)

    def is_at(self, name: str) -> None:
        """The focus is there without a key being pressed."""
        expect(self.who.page.locator(":focus")).to_contain_text(name)


@pytest.fixture(scope="module")
def nearly(site: Site) -> Application:
    """Filled but for what is typed here, and not yet begun by somebody else."""
    site.world.add_person("beginner", "热娜·买买提")
    return site.world.professional_draft()


@pytest.fixture
def sits_down(comes: Callable[..., Visitor]) -> Callable[[str], Typist]:
    """Signs in with keys, from the first page of the site."""

    def somebody(login: str) -> Typist:
        one = Typist(comes(), [])
        one.who.page.emulate_media(reduced_motion="reduce")  # a ring is there at once
        one.who.open("/")
        one.enters("登录")
        one.fills("登录名", login)
        one.fills("口令", PASSWORD)
        one.press("Enter")
        one.who.page.wait_for_url("**/my/")
        return one

    return somebody


def test_an_application_is_begun_by_keys_alone(
    nearly: Application, sits_down: Callable[[str], Typist]
) -> None:
    one = sits_down("beginner")
    one.enters("开始申报")
    one.fills("查找工作单位", "医院")
    one.enters("查找")
    one.enters("开始填写")
    one.is_at("需要修改")
    one.reach("工作单位：请先在上面查找")
    one.press("Enter")
    one.press("Space", "ArrowDown")
    assert one.focus["name"] == "喀什地区第一人民医院（示例）"
    one.reach("专业技术人才")
    one.press("Space")
    one.enters("开始填写")
    one.who.sees("填写目录")
    begun = Application.objects.get(applicant__login="beginner")
    assert (begun.track, begun.standing) == ("professional", Standing.OPEN)
    assert one.unseen == []


def test_a_form_is_filled_proved_submitted_and_taken_back_by_keys_alone(
    nearly: Application, sits_down: Callable[[str], Typist]
) -> None:
    one = sits_down("applicant")
    one.enters("继续填写")
    a_code_is_picked(one, nearly)
    a_row_is_added_and_put_first(one, nearly)
    a_file_is_given(one, nearly)
    it_is_submitted(one, nearly)
    it_is_taken_back(one, nearly)
    assert one.unseen == []


def a_code_is_picked(one: Typist, file: Application) -> None:
    one.enters("填写专业领域")
    one.reach("主要学科")
    one.press("Control+a")
    one.type("wkx")
    expect(one.who.page.locator(".combo-list:not([hidden]) [role=option]").first).to_be_visible()
    one.who.page.wait_for_timeout(200)
    one.press("Enter")
    one.enters("保存并返回目录")
    one.who.is_told("已保存")
    assert answers_of(file)["speciality"]["main_discipline"] == "32027"


def a_row_is_added_and_put_first(one: Typist, file: Application) -> None:
    count = len(answers_of(file)["career"]["records"])
    one.enters("填写主要学习工作经历")
    one.reach("再添加一条")
    one.press("Enter")
    expect(one.who.page.locator(":focus")).to_have_attribute("name", "start")
    one.type("去年")
    one.reach("保存这一条")
    one.press("Enter")
    one.is_at("有 1 处需要修改")
    one.fills("开始年月", "1985-09")
    one.fills("结束年月", "1989-07")
    one.fills("学习或工作单位", "某中学")
    one.fills("职务、职称或学习内容", "高中学习")
    one.press("Enter")
    expect(one.who.page.locator(":focus")).to_have_attribute("aria-label", "修改：某中学")
    for place in range(count, 0, -1):
        one.reach("上移：某中学", back=place < count)
        one.press("Enter")
        one.who.is_told(f"现在是第 {place} 条")
    one.enters("保存并返回目录")
    rows = answers_of(file)["career"]["records"]
    assert (len(rows), rows[0]["employer"]) == (count + 1, "某中学")


def a_file_is_given(one: Typist, file: Application) -> None:
    """The browser's own chooser is opened with a key."""
    before = evidence_of(file).count()
    one.who.page.on("filechooser", lambda _chooser: None)  # listened for long before the key
    one.enters("上传证明材料")
    one.reach("再上传居民身份证")
    one.press("Enter")
    one.reach("选择文件")
    with one.who.page.expect_file_chooser() as chosen:
        one.press("Enter")
    sent = {"name": "背面.pdf", "mimeType": "application/pdf", "buffer": another_pdf("背面")}
    chosen.value.set_files(sent)
    one.reach("上传", kind="BUTTON")
    one.press("Enter")
    one.who.sees("已上传 1 份")
    assert evidence_of(file).count() == before + 1
    one.enters("下一步：核对")


def it_is_submitted(one: Typist, file: Application) -> None:
    one.enters("下一步：通读并提交")
    one.reach("以上内容和证明材料真实")
    one.press("Space")
    one.fills("签名", "别人")
    one.press("Enter")
    one.is_at("签名须与登记表上的姓名一致")
    one.reach("签名", kind="INPUT")
    while one.focus["type"] == "checkbox":
        one.reach("签名", kind="INPUT")
    one.press("Control+a")
    one.type(file.name)
    one.press("Enter")
    one.who.page.wait_for_url("**/receipt/")
    one.who.sees(file.number)


def it_is_taken_back(one: Typist, file: Application) -> None:
    one.enters("取回修改")
    one.enters("取回修改")
    one.who.page.wait_for_url(f"**/my/{file.number}/**")
    file.refresh_from_db()
    assert file.standing == Standing.OPEN
    assert file.submissions.count() == 1
