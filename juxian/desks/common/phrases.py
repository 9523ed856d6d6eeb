"""Sentences that more than one desk says, each in one wording."""

from django.utils.translation import gettext_lazy as _

SAVED = _("已保存。")
ENDORSED = _("已审核通过。")
SENT_DOWN = _("已退回下一级。")
SENT_BACK = _("已退回修改，申报人会收到全部退回事项。")
REJECTED = _("已作出不予通过的决定，申报人会看到理由。")
WITHDRAWN = _("已撤回。")
REMOVED = _("已移除。")
DELETED = _("已删除。")

NO_RECEIPT = _("没有查到。请核对受理编号和姓名，编号中的字母不分大小写，“0”和“O”容易看错。")
NO_PAPER = _("没有查到与此相符的提交。请核对编号和校验码；标有“草稿”的打印件不能核验。")
