"""Who is told of an act: its applicant (告知), and the offices that the file has passed (抄送)."""

from juxian.regulation.messages import Occasion
from juxian.regulation.procedure import Procedure
from juxian.regulation.words import Act, Kind, Level

TOLD_TO_APPLICANTS = (
    Act.SUBMIT,
    Act.WITHDRAW,
    Act.TAKE_BACK,
    Act.SEND_BACK,
    Act.REJECT,
    Act.RECOMMEND,
    Act.PASS_OVER,
    Act.RECALL,
    Act.RELIST,
    Act.RECONSIDER,
    Act.UPHOLD,
    Act.APPROVE,
)
"""Told as they happen; votes and opinions are not among them."""

COPIED_TO_OFFICES = (
    Act.WITHDRAW,
    Act.SEND_BACK,
    Act.SEND_DOWN,
    Act.REJECT,
    Act.UPHOLD,
    Act.RECOMMEND,
    Act.PASS_OVER,
    Act.RECALL,
    Act.RELIST,
    Act.RECONSIDER,
    Act.APPROVE,
    Act.DECLINE,
)
"""What changes what becomes of a file; votes and opinions are not told downwards."""

OCCASIONS = {
    Act.SEND_BACK: Occasion.RETURNED,
    Act.REJECT: Occasion.ENDED,
    Act.PASS_OVER: Occasion.ENDED,
    Act.RECALL: Occasion.ENDED,
    Act.UPHOLD: Occasion.ENDED,
    Act.RECOMMEND: Occasion.NOMINATED,
}


def occasion_of(act: Act, procedure: Procedure, code: str) -> Occasion | None:
    """What the applicant is written to for outside the system; None for what the inbox tells.

    `code` is the step's of the act.
    """
    if act in (Act.APPROVE, Act.DECLINE) and procedure.steps[-1].code == code:
        return Occasion.RESULT
    here = next((step for step in procedure.steps if step.code == code), procedure.steps[0])
    if act is Act.ENDORSE and here.kind is Kind.VERIFY and here.level is Level.PROVINCE:
        return Occasion.ACCEPTED
    return OCCASIONS.get(act)
