"""Whether anybody who holds the whole database can tell who voted how.

The attack joins papers to envelopes by every trace a row leaves in PostgreSQL: transaction, place
on the page, key, order; by the order in which people were seen to vote; and by the gaps that
recusals leave in one member's bundle of papers. Each join predicts votes; a join is worth
something when it predicts more of them than the published figures alone would let one guess.
The same attack runs against builds with a planted fault, and must succeed there.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import product
from math import sqrt

import pytest
from django.db import connection, transaction

from juxian.actions import ballot, panel
from juxian.records.models import BallotPaper, Envelope, PanelMember, Recusal, Trace
from tests.house.actions.ballot_world import WORDS, committee, start_the_clock

VOTERS, CANDIDATES = 20, 8
CHANCE = 5.0  # standard deviations that no join of an honest build reaches
CAUGHT = 8.0  # that the best join of a faulty build passes

Truth = dict[tuple[int, int], str]
"""(member, candidate) to choice: what only the voters know."""


@dataclass(frozen=True)
class Envelope_:  # noqa: N801 - the row as the attacker sees it
    member: int
    key: int
    transaction: int
    place: tuple[int, int]
    seen: int


@dataclass(frozen=True)
class Paper:
    candidate: int
    choice: str
    key: str
    transaction: int
    place: tuple[int, int]


@dataclass
class Election:
    sitting: object
    opened: ballot.Opened
    truth: Truth
    seen: list[int]

    def count(self) -> None:
        ballot.close_ballot(
            self.opened.ballot.pk, by=self.sitting.secretary, phrase=self.opened.phrase
        )


@pytest.fixture
def election(world):
    """Twenty members with two recusals each at random, voting at random in random order."""
    chooser = random.Random(20200601)
    sitting = committee(world, experts=VOTERS, candidates=CANDIDATES)
    opened = sitting.opened()
    members = {one.person_id: one.pk for one in PanelMember.objects.all()}
    for expert in sitting.experts:
        for kept_out in chooser.sample(sitting.candidates, 2):
            panel.recuse(sitting.panel.pk, kept_out.pk, by=expert, relation="teacher")
    kept_out = set(Recusal.objects.values_list("member_id", "application_id"))
    truth = {
        (member, candidate.pk): chooser.choice(list(WORDS.values()))
        for member, candidate in product(members.values(), sitting.candidates)
        if (member, candidate.pk) not in kept_out
    }
    order = chooser.sample(sitting.experts, VOTERS)
    yield Election(sitting, opened, truth, [members[expert.pk] for expert in order]), order
    start_the_clock()


def own(truth: Truth, member: int) -> dict[int, str]:
    return {candidate: choice for (voter, candidate), choice in truth.items() if voter == member}


def cast_honestly(held: Election, order) -> None:
    for member, expert in zip(held.seen, order, strict=True):
        for _mind in range(1 + member % 2):  # half of them think again
            ballot.cast(held.opened.ballot.pk, by=expert, choices=own(held.truth, member))


def everything(seen: list[int]) -> tuple[list[Envelope_], list[Paper]]:
    """The two tables with the system columns that PostgreSQL keeps of every row."""
    columns = "xmin::text::bigint, (ctid::text::point)[0]::int, (ctid::text::point)[1]::int"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT member_id, id, {columns} FROM records_envelope")  # noqa: S608
        envelopes = [
            Envelope_(member, key, xmin, (page, line), seen.index(member))
            for member, key, xmin, page, line in cursor.fetchall()
        ]
        cursor.execute(
            f"SELECT application_id, choice, id::text, {columns} FROM records_ballotpaper"  # noqa: S608
        )
        papers = [
            Paper(candidate, choice, key, xmin, (page, line))
            for candidate, choice, key, xmin, page, line in cursor.fetchall()
        ]
    return envelopes, papers


def by_order(envelopes, papers, kept_out):
    """The n-th envelope with the n-th paper on each candidate, in every order of both."""
    of_envelope = {
        "key": lambda e: e.key,
        "place": lambda e: e.place,
        "transaction": lambda e: (e.transaction, e.place),
        "seen": lambda e: e.seen,
        "member": lambda e: e.member,
    }
    of_paper = {
        "key": lambda p: p.key,
        "place": lambda p: p.place,
        "transaction": lambda p: (p.transaction, p.place),
    }
    for (one, envelope_key), (other, paper_key), back in product(
        of_envelope.items(), of_paper.items(), (False, True)
    ):
        guesses = {}
        for candidate in {paper.candidate for paper in papers}:
            voters = [
                envelope.member
                for envelope in sorted(envelopes, key=envelope_key, reverse=back)
                if (envelope.member, candidate) not in kept_out
            ]
            votes = [
                paper.choice
                for paper in sorted(papers, key=paper_key)
                if paper.candidate == candidate
            ]
            guesses |= {
                (member, candidate): choice for member, choice in zip(voters, votes, strict=True)
            }
        yield f"envelope {one} to paper {other}{' backwards' * back}", guesses


def by_transaction(envelopes, papers, _kept_out):
    """Papers written in the transaction that wrote the envelope."""
    written = defaultdict(list)
    for paper in papers:
        written[paper.transaction, paper.candidate].append(paper.choice)
    guesses = {}
    for envelope in envelopes:
        for (number, candidate), votes in written.items():
            if number == envelope.transaction and len(votes) == 1:
                guesses[envelope.member, candidate] = votes[0]
    yield "same transaction", guesses


def by_bundle(envelopes, papers, kept_out):
    """Runs of papers in the order of candidates are one member's; the gaps say whose."""
    candidates = sorted({paper.candidate for paper in papers})
    patterns = defaultdict(list)
    for envelope in envelopes:
        voted_on = tuple(c for c in candidates if (envelope.member, c) not in kept_out)
        patterns[voted_on].append(envelope.member)
    runs, last = [], None
    for paper in sorted(papers, key=lambda p: p.place):
        if last is None or paper.candidate <= last:
            runs.append([])
        runs[-1].append(paper)
        last = paper.candidate
    guesses = {}
    for run in runs:
        members = patterns.get(tuple(paper.candidate for paper in run), [])
        if len(members) == 1:
            guesses |= {(members[0], paper.candidate): paper.choice for paper in run}
    yield "bundles of one member", guesses


