"""An officer's part of the road: one file, or a list of files, a step at a time."""

from collections.abc import Mapping, Sequence
from datetime import date

from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Visitor

EXPERTS = tuple(f"专家{mark}" for mark in "子丑寅卯辰巳午")


def open_file(who: Visitor, name: str) -> None:
    """The person's file, from the to-do list."""
    who.open("/office/")
    who.follow(name, within=who.page.locator("main form"))
    expect(who.page.locator(".person")).to_contain_text(name)


def endorse(who: Visitor, name: str, *, opinion: str) -> None:
    """Pass a file on; whatever the office certifies is certified as true."""
    write_endorsement(who, name, opinion)
    who.press("审核通过，送", exact=False)
    who.is_told("已审核通过")


def write_endorsement(who: Visitor, name: str, opinion: str) -> None:
    """All but the button: every question answered with yes, and the opinion."""
    open_file(who, name)
    who.follow("审核通过")
    who.page.wait_for_url("**/endorse/**")  # before its questions are counted
    for question in who.page.locator("fieldset.row-card").all():
        question.locator('input[value="yes"]').check()
    who.fill(opinion=opinion)
    who.picture("审核通过")


def send_back(who: Visitor, name: str, asked: Mapping[str, str], *, due_on: date) -> None:
    """Return a file with everything to mend at once: words by path."""
    open_file(who, name)
    for path in asked:
        who.choose("item", path)
    who.press(f"退回修改（{len(asked)}）")
    for path, words in asked.items():
        who.control(f"reason:{path}").select_option(index=1)
        who.fill(**{f"words:{path}": words})
    who.fill(due_on=due_on)
    who.picture("退回修改")
    who.press(f"预览退回内容，共 {len(asked)} 处")
    who.picture("预览退回内容")
    who.press(f"退回修改，共 {len(asked)} 处")
    who.is_told("已退回修改")


def take_up(who: Visitor, step: str, names: Sequence[str]) -> None:
    """A list of the files that wait at the step."""
    who.open("/office/")
    who.page.locator(".pile", has_text=step).first.click()
    for name in names:
        who.page.get_by_role("checkbox", name=name, exact=True).check()
    who.picture(f"建立名单-{step}")
    who.press(f"建立名单：{step}")
    who.is_told(f"已建立名单，共 {len(names)} 人")


def row_of(who: Visitor, name: str) -> Locator:
    return who.page.locator("main tbody tr", has_text=name)


def record_votes(
    who: Visitor, held_on: date, votes: Mapping[str, tuple[int, int, int, int]]
) -> None:
    """Seven experts, all present, and ayes, nays, abstained, recused by name; saved."""
    who.fill(held_on=held_on, place="第一会议室", chair=EXPERTS[0])
    for number, expert in enumerate(EXPERTS):
        who.fill(**{f"expert-{number}-name": expert, f"expert-{number}-employer": "某大学"})
        who.fill(**{f"expert-{number}-title": "教授", f"expert-{number}-speciality": "内科学"})
    for name, figures in votes.items():
        inputs = row_of(who, name).locator("td.votes input")
        for place, figure in enumerate(figures):
            inputs.nth(place).fill(str(figure))
        row_of(who, name).locator('input[name$="-opinion"]').fill("业绩突出，同行公认。")
    who.press("保存评议记录")


def conclude_evaluation(who: Visitor, carried: int) -> None:
    who.is_told("已保存评议记录")
    who.picture("评议记录")
    who.press("办结：通过的进入下一环节")
    who.is_told(f"通过 {carried} 人，未通过 0 人")


def evaluate(who: Visitor, step: str, names: Sequence[str], held_on: date) -> None:
    """An evaluation on paper that carries everybody."""
    take_up(who, step, names)
    record_votes(who, held_on, dict.fromkeys(names, (6, 1, 0, 0)))
    conclude_evaluation(who, len(names))


def publish(who: Visitor, *, too_short: date, ends_on: date, place: str) -> str:
    """The address of the notice; a period that is too short is refused first."""
    expect(who.control("ends_on")).to_have_value(str(ends_on))
    who.fill(ends_on=too_short, place=place)
    who.press("发布公示")
    who.is_told("公示期不得少于5个工作日")
    who.picture("公示期太短")
    expect(who.control("place")).to_have_value(place)
    who.fill(ends_on=ends_on)
    who.press("发布公示")
    who.is_told("公示已发布")
    expect(who.page.get_by_role("button", name="办结公示")).to_have_count(0)
    who.picture("公示中")
    address = who.page.get_by_role("link", name="看公示页").get_attribute("href")
    assert address is not None
    return address


def conclude_publicity(who: Visitor) -> None:
    """The page of the notice is open; its days are over."""
    who.page.reload()
    who.is_whose_turn("公示期满，可以办结")
    who.press("办结公示")
    who.is_told("公示已办结")


def answer_in_writing(
    who: Visitor, step: str, names: Sequence[str], document: str, held_on: date
) -> None:
    """An opinion or a decision on everybody: all as the page offers, with the document's number."""
    take_up(who, step, names)
    who.fill(document_number=document, held_on=held_on)
    if not who.control("body").input_value():
        who.fill(body="党组会议")
    who.picture(step)
    who.press("办结", exact=False)
    who.is_whose_turn("已办结")


def nominate(who: Visitor, name: str, *, bucket: str) -> bytes:
    """Rank the only candidate, see the bucket, say why, send the list up; the list as Excel."""
    take_up(who, "按推荐指标上报", [name])
    row_of(who, name).locator('input[name^="rank-"]').fill("1")
    who.press("保存顺序并安排指标")
    who.is_told("顺序已保存")
    picked = row_of(who, name).locator('select[name="bucket"] option:checked')
    expect(picked).to_have_text(bucket)
    who.picture("推荐排序")
    who.follow("写推荐理由", exact=False)
    who.fill(reason="长期扎根一线，业绩突出，群众公认。")
    who.picture("推荐理由")
    who.press("保存推荐理由")
    who.is_told(f"{name}的推荐理由已保存")
    who.follow("核对并上报 1 人")
    who.page.get_by_label("我已核对").check()
    who.picture("核对并上报")
    who.press("上报 1 人")
    who.is_told("推荐名单已上报，共 1 人")
    return who.downloads("导出一览表（Excel）")
