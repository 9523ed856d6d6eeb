"""Checking the whole form at once, and where each thing is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from juxian.desks.applicant.own import around, own_or_404
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Application
from juxian.records.packs import pack_of
from juxian.regulation.eligibility import Facts, Finding, Severity, Verdict, unexplained
from juxian.selectors import application as selected
from juxian.selectors.correction import EVIDENCE
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import answers_of, facts_of, findings_of, reading_of
from juxian.selectors.gaps import gaps_of, wants_evidence


@dataclass(frozen=True, slots=True)
class Place:
    """Something to mend, with the address where it is mended."""

    says: str
    url: str


def check(request: SignedInRequest, number: str) -> HttpResponse:
    """Everything at once: what is missing, what the conditions say, what will be marked."""
    application = own_or_404(request, number)
    if not selected.is_with_applicant(application):
        return redirect("applicant:form", number)
    answers, files = answers_of(application), list(evidence_of(application))
    reading = reading_of(application, answers)
    facts = facts_of(application, reading, files=files)
    findings = findings_of(application, facts)
    found = gaps_of(application, reading, facts, findings, files)
    open_sections = {path.partition(".")[0] for path, _says in found}
    reasons = [(f.condition.reason_field, f.condition.says) for f in unexplained(findings, facts)]
    context = {
        "groups": _grouped(application, found),
        "count": len(found) + len(reasons),
        "reasons": [Place(says, address_of(application, path)) for path, says in reasons],
        "findings": [
            (finding, *_said(finding, facts, open_sections))
            for finding in findings
            if finding.verdict is not Verdict.MET or finding.condition.exclusion
        ],
        "unclear": any(_is_for_offices(finding, open_sections) for finding in findings),
        "met": sum(1 for f in findings if f.verdict is Verdict.MET),
        "marks": pack_of(application.cycle).marks_of(facts),
    }
    return answer(request, "applicant/check.html", around(application, **context))


def _is_for_offices(finding: Finding, open_sections: set[str]) -> bool:
    """Undecided although all that it is judged by has been filled in."""
    return finding.verdict is Verdict.UNCLEAR and finding.condition.where not in open_sections


def _said(finding: Finding, facts: Facts, open_sections: set[str]) -> tuple[str, str]:
    """The tone and the word of a finding's badge."""
    if wants_evidence(finding, facts):
        return "wait", _("待传材料")
    excluded = finding.condition.exclusion
    if finding.verdict is Verdict.MET:
        return "ok", _("没有此情形") if excluded else _("符合")
    if finding.verdict is Verdict.UNCLEAR:
        if _is_for_offices(finding, open_sections):
            return "wait", _("由单位认定")
        return "none", _("填完再核对")
    if finding.blocks:
        return "stop", _("有此情形") if excluded else _("不符合")
    return (
        ("wait", _("须说明理由"))
        if finding.condition.severity is Severity.SOFT
        else ("none", _("提示"))
    )


def _grouped(
    application: Application, found: Sequence[tuple[str, str]]
) -> list[tuple[str, list[Place]]]:
    """The gaps under the titles of their sections, in the form's order."""
    titles = {section.code: section.title for section in selected.form_of(application).sections}
    titles[EVIDENCE] = _("证明材料")
    groups: dict[str, list[Place]] = {}
    for path, says in found:
        section = path.partition(".")[0]
        groups.setdefault(titles.get(section, _("其他")), []).append(
            Place(once(says), address_of(application, path))
        )
    return list(groups.items())


def once(says: str) -> str:
    """ "手机：请填写“手机”。" says its label twice; this leaves the sentence."""
    label, _colon, rest = says.partition("：")
    return rest if f"“{label}”" in rest else says


def address_of(application: Application, path: str) -> str:
    """Where a path is mended: a section, a field, a column of a row, or a material's slot."""
    section, *rest = path.split(".")
    if section == EVIDENCE:
        anchor = f"#m-{rest[0]}" if rest else ""
        return reverse("applicant:evidence", args=[application.number]) + anchor
    if section not in {one.code for one in selected.form_of(application).sections}:
        return reverse("applicant:tasks", args=[application.number])
    if len(rest) == 3:  # noqa: PLR2004 - table, row, column
        table, row, column = rest
        address = reverse("applicant:row", args=[application.number, section, table, row])
        return f"{address}?check=1#f-{column}"
    address = reverse("applicant:section", args=[application.number, section])
    return f"{address}?check=1" + (f"#f-{rest[0]}" if rest else "")
