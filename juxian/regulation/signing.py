"""Handling, reviewing and signing within an office (经办、复核、审签): who signs a proposal next.

A step that names its signatures lets nobody act alone: what the first of them proposes is done
only once the last of them has signed it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from juxian.regulation.refusal import NotAllowed
from juxian.regulation.words import Role


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature; `by` tells people apart."""

    role: Role
    by: int


def awaited(signing: Sequence[Role], signed: Sequence[Signed]) -> Role | None:
    """Whose signature a proposal waits for; None once everybody has signed."""
    return signing[len(signed)] if len(signed) < len(signing) else None


def check_other_hand(signed: Sequence[Signed], by: int) -> None:
    """Four eyes: nobody agrees to what they have just proposed or agreed to themselves."""
    if signed and signed[-1].by == by:
        raise NotAllowed("同一人不能连续签署两次，请由另一人复核或审签")


def faults_in(signing: Sequence[Role], role: Role) -> str:
    """Why a step of that role cannot be signed so; "" for nothing."""
    if len(signing) == 1:
        return "只有一人签署的，不写签署"
    if len(set(signing)) < len(signing):
        return "同一岗位不能签署两次"
    return "" if not signing or signing[0] is role else "第一个签署的须是办理这个环节的岗位"
