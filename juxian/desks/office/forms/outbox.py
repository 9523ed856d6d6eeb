"""What an officer does with messages that wait in the outbox."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import PlainForm, Words
from juxian.records.labels import RELEASES, ROBOTS
from juxian.regulation.messages import LONGEST, Release


class RuleForm(PlainForm):
    release = forms.ChoiceField(label=_("怎样发"), widget=forms.RadioSelect)
    words = Words(label=_("内容"), limit=LONGEST, rows=4)

    def __init__(self, *args: Any, releases: Sequence[Release], **facts: Any) -> None:
        super().__init__(*args, **facts)
        choices = [(one.value, RELEASES[one]) for one in releases]
        cast("forms.ChoiceField", self.fields["release"]).choices = choices


class RobotForm(PlainForm):
    kind = forms.ChoiceField(label=_("工作群"), choices=list(ROBOTS.items()))
    url = forms.CharField(
        label=_("机器人地址"),
        max_length=500,
        help_text=_("在群机器人的设置中复制。保存以后不再显示。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    secret = forms.CharField(
        label=_("加签密钥"),
        max_length=200,
        required=False,
        help_text=_("钉钉选了“加签”的填写，以 SEC 开头。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class WordsForm(PlainForm):
    words = Words(label=_("内容"), limit=LONGEST, rows=4)
