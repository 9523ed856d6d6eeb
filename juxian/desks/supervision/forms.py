"""What the supervisor asks of the traces."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import Day, PlainForm
from juxian.records.models import Application
from juxian.selectors.trace_words import ACTS
from juxian.selectors.traces import EVENING, FOUND, MORNING, Asked

NUMBER = RegexValidator(r"^[A-Za-z0-9-]+$", _("编号只有字母、数字和短横，例：XJ2020-A-00012。"))
IDENTITY = RegexValidator(
    r"[0-9]{11}", _("请填写申报编号，不要填写身份证号或手机号。"), inverse_match=True
)
OUT_OF_RANGE = _("请填写2000年到2100年之间的日期。")
SPAN = (
    MinValueValidator(date(2000, 1, 1), OUT_OF_RANGE),
    MaxValueValidator(date(2100, 12, 31), OUT_OF_RANGE),
)


class SearchForm(PlainForm):
    number = forms.CharField(
        label=_("申报编号"),
        required=False,
        max_length=40,
        validators=[NUMBER, IDENTITY],
        help_text=_("可只填一段"),
    )
    who = forms.CharField(
        label=_("办理人"), required=False, max_length=50, help_text=_("姓名或登录名")
    )
    act = forms.ChoiceField(label=_("操作"), required=False, help_text=_("不选为全部"))
    since = Day(label=_("从"), required=False, validators=SPAN, help_text=_("含当日"))
    until = Day(label=_("到"), required=False, validators=SPAN, help_text=_("含当日"))
    at_night = forms.BooleanField(
        label=_("只看夜间查阅、打印和导出"),
        required=False,
        help_text=format_lazy(_("{evening}时至{morning}时"), evening=EVENING, morning=MORNING),
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["act"].choices = [("", _("全部操作")), *ACTS.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", _("结束日期早于开始日期，请更正。"))
        return given

    def refuse_many(self, files: Sequence[Application]) -> bool:
        """Whether the piece of a number means too many files; then it is a fault of the field."""
        too_many = len(files) > FOUND
        if too_many:
            said = gettext("编号相符的超过%(n)d份，请多填几位。") % {"n": FOUND}
            self.add_error("number", said)
        return too_many

    @property
    def asked(self) -> Asked:
        """What is looked for; nothing while the form is faulty."""
        if not self.is_valid():
            return Asked()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Asked(**{name: _plain(value) for name, value in given.items()})


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
