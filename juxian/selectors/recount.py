"""A ballot counted again from its papers, and held against what the list says (投票核验)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Count, Value
from django.db.models.functions import Cast, Concat, Length
from django.utils.translation import gettext as _

from juxian.records.models import (
    Application,
    Ballot,
    BallotPaper,
    Envelope,
    ProceedingItem,
    Recusal,
)
from juxian.regulation.ballot import BallotRule, Counted, Result
from juxian.regulation.refusal import Refusal
from juxian.regulation.tally import Tally
from juxian.regulation.words import Act
from juxian.selectors.ballot import (
    LEFT,
    Polled,
    Round,
    Votes,
    allotments,
    draws_the_list,
    polled,
    replayed,
    rounds_in,
    rule_of,
    tells_votes,
    votes_on,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One candidate: this round's papers, what all rounds come to, and what the list says.

    `due` is None when the papers of all rounds cannot be counted; `recorded` when the list says
    nothing. `earlier` are the votes of rounds before the candidate's last.
    """

    item: ProceedingItem
    votes: Tally
    due: Counted | None
    recorded: Tally | None
    earlier: tuple[Tally, ...] = ()

    @property
    def has_left(self) -> bool:
        """Whether they had left before the last count: the list says what it said till then."""
        before = (None, *self.earlier)
        return self.item.application.standing in LEFT and self.recorded in before

    @property
    def tells_votes(self) -> bool:
        due = (self.due.tally, *self.due.revotes) if self.due else ()
        recorded = (self.recorded,) if self.recorded else ()
        return tells_votes(self.votes, *due, *recorded)

    @property
    def is_same(self) -> bool:
        return self.due is not None and self.recorded == self.due.tally

    @property
    def is_of_other_rounds(self) -> bool:
        """Whether the list rightly says other figures than this round's (并列再次表决)."""
        return self.due is not None and self.due.tally != self.votes

    @property
    def is_rightly_admitted(self) -> bool:
        """Nobody is admitted whom the papers did not carry."""
        carried = self.due is not None and self.due.result is Result.CARRIED
        return self.item.act != Act.ADMIT or carried

    @property
    def agrees(self) -> bool:
        return self.has_left or (self.is_same and self.is_rightly_admitted)


@dataclass(frozen=True, slots=True)
class Recount:
    """A counted ballot; figures are of what is wrong, but for `admitted`.

    `strangers` are papers on people who were no candidates, `missing` candidates who are not on
    the list though they are still in, `misplaced` (told with the last round) those passed over for
    somebody below them; `admitted` took the list's places, those called up left out.
    """

    ballot: Ballot
    rows: tuple[Compared, ...]
    strangers: int
    missing: int
    misplaced: int
    admitted: int
    refused: str

    @property
    def agrees(self) -> bool:
        wrong = self.strangers or self.missing or self.misplaced or self.refused
        return not wrong and all(row.agrees for row in self.rows)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a ballot must keep to, and what was found."""

    title: str
    holds: bool
    found: str


@dataclass(frozen=True, slots=True)
class Verified:
    """A counted ballot with everything looked at, and a digest of each candidate's papers."""

    recount: Recount
    checks: tuple[Check, ...]
    digests: Mapping[int, str]

    @property
    def agrees(self) -> bool:
        return self.recount.agrees and all(check.holds for check in self.checks)


def recounts_of(ballots: Sequence[Polled]) -> list[Recount]:
    """Those that were counted, in the same order. 2 queries, 3 when a list misses somebody."""
    votes = votes_on(one.ballot.pk for one in ballots)
    lists: dict[int, list[Polled]] = defaultdict(list)
    for one in ballots:
        lists[one.ballot.proceeding_id].append(one)
    items: dict[int, dict[int, ProceedingItem]] = defaultdict(dict)
    rows = ProceedingItem.objects.filter(proceeding__in=lists)
    for item in rows.select_related("application__employer"):
        items[item.proceeding_id][item.application_id] = item
    unlisted = {
        key
        for one in ballots
        for key in one.candidates
        if key not in items[one.ballot.proceeding_id]
    }
    if unlisted:
        still_in = Application.objects.filter(pk__in=unlisted).exclude(standing__in=LEFT)
        unlisted = set(still_in.values_list("pk", flat=True))
    found: dict[int, Recount] = {}
    for key, listed in lists.items():
        listed.sort(key=lambda one: one.ballot.round)
        found |= _recounts(listed, votes, items[key], unlisted)
    return [found[one.ballot.pk] for one in ballots if one.ballot.pk in found]


