"""Whether a person's name is published, and if not, why."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import PlainForm
from juxian.regulation.publishing import CLASSIFIED


class ClassificationForm(PlainForm):
    reason = forms.ChoiceField(
        label=_("公示时是否公开姓名"),
        choices=[
            ("", _("公开，照常公示")),
            *((code, format_lazy(_("不公开：{why}"), why=why)) for code, why in CLASSIFIED.items()),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
