"""All that an applicant must do can be done in a browser that runs no scripts."""

from collections.abc import Callable

from playwright.sync_api import expect

from juxian.selectors import application as selected
from tests.journeys.filling import add_row, upload
from tests.journeys.standing import Site
from tests.journeys.visitor import Visitor

HONOUR = {
    "name": "prefecture_honour",
    "other_name": "喀什地区优秀医师（示例）",
    "issuer": "喀什地区行政公署",
    "year": 2017,
}


def test_an_applicant_saves_adds_a_row_uploads_and_submits_without_javascript(
    site: Site, comes: Callable[..., Visitor]
) -> None:
    drafted = site.world.professional_draft()
    form = selected.form_of(drafted)
    who = comes("applicant", javascript=False)
    a_section_is_saved(who, drafted.number)
    who.open(f"/my/{drafted.number}/honours/")
    honours = form.section("honours")
    add_row(who, honours.field("records"), HONOUR)
    who.picture("添加一行")
    who.open(f"/my/{drafted.number}/evidence/")
    upload(who, "honours", "荣誉证书")
    who.picture("证明材料")
    it_is_submitted(who, drafted.number, drafted.name)
    answers = selected.opened(drafted.submissions.get().answers)
    assert answers["summary"]["deeds"] == "建立南疆胸痛救治网络。"
    assert [row["name"] for row in answers["honours"]["records"]] == [
        "tianshan",
        "prefecture_honour",
    ]


def a_section_is_saved(who: Visitor, number: str) -> None:
    """Questions that scripts would fold away are all there to be seen."""
    who.follow("继续填写")
    who.follow("填写综述", exact=False)
    who.sees("最多 150 字")  # a script would count
    who.fill(deeds="建立南疆胸痛救治网络。")
    who.picture("综述")
    who.press("保存并返回目录")
    who.is_told("已保存")
    who.open(f"/my/{number}/assessment/")
    expect(who.control("punishment_detail")).to_be_visible()


def it_is_submitted(who: Visitor, number: str, name: str) -> None:
    who.follow("下一步：核对")
    who.sees("没有发现问题，可以提交")
    who.follow("下一步：通读并提交")
    who.fill(signed_name=name)
    who.press("提交申报")
    who.is_told("请阅读并勾选声明")
    expect(who.control("signed_name")).to_have_value(name)
    who.page.get_by_label("以上内容和证明材料真实").check()
    who.press("提交申报")
    expect(who.page.locator(".receipt").first).to_have_text(number)
    who.picture("回执")
