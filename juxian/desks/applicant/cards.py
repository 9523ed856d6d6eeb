"""Slots and the files in them as HTML, each written once for all who see the same."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juxian.desks.applicant.slots import Given, Slot
from juxian.desks.common.moments import moment
from juxian.desks.common.stencil import HERE, fill
from juxian.regulation.scans import Doubt, DoubtKind

Refused: TypeAlias = Sequence[tuple[str, str]]
"""A file's name and why it was not kept."""

SLOT, GIVEN, BESIDE = "applicant/_slot.html", "applicant/_given.html", "applicant/_beside.html"
DOUBTS = {
    DoubtKind.BLANK: gettext_lazy("第 %(page)d 页可能是空白页"),
    DoubtKind.BLURRED: gettext_lazy("第 %(page)d 页可能模糊"),
    DoubtKind.SIDEWAYS: gettext_lazy("第 %(page)d 页可能方向不正"),
    DoubtKind.SMALL: gettext_lazy("第 %(page)d 页可能不够清晰"),
}
MOST_DOUBTS = 3  # said of one file


def slots_written(
    slots: Sequence[Slot], number: str, token: str, refused: Mapping[str, Refused]
) -> tuple[SafeString, ...]:
    """Each with its files and the control for more.

    `token` is the request's against forgery; `refused` is by material.
    """
    return tuple(_slot(one, number, token, refused.get(one.material.code, ())) for one in slots)


def _slot(slot: Slot, number: str, token: str, refused: Refused) -> SafeString:
    cards = mark_safe("".join(_cards(slot, number, token)))  # noqa: S308 - each is safe
    claims = _options(slot)
    beside = _beside(slot, number, token)
    alike = {"m": slot.material, "state": slot.state, "is_open": slot.is_open}
    alike["is_full"] = slot.is_full
    alike |= {"is_due": slot.is_due, "is_wanted": bool(slot.chosen or refused or slot.unfinished)}
    if refused:
        own = {"cards": cards, "claims": claims, "beside": beside, "csrf_token": token}
        said = {"refused": refused, "uploads": reverse("applicant:uploads", args=[number])}
        return render_to_string(SLOT, alike | own | said)
    filled: list[str] = [cards, beside]
    marks = {"cards": HERE, "beside": HERE, "csrf_token": HERE, "claims": HERE if claims else ""}
    if slot.is_open and not slot.is_full:
        filled += [reverse("applicant:uploads", args=[number]), token, *filter(None, [claims])]
    return fill(SLOT, filled, **alike, **marks, uploads=HERE)


def _options(slot: Slot) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (path, mark_safe(" selected") if path == slot.chosen else "", words)
            for path, words in slot.claims
        ),
    )


def _beside(slot: Slot, number: str, token: str) -> SafeString:
    """What is this applicant's alone: a removal to take back, uploads to go on with, bare rows."""
    unproved = slot.unproved if slot.is_open else ()
    if not (unproved or slot.unfinished or slot.removed):
        return mark_safe("")
    context = {
        "code": slot.material.code,
        "unproved": unproved,
        "unfinished": slot.unfinished,
        "removed": slot.removed,
        "number": number,
        "csrf_token": token,
    }
    return render_to_string(BESIDE, context)


def _cards(slot: Slot, number: str, token: str) -> list[SafeString]:
    last = len(slot.files) - 1
    return [
        _given(file, number, token if slot.is_open else "", (at > 0, at < last))
        for at, file in enumerate(slot.files)
    ]


def _given(file: Given, number: str, token: str, moves: tuple[bool, bool]) -> SafeString:
    """`token` is empty where the file may not be changed; it may move up, and down."""
    one, may_rise, may_sink = file.evidence, *moves
    about = _("%(pages)d 页 · %(size)s · %(at)s 上传") % {
        "pages": one.file.pages,
        "size": file.size,
        "at": moment(one.added_at),
    }
    address = [number, one.pk]
    looked_at = reverse("applicant:view_file", args=address)
    own: list[str] = [str(one.pk), looked_at, reverse("applicant:small", args=address), looked_at]
    own += [one.title, about, *([file.claim] if file.claim else [])]
    own += [_doubts(file.doubts, looked_at)] if file.doubts else []
    if token:
        ways = ("shift_file", "change_file", "remove_file")
        shift, change, remove = (reverse(f"applicant:{way}", args=address) for way in ways)
        own += [token, *([shift, one.title] * (may_rise + may_sink)), change, one.title]
        own += [remove, one.title]
    return fill(
        GIVEN,
        own,
        pk=HERE,
        view=HERE,
        small=HERE,
        title=HERE,
        about=HERE,
        proves=HERE if file.claim else "",
        doubts=HERE if file.doubts else "",
        shift=HERE if token else "",
        change=HERE if token else "",
        remove=HERE if token else "",
        csrf_token=HERE,
        may_rise=may_rise,
        may_sink=may_sink,
    )


def _doubts(doubts: Sequence[Doubt], looked_at: str) -> SafeString:
    """Each a way to the page; a hint, never a refusal."""
    said = format_html_join(
        "、",
        '<a href="{}?page={}">{}</a>',
        (
            (looked_at, doubt.page, str(DOUBTS[doubt.kind]) % {"page": doubt.page})
            for doubt in doubts[:MOST_DOUBTS]
        ),
    )
    more = _("等 %(count)d 处") % {"count": len(doubts)} if len(doubts) > MOST_DOUBTS else ""
    return format_html("{}{}", said, more)
