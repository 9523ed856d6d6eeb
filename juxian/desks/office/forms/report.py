"""What the pages of a report take: its parts and documents; what an office is to complete."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juxian.actions.accepted import DOCUMENTS
from juxian.actions.report import MOST_DOCUMENTS, Document
from juxian.actions.report_receiving import LONGEST
from juxian.desks.common.forms import PlainForm, Words
from juxian.regulation.pack import Report

ROWS = 10


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class Documents(forms.FileField):
    """One file or several; `cleaned_data` has a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(Documents, self).clean(one, initial) for one in data or ()]


class ReportForm(PlainForm):
    """A field part_0, part_1 … for each part that the call names, in its order."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    documents = Documents(
        label=_("附件"),
        required=False,
        widget=ManyFiles(attrs={"accept": DOCUMENTS.accept}),
        help_text=format_lazy(
            _("{kinds}，每个 20MB 以内，最多 {most} 个；盖章的请扫描成 PDF。"),
            kinds=DOCUMENTS.words,
            most=MOST_DOCUMENTS,
        ),
    )

    def __init__(self, *args: Any, report: Report, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.report = report
        for place, part in enumerate(report.parts):
            self.fields[f"part_{place}"] = forms.CharField(
                label=part,
                strip=False,
                widget=forms.Textarea(attrs={"rows": ROWS, "data-limit": report.limit}),
                error_messages={"required": _("请写这一部分")},
            )

    @property
    def passages(self) -> Iterator[forms.BoundField]:
        for place in range(len(self.report.parts)):
            yield self[f"part_{place}"]

    @property
    def given(self) -> dict[str, Any]:
        return {
            "texts": texts_in(self.report, self.cleaned_data),
            "documents": [
                Document(title=one.name, content=one.read())
                for one in self.cleaned_data["documents"]
            ],
        }


def texts_in(report: Report, said: "QueryDict | dict[str, Any]") -> dict[str, str]:
    """By the titles of the parts."""
    return {part: str(said.get(f"part_{n}", "")) for n, part in enumerate(report.parts)}


class GiveBackForm(PlainForm):
    words = Words(
        label=_("要补充什么"),
        help_text=_("写明哪一部分缺什么；单位经办人员会在站内消息和总结材料页读到。"),
        limit=LONGEST,
    )
