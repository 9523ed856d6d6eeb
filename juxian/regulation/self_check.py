"""The self-check (资格自查): who is left out and what is asked, as questions to oneself."""

from collections.abc import Sequence
from enum import StrEnum

from juxian.regulation.eligibility import Condition, Severity
from juxian.regulation.pack import Pack
from juxian.regulation.support import CLAIM


class Answer(StrEnum):
    YES = "y"
    NO = "n"
    UNSURE = "u"


class Outcome(StrEnum):
    MET = "met"  # 符合
    UNMET = "unmet"  # 不符合
    REASON = "reason"  # 一般应：须书面说明理由
    PROOF = "proof"  # 符合的，须有证明材料
    ASK = "ask"  # 须问清楚


def questions_of(pack: Pack, track: str) -> tuple[Condition, ...]:
    """Those who are left out first, then the conditions that can be asked in a sentence."""
    return tuple(
        condition
        for condition in pack.conditions
        if question_of(condition) and (not condition.tracks or track in condition.tracks)
    )


def question_of(condition: Condition) -> str:
    return condition.question if condition.exclusion else condition.self_check


def read_answers(text: str, questions: Sequence[Condition]) -> tuple[Answer, ...]:
    """A letter an answer, as far as they can be read; none beyond the answer that ends it."""
    given: list[Answer] = []
    for letter, condition in zip(text, questions, strict=False):
        if letter not in tuple(Answer):
            break
        given.append(Answer(letter))
        if outcome(condition, given[-1]) is Outcome.UNMET:
            break
    return tuple(given)


def outcome(condition: Condition, answer: Answer) -> Outcome:
    """An exception written into the rule leaves the answer to somebody who knows the case."""
    if answer is Answer.UNSURE:
        return Outcome.ASK
    if (answer is Answer.NO) == condition.exclusion:
        return Outcome.PROOF if condition.check == CLAIM else Outcome.MET
    if condition.severity is Severity.SOFT:
        return Outcome.REASON
    excepted = condition.unless is not None and bool(condition.unless.one_of)
    return Outcome.ASK if excepted or condition.severity is Severity.HINT else Outcome.UNMET
