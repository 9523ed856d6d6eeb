"""An opinion or a decision on a list: one document, and one answer for each person."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juxian.actions.accepted import SCANS
from juxian.actions.opinion import OpinionAnswer, OpinionCode, Reply
from juxian.desks.common.forms import Day, PlainForm
from juxian.regulation.refusal import NotReady, Refusal
from juxian.selectors.phrases import OPINION_CODES
from juxian.selectors.proceeding import Docket, Row

APPROVED, DECLINED = "approve", "decline"
DECISIONS = ((APPROVED, _("同意")), (DECLINED, _("不同意")))


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's two controls, and what the house said about them."""

    row: Row
    choice: forms.BoundField
    words: forms.BoundField
    refusal: str


class RecordForm(PlainForm):
    """`choice-<application>` and `words-<application>` for everybody on the list."""

    body = forms.CharField(label=_("机构"), max_length=100)
    document_number = forms.CharField(label=_("文号"), max_length=60)
    held_on = Day(label=_("日期"))
    scan = forms.FileField(
        label=_("扫描件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": SCANS.accept}),
        help_text=format_lazy(_("{kinds}，20MB 以内；随登记一起存档。"), kinds=SCANS.words),
    )

    CHOICES: Any = ()
    FIRST = ""
    WORDS = _("情况说明")

    def __init__(self, *args: Any, docket: Docket, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.docket = docket
        self.refusals: dict[str, str] = {}
        for row in docket.rows:
            pk = row.item.application_id
            self.fields[f"choice-{pk}"] = forms.ChoiceField(
                label=row.item.application.name,
                choices=self.CHOICES,
                initial=self.FIRST,
                widget=forms.Select,
            )
            self.fields[f"words-{pk}"] = forms.CharField(
                label=self.WORDS, max_length=500, required=False
            )

    def refused(self, refusal: Refusal) -> None:
        """A fault that names a person stands in that person's row."""
        faults = dict(refusal.faults) if isinstance(refusal, NotReady) else {}
        self.refusals = {name: said for name, said in faults.items() if name not in self.fields}
        self.add_error(None, str(refusal))
        for name in faults.keys() & self.fields.keys():
            self.add_error(name, faults[name])

    @property
    def answers(self) -> Iterator[Answer]:
        for row in self.docket.rows:
            pk = row.item.application_id
            yield Answer(
                row, self[f"choice-{pk}"], self[f"words-{pk}"], self.refusals.get(str(pk), "")
            )

    @property
    def content(self) -> bytes:
        """The scan's; b"" for none."""
        given: Any = self.cleaned_data["scan"]
        content: bytes = given.read() if given else b""
        return content

    @property
    def scan_title(self) -> str:
        return f"{self.fields['scan'].label} {self.cleaned_data['document_number']}"

    @property
    def document(self) -> dict[str, Any]:
        """Whose it is, its number and its day, as the acts take them."""
        return {name: self.cleaned_data[name] for name in ("body", "document_number", "held_on")}

    def given(self) -> dict[int, tuple[str, str]]:
        """Choice and words by application."""
        cleaned = self.cleaned_data
        keys = [row.item.application_id for row in self.docket.rows]
        return {pk: (cleaned[f"choice-{pk}"], cleaned[f"words-{pk}"].strip()) for pk in keys}


class OpinionForm(RecordForm):
    CHOICES = tuple(OPINION_CODES.items())
    FIRST: str = OpinionCode.NONE

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["body"].label = _("出具意见的机构")
        self.fields["document_number"].label = _("回函文号")
        self.fields["held_on"].label = _("回函日期")
        self.fields["scan"].label = _("回函扫描件")

    @property
    def reply(self) -> Reply:
        """It answers for those on whom something was chosen."""
        answers = {
            pk: OpinionAnswer(OpinionCode(code), words)
            for pk, (code, words) in self.given().items()
            if code
        }
        return Reply(answers=answers, **self.document)


class RenewalForm(OpinionForm):
    """A newer reply; whom it does not speak of is left as he was."""

    CHOICES = (("", _("这次没有征求")), *OPINION_CODES.items())
    FIRST = ""

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        for name, field in self.fields.items():
            field.required = field.required and not name.startswith("choice-")


class DecisionForm(RecordForm):
    CHOICES = DECISIONS
    FIRST = APPROVED
    WORDS = _("不同意的理由")

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["body"].label = _("审定的机构和会议")
        self.fields["document_number"].label = _("会议纪要号或文号")
        self.fields["held_on"].label = _("审定日期")
        self.fields["scan"].label = _("会议纪要或批文扫描件")

    @property
    def declined(self) -> dict[int, str]:
        return {pk: words for pk, (code, words) in self.given().items() if code == DECLINED}
