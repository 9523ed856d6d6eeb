"""The ranked nomination: an order, a bucket, and reasons for whoever is passed over."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import PlainForm, Words
from juxian.regulation.refusal import NotReady, Refusal
from juxian.selectors.board import Board, BoardRow, TrackBoard


@dataclass(frozen=True, slots=True)
class Place:
    """A nominee, and the control for his rank."""

    row: BoardRow
    rank: forms.BoundField


class OrderForm(PlainForm):
    """`rank-<application>` for everybody: 1 to n in each track, each once."""

    def __init__(self, *args: Any, board: Board, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.board = board
        for row in board.rows:
            item = row.item
            self.fields[f"rank-{item.application_id}"] = forms.IntegerField(
                label=item.application.name,
                min_value=1,
                initial=row.place,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages={"required": _("请填写顺序"), "invalid": _("请填写数字")},
            )

    @property
    def tracks(self) -> Iterator[tuple[TrackBoard, list[Place]]]:
        for track in self.board.tracks:
            yield track, [Place(row, self[_rank_of(row)]) for row in track.rows]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        repeated: set[int] = set()
        for track in self.board.tracks:
            names = [name for row in track.rows if (name := _rank_of(row)) in given]
            times = Counter(given[name] for name in names)
            for name in [name for name in names if times[given[name]] > 1]:
                repeated.add(given[name])
                self.add_error(name, gettext("与别人的顺序相同"))
        if repeated:
            ranks = "、".join(str(rank) for rank in sorted(repeated))
            raise ValidationError(
                gettext("顺序 %(ranks)s 重复，请每人填一个不同的数字。") % {"ranks": ranks}
            )
        return given

    @property
    def order(self) -> list[int]:
        """Applications from first to last; gaps between the numbers do not matter."""
        ranks = {int(name.removeprefix("rank-")): rank for name, rank in self.cleaned_data.items()}
        return sorted(ranks, key=lambda application: ranks[application])


def _rank_of(row: BoardRow) -> str:
    return f"rank-{row.item.application_id}"


class PreferenceForm(PlainForm):
    """Why a person is ranked before a better result."""

    preference = forms.ChoiceField(
        label=_("优先的情形"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择优先的情形")},
    )
    reason = Words(label=_("理由"), limit=200, error_messages={"required": _("请写明优先的理由")})

    def __init__(self, *args: Any, choices: Mapping[str, str], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["preference"].choices = list(choices.items())  # type: ignore[attr-defined]


class ReasonForm(PlainForm):
    """Why a person is recommended; the act counts the characters as the printed form means them."""

    reason = forms.CharField(label=_("推荐理由"), widget=forms.Textarea)

    def __init__(self, *args: Any, limit: int, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["reason"].widget.attrs |= {"rows": 10, "data-limit": limit}


class GiveBackForm(PlainForm):
    """How many places the office returns, and why."""

    count = forms.IntegerField(
        label=_("退回几个"),
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short"}),
        error_messages={"invalid": _("请填写数字")},
    )
    reason = Words(label=_("理由"), limit=300, error_messages={"required": _("请写明退回的理由")})


@dataclass(frozen=True, slots=True)
class Reason:
    row: BoardRow
    field: forms.BoundField


class SubmitForm(PlainForm):
    """`reason-<application>` for whoever has no bucket, and a tick that says it is meant."""

    is_checked = forms.BooleanField(
        label=_("我已核对推荐顺序、使用指标和人选材料，确认一次上报"),
        error_messages={"required": _("请核对后勾选确认")},
    )

    def __init__(self, *args: Any, board: Board, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.board = board
        for row in board.unplaced:
            self.fields[f"reason-{row.item.application_id}"] = forms.CharField(
                label=row.item.application.name,
                max_length=300,
                error_messages={"required": _("请写明不推荐的理由")},
            )

    def refused(self, refusal: Refusal) -> None:
        """A fault that names a person stands beside that person's reason."""
        self.add_error(None, str(refusal))
        for application, said in refusal.faults if isinstance(refusal, NotReady) else ():
            name = f"reason-{application}"
            if name in self.fields:
                self.add_error(name, said)

    @property
    def reasons(self) -> Iterator[Reason]:
        for row in self.board.unplaced:
            yield Reason(row, self[f"reason-{row.item.application_id}"])

    @property
    def passed_over(self) -> dict[int, str]:
        keys = [row.item.application_id for row in self.board.unplaced]
        return {pk: self.cleaned_data[f"reason-{pk}"] for pk in keys}
