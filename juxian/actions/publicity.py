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
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Kind
from juxian.selectors.proceeding import tracks_on

RECEIPT_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Objector:
    name: str
    phone: str
    employer: str = ""


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
def close_objection(objection_id: int, *, by: Person, upheld: bool, conclusion: str) -> Objection:
    objection = Objection.objects.select_for_update().get(pk=objection_id)
    proceeding = locked_proceeding(objection.proceeding_id, Kind.PUBLICIZE, by=by)
    if objection.closed_at is not None:
        raise NotPossible(_("这件异议已办结"))
    if not conclusion.strip():
        raise NotReady(_("请写明核查结论"), (("conclusion", _("请写明核查结论")),))
    objection.upheld, objection.conclusion = upheld, conclusion.strip()
    objection.closed_at, objection.closed_by = now(), by
    objection.save()
    leave("close_objection", objection, by=by, proceeding=proceeding.pk, upheld=upheld)
    return objection


@transaction.atomic
def conclude(proceeding_id: int, *, by: Person) -> Proceeding:
    """After the last day: those without an upheld objection go on; an open objection keeps only
    its own person at the step (通知四（一）（四）：公示无异议)."""
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
    proceeding.items.filter(application__in=pending).delete()
    acts = {
        pk: (Act.UPHOLD, founded[pk]) if pk in founded else (Act.CLEAR, "")
        for pk in listed - pending
    }
    conclude_items(proceeding, acts, by=by)
    return proceeding
