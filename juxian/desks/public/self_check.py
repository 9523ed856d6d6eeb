"""资格自查: one question a page, answers in the address, nothing stored, no account.

The answers are letters without a name; the log names the route and leaves the query out.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from juxian.desks.common.http import answer
from juxian.desks.public.forms import SelfCheckForm, TrackForm
from juxian.records.clock import now
from juxian.regulation.pack import Pack
from juxian.regulation.self_check import Outcome
from juxian.selectors.guide import Call, call_of
from juxian.selectors.self_check import SelfCheck, letters, self_check_of


@login_not_required
@require_safe
def self_check(request: HttpRequest, code: str) -> HttpResponse:
    moment = now()
    found = call_of(code, moment)
    if found is None:
        raise Http404
    call, pack = found
    codes = [track.code for track in pack.tracks]
    track = request.GET.get("track", codes[0] if len(codes) == 1 else "")
    if track not in codes:
        return _tracks(request, call, pack)
    at = self_check_of(pack, track, request.GET.get("given", ""))
    around = {"call": call, "check": at, "now": moment, "contacts": pack.contacts}
    around["back"] = _address(call, at, given=letters(at.given[:-1])) if at.given else ""
    if at.is_over:
        return answer(request, "public/self_check_result.html", around | _result(at))
    form = SelfCheckForm(_sent(request, "answer"), question=at.question)
    if form.is_valid():
        return redirect(_address(call, at, given=letters(at.given) + form.cleaned_data["answer"]))
    return answer(request, "public/self_check.html", around | {"form": form}, refused=form.is_bound)


def _tracks(request: HttpRequest, call: Call, pack: Pack) -> HttpResponse:
    form = TrackForm(_sent(request, "track"), tracks=pack.tracks)
    context = {"call": call, "form": form, "now": now(), "contacts": pack.contacts}
    return answer(request, "public/self_check.html", context, refused=form.is_bound)


def _sent(request: HttpRequest, name: str) -> QueryDict | None:
    """The query once its form was sent, chosen or not."""
    return request.GET if name in request.GET or "go" in request.GET else None


def _address(call: Call, at: SelfCheck, *, given: str) -> str:
    query = QueryDict(mutable=True)
    query.update({"track": at.track.code, "given": given})
    return f"{reverse('public:self_check', args=[call.code])}?{query.urlencode()}"


def _result(at: SelfCheck) -> dict[str, object]:
    return {
        "unmet": at.of(Outcome.UNMET),
        "asks": at.of(Outcome.ASK),
        "reasons": at.of(Outcome.REASON),
        "met": at.of(Outcome.MET, Outcome.PROOF),
        "again": _address_of_start(at),
    }


def _address_of_start(at: SelfCheck) -> str:
    return f"?track={at.track.code}" if len(at.pack.tracks) == 1 else "?"
