"""What the self-check asks next, and what its answers come to. Nothing of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from juxian.regulation.eligibility import Condition
from juxian.regulation.form import Choice
from juxian.regulation.pack import Material, Pack, Track
from juxian.regulation.self_check import (
    Answer,
    Outcome,
    outcome,
    question_of,
    questions_of,
    read_answers,
)
from juxian.regulation.support import CLAIM
from juxian.selectors.guide import claims_of


@dataclass(frozen=True, slots=True)
class Line:
    """A rule that was asked about, and what its answer comes to."""

    condition: Condition
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class SelfCheck:
    pack: Pack
    track: Track
    questions: tuple[Condition, ...]
    given: tuple[Answer, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        asked = zip(self.questions, self.given, strict=False)
        return tuple(Line(condition, outcome(condition, answer)) for condition, answer in asked)

    @property
    def is_over(self) -> bool:
        return len(self.given) == len(self.questions) or bool(self.of(Outcome.UNMET))

    @property
    def number(self) -> int:
        """Of the question that is asked now, from 1."""
        return len(self.given) + 1

    @property
    def asked(self) -> Condition:
        return self.questions[len(self.given)]

    @property
    def question(self) -> str:
        return question_of(self.asked)

    @property
    def alternatives(self) -> tuple[Choice, ...]:
        """What the question lists, where one of several is enough (具备下列条件之一)."""
        return claims_of(self.pack, self.track.code) if self.asked.check == CLAIM else ()

    @property
    def materials(self) -> tuple[Material, ...]:
        """What this track must give in any case, for who may go on to apply."""
        return tuple(m for m in self.pack.materials if m.is_for(self.track.code) and m.required)

    def of(self, *outcomes: Outcome) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.outcome in outcomes)


def self_check_of(pack: Pack, track: str, given: str) -> SelfCheck:
    """LookupError when the call has no such track."""
    questions = questions_of(pack, track)
    return SelfCheck(pack, pack.track(track), questions, read_answers(given, questions))


def letters(answers: Sequence[Answer]) -> str:
    """The answers as an address carries them."""
    return "".join(answers)
