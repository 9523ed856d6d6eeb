"""What the secretariat takes in: cycles, seats, allotments, panels, ballots, ties."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juxian.actions.accepted import WORKBOOKS
from juxian.desks.common.forms import Day, PlainForm, Words
from juxian.records.models import Application, Office
from juxian.regulation.ballot import ChairDecision, Outcome, Tie, TieRule
from juxian.regulation.pack import Pack
from juxian.regulation.procedure import Step
from juxian.selectors.quota import Meter

MOMENT = "%Y-%m-%dT%H:%M"
MOST_SEATS = 999


class Moment(forms.DateTimeField):
    """A day and clock time in Beijing."""

    def __init__(self, **facts: Any) -> None:
        widget = forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})
        facts.setdefault(
            "error_messages", {"invalid": _("请填写日期和时间，如 2020-05-07 00:00。")}
        )
        super().__init__(widget=widget, **facts)


class CycleForm(PlainForm):
    title = forms.CharField(label=_("批次名称"), max_length=100)
    code = forms.SlugField(
        label=_("批次代码"),
        max_length=60,
        help_text=_("用于网址，建立后不能改。只用字母、数字和短横。"),
    )
    opens_at = Moment(label=_("开始申报"), help_text=_("北京时间。"))
    closes_at = Moment(
        label=_("截止"), help_text=_("北京时间；截止到某日 24:00 的，填次日 00:00。")
    )
    is_checked = forms.BooleanField(
        label=_("我已核对时间、名额和项目包校验值"),
        error_messages={"required": _("请核对后勾选确认")},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if opens and closes and opens >= closes:
            raise ValidationError({"closes_at": gettext("截止时间须晚于开始时间。")})
        return given

    @property
    def window(self) -> tuple[datetime, datetime]:
        return self.cleaned_data["opens_at"], self.cleaned_data["closes_at"]


class Places(forms.IntegerField):
    """A number of places, 0 to MOST_SEATS."""

    def __init__(self, **facts: Any) -> None:
        between = _("请填写 0 到 %(limit)d 的整数") % {"limit": MOST_SEATS}
        super().__init__(
            min_value=0,
            max_value=MOST_SEATS,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short"}),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), between),
            **facts,
        )


class SeatsForm(PlainForm):
    granted = Places(label=_("调整后的名额（名）"))
    reason = Words(
        label=_("调剂理由"),
        limit=300,
        help_text=_("写明依据，长期保存，监督人员可查。"),
        error_messages={"required": _("请填写调剂理由")},
    )


class PermitForm(PlainForm):
    """Which office may make supplements after the close, until when and why."""

    office = forms.TypedChoiceField(
        label=_("推荐单位"), coerce=int, error_messages={"required": _("请选择推荐单位")}
    )
    last_day = Day(label=_("补充推荐截止日"), help_text=_("到这一天 24:00（北京时间）。"))
    reason = Words(
        label=_("理由"),
        limit=300,
        help_text=_("写明依据，长期保存，监督人员可查。"),
        error_messages={"required": _("请填写理由")},
    )

    def __init__(self, *args: Any, offices: Iterable[Office], **facts: Any) -> None:
        super().__init__(*args, **facts)
        choices = [("", _("请选择")), *((one.pk, one.name) for one in offices)]
        self.fields["office"].choices = choices  # type: ignore[attr-defined]


POOL = "pool"  # places returned, or taken back, that wait to be passed on


class MoveForm(PlainForm):
    """From whom to whom within one bucket; `holders` are its offices with their meters."""

    giver = forms.ChoiceField(
        label=_("从哪里调出"), error_messages={"required": _("请选择调出单位")}
    )
    receiver = forms.ChoiceField(
        label=_("调到哪里"), error_messages={"required": _("请选择调入单位")}
    )
    count = Places(label=_("名额（名）"))
    reason = Words(
        label=_("理由"),
        limit=300,
        help_text=_("写明依据，长期保存，监督人员可查。"),
        error_messages={"required": _("请填写理由")},
    )

    def __init__(
        self, *args: Any, holders: Sequence[tuple[Office, Meter]], waiting: int, **facts: Any
    ) -> None:
        super().__init__(*args, **facts)
        self.known = {
            str(meter.seats): (office.name, meter.granted or 0) for office, meter in holders
        }
        self.known[POOL] = (gettext("退回待调剂"), waiting)
        first, has = ("", _("请选择")), gettext("%(name)s（现有 %(n)d 个）")
        spares = gettext("%(name)s（可调出 %(n)d 个）")
        spare = [
            (str(m.seats), spares % {"name": one.name, "n": m.left}) for one, m in holders if m.left
        ]
        if waiting:
            spare.insert(0, (POOL, gettext("退回待调剂（%(n)d 个）") % {"n": waiting}))
        others = [
            (str(m.seats), has % {"name": one.name, "n": m.granted})
            for one, m in holders
            if m.granted is not None
        ]
        self.fields["giver"].choices = [first, *spare]  # type: ignore[attr-defined]
        back = (POOL, _("收回，暂不分配"))
        self.fields["receiver"].choices = [first, *others, back]  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        """What the act asks for; None for either side stands for the places that wait."""
        known = self.cleaned_data
        ends = {
            name: None if known[name] == POOL else int(known[name])
            for name in ("giver", "receiver")
        }
        return ends | {name: known[name] for name in ("count", "reason")}

    @property
    def preview(self) -> list[tuple[str, int, int]]:
        """What each side has before and after."""
        count = self.cleaned_data["count"]
        changes = (("giver", -count), ("receiver", count))
        sides = [(*self.known[self.cleaned_data[name]], change) for name, change in changes]
        return [(name, before, before + change) for name, before, change in sides]


class GrantForm(PlainForm):
    """Offices without any seats come first."""

    office = forms.TypedChoiceField(label=_("推荐单位"), coerce=int)
    bucket = forms.ChoiceField(label=_("指标"))
    granted = Places(label=_("名额（名）"), required=False, help_text=_("不设上限的指标不填。"))
    reason = Words(
        label=_("理由"),
        limit=300,
        help_text=_("写明依据，长期保存，监督人员可查。"),
        error_messages={"required": _("请填写理由")},
    )

    def __init__(self, *args: Any, pack: Pack, offices: Iterable[Office], **facts: Any) -> None:
        super().__init__(*args, **facts)
        without: list[tuple[int, str]] = []
        others: list[tuple[int, str]] = []
        for one in offices:
            (others if getattr(one, "holds_seats", True) else without).append((one.pk, one.name))
        groups = [(_("还没有名额的"), without), (_("已有名额的"), others)]
        buckets = [(rule.bucket.code, rule.bucket.title) for rule in pack.seats]
        first = ("", _("请选择"))
        self.fields["office"].choices = [first, *((of, held) for of, held in groups if held)]  # type: ignore[attr-defined]
        self.fields["bucket"].choices = [first, *buckets]  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        known = self.cleaned_data
        return {"office_id": known["office"]} | {
            name: known[name] for name in ("bucket", "granted", "reason")
        }


class AllotmentForm(PlainForm):
    places = Places(label=_("下达名额（名）"))
    document_number = forms.CharField(label=_("文号"), max_length=60)


class PanelForm(PlainForm):
    """`member` are the people picked so far; `chair` is one of them."""

    title = forms.CharField(label=_("评委会名称"), max_length=100)
    step = forms.ChoiceField(label=_("评审环节"))
    track = forms.ChoiceField(label=_("类别"), required=False)
    document_number = forms.CharField(label=_("组建文号"), max_length=60, required=False)

    def __init__(self, *args: Any, pack: Pack, steps: Sequence[Step], **facts: Any) -> None:
        super().__init__(*args, **facts)
        tracks = [("", _("全部类别")), *((track.code, track.title) for track in pack.tracks)]
        self.fields["track"].choices = tracks  # type: ignore[attr-defined]
        self.fields["step"].choices = [(step.code, step.title) for step in steps]  # type: ignore[attr-defined]


class Unechoed(forms.TextInput):
    """What was typed is never written back into the page."""

    def format_value(self, value: Any) -> None:  # noqa: ARG002 - Django's signature
        return None


class PhraseForm(PlainForm):
    phrase = forms.CharField(
        label=_("开票口令"),
        max_length=60,
        help_text=_("开始表决时显示过一次的口令。连续输错不会损坏选票。"),
        widget=Unechoed(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ReasonForm(PlainForm):
    reason = Words(label=_("理由"), limit=300, rows=3, error_messages={"required": _("请填写理由")})


class ResultsForm(PlainForm):
    workbook = forms.FileField(
        label=_("结果文件"),
        widget=forms.FileInput(attrs={"accept": WORKBOOKS.accept}),
        help_text=format_lazy(
            _("{kinds}，列为：编号、姓名、结果、批准文号、证书编号。"), kinds=WORKBOOKS.words
        ),
    )

    @property
    def content(self) -> bytes:
        given: Any = self.cleaned_data["workbook"]
        content: bytes = given.read()
        return content


@dataclass(frozen=True, slots=True)
class TieRow:
    tie: Tie
    people: tuple[tuple[Application, forms.BoundField], ...]
    reason: forms.BoundField


class ProposeForm(PlainForm):
    """For each tie that the rule leaves to the chair: the order and its reason (主任委员排定)."""

    is_checked = forms.BooleanField(
        label=_("我已核对表决结果和名额，确认提出拟入选名单"),
        error_messages={"required": _("请核对后勾选确认")},
    )

    def __init__(
        self, *args: Any, outcome: Outcome, people: dict[int, Application], **facts: Any
    ) -> None:
        super().__init__(*args, **facts)
        is_chairs = outcome.tie_rule is TieRule.CHAIR_REASON
        self.ties, self.people = outcome.ties if is_chairs else (), people
        for number, tie in enumerate(self.ties):
            for candidate in tie.candidates:
                self.fields[f"order-{number}-{candidate}"] = forms.IntegerField(
                    label=people[candidate].name, min_value=1, max_value=len(tie.candidates)
                )
            self.fields[f"reason-{number}"] = Words(label=_("排定先后的理由"), limit=300, rows=2)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number, tie in enumerate(self.ties):
            orders = [given.get(f"order-{number}-{candidate}") for candidate in tie.candidates]
            if len(set(orders)) != len(orders):
                raise ValidationError(gettext("并列人选的先后不能相同。"))
        return given

    @property
    def rows(self) -> Iterator[TieRow]:
        for number, tie in enumerate(self.ties):
            people = tuple((self.people[c], self[f"order-{number}-{c}"]) for c in tie.candidates)
            yield TieRow(tie, people, self[f"reason-{number}"])

    @property
    def decisions(self) -> list[ChairDecision]:
        return [self._decision(number, tie) for number, tie in enumerate(self.ties)]

    def _decision(self, number: int, tie: Tie) -> ChairDecision:
        given = self.cleaned_data
        orders = {candidate: given[f"order-{number}-{candidate}"] for candidate in tie.candidates}
        best_first = tuple(sorted(orders, key=lambda candidate: orders[candidate]))
        return ChairDecision(best_first, given[f"reason-{number}"])
