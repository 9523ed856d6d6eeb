"""A concluded evaluation taken up again on a list that corrects it (复议)."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions._move import Move, locked_all, move_all
from juxian.actions.evaluation_draft import keep_draft
from juxian.actions.proceeding import check_works_on, lock, open_proceeding
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Person, Proceeding
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Corrects, Kind
from juxian.selectors.evaluation import UNRECORDED
from juxian.selectors.proceeding import tracks_on
from juxian.selectors.reconsideration import (
    corrector_of,
    may_be_reconsidered,
    reconsideration_of,
    with_route,
)


@transaction.atomic
def reconsider(
    proceeding_id: int,
    *,
    by: Person,
    what: Corrects,
    reason: str,
    typed: Mapping[str, str] | None = None,
) -> Proceeding:
    """A new list of everybody who was evaluated on the old one and has not withdrawn since.

    All come back or none. The old record stays as it is, and counts no longer; `typed` is what
    the new one starts from, as a draft.
    """
    old = lock(proceeding_id, Kind.REVIEW)
    check_works_on(old, tracks_on(old), by)
    if not may_be_reconsidered(old, corrector_of(old)):
        raise NotPossible(_("只有已办结、还没有更正过的评议可以复议；请刷新页面"))
    if not reason.strip():
        fault = _("请写明复议的理由")
        raise NotReady(fault, (("reason", fault),))
    keys = _returning(old)
    files = locked_all(keys)
    with_route(files)
    move_all([Move(one, Act.RECONSIDER, reason) for one in files], by=by)
    new = open_proceeding(old.step, keys, by=by)
    new.corrects, new.corrects_what, new.corrects_because = old, what, reason.strip()
    new.save()
    old.items.update(void_at=now())
    leave("correct_evaluation", old, by=by, files=len(keys), corrects=what)
    if typed:
        keep_draft(new.pk, by=by, typed=typed, stamp=UNRECORDED)
    return new


def _returning(old: Proceeding) -> list[int]:
    """Applications that come back, looked at once nobody else can move them."""
    locked_all(sorted(old.items.values_list("application", flat=True)))
    found = reconsideration_of(old)
    if found.bars:
        faults = tuple(
            (bar.application.number, f"{bar.application.name}：{bar.why}") for bar in found.bars
        )
        raise NotReady(_("名单上的人须一起复议，以下人员已经不能回到评议"), faults)
    if not found.returning:
        raise NotPossible(_("名单上的人都已撤回申报，没有需要复议的人"))
    return [item.application_id for item in found.returning]