def worth(guesses: Truth, truth: Truth) -> float:
    """How many standard deviations the right guesses lie above what the figures alone give."""
    cast = defaultdict(Counter)
    for (_member, candidate), choice in truth.items():
        cast[candidate][choice] += 1
    odds = [
        cast[candidate][choice] / cast[candidate].total()
        for (_member, candidate), choice in guesses.items()
    ]
    spread = sqrt(sum(chance * (1 - chance) for chance in odds))
    right = sum(truth[pair] == choice for pair, choice in guesses.items())
    return (right - sum(odds)) / spread if spread else 0.0


def best_join(held: Election) -> tuple[float, str]:
    envelopes, papers = everything(held.seen)
    assert len(envelopes) == VOTERS
    assert len(papers) == len(held.truth) == VOTERS * (CANDIDATES - 2)
    kept_out = set(Recusal.objects.values_list("member_id", "application_id"))
    return max(
        (worth(guesses, held.truth), join)
        for attack in (by_order, by_transaction, by_bundle)
        for join, guesses in attack(envelopes, papers, kept_out)
    )


@pytest.mark.clause("R51")
@pytest.mark.django_db(transaction=True)
def test_no_join_of_the_database_tells_who_voted_how(election):
    held, order = election
    cast_honestly(held, order)
    traces = Trace.objects.count()
    held.count()

    found, join = best_join(held)

    assert found < CHANCE, join
    assert Trace.objects.count() == traces + 1  # the count itself; nobody's vote


@pytest.mark.django_db(transaction=True)
def test_the_attack_catches_papers_written_as_they_are_cast(election):
    held, order = election
    for member, _expert in zip(held.seen, order, strict=True):
        with transaction.atomic():
            Envelope.objects.create(ballot=held.opened.ballot, member_id=member)
            for candidate, choice in own(held.truth, member).items():
                BallotPaper.objects.create(
                    ballot=held.opened.ballot, application_id=candidate, choice=choice
                )

    found, join = best_join(held)

    assert found > CAUGHT, join


@pytest.mark.django_db(transaction=True)
def test_the_attack_catches_papers_written_as_they_are_cast_in_transactions_of_their_own(election):
    held, order = election
    for member, _expert in zip(held.seen, order, strict=True):
        Envelope.objects.create(ballot=held.opened.ballot, member_id=member)
        for candidate, choice in own(held.truth, member).items():
            BallotPaper.objects.create(
                ballot=held.opened.ballot, application_id=candidate, choice=choice
            )

    found, join = best_join(held)

    assert found > CAUGHT, join


@pytest.mark.django_db(transaction=True)
def test_the_attack_catches_a_count_that_does_not_shuffle(election, monkeypatch):
    held, order = election
    cast_honestly(held, order)
    monkeypatch.setattr(random.SystemRandom, "shuffle", lambda self, votes: None)
    held.count()

    found, join = best_join(held)

    assert found > CAUGHT, join


@pytest.mark.django_db(transaction=True)
def test_the_attack_catches_a_count_that_shuffles_members_but_keeps_their_bundles(
    election, monkeypatch
):
    held, order = election
    cast_honestly(held, order)

    def shuffle_bundles(self, votes):
        bundles, last = [], None
        for candidate, choice in votes:
            if last is None or candidate <= last:
                bundles.append([])
            bundles[-1].append((candidate, choice))
            last = candidate
        random.Random(7).shuffle(bundles)
        votes[:] = [vote for bundle in bundles for vote in bundle]

    monkeypatch.setattr(random.SystemRandom, "shuffle", shuffle_bundles)
    held.count()

    found, join = best_join(held)

    assert (found > CAUGHT, join) == (True, "bundles of one member")
