"""What those who care for offices fill in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juxian.actions.accepted import WORKBOOKS
from juxian.desks.common.forms import PlainForm
from juxian.papers.table_sheet import LARGEST


class SheetForm(PlainForm):
    sheet = forms.FileField(
        label=_("填好的表格"),
        widget=forms.FileInput(attrs={"accept": WORKBOOKS.accept}),
        help_text=format_lazy(
            _("{kinds}，不超过2MB，最多两万行；读取第一张表，第一行是表头。"), kinds=WORKBOOKS.words
        ),
    )

    def clean_sheet(self) -> bytes:
        file = self.cleaned_data["sheet"]
        if file.size > LARGEST:
            raise ValidationError(_("文件超过2MB；请只保留要导入的行，另存后再上传。"))
        content: bytes = file.read()
        return content
