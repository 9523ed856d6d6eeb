"""Noting block by block what is true and what is doubted, while a file is verified (逐项核对)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.acts import check
from juxian.actions._move import locked
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Person, Tick
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act
from juxian.selectors.blocks import digests_of
from juxian.selectors.casefile import latest_submission


@dataclass(frozen=True, slots=True)
class Ticked:
    place: str
    holds: bool
    note: str = ""


@transaction.atomic
def tick(application_id: int, *, by: Person, turn: int, ticks: Sequence[Ticked]) -> None:
    """Keep the person's ticks of these places; the others stay as they are.

    `turn` is the turn that the person had before them.
    """
    application = locked(application_id)
    check(by, Act.ENDORSE, application)
    submission = latest_submission(application)
    if submission is None or application.turn != turn:
        raise NotPossible(_("申报人刚刚重新提交了内容，请刷新页面，核对新的内容"))
    digests = digests_of(pack_of(application.cycle), application, submission)
    faults = tuple((one.place, _("请写明哪里存疑")) for one in ticks if _is_mute(one))
    if faults:
        raise NotReady(_("标为存疑的，请写明哪里存疑"), faults)
    if any(one.place not in digests for one in ticks):
        raise NotPossible(_("表中已没有这一处，请刷新页面"))
    mine = {"application": application, "turn": turn, "step": application.step, "by": by}
    moment = now()
    Tick.objects.bulk_create(
        [
            Tick(
                **mine,
                office=application.holder,
                place=one.place,
                holds=one.holds,
                note="" if one.holds else one.note.strip(),
                digest=digests[one.place],
                ticked_at=moment,
            )
            for one in ticks
        ],
        update_conflicts=True,
        unique_fields=["application", "turn", "step", "by", "place"],
        update_fields=["office", "holds", "note", "digest", "ticked_at"],
    )
    doubted = sum(not one.holds for one in ticks)
    leave("tick", application, by=by, turn=turn, ticked=len(ticks), doubted=doubted)


def _is_mute(one: Ticked) -> bool:
    return not one.holds and not one.note.strip()
