"""What anybody may read and send without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.actions.publicity import object_to
from juxian.desks.common import phrases
from juxian.desks.common.http import answer, page_of
from juxian.desks.common.throttle import is_too_often
from juxian.desks.public.forms import ObjectionForm, ProgressForm, VerifyForm
from juxian.desks.public.verifying import check_paper
from juxian.records.clock import day, now
from juxian.records.models import Person
from juxian.records.packs import pack_of
from juxian.regulation.refusal import Refusal
from juxian.selectors import guide as guides
from juxian.selectors.public_notice import Notice, groups_of, notice_of, notices
from juxian.selectors.public_progress import progress_of

QUESTIONS = {"times": 20, "seconds": 600}
OBJECTIONS = {"times": 5, "seconds": 3600}
RECEIPT = "objection_receipt"


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    moment = now()
    calls = guides.calls(moment)
    running = notices(day(moment), running=True)
    context = {"calls": calls, "notices": running, "now": moment, "contacts": _contacts(calls)}
    return answer(request, "public/home.html", context)


@login_not_required
def guide(request: HttpRequest, code: str) -> HttpResponse:
    moment = now()
    found = guides.guide_of(code, moment)
    if found is None:
        raise Http404
    context = {"guide": found, "now": moment, "contacts": found.contacts}
    return answer(request, "public/guide.html", context)


@login_not_required
def notice_list(request: HttpRequest) -> HttpResponse:
    today = day(now())
    over = page_of(request, notices(today, running=False))
    context = {"running": notices(today, running=True), "over": over, "contacts": _help()}
    return answer(request, "public/notices.html", context)


@login_not_required
def notice(request: HttpRequest, pk: int, key: str = "") -> HttpResponse:
    found = _notice_or_404(request, pk, key)
    context = {"notice": found, "groups": groups_of(found) if found.is_running else ()}
    return answer(request, "public/notice.html", context | _about(found, key))


@login_not_required
def objection(request: HttpRequest, pk: int, key: str = "") -> HttpResponse:
    found = _notice_or_404(request, pk, key)
    if not found.is_running:
        raise Http404
    form = ObjectionForm(request.POST or None, groups=groups_of(found))
    context = {"notice": found, "form": form} | _about(found, key)
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "objection", **OBJECTIONS):
            form.add_error(None, _("提交太频繁，请稍后再试，或向受理部门电话、书面反映。"))
            return answer(request, "public/objection.html", context, refused=True)
        given = form.cleaned_data
        try:
            received = object_to(
                pk,
                given["application"],
                objector=form.objector,
                category=given["category"],
                facts=given["facts"],
            )
        except Refusal as refusal:
            form.refused(refusal)
        else:
            request.session[RECEIPT] = received.receipt
            return redirect("public:objection_received")
    return answer(request, "public/objection.html", context, refused=bool(form.errors))


@login_not_required
def objection_received(request: HttpRequest) -> HttpResponse:
    receipt = request.session.get(RECEIPT)
    if receipt is None:
        raise Http404
    return answer(
        request, "public/objection_received.html", {"receipt": receipt, "contacts": _help()}
    )


@login_not_required
def progress(request: HttpRequest) -> HttpResponse:
    form, found = ProgressForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "progress", **QUESTIONS):
            form.add_error(None, _("查询太频繁，请过十分钟再试。"))
        else:
            found = progress_of(form.cleaned_data["number"], form.cleaned_data["name"])
            if found is None:
                form.add_error(None, str(phrases.NO_RECEIPT))
    context = {"form": form, "found": found, "contacts": _help()}
    return answer(request, "public/progress.html", context, refused=bool(form.errors))


@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    form, found = VerifyForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "verify", **QUESTIONS):
            form.add_error(None, _("查询太频繁，请过十分钟再试。"))
        else:
            given = form.cleaned_data
            found = check_paper(given["number"], given["check"], given.get("mark"))
            if found is None:
                form.add_error(None, str(phrases.NO_PAPER))
    context = {"form": form, "found": found, "contacts": _help()}
    return answer(request, "public/verify.html", context, refused=bool(form.errors))


def _notice_or_404(request: HttpRequest, pk: int, key: str) -> Notice:
    person = request.user if isinstance(request.user, Person) else None
    found = notice_of(pk, day(now()), key=key, person=person)
    if found is None:
        raise Http404
    return found


def _about(found: Notice, key: str) -> dict[str, object]:
    contacts = pack_of(found.proceeding.cycle).contacts
    return {"key": key, "office": found.proceeding.office, "contacts": contacts, "now": now()}


def _contacts(calls: tuple[guides.Call, ...]) -> tuple[object, ...]:
    return calls[0].contacts if calls else ()


def _help() -> tuple[object, ...]:
    """Whom to call, on a page about no single call."""
    return _contacts(guides.calls(now()))
