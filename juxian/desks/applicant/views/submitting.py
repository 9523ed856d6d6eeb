"""Submitting, with what changed since the last time, and the form as submitted."""

from django.http import HttpResponse
from django.shortcuts import redirect

from juxian.actions.submission import submit as submit_form
from juxian.desks.applicant.controls import proofs_written
from juxian.desks.applicant.forms import SignatureForm
from juxian.desks.applicant.own import around, own_or_404, timed
from juxian.desks.applicant.views.checking import Place, address_of
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.models import Application, Evidence, Submission
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotReady, Refusal
from juxian.selectors import application as selected
from juxian.selectors.casefile import latest_submission
from juxian.selectors.changes import Change, changed_files, changes_in
from juxian.selectors.coming import declarations_of
from juxian.selectors.correction import returned_of
from juxian.selectors.evidence import evidence_in, evidence_of
from juxian.selectors.facts import answers_of, facts_of, findings_of, reading_of
from juxian.selectors.form_reading import Answers, Part, read
from juxian.selectors.gaps import blocks_of
from juxian.selectors.signature import signature_in
from juxian.selectors.windows import windows_of


def submit(request: SignedInRequest, number: str) -> HttpResponse:
    application = own_or_404(request, number, "employer__files_to")
    if not selected.is_with_applicant(application):
        return redirect("applicant:receipt", number)
    answers = answers_of(application)
    signed = signature_in(application, selected.form_of(application), answers)
    form = SignatureForm(request.POST or None, initial={"signed_name": signed})
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
    files = list(evidence_of(application))
    reading = reading_of(application, answers)
    facts = facts_of(application, reading, files=files)
    returned = returned_of(application, answers, files)
    findings, left = findings_of(application, facts), returned.left if returned else ()
    found = blocks_of(application, reading, facts, findings, files, left)
    before = latest_submission(application) if application.resumes_at else None
    parts = _parts(application, answers, before)
    context = {
        "form": form,
        "places": places,
        "gaps": len(found),
        "parts": parts,
        "proofs": proofs_written(files, number),
        "correction": returned.correction if returned else None,
        "before": before,
        "changes": _changes(application, before, parts, files),
        "only_changes": before is not None and "all" not in request.GET,
        "declarations": declarations_of(application),
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


def _parts(
    application: Application, answers: Answers, before: Submission | None = None
) -> tuple[Part, ...]:
    windows = windows_of(pack_of(application.cycle), application.track)
    earlier = selected.opened(before.answers) if before else None
    return read(selected.form_of(application), answers, earlier, windows=windows)


def _changes(
    application: Application,
    before: Submission | None,
    parts: tuple[Part, ...],
    files: list[Evidence],
) -> tuple[Change, ...]:
    """Since the last submission, whether it was returned or taken back."""
    if before is None:
        return ()
    pack = pack_of(application.cycle)
    return (*changes_in(parts), *changed_files(pack, before.evidence, files))
