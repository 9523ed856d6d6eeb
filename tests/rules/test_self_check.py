"""The self-check: what is asked, and what an answer comes to."""

from dataclasses import replace
from pathlib import Path

import pytest

from juxian.regulation.pack_reading import load
from juxian.regulation.self_check import (
    Answer,
    Outcome,
    outcome,
    question_of,
    questions_of,
    read_answers,
)
from tests.rules.sample_packs import copy_to, faults, spoil

PACKS = Path(__file__).parents[2] / "packs"
PACK = load(PACKS / "2020-special-allowance")
PIONEERS = load(PACKS / "2026-pioneers")

EXCLUSIONS = [
    "leader_not_practising",
    "vice_ministerial_post",
    "vice_ministerial_treatment",
    "organ_staff",
    "recipient",
    "central_employer",
]


def asked(track):
    return [condition.code for condition in questions_of(PACK, track)]


@pytest.mark.clause("R7")
def test_everybody_is_asked_first_who_is_left_out():
    assert asked("professional")[:6] == EXCLUSIONS
    assert asked("skilled")[:6] == EXCLUSIONS


@pytest.mark.clause("R14", "R23")
def test_then_come_the_conditions_of_ones_own_track():
    assert asked("professional")[6:] == [
        "in_region",
        "not_xpcc",
        "assessment",
        "in_post",
        "professional_post",
        "recent_achievements",
        "senior_title",
        "professional_claim",
    ]
    assert asked("skilled")[6:] == [
        "in_region",
        "not_xpcc",
        "assessment",
        "in_post",
        "front_line_post",
        "skill_level",
        "skilled_claim",
    ]


def test_every_question_speaks_to_the_person():
    for pack in (PACK, PIONEERS):
        for track in pack.tracks:
            questions = [question_of(each) for each in questions_of(pack, track.code)]
            assert [q for q in questions if "您" not in q or not q.endswith(("？", "。"))] == []


@pytest.mark.parametrize(
    ("code", "answer", "comes_to"),
    [
        ("recipient", Answer.NO, Outcome.MET),
        ("recipient", Answer.YES, Outcome.UNMET),
        ("recipient", Answer.UNSURE, Outcome.ASK),
        ("organ_staff", Answer.YES, Outcome.ASK),  # 两院院士除外
        ("in_post", Answer.YES, Outcome.MET),
        ("in_post", Answer.NO, Outcome.UNMET),
        ("assessment", Answer.NO, Outcome.REASON),
        ("skill_level", Answer.NO, Outcome.REASON),
        ("professional_claim", Answer.YES, Outcome.PROOF),
        ("professional_claim", Answer.NO, Outcome.UNMET),
    ],
)
def test_an_answer_comes_to_what_the_rule_says(code, answer, comes_to):
    assert outcome(PACK.condition(code), answer) is comes_to


def test_an_exception_that_the_settings_leave_empty_excepts_nobody():
    rank = PACK.condition("vice_ministerial_post")

    assert rank.unless.one_of == ()
    assert outcome(rank, Answer.YES) is Outcome.UNMET
    excepting = replace(rank, unless=replace(rank.unless, one_of=("both",)))
    assert outcome(excepting, Answer.YES) is Outcome.ASK


def test_answers_are_read_up_to_what_cannot_be_one_or_ends_it():
    questions = questions_of(PACK, "professional")

    assert read_answers("", questions) == ()
    assert read_answers("nnx", questions) == (Answer.NO, Answer.NO)
    assert read_answers("nnunyyyyyy", questions) == (
        Answer.NO,
        Answer.NO,
        Answer.UNSURE,
        Answer.NO,
        Answer.YES,  # 已享受：到此为止
    )
    assert len(read_answers("n" * 6 + "y" * 90, questions)) == len(questions)


def test_who_is_left_out_is_asked_by_the_exclusions_own_question_only(tmp_path):
    folder = copy_to(tmp_path)
    spoil(folder, "call.toml", "question = ", 'self_check = "您是否领导？"\nquestion = ')

    assert faults(folder) == [
        (
            "call.toml",
            "exclusion[leader_not_practising].self_check",
            "不在选拔范围的情形按 question 自查，不另写",
        )
    ]
