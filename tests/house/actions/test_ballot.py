"""A secret ballot: opening it, and casting."""

import pytest
from django.db import connection

from juxian.actions import ballot, panel, proceeding, selection
from juxian.records.models import (
    Application,
    Ballot,
    BallotPaper,
    Envelope,
    PanelMember,
    Person,
    Proceeding,
    Trace,
)
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from tests.house.actions.ballot_world import (
    candidate,
    choices,
    committee,
    last_review,
    vary_pack,
)

pytestmark = pytest.mark.django_db


@pytest.mark.clause("R51")
def test_a_ballot_is_put_to_everybody_on_the_list_and_its_phrase_is_kept_nowhere(world):
    sitting = committee(world, candidates=3)

    opened = sitting.opened()

    assert list(opened.ballot.candidates.order_by("number")) == sitting.candidates
    assert (opened.ballot.round, opened.ballot.seats) == (1, None)
    assert opened.phrase not in repr(opened)
    bare = opened.phrase.replace("-", "")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            holds = f'SELECT count(*) FROM "{table}" t WHERE t::text ~* %s'  # noqa: S608
            cursor.execute(holds, [bare])
            assert (table, cursor.fetchone()[0]) == (table, 0)


@pytest.mark.clause("R51", "R78")
def test_a_ballot_knows_the_places_left_when_the_allotment_has_come(world):
    sitting = committee(world, places=2)

    assert sitting.opened().ballot.seats == 2


def test_the_opener_may_say_how_many_seats(world):
    assert committee(world, places=2).opened(seats=1).ballot.seats == 1


def test_a_second_ballot_waits_for_the_first(world):
    sitting = committee(world)
    sitting.opened()

    with pytest.raises(NotReady, match="上一轮表决还没有开票，请先开票或作废"):
        sitting.opened()


def test_a_ballot_is_opened_by_the_secretary(world):
    sitting = committee(world)

    for person in (sitting.experts[0], world.technical_handler, world.applicant):
        with pytest.raises(NotAllowed):
            ballot.open_ballot(sitting.panel.pk, sitting.listed.pk, by=person)
    assert not Ballot.objects.exists()


def test_a_panel_of_another_step_or_track_does_not_vote_on_the_list(world):
    sitting = committee(world)
    panels = type(sitting.panel).objects.filter(pk=sitting.panel.pk)

    panels.update(track="skilled")
    with pytest.raises(NotPossible, match="这个评委会不评审这个类别"):
        sitting.opened()
    panels.update(track="", step="formal_check")
    with pytest.raises(NotPossible, match="这个评委会不评审这份名单"):
        sitting.opened()


@pytest.mark.clause("R27")
def test_tracks_are_voted_on_apart(world):
    sitting = committee(world, candidates=1)
    skilled = candidate(world, 9, last_review(world).code, track="skilled")
    sitting.listed.items.create(application=skilled, turn=1)

    with pytest.raises(NotReady, match="请按类别分别建立名单、分别表决"):
        sitting.opened()


def test_two_members_are_too_few_for_a_secret(world):
    with pytest.raises(NotReady, match="至少须有3名委员"):
        committee(world, experts=2).opened()


@pytest.mark.clause("R51")
def test_a_ballot_is_not_opened_on_somebody_whom_fewer_than_three_may_vote_on(world):
    sitting = committee(world, experts=4, candidates=2)
    second = sitting.candidates[1]
    panel.recuse(sitting.panel.pk, second.pk, by=sitting.experts[0], relation="kin")
    Person.objects.filter(pk=sitting.experts[1].pk).update(employer=world.hotan_hospital)
    Application.objects.filter(pk=second.pk).update(employer=world.hotan_hospital)

    with pytest.raises(NotReady, match=r"^钱某除去回避的委员，可投票的不足3名，开票会暴露投票人"):
        sitting.opened()

    assert not Ballot.objects.exists()


@pytest.mark.parametrize("is_counted", [False, True])
def test_who_is_voted_on_stays_on_the_list_unless_the_round_is_given_up(world, is_counted):
    sitting = committee(world, experts=3, candidates=2)
    first, second = sitting.candidates
    opened = sitting.opened()
    by = sitting.secretary
    sitting.cast(opened.ballot, ["an", "an", "an"])
    if is_counted:
        ballot.close_ballot(opened.ballot.pk, by=by, phrase=opened.phrase)

    with pytest.raises(NotPossible, match=r"^赵某已交评委会表决，不能移出名单"):
        proceeding.take_off(sitting.listed.pk, first.pk, by=by)

    Application.objects.filter(pk=second.pk).update(standing="withdrawn")
    proceeding.take_off(sitting.listed.pk, second.pk, by=by)
    assert [item.application for item in sitting.listed.items.all()] == [first]


