"""The few forms of the applicant's desk that are not the call's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import PlainForm, Words
from juxian.records.models import Office
from juxian.regulation.pack import Pack
from juxian.selectors.employers import Found


class BeginForm(PlainForm):
    """Which track, and which employer: one's own, or one of those just found."""

    employer = forms.TypedChoiceField(
        label=_("工作单位"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请先在上面查找，再从结果中选择工作单位。"),
            "invalid_choice": _("请重新查找并选择工作单位。"),
        },
    )
    track = forms.ChoiceField(label=_("申报类别"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, pack: Pack, known: Office | None, found: Found, **facts: Any
    ) -> None:
        super().__init__(*args, **facts)
        offices = {office.pk: office.name for office in (*filter(None, [known]), *found.offices)}
        self.fields["employer"].choices = list(offices.items())  # type: ignore[attr-defined]
        self.fields["track"].choices = [(t.code, t.title) for t in pack.tracks]  # type: ignore[attr-defined]
        if len(offices) == 1 and not (found.are_near and found.offices):
            self.initial["employer"] = next(iter(offices))

    @property
    def given(self) -> dict[str, Any]:
        return {
            "employer_id": self.cleaned_data["employer"],
            "track": self.cleaned_data["track"],
        }


class SignatureForm(PlainForm):
    declared = forms.BooleanField(
        label=_("以上内容和证明材料真实、完整，不含涉密内容；如有不实，愿承担责任。"),
        error_messages={"required": _("请阅读并勾选声明。")},
    )
    signed_name = forms.CharField(
        label=_("签名"),
        max_length=100,
        help_text=_("键入您的姓名，与登记表一致。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WithdrawForm(PlainForm):
    reason = Words(label=_("撤回原因"), limit=200, rows=2, required=False)


class ReplyForm(PlainForm):
    item = forms.IntegerField(widget=forms.HiddenInput)
    reply = Words(
        label=_("书面答复"),
        limit=500,
        rows=3,
        help_text=_("说明为什么不需要改，或补充说明。最多 500 字。"),
    )
