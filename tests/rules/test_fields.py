"""The form of the 2020 call, and what a field is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.fields import (
    FieldKind,
    When,
    count_characters,
    is_blank,
)
from tests.rules.form_tables import (
    FORM,
    all_fields,
)


@pytest.mark.clause("R60")
def test_the_form_has_its_twelve_parts_in_printed_order():
    printed = [(section.number, section.code) for section in FORM.sections]
    assert printed == [
        ("一", "basic"),
        ("二", "post"),
        ("三", "education"),
        ("四", "title"),
        ("四", "skill"),
        ("五", "speciality"),
        ("六", "honours"),
        ("七", "career"),
        ("八", "conditions"),
        ("九", "achievements"),
        ("十", "summary"),
        ("十一", "assessment"),
        ("十二", "declaration"),
    ]


@pytest.mark.clause("R14", "R23")
def test_each_track_sees_its_own_fourth_part():
    codes = {
        track: [
            section.code for section in FORM.for_track(track).sections if section.number == "四"
        ]
        for track in FORM.tracks
    }
    assert codes == {"professional": ["title"], "skilled": ["skill"]}


@pytest.mark.clause("R26", "R30")
def test_a_track_sees_no_field_or_choice_of_the_other():
    professional = FORM.for_track("professional")
    assert "contests" not in [f.code for f in professional.section("achievements").fields]
    statements = professional.section("conditions").field("statements")
    offered = [choice.value for choice in statements.column("condition").choices]
    assert offered == [f"A{number}" for number in range(1, 9)]


@pytest.mark.clause(
    "R15",
    "R16",
    "R17",
    "R18",
    "R19",
    "R20",
    "R21",
    "R22",
    "R24",
    "R25",
    "R26",
    "R27",
    "R28",
    "R29",
    "R30",
    "R31",
)
def test_every_condition_of_the_notice_may_be_chosen_and_cites_its_clause():
    claims = {c.value: c.clause for c in FORM.section("conditions").field("primary").choices}
    professional = {f"A{number}": f"R{14 + number}" for number in range(1, 9)}
    skilled = {f"B{number}": f"R{23 + number}" for number in range(1, 9)}
    assert claims == {**professional, **skilled}


@pytest.mark.clause("R15", "R16", "R17")
def test_conditions_with_or_in_them_have_their_alternatives():
    alternatives = FORM.section("conditions").field("alternative")
    by_condition: dict[str, int] = {}
    for choice in alternatives.choices:
        by_condition[choice.parent] = by_condition.get(choice.parent, 0) + 1
    assert by_condition == {"A1": 2, "A2": 3, "A3": 2, "B3": 2, "B4": 2}
    assert alternatives.shown_when == When("primary", one_of=tuple(by_condition))


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("basic.address", 200),
        ("post.practising_statement", 300),
        ("skill.exception", 500),
        ("career.summary", 600),
        ("summary.deeds", 150),
        ("summary.achievements", 1500),
        ("summary.papers", 600),
        ("summary.latest", 600),
        ("summary.peer_opinion", 300),
        ("assessment.punishment_detail", 300),
    ],
)
def test_long_answers_have_the_limits_of_the_form(path: str, limit: int):
    section, _, field = path.partition(".")
    assert FORM.section(section).field(field).limit == limit


def test_only_identity_and_whereabouts_are_sealed():
    assert [f.code for f in all_fields() if f.sealed] == ["resident_id", "mobile", "address"]


def test_everything_cited_is_a_clause_of_the_notice():
    cited = [section.clause for section in FORM.sections]
    cited += [field.clause for field in all_fields()]
    cited += [choice.clause for field in all_fields() for choice in field.choices]
    ids = {id_ for clause in cited for id_ in clause.split()}
    assert all(section.clause for section in FORM.sections)
    assert ids <= {f"R{number}" for number in range(1, 79)}


def test_hints_are_short_sentences():
    said = [field.help for field in all_fields()] + [s.intro for s in FORM.sections]
    sentences = [part for hint in said for part in re.split("[。；！？]", hint)]
    assert [sentence for sentence in sentences if len(sentence) > 25] == []
    assert [hint for hint in said if hint and not hint.endswith("。")] == []


def test_the_form_uses_every_kind_of_field():
    assert {field.kind for field in all_fields()} == set(FieldKind)


def test_achievements_are_all_dated_ranked_and_described():
    tables = FORM.section("achievements").fields
    wanted = {"date", "rank", "people", "role", "representative"}
    assert {table.code: wanted - {c.code for c in table.columns} for table in tables} == {
        table.code: set() for table in tables
    }


def test_options_are_the_codes_in_force_at_the_levels_asked():
    location = FORM.section("post").field("location")
    offered = {choice.value for choice in FORM.options(location)}
    assert "653101" in offered
    assert offered.isdisjoint({"653100", "650000", "652101"})
    kinds = FORM.section("post").field("employer_kind")
    assert FORM.options(kinds) == kinds.choices


def test_values_have_names():
    basic = FORM.section("basic")
    named = [
        FORM.label_of(basic.field("ethnic_group"), "05"),
        FORM.label_of(basic.field("ethnic_group"), "00"),
        FORM.label_of(basic.field("nationality"), "china"),
        FORM.label_of(basic.field("name"), "某某"),
        FORM.label_of(FORM.section("post").field("nonpublic"), True),
        FORM.label_of(FORM.section("post").field("nonpublic"), False),
    ]
    assert named == ["维吾尔族", "00", "中国", "某某", "是", "否"]


def test_a_caption_is_the_label_unless_paper_says_otherwise():
    summary = FORM.section("summary")
    assert summary.field("deeds").caption == "主要突出贡献事迹"
    assert summary.field("latest").caption == "最新成果"


def test_what_the_form_lacks_is_not_found():
    with pytest.raises(LookupError):
        FORM.section("none")
    with pytest.raises(LookupError):
        FORM.section("basic").field("none")


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("", 0),
        ("近五年主刀1200例。", 11),
        ("a b\tc\n\u3000d", 4),
        ("𠮷田·〇", 4),
        ("“SCI”，3篇", 8),
    ],
)
def test_characters_are_code_points_without_white_space(written: str, count: int):
    assert count_characters(written) == count


@given(st.text(), st.text())
def test_counting_is_additive(first: str, second: str):
    assert count_characters(first + second) == count_characters(first) + count_characters(second)


@pytest.mark.parametrize(
    ("when", "answer", "holds"),
    [
        (When("x", equals="a"), "a", True),
        (When("x", equals="a"), ["b", "a"], True),
        (When("x", equals=True), 1, False),
        (When("x", equals=True), True, True),
        (When("x", one_of=("a", 2)), 2, True),
        (When("x", one_of=("a", 2)), "c", False),
        (When("x", filled=True), [], False),
        (When("x", filled=True), False, True),
    ],
)
def test_a_condition_compares_like_with_like(when: When, answer: object, holds: bool):
    assert when.holds(answer) is holds


def test_no_and_nought_are_answers():
    assert [is_blank(answer) for answer in (None, "", [], False, 0)] == [True] * 3 + [False] * 2
