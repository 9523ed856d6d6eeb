"""The nomination board: the order, the buckets, why somebody has none."""

import pytest

from juxian.actions import nomination
from juxian.records.models import Application
from juxian.selectors.board import board_of
from tests.house.desks.office_world import listed, many
from tests.house.selectors.test_quota import nominated, ordinary

pytestmark = pytest.mark.django_db


def test_an_unranked_board_asks_for_an_order(world):
    _files, opened = nominated(world, 2)

    board = board_of(opened)

    assert (board.is_ranked, board.nominated) == (False, 0)
    assert [row.why for row in board.rows] == ["", ""]


@pytest.mark.clause("R34", "R49")
def test_the_board_shows_who_has_a_seat_and_why_the_next_has_none(world):
    files, opened = nominated(world, 5)
    order = [file.pk for file in files]
    nomination.arrange(opened.pk, by=world.kashgar_handler, order=order)

    board = board_of(opened)
    (last,) = board.unplaced

    assert (board.is_ranked, board.nominated, board.over) == (True, 4, ())
    assert last.row.item.application_id == order[-1]
    assert last.why.startswith("第5名可用的指标为")
    assert {m.bucket.code: m.listed for m in board.meters}[ordinary(world)] == 4


def test_a_bucket_given_up_by_hand_is_told_apart_from_one_that_is_full(world):
    files, opened = nominated(world, 1)
    nomination.arrange(opened.pk, by=world.kashgar_handler, order=[files[0].pk])
    nomination.choose_bucket(opened.pk, files[0].pk, "", by=world.kashgar_handler)

    (row,) = board_of(opened).rows

    assert row.why.startswith("系统建议使用")


def test_the_votes_behind_a_nominee_are_the_latest_evaluations(world):
    _files, opened = nominated(world, 1)

    assert [row.votes for row in board_of(opened).rows] == ["7 / 7"]


def test_only_buckets_that_fit_may_be_chosen(world):
    files, opened = nominated(world, 1)
    Application.objects.filter(pk=files[0].pk).update(fits=[ordinary(world), "elsewhere"])

    (row,) = board_of(opened).rows

    assert [bucket.code for bucket in row.options] == [ordinary(world)]


def test_a_board_costs_the_same_for_one_and_for_thirty(world, django_assert_max_num_queries):
    file = world.submitted()
    opened = listed(world, "nomination", file)
    many_more = many(file, 30)
    opened.items.bulk_create(
        type(opened.items.get())(proceeding=opened, application=one, turn=1) for one in many_more
    )

    with django_assert_max_num_queries(14):
        assert len(board_of(opened).rows) == 31
