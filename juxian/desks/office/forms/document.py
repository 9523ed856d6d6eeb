"""What the page for an official document takes: each of its blanks, and the version before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from juxian.desks.common.forms import PlainForm
from juxian.regulation.documents import Blank, DocumentKind

ROWS = 5


@dataclass(frozen=True, slots=True)
class Written:
    """A blank with its field; `fresh` is what the records say now, where that differs."""

    field: forms.BoundField
    fresh: str


class WordingForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, document: DocumentKind, fresh: Mapping[str, str], **facts: Any
    ) -> None:
        super().__init__(*args, **facts)
        self.document, self.fresh = document, fresh
        for blank in document.blanks:
            self.fields[blank.code] = forms.CharField(
                label=blank.title,
                help_text=blank.help,
                required=False,
                widget=_widget(blank),
            )

    @property
    def texts(self) -> dict[str, str]:
        return {blank.code: self.cleaned_data[blank.code] for blank in self.document.blanks}

    @property
    def passages(self) -> Iterator[Written]:
        yield from self._written(is_line=False)

    @property
    def lines(self) -> Iterator[Written]:
        yield from self._written(is_line=True)

    def _written(self, *, is_line: bool) -> Iterator[Written]:
        for blank in self.document.blanks:
            if blank.is_line == is_line:
                field = self[blank.code]
                fresh = self.fresh.get(blank.code, "")
                yield Written(field, "" if fresh == (field.value() or "") else fresh)


def _widget(blank: Blank) -> forms.Widget:
    if blank.sort == "day":
        return forms.DateInput(attrs={"type": "date"})
    if blank.is_line:
        return forms.TextInput(attrs={"maxlength": blank.limit})
    return forms.Textarea(attrs={"rows": ROWS, "data-limit": blank.limit})
