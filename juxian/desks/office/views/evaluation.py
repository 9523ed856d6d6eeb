"""Recording an evaluation by experts (评议、评审) with live arithmetic, and concluding it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juxian.actions import evaluation as actions
from juxian.actions.evaluation_draft import drop_draft, keep_draft
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest
from juxian.desks.office.forms.evaluation import EvaluationForm
from juxian.desks.office.forms.experts import with_panel
from juxian.desks.office.forms.ranking import RankForm
from juxian.desks.office.forms.sitting import as_recorded, as_typed, rows_in
from juxian.desks.office.frame import list_at, page
from juxian.desks.office.views.proceeding import about
from juxian.records.models import EvaluationDraft
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Kind
from juxian.selectors.evaluation import EarlierPanel, draft_of, earlier_panels, panel_in, stamp_in
from juxian.selectors.proceeding import Docket, docket_of, is_work_of
from juxian.selectors.reconsideration import corrector_of, may_be_reconsidered

MORE = 5
ASIDE = ("more", "bring", "keep", "drop")  # buttons that do not record


@dataclass(frozen=True, slots=True)
class Desk:
    """A sitting's page before anything is done on it."""

    docket: Docket
    draft: EvaluationDraft | None
    panels: tuple[EarlierPanel, ...]

    @classmethod
    def at(cls, request: SignedInRequest, pk: int) -> "Desk":
        docket = docket_of(list_at(request, pk, Kind.REVIEW))
        if docket.step.secret or not docket.is_open:
            return cls(docket, None, ())
        return cls(docket, draft_of(docket.proceeding), earlier_panels(docket.proceeding))


def evaluation(request: SignedInRequest, pk: int) -> HttpResponse:
    desk = Desk.at(request, pk)
    aside = next((name for name in ASIDE if name in request.POST), "")
    if aside in ("keep", "drop"):
        return _draft(request, desk, aside)
    form = _form(request, desk, checked=not aside)
    recorded = done(
        form,
        lambda: actions.record(pk, by=request.user, sitting=form.sitting, tallies=form.tallies),
    )
    if recorded is not None:
        messages.success(request, _("已保存评议记录，可以办结或继续修改。"))
        return redirect("office:evaluation", pk=pk)
    return _page(request, desk, form, refused=not aside and bool(form.errors))


@require_POST
def figures(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keeps what is typed so far; what it comes to, as pieces for the page that is open."""
    desk = Desk.at(request, pk)
    form = _form(request, desk, checked=False)
    try:
        draft, kept = _keep(request, desk, form), ""
    except Refusal as refusal:
        draft, kept = None, str(refusal)
    context = {"form": form, "docket": desk.docket, "draft": draft, "not_kept": kept}
    return page(request, "office/_figures.html", context)


@require_POST
def conclude(request: SignedInRequest, pk: int) -> HttpResponse:
    desk = Desk.at(request, pk)
    if desk.docket.proceeding.present is None:
        messages.error(request, _("请先登记评议情况和票数"))
        return redirect("office:evaluation", pk=pk)
    ranks = RankForm(request.POST, docket=desk.docket)
    outcome = done(ranks, lambda: actions.conclude(pk, by=request.user, decisions=ranks.decisions))
    if outcome is None:
        return _page(request, desk, _opened(desk), ranks=ranks, refused=True)
    said = _("评议已办结：通过 %(carried)d 人，未通过 %(lost)d 人。")
    carried = len(outcome.carried)
    messages.success(request, said % {"carried": carried, "lost": len(outcome.counted) - carried})
    return redirect("office:evaluation", pk=pk)


def _page(
    request: SignedInRequest,
    desk: Desk,
    form: EvaluationForm,
    *,
    ranks: RankForm | None = None,
    refused: bool,
) -> HttpResponse:
    docket = desk.docket
    is_counted = docket.is_open and not docket.step.secret and docket.proceeding.present is not None
    context = {
        **about(request, docket),
        "form": form,
        "ranks": ranks or (RankForm(docket=docket) if is_counted else None),
        "draft": desk.draft,
        "panels": desk.panels,
        "panel": panel_in(docket),
        "stamp": stamp_in(docket),
        **_correction(request, docket),
    }
    template = "office/secret_review.html" if docket.step.secret else "office/evaluation.html"
    return page(request, template, context, refused=refused)


def _correction(request: SignedInRequest, docket: Docket) -> dict[str, object]:
    """The list that corrects this one, or whether the person may open one."""
    old = docket.proceeding
    corrector = None if docket.is_open or docket.step.secret else corrector_of(old)
    may = may_be_reconsidered(old, corrector) and is_work_of(request.user, old, docket.tracks)
    return {"corrector": corrector, "may_reconsider": may}


def _form(request: SignedInRequest, desk: Desk, *, checked: bool) -> EvaluationForm:
    """Posted values to check; or to go on with as typed or kept, with more rows when asked for."""
    docket = desk.docket
    if request.method == "POST" and checked:
        return EvaluationForm(request.POST, docket=docket, experts=rows_in(request.POST))
    if request.method == "POST":
        return _going_on(docket, _more(request, desk))
    return _opened(desk)


def _opened(desk: Desk) -> EvaluationForm:
    """On what was typed and not yet recorded, or else on the record."""
    if desk.draft is not None:
        return _going_on(desk.docket, desk.draft.typed)
    return EvaluationForm(docket=desk.docket, initial=as_recorded(desk.docket))


def _more(request: SignedInRequest, desk: Desk) -> dict[str, str]:
    """What is posted, with the rows or the experts that were asked for."""
    typed = request.POST.dict()
    wanted = typed.get("bring", "")
    for panel in desk.panels:
        if str(panel.proceeding) == wanted:
            return with_panel(typed, panel.experts)
    if "more" in typed:
        rows = rows_in(typed)
        typed |= {f"expert-{n}-name": "" for n in range(rows, rows + MORE)}
        typed |= {f"expert-{n}-present": "on" for n in range(rows, rows + MORE)}
    return typed


def _going_on(docket: Docket, typed: Mapping[str, str]) -> EvaluationForm:
    return EvaluationForm(
        docket=docket, experts=rows_in(typed), typed=typed, initial=as_typed(typed)
    )


def _draft(request: SignedInRequest, desk: Desk, wanted: str) -> HttpResponse:
    pk = desk.docket.proceeding.pk
    try:
        if wanted == "drop":
            drop_draft(pk, by=request.user)
            messages.success(request, _("已放弃暂存的修改。"))
        else:
            _keep(request, desk, _form(request, desk, checked=False))
            messages.success(request, _("已暂存，可以以后再填。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("office:evaluation", pk=pk)


def _keep(request: SignedInRequest, desk: Desk, form: EvaluationForm) -> EvaluationDraft:
    typed = {name: request.POST[name] for name in form.fields if name in request.POST}
    stamp = request.POST.get("stamp", stamp_in(desk.docket))
    return keep_draft(desk.docket.proceeding.pk, by=request.user, typed=typed, stamp=stamp)
