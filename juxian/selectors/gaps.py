"""What keeps a form from being submitted: each gap with the place where it is mended."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from juxian.records.models import Application, Evidence
from juxian.regulation.answers import Reading
from juxian.regulation.eligibility import Facts, Finding, Verdict, find
from juxian.regulation.support import Bare
from juxian.selectors.application import bare_claims_of, unproved
from juxian.selectors.correction import EVIDENCE
from juxian.selectors.openings import seatless

Gap = tuple[str, str]
"""A path of the form, or "evidence.<material>", and the sentence that says what is wrong there."""

PLENTY = 10**6  # files


def gaps_of(
    application: Application,
    reading: Reading,
    facts: Facts,
    findings: Sequence[Finding],
    files: Sequence[Evidence],
) -> tuple[Gap, ...]:
    """Everything that is missing or unmet, in the order of the form; evidence comes last."""
    wanted = unproved(application, facts, files)
    unanswered = [
        (f"{fault.section}.{fault.path}", f"{fault.label}：{fault.message}")
        for fault in reading.missing()
    ]
    blocking = [finding for finding in findings if finding.blocks]
    unmet = [
        (finding.condition.where, _words(finding))
        for finding in blocking
        if not wants_evidence(finding, facts)
    ]
    unshown = [
        (_slot_for(claim), _("请为所选条件“%(claim)s”上传证明材料") % {"claim": claim.label})
        for claim in bare_claims_of(application, facts, files)
        if any(wants_evidence(finding, facts) for finding in blocking)
    ]
    absent = [
        (f"{EVIDENCE}.{material.code}", _("请上传%(material)s") % {"material": material.title})
        for material in wanted
    ]
    shut_out = seatless(application, facts)
    return (*unanswered, *unmet, *filter(None, [shut_out]), *unshown, *absent)


def wants_evidence(finding: Finding, facts: Facts) -> bool:
    """Whether the condition blocks, and more files alone would meet it."""
    given = finding.condition.given
    if not finding.blocks or "claim" not in given:
        return False
    claimed = (facts.get(given["claim"]), *(facts.get(given["others"]) or ()))
    proved = {**facts, "evidence.supports": dict.fromkeys(claimed, PLENTY)}
    return find(finding.condition, proved).verdict is Verdict.MET


def _words(finding: Finding) -> str:
    """不符合“具有中国国籍”：国籍填的是“其他国家”; an exclusion says already what is wrong."""
    condition = finding.condition
    said = (
        condition.says if condition.exclusion else _("不符合“%(says)s”") % {"says": condition.says}
    )
    return f"{said}：{finding.detail}".rstrip("：")


def _slot_for(claim: Bare) -> str:
    """The first material that supports it."""
    return ".".join([EVIDENCE, *(material.code for material in claim.materials[:1])])
