"""What a panel member fills in: a pledge, recusals, a ballot."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from juxian.desks.common.forms import PlainForm
from juxian.regulation.recusal import DECLARED
from juxian.selectors.panel import Candidate

CHOICES = (("aye", _("同意")), ("nay", _("反对")), ("abstain", _("弃权")))

Row = tuple[Candidate, BoundField | None]
"""A candidate and what is asked about him; nothing where he is kept out of."""


class PledgeForm(PlainForm):
    agreed = forms.BooleanField(
        label=_("我已阅读以上内容，同意并遵守"),
        error_messages={"required": _("请勾选同意，再进入评审。")},
    )


class CandidateForm(PlainForm):
    """One field a candidate, named by his key, as refusals name him."""

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.candidates = candidates
        for candidate in candidates:
            if not candidate.keeps_out:
                self.fields[str(candidate.application.pk)] = self.ask(candidate)

    @abstractmethod
    def ask(self, candidate: Candidate) -> forms.Field:
        """What is asked about him."""

    @property
    def rows(self) -> list[Row]:
        keys = ((candidate, str(candidate.application.pk)) for candidate in self.candidates)
        return [(candidate, self[key] if key in self.fields else None) for candidate, key in keys]

    @property
    def said(self) -> dict[int, str]:
        """What was filled in, by candidate; blanks left out."""
        return {int(key): value for key, value in self.cleaned_data.items() if value}


class RecusalForm(CandidateForm):
    """A relation where the member keeps out; what is found or declared already is not asked."""

    def ask(self, candidate: Candidate) -> forms.Field:
        none = ("", _("没有回避情形"))
        return forms.ChoiceField(
            label=candidate.application.name, choices=[none, *DECLARED.items()], required=False
        )


class BallotForm(CandidateForm):
    """Aye, nay or abstain on every candidate the member does not keep out of."""

    def ask(self, candidate: Candidate) -> forms.Field:
        return forms.ChoiceField(
            label=candidate.application.name,
            choices=CHOICES,
            widget=forms.RadioSelect,
            error_messages={
                "required": _("请选择同意、反对或弃权。"),
                "invalid_choice": _("请选择同意、反对或弃权。"),
            },
        )
