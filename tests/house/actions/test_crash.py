"""A crash between any two writes of an act."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from juxian.actions import (
    application,
    ballot,
    decision,
    evaluation,
    evidence,
    nomination,
    opinion,
    proceeding,
    publicity,
    selection,
    submission,
    verification,
)
from juxian.records.clock import day, now
from juxian.records.models import Application
from juxian.regulation.words import Role
from juxian.selectors.certification import to_certify
from tests.house.actions.ballot_world import allot, candidate, committee
from tests.house.actions.refusing import open_list, tomorrow
from tests.house.actions.unchanged import everything
from tests.house.clock import set_clock
from tests.house.world import another_pdf, give_reasons


class Crash(Exception):
    pass


class FailAt:
    """Inside, the n-th write of the connection fails instead of being sent; none fails at 0."""

    def __init__(self, number):
        self.number, self.seen = number, 0

    def __enter__(self):
        self.wrapper = connection.execute_wrapper(self)
        self.wrapper.__enter__()
        return self

    def __exit__(self, *raised):
        return self.wrapper.__exit__(*raised)

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            self.seen += 1
            if self.seen == self.number:
                raise Crash
        return execute(sql, params, many, context)


def writes_of(do):
    with FailAt(0) as watch, transaction.atomic():
        do()
        transaction.set_rollback(True)
    return watch


def begin(world):
    world.professional_draft()
    somebody = world.add_person("newcomer", "阿依古丽")
    return lambda: application.begin(
        world.cycle.pk, by=somebody, employer_id=world.hospital.pk, track="professional"
    )


def save_section(world):
    file = world.professional_draft()
    return lambda: application.save_section(
        file.pk, "basic", {"name": "阿依古丽"}, by=world.applicant, version=2
    )


def attach(world):
    file = world.professional_draft()
    return lambda: evidence.attach(
        file.pk, by=world.applicant, material="id_card", title="背面", content=another_pdf(2)
    )


def submit(world):
    file = world.professional_draft()
    return lambda: submission.submit(
        file.pk, by=world.applicant, signed_name=file.name, declared=True
    )


def submit_again(world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"})
    application.save_section(
        file.pk, "summary", {"deeds": "新的事迹"}, by=world.applicant, version=1
    )
    return lambda: submission.submit(
        file.pk, by=world.applicant, signed_name=file.name, declared=True
    )


def withdraw(world):
    file = world.submitted()
    return lambda: application.withdraw(file.pk, by=world.applicant, reason="不再申报")


def take_back(world):
    file = world.submitted()
    return lambda: submission.take_back(file.pk, by=world.applicant)


def take_back_again(world):
    submit_again(world)()
    file = Application.objects.get()
    return lambda: submission.take_back(file.pk, by=world.applicant)


def endorse(world):
    file = world.submitted()
    certified = {condition.code: True for condition in to_certify(file)}
    return lambda: verification.endorse(file.pk, by=world.hospital_handler, certified=certified)


def send_back(world):
    file, by = world.submitted(), world.hospital_handler
    return lambda: world.send_back(file, {"summary.deeds": "事迹"}, by=by)


def open_a_list(world):
    file = world.submitted()
    world.pass_until("peer_review", file)
    by = world.officer_for(file, Role.HANDLER)
    return lambda: proceeding.open_proceeding("peer_review", [file.pk], by=by)


def evaluated(world):
    """A list with its evaluation still to be recorded."""
    file = world.submitted()
    listed, by = open_list(world, "peer_review", file)
    experts = tuple(
        evaluation.ExpertEntry(f"专家{name}", "某大学", "教授", "内科学") for name in "甲乙丙丁戊"
    )
    sitting = evaluation.Sitting(day(now()), "会议室", "会议评议", "专家甲", experts)
    tallies = {file.pk: evaluation.CandidateTally(5, 0, opinion="业绩突出")}
    return listed, by, sitting, tallies


def record_evaluation(world):
    listed, by, sitting, tallies = evaluated(world)
    return lambda: evaluation.record(listed.pk, by=by, sitting=sitting, tallies=tallies)


def conclude_evaluation(world):
    listed, by, sitting, tallies = evaluated(world)
    evaluation.record(listed.pk, by=by, sitting=sitting, tallies=tallies)
    return lambda: evaluation.conclude(listed.pk, by=by)


def publish(world):
    listed, by = open_list(world, "employer_notice", world.submitted())
    return lambda: publicity.publish(
        listed.pk, by=by, starts_on=day(now()), ends_on=tomorrow(12), place="本单位公告栏"
    )


def conclude_publicity(world):
    publish(world)()
    listed = proceeding.Proceeding.objects.latest("pk")
    set_clock(now() + timedelta(days=14))
    return lambda: publicity.conclude(listed.pk, by=world.fresh(world.hospital_handler))


def conclude_opinion(world):
    file = world.submitted()
    listed, by = open_list(world, "discipline", file)
    answers = {file.pk: opinion.OpinionAnswer(opinion.OpinionCode.NONE)}
    reply = opinion.Reply("喀纪函3号", day(now()), answers)
    return lambda: opinion.conclude(listed.pk, by=by, reply=reply)


def conclude_decision(world):
    listed, by = open_list(world, "nominator_decision", world.submitted())
    return lambda: decision.conclude(
        listed.pk, by=by, body="行署", held_on=day(now()), document_number="8号"
    )


def nominate(world):
    file = world.submitted()
    listed, by = open_list(world, "nomination", file)
    nomination.arrange(listed.pk, by=by, order=[file.pk])
    give_reasons(listed, file, by=by)
    return lambda: nomination.submit_list(listed.pk, by=by)


def count(world):
    sitting = committee(world, experts=5, candidates=2)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["aa", "an", "aa", "nn", "aa"])
    return lambda: ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)


def propose(world):
    sitting = committee(world, experts=5, candidates=3)
    sitting.vote(["aaa", "aan", "aan", "ann", "ann"])
    allot(world, 1)
    return lambda: selection.propose(sitting.listed.pk, by=sitting.secretary)


def record_results(world):
    files = [candidate(world, number, "ministry_result") for number in range(2)]
    rows = [
        selection.ResultRow(one.number, one.name, True, document_number="人社部函88号")
        for one in files
    ]
    return lambda: selection.record_results(world.cycle.pk, rows, by=world.secretary)


ACTS = (
    *(begin, save_section, attach, submit, submit_again, withdraw, endorse, send_back),
    *(take_back, take_back_again),
    *(open_a_list, record_evaluation, conclude_evaluation, publish, conclude_publicity),
    *(conclude_opinion, conclude_decision, nominate, count, propose, record_results),
)


@pytest.mark.parametrize("prepared", ACTS)
def test_a_crash_between_any_two_writes_leaves_nothing_half_done(world, prepared):
    """Every statement of the act in turn fails; each time every table is as it was."""
    act = prepared(world)
    writes = writes_of(act)
    assert writes.seen > 1
    for failing in range(1, writes.seen + 1):
        before = everything()
        with FailAt(failing), pytest.raises(Crash):
            act()
        assert everything() == before
    act()
    assert everything() != before


def test_an_act_that_is_not_whole_is_found_out(world):
    """The control: an act of two transactions leaves the first behind."""
    file = world.submitted()

    def torn():
        for column in ("title", "speciality"):
            with transaction.atomic():
                type(file).objects.filter(pk=file.pk).update(**{column: "改了"})

    before = everything()
    with FailAt(2), pytest.raises(Crash):
        torn()
    assert everything() != before
