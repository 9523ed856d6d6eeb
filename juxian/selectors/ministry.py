"""Who goes up to the ministry, and all that goes with each (通知四（四）)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from juxian.records import sealing
from juxian.records.clock import now
from juxian.records.models import Application, Cycle, ProceedingItem, Submission
from juxian.records.packs import pack_of
from juxian.regulation.words import Act
from juxian.selectors.cycle import awaiting_result
from juxian.selectors.facts import unsealed
from juxian.selectors.paper_inputs import FormInput, NominationInput, SummaryInput
from juxian.selectors.paper_lists import nomination_input, nominee_facts
from juxian.selectors.papers import application_form_input

ID_SHOWN = 4  # the digits of the id that a file's name carries


@dataclass(frozen=True, slots=True)
class Dossier:
    """One person's part of the package; `place` is 序号_姓名_证件后四位."""

    place: str
    record: dict[str, Any]
    form: FormInput
    nomination: NominationInput | None


def roster(cycle: Cycle) -> SummaryInput:
    """The list of everybody who goes up, of all tracks."""
    pack = pack_of(cycle)
    items = _last_items([file.pk for file in awaiting_result(cycle)])
    return SummaryInput(
        programme=pack.programme.title,
        issuer=cycle.organiser.name,
        nominator=cycle.organiser.name,
        made_at=now(),
        nominees=nominee_facts(pack, items),
    )


def dossiers(cycle: Cycle) -> Iterator[Dossier]:
    """One at a time, in the roster's order; a package is never whole in memory."""
    for serial, file in enumerate(awaiting_result(cycle), start=1):
        submission = file.submissions.order_by("-turn").select_related("by").first()
        if submission is None:
            continue
        item = next(iter(_last_items([file.pk])), None)
        nominated = item is not None and item.act == Act.RECOMMEND
        tail = sealing.unseal(file.sealed_id)[-ID_SHOWN:] if file.sealed_id else file.number
        yield Dossier(
            place=f"{serial:03d}_{file.name}_{tail}",
            record=_record(file, submission),
            form=application_form_input(file, submission),
            nomination=nomination_input(item) if nominated and item is not None else None,
        )


def _record(file: Application, submission: Submission) -> dict[str, Any]:
    """What was submitted, opened, under the digest that its paper carries."""
    return {
        "schema": "juxian-ministry-1",
        "header": submission.header,
        "answers": unsealed(submission.answers),
        "evidence": submission.evidence,
        "findings": submission.findings,
        "pack_digest": submission.pack_digest,
        "digest": submission.digest,
        "submitted_at": submission.submitted_at.isoformat(),
        "marks": file.marks,
    }


def _last_items(keys: list[int]) -> list[ProceedingItem]:
    """By application its live nomination, or the last list it passed where none nominates."""
    rows = (
        ProceedingItem.objects.filter(application__in=keys, void_at__isnull=True)
        .exclude(act="")
        .select_related(
            "proceeding__office", "proceeding__cycle__organiser", "application__employer"
        )
        .order_by("application__track", "application__number", "pk")
    )
    last: dict[int, ProceedingItem] = {}
    for row in rows:
        known = last.get(row.application_id)
        if known is None or known.act != Act.RECOMMEND:
            last[row.application_id] = row
    return list(last.values())
