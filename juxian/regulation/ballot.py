"""Counting a ballot (评委会表决): quorum, threshold, ranks, ties, seats, reserves, rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from math import ceil, floor

from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.scoring import Scoring
from juxian.regulation.tally import Tally, check_arithmetic

FEWEST = 3  # below three papers every voter knows how the others voted


class Base(StrEnum):
    """What the ayes are measured against; each says what a recusal does to it."""

    MEMBERS = "members"  # 应到：回避不减少分母
    PRESENT = "present"  # 实到：回避不减少分母
    PRESENT_LESS_RECUSED = "present_less_recused"  # 实到减回避：回避者不计入分母
    VALID = "valid"  # 有效票（同意、反对、弃权）：回避、废票、未收回的票不计入分母


class Comparator(StrEnum):
    AT_LEAST = "at_least"  # 达到
    MORE_THAN = "more_than"  # 超过


class TieRule(StrEnum):
    """How a tie that decides a place is settled."""

    REVOTE = "revote"  # 并列者再次表决
    CHAIR_REASON = "chair_reason"  # 主持人书面说明理由后排定
    NONE = "none"  # 并列者都不列入，名次在后的也不递进


class Result(StrEnum):
    NO_QUORUM = "no_quorum"  # 未达法定人数
    CARRIED = "carried"  # 通过
    LOST = "lost"  # 未通过


class Place(StrEnum):
    """What the ballot gives a candidate."""

    SEAT = "seat"  # 入选名额内
    RESERVE = "reserve"  # 备选
    TIED = "tied"  # 并列待定
    NEXT_ROUND = "next_round"  # 进入下一轮
    NONE = "none"  # 未通过，或通过而无名额


@dataclass(frozen=True, slots=True)
class BallotRule:
    """How a panel decides. Candidates are ranked by the share of ayes in the base.

    `seats` None seats everyone who carries; `rounds` is the least number of rounds, each among
    those whom the one before carried. Ties are voted on again at most `revotes` times in all;
    whatever is still tied then falls to `tie_after`, so that every ballot ends.
    """

    quorum: Fraction = Fraction(2, 3)
    threshold: Fraction = Fraction(2, 3)
    base: Base = Base.PRESENT
    comparator: Comparator = Comparator.AT_LEAST
    seats: int | None = None
    reserve: int = 0
    rounds: int = 1
    tie: TieRule = TieRule.REVOTE
    revotes: int = 2
    tie_after: TieRule = TieRule.CHAIR_REASON
    scoring: Scoring | None = None  # experts give scores beside their votes
    recuses_colleagues: bool = False  # 与人选同一单位的专家回避

    def __post_init__(self) -> None:
        if not 0 < self.quorum <= 1:
            raise ValueError("法定人数的比例须大于0、不超过1")
        if not 0 < self.threshold <= 1:
            raise ValueError("通过比例须大于0、不超过1")
        if self.threshold == 1 and self.comparator is Comparator.MORE_THAN:
            raise ValueError("通过比例为1时不能要求超过")
        if (self.seats is not None and self.seats < 0) or self.reserve < 0:
            raise ValueError("名额和备选人数不能为负数")
        if self.rounds < 1:
            raise ValueError("表决至少一轮")
        if self.revotes < 1:
            raise ValueError("再次表决至少一次")
        if self.tie_after is TieRule.REVOTE:
            raise ValueError("再次表决后仍并列的，须写明如何了结，不能还是再次表决")

    def quorum_of(self, members: int) -> int:
        return ceil(self.quorum * members)

    def opens_at(self, members: int) -> int:
        """How many must have voted in secret before the papers may be opened."""
        return max(self.quorum_of(members), FEWEST)

    def needed_of(self, base: int) -> int:
        """The least ayes that carry; never 0, so that nobody is carried by nobody."""
        share = self.threshold * base
        return floor(share) + 1 if self.comparator is Comparator.MORE_THAN else max(ceil(share), 1)


@dataclass(frozen=True, slots=True)
class Counted:
    """One candidate's figures; `revotes` are later tallies that only break ties."""

    candidate: int
    tally: Tally
    present: int
    base: int
    needed: int
    result: Result
    round: int
    place: Place = Place.NONE
    rank: int = 0
    revotes: tuple[Tally, ...] = ()
    shares: tuple[Fraction, ...] = field(default=(), repr=False)

    @property
    def order(self) -> tuple[int, bool, tuple[Fraction, ...]]:
        """Greater is better: the last round reached, then carried, then each share of ayes."""
        return self.round, self.result is Result.CARRIED, self.shares

    def voted_again(self, tally: Tally, base: int) -> "Counted":
        return replace(self.ordered(_share(tally, base)), revotes=(*self.revotes, tally))

    def ordered(self, share: Fraction | int) -> "Counted":
        return replace(self, shares=(*self.shares, Fraction(share)))


