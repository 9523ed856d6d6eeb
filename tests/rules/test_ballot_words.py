"""A ballot's figures in words."""

from fractions import Fraction

import pytest

from juxian.regulation.ballot import BallotRule, Base, Comparator, count
from juxian.regulation.ballot_words import explain, explain_quorum, in_words
from juxian.regulation.tally import Tally
from tests.rules.sample_ballots import HALF, ballot


@pytest.mark.clause("R44", "R51")
@pytest.mark.parametrize(
    ("rule", "tally", "sentence"),
    [
        (
            BallotRule(base=Base.MEMBERS),
            Tally(17, 3),
            "同意17票，应到25人的三分之二为17票，通过",
        ),
        (
            BallotRule(base=Base.MEMBERS),
            Tally(16, 2, recused=2),
            "同意16票，应到25人（含回避2人）的三分之二为17票，未通过",
        ),
        (
            BallotRule(base=Base.PRESENT),
            Tally(13, 5, recused=2),
            "同意13票，实到20人（含回避2人）的三分之二为14票，未通过",
        ),
        (
            BallotRule(base=Base.PRESENT_LESS_RECUSED),
            Tally(12, 6, recused=2),
            "同意12票，实到20人减回避2人后18人的三分之二为12票，通过",
        ),
        (
            BallotRule(base=Base.VALID, comparator=Comparator.MORE_THAN, threshold=HALF),
            Tally(9, 8, 1, void=2),
            "同意9票，超过有效票18张的二分之一须10票，未通过",
        ),
        (
            BallotRule(base=Base.PRESENT_LESS_RECUSED),
            Tally(0, 0, recused=20),
            "同意0票，没有可计入分母的票，未通过",
        ),
        (
            BallotRule(threshold=Fraction(1)),
            Tally(20, 0),
            "同意20票，实到20人的全部为20票，通过",
        ),
    ],
)
def test_the_figure_is_explained(rule, tally, sentence):
    outcome = count(rule, 25, 20, {1: tally})

    assert explain(outcome, 1) == sentence


def test_the_quorum_is_explained():
    held = ballot(BallotRule(), {1: 17}, present=17, members=25)
    void = ballot(BallotRule(), {1: 16}, present=16, members=25)

    assert explain_quorum(held) == "应到25人，实到17人，达到应到人数的三分之二（17人）"
    assert explain(void, 1) == explain_quorum(void)
    assert explain_quorum(void) == (
        "应到25人，实到16人，未达到应到人数的三分之二（17人），表决无效"
    )


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(1), "全部"),
        (HALF, "二分之一"),
        (Fraction(7, 10), "十分之七"),
        (Fraction(11, 20), "二十分之十一"),
        (Fraction(25, 36), "三十六分之二十五"),
        (Fraction(51, 100), "百分之五十一"),
        (Fraction(1, 128), "128分之一"),
    ],
)
def test_a_share_is_written_in_words(share, words):
    assert in_words(share) == words
