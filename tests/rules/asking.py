"""A form to answer, and small ones made for one question."""

from pathlib import Path
from typing import Any

from juxian.regulation.answers import Fault, clean
from juxian.regulation.fields import Form, load_form, read_form
from tests.rules.sample_answers import professional_sample, skilled_sample

PACKS = Path(__file__).parents[2] / "packs"
FORM = load_form(PACKS / "2020-special-allowance")
SAMPLES = {"professional": professional_sample, "skilled": skilled_sample}


def form_of(*fields: dict[str, Any], **section: Any) -> Form:
    """A form of one section, `one`, on the real code lists."""
    entry = {"code": "one", "number": "一", "title": "第一部分", "clause": "R60", **section}
    whole = {"tracks": ["a"], "section": [{**entry, "field": list(fields)}]}
    form, problems = read_form(whole, file="f", codes=FORM.codes)
    assert form is not None
    assert problems == []
    return form


def read(field: dict[str, Any], raw: object) -> tuple[object, str]:
    """One field's value and message."""
    cleaned = clean(form_of({"code": "it", "label": "它", **field}), "one", {"it": raw})
    return cleaned.values["it"], "".join(fault.message for fault in cleaned.faults)


def said(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(f"{fault.section}.{fault.path}", fault.message) for fault in faults]


TEXT = {"kind": "text", "limit": 5}
LONG = {"kind": "long_text", "limit": 5}
MONTH = {"kind": "year_month"}
MONEY = {"kind": "money"}
PEOPLE = {"kind": "code", "code_list": "ethnic_groups"}
COUNTY = {"kind": "code", "code_list": "regions", "code_levels": ["county"]}
AB = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}, {"value": "c", "label": "丙"}]
ONE = {"kind": "choice", "choice": AB}
SOME = {"kind": "choices", "choice": AB, "minimum": 1, "maximum": 2}
