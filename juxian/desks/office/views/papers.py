"""Papers (纸质材料): forms, recommendation forms, lists and packing lists, made on demand."""

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.access import scope
from juxian.access.duties import moment_of
from juxian.actions.printing import print_form
from juxian.desks.common.http import SignedInRequest
from juxian.desks.office.frame import duties_here, file_at, list_at, page
from juxian.desks.office.printing import PDF, XLSX, printed
from juxian.papers.evaluation_summary import evaluation_summary
from juxian.papers.nomination_form import nomination_form
from juxian.papers.packing_list import packing_lists
from juxian.papers.sign_in_sheet import sign_in_sheet
from juxian.papers.summary_list import summary_list
from juxian.records.clock import day
from juxian.records.models import Cycle, Office, ProceedingItem
from juxian.records.packs import pack_of
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Kind
from juxian.selectors import office_documents, paper_lists
from juxian.selectors.casefile import latest_submission
from juxian.selectors.document_subjects import key_of_office, reads_all_tracks
from juxian.selectors.papers import application_form_input
from juxian.selectors.quota import holdings_of


@require_safe
def papers(request: SignedInRequest) -> HttpResponse:
    """Every document that the office can make, by what it is for, and what others wait for."""
    offices = {duty.office.pk for duty in duties_here(request)}
    nominated: dict[tuple[Cycle, Office], list[ProceedingItem]] = {}
    for item in paper_lists.nominated_at(offices):
        holder = item.proceeding.cycle, item.proceeding.office
        nominated.setdefault(holder, []).append(item)
    sent_up = {(cycle.pk, office.pk) for cycle, office in nominated}
    context = {
        "nominated": [
            (cycle, office, items, _parcels(cycle, items), _key(request, cycle, office))
            for (cycle, office), items in nominated.items()
        ],
        "reports": office_documents.reports_of(request.user, holdings_of(offices), sent_up),
        "lists": office_documents.lists_of(request.user, day(moment_of(request.user))),
    }
    return page(request, "office/papers.html", context)


def _key(request: SignedInRequest, cycle: Cycle, office: Office) -> str:
    """Of the labels, for who sees every track that the office sends up; "" for others."""
    return key_of_office(cycle, office) if reads_all_tracks(request.user, office.pk) else ""


def _parcels(cycle: Cycle, items: list[ProceedingItem]) -> list[tuple[str, int]]:
    """One parcel a track: its title, and how many nominees are in it."""
    counts = Counter(item.application.track for item in items)
    return [(pack_of(cycle).track(track).title, count) for track, count in counts.items()]


@require_safe
def form(request: SignedInRequest, number: str) -> HttpResponse:
    """The application form (登记表) of the latest turn."""
    application = file_at(request, number)
    submission = latest_submission(application)
    if submission is None:
        raise Http404
    given = application_form_input(application, submission)
    known = {"name": application.name, "turn": submission.turn}
    name = _("%(name)s-登记表-第%(turn)d轮.pdf") % known
    return printed(request, application, name, PDF, lambda: print_form(given, submission)[0])


@require_safe
def nomination(request: SignedInRequest, number: str) -> HttpResponse:
    """The recommendation form (推荐表) of one nominee."""
    application = file_at(request, number)
    item = paper_lists.nomination_numbered(application.number)
    mine = scope.proceedings(request.user)
    if item is None or not mine.filter(pk=item.proceeding_id).exists():
        raise Http404
    given = paper_lists.nomination_input(item)
    name = _("%s-推荐表.pdf") % application.name
    return printed(request, application, name, PDF, lambda: nomination_form(given))


@require_safe
def summary(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list of nominees (一览表) as Excel."""
    proceeding = list_at(request, pk, Kind.RECOMMEND)
    given = paper_lists.summary_input(proceeding)
    name = _("%s-推荐人选一览表.xlsx") % proceeding.office.name
    return printed(request, proceeding, name, XLSX, lambda: summary_list(given))


@require_safe
def evaluation(request: SignedInRequest, pk: int) -> HttpResponse:
    """The summary of an evaluation (专家评议结果汇总表)."""
    proceeding = list_at(request, pk, Kind.REVIEW)
    if proceeding.present is None:
        raise Http404
    given = paper_lists.evaluation_input(proceeding)
    name = _("%s-专家评议结果汇总表.pdf") % proceeding.office.name
    return printed(request, proceeding, name, PDF, lambda: evaluation_summary(given))


@require_safe
def sign_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sheet that the experts of a sitting sign (签到表); also before it is held."""
    proceeding = list_at(request, pk, Kind.REVIEW)
    given = paper_lists.sign_in_input(proceeding)
    name = _("%s-评议专家签到表.pdf") % proceeding.office.name
    return printed(request, proceeding, name, PDF, lambda: sign_in_sheet(given))


@require_safe
def parcel(request: SignedInRequest, cycle: int, office: int, number: int) -> HttpResponse:
    """The packing list (装箱单) of one track's parcel, counted from 1."""
    offices = {duty.office.pk for duty in duties_here(request)}
    holdings = {(one.cycle.pk, one.office.pk): one for one in holdings_of(offices)}
    holding = holdings.get((cycle, office))
    if holding is None:
        raise Http404
    try:
        parcels = packing_lists(paper_lists.packing_input(holding.cycle, holding.office))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("office:papers")
    if not 1 <= number <= len(parcels):
        raise Http404
    packed, content = parcels[number - 1]
    known = {"office": holding.office.name, "track": packed.track}
    name = _("%(office)s-装箱单-%(track)s.pdf") % known
    return printed(request, holding.cycle, name, PDF, lambda: content)
