"""What an office must certify or decide on a file, and what was decided and still stands."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F

from juxian.records import sealing
from juxian.records.models import Application, Certification, Submission
from juxian.records.packs import pack_of
from juxian.regulation.eligibility import Condition, Facts, Finding, Severity, Verdict

Entry = Mapping[str, Any]
"""A finding as a submission keeps it; see `entries`."""

REGISTER = "register.recipients"


def to_certify(application: Application) -> tuple[Condition, ...]:
    """The exclusions and statements that the employer certifies (通知一、二).

    A condition that is generally wanted is certified for those alone who do not meet it (破格).
    """
    return tuple(
        condition
        for condition in pack_of(application.cycle).conditions
        if condition.certified
        and (not condition.tracks or application.track in condition.tracks)
        and (condition.severity is not Severity.SOFT or condition.mark in application.marks)
    )


def entries(
    application: Application, facts: Facts, findings: Sequence[Finding], turn: int
) -> list[dict[str, Any]]:
    """The findings as the submission of that turn keeps them.

    `basis` is a mark of the facts behind what no rule could decide, `since` the turn from which
    they are the same.
    """
    earlier: Iterable[Submission] = ()
    if turn > 1:
        earlier = Submission.objects.filter(application=application, turn=turn - 1)
    before = {one["code"]: one for kept in earlier for one in kept.findings}
    return [
        _entry(application, facts, one, before.get(one.condition.code, {}), turn)
        for one in findings
    ]


def _entry(
    application: Application, facts: Facts, finding: Finding, before: Entry, turn: int
) -> dict[str, Any]:
    condition = finding.condition
    entry = {
        "code": condition.code,
        "severity": condition.severity,
        "verdict": finding.verdict,
        "detail": finding.detail,
    }
    if finding.verdict is not Verdict.UNCLEAR:
        return entry
    basis = _basis(application, facts, condition)
    since = before.get("since", turn) if before.get("basis") == basis else turn
    return {**entry, "basis": basis, "since": since}


def _basis(application: Application, facts: Facts, condition: Condition) -> str:
    """Of the register's answer, also whom it was asked about."""
    behind = {name: facts[name] for name in condition.named if name in facts}
    if REGISTER in behind:
        behind["who"] = [application.name, application.birth_date, application.id_mark]
    return sealing.mark(json.dumps(behind, sort_keys=True, default=str))


def stands(settlement: Certification, entry: Entry, turn: int) -> bool:
    """Whether a settlement still decides its finding, frozen as `entry` in that turn.

    One in the person's favour lapses when the facts behind it change in a later turn; one
    against them with the turn: a file that was mended is looked at anew.
    """
    if settlement.turn == turn:
        return True
    return settlement.holds and settlement.turn >= entry.get("since", 1)


def open_questions(application: Application) -> tuple[Condition, ...]:
    """Conditions that no rule could decide in this turn and nobody has settled yet."""
    submission = (
        Submission.objects.filter(application=application)
        .order_by("-turn")
        .values("findings", "turn")
    ).first()
    unclear = {
        finding["code"]: finding
        for finding in (submission["findings"] if submission else ())
        if finding["verdict"] == Verdict.UNCLEAR
    }
    said = Certification.objects.filter(application=application, condition__in=unclear)
    settled = {
        one.condition
        for one in said.exclude(reason="")  # what the employer only ticked has decided nothing
        if submission and stands(one, unclear[one.condition], submission["turn"])
    }
    return tuple(
        condition
        for condition in pack_of(application.cycle).conditions
        if condition.code in unclear and condition.code not in settled
    )


def settled_against(applications: Iterable[Application]) -> dict[int, tuple[Condition, ...]]:
    """Hard conditions that an officer settled against in the present turn, by application.

    1 query, whatever their number; the applications come with their cycles.
    """
    codes: dict[int, set[str]] = defaultdict(set)
    files = {application.pk: application for application in applications}
    against = Certification.objects.filter(
        application__in=files, holds=False, turn=F("application__turn")
    ).exclude(reason="")
    for pk, code in against.values_list("application_id", "condition"):
        codes[pk].add(code)
    found = {pk: _hard(files[pk], named) for pk, named in codes.items()}
    return {pk: conditions for pk, conditions in found.items() if conditions}


def _hard(application: Application, codes: set[str]) -> tuple[Condition, ...]:
    return tuple(
        condition
        for condition in pack_of(application.cycle).conditions
        if condition.code in codes and condition.severity is Severity.HARD
    )
