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
    lock,
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

    @property
    def act(self) -> Act:
        return Act.CONCUR if self.code in SUPPORT else Act.DISSENT


@dataclass(frozen=True, slots=True)
class Reply:
    """What a body answered on each person; `body` only if another one than was asked."""

    document_number: str
    held_on: date
    answers: Mapping[int, OpinionAnswer]
    body: str = ""


@transaction.atomic
def conclude(proceeding_id: int, *, by: Person, reply: Reply) -> Proceeding:
    """Enter a reply person by person. A deferred person leaves the list and stays at the step."""
    proceeding = locked_proceeding(proceeding_id, Kind.OPINE, by=by)
    listed = list(proceeding.items.all())
    _check(reply, listed, step_in(proceeding))
    codes = {pk: answer.code for pk, answer in reply.answers.items()}
    items = [item for item in listed if codes[item.application_id] is not OpinionCode.DEFERRED]
    if not items:
        raise NotReady(_("名单上的人都建议暂缓，不能办结；请待意见明确后再登记"))
    proceeding.items.exclude(pk__in=[item.pk for item in items]).delete()
    _enter(reply, proceeding, items)
    ProceedingItem.objects.bulk_update(items, ["code", "opinion"])
    acts = {
        item.application_id: (reply.answers[item.application_id].act, item.opinion)
        for item in items
    }
    conclude_items(proceeding, acts, by=by)
    return proceeding


@transaction.atomic
def renew(proceeding_id: int, *, by: Person, reply: Reply) -> Proceeding:
    """Enter a newer reply on some of a concluded list who still wait to be nominated.

    It is a record of its own and moves nobody: whom it does not support cannot be nominated.
    """
    before = _concluded(proceeding_id)
    waiting = renewable(before)
    if not waiting:
        raise NotPossible(_("名单上没有等待上报的人，不用重新登记意见"))
    asked = [item for item in waiting if item.application_id in reply.answers]
    for item in asked or waiting:
        check_works_on(before, [item.application.track], by)
    if not asked:
        raise NotReady(_("请登记至少一个人的新意见"))
    _check(reply, asked, step_in(before))
    moment = now()
    renewed = Proceeding(
        cycle=before.cycle,
        office=before.office,
        step=before.step,
        kind=before.kind,
        body=before.body,
        opened_by=by,
        opened_at=moment,
        concluded_by=by,
        concluded_at=moment,
    )
    items = [
        ProceedingItem(
            proceeding=renewed,
            application=item.application,
            turn=item.application.turn,
            act=reply.answers[item.application_id].act,
        )
        for item in asked
    ]
    _enter(reply, renewed, items)
    renewed.save()
    ProceedingItem.objects.bulk_create(items)
    leave("renew", renewed, by=by, at=moment, before=before.pk, files=len(items))
    return renewed


def _concluded(proceeding_id: int) -> Proceeding:
    proceeding = lock(proceeding_id, Kind.OPINE)
    if proceeding.concluded_at is None:
        raise NotPossible(_("这份名单还没有办结，请直接登记意见"))
    return proceeding


def _check(reply: Reply, items: Iterable[ProceedingItem], step: Step) -> None:
    """The document is one that counts, and answers for each of these and nobody else."""
    check_held_on(reply.held_on)
    until = step.valid_until(reply.held_on)
    if until is not None and until < day(now()):
        raise NotReady(
            _("这份意见出具已超过%(months)d个月，不再有效，请重新征求意见")
            % {"months": step.valid_months},
            (("held_on", _("请核对日期")),),
        )
    if not reply.document_number.strip():
        raise NotReady(_("请填写回函文号"), (("document_number", _("请填写回函文号")),))
    if set(reply.answers) != {item.application_id for item in items}:
        raise NotReady(_("请登记名单上每一个人的意见"))
    reasonless = tuple(
        (str(pk), _("请写明情况"))
        for pk, answer in reply.answers.items()
        if answer.code is not OpinionCode.NONE and not answer.opinion.strip()
    )
    if reasonless:
        raise NotReady(_("有反映、暂缓或不同意的，须写明情况"), reasonless)


def _enter(reply: Reply, proceeding: Proceeding, items: Iterable[ProceedingItem]) -> None:
    proceeding.document_number = reply.document_number.strip()
    proceeding.held_on = reply.held_on
    proceeding.body = reply.body.strip() or proceeding.body
    for item in items:
        answer = reply.answers[item.application_id]
        item.code, item.opinion = answer.code, answer.opinion.strip()
