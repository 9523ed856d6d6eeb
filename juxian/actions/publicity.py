"""Publicity and objections (公示、异议)."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.proceeding import (
    check_works_on,
    conclude_items,
    lock,
    locked_proceeding,
    step_in,
)
from juxian.actions.trace import leave
from juxian.records import sealing
from juxian.records.clock import day, now
from juxian.records.models import Objection, Person, Proceeding
from juxian.records.packs import calendar
from juxian.regulation.public_notice import shortfall
from juxian.regulation.publishing import STAYING, UNFOUNDED, Remedy
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Act, Kind
from juxian.selectors.proceeding import tracks_on
from juxian.selectors.publicity import is_concerned

RECEIPT_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Closing:
    """How an objection was closed; one not taken up (不予受理) has a `refusal` and no finding."""

    remedy: Remedy
    conclusion: str
    finding: str = ""
    refusal: str = ""
    inquiry: str = ""
    statement: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Objector:
    """Who objects, and by which way it reached the office (反映方式)."""

    name: str
    phone: str
    employer: str = ""
    way: str = "online"


@transaction.atomic
def publish(
    proceeding_id: int, *, by: Person, starts_on: date, ends_on: date, place: str
) -> Proceeding:
    """Fix the period; refused when too short by the pack's days or beyond the known calendar."""
    proceeding = locked_proceeding(proceeding_id, Kind.PUBLICIZE, by=by)
    publicity = step_in(proceeding).publicity
    if publicity is None:
        raise AssertionError("no pack with such a step is sound")
    if not place.strip():
        raise NotReady(_("请填写公示的地点或网址"), (("place", _("请填写公示地点")),))
    if starts_on < day(now()):
        raise NotReady(_("公示开始日期不能早于今天"), (("starts_on", _("请核对日期")),))
    for fault in shortfall(starts_on, ends_on, publicity, calendar()):
        raise NotReady(fault, (("ends_on", fault),))
    proceeding.starts_on, proceeding.ends_on = starts_on, ends_on
    proceeding.place = place.strip()
    proceeding.save()
    leave("publish", proceeding, by=by, starts=str(starts_on), ends=str(ends_on))
    return proceeding


@transaction.atomic
def object_to(
    proceeding_id: int,
    application_id: int,
    *,
    objector: Objector,
    category: str,
    facts: str,
    by: Person | None = None,
) -> Objection:
    """A named objection; the objector is sealed. Anybody's, within the period, `by` nobody.

    Those who work on the list enter what reached their office, after the period too.
    """
    proceeding = lock(proceeding_id)
    if by is not None:
        check_works_on(proceeding, tracks_on(proceeding), by)
    moment = now()
    if proceeding.starts_on is None or proceeding.concluded_at is not None:
        raise NotPossible(_("这份名单不在公示中"))
    ended = proceeding.ends_on is not None and day(moment) > proceeding.ends_on
    if by is None and (ended or day(moment) < proceeding.starts_on):
        raise NotReady(_("不在公示期内，请向受理部门书面反映"))
    if not proceeding.items.filter(application=application_id).exists():
        raise NotPossible(_("公示名单上没有这个人"))
    blanks = _blanks(objector, facts)
    if blanks:
        raise NotReady(_("请补充完整后再提交"), blanks)
    objection = Objection.objects.create(
        proceeding=proceeding,
        application_id=application_id,
        receipt="".join(secrets.choice(RECEIPT_ALPHABET) for _place in range(10)),
        sealed_objector=sealing.seal(
            f"{objector.name.strip()}\n{objector.phone.strip()}\n{objector.employer.strip()}"
        ),
        way=objector.way,
        category=category,
        facts=facts.strip(),
        received_at=moment,
        received_by=by,
    )
    leave("object", objection, by=by, at=moment, proceeding=proceeding.pk)
    return objection


