"""A parcel from the nominating unit to the receiving desk, scanned as fast as a scanner types."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from juxian.papers.proof import read_content
from juxian.records.clock import today
from juxian.records.models import Application, PageSeen
from juxian.selectors.parcel import awaited_of
from tests.house.actions.piles import nominees, printed
from tests.journeys.standing import Site
from tests.journeys.visitor import Visitor

Comes = Callable[..., Visitor]


@pytest.fixture(scope="module")
def file(site: Site) -> Application:
    (sent,), _before = nominees(site.world, 1, 0, mend=False)
    return sent


def codes(file: Application) -> list[str]:
    return [str(page.marks[0]) for page in read_content(printed(file))]


def scan(who: Visitor, code: str) -> None:
    """What a scanner does: it types into whatever has the focus, and presses Enter."""
    who.page.keyboard.insert_text(code)
    who.page.keyboard.press("Enter")


def post(sender: Visitor, number: str) -> None:
    """Refused without a tracking number, which then is all that is to be added."""
    sender.open(f"/office/parcels/{number}/")
    sender.follow("登记寄出")
    sender.fill(courier="中国邮政EMS")
    sender.press("登记寄出")
    sender.sees("运单号：请填写")
    sender.fill(tracking_number="EA123456789CN")
    sender.press("登记寄出")
    sender.sees("中国邮政EMS EA123456789CN")


def take_in(receiver: Visitor, number: str) -> None:
    """Opened by its bar code; refused with a postmark of the day after."""
    receiver.open("/office/parcels/")
    scan(receiver, number)
    expect(receiver.page).to_have_url(f"{receiver.address}/office/parcels/{number}/")
    receiver.fill(postmarked_on=today() + timedelta(days=1))
    receiver.press("登记收到，开始核对")
    receiver.sees("邮戳日期不能晚于收到日期，请核对")
    receiver.fill(postmarked_on=today())
    receiver.press("登记收到，开始核对")
    receiver.sees("未逾期")


def go_through(receiver: Visitor, copy: list[str]) -> None:
    """The pages of the first copy, and a draft's where the third should be."""
    answer = receiver.page.locator("#scan-answer")
    scan(receiver, copy[0])
    expect(answer).to_contain_text("一致")
    scan(receiver, copy[0])
    expect(answer).to_contain_text("先前已扫过")
    for mark in copy[1:]:  # one after another, without waiting for answers
        scan(receiver, mark)
    expect(answer).to_contain_text("这一份各页齐全")
    number, _turn, digest, _copy, page = copy[0].split(":")[1:]
    scan(receiver, f"J1:{number}:0:{digest}:3:{page}")
    expect(answer).to_contain_text("不能作数")
    expect(receiver.page.locator("#parcel-odd")).to_contain_text("草稿，不作为报送材料")
    expect(receiver.page.locator("#parcel-counts")).to_contain_text(f"{len(copy)} /")
    receiver.picture("receiving")


def test_a_parcel_is_posted_taken_in_and_scanned(site: Site, comes: Comes, file) -> None:
    (awaited,) = awaited_of(site.world.technical_handler)
    sender, receiver = comes("kashgar_handler"), comes("technical_handler")
    marks = codes(file)
    copy = [mark for mark in marks if mark.split(":")[-2] == "1"]
    tick = receiver.page.locator("[name=tick]").first

    post(sender, awaited.number)
    take_in(receiver, awaited.number)
    go_through(receiver, copy)
    tick.check()
    scan(receiver, marks[len(copy)])
    expect(receiver.page.locator("#scan-answer")).to_contain_text("第 2 份")
    expect(tick).to_be_checked()
    receiver.press("保存勾选")
    receiver.sees("勾选已保存")

    expect(tick).to_be_checked()
    assert PageSeen.objects.filter(verdict="equal").count() == len(copy) + 1
    sender.open(f"/office/parcels/{awaited.number}/")
    sender.sees("各页齐全")
    assert sender.page.locator("#scan-code").count() == 0
    assert (receiver.complaints, sender.complaints) == ([], [])
