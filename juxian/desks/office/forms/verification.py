"""What an office says of one file: passing it, returning it, refusing it, settling a question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from juxian.actions.verification import CorrectionRequest
from juxian.desks.common.forms import Day, PlainForm, Words
from juxian.regulation.eligibility import Condition, Severity
from juxian.regulation.verifying import CheckPoint, ReturnReason
from juxian.regulation.words import Act

STATED = (("yes", _("属实")), ("no", _("不属实")))
EXCLUDED = (("yes", _("没有此情形")), ("no", _("有此情形")))
GRANTED = (("yes", _("同意")), ("no", _("不同意")))
ANSWERED = (("yes", _("是")), ("no", _("否，见审核意见")))
HOLDS = (("yes", _("符合")), ("no", _("不符合")))
UNCHOSEN = ("", _("请选择原因"))
TO_APPLICANT = _("请按以下事项逐项修改或说明后重新提交。")
TO_OFFICE = _("请核实以下事项后重新上报。")


def is_exception(condition: Condition) -> bool:
    """What is certified is not that it is met, but that the person is put forward though (破格)."""
    return condition.severity is Severity.SOFT


def _choices(condition: Condition) -> Sequence[tuple[str, Any]]:
    if condition.exclusion:
        return EXCLUDED
    return GRANTED if is_exception(condition) else STATED


class EndorseForm(PlainForm):
    """The opinion, the points of the checklist, and each condition that the office certifies."""

    opinion = Words(label=_("审核意见"), limit=300, rows=3, required=False)

    def __init__(
        self,
        *args: Any,
        conditions: Sequence[Condition],
        points: Sequence[CheckPoint],
        **facts: Any,
    ) -> None:
        super().__init__(*args, **facts)
        self.conditions = conditions
        self.points = points
        for point in points:
            self.fields[f"point:{point.code}"] = forms.ChoiceField(
                label=point.says,
                choices=ANSWERED,
                widget=forms.RadioSelect,
                error_messages={"required": _("请核对并选择")},
            )
        for condition in conditions:
            self.fields[condition.code] = forms.ChoiceField(
                label=condition.question if is_exception(condition) else condition.says,
                choices=_choices(condition),
                widget=forms.RadioSelect,
                error_messages={"required": _("请核实并选择")},
            )

    @property
    def asked(self) -> Iterator[tuple[Condition, forms.BoundField]]:
        for condition in self.conditions:
            yield condition, self[condition.code]

    @property
    def points_asked(self) -> Iterator[tuple[CheckPoint, forms.BoundField]]:
        for point in self.points:
            yield point, self[f"point:{point.code}"]

    @property
    def answered(self) -> dict[str, bool]:
        return {one.code: self.cleaned_data[f"point:{one.code}"] == "yes" for one in self.points}

    @property
    def certified(self) -> dict[str, bool]:
        return {c.code: self.cleaned_data[c.code] == "yes" for c in self.conditions}


@dataclass(frozen=True, slots=True)
class Returnable:
    """Something of the form or its evidence that can be returned; `group` is where it stands."""

    path: str
    label: str
    group: str
    name: str = ""  # in a sentence; the label where it is the same

    @property
    def in_words(self) -> str:
        return self.name or self.label


@dataclass(frozen=True, slots=True)
class Asked:
    """One chosen item with its two controls."""

    place: Returnable
    reason: forms.BoundField
    words: forms.BoundField


class SendBackForm(PlainForm):
    """Everything to be mended at once: a reason and words for each chosen place (一次性告知)."""

    due_on = Day(label=_("补正期限"), help_text=_("到当天 24:00 止。"))
    opinion = Words(
        label=_("退回说明"),
        limit=500,
        rows=3,
        help_text=_("对方会在退回事项之前读到这段话。"),
        initial=TO_APPLICANT,
    )

    def __init__(
        self,
        *args: Any,
        chosen: Sequence[Returnable],
        reasons: Sequence[ReturnReason],
        ways: Mapping[Act, str],
        **facts: Any,
    ) -> None:
        super().__init__(*args, **facts)
        self.chosen = chosen
        self.ways = tuple(ways)
        if len(ways) > 1:
            self.fields["to"] = forms.ChoiceField(
                label=_("退回给谁"),
                choices=[(act.value, says) for act, says in ways.items()],
                widget=forms.RadioSelect,
                initial=self.ways[0].value,
                error_messages={"required": _("请选择退回给谁")},
            )
        choices = [UNCHOSEN, *((one.code, one.title) for one in reasons)]
        for place in chosen:
            self.fields[f"reason:{place.path}"] = forms.ChoiceField(
                label=_("原因"),
                choices=choices,
                error_messages={"required": _("请选择原因")},
            )
            self.fields[f"words:{place.path}"] = Words(
                label=_("要怎样改"), limit=200, rows=2, error_messages={"required": _("请说明问题")}
            )

    @property
    def asked(self) -> Iterator[Asked]:
        for place in self.chosen:
            yield Asked(place, self[f"reason:{place.path}"], self[f"words:{place.path}"])

    def clean(self) -> dict[str, Any]:
        """What is offered to say to the applicant is not what one says to an office."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and self.act is Act.SEND_DOWN and cleaned["opinion"] == TO_APPLICANT:
            cleaned["opinion"] = str(TO_OFFICE)
        return cleaned

    @property
    def act(self) -> Act:
        """To the applicant or to the level below; as chosen where there is a choice."""
        return Act(self.cleaned_data["to"]) if "to" in self.fields else self.ways[0]

    @property
    def items(self) -> list[CorrectionRequest]:
        given: Mapping[str, str] = self.cleaned_data
        return [
            CorrectionRequest(
                path=place.path,
                label=place.label,
                reason_code=given[f"reason:{place.path}"],
                words=given[f"words:{place.path}"],
            )
            for place in self.chosen
        ]


def with_sentences(
    given: QueryDict, chosen: Sequence[Returnable], reasons: Sequence[ReturnReason]
) -> QueryDict:
    """What was sent, with the reason's own sentence where no words were written."""
    says = {one.code: one for one in reasons}
    filled = given.copy()
    for place in chosen:
        reason = says.get(filled.get(f"reason:{place.path}", ""))
        if reason and not filled.get(f"words:{place.path}", "").strip():
            filled[f"words:{place.path}"] = reason.sentence(place.in_words)
    return filled


class RejectForm(PlainForm):
    opinion = Words(
        label=_("理由"),
        limit=500,
        rows=5,
        help_text=_("写明不符合哪一条，申报人会看到全文。"),
        error_messages={"required": _("请填写理由")},
    )


class SettleForm(PlainForm):
    holds = forms.ChoiceField(
        label=_("认定结果"),
        choices=HOLDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择认定结果")},
    )
    reason = Words(
        label=_("认定理由"),
        limit=300,
        help_text=_("写明依据的材料和事实，以后各级都会看到。"),
        error_messages={"required": _("请写明认定的理由")},
    )


class SignForm(PlainForm):
    """Agreeing to a proposal, or giving it back; `proposal` is the one that was read."""

    proposal = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words = Words(
        label=_("签署意见"),
        limit=500,
        rows=3,
        required=False,
        help_text=_("退回经办的，请写明理由。"),
    )

    @property
    def agrees(self) -> bool:
        return self.data.get("agrees") == "yes"
