"""A whole cycle of synthetic people, in the test's own database."""

from pathlib import Path

import pytest
from django.db import transaction

from juxian.jobs.rehearsal.drive import rehearse
from juxian.jobs.scratch import follow_setting
from juxian.records.models import Application, BallotPaper, Envelope, Message
from juxian.regulation.pack_reading import load

pytestmark = pytest.mark.django_db
PACKS = Path(__file__).parents[3] / "packs"


def rehearsed(code, applicants, seed=1):
    follow_setting()
    return rehearse(load(PACKS / code), applicants=applicants, seed=seed)


def test_the_call_of_2020_goes_all_the_way_and_breaks_no_invariant():
    report = rehearsed("2020-special-allowance", 12)

    assert report.broken == ()
    assert set(report.passed) == set(
        load(PACKS / "2020-special-allowance").procedure.ladder(
            "prefecture", ["employer", "nominator", "province"], same_office=False
        )
    )
    assert sum(report.standings.values()) == Application.objects.count() >= 12
    assert report.standings["selected"] == report.passed["ministry_result"] > 0
    assert BallotPaper.objects.exists()
    assert not Envelope.objects.exclude(sealed=b"").exists()


def test_another_procedure_needs_another_pack_and_nothing_else():
    report = rehearsed("2026-pioneers", 6)

    assert report.broken == ()
    assert list(report.passed) == ["apply", "district", "jury", "notice", "award"]
    assert report.standings == {"selected": report.passed["award"]}


def test_the_same_seed_goes_the_same_way():
    prints = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            prints.append(rehearsed("2026-pioneers", 4, seed).fingerprint)
            transaction.set_rollback(True)

    assert prints[0] == prints[1]
    assert len(prints[0]) == 16
    assert not Message.objects.exists()
