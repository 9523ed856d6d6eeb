"""Forms in the house's look: labels above, hints before the control, faults beside it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juxian.regulation.entries import read_mobile
from juxian.regulation.names import read_name
from juxian.regulation.refusal import NotReady, Refusal


class PlainField(BoundField):
    """A field that knows its Bootstrap class, its limit and how it is laid out."""

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def limit(self) -> int | None:
        """Characters allowed, where a counter is worth showing."""
        limit: int | None = self.field.widget.attrs.get("data-limit")
        return limit

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        own = (widget or self.field.widget).attrs.get("class", "")
        built["class"] = f"{built.get('class') or own} {_look(self.field.widget)}".strip()
        return built


def _look(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choice"
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


class PlainRenderer(DjangoTemplates):
    """{{ form.name.as_field_group }} gives the whole field; {{ form.name }} the control alone."""

    field_template_name = "components/field.html"
    bound_field_class = PlainField


@dataclass(frozen=True, slots=True)
class Place:
    """A fault beside a field; `anchor` is the id of the control that mends it."""

    anchor: str
    label: str
    sentence: str


UNSAID = forms.Field.default_error_messages["required"]


def _missing(field: forms.Field) -> str:
    """What to do about an empty field, where the form has no words of its own for it."""
    if isinstance(field, forms.FileField):
        return gettext("请选择文件")
    if isinstance(field, forms.BooleanField):
        return gettext("请勾选确认")
    return gettext("请选择") if isinstance(field, forms.ChoiceField) else gettext("请填写")


class PlainForm(forms.Form):
    """The form of every act; `refused` puts a refusal where it belongs."""

    default_renderer = PlainRenderer()
    use_required_attribute = False

    def full_clean(self) -> None:
        for field in self.fields.values():
            if field.error_messages.get("required") is UNSAID:
                field.error_messages["required"] = _missing(field)
        super().full_clean()

    @property
    def faults_beside(self) -> tuple[Place, ...]:
        """The faults that stand beside a field, in the order of the fields."""
        return tuple(
            Place(field.id_for_label or f"{field.auto_id}_0", str(field.label), str(sentence))
            for field in self
            for sentence in field.errors
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said of the whole form, without what a field says again."""
        beside = {place.sentence for place in self.faults_beside}
        said = dict.fromkeys(str(sentence) for sentence in self.non_field_errors())
        return tuple(sentence for sentence in said if sentence not in beside)

    def refused(self, refusal: Refusal) -> None:
        """Say the refusal on top, and beside each field that it names."""
        self.add_error(None, str(refusal))
        if isinstance(refusal, NotReady):
            for path, sentence in refusal.faults:
                self.add_error(path if path in self.fields else None, sentence)


class Words(forms.CharField):
    """Some sentences, with a counter."""

    def __init__(self, *, limit: int, rows: int = 4, **facts: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "data-limit": limit})
        super().__init__(max_length=limit, widget=widget, **facts)


class Day(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **facts: Any) -> None:
        facts.setdefault("error_messages", {"invalid": _("请填写日期，如 2020-04-10。")})
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **facts)


class NameField(forms.CharField):
    """A person's name (姓名), kept with U+00B7 between its parts."""

    def __init__(self, **facts: Any) -> None:
        facts.setdefault("help_text", _("与身份证一致；名字中的间隔号用“·”。例：古丽娜尔·阿不都"))
        super().__init__(label=facts.pop("label", _("姓名")), max_length=100, **facts)

    def clean(self, value: Any) -> str:
        said = super().clean(value)
        reading = read_name(said)
        if said and reading.faults:
            raise ValidationError(list(reading.faults))
        return reading.name


class MobileField(forms.CharField):
    """A mobile number (手机), however its digits are set apart."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        number, fault = read_mobile(typed)
        if fault:
            raise ValidationError(fault)
        return number
