"""Robots of work groups (工作群机器人): WeCom and DingTalk, each in its own words."""

import base64
import hmac
import time
from urllib.parse import quote_plus

from django.utils.translation import gettext as _

from juxian.jobs.carriers.answers import NotTaken
from juxian.jobs.carriers.http import post_json
from juxian.records.models import Robot
from juxian.records.sealing import unseal
from juxian.regulation.messages import RobotKind

TOO_OFTEN = (45009, 130101)  # of WeCom, of DingTalk


def send(robot: Robot, text: str) -> None:
    """Hand it over; NotTaken or Unclear where that did not succeed."""
    url = unseal(robot.sealed_url)
    if robot.kind == RobotKind.DINGTALK and robot.sealed_secret:
        url += signature(unseal(robot.sealed_secret), round(time.time() * 1000))
    answer = post_json(url, {"msgtype": "text", "text": {"content": text}}, {})
    code = answer.get("errcode")
    if code != 0:
        reason = _("工作群没有接收，答复代码：%(code)s") % {"code": str(code)[:40]}
        raise NotTaken(reason, again=code in TOO_OFTEN)


def signature(secret: str, moment: int) -> str:
    """What DingTalk wants behind the address; the moment in milliseconds."""
    digest = hmac.digest(secret.encode(), f"{moment}\n{secret}".encode(), "sha256")
    sign = quote_plus(base64.b64encode(digest).decode())
    return f"&timestamp={moment}&sign={sign}"
