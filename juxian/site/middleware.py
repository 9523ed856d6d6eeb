"""What every request meets on its way to a desk, and every answer on its way back.

A view marked `leaves_no_trace = True` (casting a secret ballot) is neither logged nor dated here;
one marked `is_no_activity = True` (a script that asks how long is left) is not dated. A form sent
to one marked `is_filled = True` is not lost for having been sent too late: see ADR 0017.
"""

import time
from collections.abc import Callable
from typing import TypeAlias
from uuid import uuid4

import structlog
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from juxian.desks.common import late, sessions
from juxian.regulation.refusal import Refusal

Answer: TypeAlias = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"

log = structlog.get_logger("juxian.request")


def request_log(answer: Answer) -> Answer:
    """One line per request: the route, never the address or a name; its id goes to the reader."""

    def logged(request: HttpRequest) -> HttpResponse:
        request_id = uuid4().hex
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        try:
            response = answer(request)
        finally:
            structlog.contextvars.unbind_contextvars("request_id")
        response["X-Request-ID"] = request_id
        if not _leaves_no_trace(request):
            log.info(
                "request",
                request_id=request_id,
                method=request.method,
                route=request.resolver_match.route if request.resolver_match else "",
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
        return response

    return logged


def session_clock(answer: Answer) -> Answer:
    """Idle time is counted on the server; a session is dated at most every five minutes."""

    def dated(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.user.is_authenticated and not _is_no_activity(request):
            sessions.keep_dated(request)
        return response

    return dated


def private_pages(answer: Answer) -> Answer:
    """No page of a signed-in person is kept by a browser or a proxy, unless its view says how."""

    def kept_private(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response["Permissions-Policy"] = PERMISSIONS
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return kept_private


class LoginWall(LoginRequiredMiddleware):
    """Nobody passes without signing in; what they had typed comes along."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        if request.method == "POST" and getattr(view_func, "is_filled", False):
            return late.signed_out(request)  # type: ignore[return-value]
        return super().handle_no_permission(request, view_func)


def _is_no_activity(request: HttpRequest) -> bool:
    return _leaves_no_trace(request) or _is_marked(request, "is_no_activity")


def _leaves_no_trace(request: HttpRequest) -> bool:
    return _is_marked(request, "leaves_no_trace")


def _is_marked(request: HttpRequest, mark: str) -> bool:
    return bool(request.resolver_match and getattr(request.resolver_match.func, mark, False))


class RefusalPage:
    """A refusal that no page took up is still an answer with a reason, not a fault."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        log.warning("refused", kind=type(exception).__name__)
        return render(request, "refused.html", {"refusal": exception}, status=409)
