"""Returns: to the applicant or one level down, and the way up again."""

from dataclasses import replace

import pytest

from juxian.regulation.procedure import Position, Procedure, Step, after, rules_at
from juxian.regulation.refusal import NotPossible
from juxian.regulation.words import Act, Kind, Level, ReturnTo, Standing

FILL = Step("fill", Kind.FILL, "填报", withdrawable=True)
CHECK = Step("check", Kind.VERIFY, "单位审核", withdrawable=True)
PANEL = Step("panel", Kind.REVIEW, "评审")
CHECK_ABOVE = Step("check_above", Kind.VERIFY, "上级审核", level=Level.NOMINATOR)
FORMAL = Step("formal", Kind.VERIFY, "形式审查", level=Level.PROVINCE)


def returning(step, to):
    return replace(step, returns_to=to)


@pytest.mark.clause("R63")
def test_what_is_sent_one_level_down_is_verified_there_and_passed_straight_up_again():
    procedure = Procedure((FILL, CHECK, PANEL, CHECK_ABOVE, FORMAL), False)

    below = after(procedure, Position("formal"), Act.SEND_DOWN)
    with_applicant = after(procedure, below, Act.SEND_BACK)
    resubmitted = after(procedure, with_applicant, Act.SUBMIT)

    assert below == Position("check_above", resumes_at=("formal",))
    assert after(procedure, below, Act.ENDORSE) == Position("formal")
    assert with_applicant == Position(
        "fill", Standing.RETURNED, resumes_at=("formal", "check_above")
    )
    assert resubmitted == Position(
        "check_above", turn=2, resumes_at=("formal",), reverts_to=Standing.RETURNED
    )
    assert after(procedure, resubmitted, Act.ENDORSE) == Position("formal", turn=2)


def test_what_is_sent_all_the_way_down_is_not_evaluated_anew_on_its_way_up():
    procedure = Procedure((FILL, CHECK, PANEL, CHECK_ABOVE, FORMAL), resubmission_restarts=True)

    lowest = after(procedure, Position("check_above", resumes_at=("formal",)), Act.SEND_DOWN)

    assert lowest == Position("check", resumes_at=("formal", "check_above"))
    assert after(procedure, lowest, Act.ENDORSE) == Position("check_above", resumes_at=("formal",))


@pytest.mark.parametrize(
    ("to", "acts"),
    [
        (ReturnTo.EITHER, (Act.SEND_BACK, Act.SEND_DOWN)),
        (ReturnTo.APPLICANT, (Act.SEND_BACK,)),
        (ReturnTo.BELOW, (Act.SEND_DOWN,)),
    ],
)
def test_a_step_returns_files_as_its_pack_says(to, acts):
    procedure = Procedure((FILL, CHECK, PANEL, returning(FORMAL, to)))
    offered = [rule.act for rule in rules_at(procedure, Position("formal"))]

    assert procedure.returns("formal") == acts
    assert tuple(act for act in offered if act in (Act.SEND_BACK, Act.SEND_DOWN)) == acts


@pytest.mark.parametrize("to", ReturnTo)
def test_a_return_reaches_the_applicant_where_nobody_verified_before(to):
    procedure = Procedure((FILL, PANEL, returning(FORMAL, to)))

    assert procedure.returns("formal") == (Act.SEND_BACK,)
    assert after(procedure, Position("formal"), Act.SEND_BACK).step == "fill"
    with pytest.raises(NotPossible):
        after(procedure, Position("formal"), Act.SEND_DOWN)
