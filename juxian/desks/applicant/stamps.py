"""What a page was made from, told field by field in a few letters each.

A page that was overtaken is judged by them: whether what it shows was changed elsewhere at all,
and which of two texts is the newer thought.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, TypeAlias

from juxian.regulation.fields import Field, FieldKind, is_blank

Stamps: TypeAlias = dict[str, str]
"""Stamps by path: "name", or "awards.<row>"; "" for nothing there."""

LETTERS = 8


def stamp(value: Any) -> str:
    if is_blank(value):
        return ""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:LETTERS]


def stamps_of(fields: Iterable[Field], values: Mapping[str, Any]) -> Stamps:
    """Of the fields that stand on the page of a section: photographs and tables have their own."""
    return {
        asked.code: stamp(values.get(asked.code))
        for asked in fields
        if asked.kind not in (FieldKind.ROWS, FieldKind.PHOTO)
    }


def row_stamps(table: Field, rows: Iterable[Mapping[str, Any]], row: str) -> Stamps:
    """Of the one row."""
    found = next((one for one in rows if one.get("id") == row), None)
    return {f"{table.code}.{row}": stamp(found)}


def written(stamps: Stamps) -> str:
    return " ".join(f"{path}={value}" for path, value in stamps.items())


def read(text: str) -> Stamps:
    pairs = (one.partition("=") for one in text.split())
    return {path: value for path, _is, value in pairs}
