"""Whether this process answers, and whether what it stands on is there."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from juxian.selectors.operation import migrations_waiting


@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process is up; it asks nothing of the database."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def readyz(_request: HttpRequest) -> JsonResponse:
    """503 until the database answers and has every migration."""
    try:
        waiting = migrations_waiting()
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    return JsonResponse(
        {"database": True, "migrations_waiting": waiting}, status=503 if waiting else 200
    )
