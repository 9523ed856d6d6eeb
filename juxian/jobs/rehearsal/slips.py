"""The errors that a rehearsal plants: which, how often, and who must find them.

A slip is dealt to a person before they file; where the pack has nothing it could break, it is not
planted.
"""

from collections.abc import Mapping
from enum import StrEnum
from random import Random
from typing import TypeVar

from juxian.jobs.rehearsal.shares import FEW

Kind = TypeVar("Kind", bound=str)


class Finder(StrEnum):
    """Who must find a planted error."""

    RULE = "规则"  # 系统拒绝
    HINT = "提示"  # 系统提示，经办人退回
    OFFICER = "经办人"  # 系统不能判断，经办人退回
    NOBODY = "无人"  # 现在没有人查


class Slip(StrEnum):
    WRONG_DIGIT = "证件号码校验位错"
    WRONG_BIRTH = "证件号码与出生日期不符"
    WRONG_SEX = "证件号码与性别不符"
    BACKWARDS = "起止时间颠倒"
    RANK = "本人排名大于完成人数"
    LATE_TITLE = "职称在截止日期以后取得"
    OUT_OF_WINDOW = "业绩都在规定年限以外"
    OTHER_CONDITION = "其他条件不符"
    UNDECLARED = "未勾选声明"
    WRONG_SIGNATURE = "签名不符"
    LOCKED_FILE = "PDF有密码"
    EMPTY_FILE = "空文件"
    BROKEN_FILE = "文件损坏"
    EXCLUDED = "不在选拔范围而申报"
    OUTSIDER = "用人单位不在选拔范围"
    ON_REGISTER = "名册中已有本人"
    UNCLEAR = "须由人认定的情形"
    TWICE = "同一人在两个单位申报"
    OVERLAP = "经历时间重叠"
    CLASSIFIED = "扫描件有密级标志"
    ROTATED = "扫描件横倒"
    SHARED_SCAN = "与他人同一扫描件"
    GPS = "照片带拍摄位置"
    LATE = "逾期提交"


RATES: Mapping[Slip, float] = {
    Slip.WRONG_DIGIT: 0.015,
    Slip.WRONG_BIRTH: 0.01,
    Slip.WRONG_SEX: 0.01,
    Slip.BACKWARDS: 0.02,
    Slip.RANK: 0.02,
    Slip.LATE_TITLE: 0.015,
    Slip.OUT_OF_WINDOW: 0.02,
    Slip.OTHER_CONDITION: 0.03,
    Slip.UNDECLARED: 0.015,
    Slip.WRONG_SIGNATURE: 0.015,
    Slip.LOCKED_FILE: 0.015,
    Slip.EMPTY_FILE: 0.01,
    Slip.BROKEN_FILE: 0.01,
    Slip.EXCLUDED: 0.015,
    Slip.OUTSIDER: 0.008,
    Slip.ON_REGISTER: 0.007,
    Slip.UNCLEAR: 0.015,
    Slip.TWICE: 0.012,
    Slip.OVERLAP: 0.025,
    Slip.CLASSIFIED: 0.01,
    Slip.ROTATED: 0.02,
    Slip.SHARED_SCAN: 0.012,
    Slip.GPS: 0.02,
    Slip.LATE: 0.02,
}
IN_FORM = (
    *(Slip.WRONG_DIGIT, Slip.WRONG_BIRTH, Slip.WRONG_SEX, Slip.BACKWARDS, Slip.RANK),
    *(Slip.LATE_TITLE, Slip.OUT_OF_WINDOW, Slip.OTHER_CONDITION),
)
MILD: Mapping[Slip, float] = {
    slip: RATES[slip] for slip in (*IN_FORM, Slip.UNDECLARED, Slip.WRONG_SIGNATURE)
}
"""Those that are mended at once and leave nothing behind."""
FINDERS: Mapping[str, Finder] = {
    Slip.UNCLEAR: Finder.HINT,
    Slip.OVERLAP: Finder.HINT,
    Slip.CLASSIFIED: Finder.OFFICER,
    Slip.ROTATED: Finder.OFFICER,
    Slip.SHARED_SCAN: Finder.OFFICER,
    Slip.GPS: Finder.NOBODY,
}
"""All others are for a rule to find."""


def deal(
    dice: Random, count: int, rates: Mapping[Kind, float], *, least: int = 1
) -> dict[int, Kind]:
    """At most one of the kinds to each of `count` people, by their place.

    From `FEW` people on, `least` of them have each kind.
    """
    places = list(range(count))
    dice.shuffle(places)
    dealt: dict[int, Kind] = {}
    for kind, rate in rates.items():
        wanted = int(rate * count + dice.random())
        if count >= FEW:
            wanted = max(wanted, least)
        for _one in range(min(wanted, len(places))):
            dealt[places.pop()] = kind
    return dealt
