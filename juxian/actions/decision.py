"""Recording a decision by a government or party group on a list (审定)."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.proceeding import check_held_on, conclude_items, locked_proceeding
from juxian.records.models import Person, Proceeding
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Kind


@transaction.atomic
def conclude(
    proceeding_id: int,
    *,
    by: Person,
    body: str,
    held_on: date,
    document_number: str,
    declined: Mapping[int, str] | None = None,
) -> Proceeding:
    """Everybody on the list is approved but those declined, each with a reason."""
    proceeding = locked_proceeding(proceeding_id, Kind.DECIDE, by=by)
    check_held_on(held_on)
    blanks = tuple(
        (field, said)
        for field, value, said in (
            ("body", body, _("请填写审定机构")),
            ("document_number", document_number, _("请填写会议纪要号或文号")),
        )
        if not value.strip()
    )
    if blanks:
        raise NotReady(_("请补充审定的机构和文号"), blanks)
    listed = set(proceeding.items.values_list("application", flat=True))
    refused = dict(declined or {})
    if set(refused) - listed:
        raise NotPossible(_("名单上没有这个人"))
    unexplained = tuple(
        (str(pk), _("请写明不同意的理由")) for pk, words in refused.items() if not words.strip()
    )
    if unexplained:
        raise NotReady(_("不同意的，须逐人写明理由"), unexplained)
    proceeding.body, proceeding.held_on = body.strip(), held_on
    proceeding.document_number = document_number.strip()
    acts = {pk: (Act.DECLINE, refused[pk]) if pk in refused else (Act.APPROVE, "") for pk in listed}
    conclude_items(proceeding, acts, by=by)
    return proceeding
