"""An evaluation as typed so far (暂存): kept while it is typed, gone once it is recorded."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.evaluation import open_sitting
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import EvaluationDraft, Person
from juxian.regulation.refusal import Stale
from juxian.selectors.evaluation import stamp_in
from juxian.selectors.proceeding import docket_of


@transaction.atomic
def keep_draft(
    proceeding_id: int, *, by: Person, typed: Mapping[str, str], stamp: str
) -> EvaluationDraft:
    """`stamp` says which record it goes on from: what comes after a newer one is not kept.

    A trace is left of the first keeping alone: it is kept anew with every pause in typing.
    """
    proceeding = open_sitting(proceeding_id, by=by)
    if stamp != stamp_in(docket_of(proceeding)):
        raise Stale(_("这份记录刚刚另行保存过，请刷新页面后再改"))
    facts = {"typed": dict(typed), "saved_by": by, "saved_at": now()}
    draft, is_new = EvaluationDraft.objects.update_or_create(proceeding=proceeding, defaults=facts)
    if is_new:
        leave("keep_draft", proceeding, by=by)
    return draft


@transaction.atomic
def drop_draft(proceeding_id: int, *, by: Person) -> None:
    proceeding = open_sitting(proceeding_id, by=by)
    if EvaluationDraft.objects.filter(proceeding=proceeding).delete()[0]:
        leave("drop_draft", proceeding, by=by)
