"""What the public may send: an objection, and two questions about a receipt number."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from juxian.actions.publicity import Objector
from juxian.desks.common.forms import PlainForm, Words
from juxian.papers.page_mark import parse_mark
from juxian.regulation.pack import Track
from juxian.regulation.self_check import Answer
from juxian.selectors.phrases import OBJECTION_CATEGORIES
from juxian.selectors.public_notice import Group


class TrackForm(PlainForm):
    track = forms.ChoiceField(
        label=_("您按哪一类申报"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一类。"), "invalid_choice": _("请选择一类。")},
    )

    def __init__(self, *args: object, tracks: Sequence[Track], **facts: object) -> None:
        super().__init__(*args, **facts)  # type: ignore[arg-type]
        self.fields["track"].choices = [(track.code, track.title) for track in tracks]  # type: ignore[attr-defined]


class SelfCheckForm(PlainForm):
    answer = forms.ChoiceField(
        choices=[(Answer.YES, _("是")), (Answer.NO, _("否")), (Answer.UNSURE, _("不确定"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一项；说不准的，选“不确定”。")},
    )

    def __init__(self, *args: object, question: str, **facts: object) -> None:
        super().__init__(*args, **facts)  # type: ignore[arg-type]
        self.fields["answer"].label = question


class ObjectionForm(PlainForm):
    application = forms.TypedChoiceField(label=_("对哪一位有异议"), coerce=int)
    category = forms.ChoiceField(
        label=_("反映的问题"), choices=[("", _("请选择")), *OBJECTION_CATEGORIES.items()]
    )
    facts = Words(
        label=_("具体事实"),
        limit=2000,
        rows=8,
        help_text=_("写明时间、地点、经过和依据。只写事实，不附评价。"),
    )
    name = forms.CharField(
        label=_("您的姓名"),
        max_length=100,
        help_text=_("须为真实姓名，仅供核实；匿名或线索不清的不予受理。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("联系电话"),
        max_length=30,
        help_text=_("核实情况时与您联系。"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    employer = forms.CharField(label=_("工作单位"), max_length=100, required=False)

    def __init__(self, *args: object, groups: Sequence[Group], **facts: object) -> None:
        super().__init__(*args, **facts)  # type: ignore[arg-type]
        lines = [
            (of.title, [(line.application, f"{line.name}（{line.employer}）") for line in of.lines])
            for of in groups
        ]
        self.fields["application"].choices = [("", _("请选择")), *lines]  # type: ignore[attr-defined]

    @property
    def objector(self) -> Objector:
        given = self.cleaned_data
        return Objector(given["name"], given["phone"], given["employer"])


class ProgressForm(PlainForm):
    number = forms.CharField(
        label=_("受理编号"),
        max_length=40,
        help_text=_("在提交后的回执和纸质表每页下方。"),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("申报人姓名"), max_length=100)


class VerifyForm(PlainForm):
    """A number with the check code under a page, or all that the page's code says."""

    number = forms.CharField(
        label=_("受理编号"),
        max_length=80,
        help_text=_("纸质表每页下方的编号；也可以把扫二维码得到的整串文字粘贴在这里。"),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    check = forms.CharField(
        label=_("校验码"),
        max_length=20,
        help_text=_("每页下方的 12 位，例：7F3A-91C2-D04E。粘贴二维码文字时不必填。"),
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        mark = parse_mark(given.get("number", "").strip())
        if mark is not None:
            self.errors.pop("check", None)
            return {"number": mark.number, "check": mark.digest, "mark": mark}
        return given
