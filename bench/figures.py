"""From single timings to figures: rates, percentiles, processor time and how noisy they were."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Round:
    """One run of one operation: how long each took (seconds), how long all took together.

    `processor` is what server and database used meanwhile, in seconds; None where it is unknown.
    `others` is the share of a core that had nothing to do with the benchmark.
    """

    durations: tuple[float, ...]
    seconds: float
    processor: float | None = None
    others: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.durations) / self.seconds

    @property
    def cost(self) -> float | None:
        """Milliseconds of processor time for each."""
        if self.processor is None or not self.durations:
            return None
        return 1000 * self.processor / len(self.durations)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is reported of an operation: medians over its rounds, latencies over all of them."""

    count: int
    rate: float
    rate_lowest: float
    rate_highest: float
    median_ms: float
    p95_ms: float
    processor_ms: float | None
    others: float

    @property
    def possible(self) -> float | None:
        """The rate that all cores would allow if nobody else used them, clients included."""
        return 1000 * cores() / self.processor_ms if self.processor_ms else None

    @property
    def noise(self) -> float:
        """How far the rounds lie apart, as a share of the rate: 0.1 is ten percent."""
        return (self.rate_highest - self.rate_lowest) / self.rate if self.rate else 0.0


def figures_of(rounds: Sequence[Round]) -> Figures:
    rates = [one.rate for one in rounds]
    costs = [one.cost for one in rounds if one.cost is not None]
    durations = [duration for one in rounds for duration in one.durations]
    return Figures(
        count=len(durations),
        rate=median(rates),
        rate_lowest=min(rates),
        rate_highest=max(rates),
        median_ms=1000 * percentile(durations, 50),
        p95_ms=1000 * percentile(durations, 95),
        processor_ms=median(costs) if costs else None,
        others=median(one.others for one in rounds),
    )


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0))


def percentile(values: Sequence[float], share: int) -> float:
    """The least value that `share` percent of the values do not exceed (nearest rank)."""
    if not values:
        raise ValueError("no values")
    rank = -(-len(values) * share // 100)
    return sorted(values)[max(rank, 1) - 1]


def share_of(rate: float, limit: float, times: int = 1) -> float:
    """How much of a limit is reached by operations that each need it so many times."""
    return rate * times / limit
