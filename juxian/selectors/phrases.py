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
