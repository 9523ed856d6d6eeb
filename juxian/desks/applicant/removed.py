"""The row last taken out of a table, kept sealed in the session so that it can come back."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from juxian.desks.applicant.filled import Filled
from juxian.records import sealing
from juxian.regulation.form import Field

KEY = "removed_row"


@dataclass(frozen=True, slots=True)
class Removed:
    row: dict[str, Any]
    place: int  # from 0


def remember(request: HttpRequest, at: Filled, table: Field, removed: Removed) -> None:
    """In place of one that was taken out before; it goes with the session at the latest."""
    kept = {"of": _of(at, table), "row": removed.row, "place": removed.place}
    request.session[KEY] = sealing.seal(json.dumps(kept))


def remembered(request: HttpRequest, at: Filled, table: Field) -> Removed | None:
    """The row that was last taken out, if it was of this table."""
    sealed = request.session.get(KEY)
    if not sealed:
        return None
    kept = json.loads(sealing.unseal(sealed))
    return Removed(kept["row"], kept["place"]) if kept["of"] == _of(at, table) else None


def forget(request: HttpRequest) -> None:
    """Once something else was done to a table, it no longer comes back at its place."""
    request.session.pop(KEY, None)


def _of(at: Filled, table: Field) -> list[str]:
    return [at.application.number, at.section.code, table.code]
