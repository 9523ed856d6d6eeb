"""Beginning an application for one of the office's own people (代填)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.accounts import LOGIN_FORM
from juxian.desks.common.forms import MobileField, NameField, PlainForm
from juxian.records.models import Office
from juxian.regulation.pack import Pack


class BeginForForm(PlainForm):
    office = forms.TypedChoiceField(label=_("单位"), coerce=int)
    track = forms.ChoiceField(label=_("申报类别"), widget=forms.RadioSelect)
    name = NameField()
    phone = MobileField(
        label=_("手机"),
        help_text=_("本人的手机，退回修改时用来通知本人。例：13800000000"),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    login = forms.CharField(
        label=_("登录名"),
        validators=[LOGIN_FORM],
        help_text=_("给本人登录用，4 至 50 个字母或数字，请与本人商定。例：gulnar1976"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    agreed = forms.BooleanField(
        label=_("本人已在纸质登记表上签字，同意由单位代为录入。"),
        error_messages={"required": _("请先取得本人签字同意，再勾选。")},
    )

    def __init__(
        self, *args: Any, pack: Pack, offices: Mapping[Office, frozenset[str]], **facts: Any
    ) -> None:
        super().__init__(*args, **facts)
        covered = frozenset().union(*offices.values()) if all(offices.values()) else frozenset()
        tracks = [t for t in pack.tracks if not covered or t.code in covered]
        self.fields["office"].choices = [(one.pk, one.name) for one in offices]  # type: ignore[attr-defined]
        self.fields["track"].choices = [(t.code, t.title) for t in tracks]  # type: ignore[attr-defined]
        if len(offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.initial["office"] = next(iter(offices)).pk

    @property
    def given(self) -> dict[str, Any]:
        return {
            "office_id": self.cleaned_data["office"],
            **{name: self.cleaned_data[name] for name in ("track", "name", "phone", "login")},
        }
