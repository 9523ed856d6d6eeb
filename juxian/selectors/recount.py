"""A ballot counted again from its papers, and held against what the list says (投票核验)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Count, Value
from django.db.models.functions import Cast, Concat, Length
from django.utils.translation import gettext as _

from juxian.records.models import Ballot, BallotPaper, Envelope, ProceedingItem, Recusal
from juxian.regulation.ballot import BallotRule, Counted, Result
from juxian.regulation.refusal import Refusal
from juxian.regulation.tally import Tally
from juxian.regulation.words import Act, Standing
from juxian.selectors.ballot import (
    Polled,
    Round,
    Votes,
    polled,
    replayed,
    rounds_in,
    rule_of,
    votes_on,
)

LEFT = (Standing.WITHDRAWN, Standing.RETURNED, Standing.REJECTED)


@dataclass(frozen=True, slots=True)
class Compared:
    """One candidate: this round's papers, what all rounds come to, and what the list says.

    `due` is None when the papers of all rounds cannot be counted; `recorded` when the list says
    nothing, as of somebody who had left before the count.
    """

    item: ProceedingItem
    votes: Tally
    due: Counted | None
    recorded: Tally | None

    @property
    def has_left(self) -> bool:
        return self.recorded is None and self.item.application.standing in LEFT

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
    """A counted ballot; `strangers` are papers on people who were no candidates."""

    ballot: Ballot
    rows: tuple[Compared, ...]
    strangers: int
    refused: str

    @property
    def agrees(self) -> bool:
        return not self.strangers and not self.refused and all(row.agrees for row in self.rows)


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
    """Those that were counted, in the same order. 2 queries."""
    votes = votes_on(one.ballot.pk for one in ballots)
    lists: dict[int, list[Polled]] = defaultdict(list)
    for one in ballots:
        lists[one.ballot.proceeding_id].append(one)
    items: dict[int, dict[int, ProceedingItem]] = defaultdict(dict)
    rows = ProceedingItem.objects.filter(proceeding__in=lists)
    for item in rows.select_related("application__employer"):
        items[item.proceeding_id][item.application_id] = item
    found: dict[int, Recount] = {}
    for key, listed in lists.items():
        listed.sort(key=lambda one: one.ballot.round)
        found |= _recounts(listed, votes, items[key])
    return [found[one.ballot.pk] for one in ballots if one.ballot.pk in found]


def verified(ballot: Ballot) -> Verified:
    """6 queries; the ballot was counted, and comes with its proceeding and cycle."""
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


def _recounts(
    ballots: Sequence[Polled], votes: Votes, items: Mapping[int, ProceedingItem]
) -> dict[int, Recount]:
    """The counted rounds of one list, by ballot."""
    rounds = rounds_in(ballots, votes)
    due: dict[int, Counted] = {}
    refused = ""
    try:
        due = counted_out(rule_of(ballots[0].ballot.proceeding), rounds)
    except Refusal as refusal:
        refused = str(refusal)
    tallies = {one.number: one.tallies for one in rounds}
    return {
        one.ballot.pk: Recount(
            ballot=one.ballot,
            rows=tuple(
                Compared(items[key], tally, due.get(key), _recorded(items[key]))
                for key, tally in tallies[one.ballot.round].items()
                if key in items
            ),
            strangers=_strangers(votes, one.ballot.pk, one.candidates),
            refused=refused,
        )
        for one in ballots
        if one.ballot.round in tallies
    }


def _recorded(item: ProceedingItem) -> Tally | None:
    if item.ayes is None or item.nays is None:
        return None
    return Tally(item.ayes, item.nays, item.abstained or 0, item.recused or 0)


def _strangers(votes: Votes, ballot: int, candidates: Collection[int]) -> int:
    return sum(
        n for (of, who, _choice), n in votes.items() if of == ballot and who not in candidates
    )


def _checks(recount: Recount, one: Polled) -> tuple[Check, ...]:
    """2 queries."""
    ballot = recount.ballot
    full = (
        Envelope.objects.filter(ballot=ballot).annotate(size=Length("sealed")).filter(size__gt=0)
    ).count()
    kept_out = Counter(_kept_out(ballot, one.candidates))
    apart = [row for row in recount.rows if row.votes.recused != kept_out[row.item.application_id]]
    differ = [row for row in recount.rows if not row.has_left and not row.is_same]
    unearned = [row for row in recount.rows if not row.is_rightly_admitted]
    present = {"present": one.present, "members": one.members}
    return (
        Check(
            _("实到人数不超过应到人数"),
            one.present <= one.members,
            _("应到 %(members)d 人，实到 %(present)d 人") % present,
        ),
        Check(
            _("每名人选的选票加回避等于实到人数"),
            not apart,
            _("%(n)d 名人选不符") % {"n": len(apart)} if apart else _("全部相符"),
        ),
        Check(
            _("没有名单以外的选票"),
            not recount.strangers,
            _("有 %(n)d 张") % {"n": recount.strangers} if recount.strangers else _("没有"),
        ),
        Check(
            _("重新计票与名单记录一致"),
            not differ and not recount.refused,
            recount.refused
            or (_("%(n)d 名人选不符") % {"n": len(differ)} if differ else _("全部一致")),
        ),
        Check(
            _("评审通过的人选都达到规定票数"),
            not unearned,
            _("%(n)d 名人选没有达到") % {"n": len(unearned)}
            if unearned
            else _("全部达到或尚未提出名单"),
        ),
        Check(
            _("选票封已清空，开票私钥已销毁"),
            not full and not ballot.locked_key,
            _("还有 %(n)d 个没有清空") % {"n": full} if full else _("已清空"),
        ),
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
