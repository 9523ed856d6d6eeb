"""The door: what it asks of an act, whoever calls it, and that it moves all or nobody."""

import pytest

from juxian.actions import nomination, proceeding
from juxian.actions._move import Move, locked, locked_all, move, move_all
from juxian.records.models import ProceedingItem, Seats
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Act
from tests.house.actions.refusing import open_list
from tests.house.actions.unchanged import refuses

GONE = "没有找到这份申报，可能已被移除；请刷新页面"


def recommend(world, item):
    file = locked(item.application_id)
    return move_all([Move(file, Act.RECOMMEND, item=item)], by=world.kashgar_handler)


@pytest.fixture
def item(world):
    file = world.submitted()
    listed, by = open_list(world, "nomination", file)
    nomination.arrange(listed.pk, by=by, order=[file.pk])
    return ProceedingItem.objects.select_related("proceeding__cycle").get(proceeding=listed)


def test_files_are_locked_in_the_order_that_was_asked_for(world):
    files = [world.submitted(), world.submitted(number=2)]
    keys = [files[1].pk, files[0].pk]

    assert [file.pk for file in locked_all(keys)] == keys
    assert locked(files[0].pk) == files[0]


def test_a_file_that_is_gone_is_refused_alone_and_among_others(world):
    file = world.submitted()

    refuses(NotPossible, GONE, locked, application_id=0)
    refuses(NotPossible, GONE, locked_all, application_ids=[file.pk, 0])


@pytest.mark.parametrize("act", [Act.SEND_BACK, Act.REJECT])
def test_an_act_that_asks_for_a_reason_is_not_done_for_blanks(world, act):
    file = world.submitted()

    refuses(
        NotReady,
        "请填写理由或意见",
        lambda: move(locked(file.pk), act, by=world.hospital_handler, opinion=" \n"),
    )


@pytest.mark.clause("R49")
def test_nobody_is_recommended_outside_the_buckets_of_their_office(world, item):
    item.bucket = ""
    refuses(NotReady, "请先为推荐人选确定使用的指标", lambda: recommend(world, item))
    item.bucket = "enterprise_school"
    said = "本单位没有“区属企业、技工院校高技能人才”指标"
    refuses(NotReady, said, lambda: recommend(world, item))


@pytest.mark.clause("R33", "R34")
def test_the_last_seat_is_given_and_one_more_is_refused(world, item):
    Seats.objects.filter(office=world.kashgar, bucket=item.bucket).update(granted=0)
    refuses(
        NotReady,
        "“专业技术人才”指标共0个，已用完；请调整指标或移出一人后再上报",
        lambda: recommend(world, item),
    )
    Seats.objects.filter(office=world.kashgar, bucket=item.bucket).update(granted=1)

    (handling,) = recommend(world, item)

    assert (handling.act, handling.step, handling.office) == (
        "recommend",
        "nomination",
        world.kashgar,
    )
    assert locked(item.application_id).step == "formal_check"


def test_one_that_may_not_be_moved_keeps_all_where_they_are(world):
    files = [world.submitted(), world.submitted(number=2)]
    world.pass_step(files[1])
    by = world.hospital_handler

    refuses(
        NotPossible,
        "这份申报现在处于“同行专家评议”环节，不能办理这一步；请刷新页面查看最新进度",
        lambda: move_all(
            [Move(file, Act.ENDORSE) for file in locked_all([file.pk for file in files])], by=by
        ),
    )
    refuses(
        NotAllowed,
        f"这份申报现在由{world.hospital}办理，不在您所在的单位",
        lambda: move_all([Move(locked(files[0].pk), Act.ENDORSE)], by=world.kashgar_handler),
    )


def test_files_at_two_offices_are_moved_in_one_go_to_where_each_belongs(world):
    """One list holds those of one office; the door itself does not mind."""
    files = [world.submitted(), world.submitted(number=2)]
    world.pass_step(files[1])
    taken_up = proceeding.open_proceeding("peer_review", [files[1].pk], by=world.hospital_handler)
    first, second = locked_all([file.pk for file in files])

    moves = [Move(first, Act.ENDORSE), Move(second, Act.DISMISS, "评议未通过")]
    handlings = move_all(moves, by=world.hospital_handler, proceeding=taken_up)

    assert [(done.step, done.act, done.opinion) for done in handlings] == [
        ("employer_check", "endorse", ""),
        ("peer_review", "dismiss", "评议未通过"),
    ]
    for file in files:
        file.refresh_from_db()
    assert [(file.step, file.standing, file.holder) for file in files] == [
        ("peer_review", "open", world.hospital),
        ("peer_review", "not_selected", None),
    ]
