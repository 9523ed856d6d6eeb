"""Seats granted, taken and left."""

import pytest

from juxian.actions import cycle, nomination
from juxian.records.models import Seats
from juxian.records.packs import pack_of
from juxian.selectors import quota
from tests.house.desks.office_world import many, took_up
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
