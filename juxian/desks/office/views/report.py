"""Reports (总结材料): what the office owes and hands in, and what others have handed in."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.access.duties import duties_with, moment_of
from juxian.actions import report as actions
from juxian.actions import report_receiving as receiving
from juxian.desks.common.acting import done
from juxian.desks.common.files import sent
from juxian.desks.common.http import SignedInRequest, page_of, posted
from juxian.desks.common.late import AUTO, filled_in
from juxian.desks.common.sessions import seconds_left
from juxian.desks.office.forms.report import GiveBackForm, ReportForm, texts_in
from juxian.desks.office.frame import duties_here, page
from juxian.records.clock import day
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Role
from juxian.selectors import report as selectors
from juxian.selectors.report import UNSETTLED, Asked, Owed, Timeliness

STAY = "stay"
CONFLICT = 409


@require_safe
def reports(request: SignedInRequest) -> HttpResponse:
    """What the person's offices owe, and whose reports come to them."""
    duties_here(request)
    owed = selectors.asked_of(request.user)
    missing = [one for one in owed if one.timeliness in UNSETTLED]
    theirs = _hands_in_at(request)
    missing.sort(key=lambda one: one.asked.due_at)
    context = {
        "owed": owed,
        "missing": missing,
        "nearest_due": min((one.asked.due_at for one in missing), default=None),
        "to_hand_in": next((one for one in missing if one.office.pk in theirs), None),
        "received": selectors.received_by(request.user),
        "hands_in_at": theirs,
    }
    return page(request, "office/reports.html", context)


def _hands_in_at(request: SignedInRequest) -> set[int]:
    """Keys of the offices whose reports the person may hand in."""
    duties = duties_with(request.user, Role.HANDLER)
    return {office for duty in duties for office in duty.office_ids}


@filled_in
def hand_in(request: SignedInRequest, cycle: int, office: int, code: str) -> HttpResponse:
    """Writing the parts of a report, kept as they are typed, and handing it in."""
    duties_here(request)
    owed = _owed(request, cycle, office, code)
    if request.POST.get("go") in (AUTO, STAY):
        return _kept(request, owed)
    draft, latest = selectors.draft_of(owed), owed.latest
    written = draft.texts if draft else latest.row.texts if latest else {}
    report = owed.asked.report
    form = ReportForm(
        posted(request),
        request.FILES or None,
        report=report,
        initial={f"part_{n}": written.get(part, "") for n, part in enumerate(report.parts)}
        | {"version": draft.version if draft else 0},
    )
    if done(form, lambda: actions.hand_in(cycle, office, code, by=request.user, **form.given)):
        messages.success(request, _("总结材料已报送。"))
        return redirect("office:reports")
    context = {"form": form, "owed": owed, "draft": draft}
    return page(request, "office/hand_in.html", context, refused=bool(form.errors))


def _owed(request: SignedInRequest, cycle: int, office: int, code: str) -> Owed:
    wanted = (cycle, office, code)
    found = (
        one
        for one in selectors.asked_of(request.user)
        if (one.asked.cycle.pk, one.office.pk, one.asked.report.code) == wanted
    )
    owed = next(found, None)
    if owed is None or office not in _hands_in_at(request):
        raise Http404
    return owed


def _kept(request: SignedInRequest, owed: Owed) -> HttpResponse:
    """The draft saved: by the page's script, or by its button."""
    asked, version = owed.asked, request.POST.get("version", "")
    here = reverse("office:hand_in", args=[asked.cycle.pk, owed.office.pk, asked.report.code])
    is_alone = request.POST.get("go") == AUTO
    try:
        draft = actions.save_draft(
            asked.cycle.pk,
            owed.office.pk,
            asked.report.code,
            by=request.user,
            texts=texts_in(asked.report, request.POST),
            version=int(version) if version.isdecimal() else 0,
        )
    except Refusal as refusal:
        if is_alone:
            stopped = {"state": "closed", "says": f"{refusal}。", "url": here}
            return JsonResponse(stopped, status=CONFLICT)
        messages.error(request, str(refusal))
        return redirect(here)
    if is_alone:
        said = _("已自动保存 %(time)s") % {"time": f"{timezone.localtime(draft.saved_at):%H:%M}"}
        left = seconds_left(request)
        told = {"state": "saved", "version": draft.version, "says": said, "left": left}
        return JsonResponse(told)
    messages.success(request, _("已保存，还没有报送。"))
    return redirect(here)


@require_safe
def received(request: SignedInRequest, cycle: str, code: str) -> HttpResponse:
    """Who has handed a report in, in time or late, who is to complete it, and who has not."""
    asked = _asked(request, cycle, code)
    only = request.GET.get("only", "")
    reports = selectors.received(asked, only if only in set(Timeliness) else "")
    unsettled = sum(reports.counts[one] for one in UNSETTLED)
    context = {
        "asked": asked,
        "only": only,
        "tabs": [(one, said, reports.counts[one]) for one, said in selectors.TIMELINESS.items()],
        "total": sum(reports.counts.values()),
        "missing": unsettled,
        "merged": sum(reports.counts.values()) - reports.counts[Timeliness.MISSING],
        "rows": page_of(request, reports.rows),
        "told": selectors.reminded_today(asked, day(moment_of(request.user))),
        "key": selectors.key_of(asked),
    }
    return page(request, "office/received_reports.html", context)


def remind(request: SignedInRequest, cycle: str, code: str) -> HttpResponse:
    """Those that owe a report, to be reminded together: what each will read, then sent."""
    asked = _asked(request, cycle, code)
    told = selectors.reminded_today(asked, day(moment_of(request.user)))
    owing = [one for one in selectors.received(asked).rows if one.timeliness in UNSETTLED]
    if request.method == "POST":
        given = [int(pk) for pk in request.POST.getlist("office") if pk.isdecimal()]
        try:
            offices = receiving.remind(asked, given, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("已催办 %(count)d 个单位。") % {"count": len(offices)})
        return redirect("office:received_reports", cycle, code)
    context = {
        "asked": asked,
        "rows": [(one, receiving.told_of(one)) for one in owing if one.office.pk not in told],
        "told": [one for one in owing if one.office.pk in told],
    }
    return page(request, "office/remind_reports.html", context)


def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version, part by part; who receives it may give it back to be completed."""
    duties_here(request)
    version = get_object_or_404(selectors.reports(request.user), pk=pk)
    asked = selectors.receives(request.user, version.cycle.code, version.code)
    newer = selectors.newer_than(version)
    may_give_back = asked is not None and newer is None and not hasattr(version, "returned")
    form = GiveBackForm(posted(request))
    if request.method == "POST" and not may_give_back:
        raise Http404
    if done(form, lambda: receiving.give_back(pk, form.cleaned_data["words"], by=request.user)):
        messages.success(request, _("已退回单位补充，并已通知经办人员。"))
        return redirect("office:received_reports", version.cycle.code, version.code)
    context = {
        "report": version,
        "version": selectors.version_of(version),
        "asked": asked,
        "newer": newer,
        "form": form if may_give_back else None,
    }
    return page(request, "office/report.html", context, refused=bool(form.errors))


def _asked(request: SignedInRequest, cycle: str, code: str) -> Asked:
    duties_here(request)
    asked = selectors.receives(request.user, cycle, code)
    if asked is None:
        raise Http404
    return asked


@require_safe
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A document of a report, to keep."""
    duties_here(request)
    kept = get_object_or_404(selectors.files(request.user), pk=pk)
    return sent(kept.file, f"{kept.report.office.name}-{kept.title}")
