"""A roster of staff, pasted or as a workbook, and what becomes of those who are there."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juxian.actions.accepted import WORKBOOKS
from juxian.desks.common.forms import PlainForm

LONGEST = 1_500_000  # letters

WHOLE, ADD = "whole", "add"


class RosterForm(PlainForm):
    sheet = forms.FileField(
        label=_("Excel 文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": WORKBOOKS.accept}),
        help_text=format_lazy(
            _("{kinds}，不超过2MB，读取第一张表，第一行是表头。"), kinds=WORKBOOKS.words
        ),
    )
    text = forms.CharField(
        label=_("或者从 Excel 复制后粘贴"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    how = forms.ChoiceField(
        label=_("已有的花名册"),
        choices=[(WHOLE, _("整份替换")), (ADD, _("保留，只增加和更新"))],
        initial=WHOLE,
        widget=forms.RadioSelect,
    )
