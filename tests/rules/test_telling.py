"""Who is told of an act, and upon what occasion somebody is written to outside."""

import pytest

from juxian.regulation.messages import Occasion
from juxian.regulation.procedure import Procedure, Step
from juxian.regulation.telling import COPIED_TO_OFFICES, TOLD_TO_APPLICANTS, occasion_of
from juxian.regulation.words import Act, Kind, Level

STEPS = (
    Step("fill", Kind.FILL, "填报"),
    Step("unit_check", Kind.VERIFY, "单位审核", level=Level.EMPLOYER),
    Step("party_group", Kind.DECIDE, "推荐单位审定", level=Level.NOMINATOR),
    Step("formal", Kind.VERIFY, "形式审查", level=Level.PROVINCE),
    Step("report", Kind.DECIDE, "报送", level=Level.PROVINCE),
)


def test_every_act_is_told_to_its_applicant_or_listed_here():
    untold = [act.value for act in Act if act not in TOLD_TO_APPLICANTS]

    assert untold == [
        *("endorse", "send_down", "admit", "dismiss", "clear", "concur", "dissent", "decline"),
    ]


def test_every_act_is_copied_to_offices_or_listed_here():
    uncopied = [act.value for act in Act if act not in COPIED_TO_OFFICES]

    assert uncopied == [
        *("submit", "take_back", "endorse", "admit", "dismiss", "clear", "concur", "dissent"),
    ]


@pytest.mark.parametrize(
    ("act", "code", "occasion"),
    [
        (Act.SEND_BACK, "unit_check", Occasion.RETURNED),
        (Act.SEND_DOWN, "formal", None),
        (Act.ENDORSE, "unit_check", None),
        (Act.ENDORSE, "formal", Occasion.ACCEPTED),
        (Act.RECOMMEND, "party_group", Occasion.NOMINATED),
        (Act.APPROVE, "party_group", None),
        (Act.APPROVE, "report", Occasion.RESULT),
        (Act.DECLINE, "report", Occasion.RESULT),
        (Act.RECALL, "party_group", Occasion.ENDED),
        (Act.SUBMIT, "fill", None),
        (Act.SUBMIT, "gone", None),
    ],
)
def test_an_applicant_is_written_to_upon(act, code, occasion):
    assert occasion_of(act, Procedure(STEPS), code) is occasion
