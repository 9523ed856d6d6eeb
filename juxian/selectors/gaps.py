"""What keeps a form from being submitted: each gap with the place where it is mended."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from juxian.records.models import Application, Evidence
from juxian.regulation.answers import Reading
from juxian.regulation.eligibility import Facts, Finding, Verdict, find
from juxian.regulation.pack import Material
from juxian.selectors.application import materials_of, unproved
from juxian.selectors.correction import EVIDENCE

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
    wanted = unproved(application, files)
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
        (_slot_for(finding, application, wanted), _words(finding))
        for finding in blocking
        if wants_evidence(finding, facts)
    ]
    absent = [
        (f"{EVIDENCE}.{material.code}", _("请上传%(material)s") % {"material": material.title})
        for material in wanted
    ]
    return tuple(unanswered + unmet + unshown + absent)


def wants_evidence(finding: Finding, facts: Facts) -> bool:
    """Whether the condition blocks, and more files alone would meet it."""
    if not finding.blocks:
        return False
    proved = find(finding.condition, {**facts, "evidence.count": PLENTY})
    return proved.verdict is Verdict.MET


def _words(finding: Finding) -> str:
    return f"{finding.condition.says}：{finding.detail}".rstrip("：")


def _slot_for(finding: Finding, application: Application, wanted: Sequence[Material]) -> str:
    """A material that must be given anyway, or the first that proves the condition's section."""
    where = finding.condition.where
    proving = (material for material in materials_of(application) if where in material.proves)
    for material in (*wanted, *proving):
        return f"{EVIDENCE}.{material.code}"
    return EVIDENCE
