"""Slots and the files in them as HTML, each written once for all who see the same."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from juxian.desks.applicant.slots import Given, Slot
from juxian.desks.common.moments import moment
from juxian.desks.common.stencil import HERE, fill

Refused: TypeAlias = Sequence[tuple[str, str]]
"""A file's name and why it was not kept."""

SLOT, GIVEN = "applicant/_slot.html", "applicant/_given.html"


def slots_written(
    slots: Sequence[Slot], number: str, token: str, refused: Mapping[str, Refused]
) -> tuple[SafeString, ...]:
    """Each with its files and the control for more.

    `token` is the request's against forgery; `refused` is by material.
    """
    return tuple(_slot(one, number, token, refused.get(one.material.code, ())) for one in slots)


def _slot(slot: Slot, number: str, token: str, refused: Refused) -> SafeString:
    removing = token if slot.is_open else ""
    cards = mark_safe("".join(_given(file, number, removing) for file in slot.files))  # noqa: S308 - each is safe
    claims = format_html_join("", '<option value="{}">{}</option>', slot.claims)
    alike = {"m": slot.material, "state": slot.state, "is_open": slot.is_open}
    alike["is_due"] = slot.is_due
    if refused:
        own = {"cards": cards, "claims": claims, "refused": refused, "csrf_token": token}
        return render_to_string(SLOT, alike | own)
    control = (token, *([claims] if claims else ())) if slot.is_open else ()
    marks = {"cards": HERE, "claims": HERE if claims else "", "csrf_token": HERE}
    return fill(SLOT, (cards, *control), **alike, **marks)


def _given(file: Given, number: str, token: str) -> SafeString:
    """`token` is empty where the file may not be removed."""
    one = file.evidence
    about = _("%(pages)d 页 · %(size)d KB · %(at)s 上传") % {
        "pages": one.file.pages,
        "size": file.kilobytes,
        "at": moment(one.added_at),
    }
    own = [reverse("applicant:file", args=[number, one.pk]), one.title, about]
    own += [file.claim] if file.claim else []
    if token:
        own += [reverse("applicant:remove_file", args=[number, one.pk]), token, one.title]
    return fill(
        GIVEN,
        own,
        url=HERE,
        title=HERE,
        about=HERE,
        proves=HERE if file.claim else "",
        remove=HERE if token else "",
        csrf_token=HERE,
    )
