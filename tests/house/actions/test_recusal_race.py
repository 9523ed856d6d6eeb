"""A recusal declared while a ballot is counted comes after the count, on PostgreSQL."""

import threading

import pytest
from django.db import connections
from django.db.models import QuerySet

from juxian.actions import ballot, panel
from juxian.records import envelopes
from juxian.records.models import Ballot, BallotPaper, Recusal
from juxian.selectors.recount import verified
from tests.house.actions.ballot_world import committee, start_the_clock
from tests.house.world import build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sitting():
    """Four members, one candidate, and the clock of the server, which goes on."""
    made = committee(build(), experts=4, candidates=1)
    start_the_clock()
    yield made
    start_the_clock()


def race(sitting, monkeypatch):
    """One declares after the count has read who keeps out, and before it has written papers."""
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a", "a", "a", "a"])
    has_read, has_declared = threading.Event(), threading.Event()
    unsealed = envelopes.unseal

    def unsealed_slowly(*args, **facts):
        has_read.set()
        has_declared.wait(timeout=2)  # with the lock held the other never comes
        return unsealed(*args, **facts)

    def declare():
        has_read.wait(timeout=30)
        try:
            first = sitting.candidates[0].pk
            panel.recuse(sitting.panel.pk, first, by=sitting.experts[0], relation="kin")
            has_declared.set()
        finally:
            connections.close_all()

    monkeypatch.setattr(envelopes, "unseal", unsealed_slowly)
    declaring = threading.Thread(target=declare)
    declaring.start()
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)
    declaring.join(timeout=30)
    counted = Ballot.objects.select_related("proceeding__cycle").get()
    return [check.title for check in verified(counted).checks if not check.holds]


def test_a_member_who_declares_during_the_count_declares_after_it(sitting, monkeypatch):
    wrong = race(sitting, monkeypatch)

    assert Recusal.objects.get().declared_at > Ballot.objects.get().closed_at
    assert (BallotPaper.objects.count(), wrong) == (4, [])


def test_without_the_lock_the_same_race_leaves_a_paper_of_somebody_recused(sitting, monkeypatch):
    """The control: the test above would catch a missing lock."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)

    assert race(sitting, monkeypatch) == ["每名人选的选票加回避等于实到人数"]
