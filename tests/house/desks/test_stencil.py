"""What is written once for all shows each reader their own, and keeps nothing of anybody's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join

from juxian.desks.applicant.asking import Page, Question
from juxian.desks.applicant.cards import SLOT, slots_written
from juxian.desks.applicant.controls import QUESTION, TYPED, questions_written
from juxian.desks.applicant.slots import Slot
from juxian.desks.common import stencil
from juxian.regulation.form import Field, FieldKind
from juxian.regulation.pack import Pack
from juxian.regulation.pack_reading import load

NAMED = ("2020-special-allowance", "2026-pioneers")
PACKS = [load(Path("packs") / name) for name in NAMED]
SHARP = "<b>\"古丽娜尔\" & '买买提'</b>"


def _tables(pack: Pack) -> Iterator[tuple[tuple[Field, ...], str]]:
    """The fields of every section, and of every row."""
    for section in pack.form.sections:
        yield section.fields, ""
        for table in section.fields:
            if table.kind is FieldKind.ROWS:
                yield table.columns, f"{table.code}.1."


def _questions(pack: Pack, *, answered: bool) -> Iterator[Question]:
    for fields, prefix in _tables(pack):
        values = {one.code: _answer(pack, one) for one in fields} if answered else {}
        form = pack.form.for_track(pack.tracks[0].code)
        yield from Page(form, values, prefix=prefix, siblings=fields).questions(fields)


def _answer(pack: Pack, asked: Field) -> object:
    offered = [choice.value for choice in pack.form.options(asked)][:2]
    match asked.kind:
        case FieldKind.BOOLEAN:
            return True
        case FieldKind.CHOICES:
            return offered
        case FieldKind.CHOICE | FieldKind.CODE:
            return offered[-1]
    return SHARP


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("pack", PACKS, ids=NAMED)
def test_every_question_reads_as_its_template_alone_would_write_it(
    pack: Pack, answered: bool
) -> None:
    questions = list(_questions(pack, answered=answered))
    alone = [render_to_string(QUESTION, {"q": one, "number": "XJ-1"}) for one in questions]
    assert list(questions_written(questions, "XJ-1")) == alone
    assert list(questions_written(questions, "XJ-1")) == alone


def test_a_question_with_a_fault_shows_it_and_the_next_reader_does_not_see_it() -> None:
    plain = next(one for one in _questions(PACKS[0], answered=True) if one.widget in TYPED)
    faulty = replace(plain, faults=("请填写真实姓名。",))
    before, wrong, after = questions_written([plain, faulty, plain], "XJ-1")
    assert "请填写真实姓名。" in wrong
    assert before == after == render_to_string(QUESTION, {"q": plain})


def test_every_empty_slot_reads_as_its_template_alone_would_write_it() -> None:
    claims = (("awards.records.1", f"获奖：{SHARP}"),)
    slots = [
        Slot(material, is_due, (), own, is_open)
        for material in PACKS[0].materials
        for is_due in (True, False)
        for own in ((), claims)
        for is_open in (True, False)
    ]
    options = {(): "", claims: _options(claims)}
    alone = [
        render_to_string(
            SLOT,
            {
                "m": slot.material,
                "is_due": slot.is_due,
                "state": slot.state,
                "is_open": slot.is_open,
                "is_wanted": False,
                "claims": options[slot.claims],
                "beside": "",
                "uploads": reverse("applicant:uploads", args=["XJ-1"]),
                "csrf_token": "token-1",
            },
        )
        for slot in slots
    ]
    assert list(slots_written(slots, "XJ-1", "token-1", {})) == alone


def _options(claims: tuple[tuple[str, str], ...]) -> str:
    return format_html_join("", '<option value="{}">{}</option>', claims)


def test_no_answer_stays_in_memory() -> None:
    questions = [one for one in _questions(PACKS[0], answered=True) if one.widget in TYPED]
    questions_written(questions, "XJ-1")
    kept = stencil._parts.cache_info().currsize
    questions_written([replace(one, value=f"{one.value}，又一人") for one in questions], "XJ-2")
    assert stencil._parts.cache_info().currsize == kept


def test_more_or_fewer_answers_than_places_is_an_error() -> None:
    plain = next(one for one in _questions(PACKS[0], answered=True) if one.widget in TYPED)
    blank = replace(plain, value=stencil.HERE, text="")
    for own in ((), ("甲", "乙")):
        with pytest.raises(ValueError, match="zip"):
            stencil.fill(QUESTION, own, q=blank)
