"""Counting a secret ballot, giving one up, and voting on the tied again."""

import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction

from juxian.actions import ballot, panel, proceeding, selection
from juxian.records.models import Application, Ballot, BallotPaper, Envelope, Proceeding, Trace
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady, Refusal
from juxian.regulation.tally import Tally
from tests.house.actions.ballot_world import allot, committee, start_the_clock, vary_pack

pytestmark = pytest.mark.django_db


@pytest.mark.clause("R51")
def test_the_count_writes_papers_figures_and_the_record(world):
    sitting = committee(world, experts=5, candidates=2)

    outcome = sitting.vote(["aa", "an", "a-", "an", "an"])

    first, second = sitting.candidates
    assert [outcome.of(first.pk).rank, outcome.of(second.pk).rank] == [1, 2]
    papers = BallotPaper.objects.order_by("application", "choice")
    assert list(papers.values_list("application", "choice")) == [
        *[(first.pk, "aye")] * 5,
        (second.pk, "abstain"),
        (second.pk, "aye"),
        *[(second.pk, "nay")] * 3,
    ]
    items = sitting.listed.items.order_by("application")
    assert list(items.values_list("ayes", "nays", "abstained", "recused", "rank", "act")) == [
        (5, 0, 0, 0, 1, ""),
        (1, 3, 1, 0, 2, ""),
    ]
    record = Proceeding.objects.get(pk=sitting.listed.pk)
    assert (record.members, record.present, record.method) == (5, 5, "无记名投票")
    assert (record.body, record.chair) == ("自治区评审委员会", "评委1")
    assert record.concluded_at is None


@pytest.mark.clause("R51")
def test_after_the_count_envelopes_are_empty_and_the_key_is_gone(world):
    sitting = committee(world, experts=3, candidates=2)

    sitting.vote(["an", "aa", "na"])

    counted = Ballot.objects.get()
    assert counted.locked_key == ""
    assert counted.closed_by == sitting.secretary
    assert {bytes(envelope.sealed) for envelope in Envelope.objects.all()} == {b""}
    with pytest.raises(DatabaseError, match="ballot_key_destroyed_when_closed"):
        Ballot.objects.update(locked_key="kept")


def test_papers_are_neither_changed_nor_deleted(world):
    committee(world, experts=3, candidates=1).vote(["a", "n", "a"])

    for change in (
        BallotPaper.objects.all().delete,
        lambda: BallotPaper.objects.update(choice="nay"),
    ):
        with pytest.raises(DatabaseError, match="ballot_paper_only_grows"), transaction.atomic():
            change()


def snapshot():
    return (
        list(Ballot.objects.values()),
        sorted(bytes(envelope.sealed) for envelope in Envelope.objects.all()),
        BallotPaper.objects.count(),
        list(Proceeding.objects.values()),
        Trace.objects.count(),
    )


def test_a_wrong_phrase_changes_nothing(world):
    sitting = committee(world, experts=3, candidates=1)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a", "a", "n"])
    before = snapshot()

    with pytest.raises(NotReady, match="开票口令不对，选票没有打开") as refused:
        ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase="2222-3333-4444")

    assert refused.value.faults == (("phrase", "口令不对"),)
    assert snapshot() == before
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase.lower())
    assert BallotPaper.objects.count() == 3


def test_only_the_secretary_counts(world):
    sitting = committee(world, experts=3, candidates=1)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a", "a", "n"])

    for person in (sitting.experts[0], world.technical_handler):
        with pytest.raises(NotAllowed):
            ballot.close_ballot(opened.ballot.pk, by=person, phrase=opened.phrase)
    assert Ballot.objects.get().closed_at is None


@pytest.mark.clause("R51")
def test_without_a_quorum_the_ballot_stays_open(world, settings, tmp_path):
    vary_pack(world, settings, tmp_path, quorum='"2/3"')
    sitting = committee(world, experts=7, candidates=1)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a"] * 4)
    before = snapshot()

    with pytest.raises(NotReady, match="应到7人，已投票4人，未达到开票所需的5人；表决仍在进行"):
        ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    assert snapshot() == before
    sitting.cast(opened.ballot, ["a"] * 5)
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)


def test_two_papers_are_never_counted(world):
    sitting = committee(world, experts=3, candidates=1)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a", "n"])

    with pytest.raises(NotReady, match="已投票2人，未达到开票所需的3人"):
        ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)


