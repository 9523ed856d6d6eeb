"""All of one's applications, beginning one, and one as a whole."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.access.acts import acts_open_to
from juxian.actions import application as acts
from juxian.desks.applicant.forms import BeginForm, WithdrawForm
from juxian.desks.applicant.own import around, contacts_of, filled_or_404, own_or_404, timed
from juxian.desks.common import phrases
from juxian.desks.common.http import SignedInRequest, answer
from juxian.records.clock import now
from juxian.records.packs import pack_of
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Act
from juxian.selectors import application as selected
from juxian.selectors.correction import returned_of
from juxian.selectors.employers import employer_of, employers
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import facts_of, findings_of, reading_of
from juxian.selectors.gaps import blocks_of, wants_evidence
from juxian.selectors.guide import calls, open_cycle
from juxian.selectors.inbox import messages_of

NEWEST = 5  # messages on the first page


def home(request: SignedInRequest) -> HttpResponse:
    moment = now()
    cards = selected.cards_of(request.user, moment)
    live = {card.application.cycle.code for card in cards if not card.is_withdrawn}
    offered = [call for call in calls(moment) if call.state == "open" and call.code not in live]
    contacts = contacts_of(cards, offered)
    context = {"cards": cards, "now": moment, "offered": offered, "contacts": contacts}
    context["inbox"] = messages_of(request.user)[:NEWEST]
    return answer(request, "applicant/home.html", context)


def choose(request: SignedInRequest) -> HttpResponse:
    moment = now()
    found = calls(moment)
    context = {"calls": found, "now": moment, "contacts": contacts_of((), found)}
    return answer(request, "applicant/choose.html", context)


def begin(request: SignedInRequest, code: str) -> HttpResponse:
    moment = now()
    cycle = open_cycle(code, moment)
    if cycle is None:
        raise Http404
    begun = selected.begun_in(request.user, code)
    if begun is not None:
        return redirect("applicant:tasks", begun.number)
    pack, words = pack_of(cycle), request.GET.get("q", "")
    own = employer_of(request.user.employer_id)
    found = employers(words)
    form = BeginForm(request.POST or None, pack=pack, known=own, found=found)
    if form.is_valid():
        try:
            made = acts.begin(cycle.pk, by=request.user, **form.given)
        except Refusal as refusal:
            form.refused(refusal)
        else:
            return _first(request, made.number)
    context = {"cycle": cycle, "form": form, "words": words, "found": found, "now": moment}
    context["contacts"] = pack.contacts
    return answer(request, "applicant/begin.html", context, refused=bool(form.errors))


def _first(request: SignedInRequest, number: str) -> HttpResponse:
    """The form's first page; or the task list, where it has something to say before that."""
    application = own_or_404(request, number, "employer__files_to")
    reading = reading_of(application, {})
    facts = facts_of(application, reading, files=[])
    found = findings_of(application, facts)
    blocks = blocks_of(application, reading, facts, found, [], ())
    is_told = getattr(application, "has_earlier", False)
    if is_told or any(block.is_for_want_of_seats for block in blocks):
        return redirect("applicant:tasks", number)
    return redirect("applicant:section", number, selected.form_of(application).sections[0].code)


def tasks(request: SignedInRequest, number: str) -> HttpResponse:
    application = filled_or_404(request, number, "employer__files_to")
    if not selected.is_with_applicant(application):
        return redirect("applicant:progress", number)
    sections = selected.sections_of(application)
    answers, files = selected.answers_in(sections), list(evidence_of(application))
    reading = reading_of(application, answers)
    facts = facts_of(application, reading, files=files)
    found = findings_of(application, facts)
    findings = [finding for finding in found if not wants_evidence(finding, facts)]
    returned = returned_of(application, answers, files)
    left = returned.left if returned else ()
    listed = selected.tasks_of(sections, answers, reading, findings, returned)
    blocks = blocks_of(application, reading, facts, found, files, left)
    unproved = selected.unproved(application, facts, files)
    bare = selected.bare_claims_of(application, facts, files)
    context = {
        "tasks": listed,
        "done": sum(1 for task in listed if not task.is_left),
        "next": next((task for task in listed if task.is_left), None),
        "files": files,
        "evidence_state": selected.evidence_state(application, facts, files, returned),
        "unproved": unproved,
        "bare": bare,
        "seatless": next((block for block in blocks if block.is_for_want_of_seats), None),
        "lacking": len(unproved) + len(bare),
        "blocking": len(blocks),
        "correction": returned.correction if returned else None,
        "saved": max((row.saved_at for row in sections.values()), default=None),
        "can_withdraw": Act.WITHDRAW in acts_open_to(request.user, application),
        "is_own": application.applicant_id == request.user.pk,
        "may_bring": getattr(application, "has_earlier", False) and not returned,
        **timed(application),
    }
    return answer(request, "applicant/tasks.html", around(application, **context))


def progress(request: SignedInRequest, number: str) -> HttpResponse:
    application = own_or_404(request, number)
    if selected.is_draft(application):
        return redirect("applicant:tasks", number)
    rungs, events = selected.rungs(application)
    context = {
        "rungs": rungs,
        "events": events,
        "whose": selected.whose_turn(application),
        "step": selected.step_title(application),
        "is_over": selected.is_over(application),
        "can_withdraw": Act.WITHDRAW in acts_open_to(request.user, application),
        "now": now(),
    }
    return answer(request, "applicant/progress.html", around(application, **context))


def withdraw(request: SignedInRequest, number: str) -> HttpResponse:
    application = own_or_404(request, number)
    if Act.WITHDRAW not in acts_open_to(request.user, application):
        messages.error(request, _("这份申报现在不能撤回；如有需要，请联系办理单位退回。"))
        return redirect("applicant:tasks", number)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.withdraw(application.pk, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refused(refusal)
        else:
            messages.success(request, phrases.WITHDRAWN)
            return redirect("applicant:home")
    context = {
        "form": form,
        "is_draft": selected.is_draft(application),
        "whose": selected.whose_turn(application),
        "step": selected.step_title(application),
    }
    context = around(application, **context, **timed(application))
    return answer(request, "applicant/withdraw.html", context, refused=bool(form.errors))
