"""Small ballots, and strategies for any: rules, tallies that add up, first rounds."""

from fractions import Fraction

from hypothesis import strategies as st

from juxian.regulation.ballot import BallotRule, Base, Comparator, TieRule, count
from juxian.regulation.tally import Tally

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


def votes(ayes: int, present: int, recused: int = 0) -> Tally:
    return Tally(ayes, present - recused - ayes, recused=recused)


def ballot(rule: BallotRule, ayes: dict[int, int], present: int = 9, members: int = 9, after=None):
    tallies = {candidate: votes(number, present) for candidate, number in ayes.items()}
    return count(rule, members, present, tallies, after=after)


@st.composite
def tallies_of(draw, present: int):
    recused = draw(st.integers(0, present))
    cuts = sorted(draw(st.lists(st.integers(0, present - recused), min_size=4, max_size=4)))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, present - recused], strict=True)]
    return Tally(parts[0], parts[1], parts[2], recused, parts[3], parts[4])


@st.composite
def rules(draw):
    threshold = draw(st.fractions(Fraction(1, 10), 1, max_denominator=10))
    return BallotRule(
        quorum=draw(st.fractions(Fraction(1, 10), 1, max_denominator=10)),
        threshold=threshold,
        base=draw(st.sampled_from(Base)),
        comparator=Comparator.AT_LEAST if threshold == 1 else draw(st.sampled_from(Comparator)),
        seats=draw(st.none() | st.integers(0, 6)),
        reserve=draw(st.integers(0, 3)),
        tie=draw(st.sampled_from(TieRule)),
        revotes=draw(st.integers(1, 3)),
        tie_after=draw(st.sampled_from([TieRule.CHAIR_REASON, TieRule.NONE])),
    )


@st.composite
def meetings(draw, *, quorate: bool = True):
    """A rule and a first round of it: (rule, members, present, tallies)."""
    rule, members = draw(rules()), draw(st.integers(1, 30))
    quorum = rule.quorum_of(members)
    present = draw(st.integers(quorum, members) if quorate else st.integers(0, quorum - 1))
    candidates = draw(st.lists(st.integers(1, 99), min_size=1, max_size=8, unique=True))
    tallies = {candidate: draw(tallies_of(present)) for candidate in candidates}
    return rule, members, present, tallies