def verified(ballot: Ballot) -> Verified:
    """At most 8 queries; the ballot was counted, and comes with its proceeding and cycle."""
    ballots = polled(
        Ballot.objects.filter(proceeding=ballot.proceeding_id).select_related("proceeding__cycle")
    )
    by_key = {recount.ballot.pk: recount for recount in recounts_of(ballots)}
    recount = by_key[ballot.pk]
    [one] = [one for one in ballots if one.ballot.pk == ballot.pk]
    return Verified(recount, _checks(recount, one), digests_of(ballot))


def digests_of(ballot: Ballot) -> dict[int, str]:
    """SHA-256 over each candidate's papers, by application. 1 query.

    The papers' ids are random, so that a digest tells nothing of what it is made from.
    """
    line = Concat(Cast("pk", CharField()), Value(" "), "choice", output_field=CharField())
    papers = BallotPaper.objects.filter(ballot=ballot).values("application_id")
    rows = papers.annotate(text=StringAgg(line, delimiter="\n", order_by="pk")).order_by()
    return {row["application_id"]: sha256(row["text"].encode()).hexdigest() for row in rows}


def counted_out(rule: BallotRule, rounds: Sequence[Round]) -> dict[int, Counted]:
    """What each candidate's rounds come to, by the rule; a Refusal when they cannot be counted.

    Candidates go through the rounds with those who left at the same one: so nobody who has
    withdrawn since stands in the way of the others.
    """
    last = {candidate: one.number for one in rounds for candidate in one.tallies}
    found: dict[int, Counted] = {}
    for number in sorted(set(last.values())):
        together = [candidate for candidate, at in last.items() if at == number]
        outcome = replayed(rule, rounds, together)
        if outcome is not None:
            found |= {counted.candidate: counted for counted in outcome.counted}
    return found


def passed_over(
    rule: BallotRule,
    rounds: Sequence[Round],
    items: Mapping[int, ProceedingItem],
    *,
    by_chair: bool,
) -> int:
    """How many the proposed list left out though they did better than somebody it has.

    Or as well, where no chair has ordered equals (`by_chair`). Those called up later (递补) count
    as left out: they are so at first.
    """
    decided = [key for key, item in items.items() if item.act or item.reserve is not None]
    outcome = replayed(rule, rounds, decided)
    counted = outcome.counted if outcome else ()
    taken = [one for one in counted if _is_proposed(items[one.candidate])]
    if not taken:
        return 0
    least = min(one.order for one in taken)
    others = [one for one in counted if not _is_proposed(items[one.candidate])]
    return sum(one.order > least or (one.order == least and not by_chair) for one in others)


def _is_proposed(item: ProceedingItem) -> bool:
    return item.act == Act.ADMIT and item.reserve is None


def _recounts(
    ballots: Sequence[Polled],
    votes: Votes,
    items: Mapping[int, ProceedingItem],
    unlisted: Collection[int],
) -> dict[int, Recount]:
    """The counted rounds of one list, by ballot."""
    rounds = rounds_in(ballots, votes)
    proceeding = ballots[0].ballot.proceeding
    rule = rule_of(proceeding)
    due: dict[int, Counted] = {}
    misplaced, refused = 0, ""
    try:
        due = counted_out(rule, rounds)
        by_chair = bool(proceeding.tie_reason)
        misplaced = passed_over(rule, rounds, items, by_chair=by_chair)
    except Refusal as refusal:
        refused = str(refusal)
    tallies = {one.number: one.tallies for one in rounds}
    admitted = sum(_is_proposed(item) for item in items.values())
    return {
        one.ballot.pk: Recount(
            ballot=one.ballot,
            rows=tuple(
                Compared(
                    items[key], tally, due.get(key), _recorded(items[key]), _earlier(rounds, key)
                )
                for key, tally in tallies[one.ballot.round].items()
                if key in items
            ),
            strangers=_strangers(votes, one.ballot.pk, one.candidates),
            missing=sum(key in unlisted and key not in items for key in one.candidates),
            misplaced=misplaced if one.ballot.round == max(tallies) else 0,
            admitted=admitted,
            refused=refused,
        )
        for one in ballots
        if one.ballot.round in tallies
    }


def _earlier(rounds: Sequence[Round], candidate: int) -> tuple[Tally, ...]:
    return tuple(one.tallies[candidate] for one in rounds if candidate in one.tallies)[:-1]


