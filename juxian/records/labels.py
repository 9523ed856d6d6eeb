"""The Chinese words for the vocabulary, in one place."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from juxian.regulation.messages import Carrier, Pace, Release, RobotKind, State
from juxian.regulation.scan_words import HintKind
from juxian.regulation.scans import DoubtKind
from juxian.regulation.words import (
    Act,
    Corrects,
    Holder,
    Kind,
    Level,
    OfficeChangeKind,
    OfficeKind,
    RequestOutcome,
    Role,
    SeatsAct,
    Standing,
)

Labels = dict[str, "str | Promise"]

KINDS: Labels = {
    Kind.FILL: _("填报"),
    Kind.VERIFY: _("审核"),
    Kind.REVIEW: _("评审"),
    Kind.PUBLICIZE: _("公示"),
    Kind.OPINE: _("征求意见"),
    Kind.DECIDE: _("审定"),
    Kind.RECOMMEND: _("推荐上报"),
}
ACTS: Labels = {
    Act.SUBMIT: _("提交"),
    Act.WITHDRAW: _("撤回"),
    Act.TAKE_BACK: _("取回修改"),
    Act.ENDORSE: _("审核通过"),
    Act.SEND_BACK: _("退回修改"),
    Act.SEND_DOWN: _("退回下一级"),
    Act.REJECT: _("不予通过"),
    Act.ADMIT: _("评审通过"),
    Act.DISMISS: _("评审未通过"),
    Act.CLEAR: _("公示无异议"),
    Act.UPHOLD: _("异议成立"),
    Act.CONCUR: _("未发现影响推荐的问题"),
    Act.DISSENT: _("不同意推荐"),
    Act.APPROVE: _("审定同意"),
    Act.DECLINE: _("审定不同意"),
    Act.RECOMMEND: _("推荐上报"),
    Act.PASS_OVER: _("未列入推荐名单"),
    Act.RECALL: _("撤回推荐"),
    Act.RELIST: _("重新列入推荐名单"),
    Act.RECONSIDER: _("评议结果复议"),
}
CORRECTS: Labels = {
    Corrects.ENTRY: _("更正登记错误"),
    Corrects.SITTING: _("重新组织评议"),
}
SEATS_ACTS: Labels = {
    SeatsAct.CHANGE: _("核增、核减"),
    SeatsAct.GIVE_BACK: _("退回"),
    SeatsAct.MOVE_OUT: _("调出"),
    SeatsAct.MOVE_IN: _("调入"),
}
STANDINGS: Labels = {
    Standing.OPEN: _("在办"),
    Standing.RETURNED: _("退回修改"),
    Standing.WITHDRAWN: _("已撤回"),
    Standing.REJECTED: _("不予通过"),
    Standing.NOT_SELECTED: _("未入选"),
    Standing.SELECTED: _("入选"),
}
LEVELS: Labels = {
    Level.EMPLOYER: _("用人单位"),
    Level.COUNTY: _("县（市、区）"),
    Level.NOMINATOR: _("推荐单位"),
    Level.PROVINCE: _("自治区"),
}
ROLES: Labels = {
    Role.HANDLER: _("经办"),
    Role.REVIEWER: _("复核"),
    Role.SIGNATORY: _("审签"),
    Role.DISCIPLINE: _("纪检监察"),
    Role.SECRETARY: _("评委会秘书"),
    Role.SUPERVISOR: _("监督"),
    Role.OPERATOR: _("系统管理"),
}
OFFICE_CHANGES: Labels = {
    OfficeChangeKind.RENAME: _("更名"),
    OfficeChangeKind.MOVE: _("划转"),
    OfficeChangeKind.MERGE: _("并入"),
}
REQUEST_OUTCOMES: Labels = {
    "": _("等待办理"),
    RequestOutcome.ACCEPTED: _("同意登记"),
    RequestOutcome.RETURNED: _("退回补正"),
    RequestOutcome.REFUSED: _("不予登记"),
}
HOLDERS: Labels = {
    Holder.PREFECTURE: _("地（州、市）"),
    Holder.DEPARTMENT: _("区直部门（单位）"),
    Holder.ENTERPRISE: _("区属企业"),
    Holder.SCHOOL: _("技工院校"),
}
OFFICE_KINDS: Labels = {
    OfficeKind.HR_OFFICE: _("人力资源和社会保障部门"),
    OfficeKind.DIVISION: _("内设处室"),
    OfficeKind.ORGAN: _("党政群机关"),
    OfficeKind.QUASI_ORGAN: _("参照公务员法管理的单位"),
    OfficeKind.INSTITUTION: _("事业单位"),
    OfficeKind.UNIVERSITY: _("高等学校"),
    OfficeKind.HOSPITAL: _("公立医院"),
    OfficeKind.INSTITUTE: _("科研院所"),
    OfficeKind.TECHNICAL_SCHOOL: _("技工院校"),
    OfficeKind.STATE_ENTERPRISE: _("国有企业"),
    OfficeKind.PRIVATE_ENTERPRISE: _("非公有制企业"),
    OfficeKind.SOCIAL_ORGANISATION: _("社会组织"),
    OfficeKind.OTHER: _("其他"),
}
DOUBTS: Labels = {
    DoubtKind.BLANK: _("第 %(page)d 页是空白页"),
    DoubtKind.BLURRED: _("第 %(page)d 页不清楚"),
    DoubtKind.SIDEWAYS: _("第 %(page)d 页方向不正"),
    DoubtKind.SMALL: _("第 %(page)d 页分辨率太低"),
}
HINTS: Labels = {
    HintKind.NO_NUMBER: _("扫描件上没有找到填写的编号“%(typed)s”，请核对。"),
    HintKind.OTHER_NUMBER: _("扫描件上的编号像是“%(read)s”，填写的是“%(typed)s”，请核对。"),
    HintKind.NO_NAME: _("扫描件上没有找到姓名“%(typed)s”，请核对。"),
    HintKind.NO_YEAR: _("扫描件上没有找到填写的年份 %(typed)s，请核对。"),
}
CARRIERS: Labels = {
    Carrier.SMS: _("短信"),
    Carrier.MAIL: _("邮件"),
    Carrier.ROBOT: _("工作群"),
}
ROBOTS: Labels = {
    RobotKind.WECOM: _("企业微信"),
    RobotKind.DINGTALK: _("钉钉"),
}
RELEASES: Labels = {
    Release.AT_ONCE: _("直接发送"),
    Release.LOOK: _("看过再发"),
    Release.OFF: _("不发"),
}
PACES: Labels = {
    Pace.AT_ONCE: _("立即"),
    Pace.DAILY: _("每日汇总"),
    Pace.NEVER: _("不接收"),
}
SENDING: Labels = {
    State.WAITING: _("待审看"),
    State.HELD: _("暂缓"),
    State.RELEASED: _("待发"),
    State.SENDING: _("正在发"),
    State.SENT: _("已发"),
    State.FAILED: _("失败"),
    State.BOUNCED: _("退回"),
    State.UNCLEAR: _("未确认"),
    State.CANCELLED: _("已取消"),
}
