"""What every view needs of HTTP: who asks, what was sent, which page, an answer that says no."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme

from juxian.records.models import Person

Row = TypeVar("Row")

ROWS = 30
UNPROCESSABLE = 422


class SignedInRequest(HttpRequest):
    """A request behind the login wall."""

    user: Person


def posted(request: SignedInRequest) -> QueryDict | None:
    """What was sent, empty or not; None for a page that is only read."""
    return request.POST if request.method == "POST" else None


def page_of(
    request: HttpRequest, rows: "QuerySet[Any, Row] | Sequence[Row]", size: int = ROWS
) -> "Page[Row]":
    """The page that `?page=` asks for; the nearest one when there is no such page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def answer(
    request: HttpRequest, template: str, context: Mapping[str, object], *, refused: bool = False
) -> TemplateResponse:
    """The page; with status 422 when it tells what is to be put right."""
    return TemplateResponse(
        request, template, dict(context), status=UNPROCESSABLE if refused else 200
    )


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """The address to go on to, as the form or the query says it, if it is one of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if here else otherwise
