"""Sentences that more than one desk says, each in one wording."""

from django.utils.translation import gettext_lazy as _

SAVED = _("已保存。")
SUBMITTED = _("已提交。")
ENDORSED = _("已审核通过。")
SENT_BACK = _("已退回修改，申报人会收到全部退回事项。")
REJECTED = _("已作出不予通过的决定，申报人会看到理由。")
WITHDRAWN = _("已撤回。")
UPLOADED = _("已上传。")
REMOVED = _("已移除。")
DELETED = _("已删除。")
CONCLUDED = _("已办结。")

STALE = _("这一页在您打开以后，已在别处保存过新的内容。您刚才填写的还在下面，请对照后再保存。")
NOT_FOUND = _("查无结果，请核对后再试。")
BEIJING = _("时间均为北京时间")
REQUIRED = _("请填写这一项。")
NO_RECEIPT = _("没有查到。请核对受理编号和姓名，编号中的字母不分大小写，“0”和“O”容易看错。")
NO_PAPER = _("没有查到与此相符的提交。请核对编号和校验码；标有“草稿”的打印件不能核验。")
