"""Which desk to sit down at, how large to read, and whether one is still signed in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from juxian.desks.common import code_lists, sessions
from juxian.desks.common.accounts import desks_of
from juxian.desks.common.http import SignedInRequest, safe_next

A_YEAR = 365 * 24 * 3600
FOR_EVER = f"public, max-age={A_YEAR}, immutable"


def desks(request: SignedInRequest) -> HttpResponse:
    """All desks of the person, to choose from."""
    return TemplateResponse(request, "desks.html", {"desks": desks_of(request.user)})


@login_not_required
@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Large or ordinary letters, remembered by the browser."""
    response = redirect(safe_next(request, "/"))
    if request.POST.get("size") == "large":
        response.set_cookie("reading", "large", max_age=A_YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie("reading")
    return response


@login_not_required
def session(request: HttpRequest) -> HttpResponse:
    """For the page's script: `left`, seconds until the session ends, 0 for who is not signed in;
    `token`, what a form must send. Asking does not lengthen it, posting does (继续填写)."""
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0})
    if request.method == "POST":
        sessions.date(request)
    return JsonResponse({"left": sessions.time_left(request), "token": get_token(request)})


session.is_no_activity = True  # type: ignore[attr-defined]


@login_not_required
@require_safe
def code_list(request: HttpRequest, named: str, version: str) -> HttpResponse:  # noqa: ARG001
    """A public list for the pages' script, kept by the browser until the list changes."""
    try:
        current, content = code_lists.written(*code_lists.list_named(named))
    except LookupError:
        raise Http404 from None
    response = HttpResponse(content, content_type="application/json")
    response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = FOR_EVER if version == current else "no-cache"
    return response
