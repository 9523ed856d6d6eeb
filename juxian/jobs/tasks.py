"""Errands, by name: what actions leave for later in their own transaction."""

from procrastinate.contrib.django import app

from juxian.actions.cycle import latch
from juxian.actions.message import tell_of
from juxian.records.models import Cycle


@app.task(name="tell", queue="default")
def tell(handling: int) -> None:
    """Write the inbox lines an act calls for; doing it twice writes them once."""
    tell_of(handling)


@app.periodic(cron="* * * * *")
@app.task(name="latch_cycles", queue="default", queueing_lock="latch_cycles")
def latch_cycles(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the tick
    """Close the cycles whose time has come; `timestamp` is the tick it runs for."""
    for pk in Cycle.objects.filter(closed_at__isnull=True).values_list("pk", flat=True):
        latch(pk)
