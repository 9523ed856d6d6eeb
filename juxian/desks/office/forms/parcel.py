"""Posting a parcel, taking it in, entering a page by hand, giving a scanned pile."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juxian.actions.accepted import SCANS
from juxian.actions.parcel import Envelope, PageAt
from juxian.desks.common.forms import Day, PlainForm
from juxian.desks.office.forms.report import Documents, ManyFiles
from juxian.selectors.parcel_pile import Pile

MOST_FILES = 10


class PostForm(PlainForm):
    courier = forms.CharField(label=_("承运单位"), max_length=40, help_text=_("如：中国邮政EMS。"))
    tracking_number = forms.CharField(label=_("运单号"), max_length=40)
    sent_on = Day(label=_("寄出日期"), help_text=_("与邮戳一致。"))
    sealed_by = forms.CharField(label=_("装箱人"), max_length=50)

    @property
    def envelope(self) -> Envelope:
        return Envelope(**self.cleaned_data)


class TakeInForm(PlainForm):
    arrived_on = Day(label=_("收到日期"))
    postmarked_on = Day(label=_("邮戳日期"), required=False)
    note = forms.CharField(
        label=_("外观"),
        max_length=200,
        required=False,
        help_text=_("有破损、邮戳看不清的，在这里写明。"),
    )


class ByHandForm(PlainForm):
    paper = forms.ChoiceField(label=_("哪个人的哪份材料"), widget=forms.Select)
    copy = forms.IntegerField(label=_("第几份"), min_value=1)
    page = forms.IntegerField(label=_("第几页"), min_value=1)
    pages = forms.IntegerField(label=_("共几页"), min_value=1)
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        help_text=_("写明为什么扫不出来、怎样核对的，如：二维码被公章压住，已对照系统逐项核对。"),
    )

    def __init__(self, *args: Any, pile: Pile, **facts: Any) -> None:
        super().__init__(*args, **facts)
        names = {person.application.number: person.application.name for person in pile.people}
        papers = {
            one.number: f"{names[person.application.number]} · {one.title} · {one.number}"
            for person in pile.people
            for one in person.copies
        }
        self.fields["paper"].choices = list(papers.items())  # type: ignore[attr-defined]

    @property
    def at(self) -> PageAt:
        said = self.cleaned_data
        return PageAt(said["paper"], said["copy"], said["page"], said["pages"])


class PileForm(PlainForm):
    scans = Documents(
        label=_("扫描件"),
        widget=ManyFiles(attrs={"accept": SCANS.accept}),
        help_text=format_lazy(
            _("多页扫成一个PDF，或逐页拍照；{kinds}，每个20MB以内，一次最多{most}个。"),
            kinds=SCANS.words,
            most=MOST_FILES,
        ),
    )

    def clean_scans(self) -> list[Any]:
        given: list[Any] = self.cleaned_data["scans"]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(
                _("一次最多%(most)d个文件，请分几次上传") % {"most": MOST_FILES}
            )
        return given
