"""Votes and papers that must add up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.tally import Papers, Tally, check_arithmetic, check_papers, check_votes
from tests.rules.sample_ballots import tallies_of


@pytest.mark.clause("R44")
@pytest.mark.parametrize(
    ("tally", "sentences"),
    [
        (Tally(5, 2, 1, 1), ()),
        (Tally(4, 1, 1, 1, void=1, unreturned=1), ()),
        (Tally(0, 0, 0, 9), ()),
        (
            Tally(5, 1, 1, 1, void=2),
            ("同意5票、反对1票、弃权1票、废票2票合计9票，应等于实到9人减回避1人后的8票，多1票。",),
        ),
        (Tally(-1, 10), ("同意不能为负数。",)),
        (Tally(10, 0, 0, -1), ("回避不能为负数。",)),
        (Tally(0, 0, 0, 10), ("回避10人多于实到9人。",)),
    ],
)
def test_ayes_nays_and_abstentions_make_those_present_less_the_recused(tally, sentences):
    assert check_arithmetic(tally, 9) == sentences


@given(st.integers(0, 30), st.data())
def test_a_tally_that_adds_up_passes_and_one_vote_more_does_not(present, data):
    tally = data.draw(tallies_of(present))

    assert check_arithmetic(tally, present) == ()
    assert len(check_arithmetic(replace(tally, ayes=tally.ayes + 1), present)) == 1


@pytest.mark.clause("R44")
@pytest.mark.parametrize(
    ("papers", "faults"),
    [
        (Papers(issued=9, returned=8, unreturned=1, valid=7), ()),
        (Papers(10, 9, 1, 9), (("issued", "发出10票多于实到9人。"),)),
        (Papers(9, 7, 1, 7), (("issued", "发出9票，应等于收回7票加未收回1票。"),)),
        (Papers(9, 8, 1, 9), (("valid", "有效9票多于收回8票。"),)),
        (Papers(9, 10, -1, 9), (("returned", "收回10票多于发出9票。"),)),
        (Papers(9, 8, 1, -1), (("issued", "选票数不能为负数。"),)),
    ],
)
def test_papers_issued_are_papers_returned_and_not_returned(papers, faults):
    assert check_papers(papers, 9) == faults


@pytest.mark.clause("R44")
@pytest.mark.parametrize(
    ("tally", "sentences"),
    [
        (Tally(5, 1, 1, void=1, unreturned=1), ()),
        (Tally(6, 1, 0, recused=1, unreturned=1), ()),
        (Tally(7, 1, 0, unreturned=1), ("同意、反对、弃权合计8票，多于有效选票7张。",)),
        (Tally(6, 1, 0, unreturned=2), ("未收回2票，多于未收回的选票1张。",)),
    ],
)
def test_votes_come_from_valid_papers(tally, sentences):
    papers = Papers(issued=9, returned=8, unreturned=1, valid=7)

    assert check_votes(tally, papers) == sentences
