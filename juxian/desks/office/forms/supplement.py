"""A nomination recalled, and others for the places that became free."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import PlainForm, Words
from juxian.records.labels import ACTS
from juxian.records.models import Application
from juxian.regulation.words import Act


class RecallForm(PlainForm):
    reason = Words(
        label=_("撤回的理由"),
        limit=300,
        help_text=_("本人和上级看得到，长期保存。"),
        error_messages={"required": _("请写明撤回的理由")},
    )


class SupplementForm(PlainForm):
    """Whom to nominate besides, of those who passed."""

    people = forms.TypedMultipleChoiceField(
        label=_("补充推荐的人选"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择补充推荐的人选")},
    )
    reason = Words(
        label=_("重新列入的理由"),
        limit=300,
        error_messages={"required": _("请写明重新列入的理由")},
    )

    def __init__(self, *args: Any, candidates: Iterable[Application], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.name}（{one.employer.name}，{one.title}）{_left(one)}")
            for one in candidates
        ]


def _left(candidate: Application) -> str:
    """Why the person is not on the list: the act and its reason, as `candidates_for` gives them."""
    act, because = getattr(candidate, "left_by", ""), getattr(candidate, "left_because", "")
    return f" · {ACTS[Act(act)]}：{because}" if act in (Act.PASS_OVER, Act.RECALL) else ""
