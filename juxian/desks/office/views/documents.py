"""Official documents (公文): writing an office's own words in them, and printing them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.actions.wording import write as write_wording
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.office.forms.document import WordingForm
from juxian.desks.office.frame import duties_here, file_at, page
from juxian.desks.office.printing import PDF, SUFFIXES, WORD, printed
from juxian.papers.documents import Texts, prefilled, print_pdf, print_word
from juxian.regulation.refusal import Refusal
from juxian.selectors.document_subjects import Subject, latest_wording, name_of, subject_of
from juxian.selectors.office_documents import file_makings, nomination_here


def write(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    """The blanks as last written, or as the records have them; what changed since stands beside."""
    subject = _subject(request, code, key)
    if not (subject.may_write and subject.document.blanks):
        raise Http404
    try:
        fresh = prefilled(subject)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("office:papers")
    latest = latest_wording(subject)
    texts = {**fresh, **latest.texts} if latest else dict(fresh)
    form = WordingForm(
        posted(request),
        document=subject.document,
        fresh=fresh if latest else {},
        initial={**texts, "version": latest.version if latest else 0},
    )
    written = done(
        form,
        lambda: write_wording(
            code,
            key,
            by=request.user,
            version=form.cleaned_data["version"],
            texts=form.texts,
        ),
    )
    if written is not None:
        said = _("文稿已保存为第 %(version)d 版，可以打印。") % {"version": written.version}
        messages.success(request, said)
        return redirect("office:write_document", code, key)
    context = {"subject": subject, "form": form, "latest": latest}
    return page(request, "office/write_document.html", context, refused=bool(form.errors))


@require_safe
def of_file(request: SignedInRequest, number: str) -> HttpResponse:
    """Every document about one person, and what those that cannot be made wait for."""
    application = file_at(request, number)
    context = {
        "application": application,
        "makings": file_makings(request.user, application),
        "nomination": nomination_here(request.user, application),
    }
    return page(request, "office/file_documents.html", context)


@require_safe
def pdf(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    subject = _subject(request, code, key)
    if subject.document.is_long:
        raise Http404
    return _printed(request, subject, PDF, print_pdf)


@require_safe
def word(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    subject = _subject(request, code, key)
    if not subject.document.has_word:
        raise Http404
    return _printed(request, subject, WORD, print_word)


def _subject(request: SignedInRequest, code: str, key: str) -> Subject:
    duties_here(request)
    subject = subject_of(request.user, code, key)
    if subject is None:
        raise Http404
    return subject


def _printed(
    request: SignedInRequest, subject: Subject, kind: str, make: Callable[[Subject, Texts], bytes]
) -> HttpResponse:
    latest = latest_wording(subject)
    texts = latest.texts if latest else {}
    return printed(
        request,
        subject.about,
        f"{name_of(subject)}{SUFFIXES[kind]}",
        kind,
        lambda: make(subject, texts),
        document=subject.document.code,
        version=latest.version if latest else 0,
    )
