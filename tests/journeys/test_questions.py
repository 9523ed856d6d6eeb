"""Questions of the form as a person answers them: by keyboard, on a phone, without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Route, expect

from juxian.records.models import Application
from juxian.records.packs import pack_of
from juxian.regulation.cleaning import clean
from tests.journeys.standing import Site
from tests.journeys.visitor import DESKTOP, PHONE, Visitor

Comes = Callable[..., Visitor]


@pytest.fixture(scope="module")
def draft(site: Site) -> Application:
    return site.world.professional_draft()


def at(draft: Application, section: str) -> str:
    return f"/my/{draft.number}/{section}/"


def options(who: Visitor) -> Locator:
    return who.page.locator(".combo-list:not([hidden]) [role=option]")


def offered(who: Visitor, typed: str) -> list[str]:
    """What the open list has first for what was typed."""
    who.page.keyboard.press("Control+a")
    who.page.keyboard.type(typed)
    expect(options(who).first).to_be_visible()
    who.page.wait_for_timeout(100)
    return [one.split("\n")[0] for one in options(who).all_inner_texts()]


def by_key(who: Visitor, label: str) -> Locator:
    """The control of that label, come to by Tab alone."""
    wanted = who.page.get_by_label(label, exact=True).and_(who.page.get_by_role("combobox"))
    for _press in range(60):
        who.page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return wanted
    raise AssertionError(f"no key leads to {label}")


def is_clean(who: Visitor) -> None:
    assert [one["id"] for one in who.violations()] == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_discipline_is_picked_by_pinyin_initials_and_keys_alone(
    draft: Application, comes: Comes, size: tuple[int, int]
) -> None:
    who = comes("applicant", size=size)
    who.open(at(draft, "speciality"))
    search = by_key(who, "主要学科")

    assert offered(who, "wkx")[0] == "外科学"
    is_clean(who)
    who.picture("学科列表")
    who.page.keyboard.press("Enter")

    expect(search).to_have_value("外科学")
    expect(who.control("main_discipline")).to_have_value("32027")
    expect(who.page.locator("#f-main_discipline-path")).to_have_text("临床医学 › 外科学")
    who.page.keyboard.press("Enter")
    who.is_told("已保存")
    expect(search).to_have_value("外科学")


def test_a_list_is_walked_by_its_keys_and_left_without_a_trace(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.open(at(draft, "speciality"))
    search = by_key(who, "主要学科")
    kept = search.input_value()

    who.page.keyboard.press("ArrowDown")
    expect(options(who)).to_have_count(738)
    picked = options(who).and_(who.page.locator('[aria-selected="true"]'))
    expect(picked).to_contain_text(kept)
    for key, place in (("Home", 0), ("ArrowUp", 737), ("ArrowDown", 0), ("End", 737)):
        who.page.keyboard.press(key)
        expect(search).to_have_attribute("aria-activedescendant", f"f-main_discipline-list-{place}")
        expect(picked).to_be_in_viewport()
    who.page.keyboard.press("Escape")

    expect(options(who)).to_have_count(0)
    expect(search).to_have_value(kept)
    who.page.keyboard.type("没有的学科")
    who.page.keyboard.press("Tab")
    expect(search).to_have_value(kept)
    who.sees("没有名为“没有的学科”的选项，仍为原来所选。")


FOUND = [
    ("native_place", "shule", "疏勒县"),
    ("native_place", "slx", "疏勒县"),
    ("native_place", "疏勒", "疏勒县"),
    ("native_place", "chongq", "重庆市"),
    ("native_place", "653101", "喀什市"),
    ("native_place", "wu'erhe", "乌尔禾区"),
    ("ethnic_group", "wwez", "维吾尔族"),
    ("ethnic_group", "hasake", "哈萨克族"),
]


def test_a_code_is_found_by_name_full_pinyin_initials_or_number(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.open(at(draft, "basic"))
    found = {}
    for name, typed, _first in FOUND:
        who.page.locator(f"#f-{name}").focus()
        found[name, typed] = offered(who, typed)[0]

    assert found == {(name, typed): first for name, typed, first in FOUND}


def test_without_scripts_the_whole_list_is_there_to_pick_from(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant", javascript=False)
    who.open(at(draft, "speciality"))
    who.page.wait_for_url("**/speciality/?lists=whole")

    who.control("main_discipline").select_option(label="内科学")
    who.control("panel").select_option("")
    who.picture("完整列表")
    who.leaves_by("保存并返回目录")

    who.is_told("已保存")
    who.open(at(draft, "speciality"))
    who.page.wait_for_url("**/speciality/?lists=whole")
    expect(who.control("main_discipline")).to_have_value("32024")
    expect(who.control("panel")).to_have_value("07")


def test_a_list_that_cannot_be_read_is_told_and_the_whole_page_offered(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.page.route("**/lists/**", lambda route: route.abort())
    who.open(at(draft, "speciality"))

    who.page.locator("#f-main_discipline").click()

    who.sees("列表没能载入，请检查网络后再点一次，或从完整列表中选择。")
    who.follow("从完整列表中选择")
    expect(who.control("main_discipline")).to_have_value("32024")
    assert who.complaints != []
    who.complaints.clear()


WHOLE_ID = "110101199003077774"
HER_ID = "110101198505151220"


def test_a_name_entered_before_the_list_has_come_is_picked_when_it_comes(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    waiting: list[Route] = []

    def wait(route: Route) -> None:
        waiting.append(route)

    who.page.route("**/lists/**", wait)
    who.open(at(draft, "basic"))
    box = by_key(who, "民族")

    who.page.keyboard.insert_text("哈萨")
    who.page.keyboard.press("Enter")
    who.page.wait_for_timeout(300)
    for route in waiting:
        route.continue_()

    expect(who.control("ethnic_group")).to_have_value("17")
    expect(box).to_have_value("哈萨克族")
    expect(options(who)).to_have_count(0)
    expect(who.page.get_by_text("已保存。")).to_have_count(0)  # nothing was sent by that key


def test_a_name_begun_and_left_is_picked_where_only_one_begins_so(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.open(at(draft, "basic"))
    box = by_key(who, "民族")
    box.evaluate("one => { one.value = '乌孜'; }")  # as an input method that tells of nothing

    who.page.keyboard.press("Tab")

    expect(box).to_have_value("乌孜别克族")


def field(who: Visitor, name: str) -> Locator:
    return who.page.locator(f"#f-{name}-field")


def test_an_id_brings_out_sex_and_birth_at_once_and_tells_what_is_wrong(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.open(at(draft, "basic"))
    expect(field(who, "sex")).to_contain_text("由“证件号码”带出。")
    number = who.control("resident_id")

    number.fill(WHOLE_ID[:-1] + "5")
    expect(field(who, "resident_id")).to_contain_text(
        "身份证号码未通过校验，其中至少有一位有误，请对照证件逐位核对。"
    )
    is_clean(who)
    number.fill("１１０１０１ 19900307 7774")

    expect(field(who, "resident_id")).not_to_contain_text("未通过校验")
    expect(who.page.locator("[name=sex][value=male]")).to_be_checked()
    expect(who.control("birth_date")).to_have_value("1990-03-07")
    expect(field(who, "birth_date")).to_contain_text("由“证件号码”带出。")
    number.blur()
    expect(number).to_have_value(WHOLE_ID)
    who.picture("证件号码带出")
    number.fill(HER_ID)
    expect(who.page.locator("[name=sex][value=female]")).to_be_checked()
    expect(who.control("birth_date")).to_have_value("1985-05-15")
    who.choose("sex", "male")
    expect(field(who, "sex")).to_contain_text("与“证件号码”不一致，应为“女”。")
    number.fill(HER_ID[:10])
    number.blur()
    expect(field(who, "resident_id")).to_contain_text("身份证号码应为18位，现填写了10位。")
    assert WHOLE_ID not in who.page.url


def test_the_server_says_the_same_of_what_the_script_let_pass(
    draft: Application, comes: Comes
) -> None:
    form, kept = pack_of(draft.cycle).form, {"resident_id": HER_ID, "sex": "male"}

    faults = clean(form, "basic", kept | {"birth_date": "1985-05-15"}).faults

    assert [(one.path, one.message) for one in faults] == [
        ("sex", "与“证件号码”不一致，应为“女”。")
    ]


def test_a_discipline_brings_out_its_panel_and_a_title_its_series_and_grade(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.open(at(draft, "speciality"))
    who.fill(main_discipline="11011")
    expect(who.control("panel")).to_have_value("01")
    expect(field(who, "panel")).to_contain_text("由“主要学科”带出。")
    who.fill(panel="07")
    expect(field(who, "panel")).to_contain_text("与“主要学科”不一致，应为“数理化天地生组”。")

    who.page.on("dialog", lambda dialog: dialog.accept())
    who.open(f"/my/{draft.number}/title/titles/new/")
    who.fill(name="04101")
    expect(who.control("series")).to_have_value("04")
    expect(who.page.locator("#f-series")).to_have_value("卫生技术")
    expect(who.page.get_by_label("正高", exact=True)).to_be_checked()
    who.fill(name="05201")
    expect(who.page.locator("#f-series")).to_have_value("工程技术")
    expect(who.page.get_by_label("副高", exact=True)).to_be_checked()
    who.picture("职称带出")


def test_months_and_days_are_shown_as_they_are_kept(draft: Application, comes: Comes) -> None:
    who = comes("applicant")
    who.open(at(draft, "basic"))
    for typed in ("2015.3", "201503", "2015年3月"):
        who.fill(work_began=typed)
        who.control("work_began").blur()
        expect(who.control("work_began")).to_have_value("2015-03")
    who.fill(work_began="十五年")
    who.control("work_began").blur()
    expect(who.control("work_began")).to_have_value("十五年")

    for typed in ("1971年5月8日", "1971.5.8", "1971。5。8", "19710508"):
        who.fill(birth_date=typed)
        who.control("birth_date").blur()
        expect(who.control("birth_date")).to_have_value("1971-05-08")


def test_letters_still_being_composed_are_not_counted_and_the_limit_is_said_when_it_is_near(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.open(at(draft, "summary"))
    who.fill(deeds="字" * 100)
    count = who.page.locator('[data-count-for="f-deeds"]')
    said = count.locator("xpath=following-sibling::*[@role='status']")
    expect(count).to_have_text("100 / 150")

    compose = """(one, text) => {
        one.value = "字".repeat(100) + text;
        one.dispatchEvent(new InputEvent("input", {isComposing: true, bubbles: true}));
    }"""
    who.control("deeds").evaluate(compose, "zi")
    expect(count).to_have_text("100 / 150")
    who.control("deeds").evaluate(
        "one => one.dispatchEvent(new CompositionEvent('compositionend'))"
    )
    expect(count).to_have_text("102 / 150")
    who.page.wait_for_timeout(1200)
    expect(said).to_have_text("")
    who.fill(deeds="字" * 145)
    expect(said).to_have_text("还可以写5字。")
    who.fill(deeds="字" * 153)
    expect(said).to_have_text("超出3字，请删减。")


def test_on_a_phone_the_next_step_stays_in_reach_and_covers_nothing_that_has_the_focus(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant", size=PHONE)
    who.page.emulate_media(reduced_motion="reduce")  # nothing is on its way while it is measured
    who.open(at(draft, "post"))
    bar = who.page.locator(".keep-bar")
    place = """(bar) => {
        const here = document.activeElement;
        const [one, other] = [here, bar].map((part) => part.getBoundingClientRect());
        const isBeside = bar.contains(here) || here === document.body;
        return isBeside || one.bottom <= other.top ? "" : here.id;
    }"""
    expect(bar).to_be_in_viewport(ratio=1)
    covered = []
    for _press in range(60):
        who.page.keyboard.press("Tab")
        covered.append(bar.evaluate(place))

    assert set(covered) == {""}
    who.page.locator("#f-industry").click()
    picked = options(who).and_(who.page.locator('[aria-selected="true"]'))
    expect(picked).to_be_in_viewport(ratio=1)
    who.picture("手机底栏")


def test_a_known_prize_begins_its_row_and_a_place_among_several_is_two_answers(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.open(at(draft, "achievements"))
    who.page.locator('#t-awards button[value="awards/new"]').click()
    row = who.page.locator("[data-row-editor]")
    expect(row.locator('[name="name"]')).to_be_focused()
    who.page.keyboard.type("自治区科技进步奖")
    who.page.keyboard.press("Tab")
    expect(row.locator('[name="grade"][value="province"]')).to_be_checked()
    expect(row.locator('[name="issuer"]')).to_have_value("自治区人民政府")
    expect(row.locator("#r-issuer-field")).to_contain_text("由“奖项名称”带出。")

    row.locator('[name="issuer"]').fill("某厅")
    row.locator('[name="rank"]').fill("2/7")
    row.locator('[name="rank"]').blur()

    expect(row.locator("#r-issuer-field")).not_to_contain_text("带出。")
    place = [row.locator(f'[name="{name}"]').input_value() for name in ("rank", "people")]
    assert place == ["2", "7"]
    is_clean(who)


def test_of_the_cases_of_a_condition_only_those_of_the_chosen_one_are_offered(
    draft: Application, comes: Comes
) -> None:
    who = comes("applicant")
    who.open(at(draft, "conditions"))
    cases = who.page.locator('[name="alternative"]:visible')
    who.choose("primary", "A3")
    who.choose("alternative", "A3b")
    values = [one.get_attribute("value") for one in cases.all()]
    assert values == ["A3a", "A3b"]

    who.choose("primary", "A2")
    values = [one.get_attribute("value") for one in cases.all()]
    assert values == ["A2a", "A2b", "A2c", "A3b"]  # what is picked stays seen until it is changed
    is_clean(who)
