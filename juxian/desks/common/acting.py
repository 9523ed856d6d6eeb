"""Doing what a form asks for: what the act answers, or the refusal said on the form."""

from collections.abc import Callable
from typing import TypeVar

from juxian.desks.common.forms import PlainForm
from juxian.regulation.refusal import Refusal

Answer = TypeVar("Answer")


def done(form: PlainForm, act: Callable[[], Answer]) -> Answer | None:
    """What the act answers, once it is done: something true, so that `if done(…)` says it.

    None for a form that is only read, is filled in wrongly, or asks for what was refused.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except Refusal as refusal:
        form.refused(refusal)
        return None
