"""Messages that leave the system: on what occasion, in which words, how released, how long."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from string import Formatter
from urllib.parse import urlsplit

from juxian.regulation.entries import read_mobile


class Occasion(StrEnum):
    """What a message is sent upon (时机)."""

    RETURNED = "returned"  # 退回修改
    REMINDED = "reminded"  # 催办、补正期限将到
    LAPSED = "lapsed"  # 补正逾期
    DEADLINE = "deadline"  # 申报即将截止
    ACCEPTED = "accepted"  # 受理
    NOMINATED = "nominated"  # 已推荐上报
    ENDED = "ended"  # 未推荐、不予通过
    PUBLICISED = "publicised"  # 公示开始
    RESULT = "result"  # 审定结果
    NEW_FILES = "new_files"  # 新到申报汇总
    OVERDUE = "overdue"  # 逾期未办汇总
    INVITED = "invited"  # 评审邀请
    DAILY = "daily"  # 个人每日汇总


WHILE_RETURNED = (Occasion.RETURNED, Occasion.REMINDED, Occasion.LAPSED)
"""What is of no use once the applicant has submitted again."""


class Carrier(StrEnum):
    """How a message leaves the system (发送方式)."""

    SMS = "sms"  # 短信
    MAIL = "mail"  # 邮件
    ROBOT = "robot"  # 工作群机器人


class Sender(StrEnum):
    """What sort of office writes upon an occasion."""

    ANY = "any"  # 各级办理单位
    PROVINCE = "province"  # 受理处室、主办单位
    ORGANISER = "organiser"  # 主办单位


class RobotKind(StrEnum):
    """Whose work group a robot writes to."""

    WECOM = "wecom"  # 企业微信
    DINGTALK = "dingtalk"  # 钉钉


class Release(StrEnum):
    """What lets a message go (放行)."""

    AT_ONCE = "at_once"  # 按规则直接发
    LOOK = "look"  # 看过再发
    OFF = "off"  # 不发


class Pace(StrEnum):
    """How often a person wants to be written to outside the system (接收方式)."""

    AT_ONCE = "at_once"  # 立即
    DAILY = "daily"  # 每日汇总
    NEVER = "never"  # 不接收


class State(StrEnum):
    """How an outgoing message stands (发送状态)."""

    WAITING = "waiting"  # 待审看
    HELD = "held"  # 暂缓
    RELEASED = "released"  # 待发
    SENDING = "sending"  # 正在发
    SENT = "sent"  # 已发
    FAILED = "failed"  # 失败
    BOUNCED = "bounced"  # 退回
    UNCLEAR = "unclear"  # 未确认
    CANCELLED = "cancelled"  # 已取消


@dataclass(frozen=True, slots=True)
class OccasionKind:
    """`places` are the placeholders it knows; `release` is the rule where no office has set one.

    Only what `may_go` is ever released by rule: the page of the act that makes it says so and
    offers a switch, or no click makes it at all.
    """

    occasion: Occasion
    title: str
    words: str
    places: tuple[str, ...]
    release: Release = Release.LOOK
    may_go: bool = False
    by: Sender = Sender.ANY
    carriers: tuple[Carrier, ...] = (Carrier.SMS, Carrier.MAIL)

    @property
    def releases(self) -> tuple[Release, ...]:
        return tuple(Release) if self.may_go else (Release.LOOK, Release.OFF)

    @property
    def sample(self) -> dict[str, str]:
        return {place: SAMPLES[place] for place in self.places}


SAMPLES: Mapping[str, str] = {
    "姓名": "王某某",
    "编号": "TJ2020-00001",
    "批次": "2020年享受政府特殊津贴人员选拔",
    "环节": "所在单位审核",
    "单位": "某某单位",
    "期限": "2020年4月3日",
    "数量": "3",
}
ABOUT = ("姓名", "编号", "批次", "单位")
OFFICE = ("单位", "数量")
TO_OFFICE = tuple(Carrier)

KINDS: Mapping[Occasion, OccasionKind] = {
    kind.occasion: kind
    for kind in (
        OccasionKind(
            Occasion.RETURNED,
            "退回修改",
            "{姓名}您好：您的申报{编号}已由{单位}退回修改，请于{期限}（含当天）前登录系统改好并重新提交。",
            (*ABOUT, "环节", "期限"),
            Release.AT_ONCE,
            may_go=True,
        ),
        OccasionKind(
            Occasion.REMINDED,
            "催办补正",
            "{姓名}您好：您的申报{编号}还没有改好，请于{期限}（含当天）前登录系统重新提交。",
            (*ABOUT, "期限"),
            may_go=True,
        ),
        OccasionKind(
            Occasion.LAPSED,
            "补正逾期",
            "{姓名}您好：您的申报{编号}已过补正期限（{期限}），没有重新提交，请联系{单位}。",
            (*ABOUT, "期限"),
            may_go=True,
        ),
        OccasionKind(
            Occasion.DEADLINE,
            "申报即将截止",
            "{姓名}您好：您的申报{编号}还没有提交，{期限}截止，请抓紧办理。",
            (*ABOUT, "期限"),
            may_go=True,
            by=Sender.ORGANISER,
        ),
        OccasionKind(
            Occasion.ACCEPTED,
            "受理",
            "{姓名}您好：您的申报{编号}已由{单位}受理。",
            (*ABOUT, "环节"),
            by=Sender.PROVINCE,
        ),
        OccasionKind(
            Occasion.NOMINATED,
            "已推荐上报",
            "{姓名}您好：您的申报{编号}已由{单位}推荐上报。",
            (*ABOUT, "环节"),
        ),
        OccasionKind(
            Occasion.ENDED,
            "未推荐、未通过",
            "{姓名}您好：您的申报{编号}已有办理结果，请登录系统查看。",
            ABOUT,
        ),
        OccasionKind(
            Occasion.PUBLICISED,
            "公示开始",
            "{姓名}您好：您的申报{编号}已列入{单位}的公示，公示到{期限}为止。",
            (*ABOUT, "期限"),
        ),
        OccasionKind(
            Occasion.RESULT,
            "审定结果",
            "{姓名}您好：您的申报{编号}已有审定结果，请登录系统查看。",
            ABOUT,
            by=Sender.ORGANISER,
        ),
        OccasionKind(
            Occasion.NEW_FILES,
            "新到申报汇总",
            "{单位}：新到申报{数量}份，请登录系统办理。",
            OFFICE,
            Release.AT_ONCE,
            may_go=True,
            carriers=TO_OFFICE,
        ),
        OccasionKind(
            Occasion.OVERDUE,
            "逾期未办汇总",
            "{单位}：有{数量}份申报已过本环节时限，请尽快办理。",
            OFFICE,
            Release.AT_ONCE,
            may_go=True,
            carriers=TO_OFFICE,
        ),
        OccasionKind(
            Occasion.INVITED,
            "评审邀请",
            "{姓名}您好：您已被聘为{批次}的评审委员，请登录系统阅读承诺、申报回避。",
            ("姓名", "批次", "单位"),
            by=Sender.ORGANISER,
        ),
        OccasionKind(
            Occasion.DAILY,
            "每日汇总",
            "{姓名}您好：您今天有{数量}条新消息，请登录系统查看。",
            ("姓名", "单位", "数量"),
            Release.AT_ONCE,
            may_go=True,
            by=Sender.ORGANISER,
        ),
    )
}

LONGEST = 300  # characters of the words, before their placeholders are filled in
ALONE, PART = 70, 67  # characters of a short message alone, and of one part of several
NUMBER = re.compile(r"\d[\d\s-]{9,}[\dXx]")
SHORTEST_ID = 15  # digits of a resident id of the first generation
NIGHT, MORNING = time(22), time(8)
BACKOFF = (1, 5, 30, 120)  # minutes before each further try
GIVEN_UP = len(BACKOFF) + 1  # tries


def faults_in(words: str, places: Iterable[str]) -> list[str]:
    """Why words cannot be sent: at most one sentence of a kind."""
    if not words.strip():
        return ["请填写内容"]
    found = []
    if len(words) > LONGEST:
        found.append(f"最多{LONGEST}字，现有{len(words)}字，请删减")
    try:
        named = [name for _text, name, _spec, _how in Formatter().parse(words) if name is not None]
    except ValueError:
        return [*found, "大括号须成对，如{姓名}"]
    unknown = [name for name in dict.fromkeys(named) if name not in set(places)]
    if unknown:
        known = "".join(f"{{{name}}}" for name in places)
        said = "、".join(f"{{{name}}}" for name in unknown)
        found.append(f"没有{said}这样的占位；这里可以用{known}")
    if any(_is_personal(hit.group()) for hit in NUMBER.finditer(words)):
        found.append("不要写证件号码和手机号码；消息会经过外部通道")
    return found


def _is_personal(digits: str) -> bool:
    bare = re.sub(r"[\s-]", "", digits)
    _number, fault = read_mobile(bare)
    return len(bare) >= SHORTEST_ID or not fault


ROBOT_HOSTS = {
    RobotKind.WECOM: "qyapi.weixin.qq.com",
    RobotKind.DINGTALK: "oapi.dingtalk.com",
}


def faults_in_robot(kind: RobotKind, url: str) -> list[str]:
    """Why it cannot be the address of such a robot: an office may have no other host written to."""
    try:
        asked = urlsplit(url)
        is_there = (asked.scheme, asked.netloc) == ("https", ROBOT_HOSTS[kind])
    except ValueError:
        is_there = False
    return [] if is_there else [f"请从群机器人的设置中复制，以 https://{ROBOT_HOSTS[kind]}/ 开头"]


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words as the receiver reads them; a placeholder without a value is left out."""
    return re.sub(r"\{([^{}]*)\}", lambda hit: values.get(hit.group(1), ""), words)


def parts_of(text: str) -> int:
    """How many short messages a text takes; characters beyond the plane of Chinese count twice."""
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= ALONE else -(-units // PART)


def not_before(moment: datetime) -> datetime:
    """When something may go out that is ready at the moment, local time: never from 22 to 8."""
    if moment.time() < MORNING:
        return moment.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    if moment.time() >= NIGHT:
        return not_before((moment + timedelta(days=1)).replace(hour=0, minute=0))
    return moment


def try_again_after(tries: int) -> timedelta | None:
    """How long to wait after so many failed tries; None once it is given up."""
    return timedelta(minutes=BACKOFF[tries - 1]) if tries < GIVEN_UP else None