def _blanks(objector: Objector, facts: str) -> tuple[tuple[str, str], ...]:
    asked = (
        ("name", objector.name, _("请填写真实姓名；匿名异议不予受理")),
        ("phone", objector.phone, _("请填写联系电话，以便核实")),
        ("facts", facts, _("请写明反映的具体事实")),
    )
    return tuple((field, said) for field, value, said in asked if not value.strip())


@transaction.atomic
def close_objection(objection_id: int, *, by: Person, closing: Closing) -> Objection:
    """By somebody who does not belong to the unit of the person objected to, unless it is that
    unit's own notice; never by that person."""
    rows = Objection.objects.select_for_update(of=("self",)).select_related("application")
    objection = rows.get(pk=objection_id)
    proceeding = locked_proceeding(objection.proceeding_id, Kind.PUBLICIZE, by=by)
    if objection.closed_at is not None:
        raise NotPossible(_("这件异议已办结"))
    if is_concerned(by, objection):
        raise NotAllowed(_("您是被反映人本人或者其所在单位的人员，请由其他人核查这件异议"))
    _check_closing(closing, objection)
    objection.remedy, objection.upheld = closing.remedy, closing.remedy is Remedy.CANCEL
    objection.finding, objection.refusal = closing.finding, closing.refusal
    objection.inquiry, objection.statement = closing.inquiry.strip(), closing.statement.strip()
    objection.conclusion, objection.answered_on = closing.conclusion.strip(), closing.answered_on
    objection.closed_at, objection.closed_by = now(), by
    objection.save()
    remedy = closing.remedy.value
    leave("close_objection", objection, by=by, proceeding=proceeding.pk, remedy=remedy)
    return objection


def _check_closing(closing: Closing, objection: Objection) -> None:
    is_refused = bool(closing.refusal)
    answered, received = closing.answered_on, day(objection.received_at)
    faults = {
        "conclusion": _("请写明核查结论") if not closing.conclusion.strip() else "",
        "finding": _("请选择核查结果") if not closing.finding and not is_refused else "",
        "remedy": _("不予受理、不属实和无法查证的异议，只能维持推荐")
        if closing.remedy is Remedy.CANCEL and (is_refused or closing.finding in UNFOUNDED)
        else "",
        "answered_on": _("答复日期须在收到异议以后、今天以前")
        if answered and not received <= answered <= day(now())
        else "",
    }
    found = tuple((place, said) for place, said in faults.items() if said)
    if found:
        raise NotReady(found[0][1], found)


@transaction.atomic
def conclude(proceeding_id: int, *, by: Person) -> Proceeding:
    """After the last day: those without an upheld objection go on. Whose objection is open, or who
    is to wait or be published anew, stays at the step (通知四（一）（四）：公示无异议)."""
    proceeding = locked_proceeding(proceeding_id, Kind.PUBLICIZE, by=by)
    if proceeding.ends_on is None:
        raise NotReady(_("还没有发布公示"))
    if day(now()) <= proceeding.ends_on:
        raise NotReady(
            _("公示到%(day)s结束，结束以后才能办结")
            % {"day": f"{proceeding.ends_on.month}月{proceeding.ends_on.day}日"}
        )
    pending = set(
        proceeding.objections.filter(closed_at__isnull=True).values_list("application", flat=True)
    )
    founded = dict(
        proceeding.objections.filter(upheld=True).values_list("application", "conclusion")
    )
    listed = set(proceeding.items.values_list("application", flat=True))
    if pending and pending == listed:
        raise NotReady(_("还有异议没有办结，请先核查并登记结论"))
    staying = proceeding.objections.filter(remedy__in=STAYING)
    pending |= set(staying.values_list("application", flat=True)) - founded.keys()
    proceeding.items.filter(application__in=pending).delete()
    acts = {
        pk: (Act.UPHOLD, founded[pk]) if pk in founded else (Act.CLEAR, "")
        for pk in listed - pending
    }
    conclude_items(proceeding, acts, by=by)
    return proceeding