@pytest.mark.clause("R51")
def test_a_candidate_with_fewer_papers_than_three_stops_the_count(world):
    """With two papers "同意 2" tells both votes; there are three voters all the same."""
    sitting = committee(world, experts=4, candidates=2)
    first = sitting.candidates[0]
    panel.recuse(sitting.panel.pk, first.pk, by=sitting.experts[0], relation="kin")
    opened = sitting.opened()
    sitting.cast(opened.ballot, [" a", "aa", "an"])
    before = snapshot()

    with pytest.raises(NotReady, match=r"^赵某的选票不足3张，开票会暴露投票人，没有开票"):
        ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    assert snapshot() == before
    sitting.cast(opened.ballot, [" a", "aa", "an", "na"])
    counted = ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)
    assert (counted.of(first.pk).tally.ayes, counted.of(first.pk).tally.nays) == (2, 1)


def test_who_gets_too_few_papers_is_voted_on_apart_once_the_round_is_given_up(world):
    sitting = committee(world, experts=3, candidates=2)
    first, second = sitting.candidates
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["aa", "aa", "aa"])
    panel.recuse(sitting.panel.pk, first.pk, by=sitting.experts[0], relation="kin")
    with pytest.raises(NotReady, match="赵某的选票不足3张"):
        ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    ballot.void_ballot(opened.ballot.pk, by=sitting.secretary, reason="回避后选票不足")
    proceeding.take_off(sitting.listed.pk, first.pk, by=sitting.secretary)

    assert list(sitting.vote(["a", "a", "a"]).carried) == [second.pk]
    step = sitting.listed.step
    assert proceeding.open_proceeding(step, [first.pk], by=sitting.secretary).items.count() == 1


def test_a_candidate_whom_everybody_keeps_out_of_has_no_paper_that_tells_anything(world):
    sitting = committee(world, experts=3, candidates=2)
    first = sitting.candidates[0]
    for expert in sitting.experts:
        panel.recuse(sitting.panel.pk, first.pk, by=expert, relation="kin")

    outcome = sitting.vote([" a", " a", " n"])

    assert outcome.of(first.pk).tally == Tally(0, 0, 0, recused=3)


def test_an_envelope_that_was_tampered_with_stops_the_count(world):
    sitting = committee(world, experts=3, candidates=1)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a", "a", "n"])
    first, second, _third = Envelope.objects.order_by("pk")
    Envelope.objects.filter(pk=first.pk).update(sealed=second.sealed)
    before = snapshot()

    with pytest.raises(NotReady, match="有选票封被改动过，无法打开，没有开票"):
        ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    assert snapshot() == before


@pytest.mark.parametrize(
    ("event", "table"),
    [
        ("INSERT", "records_ballotpaper"),
        ("UPDATE", "records_envelope"),
        ("UPDATE", "records_ballot"),
        ("UPDATE", "records_proceedingitem"),
        ("UPDATE", "records_proceeding"),
        ("INSERT", "records_trace"),
    ],
)
def test_a_crash_in_the_midst_of_the_count_leaves_nothing_half_done(world, event, table):
    sitting = committee(world, experts=3, candidates=2)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["an", "aa", "na"])
    before = snapshot()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RAISE EXCEPTION 'planted fault'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER planted BEFORE {event} ON {table} EXECUTE FUNCTION planted()"
        )

    with pytest.raises(DatabaseError, match="planted fault"):
        ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    assert snapshot() == before
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER planted ON {table}")
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)
    assert BallotPaper.objects.count() == 6


def test_a_ballot_is_given_up_with_a_reason_and_its_envelopes_unopened(world):
    sitting = committee(world, experts=3, candidates=1)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a"])

    with pytest.raises(NotReady, match="请填写作废的理由"):
        ballot.void_ballot(opened.ballot.pk, by=sitting.secretary, reason=" ")
    with pytest.raises(NotAllowed):
        ballot.void_ballot(opened.ballot.pk, by=sitting.experts[0], reason="停电")
    given_up = ballot.void_ballot(opened.ballot.pk, by=sitting.secretary, reason="停电")

    assert (given_up.is_void, given_up.locked_key) == (True, "")
    assert bytes(Envelope.objects.get().sealed) == b""
    assert Proceeding.objects.get(pk=sitting.listed.pk).remark == "第1轮表决作废：停电"
    with pytest.raises(NotPossible, match="本轮表决已作废"):
        sitting.cast(opened.ballot, ["a"])
    with pytest.raises(NotPossible, match="已经开票或作废"):
        ballot.void_ballot(opened.ballot.pk, by=sitting.secretary, reason="再次")
    outcome = sitting.vote(["a", "a", "a"])
    assert (Ballot.objects.get(is_void=False).round, outcome.round) == (2, 1)


