"""How often one place may ask: for pages that answer without signing in."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def is_too_often(request: HttpRequest, what: str, *, times: int, seconds: int) -> bool:
    """Whether this address has asked more than so many times; this time counts."""
    place = get_adapter().get_client_ip(request)
    key = f"throttle:{what}:{place}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > times
    except ValueError:  # it ran out between the two calls
        return False
