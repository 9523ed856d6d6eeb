"""Giving out what was printed: the file to keep, and the trace of who printed it."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from juxian.actions.trace import Left, leave_all
from juxian.desks.common.http import SignedInRequest
from juxian.regulation.refusal import Refusal

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = {PDF: ".pdf", XLSX: ".xlsx", WORD: ".docx"}


def printed(
    request: SignedInRequest,
    subject: Model,
    name: str,
    kind: str,
    make: Callable[[], bytes],
    **detail: object,
) -> HttpResponse:
    """The file, with a trace of who printed it; or why it cannot be printed."""
    try:
        content = make()
    except Refusal as refusal:
        messages.error(request, _("没有打印：%(why)s") % {"why": refusal})
        return redirect("office:papers")
    leave_all([Left("print", subject, {"size": len(content), **detail})], by=request.user)
    response = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    return response
