"""Whether a check is given what it takes, and whether the form has what is named to it."""

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from juxian.regulation.checks import CHECKS, COMPUTED_FACTS, Names
from juxian.regulation.form import Field, FieldKind, Form
from juxian.regulation.problems import reason_of
from juxian.regulation.words import OfficeKind

Fault = tuple[str, str]
"""The key and the reason."""

PICKED = (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.CODE)


@cache
def _hints(check: str) -> Mapping[str, Any]:
    return get_type_hints(CHECKS[check], include_extras=True)


@cache
def _adapter(hint: Any) -> TypeAdapter[Any]:
    return TypeAdapter(hint)


def _names(hint: Any) -> Names | None:
    """What the argument names, if it names anything."""
    inner = get_args(hint)[0] if get_origin(hint) is Sequence else hint
    metadata = get_args(inner)[1:] if get_origin(inner) is Annotated else ()
    return metadata[0] if metadata else None


def facts_known(form: Form) -> dict[str, Field | None]:
    """Every fact that a check may read; computed ones have no field."""
    known: dict[str, Field | None] = dict.fromkeys(COMPUTED_FACTS)
    for section in form.sections:
        for field in section.fields:
            known[f"{section.code}.{field.code}"] = field
    return known


def argument_faults(key: str, check: str, given: Mapping[str, Any], form: Form) -> Iterator[Fault]:
    if check not in CHECKS:
        yield f"{key}.check", f"没有名为 {check} 的检查"
        return
    found = list(_shape(key, check, given)) or list(_named(key, check, given, form))
    yield from found or _valued(key, check, given, form)


def _shape(key: str, check: str, given: Mapping[str, Any]) -> Iterator[Fault]:
    """Arguments that are missing, not known, or of another type."""
    taken = {
        name: parameter
        for name, parameter in inspect.signature(CHECKS[check]).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY
    }
    for name, parameter in taken.items():
        if name not in given and parameter.default is parameter.empty:
            yield f"{key}.given.{name}", f"检查 {check} 缺少这一项"
    for name, value in given.items():
        if name not in taken:
            yield f"{key}.given.{name}", f"检查 {check} 没有这一项，请检查拼写"
        else:
            yield from _typed(f"{key}.given.{name}", _hints(check)[name], value)


def _typed(key: str, hint: Any, value: Any) -> Iterator[Fault]:
    if get_origin(hint) is Sequence and isinstance(value, str):
        yield key, "应为列表"
        return
    try:
        _adapter(hint).validate_python(value, strict=True)
    except ValidationError as error:
        yield key, reason_of(dict(error.errors()[0]))


def _pairs(check: str, given: Mapping[str, Any], names: Names) -> Iterator[tuple[str, Any]]:
    """What is named of that sort, each with the argument that names it."""
    for name, value in given.items():
        if _names(_hints(check)[name]) is names:
            for one in value if isinstance(value, list | tuple) else (value,):
                yield name, one


KINDS: Mapping[Names, tuple[tuple[FieldKind, ...], str]] = {
    Names.DATED: ((FieldKind.DATE, FieldKind.YEAR_MONTH, FieldKind.YEAR), "日期"),
    Names.COUNTED: ((FieldKind.INTEGER,), "整数"),
    Names.TICKED: ((FieldKind.BOOLEAN,), "是否"),
    Names.PICKED: (PICKED, "选项"),
}
"""The kinds of answer that a place of each sort has, and what they are called."""


def _places(check: str, given: Mapping[str, Any]) -> Iterator[tuple[str, str, Names]]:
    for sort in KINDS:
        for name, place in _pairs(check, given, sort):
            yield name, place, sort


def _placed(key: str, check: str, given: Mapping[str, Any], form: Form) -> Iterator[Fault]:
    """Places that the form does not have, or that have answers of another kind."""
    for name, place, sort in _places(check, given):
        kinds, called = KINDS[sort]
        asked = _asked_or_none(place, form)
        if asked is None:
            yield f"{key}.given.{name}", f"登记表没有 {place} 这一项"
        elif asked.kind not in kinds:
            yield f"{key}.given.{name}", f"{place} 须是“{called}”一类"


def _asked_or_none(place: str, form: Form) -> Field | None:
    try:
        return _asked(place, form)
    except (LookupError, ValueError):
        return None


def _facts(check: str, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every fact that is named, alone or with values of its own."""
    yield from _pairs(check, given, Names.FACT)
    for name, values in _pairs(check, given, Names.VALUES_OF):
        for path in values:
            yield name, path


def _named(key: str, check: str, given: Mapping[str, Any], form: Form) -> Iterator[Fault]:
    """Facts, tables and columns that the form does not have."""
    yield from _placed(key, check, given, form)
    known = facts_known(form)
    tables = {
        path: field for path, field in known.items() if field and field.kind is FieldKind.ROWS
    }
    for name, path in _facts(check, given):
        if path not in known or path in tables:
            yield f"{key}.given.{name}", f"登记表没有 {path} 这一项"
    for name, path in _pairs(check, given, Names.TABLE):
        if path not in tables:
            yield f"{key}.given.{name}", f"登记表没有 {path} 这个表格"
    for name, column in _pairs(check, given, Names.COLUMN):
        for _table, path in _pairs(check, given, Names.TABLE):
            if path in tables and column not in {c.code for c in tables[path].columns}:
                yield f"{key}.given.{name}", f"表格 {path} 没有 {column} 这一列"


def _valued(key: str, check: str, given: Mapping[str, Any], form: Form) -> Iterator[Fault]:
    """Values that no such answer can have."""
    facts = [path for _name, path in _pairs(check, given, Names.FACT)]
    tables = [path for _name, path in _pairs(check, given, Names.TABLE)]
    columns = [path for _name, path in _pairs(check, given, Names.COLUMN)]
    places = facts + [f"{table}.{column}" for table in tables for column in columns]
    places += [place for _name, place in _pairs(check, given, Names.PICKED)]
    for name, value in _pairs(check, given, Names.VALUE):
        for place in places:
            yield from values_of(f"{key}.given.{name}", place, [value], form)
    for name, lists in _pairs(check, given, Names.VALUES_OF):
        for place, values in lists.items():
            yield from values_of(f"{key}.given.{name}", place, values, form)


def values_of(key: str, place: str, values: Iterable[Any], form: Form) -> Iterator[Fault]:
    """What is wrong with these values of a fact, or of a column as "section.table.column"."""
    if place in COMPUTED_FACTS:
        possible = {kind.value for kind in OfficeKind} if place == "employer.kind" else None
    else:
        try:
            possible = _possible(_asked(place, form), form)
        except LookupError:
            yield key, f"登记表没有 {place} 这一项"
            return
    for value in values:
        if possible is not None and value not in possible:
            yield key, f"{place} 没有 {value} 这个选项"


def _asked(place: str, form: Form) -> Field:
    section, code, *column = place.split(".")
    field = form.section(section).field(code)
    return field.column(column[0]) if column else field


def _possible(field: Field, form: Form) -> set[Any] | None:
    """The values that the field can have; None when they are not a list."""
    if field.kind is FieldKind.BOOLEAN:
        return {True, False}
    if field.kind not in PICKED:
        return None
    if field.code_list:
        return {code.value for code in form.codes[field.code_list].codes}
    return {choice.value for choice in field.choices}
