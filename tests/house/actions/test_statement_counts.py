"""What an act on a list asks of the database: the same for one person as for thirty."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from juxian.actions import (
    ballot,
    decision,
    evaluation,
    nomination,
    opinion,
    proceeding,
    publicity,
    reconsideration,
    selection,
)
from juxian.records.clock import day, now
from juxian.records.models import Application
from juxian.regulation.publishing import Remedy
from juxian.regulation.words import Corrects
from tests.house.actions.ballot_world import candidate, committee
from tests.house.actions.refusing import open_list, tomorrow
from tests.house.actions.test_publicity import ZHAO
from tests.house.clock import set_clock
from tests.house.desks.office_world import many
from tests.house.world import FILING, build, give_reasons

pytestmark = pytest.mark.django_db

FEW, MANY = 1, 30


def listed(step, rows):
    """A list of so many people at the step, and who works on it."""
    world = build()
    first = world.submitted()
    world.pass_until(step, first)
    files = [first, *many(first, rows - 1)]
    opened, by = open_list(world, step, *files)
    return files, opened, by


def opening(rows):
    world = build()
    first = world.submitted()
    world.pass_until("discipline", first)
    keys = [file.pk for file in (first, *many(first, rows - 1))]
    return lambda: proceeding.open_proceeding("discipline", keys, by=world.kashgar_discipline)


def hearing(rows):
    files, opened, by = listed("discipline", rows)
    answers = {file.pk: opinion.OpinionAnswer(opinion.OpinionCode.NONE) for file in files}
    reply = opinion.Reply("3号", day(now()), answers)
    return lambda: opinion.conclude(opened.pk, by=by, reply=reply)


def hearing_anew(rows):
    files, opened, by = listed("discipline", rows)
    answers = {file.pk: opinion.OpinionAnswer(opinion.OpinionCode.NONE) for file in files}
    reply = opinion.Reply("3号", day(now()), answers)
    opinion.conclude(opened.pk, by=by, reply=reply)
    return lambda: opinion.renew(opened.pk, by=by, reply=reply)


def evaluating(rows):
    files, opened, by = listed("peer_review", rows)
    experts = tuple(evaluation.ExpertEntry(f"专家{n}", "某大学") for n in range(3))
    sitting = evaluation.Sitting(day(now()), "会议室", "会议评议", "专家0", experts)
    tallies = {file.pk: evaluation.CandidateTally(3, 0) for file in files}

    def act():
        evaluation.record(opened.pk, by=by, sitting=sitting, tallies=tallies)
        evaluation.conclude(opened.pk, by=by)

    return act


def evaluating_again(rows):
    files, opened, by = listed("peer_review", rows)
    experts = (evaluation.ExpertEntry("专家0", "某大学"),)
    sitting = evaluation.Sitting(day(now()), "会议室", "会议评议", "专家0", experts)
    tallies = {file.pk: evaluation.CandidateTally(1, 0) for file in files}
    evaluation.record(opened.pk, by=by, sitting=sitting, tallies=tallies)
    evaluation.conclude(opened.pk, by=by)
    said = {"what": Corrects.ENTRY, "reason": "票数登记有误", "typed": {"place": "会议室"}}
    return lambda: reconsideration.reconsider(opened.pk, by=by, **said)


def ending_the_notice(rows):
    files, opened, by = listed("employer_notice", rows)
    ends = tomorrow(20)
    publicity.publish(opened.pk, by=by, starts_on=day(now()), ends_on=ends, place="公告栏")
    said = {"objector": ZHAO, "category": "other", "facts": "成果有争议", "by": by}
    for file in files[1:]:
        made = publicity.object_to(opened.pk, file.pk, **said)
        closing = publicity.Closing(Remedy.KEEP, "查无实据。", "untrue")
        publicity.close_objection(made.pk, by=by, closing=closing)
    set_clock(FILING.replace(month=8))
    return lambda: publicity.conclude(opened.pk, by=by)


def deciding(rows):
    _files, opened, by = listed("nominator_decision", rows)
    said = {"body": "行署常务会议", "held_on": day(now()), "document_number": "8号"}
    return lambda: decision.conclude(opened.pk, by=by, **said)


def ranking(rows):
    files, opened, by = listed("nomination", rows)
    return lambda: nomination.arrange(opened.pk, by=by, order=[file.pk for file in files])


def nominating(rows):
    """One goes up, so many are passed over."""
    files, opened, by = listed("nomination", rows + 1)
    nomination.arrange(opened.pk, by=by, order=[file.pk for file in files])
    give_reasons(opened, *files, by=by)
    passed_over = {file.pk: "名额已满。" for file in files[1:]}
    return lambda: nomination.submit_list(opened.pk, by=by, passed_over=passed_over)


def counting(rows):
    sitting = committee(build(), experts=3, candidates=rows, places=rows)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a" * rows] * 3)
    phrase = opened.phrase
    return lambda: ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=phrase)


def drawing(rows):
    sitting = committee(build(), experts=3, candidates=rows, places=rows)
    sitting.vote(["a" * rows] * 3)
    return lambda: selection.propose(sitting.listed.pk, by=sitting.secretary)


def letting_go(rows):
    """So many wait in reserve of a list that was drawn."""
    sitting = committee(build(), experts=3, candidates=rows)
    sitting.listed.items.update(reserve=1)
    sitting.listed.concluded_at, sitting.listed.concluded_by = now(), sitting.secretary
    sitting.listed.save()
    by = sitting.secretary
    return lambda: selection.release_reserve(sitting.listed.pk, by=by, reason="名单已定")


def taking_in(rows):
    """Answers for everybody; then again, with the numbers of their certificates."""
    world = build()
    files = [candidate(world, number, "ministry_result") for number in range(rows)]
    Application.objects.update(birth_date="1970-01-02")
    by = world.secretary

    def act(certificate=""):
        answers = [
            selection.ResultRow(file.number, file.name, True, "88号", certificate and file.number)
            for file in files
        ]
        selection.record_results(world.cycle.pk, answers, by=by)

    return lambda: (act(), act("numbered"))


def statements(prepare, rows):
    with transaction.atomic():
        act = prepare(rows)
        with CaptureQueriesContext(connection) as asked:
            act()
        transaction.set_rollback(True)
    return len(asked)


ACTS = (
    opening,
    hearing,
    hearing_anew,
    evaluating,
    evaluating_again,
    ending_the_notice,
    deciding,
    ranking,
    nominating,
    counting,
    drawing,
    letting_go,
    taking_in,
)


@pytest.mark.parametrize("prepare", ACTS, ids=lambda prepare: prepare.__name__)
def test_an_act_on_a_list_takes_a_fixed_number_of_statements(prepare):
    assert statements(prepare, MANY) == statements(prepare, FEW)
