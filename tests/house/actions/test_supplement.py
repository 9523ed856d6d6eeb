"""Nominees recalled or refused after the list has gone up, and others in their places."""

from datetime import date

import pytest

from juxian.actions import cycle, nomination, proceeding, supplement, verification
from juxian.records.clock import now
from juxian.records.models import ProceedingItem, Seats, Trace
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Act, Standing
from juxian.selectors.invariants import broken
from juxian.selectors.supplement import after_sending, freed_of, places_free
from tests.house.clock import set_clock
from tests.house.desks.board_scenes import five_candidates, ordinary
from tests.house.desks.office_world import on, took_up
from tests.house.world import give_reasons

pytestmark = pytest.mark.django_db
LATE = on(2020, 5, 8)


@pytest.fixture
def files(world):
    return five_candidates(world)


@pytest.fixture
def sent(world, files):
    """Four gone up for four seats, the fifth passed over."""
    listed, by = took_up(world, *files), world.kashgar_handler
    nomination.arrange(listed.pk, by=by, order=[file.pk for file in files])
    give_reasons(listed, *files[:4], by=by)
    nomination.submit_list(listed.pk, by=by, passed_over={files[4].pk: "名额已满"})
    return listed


def recall(world, file, by=None, reason="本人调离本地区"):
    supplement.recall(file.pk, by=by or world.kashgar_handler, reason=reason)
    file.refresh_from_db()


def take_up(world, sent, *files):
    keys = [file.pk for file in files]
    return supplement.take_up(sent.pk, keys, by=world.kashgar_handler, reason="递补空出的名额")


def send_up(world, listed, *files):
    by = world.kashgar_handler
    nomination.arrange(listed.pk, by=by, order=[file.pk for file in files])
    give_reasons(listed, *files, by=by)
    nomination.submit_list(listed.pk, by=by)


def refuse(world, file):
    file.refresh_from_db()
    by = world.officer_for(file, "handler")
    verification.reject(file.pk, by=by, opinion="材料不实")


def live():
    rows = ProceedingItem.objects.filter(act=Act.RECOMMEND, void_at=None).order_by("rank")
    return list(rows.values_list("application", "rank"))


def ranked(*files):
    return [(file.pk, rank) for rank, file in enumerate(files, start=1)]


def recallable(sent):
    (after,) = after_sending([sent], now())
    return after.recallable


def wrong():
    """Invariants that do not hold; the files of `many` have no submissions."""
    codes = [one.invariant.code for one in broken()]
    return [code for code in codes if code != "submission_of_every_turn"]


def permit(world, last_day=date(2020, 5, 12), by=None):
    return supplement.permit(
        world.cycle.pk,
        world.kashgar.pk,
        by=by or world.secretary,
        last_day=last_day,
        reason="疫情影响寄送",
    )


@pytest.mark.clause("R49")
def test_another_takes_the_place_of_one_recalled_and_the_last_rank(world, sent, files):
    recall(world, files[1])

    assert (files[1].step, files[1].standing) == ("nomination", Standing.NOT_SELECTED)
    assert live() == ranked(files[0], files[2], files[3])
    done = files[1].handlings.latest("pk")
    assert (done.act, done.office, done.opinion) == ("recall", world.kashgar, "本人调离本地区")
    acts = Trace.objects.order_by("-pk").values_list("act", flat=True)[:2]
    assert sorted(acts) == ["close_ranks", "recall"]
    assert wrong() == []

    send_up(world, take_up(world, sent, files[4]), files[4])

    assert live() == ranked(files[0], files[2], files[3], files[4])
    (freed,) = freed_of(world.cycle)
    assert (freed.item.application, freed.replaced_by) == (files[1], files[4])
    assert places_free(world.cycle, world.kashgar.pk) == {}
    assert wrong() == []


def test_who_was_refused_or_recalled_by_mistake_is_made_good_for(world, sent, files):
    refuse(world, files[3])
    recall(world, files[0])

    freed = places_free(world.cycle, world.kashgar.pk)[ordinary(world)]
    send_up(world, take_up(world, sent, files[0]), files[0])

    assert [item.application for item in freed] == [files[0], files[3]]
    assert live() == ranked(files[1], files[2], files[0])
    (left,) = places_free(world.cycle, world.kashgar.pk)[ordinary(world)]
    assert left.application == files[3]
    assert wrong() == []


def test_nobody_recalls_whom_the_region_has_accepted_nor_without_a_reason(world, sent, files):
    assert recallable(sent) == {file.pk for file in files[:4]}
    with pytest.raises(NotReady, match="请填写理由"):
        recall(world, files[0], reason=" ")
    with pytest.raises(NotAllowed, match="只有上报推荐名单的单位"):
        recall(world, files[0], by=world.secretary)

    files[0].refresh_from_db()
    world.pass_step(files[0])

    assert recallable(sent) == {file.pk for file in files[1:4]}
    with pytest.raises(NotPossible):
        recall(world, files[0])


@pytest.mark.clause("R74")
def test_after_the_close_others_go_up_only_for_freed_places_and_by_permit(world, sent, files):
    set_clock(LATE)

    with pytest.raises(NotReady, match="逾期报送不予受理"):
        take_up(world, sent, files[4])
    with pytest.raises(NotAllowed):
        permit(world, by=world.kashgar_handler)
    with pytest.raises(NotReady, match="请填写以后的日期"):
        permit(world, last_day=date(2020, 5, 7))
    permit(world)
    with pytest.raises(NotPossible, match="没有因撤回或未予通过空出的名额"):
        take_up(world, sent, files[4])
    recall(world, files[1])
    listed = take_up(world, sent, files[1], files[4])
    seats = Seats.objects.get(cycle=world.cycle, office=world.kashgar, bucket=ordinary(world))
    cycle.change_seats(seats.pk, by=world.secretary, granted=6, reason="测试")
    with pytest.raises(NotReady, match="只能使用撤回或未予通过后空出的名额"):
        send_up(world, listed, files[4], files[1])
    assert live() == ranked(files[0], files[2], files[3])

    proceeding.take_off(listed.pk, files[1].pk, by=world.kashgar_handler)
    send_up(world, listed, files[4])

    assert live() == ranked(files[0], files[2], files[3], files[4])
    assert wrong() == []
    ProceedingItem.objects.filter(application=files[4]).update(replaces=None, rank=9)
    assert wrong() == ["nominated_in_time", "ranks"]


@pytest.mark.clause("R74")
def test_the_permit_ends_with_its_day(world, sent, files):
    recall(world, files[1])
    set_clock(LATE)
    permit(world)
    listed = take_up(world, sent, files[4])

    set_clock(on(2020, 5, 13))

    with pytest.raises(NotReady, match="逾期报送不予受理"):
        send_up(world, listed, files[4])
