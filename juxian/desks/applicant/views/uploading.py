"""Uploading in pieces by the tus 1.0 protocol: creation, termination and expiration.

A refusal is answered in plain text, for the page to show beside the file.
"""

from base64 import b64decode
from binascii import Error
from collections.abc import Callable, Iterator
from functools import wraps
from threading import BoundedSemaphore
from typing import Concatenate, ParamSpec, TypeAlias, cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juxian.actions.intake import LARGEST
from juxian.actions.uploading import PIECE, Announced, append, begin_upload
from juxian.actions.uploading import discard as give_up
from juxian.desks.applicant.own import filled_or_404
from juxian.desks.common.http import UNPROCESSABLE, SignedInRequest
from juxian.records.models import Upload
from juxian.regulation.refusal import NotReady, Refusal, Stale
from juxian.selectors.uploading import unfinished_in, uploads_of

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
BYTES = "application/offset+octet-stream"
CREATED, NO_CONTENT, NOT_ALLOWED, CONFLICT = 201, 204, 405, 409
PRECONDITION_FAILED, TOO_LARGE, UNSUPPORTED = 412, 413, 415
READ_AT_ONCE = 64 * 1024  # bytes
BUSY = 503
RECEIVING = BoundedSemaphore(2)
"""Of a process's four threads: slow lines, where no proxy collects requests, leave pages two."""
PATIENCE = 1  # seconds

Rest = ParamSpec("Rest")
View: TypeAlias = Callable[Concatenate[SignedInRequest, Rest], HttpResponse]


def speaks_tus(view: View[Rest]) -> View[Rest]:
    """Answers in the protocol: its version on everything, a refusal as a status and a sentence."""

    @wraps(view)
    def spoken(request: SignedInRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        spoken_by_all = request.method == "OPTIONS" or request.headers.get("Tus-Resumable")
        if spoken_by_all in (True, VERSION):
            response = _answered(view, request, *args, **kwargs)
        else:
            response = HttpResponse(status=PRECONDITION_FAILED, headers={"Tus-Version": VERSION})
        response["Tus-Resumable"] = VERSION
        return response

    return cast("View[Rest]", spoken)


def _answered(
    view: View[Rest], request: SignedInRequest, *args: Rest.args, **kwargs: Rest.kwargs
) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except Refusal as refusal:
        status = CONFLICT if isinstance(refusal, Stale) else UNPROCESSABLE
        return HttpResponse(str(refusal), status=status, content_type="text/plain; charset=utf-8")


@speaks_tus
def uploads(request: SignedInRequest, number: str) -> HttpResponse:
    """What this server takes, and a new upload."""
    application = filled_or_404(request, number)
    if request.method == "OPTIONS":
        taken = {
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(LARGEST),
        }
        return HttpResponse(status=NO_CONTENT, headers=taken)
    if request.method != "POST":
        return HttpResponse(status=NOT_ALLOWED, headers={"Allow": "OPTIONS, POST"})
    file = _announced(request)
    if file.size > LARGEST:
        said = _("文件超过20MB，请降低扫描分辨率或分成几份上传")
        return HttpResponse(said, status=TOO_LARGE, content_type="text/plain; charset=utf-8")
    begun = begin_upload(application.pk, file, by=request.user)
    response = HttpResponse(status=CREATED, headers=_standing(begun))
    response["Location"] = reverse("applicant:upload", args=[number, begun.key])
    return response


@speaks_tus
def upload(request: SignedInRequest, number: str, key: UUID) -> HttpResponse:
    """How far it is, its next bytes, its end.

    Where a firewall lets only POST through, another header names the method.
    """
    found = get_object_or_404(uploads_of(filled_or_404(request, number), request.user), pk=key)
    method = request.method or ""
    if method == "POST":  # never for a method that needs no token against forgery
        method = request.headers.get("X-HTTP-Method-Override", method).upper()
    match method:
        case "HEAD":
            headers = _standing(found) | {"Upload-Length": str(found.size)}
            return HttpResponse(headers=headers | {"Cache-Control": "no-store"})
        case "PATCH":
            return _received(request, found)
        case "DELETE":
            give_up(key, by=request.user)
            return HttpResponse(status=NO_CONTENT)
    return HttpResponse(status=NOT_ALLOWED, headers={"Allow": "HEAD, PATCH, DELETE"})


@require_POST
def discard(request: SignedInRequest, number: str, key: UUID) -> HttpResponse:
    """Give up an unfinished upload, by a button of the page."""
    application = filled_or_404(request, number)
    found = get_object_or_404(unfinished_in(application, request.user), pk=key)
    give_up(found.pk, by=request.user)
    return redirect(f"{reverse('applicant:evidence', args=[number])}#m-{found.material}")


def _received(request: SignedInRequest, found: Upload) -> HttpResponse:
    """Each piece is kept as it comes: what a broken line had brought is not sent again."""
    if request.content_type != BYTES:
        return HttpResponse(status=UNSUPPORTED)
    if not RECEIVING.acquire(timeout=PATIENCE):
        return HttpResponse(status=BUSY, headers={"Retry-After": "2"})
    try:
        return _appended(request, found)
    finally:
        RECEIVING.release()


def _appended(request: SignedInRequest, found: Upload) -> HttpResponse:
    offset = _number(request.headers.get("Upload-Offset", ""))
    if offset != found.offset and found.evidence_id is None:
        raise Stale(_("这个文件正在另一处上传，请稍候再继续"))
    for piece in _pieces(request):
        try:
            found = append(found.key, by=request.user, offset=offset, content=piece)
        except Upload.DoesNotExist:
            raise Http404 from None
        offset += len(piece)
    return HttpResponse(status=NO_CONTENT, headers=_standing(found))


def _pieces(request: SignedInRequest) -> Iterator[bytes]:
    """The body, up to where the line broke."""
    is_whole = False
    while not is_whole:
        read = bytearray()
        while len(read) < PIECE and not is_whole:
            try:
                more = request.read(READ_AT_ONCE)
            except UnreadablePostError:
                more = b""
            read += more
            is_whole = not more
        if read:
            yield bytes(read)


def _announced(request: SignedInRequest) -> Announced:
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    replaces = said.get("replaces", "")
    return Announced(
        material=said.get("material", ""),
        title=said.get("title", ""),
        size=_number(request.headers.get("Upload-Length", "")),
        mark=said.get("mark", ""),
        claim=said.get("claim", "")[:120],
        replaces=_number(replaces) if replaces else None,
    )


def _metadata(header: str) -> dict[str, str]:
    """Pairs of a key and a value in base64."""
    pairs = (entry.strip().partition(" ") for entry in header.split(",") if entry.strip())
    try:
        return {key: b64decode(value, validate=True).decode() for key, _space, value in pairs}
    except (Error, UnicodeDecodeError):
        raise NotReady(_("没有认出这个文件，请重新选择")) from None


def _number(said: str) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) < 16):  # noqa: PLR2004
        raise NotReady(_("没有认出这个文件，请重新选择"))
    return int(said)


def _standing(found: Upload) -> dict[str, str]:
    return {
        "Upload-Offset": str(found.offset),
        "Upload-Expires": http_date(found.expires_at.timestamp()),
    }
