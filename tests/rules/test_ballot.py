"""Ballots: quorum, threshold, denominators, ranks and seats."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.ballot import (
    BallotRule,
    Base,
    Comparator,
    NextRound,
    Place,
    Result,
    count,
    next_round,
)
from juxian.regulation.ballot_words import explain, explain_quorum
from juxian.regulation.refusal import NotReady
from juxian.regulation.tally import Tally
from tests.rules.sample_ballots import HALF, TWO_THIRDS, ballot, meetings


def base_of(rule, members, present, tally):
    return {
        Base.MEMBERS: members,
        Base.PRESENT: present,
        Base.PRESENT_LESS_RECUSED: present - tally.recused,
        Base.VALID: tally.ayes + tally.nays + tally.abstained,
    }[rule.base]


@pytest.mark.clause("R44", "R51")
@pytest.mark.parametrize(
    ("members", "present", "ayes", "result"),
    [
        (25, 16, 16, Result.NO_QUORUM),  # two thirds of 25 are 16.67
        (25, 17, 11, Result.LOST),  # two thirds of 17 are 11.33
        (25, 17, 12, Result.CARRIED),
        (9, 6, 4, Result.CARRIED),  # exactly
        (9, 6, 3, Result.LOST),
        (9, 5, 5, Result.NO_QUORUM),
    ],
)
def test_two_thirds_of_those_present_with_two_thirds_attending(members, present, ayes, result):
    outcome = ballot(BallotRule(), {1: ayes}, present, members)

    assert outcome.of(1).result is result


@pytest.mark.clause("R44", "R51")
@pytest.mark.parametrize(
    ("comparator", "threshold", "base", "needed"),
    [
        (Comparator.AT_LEAST, TWO_THIRDS, 25, 17),
        (Comparator.AT_LEAST, TWO_THIRDS, 24, 16),
        (Comparator.MORE_THAN, TWO_THIRDS, 24, 17),
        (Comparator.AT_LEAST, HALF, 25, 13),
        (Comparator.MORE_THAN, HALF, 25, 13),
        (Comparator.AT_LEAST, HALF, 24, 12),
        (Comparator.MORE_THAN, HALF, 24, 13),
        (Comparator.AT_LEAST, Fraction(1), 7, 7),
        (Comparator.AT_LEAST, HALF, 0, 1),
        (Comparator.MORE_THAN, HALF, 0, 1),
    ],
)
def test_the_votes_needed_are_exact(comparator, threshold, base, needed):
    rule = BallotRule(threshold=threshold, comparator=comparator)

    assert rule.needed_of(base) == needed


@pytest.mark.clause("R44", "R51")
@pytest.mark.parametrize(
    ("base", "figure", "needed", "result"),
    [
        (Base.MEMBERS, 12, 8, Result.LOST),
        (Base.PRESENT, 10, 7, Result.LOST),
        (Base.PRESENT_LESS_RECUSED, 9, 6, Result.CARRIED),
        (Base.VALID, 7, 5, Result.CARRIED),
    ],
)
def test_what_a_recusal_does_to_the_denominator_is_the_rules_to_say(base, figure, needed, result):
    tally = Tally(ayes=6, nays=1, abstained=0, recused=1, void=1, unreturned=1)

    counted = count(BallotRule(base=base), 12, 10, {1: tally}).of(1)

    assert (counted.base, counted.needed, counted.result) == (figure, needed, result)


@pytest.mark.clause("R44", "R51")
@given(meetings())
def test_a_candidate_carries_by_the_exact_fraction_and_never_without_an_aye(meeting):
    rule, members, present, tallies = meeting

    outcome = count(rule, members, present, tallies)

    for candidate, tally in tallies.items():
        share = rule.threshold * base_of(rule, members, present, tally)
        enough = (
            tally.ayes > share if rule.comparator is Comparator.MORE_THAN else tally.ayes >= share
        )
        carries = enough and tally.ayes > 0
        assert outcome.of(candidate).result is (Result.CARRIED if carries else Result.LOST)


@given(meetings(quorate=False))
def test_without_quorum_nothing_is_decided_and_everybody_is_voted_on_again(meeting):
    rule, members, present, tallies = meeting

    outcome = count(rule, members, present, tallies)
    due = next_round(outcome)

    assert not outcome.has_quorum
    assert not outcome.is_final
    assert {c.result for c in outcome.counted} == {Result.NO_QUORUM}
    assert (outcome.seated, outcome.reserve, outcome.ties) == ((), (), ())
    assert due == NextRound(
        1, tuple(tallies), reason="上次到会人数未达到法定人数，须重新召开会议表决。"
    )
    assert explain(outcome, next(iter(tallies))) == explain_quorum(outcome)


@given(meetings(), st.data())
def test_ayes_instead_of_nays_never_lose(meeting, data):
    rule, members, present, tallies = meeting
    candidate = data.draw(st.sampled_from(sorted(tallies)))
    tally = tallies[candidate]
    won = data.draw(st.integers(0, tally.nays))
    better = {**tallies, candidate: replace(tally, ayes=tally.ayes + won, nays=tally.nays - won)}

    before = count(rule, members, present, tallies)
    after = count(rule, members, present, better)

    if before.of(candidate).result is Result.CARRIED:
        assert after.of(candidate).result is Result.CARRIED
    assert after.of(candidate).rank <= before.of(candidate).rank


@given(meetings(), st.randoms())
def test_the_order_of_counting_decides_nothing(meeting, random):
    rule, members, present, tallies = meeting
    shuffled = list(tallies.items())
    random.shuffle(shuffled)

    one = count(rule, members, present, tallies)
    other = count(rule, members, present, dict(shuffled))

    for candidate in tallies:
        assert one.of(candidate) == other.of(candidate)


@given(meetings())
def test_equals_share_a_rank_and_a_place_and_seats_are_never_exceeded(meeting):
    rule, members, present, tallies = meeting
    outcome = count(rule, members, present, tallies)

    places = {}
    for counted in outcome.counted:
        better = [c for c in outcome.counted if c.order > counted.order]
        assert counted.rank == len(better) + 1
        assert places.setdefault(counted.order, counted.place) is counted.place
    carried = len(outcome.carried)
    if rule.seats is None:
        assert outcome.seated == outcome.carried
    elif outcome.left_out:
        first = min(outcome.of(candidate).rank for candidate in outcome.left_out)
        assert len(outcome.seated) + len(outcome.reserve) == first - 1
    else:
        tied = sum(tie.seats for tie in outcome.ties)
        assert len(outcome.seated) + tied == min(rule.seats, carried)
        waiting = sum(
            tie.reserve for tie in outcome.ties if tie.seats or tie.reserve < len(tie.candidates)
        )
        assert len(outcome.reserve) + waiting == min(rule.reserve, max(carried - rule.seats, 0))


@pytest.mark.clause("R52")
def test_seats_go_by_votes_then_the_reserve_in_order():
    rule = BallotRule(seats=2, reserve=2)

    outcome = ballot(rule, {1: 6, 2: 9, 3: 8, 4: 7, 5: 5, 6: 9})

    assert outcome.seated == (2, 6)
    assert outcome.reserve == (3, 4)
    assert [(c.candidate, c.rank, c.place) for c in outcome.counted] == [
        (2, 1, Place.SEAT),
        (6, 1, Place.SEAT),
        (3, 3, Place.RESERVE),
        (4, 4, Place.RESERVE),
        (1, 5, Place.NONE),
        (5, 6, Place.NONE),
    ]
    assert outcome.of(5).result is Result.LOST
    assert outcome.is_final


@pytest.mark.clause("R52")
def test_without_a_number_of_seats_everybody_who_carries_is_in():
    outcome = ballot(BallotRule(reserve=2), {1: 6, 2: 6, 3: 5})

    assert (outcome.seated, outcome.reserve, outcome.ties) == ((1, 2), (), ())


@pytest.mark.parametrize(("members", "present"), [(9, 10), (9, -1), (0, 0)])
def test_attendance_that_cannot_be_is_refused(members, present):
    with pytest.raises(NotReady) as refused:
        count(BallotRule(), members, present, {1: Tally(0, 0)})

    assert str(refused.value) == f"应到{members}人、实到{present}人，人数有误，请核对。"


@pytest.mark.clause("R44")
def test_votes_that_do_not_add_up_are_refused_candidate_by_candidate():
    with pytest.raises(NotReady) as refused:
        count(BallotRule(), 9, 9, {1: Tally(6, 3), 2: Tally(6, 2), 3: Tally(6, 2, 1, recused=1)})

    assert str(refused.value) == "票数与人数不符，请核对后再计票。"
    assert refused.value.faults == (
        (
            "2",
            "同意6票、反对2票、弃权0票合计8票，应等于实到9人减回避0人后的9票，少1票。",
        ),
        (
            "3",
            "同意6票、反对2票、弃权1票合计9票，应等于实到9人减回避1人后的8票，多1票。",
        ),
    )


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"quorum": Fraction(0)}, "法定人数的比例须大于0、不超过1"),
        ({"quorum": Fraction(4, 3)}, "法定人数的比例须大于0、不超过1"),
        ({"threshold": Fraction(0)}, "通过比例须大于0、不超过1"),
        ({"threshold": Fraction(3, 2)}, "通过比例须大于0、不超过1"),
        (
            {"threshold": Fraction(1), "comparator": Comparator.MORE_THAN},
            "通过比例为1时不能要求超过",
        ),
        ({"seats": -1}, "名额和备选人数不能为负数"),
        ({"reserve": -1}, "名额和备选人数不能为负数"),
        ({"rounds": 0}, "表决至少一轮"),
    ],
)
def test_a_rule_that_cannot_be_is_no_rule(given_, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        BallotRule(**given_)
