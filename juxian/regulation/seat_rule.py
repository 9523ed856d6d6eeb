"""Buckets of seats (指标池): who holds how many, and which nominees fit."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, StrictInt

from juxian.regulation.eligibility import Facts, Test
from juxian.regulation.problems import STRICT
from juxian.regulation.quota import Bucket
from juxian.regulation.words import Holder

UNLIMITED = "unlimited"
Cap = Annotated[StrictInt | None, BeforeValidator(lambda cap: None if cap == UNLIMITED else cap)]
"""Seats, or "unlimited" for a bucket without a cap (不占指标)."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Whom a bucket's seats go to: a sort of holder, narrowed by region, or offices by code.

    Regions are named by the first digits of their codes.
    """

    __pydantic_config__ = STRICT

    cap: Cap
    holders: tuple[Holder, ...] = ()
    regions: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()

    @property
    def count(self) -> int | None:
        """How many offices the pack itself names; None when the register of offices says it."""
        return len(self.offices) or len(self.regions) or None

    def covers(self, *, holder: str, region: str, office: str) -> bool:
        if self.offices:
            return office in self.offices
        if holder not in self.holders:
            return False
        return not self.regions or region.startswith(self.regions)


@dataclass(frozen=True, slots=True)
class SeatRule:
    """A bucket of seats (指标池), who holds it and which nominees fit."""

    bucket: Bucket
    grants: tuple[Grant, ...]
    tests: tuple[Test, ...]

    def granted_to(self, *, holder: str, region: str, office: str) -> Grant | None:
        for grant in self.grants:
            if grant.covers(holder=holder, region=region, office=office):
                return grant
        return None

    @property
    def places(self) -> int:
        """The seats of those grants whose cap and number of offices the pack says."""
        return sum((grant.cap or 0) * (grant.count or 0) for grant in self.grants)

    def fits(self, track: str, facts: Facts) -> bool:
        return self.bucket.track == track and all(test.holds(facts) for test in self.tests)
