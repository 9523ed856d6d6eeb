"""The paper channel (纸质渠道): by when parcels must be on their way, what copies must bear."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Strict, StrictInt

from juxian.regulation.problems import STRICT

Day = Annotated[date, Strict()]


@dataclass(frozen=True, slots=True)
class PaperChannel:
    """How a cycle takes paper; a cycle whose pack has none takes no paper at all.

    `counts` is the day that must not be late, by at most so many natural days of grace. `seals`
    are what an officer looks for on each copy of a person's papers, by the paper's code.
    """

    __pydantic_config__ = STRICT

    due: Day
    counts: Literal["postmark", "arrival"]
    clause: str
    grace_days: StrictInt = 0
    seals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        return self.due + timedelta(days=self.grace_days)

    @property
    def by_postmark(self) -> bool:
        return self.counts == "postmark"

    def is_late(self, *, postmarked_on: date | None, arrived_on: date) -> bool:
        """By the postmark, where it counts and can be read; otherwise by the arrival (R73)."""
        counted = postmarked_on if self.by_postmark and postmarked_on else arrived_on
        return counted > self.last_day

    def seals_of(self, code: str) -> tuple[str, ...]:
        return self.seals.get(code, ())
