"""The committee's part of the road: convening, pledges, recusal, secret ballots, the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from playwright.sync_api import expect

from juxian.papers.result_sheet import COLUMNS
from tests.journeys.visitor import Visitor

PANEL = "特殊津贴评审委员会"


@dataclass(frozen=True)
class Answer:
    """A line of the ministry's answer."""

    number: str
    name: str
    document: str
    certificate: str


def open_cycle(secretary: Visitor) -> None:
    secretary.open("/secretariat/")
    secretary.follow("看进展")


def convene(secretary: Visitor, step: str, names: Sequence[str]) -> None:
    """A panel of these people for all tracks; the first of them takes the chair."""
    open_cycle(secretary)
    secretary.follow("组建")
    secretary.fill(title=PANEL, document_number="人社函〔2020〕21号")
    secretary.control("step").select_option(label=step)
    for name in names:
        secretary.fill(words=name)
        secretary.press("查找")
        secretary.press("加入")
        expect(secretary.page.locator('input[name="member"]').last).to_be_attached()
        secretary.sees(name)
    secretary.page.get_by_label(f"{names[0]}任主任委员").check()
    secretary.picture("组建评委会")
    secretary.press("组建评委会")
    secretary.is_told("评委会已组建")
    for name in names:
        secretary.sees(name)


def pledge(expert: Visitor) -> None:
    """Read and promise; the page that follows asks for recusals."""
    expert.open("/expert/")
    expert.is_whose_turn("承诺")
    expert.follow("阅读承诺")
    expert.picture("保密与回避承诺")
    expert.page.get_by_label("我已阅读以上内容").check()
    expert.press("同意并进入")
    expert.sees("回避申报")


def declare(expert: Visitor, *, kept_out: Sequence[str] = ()) -> None:
    """Students of the expert are kept out of; nobody else is."""
    for name in kept_out:
        expert.page.get_by_label(f"与{name}的关系").select_option(label="师生")
    expert.picture("回避申报")
    expert.press("提交回避申报")
    expert.is_told("回避申报已提交")


def start_ballot(secretary: Visitor, track: str) -> str:
    """The phrase that opens the ballot, shown this once."""
    open_cycle(secretary)
    review = secretary.page.locator("section.sheet", has_text=f"评审委员会表决 · {track}")
    secretary.follow("组织表决", within=review)
    secretary.press("开始表决")
    phrase = secretary.page.locator(".phrase").inner_text().strip()
    secretary.picture("开票口令")
    secretary.follow("已抄记，看投票进度")
    secretary.is_whose_turn("已投 0 人，应到 4 人")
    return phrase


def vote(expert: Visitor, name: str) -> None:
    """Aye, after a look at the file; who keeps out of everybody is present without a vote."""
    expert.open("/expert/")
    expert.follow("去投票")
    expect(expert.page.locator("h1")).to_have_text("无记名投票")
    radios = expert.page.get_by_role("radio", name="同意", exact=True)
    if radios.count():
        expert.follow("看材料")
        expert.sees(name)
        expert.picture("审阅材料")
        expert.follow("回到选票")
        radios.check()
        expert.picture("投票")
        expert.press("投票")
    else:
        expert.picture("全部回避")
        expert.press("确认到会（全部回避）")
    expert.sees("您的选票已投出并封存")


def count_ballot(secretary: Visitor, phrase: str, figures: Sequence[int]) -> None:
    """A wrong phrase opens nothing; the right one gives ayes, nays, abstained, recused."""
    secretary.page.reload()
    secretary.is_whose_turn("全部投票完毕，可以开票")
    secretary.fill(phrase="000000000000")
    secretary.press("开票")
    secretary.is_told("开票口令不对")
    secretary.fill(phrase=phrase)
    secretary.press("开票")
    secretary.is_told("已开票")
    cells = secretary.page.locator("main tbody tr").first.locator("td.r")
    expect(cells).to_have_text(["1", *map(str, figures)])
    secretary.picture("表决结果")


def propose_too_early(secretary: Visitor) -> None:
    """Before the state has said how many places there are, no list is drawn."""
    secretary.follow("回到名单，办下一步")
    secretary.sees("名额还没有登记")
    expect(secretary.page.get_by_role("link", name="登记下达名额").first).to_be_visible()
    expect(secretary.page.get_by_role("link", name="提出名单", exact=True)).to_have_count(0)
    secretary.picture("名额还没有登记")


def allot(secretary: Visitor, track: str, places: int) -> None:
    open_cycle(secretary)
    line = secretary.page.locator("aside li", has_text=track).filter(has_text="尚未下达")
    secretary.follow("登记", within=line)
    secretary.fill(places=places, document_number="人社部函〔2020〕55号")
    secretary.press("登记")
    secretary.is_told("下达名额已登记")


def propose(secretary: Visitor, track: str) -> None:
    open_cycle(secretary)
    review = secretary.page.locator("section.sheet", has_text=f"评审委员会表决 · {track}")
    secretary.follow("去提出名单", within=review)
    secretary.follow("提出名单")
    secretary.page.get_by_label("我已核对").check()
    secretary.picture("提出名单")
    secretary.press("提出名单")
    secretary.is_told("拟入选 1 人，备选 0 人")


def take_the_package(secretary: Visitor) -> bytes:
    """The package for the ministry, as one ZIP."""
    open_cycle(secretary)
    secretary.follow("上报部委的材料包")
    secretary.picture("上报部委")
    content = secretary.downloads("下载材料包（ZIP）")
    secretary.keep("材料包.zip", content)
    return content


def workbook(answers: Sequence[Answer]) -> bytes:
    """The ministry's answer: everybody approved."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for line, one in enumerate(answers, start=1):
            row = (one.number, one.name, "批准", one.document, one.certificate)
            sheet.write_row(line, 0, row)
    return content.getvalue()


def record_results(secretary: Visitor, answers: Sequence[Answer]) -> None:
    """Taken in from a workbook, seen before anything is written, then confirmed."""
    open_cycle(secretary)
    secretary.follow("导入批准结果")
    secretary.is_whose_turn(f"{len(answers)} 人已上报，等待批准结果")
    file = {
        "name": "结果.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": workbook(answers),
    }
    secretary.control("workbook").set_input_files(file)
    secretary.press("上传并预览")
    secretary.sees(f"读到 {len(answers)} 行，其中批准 {len(answers)} 人")
    secretary.picture("结果预览")
    secretary.press(f"确认登记 {len(answers)} 人的结果")
    secretary.is_told(f"已登记 {len(answers)} 人的结果")
    secretary.picture("已登记的结果")
