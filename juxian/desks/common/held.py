"""What was typed into a page that could not take it: sealed, and carried by the browser itself.

Nobody is signed in when it is made, so nothing of it is stored on this side before a password is
given; see ADR 0017.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from juxian.records import sealing

KEPT = timedelta(hours=12)
LARGEST = 400_000  # letters; a section of the form has some 20,000
NOT_TYPED = ("csrfmiddlewaretoken", "held")
FIELD = "held"  # of a form, and of a session


@dataclass(frozen=True, slots=True)
class Held:
    """A form as it was sent to `path`; `had_files` when a file was with it, which is not held."""

    path: str
    typed: QueryDict
    had_files: bool


def hold(request: HttpRequest) -> str:
    """The form that was just sent, sealed; "" when it is too large for that."""
    typed = request.POST.copy()
    for name in NOT_TYPED:
        typed.pop(name, None)
    whole = {
        "path": request.path,
        "at": timezone.now().isoformat(),
        "typed": typed.urlencode(),
        "had_files": any(request.FILES.values()),
    }
    text = json.dumps(whole)
    return sealing.seal(text) if len(text) <= LARGEST else ""


def opened(sealed: str) -> Held | None:
    """None for what is not of this site's making, or older than `KEPT`."""
    try:
        whole = json.loads(sealing.unseal(sealed))
        made = datetime.fromisoformat(whole["at"])
        held = Held(whole["path"], QueryDict(whole["typed"], mutable=True), whole["had_files"])
    except (ValueError, KeyError, TypeError, InvalidTag):
        return None
    return held if timezone.now() - made < KEPT else None


def bring(request: HttpRequest, sealed: str) -> None:
    """Into the session of who has just given a password, until its page is saved."""
    if opened(sealed) is not None:
        request.session[FIELD] = sealed


def brought(request: HttpRequest) -> Held | None:
    """What was brought along for this very page."""
    held = opened(request.session.get(FIELD, ""))
    return held if held is not None and held.path == request.path else None


def let_go(request: HttpRequest) -> None:
    """Once the page has been saved."""
    if brought(request) is not None:
        del request.session[FIELD]
