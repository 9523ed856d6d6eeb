"""A whole cycle of synthetic people, in the test's own database."""

from pathlib import Path
from random import Random

import pytest
from django.db import transaction

from juxian.jobs.rehearsal.drive import rehearse
from juxian.jobs.rehearsal.ledger import Ledger
from juxian.jobs.rehearsal.register_of_offices import (
    DEPARTMENTS,
    ENTERPRISES,
    SCHOOLS,
    self_standing,
    with_units,
)
from juxian.jobs.rehearsal.shares import CONDITIONS, SECTORS
from juxian.jobs.rehearsal.slips import RATES, Finder, Slip, deal
from juxian.jobs.rehearsal.stage import Broken, Stage
from juxian.jobs.scratch import follow_setting
from juxian.records.models import Application, BallotPaper, Envelope, Message
from juxian.regulation.pack_reading import load

PACKS = Path(__file__).parents[3] / "packs"
database = pytest.mark.django_db


def rehearsed(code, applicants, seed=1):
    follow_setting()
    return rehearse(load(PACKS / code), applicants=applicants, seed=seed)


@database
def test_the_call_of_2020_goes_all_the_way_and_breaks_no_invariant():
    report = rehearsed("2020-special-allowance", 16)

    assert report.broken == ()
    assert set(report.worked) == set(
        load(PACKS / "2020-special-allowance").procedure.ladder(
            "prefecture", ["employer", "nominator", "province"], same_office=False
        )
    )
    assert all(report.passed[step] <= worked for step, worked in report.worked.items())
    assert sum(report.standings.values()) == Application.objects.count() >= 16
    assert report.standings["selected"] == report.passed["ministry_result"] > 0
    assert BallotPaper.objects.exists()
    assert not Envelope.objects.exclude(sealed=b"").exists()


@database
def test_another_procedure_needs_another_pack_and_every_planted_error_is_found():
    report = rehearsed("2026-pioneers", 60)

    assert report.broken == ()
    assert list(report.worked) == ["apply", "district", "jury", "notice", "award"]
    assert report.standings["selected"] == report.passed["award"] > 0
    assert report.planted[Slip.TWICE] == {
        "finder": "规则",
        "planted": 1,
        "found": 1,
        "words": {
            "同一证件号码在本批次已有一份申报，不能重复申报；如非本人所为，请联系受理部门": 1
        },
    }
    assert {
        what: entry["planted"] - entry["found"]
        for what, entry in report.planted.items()
        if entry["finder"] == Finder.RULE
    } == {what: 0 for what, entry in report.planted.items() if entry["finder"] == Finder.RULE}
    assert report.planted[Slip.LATE]["found"] >= 1


def test_what_is_accepted_though_it_must_be_refused_ends_the_rehearsal():
    stage = Stage(pack=None, cycle=None, region=None, dice=Random(1), moment=None)

    with pytest.raises(Broken, match="超指标上报"), stage.refused("超指标上报"):
        pass

    assert stage.ledger.missed() == ("超指标上报：种下1，查出0",)


@database
def test_the_same_seed_goes_the_same_way():
    prints = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            prints.append(rehearsed("2026-pioneers", 4, seed).fingerprint)
            transaction.set_rollback(True)

    assert prints[0] == prints[1]
    assert len(prints[0]) == 16
    assert not Message.objects.exists()


def test_everybody_slips_once_at_most_and_from_fifty_people_on_every_slip_is_dealt():
    dealt = deal(Random(1), 60, RATES)

    assert set(dealt.values()) == set(RATES)
    assert set(dealt) <= set(range(60))
    assert len(deal(Random(1), 4, RATES)) <= 4


def test_an_error_that_a_rule_lets_pass_is_missed_and_one_for_an_officer_is_not():
    ledger = Ledger()
    ledger.plant(Slip.RANK)
    ledger.find(Slip.RANK, "本人排名不大于完成人数")
    ledger.plant(Slip.RANK)
    ledger.plant(Slip.ROTATED)

    assert ledger.missed() == ("本人排名大于完成人数：种下2，查出1",)


def test_the_conditions_claimed_come_to_the_shares_of_their_sectors():
    claimed = {
        sector: sum(weights.values()) / SECTORS[sector]
        for sector, weights in CONDITIONS.items()
        if len(weights) > 1
    }

    assert claimed == pytest.approx(dict.fromkeys(claimed, 1))


def test_a_whole_region_has_its_departments_enterprises_and_schools():
    assert len(DEPARTMENTS) + len(with_units()) + len(self_standing()) == 110
    assert len(ENTERPRISES) + len(SCHOOLS) == 40
