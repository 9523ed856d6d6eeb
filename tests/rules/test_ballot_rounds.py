"""Ballots: ties, second votes, the chair's order, and rounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.ballot import (
    BallotRule,
    ChairDecision,
    NextRound,
    Place,
    Result,
    Tie,
    TieRule,
    count,
    next_round,
    settle_tie,
)
from juxian.regulation.ballot_words import explain
from juxian.regulation.refusal import NotPossible, NotReady
from tests.rules.sample_ballots import ballot, meetings, votes


@given(meetings(), st.data())
def test_every_tie_can_be_settled_and_then_the_ballot_is_final(meeting, data):
    rule, members, present, tallies = meeting
    outcome = count(rule, members, present, tallies)

    for _ in range(len(tallies)):
        if outcome.is_final:
            break
        tied = outcome.ties[0].candidates
        if outcome.tie_rule is TieRule.CHAIR_REASON:
            order = data.draw(st.permutations(tied))
            outcome = settle_tie(outcome, order, "比较贡献")
        else:
            due = next_round(outcome)
            wins = data.draw(st.permutations(range(len(due.candidates))))
            again = {
                candidate: votes(ayes, 30)
                for candidate, ayes in zip(due.candidates, wins, strict=True)
            }
            outcome = count(rule, 30, 30, again, after=outcome)

    assert outcome.is_final
    assert next_round(outcome) is None
    carried = len(outcome.carried)
    seats = carried if rule.seats is None else min(rule.seats, carried)
    assert not {*outcome.seated} & {*outcome.reserve}
    if outcome.left_out:
        first = min(outcome.of(candidate).rank for candidate in outcome.left_out)
        assert len(outcome.seated) + len(outcome.reserve) == first - 1
    else:
        assert len(outcome.seated) == seats
        assert len(outcome.reserve) == min(carried - seats, rule.reserve)


@given(meetings(), st.data())
def test_however_often_the_votes_are_equal_a_ballot_ends(meeting, data):
    """Every round due is held, and everybody gets as many votes as everybody else."""
    rule, members, _present, tallies = meeting
    same = dict.fromkeys(tallies, votes(members, members))
    outcome = count(rule, members, members, same)
    held = 1

    while due := next_round(outcome):
        ayes = data.draw(st.integers(0, 30))
        outcome = count(rule, 30, 30, dict.fromkeys(due.candidates, votes(ayes, 30)), after=outcome)
        held += 1
        assert held <= rule.rounds + rule.revotes
    for tie in outcome.ties:
        outcome = settle_tie(outcome, tie.candidates, "比较贡献")

    assert outcome.is_final


@pytest.mark.clause("R51", "R52")
def test_after_the_last_second_vote_the_chair_settles_the_tie():
    rule = BallotRule(seats=1, revotes=2, tie_after=TieRule.CHAIR_REASON)
    outcome = ballot(rule, {1: 7, 2: 7})
    for _again in range(2):
        outcome = ballot(rule, {1: 5, 2: 5}, after=outcome)

    settled = settle_tie(outcome, [2, 1], "长期在基层一线")

    assert (next_round(outcome), outcome.tie_rule) == (None, TieRule.CHAIR_REASON)
    assert outcome.ties == (Tie((1, 2), rank=1, seats=1, reserve=0),)
    assert (settled.seated, settled.is_final) == ((2,), True)
    assert explain(settled, 2) == (
        "同意7票，实到9人的三分之二为6票，通过；并列后再次表决，同意5票；"
        "并列后再次表决，同意5票；并列后由主持人排定，理由：长期在基层一线"
    )


@pytest.mark.clause("R52")
@pytest.mark.parametrize(
    "rule",
    [
        BallotRule(seats=2, reserve=2, tie=TieRule.NONE),
        BallotRule(seats=2, reserve=2, revotes=1, tie_after=TieRule.NONE),
    ],
)
def test_where_the_rule_says_so_nobody_tied_gets_a_place_nor_anybody_below_them(rule):
    outcome = ballot(rule, {1: 9, 2: 8, 3: 8, 4: 7})
    if next_round(outcome):
        outcome = ballot(rule, {2: 4, 3: 4}, after=outcome)

    assert (outcome.seated, outcome.reserve, outcome.left_out) == ((1,), (), (2, 3))
    assert (outcome.is_final, outcome.ties, next_round(outcome)) == (True, (), None)
    assert [outcome.of(n).place for n in (2, 3, 4)] == [Place.NONE] * 3
    assert explain(outcome, 2).endswith("；与他人并列，按表决规则不列入")
    assert explain(outcome, 4) == "同意7票，实到9人的三分之二为6票，通过"


def test_a_tie_that_decides_nothing_leaves_nobody_out():
    rule = BallotRule(seats=2, tie=TieRule.NONE)

    both_in, both_out = ballot(rule, {1: 9, 2: 9}), ballot(rule, {1: 9, 2: 8, 3: 7, 4: 7})

    assert (both_in.seated, both_in.left_out) == ((1, 2), ())
    assert (both_out.seated, both_out.left_out) == ((1, 2), ())


def test_nobody_settles_a_tie_that_the_rule_has_settled():
    outcome = ballot(BallotRule(seats=1, tie=TieRule.NONE), {1: 7, 2: 7})

    with pytest.raises(NotPossible, match=r"^表决规则没有规定由主持人排定并列者。$"):
        settle_tie(outcome, [1, 2], "理由")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"revotes": 0}, "再次表决至少一次"),
        ({"tie_after": TieRule.REVOTE}, "再次表决后仍并列的，须写明如何了结，不能还是再次表决"),
    ],
)
def test_a_rule_whose_ties_might_never_end_is_refused(wrong, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        BallotRule(**wrong)


@pytest.mark.clause("R52")
def test_a_tie_at_the_last_seat_is_reported_not_broken():
    outcome = ballot(BallotRule(seats=2), {1: 9, 2: 7, 3: 7, 4: 6})

    assert outcome.seated == (1,)
    assert outcome.ties == (Tie((2, 3), rank=2, seats=1, reserve=0),)
    assert [outcome.of(n).place for n in (2, 3, 4)] == [Place.TIED, Place.TIED, Place.NONE]
    assert not outcome.is_final
    assert next_round(outcome) == NextRound(
        2, (2, 3), breaks_ties=True, reason="第2名并列2人，可取1个名额，须先排定先后。"
    )


@pytest.mark.clause("R52")
def test_a_tie_over_the_last_seat_and_the_reserve_and_one_within_the_reserve():
    over = ballot(BallotRule(seats=1, reserve=1), {1: 7, 2: 7, 3: 7})
    within = ballot(BallotRule(seats=1, reserve=2), {1: 9, 2: 7, 3: 7})
    beyond = ballot(BallotRule(seats=1, reserve=1), {1: 9, 2: 8, 3: 7, 4: 7})

    assert over.ties == (Tie((1, 2, 3), rank=1, seats=1, reserve=1),)
    assert str(over.ties[0]) == "第1名并列3人，可取1个名额、1个备选位次，须先排定先后。"
    assert within.ties == (Tie((2, 3), rank=2, seats=0, reserve=2),)
    assert within.reserve == (2, 3)
    assert not within.is_final
    assert beyond.ties == ()
    assert beyond.is_final


@pytest.mark.clause("R51", "R52")
def test_a_second_vote_orders_the_tied_and_nobody_else():
    rule = BallotRule(seats=2, reserve=1)
    first = ballot(rule, {1: 9, 2: 7, 3: 7, 4: 6})

    second = ballot(rule, {2: 3, 3: 5}, after=first)

    assert second.seated == (1, 3)
    assert second.reserve == (2,)
    assert second.of(2).result is Result.CARRIED  # it was carried before; this round only orders
    assert [c.rank for c in second.counted] == [1, 2, 3, 4]
    assert second.is_final
    assert explain(second, 3) == ("同意7票，实到9人的三分之二为6票，通过；并列后再次表决，同意5票")


def test_a_second_vote_that_ties_again_is_voted_again():
    rule = BallotRule(seats=1)
    first = ballot(rule, {1: 7, 2: 7, 3: 7})

    second = ballot(rule, {1: 4, 2: 4, 3: 1}, after=first)
    third = ballot(rule, {1: 4, 2: 5}, after=second)

    assert second.ties == (Tie((1, 2), rank=1, seats=1, reserve=0),)
    assert next_round(second).number == 3
    assert third.seated == (2,)
    assert [c.candidate for c in third.counted] == [2, 1, 3]


def test_a_meeting_without_quorum_between_two_rounds_changes_nothing():
    rule = BallotRule(seats=1)
    first = ballot(rule, {1: 7, 2: 7})

    empty = ballot(rule, {1: 1, 2: 2}, present=5, after=first)
    second = ballot(rule, {1: 4, 2: 5}, after=empty)

    assert next_round(empty) == NextRound(
        2, (1, 2), breaks_ties=True, reason="上次到会人数未达到法定人数，须重新召开会议表决。"
    )
    assert second == ballot(rule, {1: 4, 2: 5}, after=first)
    assert second.seated == (2,)


@pytest.mark.clause("R51")
def test_two_rounds_take_those_carried_on_and_count_them_afresh():
    rule = BallotRule(seats=1, rounds=2)

    first = ballot(rule, {1: 9, 2: 7, 3: 5})
    second = ballot(rule, {1: 6, 2: 8}, after=first)

    assert (first.seated, first.is_final) == ((), False)
    assert [c.place for c in first.counted] == [Place.NEXT_ROUND, Place.NEXT_ROUND, Place.NONE]
    assert next_round(first) == NextRound(2, (1, 2), reason="须进行2轮表决，第1轮通过的进入第2轮。")
    assert second.seated == (2,)
    assert [c.candidate for c in second.counted] == [2, 1, 3]
    assert second.is_final


def test_a_first_round_that_carries_nobody_is_the_last():
    outcome = ballot(BallotRule(rounds=2), {1: 3, 2: 4})

    assert outcome.is_final
    assert next_round(outcome) is None


@pytest.mark.clause("R51", "R52")
def test_the_chair_settles_a_tie_with_a_reason_where_the_rule_lets_them():
    rule = BallotRule(seats=1, tie=TieRule.CHAIR_REASON)
    tied = ballot(rule, {1: 7, 2: 7, 3: 6})

    settled = settle_tie(tied, [2, 1], " 同等条件下一线人员优先 ")

    assert next_round(tied) is None
    assert not tied.is_final
    assert settled.seated == (2,)
    assert settled.is_final
    assert settled.decisions == (ChairDecision((2, 1), "同等条件下一线人员优先"),)
    assert explain(settled, 1) == (
        "同意7票，实到9人的三分之二为6票，通过；并列后由主持人排定，理由：同等条件下一线人员优先"
    )
    assert explain(settled, 3) == "同意6票，实到9人的三分之二为6票，通过"


@pytest.mark.parametrize(
    ("tie", "order", "reason", "refusal", "sentence"),
    [
        (
            TieRule.REVOTE,
            [2, 1],
            "理由",
            NotPossible,
            "表决规则规定并列者须再次表决，不能由主持人排定。",
        ),
        (TieRule.CHAIR_REASON, [2, 1], "  ", NotReady, "请写明排定先后的理由。"),
        (TieRule.CHAIR_REASON, [1], "理由", NotReady, "请排定并列的全部人选，不多不少。"),
        (TieRule.CHAIR_REASON, [1, 2, 3], "理由", NotReady, "请排定并列的全部人选，不多不少。"),
        (TieRule.CHAIR_REASON, [1, 1], "理由", NotReady, "请排定并列的全部人选，不多不少。"),
    ],
)
def test_a_tie_is_not_settled_without_right_order_and_reason(tie, order, reason, refusal, sentence):
    tied = ballot(BallotRule(seats=1, tie=tie), {1: 7, 2: 7, 3: 6})

    with pytest.raises(refusal) as refused:
        settle_tie(tied, order, reason)

    assert str(refused.value) == sentence


def test_after_a_final_outcome_there_is_no_round():
    final = ballot(BallotRule(), {1: 9})

    with pytest.raises(NotPossible, match=r"^表决已有结果，不再进行下一轮。$"):
        ballot(BallotRule(), {1: 9}, after=final)


def test_a_round_on_others_than_those_due_is_refused():
    tied = ballot(BallotRule(seats=1), {1: 7, 2: 7, 3: 6})

    for ayes in ({1: 5, 3: 4}, {1: 5}, {1: 5, 2: 4, 3: 3}, {}):
        with pytest.raises(NotReady, match=r"^本轮计票的人选与应表决的人选不一致，请核对。$"):
            ballot(BallotRule(seats=1), ayes, after=tied)
    with pytest.raises(NotReady, match=r"^本轮计票的人选与应表决的人选不一致，请核对。$"):
        ballot(BallotRule(), {})
