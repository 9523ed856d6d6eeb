"""Opinions of consulted bodies: whose counts today, and whose has to be asked for again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from juxian.access.acts import procedure_of
from juxian.records.models import Application, Proceeding, ProceedingItem
from juxian.records.packs import pack_of
from juxian.regulation.calendar import in_words
from juxian.regulation.procedure import Step
from juxian.regulation.words import Act, Kind, Standing
from juxian.selectors.phrases import OPINION_CODES, said

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an opinion, or soon will be, and the list it was recorded on."""

    says: str
    listed: int
    hinders: bool = True


def unfit(
    proceeding: Proceeding, applications: Collection[int], *, today: date
) -> dict[int, Fault]:
    """What is wrong with the opinion on each of these that none in force supports (通知四（一）).

    1 query; the proceeding has its cycle.
    """
    found = doubtful(proceeding, applications, today=today)
    return {pk: fault for pk, fault in found.items() if fault.hinders}


def doubtful(
    proceeding: Proceeding, applications: Collection[int], *, today: date
) -> dict[int, Fault]:
    """The same, and whose opinion soon runs out, which hinders nothing yet."""
    steps = {
        step.code: step
        for step in pack_of(proceeding.cycle).procedure.steps
        if step.kind is Kind.OPINE and step.valid_months is not None
    }
    if not steps or not applications:
        return {}
    found = {}
    for (pk, code), item in _latest(applications, steps.keys()).items():
        fault = _fault(steps[code], item, today)
        said = fault or _soon(steps[code], item, today)
        if said:
            found[pk] = Fault(said, item.proceeding_id, bool(fault))
    return found


def said_of_all(faults: Mapping[int, Fault], names: Mapping[int, str]) -> tuple[Fault, ...]:
    """Each fault once, said of everybody it is about, in the order of `names`."""
    people: dict[Fault, list[str]] = {}
    for pk, name in names.items():
        if pk in faults:
            people.setdefault(faults[pk], []).append(name)
    return tuple(
        replace(fault, says=f"{'、'.join(about)}：{fault.says}") for fault, about in people.items()
    )


def renewable(proceeding: Proceeding) -> list[ProceedingItem]:
    """Those of a concluded list who still wait to be nominated, and on whom nothing newer is known.

    2 queries; the proceeding has its cycle.
    """
    step = pack_of(proceeding.cycle).procedure.step(proceeding.step)
    if proceeding.concluded_at is None or step.valid_months is None:
        return []
    items = list(
        ProceedingItem.objects.filter(
            proceeding=proceeding, application__standing=Standing.OPEN, void_at__isnull=True
        )
        .select_related("application__cycle", "application__employer")
        .order_by("application__name_key", "pk")
    )
    waiting = [item for item in items if _waits_above(item.application, step)]
    latest = _latest({item.application_id for item in waiting}, (step.code,))
    return [item for item in waiting if latest.get((item.application_id, step.code)) == item]


def _waits_above(application: Application, opined: Step) -> bool:
    """Past the opinion, and not yet past the nomination that relies on it."""
    procedure = procedure_of(application)
    here = procedure.index(application.step)
    relied_on = max(
        (n for n, step in enumerate(procedure.steps) if step.kind is Kind.RECOMMEND), default=-1
    )
    return procedure.index(opined.code) < here <= relied_on


def _latest(
    applications: Collection[int], steps: Collection[str]
) -> dict[tuple[int, str], ProceedingItem]:
    """By application and step, what was last recorded."""
    rows = (
        ProceedingItem.objects.filter(
            application__in=applications,
            proceeding__kind=Kind.OPINE,
            proceeding__step__in=steps,
            proceeding__concluded_at__isnull=False,
            void_at__isnull=True,
        )
        .exclude(act="")
        .select_related("proceeding")
        .order_by("pk")
    )
    return {(row.application_id, row.proceeding.step): row for row in rows}


def _fault(step: Step, item: ProceedingItem, today: date) -> str:
    held_on = item.proceeding.held_on
    body = item.proceeding.body or step.body
    if item.act == Act.DISSENT:
        return _("%(body)s最近的意见是“%(said)s”，不能推荐；请不使用指标，上报时写明理由。") % {
            "body": body,
            "said": said(OPINION_CODES, item.code),
        }
    until = step.valid_until(held_on) if held_on else None
    if held_on is None or until is None or today <= until:
        return ""
    return _(
        "%(body)s%(held_on)s的意见%(months)d个月内有效，已过期；"
        "请%(body)s重新出具意见，在“%(step)s”的名单上登记。"
    ) % {
        "body": body,
        "held_on": in_words(held_on),
        "months": step.valid_months,
        "step": step.title,
    }


def _soon(step: Step, item: ProceedingItem, today: date) -> str:
    held_on = item.proceeding.held_on
    until = step.valid_until(held_on) if held_on else None
    if held_on is None or until is None or until > today + SOON:
        return ""
    said = _("%(body)s%(held_on)s的意见将于%(until)s失效，请在此以前上报，或者及时重新征求。")
    return said % {
        "body": item.proceeding.body or step.body,
        "held_on": in_words(held_on),
        "until": in_words(until),
    }
