"""Recording the opinion of a consulted body, such as discipline inspection (征求意见)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.proceeding import (
    check_held_on,
    check_works_on,
    conclude_items,
    locked_proceeding,
    step_in,
)
from juxian.actions.trace import leave
from juxian.records.clock import day, now
from juxian.records.models import Person, Proceeding, ProceedingItem
from juxian.regulation.procedure import Step
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Kind
from juxian.selectors.opinion import renewable


class OpinionCode(StrEnum):
    NONE = "none"  # 未发现影响推荐的问题
    CLEARED = "cleared"  # 有反映，已查清，不影响推荐
    DEFERRED = "deferred"  # 建议暂缓
    DISAGREED = "disagreed"  # 不同意推荐


SUPPORT = (OpinionCode.NONE, OpinionCode.CLEARED)


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
    _check_reply(step_in(proceeding), document_number, held_on)
    _check_answers(proceeding.items.values_list("application", flat=True), answers)
    proceeding.document_number, proceeding.held_on = document_number.strip(), held_on
    proceeding.body = body.strip() or proceeding.body
    deferred = [pk for pk, answer in answers.items() if answer.code is OpinionCode.DEFERRED]
    proceeding.items.filter(application__in=deferred).delete()
    items = list(proceeding.items.all())
    if not items:
        raise NotReady(_("名单上的人都建议暂缓，不能办结；请待意见明确后再登记"))
    for item in items:
        answer = answers[item.application_id]
        item.code, item.opinion = answer.code, answer.opinion.strip()
    ProceedingItem.objects.bulk_update(items, ["code", "opinion"])
    acts = {
        item.application_id: (_act(answers[item.application_id]), item.opinion) for item in items
    }
    conclude_items(proceeding, acts, by=by)
    return proceeding


@transaction.atomic
def renew(
    proceeding_id: int,
    *,
    by: Person,
    document_number: str,
    held_on: date,
    answers: Mapping[int, OpinionAnswer],
    body: str = "",
) -> Proceeding:
    """Enter a newer reply on some of a concluded list who still wait to be nominated.

    It is a record of its own and moves nobody: whom it does not support cannot be nominated.
    """
    before = _concluded(proceeding_id)
    waiting = renewable(before)
    if not waiting:
        raise NotPossible(_("名单上没有等待上报的人，不用重新登记意见"))
    items = [item for item in waiting if item.application_id in answers]
    for item in items or waiting:
        check_works_on(before, [item.application.track], by)
    _check_reply(step_in(before), document_number, held_on)
    if not items:
        raise NotReady(_("请登记至少一个人的新意见"))
    _check_answers([item.application_id for item in items], answers)
    moment = now()
    renewed = Proceeding.objects.create(
        cycle=before.cycle,
        office=before.office,
        step=before.step,
        kind=before.kind,
        body=body.strip() or before.body,
        document_number=document_number.strip(),
        held_on=held_on,
        opened_by=by,
        opened_at=moment,
        concluded_by=by,
        concluded_at=moment,
    )
    ProceedingItem.objects.bulk_create(
        ProceedingItem(
            proceeding=renewed,
            application_id=item.application_id,
            turn=item.application.turn,
            act=_act(answers[item.application_id]),
            code=answers[item.application_id].code,
            opinion=answers[item.application_id].opinion.strip(),
        )
        for item in items
    )
    leave("renew", renewed, by=by, at=moment, before=before.pk, files=len(items))
    return renewed


def _act(answer: OpinionAnswer) -> Act:
    return Act.CONCUR if answer.code in SUPPORT else Act.DISSENT


def _concluded(proceeding_id: int) -> Proceeding:
    proceeding = (
        Proceeding.objects.select_for_update(of=("self",))
        .select_related("cycle", "office")
        .filter(pk=proceeding_id, kind=Kind.OPINE)
        .first()
    )
    if proceeding is None:
        raise NotPossible(_("没有找到这份名单"))
    if proceeding.concluded_at is None:
        raise NotPossible(_("这份名单还没有办结，请直接登记意见"))
    return proceeding


def _check_reply(step: Step, document_number: str, held_on: date) -> None:
    check_held_on(held_on)
    until = step.valid_until(held_on)
    if until is not None and until < day(now()):
        raise NotReady(
            _("这份意见出具已超过%(months)d个月，不再有效，请重新征求意见")
            % {"months": step.valid_months},
            (("held_on", _("请核对日期")),),
        )
    if not document_number.strip():
        raise NotReady(_("请填写回函文号"), (("document_number", _("请填写回函文号")),))


def _check_answers(listed: Iterable[int], answers: Mapping[int, OpinionAnswer]) -> None:
    if set(answers) != set(listed):
        raise NotReady(_("请登记名单上每一个人的意见"))
    reasonless = tuple(
        (str(pk), _("请写明情况"))
        for pk, answer in answers.items()
        if answer.code is not OpinionCode.NONE and not answer.opinion.strip()
    )
    if reasonless:
        raise NotReady(_("有反映、暂缓或不同意的，须写明情况"), reasonless)
