"""What the pages of collective work take in: scans, and what every record has."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juxian.actions.accepted import SCANS
from juxian.desks.common.forms import PlainForm


class ScanForm(PlainForm):
    title = forms.CharField(
        label=_("名称"), max_length=200, help_text=_("例：评议会签到表、公示照片。")
    )
    scan = forms.FileField(
        label=_("扫描件"),
        widget=forms.FileInput(attrs={"accept": SCANS.accept}),
        help_text=format_lazy(_("{kinds}，20MB 以内。"), kinds=SCANS.words),
    )

    @property
    def content(self) -> bytes:
        given: Any = self.cleaned_data["scan"]
        content: bytes = given.read()
        return content
