"""Eligibility: a pack's conditions and exclusions, and what is found of one person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import StrictBool

from juxian.regulation.checks import CHECKS, CLASHING, COMPUTED_FACTS, Clash, Facts, Verdict
from juxian.regulation.problems import STRICT

__all__ = [
    "CHECKS",
    "COMPUTED_FACTS",
    "Condition",
    "Facts",
    "Finding",
    "Severity",
    "Unless",
    "Verdict",
    "assess",
    "find",
    "unexplained",
]


class Severity(StrEnum):
    HARD = "hard"  # 不符合即不得提交
    SOFT = "soft"  # 一般应：不符合须书面说明，标记破格
    HINT = "hint"  # 提示


@dataclass(frozen=True, slots=True)
class Unless:
    """An exception written into the rule: the fact `field` is one of `one_of`."""

    __pydantic_config__ = STRICT

    field: str
    one_of: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    __pydantic_config__ = STRICT

    code: str
    says: str
    check: str
    clause: str
    given: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.HARD
    tracks: tuple[str, ...] = ()
    unless: Unless | None = None
    exclusion: StrictBool = False
    question: str = ""  # how the applicant is asked, and the employer asked to certify
    self_check: str = ""  # how people ask themselves about a condition before they apply
    certified: StrictBool = False  # the employer certifies it when endorsing
    reason_field: str = ""  # where a soft condition's 破格 reason is written
    mark: str = ""  # a visible mark when a soft condition is unmet
    where: str = ""  # the section to mend it in

    @property
    def named(self) -> tuple[str, ...]:
        """Every word of its arguments; those that are facts are what it is judged by."""
        exception = () if self.unless is None else (self.unless.field,)
        return tuple(dict.fromkeys([*_words(self.given), *exception]))


def _words(given: Any) -> Iterator[str]:
    if isinstance(given, str):
        yield given
    elif isinstance(given, Mapping):
        yield from given
        yield from _words(tuple(given.values()))
    elif isinstance(given, list | tuple):
        for one in given:
            yield from _words(one)


@dataclass(frozen=True, slots=True)
class Finding:
    condition: Condition
    verdict: Verdict
    detail: str = ""
    clashes: tuple[Clash, ...] = ()  # every place where it is not met, as far as the check knows

    @property
    def blocks(self) -> bool:
        return self.verdict is Verdict.UNMET and self.condition.severity is Severity.HARD


def find(condition: Condition, facts: Facts) -> Finding:
    exception = condition.unless
    if exception is not None and facts.get(exception.field) in exception.one_of:
        return Finding(condition, Verdict.MET, "符合例外规定")
    verdict, detail = CHECKS[condition.check](facts, **condition.given)
    clashes = CLASHING.get(condition.check) if verdict is Verdict.UNMET else None
    return Finding(
        condition,
        verdict,
        detail,
        tuple(clashes(facts, **condition.given)) if clashes else (),
    )


def assess(conditions: Sequence[Condition], facts: Facts, *, track: str) -> tuple[Finding, ...]:
    """A finding for every condition of the track, in the pack's order."""
    return tuple(
        find(condition, facts)
        for condition in conditions
        if not condition.tracks or track in condition.tracks
    )


def unexplained(findings: Sequence[Finding], facts: Facts) -> tuple[Finding, ...]:
    """Soft conditions that are unmet and carry no written reason (通知二（二）“一般应”)."""
    return tuple(
        finding
        for finding in findings
        if finding.verdict is Verdict.UNMET
        and finding.condition.severity is Severity.SOFT
        and finding.condition.reason_field
        and not str(facts.get(finding.condition.reason_field) or "").strip()
    )


@dataclass(frozen=True, slots=True)
class Test:
    """A check that must be met, named with what it is given."""

    __pydantic_config__ = STRICT

    check: str
    given: Mapping[str, Any]

    def holds(self, facts: Facts) -> bool:
        return CHECKS[self.check](facts, **self.given)[0] is Verdict.MET
