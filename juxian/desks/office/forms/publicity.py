"""A notice's period and place; objections entered by the office, and how each was closed."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juxian.actions.publicity import Closing, Objector
from juxian.desks.common.forms import Day, PlainForm, Words
from juxian.regulation.publishing import Remedy
from juxian.selectors.phrases import (
    FINDINGS,
    OBJECTION_CATEGORIES,
    OBJECTION_REFUSALS,
    OBJECTION_WAYS,
    REMEDIES,
)
from juxian.selectors.proceeding import Docket

TAKEN_UP, UNEXAMINED = "taken_up", "unexamined"


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
    way = forms.ChoiceField(
        label=_("反映方式"),
        choices=[(code, said) for code, said in OBJECTION_WAYS.items() if code != "online"],
    )
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
        return Objector(given["name"], given["phone"], given["employer"], given["way"])


class ClosingForm(PlainForm):
    """How an objection was looked into, and what came of it (异议办理)."""

    refusal = forms.ChoiceField(
        label=_("是否受理"),
        choices=(
            (TAKEN_UP, _("受理并核查")),
            *((c, format_lazy(_("不予受理：{why}"), why=w)) for c, w in OBJECTION_REFUSALS.items()),
        ),
    )
    inquiry = Words(label=_("核查过程"), limit=1000, rows=3, required=False)
    statement = Words(label=_("被反映人的陈述"), limit=1000, rows=3, required=False)
    finding = forms.ChoiceField(
        label=_("核查结果"),
        choices=(("", _("请选择")), *FINDINGS.items(), (UNEXAMINED, _("没有核查（不予受理）"))),
        error_messages={"required": _("请选择核查结果")},
    )
    remedy = forms.ChoiceField(
        label=_("处理"),
        choices=tuple(REMEDIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择怎样处理")},
    )
    conclusion = Words(
        label=_("核查结论"),
        limit=1000,
        rows=4,
        help_text=_("写明依据和结论，存入异议卷宗，也是答复异议人的内容。"),
        error_messages={"required": _("请写明核查结论")},
    )
    answered_on = Day(label=_("答复异议人的日期"), required=False)

    @property
    def closing(self) -> Closing:
        given = {
            **self.cleaned_data,
            "remedy": Remedy(self.cleaned_data["remedy"]),
            "refusal": self.cleaned_data["refusal"].removeprefix(TAKEN_UP),
            "finding": self.cleaned_data["finding"].removeprefix(UNEXAMINED),
        }
        return Closing(**given)
