"""Who ranks where after an evaluation, and the order of those who share a rank."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import PlainForm
from juxian.regulation.ballot import ChairDecision, Result
from juxian.regulation.ballot_words import explain
from juxian.selectors.evaluation import Equals, equals_in, means_in, outcome_in
from juxian.selectors.proceeding import Docket, Row


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate's place; `order` is the control for it among those who share the rank."""

    row: Row
    rank: int
    says: str
    is_carried: bool
    mean: Decimal | None
    order: forms.BoundField | None


@dataclass(frozen=True, slots=True)
class Tied:
    """A rank that several share, with the control for the reason of their order."""

    names: str
    rank: int
    reason: forms.BoundField


class RankForm(PlainForm):
    """`order-<application>` for those who share a rank, and `reason-<rank>`; all may stay blank."""

    def __init__(self, *args: Any, docket: Docket, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.docket = docket
        self.outcome = outcome_in(docket)
        self.equals = equals_in(docket, self.outcome)
        for group in self.equals:
            for row in group.rows:
                self.fields[f"order-{row.item.application_id}"] = forms.IntegerField(
                    label=_("%(name)s的先后") % {"name": row.item.application.name},
                    min_value=1,
                    max_value=len(group.rows),
                    required=False,
                    widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                    error_messages={"invalid": _("请填写数字")},
                )
            self.fields[f"reason-{group.rank}"] = forms.CharField(
                label=_("排定先后的理由"), max_length=200, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for group in self.equals:
            places = [given.get(f"order-{row.item.application_id}") for row in group.rows]
            reason = given.get(f"reason-{group.rank}", "").strip()
            if not any(places) and not reason:
                continue
            if sorted(n or 0 for n in places) != list(range(1, len(places) + 1)):
                said = gettext("请给并列的%(count)d人分别填1至%(count)d，不能重复")
                first = f"order-{group.rows[0].item.application_id}"
                self.add_error(first, said % {"count": len(places)})
            if not reason:
                self.add_error(f"reason-{group.rank}", gettext("请写明排定先后的理由"))
        return given

    @property
    def decisions(self) -> list[ChairDecision]:
        return [self._decision(group) for group in self.equals if self._is_decided(group)]

    def _is_decided(self, group: Equals) -> bool:
        return bool(self.cleaned_data[f"reason-{group.rank}"].strip())

    def _decision(self, group: Equals) -> ChairDecision:
        keys = [row.item.application_id for row in group.rows]
        in_order = sorted(keys, key=lambda pk: self.cleaned_data[f"order-{pk}"])
        return ChairDecision(tuple(in_order), self.cleaned_data[f"reason-{group.rank}"])

    @property
    def ranked(self) -> Iterator[Ranked]:
        """The best first; nobody without a quorum."""
        if not self.outcome.has_quorum:
            return
        rows = {row.item.application_id: row for row in self.docket.rows}
        means = means_in(self.docket)
        for counted in self.outcome.counted:
            name = f"order-{counted.candidate}"
            yield Ranked(
                rows[counted.candidate],
                counted.rank,
                explain(self.outcome, counted.candidate),
                counted.result is Result.CARRIED,
                means.get(counted.candidate),
                self[name] if name in self.fields else None,
            )

    @property
    def tied(self) -> Iterator[Tied]:
        for group in self.equals:
            names = "、".join(row.item.application.name for row in group.rows)
            yield Tied(names, group.rank, self[f"reason-{group.rank}"])
