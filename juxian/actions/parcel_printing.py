"""Printing a parcel's letters: what is missing (缺件通知), what was received (回执)."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.parcel import receivable_or_sent, row_for
from juxian.actions.trace import leave
from juxian.papers.parcel_letters import LetterInput, parcel_receipt, shortage_letter
from juxian.records.clock import day, now
from juxian.records.models import Person
from juxian.records.packs import calendar
from juxian.regulation.calendar import in_words
from juxian.regulation.refusal import NotReady
from juxian.selectors.parcel_pile import pile_of

DAYS_TO_SUPPLY = 5  # working days, counted from the day after the letter


def print_shortage(number: str, *, by: Person) -> bytes:
    return _printed("shortage", number, shortage_letter, by)


def print_receipt(number: str, *, by: Person) -> bytes:
    return _printed("receipt", number, parcel_receipt, by)


@transaction.atomic
def _printed(letter: str, number: str, made: Callable[[LetterInput], bytes], by: Person) -> bytes:
    """Whoever sends or receives the parcel prints; the letters say what lies there now."""
    awaited = receivable_or_sent(number, by)
    pile = pile_of(awaited)
    if not pile.arrivals:
        raise NotReady(_("还没有登记收到这个邮包，不能打印"))
    if letter == "shortage" and pile.is_complete:
        raise NotReady(_("这个邮包已经齐全，没有缺件，请打印回执"))
    moment = now()
    until = calendar().working_days_after(day(moment), DAYS_TO_SUPPLY)
    content = made(LetterInput(pile, moment, in_words(until)))
    leave("print_letter", row_for(awaited), by=by, document=letter, size=len(content))
    return content
