"""The receiving desk (纸质接收): a parcel's pages, by scanner, camera, scanned file or by hand."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juxian.actions import parcel as actions
from juxian.actions.parcel_scan import scan_pile
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.common.page_image import page_image
from juxian.desks.office.forms.parcel import ByHandForm, PileForm
from juxian.desks.office.frame import page
from juxian.desks.office.views.parcel import about, awaited_at
from juxian.regulation.refusal import Refusal
from juxian.selectors.evidence import content_of
from juxian.selectors.page_difference import difference_of
from juxian.selectors.parcel import Awaited, may_receive
from juxian.selectors.parcel_pile import (
    CopyLine,
    PersonLine,
    Pile,
    pages_of,
    pile_of,
    scans_of,
)

WAYS = ("scanner", "camera")


@require_POST
def scan(request: SignedInRequest, number: str) -> HttpResponse:
    """One page's code: green or red at once, and what is still missing of its copy."""
    awaited = receivable_at(request, number)
    way = request.POST.get("way", "")
    scanned, refusal = None, ""
    try:
        mark = actions.mark_in(request.POST.get("code", ""))
        scanned = actions.scan_page(
            number, mark, by=request.user, way=way if way in WAYS else WAYS[0]
        )
    except Refusal as said:
        refusal = str(said)
    pile = pile_of(awaited)
    context = {**about(request, awaited, pile), "scanned": scanned, "refusal": refusal}
    context["line"], context["person"] = _place(pile, scanned)
    if request.headers.get("HX-Request"):
        return TemplateResponse(request, "office/_scanned.html", context)
    return page(request, "office/scan.html", context, refused=bool(refusal))


def _place(
    pile: Pile, scanned: actions.Scanned | None
) -> tuple[CopyLine | None, PersonLine | None]:
    """The copy that a scanned page is of, and whose it is."""
    if scanned is None:
        return None, None
    wanted = (scanned.seen.paper, scanned.seen.copy)
    places = ((line, person) for person in pile.people for line in person.copies)
    return next((at for at in places if (at[0].number, at[0].copy.number) == wanted), (None, None))


def by_hand(request: SignedInRequest, number: str) -> HttpResponse:
    """A page no device reads; with the picture of it, if it came in a scanned file."""
    awaited = receivable_at(request, number)
    pile = pile_of(awaited)
    form = ByHandForm(posted(request), pile=pile)
    if done(
        form,
        lambda: actions.enter_page(
            number, form.at, by=request.user, reason=form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, _("已登记这一页。"))
        return redirect("office:parcel", awaited.number)
    shown = _blind_page(pile, request.GET.get("scan", ""), request.GET.get("page", ""))
    context = {**about(request, awaited, pile), "form": form, "shown": shown}
    return page(request, "office/page_by_hand.html", context, refused=bool(form.errors))


def _blind_page(pile: Pile, scan: str, number: str) -> tuple[int, int] | None:
    """A page that could not be read, if the address names one."""
    for one in pile.scans:
        for blind in one.blind:
            if (str(one.pk), str(blind)) == (scan, number):
                return one.pk, blind
    return None


@require_POST
def scans(request: SignedInRequest, number: str) -> HttpResponse:
    """Scanned files, each to be read by a worker."""
    awaited = receivable_at(request, number)
    form = PileForm(posted(request), request.FILES or None)
    taken = 0
    if form.is_valid():
        for one in form.cleaned_data["scans"]:
            try:
                scan_pile(number, one.read(), by=request.user)
                taken += 1
            except Refusal as refusal:
                messages.error(request, f"{one.name}：{refusal}")
    for said in form.errors.values():
        messages.error(request, str(said[0]))
    if taken:
        messages.success(request, _("已收下%(count)d个文件，正在逐页识别。") % {"count": taken})
    return redirect("office:parcel", awaited.number)


@require_safe
def scan_page_image(request: SignedInRequest, number: str, pk: int, at: int) -> HttpResponse:
    """A page of a scanned file, to be compared by eye."""
    awaited = receivable_at(request, number)
    kept = get_object_or_404(scans_of(awaited), pk=pk)
    try:
        picture = page_image(content_of(kept.file), media_type=kept.file.media_type, page=at)
    except LookupError:
        raise Http404 from None
    return HttpResponse(picture, content_type="image/png")


@require_safe
def difference(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """What a page of an earlier turn says otherwise than what is on file now."""
    awaited = awaited_at(request, number)
    seen = get_object_or_404(pages_of(awaited), pk=pk)
    found = difference_of(awaited, seen)
    if found is None:
        raise Http404
    context = {"awaited": awaited, "seen": seen, "found": found}
    return page(request, "office/page_difference.html", context)


def receivable_at(request: SignedInRequest, number: str) -> Awaited:
    """A parcel that the person may go through; not found for everybody else."""
    awaited = awaited_at(request, number)
    if not may_receive(request.user, awaited):
        raise Http404
    return awaited
