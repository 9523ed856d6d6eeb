"""Sending what is due: each message once, by its carrier, at most once towards its receiver."""

from time import monotonic

from django.utils.translation import gettext as _

from juxian.actions import delivery
from juxian.jobs.carriers import mail, robot, sms
from juxian.jobs.carriers.answers import Bounced, NotTaken, Unclear
from juxian.records.models import Dispatch
from juxian.regulation.messages import KINDS, Carrier, Occasion, State
from juxian.selectors.outbox import text_of
from juxian.selectors.reach import addresses_of

LONGEST = 20  # seconds at a stretch; the next minute goes on


def send_due() -> int:
    """How many were handed over or given up; what a worker lost is told to be unclear."""
    delivery.settle_lost(_("发送中断，不知是否送达"))
    until, count = monotonic() + LONGEST, 0
    while monotonic() < until and (one := delivery.take()) is not None:
        _send(one)
        count += 1
    return count


def _send(one: Dispatch) -> None:
    try:
        _carry(one)
    except Bounced as said:
        delivery.settle(one, State.BOUNCED, said.reason)
    except NotTaken as said:
        delivery.settle(one, State.FAILED, said.reason, again=said.again)
    except Unclear as said:
        delivery.settle(one, State.UNCLEAR, said.reason)
    else:
        delivery.settle(one, State.SENT)


def _carry(one: Dispatch) -> None:
    text, carrier = text_of(one), Carrier(one.carrier)
    if one.person is None:
        if not hasattr(one.office, "robot"):
            raise NotTaken(_("工作群机器人已经停用"))
        robot.send(one.office.robot, text)
        return
    address = addresses_of([(one.person, one.application)])[0].by(carrier)
    if not address:
        raise NotTaken(_("没有留下手机号码") if carrier is Carrier.SMS else _("没有留下邮箱"))
    if carrier is Carrier.SMS:
        sms.send(address, text, one.key)
    else:
        mail.send(address, KINDS[Occasion(one.occasion)].title, text, one.key)
