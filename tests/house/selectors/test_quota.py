"""Seats granted, taken and left; the nomination board."""

import pytest

from juxian.actions import cycle, nomination
from juxian.records.models import Application, Seats
from juxian.records.packs import pack_of
from juxian.selectors import quota
from tests.house.desks.office_world import listed, many, took_up
from tests.house.world import give_reasons

pytestmark = pytest.mark.django_db


def seats_of(world, office, bucket):
    return Seats.objects.get(cycle=world.cycle, office=office, bucket=bucket)


def bucket_codes(world):
    return [rule.bucket.code for rule in pack_of(world.cycle).seats]


def ordinary(world):
    """The bucket of ordinary professional seats: the capped one that prefectures hold most of."""
    rows = Seats.objects.filter(cycle=world.cycle, office=world.kashgar, granted=4)
    return rows.get().bucket


def nominated(world, count):
    """So many candidates at the nomination, on one open list."""
    file = world.submitted()
    world.pass_until("nomination", file)
    files = [file, *many(file, count - 1)]
    return files, took_up(world, *files)


@pytest.mark.clause("R33", "R34", "R38", "R40")
def test_a_southern_prefecture_holds_its_buckets_in_the_packs_order(world):
    meters = quota.meters_of(world.cycle, world.kashgar)

    codes = [meter.bucket.code for meter in meters]

    assert codes == [code for code in bucket_codes(world) if code in codes]
    assert sorted(m.granted for m in meters if m.granted is not None) == [1, 1, 2, 4]
    assert {meter.used for meter in meters} == {0}


def test_a_meter_is_full_over_or_open():
    bucket = quota.Bucket("a", "甲", "professional", 2)

    states = [quota.Meter(bucket, 1, 2, taken, 1).state for taken in (0, 1, 2)]

    assert states == ["", "full", "over"]
    assert quota.Meter(bucket, 1, None, 5, 1).state == ""


def test_an_unranked_board_asks_for_an_order(world):
    _files, opened = nominated(world, 2)

    board = quota.board_of(opened)

    assert (board.is_ranked, board.nominated) == (False, 0)
    assert [row.why for row in board.rows] == ["", ""]


@pytest.mark.clause("R34", "R49")
def test_the_board_shows_who_has_a_seat_and_why_the_next_has_none(world):
    files, opened = nominated(world, 5)
    order = [file.pk for file in files]
    nomination.arrange(opened.pk, by=world.kashgar_handler, order=order)

    board = quota.board_of(opened)
    (last,) = board.unplaced

    assert (board.is_ranked, board.nominated, board.over) == (True, 4, ())
    assert last.row.item.application_id == order[-1]
    assert last.why.startswith("第5名可用的指标为")
    assert {m.bucket.code: m.listed for m in board.meters}[ordinary(world)] == 4


def test_a_bucket_given_up_by_hand_is_told_apart_from_one_that_is_full(world):
    files, opened = nominated(world, 1)
    nomination.arrange(opened.pk, by=world.kashgar_handler, order=[files[0].pk])
    nomination.choose_bucket(opened.pk, files[0].pk, "", by=world.kashgar_handler)

    (row,) = quota.board_of(opened).rows

    assert row.why.startswith("系统建议使用")


def test_the_votes_behind_a_nominee_are_the_latest_evaluations(world):
    _files, opened = nominated(world, 1)

    assert [row.votes for row in quota.board_of(opened).rows] == ["7 / 7"]


def test_only_buckets_that_fit_may_be_chosen(world):
    files, opened = nominated(world, 1)
    Application.objects.filter(pk=files[0].pk).update(fits=[ordinary(world), "elsewhere"])

    (row,) = quota.board_of(opened).rows

    assert [bucket.code for bucket in row.options] == [ordinary(world)]


def test_a_nomination_sent_up_takes_its_seat(world):
    files, opened = nominated(world, 1)
    nomination.arrange(opened.pk, by=world.kashgar_handler, order=[files[0].pk])
    before = quota.meter_of(seats_of(world, world.kashgar, ordinary(world)))
    give_reasons(opened, files[0], by=world.kashgar_handler)
    nomination.submit_list(opened.pk, by=world.kashgar_handler)

    after = quota.meter_of(seats_of(world, world.kashgar, ordinary(world)))

    assert (before.taken, before.left) == (0, 4)
    assert (after.taken, after.left) == (1, 3)


def test_every_holder_is_in_the_table_and_summed_up(world):
    rows = quota.seat_rows(world.cycle)
    sums = {meter.bucket.code: meter.granted for meter in quota.totals(rows, pack_of(world.cycle))}

    assert [row.office for row in rows] == [world.enterprise, world.hotan, world.kashgar]
    assert sums[ordinary(world)] == 8
    assert [row.office for row in quota.seat_rows(world.cycle, words="和田")] == [world.hotan]


def test_a_pool_without_a_cap_has_no_sum(world):
    rows = quota.seat_rows(world.cycle)
    open_ended = {s.bucket for s in Seats.objects.filter(granted__isnull=True)}

    sums = {meter.bucket.code: meter.granted for meter in quota.totals(rows, pack_of(world.cycle))}

    assert {code for code, granted in sums.items() if granted is None} == open_ended


def test_every_change_of_seats_is_told_with_its_reason(world):
    seats = seats_of(world, world.hotan, ordinary(world))
    cycle.change_seats(seats.pk, by=world.secretary, granted=5, reason="调剂一名")

    changes = [(c.before, c.after, c.reason) for c in quota.changes_of(seats)]

    assert changes == [(4, 5, "调剂一名")]
    assert list(quota.latest_changes(world.cycle)) == list(quota.changes_of(seats))


def test_what_a_pack_would_grant_is_counted_by_todays_offices(world):
    granted = {
        bucket.code: (holders, total)
        for bucket, holders, total in quota.granted_by(pack_of(world.cycle))
    }

    assert granted[ordinary(world)] == (2, 8)


def test_an_office_sees_its_holdings_cycle_by_cycle(world):
    (holding,) = quota.holdings_of([world.kashgar.pk])

    assert (holding.cycle, holding.office) == (world.cycle, world.kashgar)
    assert quota.holdings_of([world.hospital.pk]) == ()


def test_a_board_costs_the_same_for_one_and_for_thirty(world, django_assert_max_num_queries):
    file = world.submitted()
    opened = listed(world, "nomination", file)
    many_more = many(file, 30)
    opened.items.bulk_create(
        type(opened.items.get())(proceeding=opened, application=one, turn=1) for one in many_more
    )

    with django_assert_max_num_queries(14):
        assert len(quota.board_of(opened).rows) == 31
