"""Giving evidence in a browser: several at once, over a bad line, by phone, by keys, plainly."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import expect

from juxian.actions.evidence import MOST_PER_PERSON
from juxian.records.models import Application, Evidence, Upload
from juxian.selectors.evidence import evidence_of
from tests.house.world import PDF
from tests.journeys.standing import Site
from tests.journeys.visitor import PHONE, Visitor

SLOT = "honours"
MEGABYTE = 1024 * 1024
OFFLINE = "ERR_INTERNET_DISCONNECTED"

Comes = Callable[..., Visitor]


@pytest.fixture(scope="module")
def drafted(site: Site) -> Application:
    return site.world.professional_draft()


def paper(name: str, size: int = 0) -> dict[str, Any]:
    """A PDF that no other is the same as; `size` are bytes that do not compress."""
    content = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.pages[0].Contents = made.make_stream(b"% " + name.encode())
        made.Root.Weight = made.make_stream(os.urandom(size))
        made.save(content)
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": content.getvalue()}


HEAVY = paper("大证书", 12 * MEGABYTE)


@contextmanager
def slow(who: Visitor, bytes_a_second: int) -> Iterator[None]:
    line = who.page.context.new_cdp_session(who.page)
    line.send("Network.enable")
    conditions = {"offline": False, "latency": 20, "downloadThroughput": -1}
    line.send("Network.emulateNetworkConditions", conditions | {"uploadThroughput": bytes_a_second})
    yield
    line.send("Network.emulateNetworkConditions", conditions | {"uploadThroughput": -1})
    line.detach()


def choose(who: Visitor, *files: dict[str, Any] | Path, slot: str = SLOT) -> None:
    place = who.page.locator(f"#m-{slot}")
    if not place.locator(f"#u-{slot}").is_visible():
        place.locator(".in summary").click()
    place.locator(f"#u-{slot}").set_input_files(list(files))
    who.press("上传", within=place)


def is_sound(who: Visitor) -> None:
    found = who.violations()
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


def fits(who: Visitor) -> None:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert who.page.evaluate(wide) <= 0


def titles(file: Application, slot: str = SLOT) -> list[str]:
    return [one.title for one in evidence_of(file) if one.material == slot]


def test_three_files_at_once_each_with_its_progress_and_its_own_refusal(
    comes: Comes, drafted: Application
) -> None:
    who = comes("applicant")
    who.open(f"/my/{drafted.number}/evidence/")
    is_sound(who)
    who.picture("空的")
    before = titles(drafted)
    wrong = {"name": "说明.pdf", "mimeType": "application/pdf", "buffer": b"no paper at all"}
    slot = who.page.locator(f"#m-{SLOT}")
    with slow(who, 300_000):
        choose(who, paper("证书甲", MEGABYTE), paper("证书乙", MEGABYTE), paper("证书丙"), wrong)
        bars = slot.locator("progress")
        expect(bars.first).to_be_visible()
        expect(slot.get_by_text("已传", exact=False).first).to_be_visible()
        is_sound(who)
        who.picture("上传中")
    expect(slot.locator(".upload.refused")).to_contain_text("这是文本文件，请另存为PDF再上传")
    expect(slot.locator("[data-told]")).to_have_text(
        "已上传 3 份，没有收下 1 份，原因见各份文件。", timeout=30_000
    )
    for name in ("证书甲", "证书乙", "证书丙"):
        expect(slot.get_by_role("link", name=name, exact=True)).to_be_visible()
    is_sound(who)
    who.picture("有一份没有收下")
    busy = "503"  # two threads receive at once; a third file is told to come again, and does
    who.complaints[:] = [one for one in who.complaints if busy not in one]
    assert sorted(titles(drafted)) == sorted([*before, "证书甲", "证书乙", "证书丙"])
    assert not Upload.objects.filter(evidence__isnull=True).exists()


def test_a_broken_line_goes_on_by_itself_and_the_file_is_what_it_would_have_been(
    comes: Comes, drafted: Application, tmp_path: Path
) -> None:
    who = comes("applicant")
    who.open(f"/my/{drafted.number}/evidence/")
    large, same = tmp_path / "大证书.pdf", tmp_path / "一次传完.pdf"
    for copy in (large, same):
        copy.write_bytes(HEAVY["buffer"])
    slot = who.page.locator(f"#m-{SLOT}")
    with slow(who, 2 * MEGABYTE):
        choose(who, large)
        expect(slot.locator(".upload-told")).to_contain_text("已传 1", timeout=20_000)
    who.page.context.set_offline(True)
    expect(slot.locator(".upload-told")).to_contain_text("网络不稳", timeout=20_000)
    is_sound(who)
    who.picture("断线")
    who.page.context.set_offline(False)
    expect(slot.get_by_role("link", name="大证书", exact=True)).to_be_visible(timeout=60_000)
    assert any(OFFLINE in one for one in who.complaints)
    who.complaints[:] = [one for one in who.complaints if OFFLINE not in one]
    resumed = Evidence.objects.get(application=drafted, title="大证书")
    choose(who, same, slot="other")
    straight_card = who.page.locator("#m-other").get_by_role("link", name="一次传完", exact=True)
    expect(straight_card).to_be_visible(timeout=60_000)
    straight = Evidence.objects.get(application=drafted, title="一次传完")
    assert resumed.file_id == straight.file_id


def test_after_a_reload_choosing_the_same_file_sends_only_what_is_missing(
    comes: Comes, drafted: Application
) -> None:
    who = comes("applicant")
    who.open(f"/my/{drafted.number}/evidence/")
    large = paper("重启之前", 6 * MEGABYTE)
    slot = who.page.locator(f"#m-{SLOT}")
    with slow(who, MEGABYTE):
        choose(who, large)
        expect(slot.locator(".upload-told")).to_contain_text("已传 2", timeout=20_000)
        who.press("暂停", within=slot, exact=False)
        expect(slot.locator(".upload-told")).to_contain_text("已暂停")
    who.page.close()
    again = comes("applicant")
    again.open(f"/my/{drafted.number}/evidence/")
    again.sees("没有传完，已传")
    is_sound(again)
    again.picture("没有传完")
    sent: list[int] = []
    again.page.on(
        "request",
        lambda one: (
            sent.append(int(one.headers["upload-offset"]))
            if "upload-offset" in one.headers
            else None
        ),
    )
    choose(again, large)
    again_slot = again.page.locator(f"#m-{SLOT}")
    expect(again_slot.get_by_role("link", name="重启之前", exact=True)).to_be_visible(
        timeout=30_000
    )
    assert min(sent) >= MEGABYTE
    again.does_not_see("没有传完，已传")


def test_a_large_photograph_is_sent_smaller(comes: Comes, drafted: Application) -> None:
    who = comes("applicant")
    who.open(f"/my/{drafted.number}/evidence/")
    content = BytesIO()
    Image.effect_noise((4000, 3000), 40).convert("RGB").save(content, "JPEG", quality=95)
    photo = {"name": "拍照.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}
    choose(who, photo)
    slot = who.page.locator(f"#m-{SLOT}")
    expect(slot.get_by_role("link", name="拍照", exact=True)).to_be_visible(timeout=30_000)
    kept = Evidence.objects.get(application=drafted, title="拍照").file
    assert kept.size < len(content.getvalue())


def test_on_a_phone_and_with_keys_alone(comes: Comes, drafted: Application) -> None:
    who = comes("applicant", size=PHONE)
    who.open(f"/my/{drafted.number}/evidence/")
    fits(who)
    is_sound(who)
    who.picture("手机-证明材料")
    card = who.page.locator(f"#m-{SLOT} .given").first
    press(who, card.get_by_role("link", name="更改", exact=False))
    who.page.wait_for_url("**/change/")
    fits(who)
    is_sound(who)
    who.picture("手机-更改")
    who.page.locator("#title").press("Control+a")
    who.page.locator("#title").type("改过的名称")
    who.page.locator("#title").press("Enter")
    who.is_told("已保存")
    link = who.page.get_by_role("link", name="改过的名称", exact=True)
    press(who, link)
    who.page.wait_for_url("**/view/")
    fits(who)
    is_sound(who)
    who.picture("手机-查看")
    for key, query in (("r", "turned=90"), ("+", "zoom=2"), ("-", "zoom=1")):
        who.page.keyboard.press(key)
        who.page.wait_for_url(f"**{query}**")
    who.page.keyboard.press("Escape")
    who.page.wait_for_url("**/evidence/**")


def press(who: Visitor, control) -> None:
    control.focus()
    who.page.keyboard.press("Enter")


def test_everything_works_without_javascript(comes: Comes, drafted: Application) -> None:
    who = comes("applicant", javascript=False)
    who.open(f"/my/{drafted.number}/evidence/")
    for name in ("无脚本一", "无脚本二"):
        choose(who, paper(name), slot="other")
    who.press("上移：无脚本二")
    order = titles(drafted, "other")
    assert order.index("无脚本二") < order.index("无脚本一")
    who.press("移除：无脚本一")
    who.sees("已移除“无脚本一”。")
    who.picture("已移除")
    who.press("撤销移除")
    who.is_told("已撤销移除")
    assert titles(drafted, "other") == order
    who.follow("更改：无脚本一")
    new = {"name": "新.pdf", "mimeType": "application/pdf", "buffer": PDF + b"% new"}
    who.page.locator("#file").set_input_files(new)
    who.press("保存")
    who.is_told("已保存")
    assert titles(drafted, "other") == order
    who.follow("无脚本一")
    who.follow("旋转")
    who.follow("放大")
    expect(who.page.locator(".look.zoom-2 img")).to_be_visible()
    who.picture("查看")


def test_when_there_is_no_room_left_the_page_says_so_and_so_does_the_file(
    comes: Comes, drafted: Application
) -> None:
    one = evidence_of(drafted)[0]
    places = range(MOST_PER_PERSON - evidence_of(drafted).count())
    Evidence.objects.bulk_create(
        Evidence(
            application=drafted,
            material="other",
            title=f"附件{number}",
            file=one.file,
            position=1000 + number,
            added_by=one.added_by,
            added_at=one.added_at,
        )
        for number in places
    )
    who = comes("applicant")
    who.open(f"/my/{drafted.number}/evidence/")
    who.sees("份数已满，要再传请先移除不需要的。")
    choose(who, paper("再一份"))
    slot = who.page.locator(f"#m-{SLOT}")
    expect(slot.locator(".upload.refused")).to_contain_text("最多上传150份证明材料")
    is_sound(who)
    who.picture("已满")
