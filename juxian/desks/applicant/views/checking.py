"""Checking the whole form at once, and where each thing is mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from juxian.desks.applicant.own import around, filled_or_404, timed
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Application
from juxian.records.packs import pack_of
from juxian.regulation.precheck import Outcome
from juxian.selectors import application as selected
from juxian.selectors.correction import EVIDENCE, opens_material, returned_of
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import answers_of, facts_of, findings_of, reading_of
from juxian.selectors.gaps import RETURNED, Gap
from juxian.selectors.precheck import Line, Sheet, sheet_of, under_titles

FEW = 15  # gaps that are shown unfolded


@dataclass(frozen=True, slots=True)
class Place:
    """Something to mend, with the address where it is mended; "" where a return keeps it shut."""

    says: str
    url: str


@dataclass(frozen=True, slots=True)
class Ways:
    """To the places of a form; `paths` are those that a return opens, None: all are open."""

    application: Application
    paths: frozenset[str] | None

    def place(self, path: str, says: str) -> Place:
        return Place(says, self.to(path))

    def to(self, path: str) -> str:
        is_open = self.paths is None or _opens(self.paths, path)
        return address_of(self.application, path) if is_open else ""


def _opens(paths: frozenset[str], path: str) -> bool:
    section, *rest = path.split(".")
    if section == EVIDENCE and rest:
        return opens_material(paths, rest[0])
    if section in (EVIDENCE, RETURNED):
        return True
    return section in paths or ".".join([section, *rest[:1]]) in paths


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
    returned = returned_of(application, answers, files)
    left = returned.left if returned else ()
    sheet = sheet_of(application, reading, facts, findings, files, left)
    ways = Ways(application, returned.paths if returned else None)
    context = {
        "sheet": sheet,
        "count": len(sheet.blocks),
        "first": next(filter(None, (ways.to(block.path) for block in sheet.blocks)), ""),
        "unfold": "all" in request.GET or len(sheet.unruled) <= FEW,
        "unfold_all": "all" in request.GET,
        "gaps": _grouped(ways, sheet),
        "unproved": _unproved(ways, sheet),
        "doubtful": [
            ways.place(f"{EVIDENCE}.{one.material}", f"{one.title}：{one.says}")
            for one in sheet.doubtful
        ],
        "counted": [
            (window, [(table, _places(ways, table.left_out)) for table in window.tables])
            for window in sheet.counted
        ],
        "marks": pack_of(application.cycle).marks_of(facts),
        **{outcome.value: _ruled(ways, sheet, outcome) for outcome in Outcome},
        **timed(application),
    }
    return answer(request, "applicant/check.html", around(application, **context))


def _ruled(ways: Ways, sheet: Sheet, outcome: Outcome) -> list[Ruled]:
    return [(line, _places(ways, line.places)) for line in sheet.lines[outcome]]


def _places(ways: Ways, gaps: Iterable[Gap]) -> list[Place]:
    return [ways.place(path, says) for path, says in gaps]


def _grouped(ways: Ways, sheet: Sheet) -> list[Group]:
    """What no rule says, under the titles of the sections, in the form's order."""
    form = selected.form_of(ways.application)
    titles = {section.code: section.title for section in form.sections}
    titles |= {EVIDENCE: _("证明材料"), RETURNED: _("退回事项")}
    return [
        (title, [ways.place(one.path, once(one.says)) for one in blocks])
        for title, blocks in under_titles(sheet.unruled, titles)
    ]


def _unproved(ways: Ways, sheet: Sheet) -> list[Group]:
    """Rows without a file, under the material that should prove them."""
    page = reverse("applicant:evidence", args=[ways.application.number])
    groups: dict[str, list[Place]] = {}
    for one in sheet.unproved:
        is_open = ways.to(f"{EVIDENCE}.{one.material.code}")
        url = f"{page}?claim={one.path}#m-{one.material.code}" if is_open else ""
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
