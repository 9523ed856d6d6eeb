"""The Chinese for the regulation's words, for texts that are written where there is no Django."""

from collections.abc import Mapping
from datetime import date, datetime, time

from juxian.regulation.ballot import Base, TieRule
from juxian.regulation.calendar import in_words
from juxian.regulation.deadlines import BEIJING, last_day
from juxian.regulation.eligibility import Severity
from juxian.regulation.words import Holder, Kind, Level, Nature, Role

KINDS: Mapping[Kind, str] = {
    Kind.FILL: "填报",
    Kind.VERIFY: "审核",
    Kind.REVIEW: "评审",
    Kind.PUBLICIZE: "公示",
    Kind.OPINE: "征求意见",
    Kind.DECIDE: "审定",
    Kind.RECOMMEND: "推荐上报",
}
LEVELS: Mapping[Level, str] = {
    Level.EMPLOYER: "用人单位",
    Level.COUNTY: "县（市、区）",
    Level.NOMINATOR: "推荐单位",
    Level.PROVINCE: "主办单位",
}
ROLES: Mapping[Role, str] = {
    Role.HANDLER: "经办",
    Role.REVIEWER: "复核",
    Role.SIGNATORY: "审签",
    Role.DISCIPLINE: "纪检监察",
    Role.SECRETARY: "评委会秘书",
    Role.SUPERVISOR: "监督",
    Role.OPERATOR: "系统管理",
}
HOLDERS: Mapping[Holder, str] = {
    Holder.PREFECTURE: "地（州、市）",
    Holder.DEPARTMENT: "区直部门（单位）",
    Holder.ENTERPRISE: "区属企业",
    Holder.SCHOOL: "技工院校",
}
NATURES: Mapping[Nature, str] = {
    Nature.HARD: "必须符合",
    Nature.SOFT: "提示、优先",
    Nature.PROCEDURE: "程序",
    Nature.DOCUMENT: "文书",
    Nature.INFORMATION: "告知",
}
SEVERITIES: Mapping[Severity, str] = {
    Severity.HARD: "必须符合，否则不能提交",
    Severity.SOFT: "一般应符合，否则须写明理由",
    Severity.HINT: "只作提示",
}
BASES: Mapping[Base, str] = {
    Base.MEMBERS: "应到人数",
    Base.PRESENT: "到会人数",
    Base.PRESENT_LESS_RECUSED: "到会人数减回避人数",
    Base.VALID: "有效票数",
}
TIES: Mapping[TieRule, str] = {
    TieRule.REVOTE: "并列者再次表决",
    TieRule.CHAIR_REASON: "并列者由主持人说明理由后排定",
    TieRule.NONE: "并列者都不列入",
}


def moment_in_words(moment: datetime) -> str:
    """2020年2月24日10:00, in Beijing time."""
    local = moment.astimezone(BEIJING)
    return f"{in_words(local.date())}{local:%H:%M}"


def close_in_words(closes: datetime) -> str:
    """A close at 00:00 is the 24:00 of the day before."""
    local = closes.astimezone(BEIJING)
    if local.time() == time():
        return f"{in_words(last_day(closes))}24:00"
    return moment_in_words(closes)


def value_in_words(value: object) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case datetime():
            return close_in_words(value)
        case date():
            return in_words(value)
        case time():
            return f"{value:%H:%M}"
        case list():
            return "、".join(value_in_words(one) for one in value) or "无"
        case _:
            return str(value)
