"""What every request meets on its way to a desk, and every answer on its way back.

A view marked `leaves_no_trace = True` (casting a secret ballot) is neither logged nor dated here.
"""

import time
from collections.abc import Callable
from typing import TypeAlias
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from juxian.regulation.refusal import Refusal

Answer: TypeAlias = Callable[[HttpRequest], HttpResponse]

SESSION_DATED_EVERY = 300
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
        if request.user.is_authenticated and not _leaves_no_trace(request):
            now = int(time.time())
            if now - request.session.get("dated", 0) >= SESSION_DATED_EVERY:
                request.session["dated"] = now
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


def _leaves_no_trace(request: HttpRequest) -> bool:
    return bool(
        request.resolver_match and getattr(request.resolver_match.func, "leaves_no_trace", False)
    )


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
