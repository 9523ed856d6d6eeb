"""The pages on which a nomination is recalled and another made, and the region that lets it."""

import pytest

from juxian.actions import nomination
from juxian.records.models import Proceeding
from tests.house.clock import set_clock
from tests.house.desks.board_scenes import five_candidates, give_all_reasons, rank, submit
from tests.house.desks.office_world import at, on, says, send, text, took_up
from tests.house.world import give_reasons

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(world):
    return five_candidates(world)


@pytest.fixture
def sent(world, files):
    """Four have gone up, the fifth is passed over."""
    by, listed = world.kashgar_handler, took_up(world, *files)
    nomination.arrange(listed.pk, by=by, order=[file.pk for file in files])
    give_reasons(listed, *files[:4], by=by)
    nomination.submit_list(listed.pk, by=by, passed_over={files[4].pk: "名额已满"})
    return listed


def seats(client, world):
    client.force_login(world.secretary)
    return text(at(client, "seats", world.cycle.code, desk="secretariat"))


def open_for(client, world, last_day):
    client.force_login(world.secretary)
    data = {"office": world.kashgar.pk, "last_day": last_day, "reason": "疫情影响寄送"}
    return send(client, "supplements", world.cycle.code, desk="secretariat", **data)


@pytest.mark.clause("R49", "R74")
def test_after_the_close_another_goes_up_for_one_recalled_by_permit(client, world, sent, files):
    client.force_login(world.kashgar_handler)
    assert text(at(client, "nomination", sent.pk)).count("撤回推荐<span") == 4
    assert send(client, "recall", sent.pk, files[4].pk, reason="x").status_code == 404
    assert send(client, "recall", sent.pk, files[1].pk, reason="").status_code == 422
    answer = send(client, "recall", sent.pk, files[1].pk, reason="本人调离本地区")
    assert says(answer)[-1] == f"已撤回对{files[1].name}的推荐，空出的名额可以补充推荐。"
    assert "空出 1 个名额 · 补充推荐至 2020年5月6日 周三 24:00" in text(at(client, "nominations"))

    set_clock(on(2020, 5, 8))
    closed = text(at(client, "supplement", sent.pk))
    page = seats(client, world)
    assert "补充推荐已经截止；确需补充的，请联系主办单位开放。" in closed
    assert ("本人调离本地区" in page, "还没有补充" in page) == (True, True)

    assert "请填写以后的日期" in text(open_for(client, world, "2020-05-07"))
    assert open_for(client, world, "2020-05-12").status_code == 302
    client.force_login(world.kashgar_handler)
    faulty = text(send(client, "supplement", sent.pk, reason="递补"))
    assert "请选择补充推荐的人选" in faulty
    assert ("撤回推荐：本人调离本地区" in faulty, "未列入推荐名单：名额已满" in faulty) == (
        True,
        True,
    )
    send(client, "supplement", sent.pk, people=[files[4].pk], reason="递补空出的名额")
    listed = Proceeding.objects.get(kind="recommend", concluded_at=None)
    rank(client, listed, files[4])
    give_all_reasons(client, listed, files[4])

    assert says(submit(client, listed))[-1] == "推荐名单已上报，共 1 人。"
    assert f"已补充推荐 {files[4].name}" in seats(client, world)
