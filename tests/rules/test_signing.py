"""Who signs a proposal next, and who may not (经办、复核、审签)."""

import pytest

from juxian.regulation.refusal import NotAllowed
from juxian.regulation.signing import Signed, awaited, check_other_hand, faults_in
from juxian.regulation.words import Role

THREE = (Role.HANDLER, Role.REVIEWER, Role.SIGNATORY)


@pytest.mark.parametrize(
    ("signed", "expected"),
    [(0, Role.HANDLER), (1, Role.REVIEWER), (2, Role.SIGNATORY), (3, None)],
)
def test_signatures_are_given_in_their_order(signed, expected):
    given = [Signed(role, by) for by, role in enumerate(THREE[:signed])]

    assert awaited(THREE, given) is expected


def test_nobody_signs_after_themselves():
    with pytest.raises(NotAllowed, match=r"^同一人不能连续签署两次，请由另一人复核或审签$"):
        check_other_hand([Signed(Role.HANDLER, 7)], 7)


def test_two_others_may_sign_and_the_first_may_sign_again_after_another():
    check_other_hand([], 7)
    check_other_hand([Signed(Role.HANDLER, 7)], 8)
    check_other_hand([Signed(Role.HANDLER, 7), Signed(Role.REVIEWER, 8)], 7)


@pytest.mark.parametrize(
    ("signing", "reason"),
    [
        ((), ""),
        (THREE, ""),
        ((Role.HANDLER,), "只有一人签署的，不写签署"),
        ((Role.HANDLER, Role.REVIEWER, Role.REVIEWER), "同一岗位不能签署两次"),
        ((Role.REVIEWER, Role.SIGNATORY), "第一个签署的须是办理这个环节的岗位"),
    ],
)
def test_what_a_pack_may_ask_to_be_signed(signing, reason):
    assert faults_in(signing, Role.HANDLER) == reason