@dataclass(frozen=True, slots=True)
class Tie:
    """Candidates who share a rank that decides a seat, a reserve place, or the reserve's order."""

    candidates: tuple[int, ...]
    rank: int
    seats: int
    reserve: int

    def __str__(self) -> str:
        open_places = "、".join(
            f"{count}个{noun}"
            for count, noun in ((self.seats, "名额"), (self.reserve, "备选位次"))
            if count
        )
        return f"第{self.rank}名并列{len(self.candidates)}人，可取{open_places}，须先排定先后。"


@dataclass(frozen=True, slots=True)
class ChairDecision:
    """The chair's order of tied candidates, best first, and the reason on record."""

    order: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class NextRound:
    """Who is voted on next; a `breaks_ties` round orders them and unseats nobody."""

    number: int
    candidates: tuple[int, ...]
    breaks_ties: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all rounds so far came to; `counted` is best first, input order within a rank.

    `revotes` rounds broke ties so far; `left_out` are those the rule turns away for being tied.
    """

    rule: BallotRule
    round: int
    members: int
    present: int
    counted: tuple[Counted, ...]
    ties: tuple[Tie, ...] = ()
    decisions: tuple[ChairDecision, ...] = ()
    revotes: int = 0
    left_out: tuple[int, ...] = ()
    before: "Outcome | None" = field(default=None, repr=False)

    @property
    def has_quorum(self) -> bool:
        return self.present >= self.rule.quorum_of(self.members)

    @property
    def carried(self) -> tuple[int, ...]:
        return tuple(c.candidate for c in self.counted if c.result is Result.CARRIED)

    @property
    def goes_on(self) -> bool:
        """Whether those carried are voted on again, the rule asking for more rounds."""
        return self.round < self.rule.rounds and bool(self.carried)

    @property
    def tie_rule(self) -> TieRule:
        """How a tie is settled now."""
        voted_enough = self.revotes >= self.rule.revotes
        is_over = self.rule.tie is TieRule.REVOTE and voted_enough
        return self.rule.tie_after if is_over else self.rule.tie

    @property
    def is_final(self) -> bool:
        return self.has_quorum and not self.goes_on and not self.ties

    @property
    def seated(self) -> tuple[int, ...]:
        return tuple(c.candidate for c in self.counted if c.place is Place.SEAT)

    @property
    def reserve(self) -> tuple[int, ...]:
        """In the order of succession, once `is_final`."""
        return tuple(c.candidate for c in self.counted if c.place is Place.RESERVE)

    def of(self, candidate: int) -> Counted:
        return next(c for c in self.counted if c.candidate == candidate)


def count(
    rule: BallotRule,
    members: int,
    present: int,
    tallies: Mapping[int, Tally],
    after: Outcome | None = None,
) -> Outcome:
    """The outcome of one more round `after` those before; the first round when None.

    `members` should attend (应到), `present` did (实到). A meeting without quorum decides nothing
    and is held again. NotReady when figures do not add up or the candidates are not those due.
    """
    if not 0 <= present <= members or not members:
        raise NotReady(f"应到{members}人、实到{present}人，人数有误，请核对。")
    if after is not None and not after.has_quorum:
        after = after.before
    due = _due(after, tallies)
    if present < rule.quorum_of(members):
        absent = [
            Counted(candidate, tally, present, 0, 0, Result.NO_QUORUM, due.number)
            for candidate, tally in tallies.items()
        ]
        return Outcome(rule, due.number, members, present, tuple(absent), before=after)
    _must_add_up(tallies, present)
    counted = {c.candidate: c for c in after.counted} if after else {}
    for candidate, tally in tallies.items():
        base = _base_of(rule.base, members, present, tally)
        if due.breaks_ties:
            counted[candidate] = counted[candidate].voted_again(tally, base)
        else:
            needed = rule.needed_of(base)
            result = Result.CARRIED if tally.ayes >= needed else Result.LOST
            shares = (_share(tally, base),)
            counted[candidate] = Counted(
                candidate, tally, present, base, needed, result, due.number, shares=shares
            )
    revotes = (after.revotes if after else 0) + due.breaks_ties
    outcome = Outcome(rule, due.number, members, present, tuple(counted.values()), revotes=revotes)
    return placed(outcome)


def next_round(outcome: Outcome) -> NextRound | None:
    """Who is voted on next, or None when nothing is left to vote on."""
    if not outcome.has_quorum:
        everyone = tuple(c.candidate for c in outcome.counted)
        again = next_round(outcome.before) if outcome.before else None
        return NextRound(
            outcome.round,
            everyone,
            breaks_ties=again.breaks_ties if again else False,
            reason="上次到会人数未达到法定人数，须重新召开会议表决。",
        )
    number = outcome.round + 1
    if outcome.goes_on:
        reason = f"须进行{outcome.rule.rounds}轮表决，第{outcome.round}轮通过的进入第{number}轮。"
        return NextRound(number, outcome.carried, reason=reason)
    if outcome.ties and outcome.tie_rule is TieRule.REVOTE:
        tied = tuple(candidate for tie in outcome.ties for candidate in tie.candidates)
        return NextRound(
            number, tied, breaks_ties=True, reason="".join(str(tie) for tie in outcome.ties)
        )
    return None


def settle_tie(outcome: Outcome, order: Sequence[int], reason: str) -> Outcome:
    """The outcome with one whole tie put in the chair's order, best first, for a reason."""
    if outcome.tie_rule is TieRule.REVOTE:
        raise NotPossible("表决规则规定并列者须再次表决，不能由主持人排定。")
    if outcome.tie_rule is TieRule.NONE:
        raise NotPossible("表决规则没有规定由主持人排定并列者。")
    if not any(sorted(tie.candidates) == sorted(order) for tie in outcome.ties):
        raise NotReady("请排定并列的全部人选，不多不少。")
    if not reason.strip():
        raise NotReady("请写明排定先后的理由。")
    counted = tuple(
        c.ordered(-order.index(c.candidate)) if c.candidate in order else c for c in outcome.counted
    )
    decisions = (*outcome.decisions, ChairDecision(tuple(order), reason.strip()))
    return placed(replace(outcome, counted=counted, decisions=decisions))


