"""Ties that decide a place: another round, or the chair's order with a reason."""

from fractions import Fraction

import pytest

from juxian.desks.secretariat.forms import ProposeForm
from juxian.records.models import Application
from juxian.regulation.ballot import BallotRule, ChairDecision, TieRule, count
from juxian.regulation.tally import Tally

PEOPLE = {1: Application(pk=1, name="赵某"), 2: Application(pk=2, name="钱某")}


def outcome(tie):
    """Two who share the first rank, for one place."""
    rule = BallotRule(Fraction(2, 3), Fraction(2, 3), seats=1, tie=tie)
    return count(rule, 3, 3, {1: Tally(3, 0), 2: Tally(3, 0)})


def form(tie=TieRule.CHAIR_REASON, **data):
    given = {"is_checked": "on", **{key.replace("__", "-"): said for key, said in data.items()}}
    return ProposeForm(given, outcome=outcome(tie), people=PEOPLE)


def test_the_chairs_order_and_reason_settle_a_tie():
    filled = form(order__0__1="2", order__0__2="1", reason__0="长期在基层一线")

    assert filled.is_valid()
    assert filled.decisions == [ChairDecision((2, 1), "长期在基层一线")]
    assert [[one.name for one, _field in row.people] for row in filled.rows] == [["赵某", "钱某"]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"order__0__1": "1", "order__0__2": "1", "reason__0": "理由"}, "并列人选的先后不能相同。"),
        ({"order__0__1": "1", "order__0__2": "2"}, "请填写"),
    ],
)
def test_an_order_that_decides_nothing_is_refused(data, said):
    filled = form(**data)

    assert not filled.is_valid()
    assert said in [sentence for found in filled.errors.values() for sentence in found]


def test_a_tie_that_is_voted_again_is_not_left_to_the_chair():
    filled = form(TieRule.REVOTE)

    assert filled.is_valid()
    assert filled.decisions == []
