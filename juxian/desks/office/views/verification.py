"""Acts on one file: passing it on, returning it with everything to mend, refusing, settling."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.access.acts import check, procedure_of, step_of
from juxian.access.duties import moment_of
from juxian.actions import verification
from juxian.actions.message import values_of
from juxian.actions.signing import Draft, put_forward
from juxian.desks.common import phrases
from juxian.desks.common.acting import done
from juxian.desks.common.forms import PlainForm
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.office.forms.verification import (
    EndorseForm,
    RejectForm,
    Returnable,
    SendBackForm,
    SettleForm,
    with_sentences,
)
from juxian.desks.office.frame import desk_file_at, file_address, list_address, page
from juxian.desks.office.views.file import doing_now, whose_turn, work_goes_on_until
from juxian.records import labels
from juxian.records.clock import day
from juxian.records.models import Application
from juxian.records.packs import calendar, pack_of
from juxian.regulation.calendar import UnknownYear, in_words
from juxian.regulation.form import FieldKind
from juxian.regulation.messages import Occasion
from juxian.regulation.procedure import Step, ahead
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Act, Level
from juxian.selectors.blocks import blocks_of
from juxian.selectors.casefile import CaseFile, casefile_of, last_done
from juxian.selectors.certification import to_certify
from juxian.selectors.findings import Found
from juxian.selectors.office_clock import returns_of, returns_open
from juxian.selectors.points import points_for
from juxian.selectors.sends import Send, sends_upon

TELL = "tell"  # what the switch sends that lets messages go with the act
DAYS_TO_MEND = 5  # working days offered; the officer may choose another day


def endorse(request: SignedInRequest, number: str) -> HttpResponse:
    application = desk_file_at(request, number)
    asked = to_certify(application) if step_of(application).level is Level.EMPLOYER else ()
    form = EndorseForm(posted(request), conditions=asked, points=points_for(application))
    _say_if_overtaken(request, application, form, Act.ENDORSE)
    if done(
        form,
        lambda: _put(
            request,
            application,
            Draft(
                Act.ENDORSE,
                form.cleaned_data["opinion"],
                certified=form.certified,
                points=form.answered,
            ),
        ),
    ):
        messages.success(request, _proposed(application) or _endorsed(application))
        return redirect(list_address(request))
    case = casefile_of(application, reader=request.user)
    context = {**_about(request, application, case), "form": form}
    context["next_step"] = _following(application)
    context["questions"] = [found.condition for found in case.open_questions]
    context["blocks"] = blocks_of(case, request.user)
    return page(request, "office/endorse.html", context, refused=bool(form.errors))


def send_back(request: SignedInRequest, number: str) -> HttpResponse:
    application = desk_file_at(request, number)
    case = casefile_of(application, reader=request.user)
    places = _returnable(case)
    doubts = _doubts(case, request)
    chosen = _chosen(request, places, doubts)
    form = _send_back_form(request, case, chosen, doubts)
    _say_if_overtaken(request, application, form, form.ways[0])
    if "preview" in request.POST and form.is_valid():
        return _preview(request, application, case, form)
    if done(
        form,
        lambda: _put(
            request,
            application,
            Draft(
                form.act,
                form.cleaned_data["opinion"],
                items=form.items,
                due_on=form.cleaned_data["due_on"],
            ),
        ),
    ):
        says = phrases.SENT_BACK if form.act is Act.SEND_BACK else phrases.SENT_DOWN
        messages.success(request, _proposed(application) or str(says))
        return redirect(list_address(request))
    context = {**_about(request, application, case), "form": form, "places": places}
    context |= {"chosen": [place.path for place in chosen], "only": _only_way(case, form)}
    context |= {"reasons": pack_of(application.cycle).return_reasons, "returns": returns_of(case)}
    return page(request, "office/send_back.html", context, refused=bool(form.errors))


def _send_back_form(
    request: SignedInRequest,
    case: CaseFile,
    chosen: list[Returnable],
    doubts: Mapping[str, str],
) -> SendBackForm:
    """Choosing more checks nothing yet; before a preview, reasons fill in their sentences."""
    reasons = pack_of(case.application.cycle).return_reasons
    sent = posted(request)
    choosing = sent is not None and "choose" in sent
    if sent is not None and (choosing or "preview" in sent):
        sent = with_sentences(sent, chosen, reasons)
    offered = {"due_on": _offered_day(request)} | {f"words:{path}": doubts[path] for path in doubts}
    return SendBackForm(
        None if choosing else sent,
        chosen=chosen,
        reasons=reasons,
        ways=_ways(case),
        initial={**offered, **(sent.dict() if sent is not None and choosing else {})},
    )


def _preview(
    request: SignedInRequest, application: Application, case: CaseFile, form: SendBackForm
) -> HttpResponse:
    """The return as its reader will read it, with everything that sends it or goes back to it."""
    kept = [("item", place.path) for place in form.chosen]
    kept += [(name, str(form.data.get(name, ""))) for name in form.fields]
    context = {**_about(request, application, case), "form": form, "items": form.items}
    context |= {"kept": kept, "goes_to": _goes_to(case, form.act)}
    if form.act is Act.SEND_BACK:
        sends = _sends(application, case, form)
        context |= {"sends": sends, "tells": any(one.goes for one in sends)}
    return page(request, "office/return_preview.html", context)


def _sends(application: Application, case: CaseFile, form: SendBackForm) -> list[Send]:
    office = application.holder
    if office is None:
        return []
    until = in_words(form.cleaned_data["due_on"])
    values = values_of(application, office, step=case.step.title, until=until)
    return sends_upon(Occasion.RETURNED, application, office, values)


def reject(request: SignedInRequest, number: str) -> HttpResponse:
    application = desk_file_at(request, number)
    form = RejectForm(posted(request))
    _say_if_overtaken(request, application, form, Act.REJECT)
    if done(
        form,
        lambda: _put(request, application, Draft(Act.REJECT, form.cleaned_data["opinion"])),
    ):
        messages.success(request, _proposed(application) or str(phrases.REJECTED))
        return redirect(list_address(request))
    context = {**_about(request, application), "form": form}
    return page(request, "office/reject.html", context, refused=bool(form.errors))


def settle(request: SignedInRequest, number: str, condition: str) -> HttpResponse:
    application = desk_file_at(request, number)
    case = casefile_of(application, reader=request.user)
    form = SettleForm(posted(request))
    if done(
        form,
        lambda: verification.settle(
            application.pk,
            by=request.user,
            condition=condition,
            holds=form.cleaned_data["holds"] == "yes",
            reason=form.cleaned_data["reason"],
        ),
    ):
        messages.success(request, _("已作出认定，理由已记录。"))
        return redirect(file_address(request, number))
    context = {**_about(request, application, case), "form": form}
    context["found"] = _question(case, condition)
    return page(request, "office/settle.html", context, refused=bool(form.errors))


def _say_if_overtaken(
    request: SignedInRequest, application: Application, form: PlainForm, act: Act
) -> None:
    """Of a form that comes too late: who did what meanwhile, and nothing else."""
    if not form.is_bound:
        return
    try:
        check(request.user, act, application)
    except Refusal as refusal:
        form.errors.clear()
        form.refused(refusal)
        if done_last := last_done(application):
            form.add_error(None, done_last)


def _put(request: SignedInRequest, application: Application, draft: Draft) -> bool:
    tells = TELL in request.POST
    put_forward(application.pk, replace(draft, tells=tells), by=request.user)
    return True


def _proposed(application: Application) -> str:
    """Of a file whose step is signed one after another: who is next; "" where it is done."""
    role = _signs_next(application)
    return _("已拟办，送%(role)s。") % {"role": role} if role else ""


def _signs_next(application: Application) -> str:
    roles = step_of(application).signing
    return str(labels.ROLES[roles[1]]) if roles else ""


def _about(
    request: SignedInRequest, application: Application, case: CaseFile | None = None
) -> dict[str, object]:
    read = case or casefile_of(application, reader=request.user)
    return {
        "application": application,
        "case": read,
        "whose": whose_turn(application),
        "doing": doing_now(read),
        "closes": work_goes_on_until(application),
        "signs_next": _signs_next(application),
    }


def _question(case: CaseFile, condition: str) -> Found:
    for found in case.findings:
        if found.condition.code == condition:
            return found
    raise Http404


def _endorsed(application: Application) -> str:
    """Of the file as it was before."""
    following = _following(application)
    if following is None:
        return str(phrases.ENDORSED)
    return _("%(name)s的申报已审核通过，进入“%(step)s”环节。") % {
        "name": application.name,
        "step": following.title,
    }


def _following(application: Application) -> Step | None:
    """Where passing it leads: up again to whoever sent it down, or to the step that follows."""
    procedure = procedure_of(application)
    passed = ahead(procedure, application.position)
    return None if passed.standing.is_final else procedure.step(passed.step)


def _goes_to(case: CaseFile, act: Act) -> Step:
    procedure = procedure_of(case.application)
    below = procedure.below(case.step.code) if act is Act.SEND_DOWN else None
    return below or procedure.first


def _ways(case: CaseFile) -> dict[Act, str]:
    """The returns that are open, and to whom each leads in words; all where none is."""
    ways = returns_open(case) or procedure_of(case.application).returns(case.step.code)
    says = {
        Act.SEND_BACK: _("退回申报人本人"),
        Act.SEND_DOWN: _("退回下一级：“%(step)s”") % {"step": _goes_to(case, Act.SEND_DOWN).title},
    }
    return {act: says[act] for act in ways}


def _only_way(case: CaseFile, form: SendBackForm) -> Step | None:
    """Where the only return leads; None where the officer chooses."""
    return _goes_to(case, form.ways[0]) if len(form.ways) == 1 else None


def _offered_day(request: SignedInRequest) -> date:
    today = day(moment_of(request.user))
    try:
        return calendar().working_days_after(today, DAYS_TO_MEND)
    except UnknownYear:
        return today + timedelta(days=7)


def _returnable(case: CaseFile) -> list[Returnable]:
    """Every place of the form that is asked, then every material of the track."""
    application = case.application
    pack = pack_of(application.cycle)
    places: list[Returnable] = []
    for section in pack.form.for_track(application.track).sections:
        whole = _("整个部分：%s") % section.title
        places.append(Returnable(section.code, whole, section.title, section.title))
        places += [
            Returnable(
                f"{section.code}.{field.code}",
                _label(field.label, field.kind),
                section.title,
                field.label,
            )
            for field in section.fields
        ]
    places += [
        Returnable(f"evidence.{material.code}", material.title, _("证明材料"))
        for material in pack.materials
        if not material.tracks or application.track in material.tracks
    ]
    return places


def _doubts(case: CaseFile, request: SignedInRequest) -> dict[str, str]:
    """What was ticked as doubtful in the file: a note for each place that can be returned."""
    noted: dict[str, list[str]] = {}
    for block in blocks_of(case, request.user).doubtful:
        notes = "；".join(said.tick.note for said in block.doubts)
        section, _dot, row = block.place.partition(".")
        path = f"{section}.{row.partition('.')[0]}" if row else section
        noted.setdefault(path, []).append(f"{block.label}：{notes}" if row else notes)
    return {path: "；".join(notes) for path, notes in noted.items()}


def _chosen(
    request: SignedInRequest, places: list[Returnable], doubts: Mapping[str, str]
) -> list[Returnable]:
    """What was ticked here or in the file, and what was doubted there, in the form's order."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = set(given.getlist("item")) | (set(doubts) if request.method == "GET" else set())
    return [place for place in places if place.path in wanted]


def _label(label: str, kind: FieldKind) -> str:
    return _("%s（表格）") % label if kind is FieldKind.ROWS else label