def _due(after: Outcome | None, tallies: Mapping[int, Tally]) -> NextRound:
    due = next_round(after) if after else NextRound(1, tuple(tallies))
    if due is None:
        raise NotPossible("表决已有结果，不再进行下一轮。")
    if not tallies or set(tallies) != set(due.candidates):
        raise NotReady("本轮计票的人选与应表决的人选不一致，请核对。")
    return due


def _must_add_up(tallies: Mapping[int, Tally], present: int) -> None:
    faults = tuple(
        (str(candidate), sentence)
        for candidate, tally in tallies.items()
        for sentence in check_arithmetic(tally, present)
    )
    if faults:
        raise NotReady("票数与人数不符，请核对后再计票。", faults)


def _base_of(base: Base, members: int, present: int, tally: Tally) -> int:
    match base:
        case Base.MEMBERS:
            return members
        case Base.PRESENT:
            return present
        case Base.PRESENT_LESS_RECUSED:
            return present - tally.recused
    return tally.valid


def _share(tally: Tally, base: int) -> Fraction:
    return Fraction(tally.ayes, base) if base else Fraction(0)


def placed(outcome: Outcome) -> Outcome:
    """Ranks, shared by equals, then places; a tie across a boundary is reported, not broken.

    Where the rule leaves the tied out, nobody below them comes up in their stead.
    """
    placed: list[Counted] = []
    ties: list[Tie] = []
    left_out: tuple[int, ...] = ()
    best_first = sorted(outcome.counted, key=lambda c: c.order, reverse=True)
    for _, equals in groupby(best_first, key=lambda c: c.order):
        group, rank = tuple(equals), len(placed) + 1
        place, tie = (Place.NONE, None) if left_out else _place(outcome, group, rank)
        if tie and outcome.tie_rule is TieRule.NONE:
            left_out, place, tie = tie.candidates, Place.NONE, None
        placed += [replace(c, rank=rank, place=place) for c in group]
        ties += [tie] if tie else []
    return replace(outcome, counted=tuple(placed), ties=tuple(ties), left_out=left_out)


def _place(outcome: Outcome, group: tuple[Counted, ...], rank: int) -> tuple[Place, Tie | None]:
    rule, size = outcome.rule, len(group)
    if group[0].result is Result.LOST:
        return Place.NONE, None
    if outcome.goes_on:
        return Place.NEXT_ROUND, None
    if rule.seats is None:
        return Place.SEAT, None
    seats = min(max(rule.seats - rank + 1, 0), size)
    reserve = min(max(rule.seats + rule.reserve - rank + 1, 0), size) - seats
    if seats == size:
        return Place.SEAT, None
    if not seats and not reserve:
        return Place.NONE, None
    tie = Tie(tuple(c.candidate for c in group), rank, seats, reserve) if size > 1 else None
    return Place.RESERVE if reserve == size else Place.TIED, tie