def test_a_list_whose_candidates_have_all_gone_is_not_voted_on(world):
    sitting = committee(world, candidates=2)
    Application.objects.filter(pk=sitting.candidates[1].pk).update(standing="withdrawn")
    sitting.opened()
    assert Ballot.objects.get().candidates.get() == sitting.candidates[0]

    sitting.listed.items.update(act="dismiss")
    Ballot.objects.update(is_void=True, locked_key="", closed_at="2020-06-01T00:00Z")
    with pytest.raises(NotReady, match="名单上没有需要表决的人选"):
        sitting.opened()


def test_a_step_decided_on_paper_takes_no_secret_ballot(world):
    sitting = committee(world)
    type(sitting.panel).objects.update(step="subject_group")
    Proceeding.objects.update(step="subject_group")

    with pytest.raises(NotPossible, match="这个环节不用无记名投票，请登记评议结果"):
        sitting.opened()
    with pytest.raises(NotPossible, match="这个环节不用无记名投票，请登记评议结果后办结"):
        selection.propose(sitting.listed.pk, by=sitting.secretary)


@pytest.mark.clause("R51")
def test_casting_writes_one_envelope_and_nothing_else(world):
    sitting = committee(world, candidates=2)
    opened = sitting.opened()
    traces = Trace.objects.count()

    sitting.cast(opened.ballot, ["an"])

    envelope = Envelope.objects.get()
    assert envelope.member.person == sitting.experts[0]
    assert b"aye" not in bytes(envelope.sealed)
    assert not BallotPaper.objects.exists()
    assert Trace.objects.count() == traces
    assert opened.ballot.locked_key == Ballot.objects.get().locked_key


def test_envelopes_are_of_one_length_whatever_is_inside(world):
    sitting = committee(world, experts=3, candidates=4)
    sitting.opened()
    for kept_out in sitting.candidates[1:]:
        panel.recuse(sitting.panel.pk, kept_out.pk, by=sitting.experts[0], relation="kin")

    sitting.cast(Ballot.objects.get(), ["a   ", "----", "nnnn"])

    lengths = {len(envelope.sealed) for envelope in Envelope.objects.all()}
    assert len(lengths) == 1


@pytest.mark.clause("R51")
def test_a_changed_mind_replaces_the_envelope_until_the_count(world):
    sitting = committee(world, experts=3, candidates=1)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["n", "a", "a"])
    sitting.cast(opened.ballot, ["a"])

    outcome = ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    assert outcome.of(sitting.candidates[0].pk).tally.ayes == 3
    assert Envelope.objects.count() == 3


@pytest.mark.clause("R51")
def test_a_paper_that_is_not_whole_is_refused_with_each_gap_named(world):
    sitting = committee(world, candidates=3)
    first, second, third = sitting.candidates
    expert = sitting.experts[0]
    on = sitting.opened().ballot
    panel.recuse(sitting.panel.pk, third.pk, by=expert, relation="kin")

    with pytest.raises(NotReady, match="选票还没有填完或有误，没有投出") as refused:
        ballot.cast(on.pk, by=expert, choices={second.pk: "perhaps", third.pk: "nay"})

    assert refused.value.faults == (
        (str(first.pk), "请对赵某选择同意、反对或弃权"),
        (str(second.pk), "请对钱某选择同意、反对或弃权"),
        (str(third.pk), "您须回避孙某，不能对其投票"),
    )
    with pytest.raises(NotPossible, match="选票上有不在本轮名单里的人"):
        ballot.cast(on.pk, by=expert, choices={0: "aye"})
    assert not Envelope.objects.exists()


def test_those_who_may_not_vote_are_told_why(world):
    sitting = committee(world, experts=3, candidates=1)
    opened = sitting.opened()
    all_ayes = choices(sitting.candidates, "a")

    with pytest.raises(NotAllowed, match="您不是这个评委会的委员"):
        ballot.cast(opened.ballot.pk, by=world.stranger, choices=all_ayes)
    with pytest.raises(NotPossible, match="没有找到这次表决"):
        ballot.cast(0, by=sitting.experts[0], choices=all_ayes)
    PanelMember.objects.filter(person=sitting.experts[0]).update(pledged_at=None)
    with pytest.raises(NotReady, match="请先阅读并同意保密与回避承诺，再投票"):
        ballot.cast(opened.ballot.pk, by=sitting.experts[0], choices=all_ayes)
    PanelMember.objects.update(pledged_at="2020-06-01T00:00Z")
    sitting.cast(opened.ballot, ["a", "a", "a"])
    ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)
    with pytest.raises(NotPossible, match="本轮表决已经开票，不能再投票"):
        ballot.cast(opened.ballot.pk, by=sitting.experts[0], choices=all_ayes)


def test_a_member_kept_out_of_everybody_is_present_without_a_choice(world, settings, tmp_path):
    vary_pack(world, settings, tmp_path, base='"present"')
    sitting = committee(world, experts=4, candidates=1)
    Person.objects.filter(pk=sitting.experts[0].pk).update(employer=world.hospital)

    outcome = sitting.vote([" ", "a", "a", "n"])

    counted = outcome.of(sitting.candidates[0].pk)
    assert (counted.tally.ayes, counted.tally.recused, counted.present) == (2, 1, 4)
