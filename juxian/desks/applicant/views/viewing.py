"""Looking at one's own files: the first page small, and every page large, turned or closer."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from juxian.desks.applicant.own import around, filled_or_404
from juxian.desks.common.http import SignedInRequest, answer
from juxian.desks.common.page_image import WIDEST, page_image, thumbnail
from juxian.records.models import Evidence
from juxian.selectors.application import is_with_applicant, materials_of
from juxian.selectors.evidence import content_of, evidence_of

CLOSEST = 3
ROUND = 360  # degrees
FOR_HALF_AN_HOUR = "private, max-age=1800, immutable"
"""As long as an idle session lasts; the content under an address never changes."""


@dataclass(frozen=True, slots=True)
class Look:
    """A page (from 1), how it is turned clockwise in degrees, and how close it is (1 to 3)."""

    page: int
    pages: int
    turned: int
    zoom: int

    @property
    def before(self) -> int:
        return self.page - 1

    @property
    def after(self) -> int:
        return self.page + 1 if self.page < self.pages else 0

    @property
    def turned_next(self) -> int:
        return (self.turned + 90) % ROUND

    @property
    def closer(self) -> int:
        return self.zoom + 1 if self.zoom < CLOSEST else 0

    @property
    def further(self) -> int:
        return self.zoom - 1


@require_safe
def view(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """A page of a file, with the ways to the others; the files in the order of their slots."""
    application = filled_or_404(request, number)
    slots = [material.code for material in materials_of(application)]
    given = [file for file in evidence_of(application) if file.material in slots]
    given.sort(key=lambda file: slots.index(file.material))
    at = next((n for n, file in enumerate(given) if file.pk == pk), None)
    if at is None:
        raise Http404
    context = {
        "file": given[at],
        "look": _look(request, given[at].file.pages),
        "nth": at + 1,
        "count": len(given),
        "file_before": given[at - 1] if at else None,
        "file_after": given[at + 1] if at + 1 < len(given) else None,
        "may_change": is_with_applicant(application),
    }
    return answer(request, "applicant/viewer.html", around(application, **context))


@require_safe
def page_picture(request: SignedInRequest, number: str, pk: int, page: int) -> HttpResponse:
    file = _own(request, number, pk).file
    look = _look(request, file.pages)
    try:
        picture = page_image(
            content_of(file),
            media_type=file.media_type,
            page=page,
            turned=look.turned,
            widest=WIDEST * (look.zoom + 1) // 2,
        )
    except LookupError:
        raise Http404 from None
    return _kept(picture, "image/png")


@require_safe
def small(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """The first page, for the file's card."""
    file = _own(request, number, pk).file
    return _kept(thumbnail(content_of(file), media_type=file.media_type), "image/jpeg")


def _own(request: SignedInRequest, number: str, pk: int) -> Evidence:
    return get_object_or_404(evidence_of(filled_or_404(request, number)), pk=pk)


def _kept(picture: bytes, media_type: str) -> HttpResponse:
    return HttpResponse(
        picture, content_type=media_type, headers={"Cache-Control": FOR_HALF_AN_HOUR}
    )


def _look(request: SignedInRequest, pages: int) -> Look:
    return Look(
        page=_within(request, "page", 1, pages),
        pages=pages,
        turned=_within(request, "turned", 0, ROUND - 1),
        zoom=_within(request, "zoom", 1, CLOSEST),
    )


def _within(request: SignedInRequest, name: str, least: int, most: int) -> int:
    given = request.GET.get(name, "")
    said = int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else least  # noqa: PLR2004
    return min(max(said, least), most)
