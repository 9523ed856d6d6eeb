"""Fields of the account library's own forms, in the house's words and dress."""

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils.translation import gettext_lazy as _

register = template.Library()

LABELS = {"password": _("口令"), "code": _("验证码"), "name": _("名称")}


@register.filter
def dressed(field: BoundField) -> BoundField:
    widget = field.field.widget
    ticked = isinstance(widget, CheckboxInput)
    widget.attrs["class"] = "form-check-input" if ticked else "form-control"
    widget.attrs.pop("placeholder", None)
    field.label = str(LABELS.get(field.name, field.label))
    if field.name == "password":
        field.help_text = ""
    return field
