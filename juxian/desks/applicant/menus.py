"""The options of a drop-down, written once for all readers; whose pick it is comes afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from juxian.desks.common.code_lists import path_of
from juxian.regulation.codes import CodeList
from juxian.regulation.fields import Choice, Field, Form

ONE = '<option value="{}"'
LONG = 20  # codes that still stand in the page; more are searched for


def is_long(form: Form, asked: Field) -> bool:
    """Whether the field's code list is too long to stand in every page that asks for it."""
    return bool(asked.code_list) and len(form.options(asked)) > LONG


def kept(form: Form, asked: Field, value: str) -> SafeString:
    """Of a long list, the option that is picked, with its path; none where nothing is."""
    codes = form.codes[asked.code_list]
    code = codes.get(value)
    if code is None:
        return SafeString("")
    path = path_of(codes, form.codes[codes.parents or codes.name], code)
    option = ONE + ' selected data-path="{}">{}</option>'
    return format_html(option, code.value, path, code.label)


def menu_of(form: Form, asked: Field, siblings: Sequence[Field]) -> SafeString:
    """All options of a field under their headings, none of them picked."""
    if not asked.code_list:
        above = next((one for one in siblings if one.code == asked.within), None)
        headings = {
            choice.parent: form.label_of(above, choice.parent) if above else ""
            for choice in asked.choices
        }
        return _written(asked.choices, headings, told=bool(asked.within))
    codes = form.codes[asked.code_list]
    return _of_list(codes, form.codes[codes.parents or codes.name], asked.code_levels)


def picked(menu: SafeString, value: str) -> SafeString:
    """The menu with that value's option selected; as it was for a value that it does not have."""
    option = ONE.format(escape(value))
    return mark_safe(menu.replace(option, f"{option} selected", 1)) if value else menu  # noqa: S308 - both are escaped


@lru_cache(maxsize=256)
def _of_list(codes: CodeList, parents: CodeList, levels: tuple[str, ...]) -> SafeString:
    """One lasting text for each code list; long ones have thousands of options."""
    offered = codes.in_force(levels)
    choices = [Choice(code.value, code.label, parent=code.parent) for code in offered]
    headings: dict[str, str] = {}
    for choice in choices:
        above = codes.get(choice.parent) or parents.get(choice.parent)
        headings[choice.parent] = above.label if above else ""
    return _written(choices, headings, told=False)


def _written(choices: Iterable[Choice], headings: Mapping[str, str], *, told: bool) -> SafeString:
    """With what each option belongs to `told` to the script that narrows the menu by it."""
    grouped: dict[str, list[Choice]] = {}
    for choice in choices:
        grouped.setdefault(choice.parent, []).append(choice)
    return format_html_join(
        "",
        "{}",
        (
            (_group(headings[parent], parent if told else "", belonging),)
            for parent, belonging in grouped.items()
        ),
    )


def _group(heading: str, within: str, choices: Sequence[Choice]) -> SafeString:
    told = format_html(' data-in="{}"', within) if within else ""
    options = format_html_join(
        "", ONE + "{}>{}</option>", ((one.value, told, one.label) for one in choices)
    )
    return (
        format_html('<optgroup label="{}">{}</optgroup>', heading, options) if heading else options
    )
