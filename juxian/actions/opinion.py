"""Recording the opinion of a consulted body, such as discipline inspection (征求意见)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.proceeding import check_held_on, conclude_items, locked_proceeding
from juxian.records.models import Person, Proceeding
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Act, Kind


class OpinionCode(StrEnum):
    NONE = "none"  # 未发现影响推荐的问题
    CLEARED = "cleared"  # 有反映，已查清，不影响推荐
    DEFERRED = "deferred"  # 建议暂缓
    DISAGREED = "disagreed"  # 不同意推荐


@dataclass(frozen=True, slots=True)
class OpinionAnswer:
    code: OpinionCode
    opinion: str = ""


@transaction.atomic
def conclude(
    proceeding_id: int,
    *,
    by: Person,
    document_number: str,
    held_on: date,
    answers: Mapping[int, OpinionAnswer],
    body: str = "",
) -> Proceeding:
    """Enter a reply person by person. A deferred person leaves the list and stays at the step."""
    proceeding = locked_proceeding(proceeding_id, Kind.OPINE, by=by)
    check_held_on(held_on)
    if not document_number.strip():
        raise NotReady(_("请填写回函文号"), (("document_number", _("请填写回函文号")),))
    _check_answers(proceeding, answers)
    proceeding.document_number, proceeding.held_on = document_number.strip(), held_on
    proceeding.body = body.strip() or proceeding.body
    acts: dict[int, tuple[Act, str]] = {}
    for item in proceeding.items.all():
        answer = answers[item.application_id]
        if answer.code is OpinionCode.DEFERRED:
            item.delete()
            continue
        item.code, item.opinion = answer.code, answer.opinion.strip()
        item.save()
        agreed = answer.code is not OpinionCode.DISAGREED
        acts[item.application_id] = (Act.CONCUR if agreed else Act.DISSENT, answer.opinion)
    if not acts:
        raise NotReady(_("名单上的人都建议暂缓，不能办结；请待意见明确后再登记"))
    conclude_items(proceeding, acts, by=by)
    return proceeding


def _check_answers(proceeding: Proceeding, answers: Mapping[int, OpinionAnswer]) -> None:
    listed = set(proceeding.items.values_list("application", flat=True))
    if set(answers) != listed:
        raise NotReady(_("请登记名单上每一个人的意见"))
    reasonless = tuple(
        (str(pk), _("请写明情况"))
        for pk, answer in answers.items()
        if answer.code is not OpinionCode.NONE and not answer.opinion.strip()
    )
    if reasonless:
        raise NotReady(_("有反映、暂缓或不同意的，须写明情况"), reasonless)
