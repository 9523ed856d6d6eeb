"""Questions and files as HTML, each written once for all who see the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from juxian.desks.applicant.asking import Question
from juxian.desks.common.stencil import HERE, fill
from juxian.records.models import Evidence

QUESTION, PROOF = "applicant/_question.html", "applicant/_proof.html"
OFFERED = ("radios", "checks")  # whose options say what is picked
FEW = 6
TYPED = ("text", "words")
PICKED = ("select", "selects")


def is_whole(request: HttpRequest) -> bool:
    """Whether long lists are asked for in the page, as who runs no scripts needs them."""
    return request.GET.get("lists") == "whole"


def whole_page(request: HttpRequest, questions: Sequence[Question]) -> str:
    """The address of the page with its long lists; "" where it has none, or has them already."""
    if request.method != "GET" or not any(question.codes for question in questions):
        return ""
    asked = request.GET.copy()
    asked["lists"] = "whole"
    return f"{request.path}?{asked.urlencode()}"


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand under one heading; `number` counts the groups of the page."""

    number: int
    title: str
    questions: tuple[SafeString, ...]


def groups_written(questions: Sequence[Question], application: str) -> tuple[Group, ...]:
    """The questions under their headings; `application` is its number."""
    runs = groupby(questions, key=lambda question: question.field.group)
    return tuple(
        Group(number, title, questions_written(tuple(run), application))
        for number, (title, run) in enumerate(runs, start=1)
    )


def questions_written(questions: Sequence[Question], number: str) -> tuple[SafeString, ...]:
    """Each with its control; `number` is the application's."""
    return tuple(_question(question, number) for question in questions)


def _question(question: Question, number: str) -> SafeString:
    is_spoken_to = bool(question.faults) or bool(question.source)
    is_manifold = len(question.options) > FEW  # too many ways to pick to keep them all
    if is_spoken_to or is_manifold or not question.is_open or question.widget == "photo":
        return render_to_string(QUESTION, {"q": question, "number": number})
    blank = replace(question, text="")
    if question.widget in OFFERED:
        return fill(QUESTION, (), q=replace(blank, value=""))
    if question.widget in TYPED:
        return fill(QUESTION, (question.value,), q=replace(blank, value=HERE))
    if question.widget in PICKED:
        menus = tuple(HERE for _menu in question.menus)
        return fill(QUESTION, question.menus, q=replace(blank, value="", menus=menus))
    return fill(QUESTION, (), q=blank)


def proofs_written(files: Iterable[Evidence], number: str) -> tuple[SafeString, ...]:
    """Each as a line of a list, to open."""
    return tuple(
        fill(
            PROOF,
            (
                reverse("applicant:file", args=[number, file.pk]),
                file.title,
                _("%(pages)d 页") % {"pages": file.file.pages},
            ),
            url=HERE,
            title=HERE,
            pages=HERE,
        )
        for file in files
    )
