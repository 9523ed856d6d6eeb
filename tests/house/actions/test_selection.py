"""Drawing the list of proposed entrants, and its reserve."""

import pytest

from juxian.actions import selection
from juxian.records.models import Application, Handling, Proceeding
from juxian.regulation.ballot import ChairDecision
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from tests.house.actions.ballot_world import allot, committee, last_review, vary_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_reserve(world, settings, tmp_path):
    vary_pack(world, settings, tmp_path, tie='"revote"', reserve="2", threshold='"1/2"')
    return world


def standings(sitting) -> str:
    """One sign a candidate: + admitted, r waits at the review, x dismissed."""
    here = last_review(sitting.world).code
    signs = {"open": "+", "not_selected": "x"}
    return "".join(
        "r" if (one.step, one.standing) == (here, "open") else signs[one.standing]
        for one in sitting.fresh()
    )


@pytest.mark.clause("R52", "R78")
def test_those_within_the_places_go_on_the_next_wait_in_order_and_the_rest_are_let_go(
    with_reserve,
):
    sitting = committee(with_reserve, experts=7, candidates=6)
    sitting.vote(["aaaaan", "aaaann", "aaaann", "aaaann", "naaann", "nnaann", "nnnann"])
    allot(with_reserve, 2)

    outcome = selection.propose(sitting.listed.pk, by=sitting.secretary)

    assert sitting.named(outcome.seated) == ["李", "孙"]
    assert sitting.named(outcome.reserve) == ["钱", "赵"]
    assert standings(sitting) == "rr++xx"
    items = sitting.listed.items.order_by("application")
    assert list(items.values_list("rank", "reserve", "act")) == [
        (4, 2, ""),
        (3, 1, ""),
        (2, None, "admit"),
        (1, None, "admit"),
        (5, None, "dismiss"),
        (6, None, "dismiss"),
    ]
    assert Proceeding.objects.get(pk=sitting.listed.pk).concluded_by == sitting.secretary


@pytest.mark.clause("R52")
def test_the_handlings_say_why_somebody_was_let_go(with_reserve):
    sitting = committee(with_reserve, experts=7, candidates=5, places=1)
    sitting.vote(["aaaan", "aaaan", "aaaan", "aaaan", "aaann", "aannn", "annnn"])

    selection.propose(sitting.listed.pk, by=sitting.secretary)

    said = Handling.objects.filter(act="dismiss").order_by("application")
    assert list(said.values_list("application__name", "opinion")) == [
        ("李某", "评审通过，未进入本次名额"),
        ("周某", "评审未通过"),
    ]


@pytest.mark.clause("R78")
def test_no_list_without_the_allotment(world):
    sitting = committee(world, experts=3, candidates=2)
    sitting.vote(["aa", "an", "an"])

    with pytest.raises(NotReady, match="国家下达的名额还没有登记"):
        selection.propose(sitting.listed.pk, by=sitting.secretary)

    assert standings(sitting) == "rr"
    allot(world, 5)
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    assert standings(sitting) == "+x"


def test_no_list_before_the_vote_and_none_while_a_ballot_is_open(world):
    sitting = committee(world, experts=3, candidates=1, places=1)

    with pytest.raises(NotReady, match="名单上还有没经评委会表决的人选"):
        selection.propose(sitting.listed.pk, by=sitting.secretary)
    sitting.opened()
    with pytest.raises(NotReady, match="表决还没有开票，请先开票"):
        selection.propose(sitting.listed.pk, by=sitting.secretary)


def test_the_list_is_drawn_by_the_secretary(world):
    sitting = committee(world, experts=3, candidates=1, places=1)
    sitting.vote(["a", "a", "a"])

    for person in (sitting.experts[0], world.technical_handler):
        with pytest.raises(NotAllowed):
            selection.propose(sitting.listed.pk, by=person)
    assert standings(sitting) == "r"


@pytest.mark.clause("R52")
def test_a_tie_for_the_last_place_waits_for_another_round(with_reserve):
    sitting = committee(with_reserve, experts=3, candidates=2, places=1)
    sitting.vote(["aa", "aa", "nn"])

    with pytest.raises(NotReady, match=r"第1名并列2人，可取1个名额.*请对并列人选再次表决"):
        selection.propose(sitting.listed.pk, by=sitting.secretary)
    with pytest.raises(NotPossible, match="并列者须再次表决，不能由主持人排定"):
        selection.propose(
            sitting.listed.pk,
            by=sitting.secretary,
            decisions=[ChairDecision((sitting.candidates[0].pk, sitting.candidates[1].pk), "职称")],
        )
    assert standings(sitting) == "rr"

    sitting.vote(["na", "na", "an"])
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    assert standings(sitting) == "r+"


