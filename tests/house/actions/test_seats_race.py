"""Two officers and the last place: one wins, on PostgreSQL, with the interleaving forced."""

import threading
from contextlib import suppress

import pytest
from django.db import connection, connections

from juxian.actions import _move, cycle, nomination, proceeding
from juxian.records.models import ProceedingItem, Seats
from juxian.regulation.refusal import NotReady
from juxian.selectors import seats as counting
from tests.house.world import build, give_reasons

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two_lists():
    """Two one-person lists of one office, with one seat between them."""
    world = build()
    files = [world.submitted(), world.submitted(number=2)]
    world.pass_until("nomination", *files)
    by = world.kashgar_handler
    lists = []
    for file in files:
        listed = proceeding.open_proceeding("nomination", [file.pk], by=by)
        nomination.arrange(listed.pk, by=by, order=[file.pk])
        give_reasons(listed, file, by=by)
        lists.append(listed.pk)
    bucket = ProceedingItem.objects.get(proceeding=lists[0]).bucket
    seats = Seats.objects.get(office=world.kashgar, bucket=bucket, cycle=world.cycle)
    for one in Seats.objects.filter(office=world.kashgar, cycle=world.cycle):
        cycle.change_seats(one.pk, by=world.secretary, granted=int(one == seats), reason="测试")
    for pk in lists:
        item = ProceedingItem.objects.get(proceeding=pk)
        nomination.choose_bucket(pk, item.application_id, bucket, by=world.kashgar_handler)
    return world, lists, seats


def race(world, lists):
    """Both lists are submitted at once; each waits, after counting, for the other to count."""
    outcomes, met = [], threading.Barrier(2)
    counted = counting.taken

    def counted_together(seats):
        number = counted(seats)
        with suppress(threading.BrokenBarrierError):  # with the lock held the other never comes
            met.wait(timeout=2)
        return number

    def submit(pk):
        try:
            nomination.submit_list(pk, by=world.kashgar_handler)
            outcomes.append("nominated")
        except NotReady as refusal:
            outcomes.append(str(refusal))
        finally:
            connections.close_all()

    _move.taken = counted_together
    try:
        threads = [threading.Thread(target=submit, args=(pk,)) for pk in lists]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
    finally:
        _move.taken = counted
    return outcomes


@pytest.mark.clause("R33", "R49")
def test_of_two_officers_taking_the_last_place_one_wins(two_lists):
    world, lists, seats = two_lists

    outcomes = race(world, lists)

    assert sorted(outcome == "nominated" for outcome in outcomes) == [False, True]
    assert any("已用完" in outcome for outcome in outcomes)
    assert counting.taken(seats) == 1


def test_without_the_lock_the_same_race_oversells(two_lists, monkeypatch):
    """The control: the test above would catch a missing lock."""
    world, lists, seats = two_lists
    unlocked = type(Seats.objects.all())
    monkeypatch.setattr(unlocked, "select_for_update", lambda self, **_: self)

    race(world, lists)

    assert counting.taken(seats) == 2


@pytest.fixture(autouse=True)
def _clock_as_it_was():
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION juxian_now() RETURNS timestamptz LANGUAGE sql VOLATILE "
            "AS 'SELECT clock_timestamp()'"
        )