def test_a_counted_ballot_is_not_given_up_and_not_counted_again(world):
    sitting = committee(world, experts=3, candidates=1)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a", "a", "n"])
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    with pytest.raises(NotPossible, match="本轮表决已经开票或作废，不能再作废"):
        ballot.void_ballot(opened.ballot.pk, by=sitting.secretary, reason="重来")
    with pytest.raises(NotPossible, match="本轮表决已经开票，不能重复开票"):
        ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)


@pytest.mark.clause("R51")
def test_the_tied_alone_are_voted_on_again(world, settings, tmp_path):
    vary_pack(world, settings, tmp_path, tie='"revote"', reserve="0")
    sitting = committee(world, experts=5, candidates=3, places=2)

    tied = sitting.vote(["aaa", "aaa", "aaa", "aaa", "ann"])
    assert [sitting.named(tie.candidates) for tie in tied.ties] == [["钱", "孙"]]
    settled = sitting.vote(["na", "na", "aa", "na", "an"])

    assert settled.ties == ()
    assert sitting.named(settled.seated) == ["赵", "孙"]
    ranks = sitting.listed.items.order_by("application").values_list("rank", "ayes")
    assert list(ranks) == [(1, 5), (3, 4), (2, 4)]
    with pytest.raises(NotPossible, match="这份名单的表决已有结果，请提出拟入选名单"):
        sitting.opened()


@pytest.mark.clause("R78")
def test_a_ballot_held_before_the_allotment_came_is_seated_by_it_afterwards(
    world, settings, tmp_path
):
    vary_pack(world, settings, tmp_path, tie='"revote"', reserve="0")
    sitting = committee(world, experts=3, candidates=3)
    sitting.vote(["aaa", "aaa", "aaa"])
    allot(world, 1)

    opened = sitting.opened()

    assert opened.ballot.seats == 1
    assert opened.ballot.candidates.count() == 3


def test_a_ballot_whose_candidates_have_all_withdrawn_can_only_be_given_up(world):
    sitting = committee(world, experts=3, candidates=1)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a", "a", "a"])
    Application.objects.filter(pk=sitting.candidates[0].pk).update(standing="withdrawn")

    with pytest.raises(NotReady, match="本轮的人选都已撤回，请作废本轮表决"):
        ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    assert not BallotPaper.objects.exists()
    assert ballot.void_ballot(opened.ballot.pk, by=sitting.secretary, reason="已撤回").is_void


@pytest.mark.clause("R51")
def test_where_the_rule_asks_for_two_rounds_those_carried_are_voted_on_again(
    world, settings, tmp_path
):
    vary_pack(world, settings, tmp_path, rounds="2", reserve="0", threshold='"1/2"')
    sitting = committee(world, experts=3, candidates=3, places=3)

    first = sitting.vote(["aan", "aan", "nan"])
    assert first.goes_on
    with pytest.raises(NotReady, match="评审须进行2轮表决，请组织第2轮"):
        selection.propose(sitting.listed.pk, by=sitting.secretary)
    second = sitting.vote(["an", "an", "an"])

    assert sitting.named(second.seated) == ["赵"]
    items = sitting.listed.items.order_by("application").values_list("ayes", "nays", "rank")
    assert list(items) == [(3, 0, 1), (0, 3, 2), (0, 3, 3)]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_count_at_once_one_does(world):
    sitting = committee(world, experts=3, candidates=2)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["an", "aa", "na"])
    together, answers = threading.Barrier(2), []

    def close():
        secretary = sitting.secretary
        together.wait()
        try:
            ballot.close_ballot(opened.ballot.pk, by=secretary, phrase=opened.phrase)
            answers.append("counted")
        except Refusal as refusal:
            answers.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=close) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    start_the_clock()

    assert sorted(answers) == ["counted", "本轮表决已经开票，不能重复开票"]
    assert BallotPaper.objects.count() == 6