@pytest.mark.clause("R52")
def test_where_the_rule_says_so_the_chair_settles_a_tie_with_a_reason_on_record(
    world, settings, tmp_path
):
    vary_pack(world, settings, tmp_path, tie='"chair_reason"', reserve="0", threshold='"1/2"')
    sitting = committee(world, experts=3, candidates=2, places=1)
    first, second = sitting.candidates
    sitting.vote(["aa", "aa", "nn"])

    with pytest.raises(NotReady, match="请由主任委员排定先后并写明理由"):
        selection.propose(sitting.listed.pk, by=sitting.secretary)
    with pytest.raises(NotReady, match="请写明排定先后的理由"):
        selection.propose(
            sitting.listed.pk,
            by=sitting.secretary,
            decisions=[ChairDecision((second.pk, first.pk), " ")],
        )
    selection.propose(
        sitting.listed.pk,
        by=sitting.secretary,
        decisions=[ChairDecision((second.pk, first.pk), "在疫情防治一线")],
    )

    assert standings(sitting) == "x+"
    assert Proceeding.objects.get(pk=sitting.listed.pk).tie_reason == "在疫情防治一线"


@pytest.mark.clause("R52")
def test_a_tie_that_no_round_breaks_falls_to_the_chair(world, settings, tmp_path):
    vary_pack(world, settings, tmp_path, tie='"revote"', revotes="2", reserve="0")
    sitting = committee(world, experts=3, candidates=2, places=1)
    first, second = sitting.candidates
    for _round in range(3):
        sitting.vote(["aa", "aa", "nn"])

    with pytest.raises(NotPossible, match="已有结果"):
        sitting.opened()
    with pytest.raises(NotReady, match="请由主任委员排定先后并写明理由"):
        selection.propose(sitting.listed.pk, by=sitting.secretary)
    decision = ChairDecision((second.pk, first.pk), "长期在基层一线")
    selection.propose(sitting.listed.pk, by=sitting.secretary, decisions=[decision])

    assert standings(sitting) == "x+"


@pytest.mark.clause("R52")
def test_where_the_rule_says_so_nobody_tied_to_the_end_is_admitted(world, settings, tmp_path):
    vary_pack(
        world, settings, tmp_path, tie='"revote"', revotes="1", tie_after='"none"', reserve="1"
    )
    sitting = committee(world, experts=3, candidates=3, places=2)
    sitting.vote(["aaa", "aaa", "ann"])
    sitting.vote(["aa", "aa", "nn"])

    outcome = selection.propose(sitting.listed.pk, by=sitting.secretary)

    assert sitting.named(outcome.left_out) == ["钱", "孙"]
    assert standings(sitting) == "+xx"


@pytest.mark.clause("R52", "R78")
def test_a_tie_that_a_late_allotment_makes_is_the_chairs_once_the_rounds_are_used_up(
    world, settings, tmp_path
):
    vary_pack(world, settings, tmp_path, tie='"revote"', revotes="1", reserve="0")
    sitting = committee(world, experts=3, candidates=4, places=1)
    sitting.vote(["aaaa", "aaaa", "aann"])
    sitting.vote(["an", "an", "na"])
    allot(world, 3)
    third, fourth = sitting.candidates[2:]

    with pytest.raises(NotReady, match=r"第3名并列2人.*请由主任委员排定先后"):
        selection.propose(sitting.listed.pk, by=sitting.secretary)
    decision = ChairDecision((fourth.pk, third.pk), "长期在基层一线")
    selection.propose(sitting.listed.pk, by=sitting.secretary, decisions=[decision])

    assert standings(sitting) == "++x+"


@pytest.mark.clause("R78")
def test_a_tie_that_the_allotment_dissolves_needs_no_round(with_reserve):
    sitting = committee(with_reserve, experts=3, candidates=2)
    sitting.vote(["aa", "aa", "nn"])
    allot(with_reserve, 2)

    selection.propose(sitting.listed.pk, by=sitting.secretary)

    assert standings(sitting) == "++"


@pytest.mark.clause("R78")
def test_a_round_that_broke_a_tie_stands_when_the_allotment_changes_after_it(with_reserve):
    sitting = committee(with_reserve, experts=3, candidates=3, places=1)
    sitting.vote(["aaa", "aaa", "ann"])
    sitting.vote(["na", "na", "an"])
    allot(with_reserve, 2)

    outcome = selection.propose(sitting.listed.pk, by=sitting.secretary)

    assert sitting.named(outcome.seated) == ["赵", "孙"]
    assert sitting.named(outcome.reserve) == ["钱"]


