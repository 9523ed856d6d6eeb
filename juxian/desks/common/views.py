"""Which desk to sit down at, and how large to read."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from juxian.desks.common.accounts import desks_of
from juxian.desks.common.http import SignedInRequest, safe_next

A_YEAR = 365 * 24 * 3600


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
