"""Checking the whole form at once, and where each thing is mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from juxian.desks.applicant.own import around, filled_or_404
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Application
from juxian.records.packs import pack_of
from juxian.regulation.precheck import Outcome
from juxian.selectors import application as selected
from juxian.selectors.correction import EVIDENCE
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import answers_of, facts_of, findings_of, reading_of
from juxian.selectors.gaps import RETURNED, Gap
from juxian.selectors.precheck import Line, Sheet, sheet_of, under_titles

FEW = 15  # gaps that are shown unfolded


@dataclass(frozen=True, slots=True)
class Place:
    """Something to mend, with the address where it is mended."""

    says: str
    url: str


Ruled = tuple[Line, list[Place]]
Group = tuple[str, list[Place]]


def check(request: SignedInRequest, number: str) -> HttpResponse:
    """Every rule of the call and how this form stands with it, with a way to each place."""
    application = filled_or_404(request, number, "employer__files_to")
    if not selected.is_with_applicant(application):
        return redirect("applicant:form", number)
    answers, files = answers_of(application), list(evidence_of(application))
    reading = reading_of(application, answers)
    facts = facts_of(application, reading, files=files)
    findings = findings_of(application, facts)
    sheet = sheet_of(application, reading, facts, findings, files)
    context = {
        "sheet": sheet,
        "count": len(sheet.blocks),
        "first": address_of(application, sheet.blocks[0].path) if sheet.blocks else "",
        "unfold": "all" in request.GET or len(sheet.unruled) <= FEW,
        "unfold_all": "all" in request.GET,
        "gaps": _grouped(application, sheet),
        "unproved": _unproved(application, sheet),
        "doubtful": [
            Place(f"{one.title}：{one.says}", address_of(application, f"{EVIDENCE}.{one.material}"))
            for one in sheet.doubtful
        ],
        "counted": [
            (window, [(table, _places(application, table.left_out)) for table in window.tables])
            for window in sheet.counted
        ],
        "marks": pack_of(application.cycle).marks_of(facts),
        **{outcome.value: _ruled(application, sheet, outcome) for outcome in Outcome},
    }
    return answer(request, "applicant/check.html", around(application, **context))


def _ruled(application: Application, sheet: Sheet, outcome: Outcome) -> list[Ruled]:
    return [(line, _places(application, line.places)) for line in sheet.lines[outcome]]


def _places(application: Application, gaps: Iterable[Gap]) -> list[Place]:
    return [Place(says, address_of(application, path)) for path, says in gaps]


def _grouped(application: Application, sheet: Sheet) -> list[Group]:
    """What no rule says, under the titles of the sections, in the form's order."""
    titles = {section.code: section.title for section in selected.form_of(application).sections}
    titles |= {EVIDENCE: _("证明材料"), RETURNED: _("退回事项")}
    return [
        (title, [Place(once(one.says), address_of(application, one.path)) for one in blocks])
        for title, blocks in under_titles(sheet.unruled, titles)
    ]


def _unproved(application: Application, sheet: Sheet) -> list[Group]:
    """Rows without a file, under the material that should prove them."""
    page = reverse("applicant:evidence", args=[application.number])
    groups: dict[str, list[Place]] = {}
    for one in sheet.unproved:
        url = f"{page}?claim={one.path}#m-{one.material.code}"
        groups.setdefault(one.material.title, []).append(Place(one.says, url))
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
    if section == RETURNED:
        return reverse("applicant:returned", args=[application.number])
    if section not in {one.code for one in selected.form_of(application).sections}:
        return reverse("applicant:tasks", args=[application.number])
    if len(rest) == 3:  # noqa: PLR2004 - table, row, column
        table, row, column = rest
        address = reverse("applicant:row", args=[application.number, section, table, row])
        return f"{address}?check=1#f-{column}"
    address = reverse("applicant:section", args=[application.number, section])
    return f"{address}?check=1" + (f"#f-{rest[0]}" if rest else "")