def test_a_place_goes_to_the_next_when_somebody_withdrew_after_the_vote(with_reserve):
    sitting = committee(with_reserve, experts=3, candidates=3, places=1)
    sitting.vote(["aaa", "aan", "ann"])
    Application.objects.filter(pk=sitting.candidates[0].pk).update(standing="withdrawn")

    outcome = selection.propose(sitting.listed.pk, by=sitting.secretary)

    assert sitting.named(outcome.seated) == ["钱"]


def test_a_round_whose_candidates_have_all_withdrawn_since_counts_for_nothing(with_reserve):
    sitting = committee(with_reserve, experts=3, candidates=3, places=1)
    sitting.vote(["aaa", "aaa", "nna"])
    sitting.vote(["an", "an", "na"])
    gone = [one.pk for one in sitting.candidates[:2]]
    Application.objects.filter(pk__in=gone).update(standing="withdrawn")

    outcome = selection.propose(sitting.listed.pk, by=sitting.secretary)

    assert sitting.named(outcome.seated) == ["孙"]


def test_a_list_whose_candidates_have_all_gone_is_not_drawn(world):
    sitting = committee(world, experts=3, candidates=2, places=1)
    sitting.vote(["aa", "an", "an"])
    Application.objects.filter(pk=sitting.candidates[0].pk).update(standing="withdrawn")
    sitting.listed.items.filter(application=sitting.candidates[1]).delete()

    with pytest.raises(NotReady, match="名单上的人选都已不在这个环节，请核对名单"):
        selection.propose(sitting.listed.pk, by=sitting.secretary)


def test_places_taken_by_an_earlier_list_are_not_given_twice(with_reserve):
    earlier = committee(with_reserve, experts=3, candidates=1, places=2)
    earlier.vote(["a", "a", "a"])
    selection.propose(earlier.listed.pk, by=earlier.secretary)
    with_reserve.cycle.refresh_from_db()
    sitting = committee_again(earlier)
    sitting.vote(["aa", "aa", "an"])

    outcome = selection.propose(sitting.listed.pk, by=sitting.secretary)

    assert sitting.named(outcome.seated) == ["钱"]
    assert sitting.named(outcome.reserve) == ["孙"]


def committee_again(earlier):
    """The same panel with two more candidates, 钱 and 孙."""
    from dataclasses import replace

    from juxian.actions import proceeding
    from tests.house.actions.ballot_world import candidate

    step = last_review(earlier.world).code
    files = [candidate(earlier.world, number, step) for number in (1, 2)]
    listed = proceeding.open_proceeding(step, [one.pk for one in files], by=earlier.secretary)
    return replace(earlier, listed=listed, candidates=files)


@pytest.fixture
def proposed(with_reserve):
    """One admitted, two in reserve."""
    sitting = committee(with_reserve, experts=3, candidates=3, places=1)
    sitting.vote(["aaa", "aan", "ana"])
    sitting.vote(["an", "an", "na"])
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    return sitting


@pytest.mark.clause("R52")
def test_the_reserve_moves_up_in_its_order_when_a_place_comes_free(proposed):
    assert standings(proposed) == "+rr"
    with pytest.raises(NotReady, match="名额已满，没有空出的名额可以递补"):
        selection.call_up(proposed.listed.pk, by=proposed.secretary, reason="递补")
    Application.objects.filter(pk=proposed.candidates[0].pk).update(standing="rejected")

    with pytest.raises(NotReady, match="请填写理由"):
        selection.call_up(proposed.listed.pk, by=proposed.secretary, reason=" ")
    moved = selection.call_up(
        proposed.listed.pk, by=proposed.secretary, reason="第一名公示期间异议成立"
    )

    assert moved.application.name == "钱某"
    handling = Handling.objects.get(application=moved.application, act="admit")
    assert (handling.opinion, handling.proceeding) == ("第一名公示期间异议成立", proposed.listed)
    with pytest.raises(NotReady, match="名额已满"):
        selection.call_up(proposed.listed.pk, by=proposed.secretary, reason="再递补")


@pytest.mark.clause("R52")
def test_the_reserve_is_let_go_when_the_list_is_settled(proposed):
    with pytest.raises(NotAllowed):
        selection.release_reserve(proposed.listed.pk, by=proposed.experts[0], reason="已审定")

    assert (
        selection.release_reserve(proposed.listed.pk, by=proposed.secretary, reason="已审定") == 2
    )

    assert standings(proposed) == "+xx"
    for act in (selection.release_reserve, selection.call_up):
        with pytest.raises(NotReady, match=r"没有.*备选人选"):
            act(proposed.listed.pk, by=proposed.secretary, reason="再来")


def test_there_is_no_reserve_before_the_list(world):
    sitting = committee(world, experts=3, candidates=1)

    with pytest.raises(NotReady, match="请先提出拟入选名单"):
        selection.call_up(sitting.listed.pk, by=sitting.secretary, reason="递补")