def _recorded(item: ProceedingItem) -> Tally | None:
    if item.ayes is None or item.nays is None:
        return None
    return Tally(item.ayes, item.nays, item.abstained or 0, item.recused or 0)


def _strangers(votes: Votes, ballot: int, candidates: Collection[int]) -> int:
    return sum(
        n for (of, who, _choice), n in votes.items() if of == ballot and who not in candidates
    )


def _checks(recount: Recount, one: Polled) -> tuple[Check, ...]:
    """At most 3 queries."""
    return (*_paper_checks(recount, one), *_list_checks(recount), _sealing_check(recount.ballot))


def _paper_checks(recount: Recount, one: Polled) -> Iterator[Check]:
    """1 query."""
    present = {"present": one.present, "members": one.members}
    yield Check(
        _("实到人数不超过应到人数"),
        one.present <= one.members,
        _("应到 %(members)d 人，实到 %(present)d 人") % present,
    )
    kept_out = Counter(_kept_out(recount.ballot, one.candidates))
    apart = [row for row in recount.rows if row.votes.recused != kept_out[row.item.application_id]]
    yield Check(
        _("每名人选的选票加回避等于实到人数"),
        not apart,
        _("%(n)d 名人选不符") % {"n": len(apart)} if apart else _("全部相符"),
    )
    yield Check(
        _("没有名单以外的选票"),
        not recount.strangers,
        _("有 %(n)d 张") % {"n": recount.strangers} if recount.strangers else _("没有"),
    )


def _list_checks(recount: Recount) -> Iterator[Check]:
    """At most 1 query."""
    yield Check(
        _("参加表决的人选都在名单上"),
        not recount.missing,
        _("%(n)d 名人选不在名单上") % {"n": recount.missing} if recount.missing else _("全部在"),
    )
    differ = [row for row in recount.rows if not row.has_left and not row.is_same]
    yield Check(
        _("重新计票与名单记录一致"),
        not differ and not recount.refused,
        recount.refused
        or (_("%(n)d 名人选不符") % {"n": len(differ)} if differ else _("全部一致")),
    )
    unearned = [row for row in recount.rows if not row.is_rightly_admitted]
    yield Check(
        _("评审通过的人选都达到规定票数"),
        not unearned,
        _("%(n)d 名人选没有达到") % {"n": len(unearned)} if unearned else _("没有不符的"),
    )
    yield Check(
        _("没有名次在前而未列入的人选"),
        not recount.misplaced,
        _("%(n)d 名人选不符") % {"n": recount.misplaced} if recount.misplaced else _("没有不符的"),
    )
    yield _places_check(recount)


def _places_check(recount: Recount) -> Check:
    """At most 1 query: the allotment, which may have come after the vote (通知四（三）)."""
    title, proceeding = _("列入人数不超过名额"), recount.ballot.proceeding
    if not recount.admitted:
        return Check(title, holds=True, found=_("还没有列入的人选"))
    if not draws_the_list(proceeding):
        return Check(title, holds=True, found=_("这个环节不限名额"))
    tracks = {row.item.application.track for row in recount.rows}
    allotment = allotments(proceeding.cycle).filter(track__in=tracks).first()
    if allotment is None:
        return Check(title, holds=False, found=_("没有登记下达名额，不能核对"))
    held = max(recount.admitted, int(getattr(allotment, "held", 0)))
    taken = _("列入 %(held)d 人，名额 %(places)d 个")
    figures = {"held": held, "places": allotment.places}
    return Check(title, held <= allotment.places, taken % figures)


def _sealing_check(ballot: Ballot) -> Check:
    """1 query."""
    sealed = Envelope.objects.filter(ballot=ballot).annotate(size=Length("sealed"))
    full = sealed.filter(size__gt=0).count()
    return Check(
        _("选票封已清空，开票私钥已销毁"),
        not full and not ballot.locked_key,
        _("还有 %(n)d 个没有清空") % {"n": full} if full else _("已清空"),
    )


def _kept_out(ballot: Ballot, candidates: Collection[int]) -> dict[int, int]:
    """How many who attended were out of each candidate's vote when it was counted."""
    rows = Recusal.objects.filter(
        member__envelopes__ballot=ballot,
        application__in=candidates,
        declared_at__lte=ballot.closed_at,
    )
    counted = rows.values_list("application").annotate(n=Count("pk")).order_by()
    return dict(counted)
