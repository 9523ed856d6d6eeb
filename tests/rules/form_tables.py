"""Small form files for one question at a time."""

from pathlib import Path
from typing import Any

from juxian.regulation.codes import Code, CodeList, CodeLists
from juxian.regulation.fields import (
    Field,
    load_form,
    read_form,
)

FOLDER = Path(__file__).parents[2] / "packs" / "2020-special-allowance"
FORM = load_form(FOLDER)

COLOURS = CodeList(
    "colours",
    "颜色",
    "示例",
    "2020",
    (Code("1", "暖色", level="group"), Code("11", "红", "1", "one", extra={"mood": "happy"})),
    ("parent", "mood"),
)
CODES = CodeLists({"colours": COLOURS})


def table(*fields: dict[str, Any], **section: Any) -> dict[str, Any]:
    entry = {"code": "one", "number": "一", "title": "第一部分", "clause": "R60", **section}
    return {"tracks": ["a", "b"], "section": [{**entry, "field": list(fields)}]}


def text(code: str = "name", **given: Any) -> dict[str, Any]:
    return {"code": code, "kind": "text", "label": "名称", "limit": 10, **given}


def picked(code: str = "colour", **given: Any) -> dict[str, Any]:
    return {"code": code, "kind": "code", "label": "颜色", "code_list": "colours", **given}


def reasons(whole: dict[str, Any]) -> list[tuple[str, str]]:
    _form, problems = read_form(whole, file="fields.toml", codes=CODES)
    assert {problem.file for problem in problems} <= {"fields.toml"}
    return [(problem.key, problem.reason) for problem in problems]


def all_fields() -> list[Field]:
    fields = [field for section in FORM.sections for field in section.fields]
    return fields + [column for field in fields for column in field.columns]
