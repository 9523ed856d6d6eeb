"""What is wrong with a pack: which file, which key, and why, for the person who wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

STRICT = ConfigDict(extra="forbid")
"""The `__pydantic_config__` of every dataclass that is read from a pack's file."""

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class PackProblem:
    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}：{self.key}：{self.reason}"


REASONS: Mapping[str, str] = {
    "missing": "缺少这一项",
    "unexpected_keyword_argument": "没有这一项，请检查拼写",
    "enum": "不是允许的取值，只能是 {expected}",
    "literal_error": "不是允许的取值，只能是 {expected}",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "bool_type": "应为 true 或 false",
    "tuple_type": "应为列表",
    "sequence_str": "应为列表",
    "dict_type": "应为一组键值",
    "mapping_type": "应为一组键值",
    "dataclass_type": "应为一组键值",
    "date_type": "应为日期，如 2020-05-06",
    "time_type": "应为时刻，如 18:00:00",
    "datetime_type": "应为带时区的时间，如 2020-05-06T00:00:00+08:00",
    "fraction_parsing": '应为分数，如 "2/3"',
}

NAMES = ("code", "id", "value", "step", "title")
"""What an entry of a list is known by, the first that it has."""


def read_as(
    kind: type[Read], table: Mapping[str, object], file: str
) -> tuple[Read | None, list[PackProblem]]:
    """`table` as `kind`, or every reason why it is not one."""
    try:
        return TypeAdapter(kind).validate_python(table), []
    except ValidationError as error:
        return None, [
            PackProblem(file, _key(fault["loc"], table), reason_of(dict(fault)))
            for fault in error.errors()
        ]


def _key(loc: tuple[int | str, ...], table: Any) -> str:
    """`section[basic].field[name].kind`: a list's entries by their name, or counted from 1."""
    key, here = "", table
    for part in loc:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(part, int):
            key += f"[{name_of(here) or part + 1}]"
        else:
            key += f".{part}" if key else part
    return key


def name_of(entry: object) -> str:
    """What an entry is known by; "" when it has no name."""
    named = entry if isinstance(entry, Mapping) else {}
    return next((str(named[name]) for name in NAMES if named.get(name)), "")


def reason_of(fault: Mapping[str, Any]) -> str:
    reason = REASONS.get(fault["type"])
    if reason is None:
        return f"取值不正确（{fault['type']}）"
    expected = str(fault.get("ctx", {}).get("expected", ""))
    return reason.format(expected=expected.replace(", ", "、").replace(" or ", "、"))
