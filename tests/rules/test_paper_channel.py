"""The paper channel: in time by the postmark or by the arrival, with days of grace."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from juxian.regulation.pack_checks import faults_between
from juxian.regulation.pack_reading import load
from juxian.regulation.paper_channel import PaperChannel

PACKS = Path(__file__).parents[2] / "packs"
DUE = date(2020, 5, 6)
POSTMARK = PaperChannel(due=DUE, counts="postmark", clause="R68")
ARRIVAL = replace(POSTMARK, counts="arrival", grace_days=3)


@pytest.mark.clause("R68", "R73")
def test_by_the_postmark_a_parcel_posted_on_the_last_day_is_in_time_whenever_it_comes():
    assert not POSTMARK.is_late(postmarked_on=DUE, arrived_on=date(2020, 5, 20))
    assert POSTMARK.is_late(postmarked_on=date(2020, 5, 7), arrived_on=date(2020, 5, 8))


@pytest.mark.clause("R73")
def test_without_a_postmark_that_can_be_read_the_arrival_decides():
    assert not POSTMARK.is_late(postmarked_on=None, arrived_on=DUE)
    assert POSTMARK.is_late(postmarked_on=None, arrived_on=date(2020, 5, 7))


def test_by_the_arrival_the_postmark_does_not_help_but_days_of_grace_do():
    assert not ARRIVAL.is_late(postmarked_on=date(2020, 5, 8), arrived_on=date(2020, 5, 9))
    assert ARRIVAL.is_late(postmarked_on=date(2020, 5, 1), arrived_on=date(2020, 5, 10))
    assert ARRIVAL.last_day == date(2020, 5, 9)


def test_a_paper_without_seals_named_is_looked_at_for_none():
    assert POSTMARK.seals_of("application_form") == ()


@pytest.mark.clause("R68", "R69", "R73")
def test_the_call_of_2020_takes_paper_and_that_of_2026_takes_none():
    taken = load(PACKS / "2020-special-allowance").paper_channel

    assert taken is not None
    assert (taken.due, taken.counts, taken.grace_days) == (DUE, "postmark", 0)
    assert taken.seals_of("nomination_form") == ("推荐单位盖章",)
    assert load(PACKS / "2026-pioneers").paper_channel is None


def test_a_pack_with_grace_below_zero_or_seals_on_an_unknown_paper_is_broken():
    pack = load(PACKS / "2020-special-allowance")
    broken = replace(POSTMARK, grace_days=-1, seals={"nomination_report": ("盖章",)})

    problems = faults_between(replace(pack, paper_channel=broken))

    assert [(one.key, one.reason) for one in problems] == [
        ("paper_channel.grace_days", "不能为负数"),
        ("paper_channel.seals.nomination_report", "须是每人一份的纸件"),
    ]
