"""Messages on their last stretch: one is taken to be sent, and what became of it is kept."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from juxian.records.clock import now
from juxian.records.models import Dispatch
from juxian.regulation.messages import State, not_before, try_again_after

LOST_AFTER = timedelta(minutes=15)


@transaction.atomic
def take() -> Dispatch | None:
    """The next one that is due, for the caller alone to send; None at night too."""
    moment = now()
    here = timezone.localtime(moment)
    if not_before(here) > here:
        return None
    due = Dispatch.objects.filter(state=State.RELEASED, due_at__lte=moment)
    shown = due.select_related("person", "office__robot", "application__cycle")
    one = shown.order_by("due_at", "pk").select_for_update(skip_locked=True, of=("self",)).first()
    if one is not None:
        one.state, one.tries, one.due_at = State.SENDING, one.tries + 1, moment
        one.save(update_fields=["state", "tries", "due_at"])
    return one


@transaction.atomic
def settle(dispatch: Dispatch, state: State, reason: str = "", *, again: bool = False) -> None:
    """What became of one that was taken; `again` tries it later, as often as is tried at all."""
    moment = now()
    wait = try_again_after(dispatch.tries) if again else None
    if wait is not None:
        facts = {"state": State.RELEASED, "due_at": not_before(timezone.localtime(moment + wait))}
    else:
        facts = {"state": state, "settled_at": moment}
    taken = Dispatch.objects.filter(pk=dispatch.pk, state=State.SENDING)
    taken.update(**facts, reason=reason)


def settle_lost(reason: str) -> int:
    """Those that a worker took and never told of again. How many."""
    moment = now()
    lost = Dispatch.objects.filter(state=State.SENDING, due_at__lt=moment - LOST_AFTER)
    return lost.update(state=State.UNCLEAR, settled_at=moment, reason=reason)
