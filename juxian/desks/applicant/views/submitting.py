"""Checking, submitting, the receipt, mending a return, and printing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from juxian.access.acts import acts_open_to
from juxian.actions import application as acts
from juxian.actions.submission import submit as submit_form
from juxian.desks.applicant.controls import proofs_written
from juxian.desks.applicant.forms import ReplyForm, SignatureForm
from juxian.desks.applicant.own import around, own_or_404, timed
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.clock import now
from juxian.records.models import Application
from juxian.records.packs import pack_of
from juxian.regulation.eligibility import Facts, Finding, Severity, Verdict, unexplained
from juxian.regulation.refusal import NotReady, Refusal
from juxian.regulation.words import Act
from juxian.selectors import application as selected
from juxian.selectors.casefile import latest_submission
from juxian.selectors.correction import EVIDENCE, mended_paths, open_correction
from juxian.selectors.evidence import evidence_in, evidence_of
from juxian.selectors.facts import answers_of, facts_of, findings_of, reading_of
from juxian.selectors.form_reading import Answers, Part, read
from juxian.selectors.gaps import gaps_of, wants_evidence
from juxian.selectors.papers import FORM, copies_of
from juxian.selectors.windows import windows_of


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


def submit(request: SignedInRequest, number: str) -> HttpResponse:
    application = own_or_404(request, number, "employer__files_to")
    if not selected.is_with_applicant(application):
        return redirect("applicant:receipt", number)
    form = SignatureForm(request.POST or None)
    places: list[Place] = []
    if request.method == "POST" and form.is_valid():
        try:
            submit_form(application.pk, by=request.user, **form.cleaned_data)
        except NotReady as refusal:
            places = _say(application, form, refusal)
        except Refusal as refusal:
            form.refused(refusal)
        else:
            return redirect("applicant:receipt", number)
    answers, files = answers_of(application), list(evidence_of(application))
    reading = reading_of(application, answers)
    facts = facts_of(application, reading, files=files)
    found = gaps_of(application, reading, facts, findings_of(application, facts), files)
    context = {
        "form": form,
        "places": places,
        "gaps": len(found),
        "parts": _parts(application, answers),
        "proofs": proofs_written(files, number),
        "correction": open_correction(application),
    }
    page = around(application, **context, **timed(application))
    return answer(request, "applicant/submit.html", page, refused=bool(form.errors))


def _say(application: Application, form: SignatureForm, refusal: NotReady) -> list[Place]:
    """Places of this page go beside their fields; all others become links."""
    form.add_error(None, str(refusal))
    places = []
    for path, sentence in refusal.faults:
        if path in form.fields:
            form.add_error(path, sentence)
        else:
            places.append(Place(sentence, address_of(application, path)))
    return places


def receipt(request: SignedInRequest, number: str) -> HttpResponse:
    application = own_or_404(request, number)
    submission = latest_submission(application)
    if submission is None:
        return redirect("applicant:tasks", number)
    context = {
        "submission": submission,
        "copies": copies_of(pack_of(application.cycle), FORM),
        "whose": selected.whose_turn(application),
        "step": selected.step_title(application),
        "can_withdraw": Act.WITHDRAW in acts_open_to(request.user, application),
    }
    return answer(request, "applicant/receipt.html", around(application, **context))


def form(request: SignedInRequest, number: str) -> HttpResponse:
    """The form as last submitted, to read."""
    application = own_or_404(request, number)
    submission = latest_submission(application)
    if submission is None:
        return redirect("applicant:tasks", number)
    answers = selected.opened(submission.answers)
    context = {
        "submission": submission,
        "parts": _parts(application, answers),
        "proofs": proofs_written(evidence_in(submission), number),
        "whose": selected.whose_turn(application),
        "step": selected.step_title(application),
    }
    page = around(application, **context, **timed(application))
    return answer(request, "applicant/form.html", page)


def _parts(application: Application, answers: Answers) -> tuple[Part, ...]:
    windows = windows_of(pack_of(application.cycle), application.track)
    return read(selected.form_of(application), answers, windows=windows)


def returned(request: SignedInRequest, number: str) -> HttpResponse:
    """Each thing asked for, where to mend it, and a written answer to it."""
    application = own_or_404(request, number)
    correction = open_correction(application)
    if correction is None:
        return redirect("applicant:progress", number)
    items = list(correction.items.all())
    reply = ReplyForm(request.POST or None, auto_id=f"%s-{request.POST.get('item', '')}")
    if request.method == "POST" and reply.is_valid():
        item = next((one for one in items if one.pk == reply.cleaned_data["item"]), None)
        if item is None:
            raise Http404
        try:
            acts.answer_correction(item.pk, by=request.user, reply=reply.cleaned_data["reply"])
        except Refusal as refusal:
            reply.refused(refusal)
        else:
            messages.success(request, _("答复已保存。"))
            return redirect("applicant:returned", number)
    answers = selected.answers_in(selected.sections_of(application))
    mended = mended_paths(correction, answers, list(evidence_of(application)))
    context = {
        "correction": correction,
        "asks": [(item, address_of(application, item.path), item.path in mended) for item in items],
        "reply": reply,
        "now": now(),
    }
    page = around(application, **context)
    return answer(request, "applicant/returned.html", page, refused=bool(reply.errors))
