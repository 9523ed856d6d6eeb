"""A form that was sent too late: its session had ended, or another sign-in renewed its token.

What was typed comes along, sealed, in the page that is answered with; see ADR 0017.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from juxian.desks.common import held
from juxian.desks.common.accounts import Login

AUTO = "auto"  # what the page's script says instead of a button's name
SIGNED_OUT, FORGED, MEND = 401, 403, 422
FIELD_ID = re.compile(r"[\w.-]{1,120}")

View = TypeVar("View", bound=Callable[..., HttpResponse])


def filled_in(view: View) -> View:
    """A view with a form that must not be lost; it may also come sealed, as it was held."""

    @wraps(view)
    def taking(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if held.FIELD not in request.POST:
            return view(request, *args, **named)
        before = held.opened(request.POST[held.FIELD])
        if before is None or before.path != request.path:
            messages.warning(request, _("暂存的内容已过期，没有保存；请核对本页后重新填写。"))
            return redirect(request.path)
        for name, values in request.POST.lists():
            if name not in held.NOT_TYPED:
                before.typed.setlist(name, values)
        request.POST = before.typed  # type: ignore[assignment]
        return view(request, *args, **named)

    taking.is_filled = True  # type: ignore[attr-defined]
    return cast("View", taking)


def signed_out(request: HttpRequest) -> HttpResponse:
    """The session had ended before the form came: the login page, which leads back to the field."""
    if request.POST.get("go") == AUTO:
        return JsonResponse({"state": "signed_out"}, status=SIGNED_OUT)
    return _login(request, held.hold(request), _way_back(request))


def overtaken(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's
    """Its token was of before the last sign-in: one more press, if the form is from this site."""
    if request.POST.get("go") == AUTO:
        return JsonResponse({"state": "token"}, status=FORGED)
    sealed = _held_here(request) if _is_ours(request) else ""
    before = held.opened(sealed)
    if before is not None and not request.user.is_authenticated:
        return _login(request, sealed, before.path)
    context = {"held": sealed, "path": before.path if before else ""}
    return render(request, "403_csrf.html", context, status=FORGED)


def _login(request: HttpRequest, sealed: str, back: str) -> HttpResponse:
    context = {
        "form": Login(initial={held.FIELD: sealed}, request=request),
        "is_held": bool(sealed),
        "redirect_field": format_html('<input type="hidden" name="next" value="{}">', back),
        "signup_url": reverse("account_signup"),
    }
    return render(request, "account/login.html", context, status=MEND)


def _way_back(request: HttpRequest) -> str:
    """To the page, and to the field where its script says that the person was."""
    at = request.POST.get("at", "")
    path = request.get_full_path()
    return f"{path}#{at}" if FIELD_ID.fullmatch(at) else path


def _held_here(request: HttpRequest) -> str:
    if held.FIELD in request.POST:  # the login page, sent after a sign-in in another tab
        return request.POST[held.FIELD]
    match = request.resolver_match
    return held.hold(request) if match and getattr(match.func, "is_filled", False) else ""


def _is_ours(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form, as the browser says; Chromium always does."""
    origin = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == origin
