"""A department from its passed candidates to one list of both tracks, and who reads it above."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from juxian.actions import cycle
from juxian.records.models import Application, ProceedingItem
from juxian.regulation.words import Holder, OfficeKind, Role
from tests.house.world import BEIJING, World, vary_identity
from tests.journeys.deskwork import row_of, take_up
from tests.journeys.standing import Site
from tests.journeys.visitor import Visitor
from tests.rules.sample_answers import professional_sample, skilled_sample
from tests.rules.sample_parts import declaration

BEGUN = datetime(2020, 3, 16, 10, tzinfo=BEIJING)
FIRST, SECOND, THIRD, WELDER = "阿娜尔·艾山", "王建设", "帕提古丽·买买提", "赵钢"
VOTES = {FIRST: 7, SECOND: 6, THIRD: 5, WELDER: 7}


@pytest.fixture(scope="module")
def files(site: Site) -> dict[str, Application]:
    """Three for two places of professionals, and a welder, all past the decision."""
    site.set_clock(BEGUN)
    world = site.world
    department(world)
    files = {name: filed(world, number, name) for number, name in enumerate(VOTES, start=1)}
    *doctors, welder = files.values()
    world.pass_until("nominator_check", *doctors)
    world.pass_until("nominator_check", welder)
    world.pass_until("nomination", *doctors, welder)
    for name, file in files.items():
        voted = ProceedingItem.objects.filter(application=file, ayes__isnull=False)
        voted.update(ayes=VOTES[name], nays=7 - VOTES[name])
    return files


def department(world: World) -> None:
    health = world.add_office(
        "health",
        "自治区卫生健康委员会（示例）",
        kind=OfficeKind.ORGAN,
        region="650000",
        holder=Holder.DEPARTMENT,
    )
    for at, name, kind, affiliation in (
        ("clinic", "自治区第一附属医院（示例）", OfficeKind.HOSPITAL, "40"),
        ("works", "自治区医疗器械厂（示例）", OfficeKind.STATE_ENTERPRISE, "20"),
    ):
        facts = {"kind": kind, "affiliation": affiliation, "region": "650100"}
        world.add_office(at, name, files_to=health, **facts)
    for at in ("health", "clinic", "works"):
        world.add_officer(f"{at}_handler", f"{at}经办", at, Role.HANDLER)
        world.add_officer(f"{at}_discipline", f"{at}纪检", at, Role.DISCIPLINE)
    for bucket, granted in (("professional", 2), ("skilled", 2)):
        cycle.grant_seats(
            world.cycle.pk,
            health.pk,
            bucket,
            by=world.secretary,
            granted=granted,
            reason="新增推荐单位",
        )


def filed(world: World, number: int, name: str) -> Application:
    is_welder = name == WELDER
    answers = skilled_sample() if is_welder else professional_sample()
    answers["basic"]["name"] = name
    answers["declaration"] = declaration(name)
    vary_identity(answers, 40 + number)
    track = "skilled" if is_welder else "professional"
    applicant = world.add_person(f"candidate{number}", name)
    employer = world.offices["works" if is_welder else "clinic"]
    drafted = world.draft(applicant, employer, track, answers)
    world.submit(drafted)
    return drafted


def test_a_department_sends_up_one_list_of_both_tracks(
    files: dict[str, Application], comes: Callable[..., Visitor]
) -> None:
    who = comes("health_handler")
    take_up(who, "按推荐指标上报", list(files))
    expect(row_of(who, FIRST).locator('input[name^="rank-"]')).to_have_value("1")
    who.press("保存顺序并安排指标")
    who.is_told("顺序已保存")
    who.sees(f"{THIRD}没有指标：")

    is_refused_one_too_many(who)
    is_put_first(who)
    who.follow("写推荐理由：", exact=False)
    for name in (FIRST, THIRD, WELDER):
        who.sees(name)
        who.fill(reason="长期在一线工作，业绩突出，同行公认。")
        who.press("保存推荐理由")
        who.is_told(f"{name}的推荐理由已保存")
    who.follow("核对并上报 3 人")
    who.fill(**{f"reason-{files[SECOND].pk}": "名额已满，按排序未列入。"})
    who.page.get_by_label("我已核对").check()
    who.is_sound("核对并上报")
    who.press("上报 3 人")
    who.is_told("推荐名单已上报，共 3 人")
    who.sees("名单已锁定")
    who.is_sound("上报回执")


def is_refused_one_too_many(who: Visitor) -> None:
    """Over the cap nothing goes up; the proposal is taken instead."""
    row_of(who, THIRD).locator("select").select_option("professional")
    who.sees("“专业技术人才”名额2个，已列3名，超出1名，请调整后再上报。")
    who.is_sound("超出名额")
    who.open(f"{who.where}submit/")
    who.sees("超出1名")
    expect(who.page.get_by_role("button", name="上报", exact=False)).to_have_count(0)
    who.follow("返回调整")
    who.press("采用建议")
    expect(row_of(who, THIRD).locator("option:checked")).to_have_text("不使用指标")


def is_put_first(who: Visitor) -> None:
    """The last, one place up: the place is his, and so is the duty to say why."""
    row_of(who, THIRD).get_by_role("button", name="上移", exact=False).click()
    expect(row_of(who, THIRD).locator("option:checked")).to_have_text("专业技术人才")
    who.sees(f"{THIRD}排在评审结果更好的{SECOND}前面")
    who.is_sound("排定顺序")
    who.follow(f"写优先理由：{THIRD}")
    who.page.get_by_label("其他理由").check()
    who.fill(reason="驰援一线，表现突出，经党组集体研究。")
    who.is_sound("优先理由")
    who.press("保存优先理由")
    who.is_told(f"{THIRD}的优先理由已保存")


def test_the_region_reads_the_order_and_why_somebody_was_put_first(
    files: dict[str, Application], comes: Callable[..., Visitor]
) -> None:
    region = comes("technical_handler")
    region.open(f"/office/files/{files[THIRD].number}/")
    region.sees("第2名，使用“专业技术人才”；同等条件下优先（其他理由：驰援一线")

    secretary = comes("secretary")
    secretary.open("/secretariat/cycles/2020-special-allowance/seats/")
    expect(row_of(secretary, "自治区卫生健康委员会")).to_contain_text("2 / 2")
