"""Scores that experts give (评分): what counts of them, and their mean to two places."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pydantic import StrictBool, StrictInt

from juxian.regulation.problems import STRICT

EXTREMES = 2
PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Scoring:
    """Each expert gives 0 to `top`; of more than two scores the extremes may be left out."""

    __pydantic_config__ = STRICT

    top: StrictInt = 100
    drop_extremes: StrictBool = False

    def counted(self, scores: Sequence[Decimal]) -> tuple[Decimal, ...]:
        """In order of size; one highest and one lowest left out, where the rule says so."""
        in_order = tuple(sorted(scores))
        return in_order[1:-1] if self.drop_extremes and len(in_order) > EXTREMES else in_order

    def mean(self, scores: Sequence[Decimal]) -> Decimal | None:
        """Half rounded up, as it is printed and ranked by; None of no score."""
        counted = self.counted(scores)
        if not counted:
            return None
        return (sum(counted, Decimal(0)) / len(counted)).quantize(PLACES, ROUND_HALF_UP)

    @property
    def says(self) -> str:
        dropped = "，去掉一个最高分和一个最低分" if self.drop_extremes else ""
        return f"每位专家评0至{self.top}分{dropped}，取平均分，保留两位小数"
