"""What the page for handing in a report takes: its parts, ticked, and its documents."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juxian.actions.accepted import DOCUMENTS
from juxian.actions.report import MOST_DOCUMENTS, Document
from juxian.desks.common.forms import PlainForm
from juxian.regulation.pack import Report


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class Documents(forms.FileField):
    """One file or several; `cleaned_data` has a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(Documents, self).clean(one, initial) for one in data or [None]]


class ReportForm(PlainForm):
    parts = forms.MultipleChoiceField(
        label=_("材料包含以下各部分"),
        help_text=_("逐项核对后勾选，缺一不可。"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请核对后勾选")},
    )
    documents = Documents(
        label=_("文件"),
        widget=ManyFiles(attrs={"accept": DOCUMENTS.accept}),
        help_text=format_lazy(
            _("{kinds}，每个 20MB 以内，最多 {most} 个；盖章的请扫描成 PDF。"),
            kinds=DOCUMENTS.words,
            most=MOST_DOCUMENTS,
        ),
    )

    def __init__(self, *args: Any, report: Report, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["parts"].choices = [(part, part) for part in report.parts]  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        return {
            "parts": self.cleaned_data["parts"],
            "documents": [
                Document(title=one.name, content=one.read())
                for one in self.cleaned_data["documents"]
            ],
        }
