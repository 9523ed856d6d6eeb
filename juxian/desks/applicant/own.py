"""One's own application, and what each of its pages shows around it."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from juxian.access import scope
from juxian.desks.common.http import SignedInRequest
from juxian.records.clock import Moment, now
from juxian.records.models import Application
from juxian.records.packs import pack_of
from juxian.regulation.pack import Contact, Pack
from juxian.selectors.application import (
    Card,
    filing_due,
    is_draft,
    is_too_late,
    is_with_applicant,
    mine,
)
from juxian.selectors.guide import Call


def own_or_404(request: SignedInRequest, number: str, *also: str) -> Application:
    """`also` are relations to load with it, besides its cycle and employer."""
    return get_object_or_404(mine(request.user, *also), number=number)


def filled_or_404(request: SignedInRequest, number: str, *also: str) -> Application:
    """One's own, or one that the person types in for its applicant (代填)."""
    found = mine(request.user, *also).filter(number=number).first()
    if found is not None:
        return found
    rows = scope.typed(request.user).select_related("cycle", "employer", "applicant", *also)
    application = get_object_or_404(rows.annotate(read_at=Moment()), number=number)
    if not is_with_applicant(application):
        raise Http404
    return application


def contacts_of(cards: Sequence[Card], offered: Sequence[Call]) -> tuple[Contact, ...]:
    """Whom to call, on a page about no single application (通知五（一）：咨询电话)."""
    for card in cards:
        return pack_of(card.application.cycle).contacts
    return offered[0].contacts if offered else ()


def timed(application: Application) -> dict[str, Any]:
    """Until when it is to be worked on, whether that is over, and now."""
    moment = getattr(application, "read_at", None) or now()
    due = filing_due(application, moment) if is_draft(application) else application.due_at
    return {"due_at": due, "is_too_late": is_too_late(application, moment), "now": moment}


def around(application: Application, **facts: Any) -> dict[str, Any]:
    """The context of a page about one application."""
    pack: Pack = pack_of(application.cycle)
    return {
        "application": application,
        "pack": pack,
        "track": pack.track(application.track),
        "contacts": pack.contacts,
        **facts,
    }
