"""An evaluation's form as it opens: on what is recorded, or on what was typed so far."""

from collections.abc import Mapping
from typing import Any

from juxian.desks.office.forms.evaluation import PAPERS, SPOILED, VOTES
from juxian.desks.office.forms.experts import MOST_EXPERTS, experts_as_initial
from juxian.records.models import Proceeding, ProceedingItem
from juxian.regulation.tally import Papers
from juxian.selectors.evaluation import recused_by_name
from juxian.selectors.phrases import METHODS, said
from juxian.selectors.proceeding import Docket


def as_typed(posted: Mapping[str, Any]) -> dict[str, object]:
    """Posted values as initial ones: nothing is lost, nothing is found wrong yet."""
    ticked = {f"expert-{n}-present": False for n in _posted_rows(posted)}
    coming = {f"expert-{n}-present": True for n in range(MOST_EXPERTS)}
    return {**coming, **ticked, **posted}


def _posted_rows(posted: Mapping[str, Any]) -> list[int]:
    return [n for n in range(MOST_EXPERTS) if f"expert-{n}-name" in posted]


def rows_in(posted: Mapping[str, Any]) -> int:
    return len(_posted_rows(posted))


def as_recorded(docket: Docket) -> dict[str, object]:
    """The form's initial values: what is on record, or a fresh sheet with everybody present."""
    proceeding = docket.proceeding
    initial: dict[str, object] = {
        "held_on": proceeding.held_on,
        "place": proceeding.place,
        "method": proceeding.method or said(METHODS, "meeting"),
        "chair": proceeding.chair,
    }
    initial |= experts_as_initial(docket)
    initial |= _papers(proceeding)
    for row in docket.rows:
        for name in VOTES:
            initial[f"{row.item.application_id}-{name}"] = getattr(row.item, name)
        named = recused_by_name(row.item.pk, docket.experts)
        unnamed = row.item.recused if row.item.recused != named else None
        initial[f"{row.item.application_id}-recused"] = unnamed
        initial |= _spoiled_recorded(row.item, proceeding.papers)
        initial[f"{row.item.application_id}-opinion"] = row.item.opinion
    return initial


def as_brought(docket: Docket) -> dict[str, str]:
    """What is on record as it would be typed, for a list that corrects it."""
    blank = {f"expert-{n}-present" for n in range(len(docket.experts), MOST_EXPERTS)}
    return {
        name: "on" if value is True else str(value)
        for name, value in as_recorded(docket).items()
        if value is not None and value is not False and name not in blank
    }


def _papers(proceeding: Proceeding) -> dict[str, object]:
    """What is left out where it says nothing of its own; see `papers_in`."""
    assumed = {
        "issued": proceeding.present,
        "returned": proceeding.issued,
        "valid": proceeding.returned,
    }
    counted = {name: getattr(proceeding, name) for name in PAPERS}
    return {name: n for name, n in counted.items() if n != assumed[name]}


def _spoiled_recorded(item: ProceedingItem, papers: Papers | None) -> dict[str, object]:
    """What is left out where it is that of the whole sitting; see `_spoiled`."""
    if papers is None:
        return {}
    assumed = {"void": papers.returned - papers.valid, "unreturned": papers.unreturned}
    counted = {name: getattr(item, name) for name in SPOILED}
    return {f"{item.application_id}-{name}": n for name, n in counted.items() if n != assumed[name]}
