"""Why a concluded evaluation is taken up again, and what is wrong with it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import PlainForm, Words
from juxian.regulation.words import Corrects

CHOICES = {
    Corrects.ENTRY: _("更正登记错误：会议有效，登记的票数或其他内容有误；原来的记录带入新名单"),
    Corrects.SITTING: _("重新组织评议：会议不符合规定，须另行开会；只沿用名单"),
}


class ReconsiderForm(PlainForm):
    what = forms.ChoiceField(
        label=_("复议的方式"),
        choices=list(CHOICES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择复议的方式")},
    )
    reason = Words(
        label=_("复议的理由"),
        limit=300,
        help_text=_("写明哪里有误、依据什么。长期保存，申报人看不到。"),
        error_messages={"required": _("请写明复议的理由")},
    )
