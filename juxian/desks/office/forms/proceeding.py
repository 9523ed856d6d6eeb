"""What the pages of collective work take in: scans, and what every record has."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import PlainForm


class ScanForm(PlainForm):
    title = forms.CharField(
        label=_("名称"), max_length=200, help_text=_("例：评议会签到表、公示照片。")
    )
    scan = forms.FileField(label=_("扫描件"), help_text=_("PDF、JPG 或 PNG，20MB 以内。"))

    @property
    def content(self) -> bytes:
        given: Any = self.cleaned_data["scan"]
        content: bytes = given.read()
        return content
