"""A notice's period and place; objections entered by the office, and how each was closed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juxian.actions.publicity import Objector
from juxian.desks.common.forms import Day, PlainForm, Words
from juxian.selectors.phrases import OBJECTION_CATEGORIES
from juxian.selectors.proceeding import Docket


class PublishForm(PlainForm):
    starts_on = Day(label=_("开始日期"), help_text=_("发布公示的那一天。"))
    ends_on = Day(label=_("结束日期"), help_text=_("系统按规定天数推算，可以延后，不能提前。"))
    place = forms.CharField(
        label=_("公示地点或网址"),
        max_length=200,
        help_text=_("例：院内公告栏、本单位网站通知公告栏目。"),
    )


class ObjectionForm(PlainForm):
    """An objection that came by letter, telephone or visit."""

    application = forms.TypedChoiceField(label=_("被反映人"), coerce=int)
    category = forms.ChoiceField(
        label=_("反映的问题"), choices=[("", _("请选择")), *OBJECTION_CATEGORIES.items()]
    )
    facts = Words(label=_("具体事实"), limit=2000, rows=5)
    name = forms.CharField(label=_("反映人姓名"), max_length=100)
    phone = forms.CharField(label=_("反映人电话"), max_length=30)
    employer = forms.CharField(label=_("反映人单位"), max_length=100, required=False)

    def __init__(self, *args: Any, docket: Docket, **facts: Any) -> None:
        super().__init__(*args, **facts)
        people = [
            (
                row.item.application_id,
                f"{row.item.application.name}（{row.item.application.employer}）",
            )
            for row in docket.rows
        ]
        self.fields["application"].choices = [("", _("请选择")), *people]  # type: ignore[attr-defined]

    @property
    def objector(self) -> Objector:
        given = self.cleaned_data
        return Objector(given["name"], given["phone"], given["employer"])


class ConclusionForm(PlainForm):
    upheld = forms.ChoiceField(
        label=_("核查结果"),
        choices=(("no", _("不成立，本人继续参加推荐")), ("yes", _("成立，取消推荐资格"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择核查结果")},
    )
    conclusion = Words(
        label=_("核查结论"),
        limit=1000,
        rows=5,
        help_text=_("写明核查经过、依据和结论，存入异议卷宗。"),
        error_messages={"required": _("请写明核查结论")},
    )
