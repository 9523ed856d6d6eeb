"""What an office takes back: an evaluation that was typed wrongly, a nominee who moved away."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from juxian.actions import evaluation, nomination
from juxian.records.models import Application, Proceeding
from juxian.regulation.words import Standing
from tests.house.actions.test_evaluation import sitting
from tests.house.desks.office_world import listed, many, took_up
from tests.house.world import give_reasons
from tests.journeys import deskwork
from tests.journeys.standing import Site
from tests.journeys.visitor import Visitor

Comes = Callable[..., Visitor]


@pytest.fixture
def mistyped(site: Site) -> tuple[list[Application], Proceeding]:
    """Two people whose votes were exchanged, so that the wrong one was carried."""
    world = site.world
    files = [world.submitted(), world.submitted(number=2)]
    opened = listed(world, "nominator_panel", *files)
    votes = zip(files, ((2, 5), (6, 1)), strict=True)
    tallies = {file.pk: evaluation.CandidateTally(*figures) for file, figures in votes}
    by = world.kashgar_handler
    evaluation.record(opened.pk, by=by, sitting=sitting(7, count=7), tallies=tallies)
    evaluation.conclude(opened.pk, by=by)
    return files, opened


@pytest.mark.clause("R44")
def test_votes_that_were_exchanged_are_put_right(
    mistyped: tuple[list[Application], Proceeding], comes: Comes
) -> None:
    (right, wrong), opened = mistyped
    officer = comes("kashgar_handler")
    officer.open(f"/office/evaluations/{opened.pk}/")
    officer.follow("组织复议")
    officer.press("组织复议")
    officer.is_told("请写明复议的理由")
    officer.is_sound("复议没有理由")
    officer.choose("what", "entry")
    officer.fill(reason="两人的票数登记反了，见评议记录原件。")
    officer.picture("组织复议")
    officer.press("组织复议")
    officer.is_told("已建立复议名单")
    officer.picture("复议名单")
    for file, votes in ((right, (6, 1)), (wrong, (2, 5))):
        inputs = row_of(officer, file).locator("td.votes input")
        for place, figure in enumerate(votes):
            inputs.nth(place).fill(str(figure))
    officer.press("保存评议记录")
    officer.is_told("已保存评议记录")
    officer.press("办结：通过的进入下一环节")
    officer.is_told("通过 1 人，未通过 1 人")
    officer.is_sound("复议办结")

    for file in (right, wrong):
        file.refresh_from_db()
    assert (right.step, right.standing) == ("nominator_decision", Standing.OPEN)
    assert (wrong.step, wrong.standing) == ("nominator_panel", Standing.NOT_SELECTED)


@pytest.fixture
def sent(site: Site) -> tuple[list[Application], Proceeding]:
    """Four nominees are before the region; the fifth was passed over for want of a place."""
    world = site.world
    file = world.submitted(number=3)
    world.pass_until("nomination", file)
    files = [file, *many(file, 4)]
    opened, by = took_up(world, *files), world.kashgar_handler
    nomination.arrange(opened.pk, by=by, order=[file.pk for file in files])
    give_reasons(opened, *files[:4], by=by)
    nomination.submit_list(opened.pk, by=by, passed_over={files[4].pk: "名额已满"})
    return files, opened


@pytest.mark.clause("R49")
def test_another_goes_up_for_one_who_moved_away(
    sent: tuple[list[Application], Proceeding], comes: Comes
) -> None:
    files, opened = sent
    gone, instead = files[1], files[4]
    officer = comes("kashgar_handler")
    officer.open(f"/office/nominations/{opened.pk}/")
    recall(officer, gone)
    choose_instead(officer, instead)
    send_up(officer, instead)

    for file in (gone, instead):
        file.refresh_from_db()
    assert (gone.step, gone.standing) == ("nomination", Standing.NOT_SELECTED)
    assert (instead.step, instead.standing) == ("formal_check", Standing.OPEN)


def row_of(who: Visitor, file: Application) -> Locator:
    """By the link to the file: the two of one name are told apart."""
    link = who.page.locator(f'a[href*="{file.number}"]')
    return who.page.locator("main tbody tr").filter(has=link)


def recall(officer: Visitor, gone: Application) -> None:
    """Not without a reason."""
    officer.picture("已上报的名单")
    officer.follow("撤回推荐", within=deskwork.row_of(officer, gone.name), exact=False)
    officer.press("撤回推荐")
    officer.is_told("请写明")
    officer.is_sound("撤回推荐没有理由")
    officer.fill(reason="本人调离本地区")
    officer.picture("撤回推荐")
    officer.press("撤回推荐")
    officer.is_told(f"已撤回对{gone.name}的推荐，空出的名额可以补充推荐")
    officer.picture("撤回推荐以后")


def choose_instead(officer: Visitor, instead: Application) -> None:
    """Not without anybody chosen."""
    officer.follow("补充推荐", exact=False)
    officer.press("建立补充推荐名单")
    officer.is_told("请选择补充推荐的人选")
    officer.is_sound("补充推荐没有选人")
    officer.choose("people", str(instead.pk))
    officer.fill(reason="递补空出的名额")
    officer.picture("补充推荐")
    officer.press("建立补充推荐名单")


def send_up(officer: Visitor, instead: Application) -> None:
    deskwork.row_of(officer, instead.name).locator('input[name^="rank-"]').fill("1")
    officer.press("保存顺序并安排指标")
    officer.is_told("顺序已保存")
    officer.follow("写推荐理由", exact=False)
    officer.fill(reason="长期扎根一线，业绩突出，群众公认。")
    officer.press("保存推荐理由")
    officer.follow("核对并上报 1 人")
    officer.page.get_by_label("我已核对").check()
    officer.press("上报 1 人")
    officer.is_told("推荐名单已上报，共 1 人")
    officer.is_sound("补充推荐已上报")
