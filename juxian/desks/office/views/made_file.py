"""Files to take away (我的文件): asked for, followed, fetched, made again."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from juxian.actions import made_file as actions
from juxian.actions.export import wanted_list
from juxian.actions.made_file import LIST, Ready, give, obtain
from juxian.desks.common.http import SignedInRequest
from juxian.desks.office.frame import duties_here, list_address, list_query, page
from juxian.desks.office.posts import CHOSEN
from juxian.desks.office.printing import SUFFIXES
from juxian.records.models import MadeFile
from juxian.regulation.refusal import NotPossible, Refusal
from juxian.selectors.made_files import bytes_of, made_files_of
from juxian.selectors.work_query import WAITING, WorkQuery


@require_safe
def made_files(request: SignedInRequest) -> HttpResponse:
    files = list(made_files_of(request.user))
    waiting = [file for file in files if file.finished_at is None]
    ready = [file for file in files if file.size is not None]
    context = {"files": files, "waiting": waiting, "ready": ready}
    return page(request, "office/made_files.html", context)


@require_POST
def begin_list(request: SignedInRequest) -> HttpResponse:
    """The ticked files as a workbook, or the whole list where none is ticked."""
    duties_here(request)
    query = list_query(request) or WorkQuery(tab=WAITING)
    given = () if "all" in request.POST else request.POST.getlist("application")
    ticked = tuple(int(pk) for pk in given if pk.isdecimal())
    back = list_address(request)
    if not ticked:
        return _answered(request, lambda: _obtained(request, LIST, query.address), back)
    person = request.user
    return _answered(
        request, lambda: give(wanted_list(person, query.address, ticked), by=person), back
    )


@require_POST
def begin(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    """A document of many pages, or a table of the desk; "-" for what needs no key."""
    duties_here(request)
    return _answered(request, lambda: _obtained(request, code, key), "office:made_files")


@require_POST
def again(request: SignedInRequest, key: UUID) -> HttpResponse:
    duties_here(request)
    get_object_or_404(made_files_of(request.user).filter(finished_at__isnull=False), key=key)
    by, post = request.user, request.session.get(CHOSEN)
    return _answered(request, lambda: actions.again(key, by=by, post=post), "office:made_files")


@require_safe
def fetch(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    """To its person alone, until it expires."""
    duties_here(request)
    rows = made_files_of(request.user).filter(size__isnull=False)
    file = get_object_or_404(rows, key=key)
    try:
        actions.fetch(file, by=request.user)
    except NotPossible as refusal:
        raise Http404 from refusal
    response = StreamingHttpResponse(bytes_of(file))
    response["Content-Length"] = str(file.size)
    _name(response, file.name)
    return response


def _obtained(request: SignedInRequest, sort: str, about: str) -> Ready | MadeFile:
    return obtain(sort, about, by=request.user, post=request.session.get(CHOSEN))


def _answered(
    request: SignedInRequest, asked: Callable[[], Ready | MadeFile], back: str
) -> HttpResponse:
    """The file, or where its making can be followed; a refusal is told where it was asked for."""
    try:
        given = asked()
    except NotPossible as refusal:
        raise Http404 from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    if isinstance(given, MadeFile):
        return redirect("office:made_files")
    response = HttpResponse(given.content)
    _name(response, given.name)
    return response


def _name(response: HttpResponseBase, name: str) -> None:
    kinds = {suffix: kind for kind, suffix in SUFFIXES.items()}
    response["Content-Type"] = next(kinds[one] for one in kinds if name.endswith(one))
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
