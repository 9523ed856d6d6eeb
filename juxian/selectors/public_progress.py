"""What a receipt number answers without signing in: how far a file is."""

from dataclasses import dataclass
from datetime import datetime

from juxian.records.models import Application
from juxian.records.packs import pack_of
from juxian.regulation.names import name_key


@dataclass(frozen=True, slots=True)
class Progress:
    number: str
    cycle: str
    standing: str
    step: str
    since: datetime


def progress_of(number: str, name: str) -> Progress | None:
    """Nothing, alike, for a wrong number, another's name, and a file not yet submitted."""
    row = (
        Application.objects.filter(number=number.strip().upper(), submitted_at__isnull=False)
        .select_related("cycle")
        .first()
    )
    if row is None or name_key(row.name) != name_key(name):
        return None
    step = pack_of(row.cycle).procedure.step(row.step)
    return Progress(row.number, row.cycle.title, row.standing, step.title, row.held_since)
