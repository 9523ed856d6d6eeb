"""The procedure: a ladder of steps, and the acts possible on each.

`RULES` is the regulation. Read it top to bottom; everything below it only carries it out.
The ladder itself (which steps, at which offices, in which order) comes from the programme pack.
"""

from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from pydantic import StrictBool, StrictInt

from juxian.regulation.problems import STRICT
from juxian.regulation.refusal import NotPossible
from juxian.regulation.words import Act, Kind, Level, Party, ReturnTo, Role, Standing


@dataclass(frozen=True, slots=True)
class Publicity:
    """How long a step publicises: `days` working or natural days (通知二（一）、四（一）)."""

    __pydantic_config__ = STRICT

    days: StrictInt
    working: StrictBool = True
    count_first_day: StrictBool = True


@dataclass(frozen=True, slots=True)
class Step:
    __pydantic_config__ = STRICT

    code: str
    kind: Kind
    title: str
    clause: str = ""
    level: Level = Level.EMPLOYER
    role: Role = Role.HANDLER
    channels: tuple[str, ...] = ()  # empty: on every channel
    skipped_when_same_office: StrictBool = False  # 推荐单位就是用人单位时不重复办理
    returns_to: ReturnTo = ReturnTo.EITHER  # 退回本人、逐级退回，或者由办理人选择
    withdrawable: StrictBool = False
    four_eyes: StrictBool = False
    signing: tuple[Role, ...] = ()  # 经办、复核、审签依次签署；空：一人办理
    returns_most: StrictInt | None = None  # 最多退回几次；没有规定的不限
    processing_days: StrictInt | None = None  # 办理时限，工作日，退回期间不计
    secret: StrictBool = False  # a review decided by an online secret ballot
    ballot: str = ""
    publicity: Publicity | None = None
    body: str = ""  # 审定或征求意见的机构名称
    valid_months: StrictInt | None = None  # 意见的有效期
    reason_limit: StrictInt | None = None  # 推荐理由的字数上限；没有上限就不写推荐理由
    supplement_days: StrictInt | None = None  # 截止后几个工作日内可以补充推荐；没有规定的不可以

    def valid_until(self, held_on: date) -> date | None:
        """The last day an opinion of that day counts; None where it always does.

        Months are counted to the same day, or to the last of a shorter month.
        """
        if self.valid_months is None:
            return None
        years, month = divmod(held_on.month - 1 + self.valid_months, 12)
        year = held_on.year + years
        return date(year, month + 1, min(held_on.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Position:
    """Where an application stands.

    `resumes_at` are the steps that sent it down, or that it was taken back from, the highest
    first: it climbs through them again. `reverts_to` what it becomes when taken back, None once an office has acted.
    """

    step: str
    standing: Standing = Standing.OPEN
    turn: int = 1
    resumes_at: tuple[str, ...] = ()
    reverts_to: Standing | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    steps: tuple[Step, ...]
    resubmission_restarts: bool = True

    def __post_init__(self) -> None:
        codes = [step.code for step in self.steps]
        if len(set(codes)) != len(codes):
            raise ValueError("环节代码重复")
        if not self.steps or self.steps[0].kind is not Kind.FILL:
            raise ValueError("第一个环节须为填报")
        if any(step.kind is Kind.FILL for step in self.steps[1:]):
            raise ValueError("填报只能是第一个环节")

    @property
    def first(self) -> Step:
        return self.steps[0]

    def step(self, code: str) -> Step:
        return self.steps[self.index(code)]

    def following(self, code: str) -> Step | None:
        index = self.index(code) + 1
        return self.steps[index] if index < len(self.steps) else None

    def nomination_at(self, code: str) -> Step | None:
        """The nomination that the step is, or that comes right before it; None for other steps."""
        index = self.index(code)
        near = reversed(self.steps[max(index - 1, 0) : index + 1])
        return next((step for step in near if step.kind is Kind.RECOMMEND), None)

    def evaluated(self, at: Position) -> Step | None:
        """The evaluation recorded from paper that a file was dismissed by, or has just passed."""
        index = self.index(at.step) - (at.standing is Standing.OPEN)
        step = self.steps[max(index, 0)]
        return step if step.kind is Kind.REVIEW and not step.secret else None

    def index(self, code: str) -> int:
        for index, step in enumerate(self.steps):
            if step.code == code:
                return index
        raise NotPossible(f"程序中没有环节 {code}")

    def below(self, code: str) -> Step | None:
        """The verification below the step, which a file may be sent down to (逐级退回)."""
        lower = reversed(self.steps[: self.index(code)])
        return next((step for step in lower if step.kind is Kind.VERIFY), None)

    def returns(self, code: str) -> tuple[Act, ...]:
        """The returns that the step may do; to the applicant where nobody verified before."""
        ways = {
            ReturnTo.EITHER: (Act.SEND_BACK, Act.SEND_DOWN),
            ReturnTo.APPLICANT: (Act.SEND_BACK,),
            ReturnTo.BELOW: (Act.SEND_DOWN,),
        }
        return ways[self.step(code).returns_to] if self.below(code) else (Act.SEND_BACK,)

    def ladder(
        self, channel: str, levels: Collection[Level], *, same_office: bool
    ) -> tuple[str, ...]:
        """Codes of the steps that a file of this channel climbs, given its route's levels."""
        return tuple(
            step.code
            for step in self.steps
            if (not step.channels or channel in step.channels)
            and (step.level in levels or step.kind is Kind.FILL)
            and not (same_office and step.skipped_when_same_office)
        )

    def along(self, ladder: tuple[str, ...]) -> "Procedure":
        """This procedure cut down to one file's ladder; the whole of it for an empty ladder."""
        return _along(self, ladder) if ladder else self


@lru_cache(maxsize=512)
def _along(procedure: Procedure, ladder: tuple[str, ...]) -> Procedure:
    return replace(procedure, steps=tuple(procedure.step(code) for code in ladder))


Outcome = Callable[[Procedure, Position], Position]


def ahead(procedure: Procedure, at: Position) -> Position:
    """To the next step, or up again the way it was sent down; past the last one it is selected."""
    restarts = procedure.resubmission_restarts and at.step == procedure.first.code
    if at.resumes_at and not restarts:
        *above, code = at.resumes_at
        return _at(at, code, resumes_at=tuple(above))
    step = procedure.following(at.step)
    if step is None:
        return replace(at, standing=Standing.SELECTED, resumes_at=(), reverts_to=None)
    return _at(at, step.code)


def _at(at: Position, code: str, resumes_at: tuple[str, ...] = ()) -> Position:
    return replace(at, step=code, standing=Standing.OPEN, resumes_at=resumes_at, reverts_to=None)


def back(procedure: Procedure, at: Position) -> Position:
    """To the applicant."""
    return _down(at, procedure.first, Standing.RETURNED)


def down(procedure: Procedure, at: Position) -> Position:
    """To the verification below, which passes it straight up again or sends it further down."""
    return _down(at, procedure.below(at.step) or procedure.first, Standing.OPEN)


def submitted(procedure: Procedure, at: Position) -> Position:
    """A first submission goes ahead; a resubmission opens a new turn."""
    turn = at.turn + bool(at.resumes_at)
    return replace(ahead(procedure, replace(at, turn=turn)), reverts_to=at.standing)


def taken_back(procedure: Procedure, at: Position) -> Position:
    """To what it was before it was submitted: a draft, or a return with its items open again."""
    return _down(at, procedure.first, at.reverts_to or Standing.OPEN)


def _down(at: Position, to: Step, standing: Standing) -> Position:
    return replace(
        at,
        step=to.code,
        standing=standing,
        resumes_at=(*at.resumes_at, at.step),
        reverts_to=None,
    )


def recalled(procedure: Procedure, at: Position) -> Position:
    """Back to the nomination, as one who is not on the list."""
    step = procedure.nomination_at(at.step) or procedure.step(at.step)
    return Position(step.code, Standing.NOT_SELECTED, at.turn)


def relisted(_procedure: Procedure, at: Position) -> Position:
    return replace(at, standing=Standing.OPEN)


def reconsidered(procedure: Procedure, at: Position) -> Position:
    """Back to the evaluation that dismissed it, or that it has just passed."""
    step = procedure.evaluated(at) or procedure.step(at.step)
    return Position(step.code, Standing.OPEN, at.turn)


def out(standing: Standing) -> Outcome:
    return lambda _procedure, at: replace(at, standing=standing, reverts_to=None)


@dataclass(frozen=True, slots=True)
class Rule:
    act: Act
    at: tuple[Kind, ...]
    by: Party
    then: Outcome
    needs_reason: bool = False
    takes_seat: bool = False
    while_withdrawable: bool = False
    while_unhandled: bool = False  # until an office has acted on what was submitted
    while_unaccepted: bool = False  # at the step right after the nomination
    is_return: bool = False  # as far as the step returns files that way
    reopens: bool = False  # done to one who was not selected, and to nobody else
    undoes_evaluation: bool = False  # recorded from paper: at it, or at the step right after it


AFTER_FILLING = tuple(kind for kind in Kind if kind is not Kind.FILL)

# fmt: off
RULES: tuple[Rule, ...] = (
    #    act             at a step of kind               by               and then it goes
    Rule(Act.SUBMIT,    (Kind.FILL,),                   Party.APPLICANT, submitted),
    Rule(Act.WITHDRAW,  tuple(Kind),                    Party.APPLICANT, out(Standing.WITHDRAWN), while_withdrawable=True),
    Rule(Act.TAKE_BACK, AFTER_FILLING,                   Party.APPLICANT, taken_back, while_unhandled=True),
    Rule(Act.ENDORSE,   (Kind.VERIFY,),                 Party.HOLDER,    ahead),
    Rule(Act.SEND_BACK, (Kind.VERIFY, Kind.RECOMMEND),  Party.HOLDER,    back, needs_reason=True, is_return=True),
    Rule(Act.SEND_DOWN, (Kind.VERIFY, Kind.RECOMMEND),  Party.HOLDER,    down, needs_reason=True, is_return=True),
    Rule(Act.REJECT,    (Kind.VERIFY,),                 Party.HOLDER,    out(Standing.REJECTED), needs_reason=True),
    Rule(Act.ADMIT,     (Kind.REVIEW,),                 Party.BODY,      ahead),
    Rule(Act.DISMISS,   (Kind.REVIEW,),                 Party.BODY,      out(Standing.NOT_SELECTED)),
    Rule(Act.CLEAR,     (Kind.PUBLICIZE,),              Party.BODY,      ahead),
    Rule(Act.UPHOLD,    (Kind.PUBLICIZE,),              Party.BODY,      out(Standing.REJECTED), needs_reason=True),
    Rule(Act.CONCUR,    (Kind.OPINE,),                  Party.BODY,      ahead),
    Rule(Act.DISSENT,   (Kind.OPINE,),                  Party.BODY,      out(Standing.REJECTED), needs_reason=True),
    Rule(Act.APPROVE,   (Kind.DECIDE,),                 Party.BODY,      ahead),
    Rule(Act.DECLINE,   (Kind.DECIDE,),                 Party.BODY,      out(Standing.NOT_SELECTED), needs_reason=True),
    Rule(Act.RECOMMEND, (Kind.RECOMMEND,),              Party.BODY,      ahead, takes_seat=True),
    Rule(Act.PASS_OVER, (Kind.RECOMMEND,),              Party.BODY,      out(Standing.NOT_SELECTED), needs_reason=True),
    Rule(Act.RECALL,    (Kind.VERIFY,),                 Party.NOMINATOR, recalled, needs_reason=True, while_unaccepted=True),
    Rule(Act.RELIST,    (Kind.RECOMMEND,),              Party.NOMINATOR, relisted, needs_reason=True, reopens=True),
    Rule(Act.RECONSIDER, AFTER_FILLING,                 Party.EVALUATOR, reconsidered, needs_reason=True, undoes_evaluation=True),
    Rule(Act.RECONSIDER, (Kind.REVIEW,),                Party.EVALUATOR, reconsidered, needs_reason=True, undoes_evaluation=True, reopens=True),
)
# fmt: on

FORWARD: dict[Kind, Act] = {
    Kind.FILL: Act.SUBMIT,
    Kind.VERIFY: Act.ENDORSE,
    Kind.REVIEW: Act.ADMIT,
    Kind.PUBLICIZE: Act.CLEAR,
    Kind.OPINE: Act.CONCUR,
    Kind.DECIDE: Act.APPROVE,
    Kind.RECOMMEND: Act.RECOMMEND,
}


def rules_at(procedure: Procedure, at: Position) -> tuple[Rule, ...]:
    is_over = at.standing.is_final
    if is_over and at.standing is not Standing.NOT_SELECTED:
        return ()
    step = procedure.step(at.step)
    return tuple(
        rule
        for rule in RULES
        if step.kind in rule.at
        and rule.reopens is is_over
        and (step.withdrawable or not rule.while_withdrawable)
        and (at.reverts_to is not None or not rule.while_unhandled)
        and (procedure.nomination_at(at.step) is not None or not rule.while_unaccepted)
        and (procedure.evaluated(at) is not None or not rule.undoes_evaluation)
        and (rule.act in procedure.returns(at.step) or not rule.is_return)
    )


def rule_for(procedure: Procedure, at: Position, act: Act) -> Rule:
    for rule in rules_at(procedure, at):
        if rule.act is act:
            return rule
    step = procedure.step(at.step)
    if at.standing.is_final:
        raise NotPossible("这份申报已经办结，不能再办理")
    raise NotPossible(f"这份申报现在处于“{step.title}”环节，不能办理这一步；请刷新页面查看最新进度")


def after(procedure: Procedure, at: Position, act: Act) -> Position:
    """Where the application stands after the act."""
    return rule_for(procedure, at, act).then(procedure, at)
