"""Codes that offices pick and applicants or objectors read: the words for each, in one place."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Labels = dict[str, "str | Promise"]

OBJECTION_CATEGORIES: Labels = {
    "ineligible": _("不符合申报条件"),
    "untrue": _("业绩、成果不属实"),
    "misconduct": _("学术不端"),
    "unlawful": _("违纪违法"),
    "procedure": _("评议、公示程序问题"),
    "other": _("其他"),
}
OBJECTION_WAYS: Labels = {
    "online": _("网上"),
    "letter": _("来信"),
    "phone": _("来电"),
    "visit": _("来访"),
    "passed_on": _("其他部门转办"),
}
OBJECTION_REFUSALS: Labels = {
    "no_lead": _("没有事实和线索"),
    "false_name": _("匿名，或冒用他人名义"),
    "accepted_theory": _("只对公认的理论提出争议"),
    "unrelated": _("与推荐、评审无关"),
    "result_only": _("只是不同意评议、评审的结果"),
}
FINDINGS: Labels = {
    "true": _("属实"),
    "partly": _("部分属实"),
    "untrue": _("不属实"),
    "unclear": _("无法查证"),
}
REMEDIES: Labels = {
    "keep": _("维持，继续参加推荐"),
    "cancel": _("取消推荐资格"),
    "suspend": _("暂缓，留在公示环节"),
    "republish": _("更正后重新公示"),
}
OPINION_CODES: Labels = {
    "none": _("未发现影响推荐的问题"),
    "cleared": _("有反映，已查清，不影响推荐"),
    "deferred": _("建议暂缓"),
    "disagreed": _("不同意推荐"),
}
METHODS: Labels = {
    "meeting": _("会议评议"),
    "correspondence": _("通讯评议"),
    "online": _("网络会议评议"),
}


def said(labels: Labels, code: str) -> str:
    """The words for a code; the code itself when it is not a known one."""
    return str(labels.get(code, code))
