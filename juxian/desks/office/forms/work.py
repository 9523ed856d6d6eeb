"""Keeping a view of the list under a name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import PlainForm


class ViewForm(PlainForm):
    name = forms.CharField(label=_("名称"), max_length=30, help_text=_("例：逾期的专业技术人才"))
    is_default = forms.BooleanField(label=_("打开待办时先用这一个"), required=False)
