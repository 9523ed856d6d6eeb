"""The same visits without a web server, in this process: to count queries and read forms."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.browser import Answer, Browser, Fields, Unexpected
from bench.visits import VISITS, Target

NOT_QUERIES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
NOT_TYPED = ("csrfmiddlewaretoken", "version")


class Insider(Browser):
    """A browser that calls the views directly."""

    def __init__(self) -> None:
        super().__init__(0)
        self._client = Client(SERVER_NAME="127.0.0.1")

    def get(self, path: str, *, expects: int = 200) -> Answer:
        self._client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        return _answered(self._client.get(path, secure=True), expects)

    def post(
        self,
        path: str,
        fields: Fields,
        token: str,  # noqa: ARG002 - the test client asks for none
        file: bytes = b"",
        *,
        expects: int = 302,
    ) -> Answer:
        given: dict[str, object] = {}
        for name, value in fields:
            given.setdefault(name, []).append(value)  # type: ignore[attr-defined]
        if file:
            given["files"] = SimpleUploadedFile("scan.pdf", file, "application/pdf")
        return _answered(self._client.post(path, given, secure=True), expects)


def _answered(response: Any, expects: int) -> Answer:
    if response.status_code != expects:
        raise Unexpected(f"{response.status_code} instead of {expects}")
    return Answer(response.status_code, dict(response.headers), b"".join(response))


def queries_of(visit: str, target: Target) -> int:
    """How many SQL queries one visit takes, transactions' own words apart."""
    insider = Insider()
    with CaptureQueriesContext(connection) as captured:
        VISITS[visit](insider, target)
    said = [query["sql"] for query in captured.captured_queries]
    return sum(not sql.startswith(NOT_QUERIES) for sql in said)


def typed_in(page: str) -> list[tuple[str, str]]:
    """What a browser would send of the page's form that says its version."""
    reader = _Forms()
    reader.feed(page)
    form = next(form for form in reader.forms if any(name == "version" for name, _ in form))
    return [(name, value) for name, value in form if name not in NOT_TYPED]


@dataclass
class _Select:
    name: str
    several: bool
    first: str | None = None
    picked: list[str] | None = None


class _Forms(HTMLParser):
    """The forms of a page, each as its names and values."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self._select: _Select | None = None
        self._text: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        name = has.get("name", "")
        if tag == "form":
            self.forms.append([])
        elif tag == "input" and name and self.forms:
            self._input(name, has)
        elif tag == "textarea":
            self._text = (name, [])
        elif tag == "select":
            self._select = _Select(name, "multiple" in has)
        elif tag == "option" and self._select is not None:
            self._option(has)

    def _input(self, name: str, has: dict[str, str]) -> None:
        kind = has.get("type", "text")
        if kind in ("radio", "checkbox") and "checked" not in has:
            return
        if kind not in ("file", "submit"):
            self.forms[-1].append((name, has.get("value", "")))

    def _option(self, has: dict[str, str]) -> None:
        select = self._select
        if select is None:
            return
        if select.first is None:
            select.first = has.get("value", "")
        if "selected" in has:
            select.picked = [*(select.picked or []), has.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            name, parts = self._text
            self.forms[-1].append((name, "".join(parts)))
            self._text = None
        elif tag == "select" and self._select is not None:
            select, self._select = self._select, None
            fallback = [] if select.several or select.first is None else [select.first]
            self.forms[-1] += [(select.name, value) for value in select.picked or fallback]
