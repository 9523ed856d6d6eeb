"""Ranks of an evaluation on paper: by ayes, then by score, then by a stated reason."""

from decimal import Decimal

import pytest

from juxian.regulation.ballot import BallotRule, ChairDecision, count
from juxian.regulation.evaluation_ranks import by_scores, equals, put_in_order
from juxian.regulation.refusal import NotReady
from juxian.regulation.scoring import Scoring
from juxian.regulation.tally import Tally

FIVE, FOUR, ONE = Tally(5, 0), Tally(4, 1), Tally(1, 4)


def outcome(*tallies):
    return count(BallotRule(), 5, 5, dict(enumerate(tallies, start=1)))


def ranks(of):
    return {counted.candidate: counted.rank for counted in of.counted}


def decimals(*numbers):
    return tuple(Decimal(str(number)) for number in numbers)


@pytest.mark.clause("R44")
@pytest.mark.parametrize(
    ("scores", "plain", "dropped"),
    [
        ((90, 80, 70), "80.00", "80.00"),
        ((100, 80, 70, 60), "77.50", "75.00"),
        ((90, 90, 91), "90.33", "90.00"),
        ((0.01, 0.02), "0.02", "0.02"),
        ((88.5,), "88.50", "88.50"),
        ((), None, None),
    ],
)
def test_a_mean_has_two_places_and_leaves_the_extremes_out_where_the_rule_says_so(
    scores, plain, dropped
):
    means = [Scoring(100, drop).mean(decimals(*scores)) for drop in (False, True)]

    assert [mean and str(mean) for mean in means] == [plain, dropped]


@pytest.mark.clause("R44")
def test_who_has_as_many_ayes_ranks_by_score_and_a_score_never_beats_an_aye():
    means = dict(zip((1, 2, 3), decimals("80.00", "91.50", "99.00"), strict=True))

    assert ranks(by_scores(outcome(FIVE, FIVE, FOUR), means)) == {2: 1, 1: 2, 3: 3}


@pytest.mark.clause("R44")
def test_those_who_carried_and_share_a_rank_are_put_in_order_for_a_reason():
    counted = outcome(FIVE, FOUR, FOUR, ONE, ONE)
    decided = put_in_order(counted, ChairDecision((3, 2), "三号获国家级奖励"))

    assert equals(counted) == ((2, 3),)
    assert ranks(counted) == {1: 1, 2: 2, 3: 2, 4: 4, 5: 4}
    assert ranks(decided) == {1: 1, 3: 2, 2: 3, 4: 4, 5: 4}
    assert equals(decided) == ()


@pytest.mark.parametrize("order", [(2,), (4, 5), (1, 2), (2, 3, 1)])
def test_only_a_whole_rank_of_those_who_carried_is_put_in_order(order):
    with pytest.raises(NotReady, match="并列的人选有变化"):
        put_in_order(outcome(FIVE, FOUR, FOUR, ONE, ONE), ChairDecision(order, "理由"))


def test_an_order_needs_its_reason():
    with pytest.raises(NotReady, match="请写明排定先后的理由"):
        put_in_order(outcome(FIVE, FIVE), ChairDecision((2, 1), " "))


def test_nobody_is_ranked_without_a_quorum():
    few = count(BallotRule(), 5, 2, {1: Tally(2, 0), 2: Tally(2, 0)})

    assert equals(few) == ()
    assert by_scores(few, {1: Decimal(1)}) == few
