"""A form submitted twice at once: a double click, a retry of the browser, a lost answer."""

import threading
from contextlib import suppress

import pytest
from django.db import IntegrityError, connections
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from juxian.actions import submission
from juxian.records.models import Handling, Submission
from tests.house.world import build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    return build()


@pytest.fixture
def full(world):
    return world.professional_draft()


def pressed_twice(world, file):
    """Two requests, each on its own connection; both have read the form before either writes."""
    outcomes, met = [], threading.Barrier(2)
    read = submission.gaps_of

    def read_together(*given):
        found = read(*given)
        with suppress(threading.BrokenBarrierError):  # with the lock held the other never comes
            met.wait(timeout=2)
        return found

    def press():
        me = Client()
        me.force_login(world.applicant)
        said = {"declared": "on", "signed_name": file.name}
        try:
            answer = me.post(reverse("applicant:submit", args=[file.number]), said)
            outcomes.append((answer.status_code, answer.headers.get("Location")))
        except IntegrityError:
            outcomes.append("torn")
        finally:
            connections.close_all()

    submission.gaps_of = read_together
    try:
        threads = [threading.Thread(target=press) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
    finally:
        submission.gaps_of = read
    return outcomes


@pytest.mark.clause("R62")
def test_both_answers_lead_to_the_one_receipt(world, full):
    outcomes = pressed_twice(world, full)

    assert outcomes == [(302, reverse("applicant:receipt", args=[full.number]))] * 2
    assert Submission.objects.count() == 1
    assert Handling.objects.filter(act="submit").count() == 1


def test_without_the_lock_the_second_press_would_fail(world, full, monkeypatch):
    """The control: the test above would catch a missing lock."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)

    assert "torn" in pressed_twice(world, full)
