"""Which of several posts a person acts for at this desk (职务切换); all of them unless chosen."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from juxian.access.duties import act_for

CHOSEN = "post"


class ActingPost:
    """At the office desk alone; elsewhere a person has all duties."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        here = request.resolver_match is not None and request.resolver_match.namespace == "office"
        if here and request.user.is_authenticated:
            post = request.session.get(CHOSEN)
            act_for(request.user, post if isinstance(post, int) else None)
