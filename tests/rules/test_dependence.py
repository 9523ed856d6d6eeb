"""What a return opens besides what it asks for: all that must be answerable with it."""

from pathlib import Path

import pytest

from juxian.regulation.dependence import with_dependents
from juxian.regulation.form import Field, FieldKind, Form, Section, When
from juxian.regulation.pack_reading import load


def field(code, **facts):
    return Field(code, FieldKind.TEXT, code, **facts)


def form(**sections):
    made = (Section(code, "一", code, "R1", fields=fields) for code, fields in sections.items())
    return Form(tuple(made), ("professional",), codes={})


@pytest.mark.parametrize(
    ("facts", "opens"),
    [
        ({}, False),
        ({"follows": "id.birth_date"}, True),
        ({"within": "id"}, True),
        ({"one_row_each": ("id",)}, True),
        ({"shown_when": When("id", filled=True)}, True),
        ({"required_when": When("basic.id", filled=True)}, True),
        ({"columns": (field("c", shown_when=When("basic.id", filled=True)),)}, True),
        ({"columns": (field("c", required_when=When("basic.id", filled=True)),)}, True),
        ({"columns": (field("c", shown_when=When("id", filled=True)),)}, False),
    ],
)
def test_a_field_opens_what_is_decided_by_it(facts, opens):
    asked = form(basic=(field("id"), field("other", **facts)))
    expected = {"basic.id", "basic.other"} if opens else {"basic.id"}
    assert with_dependents(asked, {"basic.id"}) == expected


def test_a_name_opens_its_signature_in_another_section_and_what_hangs_on_that():
    asked = form(
        basic=(field("name"), field("sex")),
        declaration=(
            field("signature", same_as="basic.name"),
            field("date", shown_when=When("signature", filled=True)),
        ),
    )
    signed = {"declaration.signature", "declaration.date"}
    assert with_dependents(asked, {"basic.name"}) == {"basic.name"} | signed
    assert with_dependents(asked, {"basic"}) == {"basic"} | signed
    assert with_dependents(asked, {"basic.sex"}) == {"basic.sex"}


def test_materials_open_nothing_else():
    asked = form(basic=(field("name"),))
    assert with_dependents(asked, {"evidence.id_card"}) == {"evidence.id_card"}


def test_the_notice_s_form_opens_birth_date_and_sex_with_the_resident_id():
    opened = with_dependents(load(Path("packs/2020-special-allowance")).form, {"basic.resident_id"})
    assert {"basic.birth_date", "basic.sex"} <= opened
