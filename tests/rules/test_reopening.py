"""Coming back to an evaluation that was concluded (复议)."""

from dataclasses import replace

import pytest

from juxian.regulation.procedure import Position, Procedure, Step, after, rule_for
from juxian.regulation.refusal import NotPossible
from juxian.regulation.words import Act, Kind, Level, Standing

FILL = Step("fill", Kind.FILL, "填报")
PEERS = Step("peers", Kind.REVIEW, "同行评议")
SECRET = replace(PEERS, code="secret", secret=True)
FORMAL = Step("formal", Kind.VERIFY, "形式审查", level=Level.PROVINCE)


def test_an_evaluation_is_taken_up_again_until_the_step_after_it_is_passed():
    procedure = Procedure((FILL, PEERS, SECRET, FORMAL))
    back = Position("peers", turn=2)

    for at in (Position("secret", turn=2), Position("peers", Standing.NOT_SELECTED, turn=2)):
        assert after(procedure, at, Act.RECONSIDER) == back
    for at in (back, Position("formal"), Position("secret", Standing.NOT_SELECTED)):
        with pytest.raises(NotPossible):
            rule_for(procedure, at, Act.RECONSIDER)
