"""How long a person stays signed in without doing anything (闲置)."""

import time

from django.conf import settings
from django.http import HttpRequest

DATED = "dated"
DATED_EVERY = 300  # seconds: a session is written down anew at most so often


def is_to_be_dated(request: HttpRequest) -> bool:
    return _idle(request) >= DATED_EVERY


def date(request: HttpRequest) -> None:
    """Idleness is counted from now."""
    request.session[DATED] = int(time.time())


def keep_dated(request: HttpRequest) -> None:
    if is_to_be_dated(request):
        date(request)


def seconds_left(request: HttpRequest) -> int:
    """Until the session ends if nothing more comes; this request itself counts as something."""
    whole: int = settings.SESSION_COOKIE_AGE
    if is_to_be_dated(request):
        return whole
    return time_left(request)


def time_left(request: HttpRequest) -> int:
    """The same when this request counts for nothing."""
    whole: int = settings.SESSION_COOKIE_AGE
    return max(0, whole - _idle(request))


def _idle(request: HttpRequest) -> int:
    dated: int = request.session.get(DATED, 0)
    return int(time.time()) - dated
