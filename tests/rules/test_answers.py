"""Completeness and facts of a whole form, and what holds of any answers."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juxian.regulation.answers import Answers, clean, facts, missing
from juxian.regulation.fields import Field, FieldKind, Form, count_characters
from tests.rules.asking import (
    FORM,
    ONE,
    SAMPLES,
    TEXT,
    form_of,
    read,
    said,
)
from tests.rules.sample_answers import professional_sample, skilled_sample


@pytest.mark.clause("R60", "R62")
@pytest.mark.parametrize("track", SAMPLES)
def test_a_complete_applicant_lacks_nothing(track: str):
    assert missing(FORM, track, SAMPLES[track]()) == ()


@pytest.mark.parametrize("track", SAMPLES)
def test_the_samples_are_written_as_answers_are_kept(track: str):
    answers = SAMPLES[track]()
    cleaned = {code: clean(FORM, code, values) for code, values in answers.items()}
    assert {code: one.values for code, one in cleaned.items()} == answers
    assert [fault for one in cleaned.values() for fault in one.faults] == []


def always_required(form: Form) -> Iterator[tuple[str, Field]]:
    for section in form.sections:
        for field in section.fields:
            if field.required and field.shown_when is None and not field.follows:
                yield section.code, field


@pytest.mark.clause("R62")
@pytest.mark.parametrize("track", SAMPLES)
def test_each_required_answer_is_missed_when_it_is_left_out(track: str):
    for section, field in always_required(FORM.for_track(track)):
        answers = SAMPLES[track]()
        del answers[section][field.code]
        missed = [(fault.section, fault.path) for fault in missing(FORM, track, answers)]
        assert (section, field.code) in missed


@pytest.mark.clause("R62")
def test_an_empty_form_shows_every_gap_at_once():
    gaps = missing(FORM, "skilled", {})
    own = FORM.for_track("skilled")
    tables = {
        (section.code, field.code)
        for section in own.sections
        for field in section.fields
        if field.rows_min
    }
    required = {(section, field.code) for section, field in always_required(own)}
    follows = {("basic", "sex"), ("basic", "birth_date"), ("post", "nonpublic")}
    assert {(gap.section, gap.path) for gap in gaps} == required | tables | follows


@pytest.mark.parametrize(
    ("section", "field", "message"),
    [
        ("basic", "photo", "请上传“照片”。"),
        ("basic", "name", "请填写“姓名”。"),
        ("basic", "ethnic_group", "请选择“民族”。"),
        ("post", "unit_leader", "请选择“是否单位领导班子成员”。"),
        ("education", "records", "请至少填写1条，现有0条。"),
        ("assessment", "years", "请至少填写5条，现有0条。"),
        ("declaration", "truthful", "请阅读全文，同意后勾选。"),
    ],
)
def test_a_gap_says_what_to_do(section: str, field: str, message: str):
    answers = professional_sample()
    del answers[section][field]
    assert (f"{section}.{field}", message) in said(missing(FORM, "professional", answers))


def changed(track: str, **sections: dict[str, Any]) -> list[tuple[str, str]]:
    """What a sample lacks once some answers are changed."""
    answers = SAMPLES[track]()
    for section, values in sections.items():
        answers[section] |= values
    return said(missing(FORM, track, answers))


@pytest.mark.clause("R42", "R57", "R58")
def test_declarations_are_complete_only_when_agreed_to():
    refused = {
        "truthful": False,
        "unclassified": False,
        "consent": False,
        "sensitive_consent": False,
    }
    assert changed("skilled", declaration=refused) == [
        (f"declaration.{name}", "请阅读全文，同意后勾选。") for name in refused
    ]


@pytest.mark.clause("R42")
def test_the_signature_is_the_applicants_name():
    assert changed("skilled", declaration={"signature": "骆守汗"}) == [
        ("declaration.signature", "须与“姓名”一致，请核对。")
    ]


@pytest.mark.clause("R8")
def test_a_leader_who_still_practises_must_describe_it():
    leads = {"unit_leader": True, "practising": True}
    assert changed("professional", post=leads) == [
        ("post.practising_statement", "请填写“直接从事专业技术或一线技能工作情况”。")
    ]
    assert changed("professional", post={**leads, "practising": False}) == []


@pytest.mark.clause("R23")
def test_a_level_below_senior_technician_needs_a_reason_for_the_exception():
    assert changed("skilled", skill={"level": "2"}) == [("skill.exception", "请填写“破格理由”。")]
    without = {"level": "0", "exception": "绝技突出", "certificate": "", "issued": "某年"}
    assert changed("skilled", skill=without) == []


@pytest.mark.clause("R12", "R32", "R37")
def test_epidemic_service_is_described_only_when_claimed():
    blank = {
        "epidemic_role": "",
        "epidemic_from": "",
        "epidemic_place": "",
        "epidemic_certifier": "",
    }
    assert [path for path, _message in changed("professional", post=blank)] == [
        f"post.{name}" for name in blank
    ]
    assert changed("professional", post={**blank, "epidemic": False}) == []


@pytest.mark.clause("R22")
def test_the_catch_all_condition_names_its_field():
    chosen = {
        "primary": "A8",
        "secondary": [],
        "statements": [{"id": "s1", "condition": "A8", "statement": "治沙二十年。"}],
    }
    assert changed("professional", conditions=chosen) == [
        ("conditions.other_field", "请填写“所属行业、领域”。")
    ]


@pytest.mark.clause("R14", "R23")
def test_each_chosen_condition_has_one_statement_and_no_other_does():
    statements = [
        {"id": "s1", "condition": "B5", "statement": "绝技。"},
        {"id": "s2", "condition": "B7", "statement": "获奖。"},
        {"id": "s3", "condition": "B5", "statement": "又一条。"},
        {"id": "s4", "condition": "", "statement": "没有选条件。"},
    ]
    assert changed("skilled", conditions={"statements": statements}) == [
        ("conditions.statements", "请为“8. 培养技能人才”填写一条。"),
        ("conditions.statements.s2.condition", "前面没有选择这一项，请补选或删去这一条。"),
        ("conditions.statements.s3.condition", "这一项已有一条，请合并填写。"),
        ("conditions.statements.s4.condition", "请选择“条件”。"),
    ]


def test_one_education_is_marked_as_the_highest():
    records = deepcopy(professional_sample()["education"]["records"])
    records[1]["highest_education"] = False
    assert changed("professional", education={"records": records}) == [
        ("education.records", "请勾选1条“最高学历”，现勾选0条。")
    ]


def test_columns_are_asked_by_what_their_row_says():
    rows = [{"id": "m1", "name": "青年焊工", "studio": "某工作室"}]
    paths = [path for path, _message in changed("skilled", achievements={"mentoring": rows})]
    wanted = ("trained", "start", "date", "result", "studio_grade", "rank", "role")
    assert paths == [f"achievements.mentoring.m1.{name}" for name in wanted]


def test_representative_papers_are_asked_for_once_there_are_papers():
    assert changed("professional", summary={"papers": ""}) == [
        ("summary.papers", "请填写“代表论文和著作”。")
    ]
    assert changed("professional", summary={"papers": ""}, achievements={"papers": []}) == []


def test_a_bad_answer_keeps_the_form_from_being_complete():
    assert changed("skilled", basic={"postcode": "8340"}) == [
        ("basic.postcode", "请填写6位邮政编码，如844000。")
    ]


@pytest.mark.clause("R14")
def test_a_condition_of_the_other_track_is_refused():
    answers = skilled_sample()
    answers["conditions"] = {
        "primary": "A1",
        "statements": [{"id": "s1", "condition": "A1", "statement": "研究。"}],
    }
    refused = "“A1”不在选项中，请重新选择。"
    assert said(missing(FORM, "skilled", answers)) == [
        ("conditions.primary", refused),
        ("conditions.statements.s1.condition", refused),
    ]


def test_facts_are_flat_and_leave_out_what_is_blank():
    answers: Answers = {
        "basic": {"name": "骆守焊", "former_name": "", "birth_date": "1975-03-12"},
        "post": {"nonpublic": False, "grassroots_years": 0},
        "career": {"records": [{"id": "c1", "start": "1994-09", "end": ""}]},
        "honours": {"records": []},
        "nonsense": {"x": 1},
    }
    assert facts(FORM, answers) == {
        "basic.name": "骆守焊",
        "basic.birth_date": "1975-03-12",
        "post.nonpublic": False,
        "post.grassroots_years": 0,
        "career.records": [{"id": "c1", "start": "1994-09"}],
    }


def test_facts_leave_out_what_is_faulty_or_no_longer_asked():
    answers = skilled_sample()
    answers["basic"]["work_began"] = "很早"
    answers["skill"]["exception"] = "写过，后来取得了一级证书。"
    answers["post"]["epidemic_from"] = "2020-02-01"
    answers["assessment"]["years"][0]["year"] = "某年"
    answers["achievements"]["mentoring"][0]["studio"] = ""
    found = facts(FORM, answers)
    gone = {"basic.work_began", "skill.exception", "post.epidemic_from"}
    assert gone.isdisjoint(found)
    assert found["assessment.years"][0] == {"id": "year-2015", "result": "qualified"}
    assert "studio_grade" not in found["achievements.mentoring"][0]


def test_an_answer_behind_a_question_not_asked_decides_nothing():
    form = form_of(
        {"code": "a", "kind": "boolean", "label": "甲"},
        {
            "code": "b",
            "kind": "boolean",
            "label": "乙",
            "shown_when": {"field": "a", "equals": True},
        },
        {
            **TEXT,
            "code": "c",
            "label": "丙",
            "shown_when": {"field": "one.b", "equals": True},
            "required": True,
        },
    )
    asked = {"one": {"a": True, "b": True}}
    hidden = {"one": {"a": False, "b": True}}
    assert said(missing(form, "a", asked)) == [("one.c", "请填写“丙”。")]
    assert missing(form, "a", hidden) == ()


def test_a_picked_column_is_counted_where_no_row_is_required():
    form = form_of(
        {**ONE, "code": "pick", "label": "项"},
        {
            "code": "rows",
            "kind": "rows",
            "label": "表",
            "one_row_each": ["pick"],
            "column": [{**ONE, "code": "key", "label": "项"}],
            "required_when": {"field": "pick", "filled": True},
        },
    )
    assert missing(form, "a", {"one": {}}) == ()
    assert said(missing(form, "a", {"one": {"pick": "a"}})) == [
        ("one.rows", "请至少填写1条，现有0条。"),
        ("one.rows", "请为“甲”填写一条。"),
    ]


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
likely = st.sampled_from(
    [
        "2015-03-01",
        "2015年3月",
        "至今",
        "1,234.50万元",
        "是",
        "阿依努尔．买买提",
        "653100197105080029",
        "A1",
        "A1b",
        "B5",
        "主任医师",
        "04101",
        "99101",
        "110",
        "159",
        "１２ｋｇ，\r\n\r\n\r\n 完 ",
        "\ud800\u0000",
        "32024",
        "tianshan",
    ]
)
typed = likely | json_like


def raw_of(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of the fields, rows as rows more often than not, and some keys of no field."""
    own = {
        field.code: st.lists(raw_of(field.columns), max_size=3) | typed
        if field.kind is FieldKind.ROWS
        else typed
        for field in fields
    }
    ids = st.sampled_from(["row-1", "row-2", "", 3])
    return st.fixed_dictionaries({}, optional={**own, "id": ids, "oops": json_like})


sections = st.sampled_from(FORM.sections)
with_raw = sections.flatmap(
    lambda section: st.tuples(st.just(section.code), raw_of(section.fields))
)
thorough = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@thorough
@given(with_raw)
def test_cleaning_is_safe_idempotent_and_fit_for_json(given: tuple[str, dict[str, Any]]):
    section, raw = given

    once = clean(FORM, section, raw)
    again = clean(FORM, section, once.values)
    thrice = clean(FORM, section, again.values)

    assert again.values == once.values
    assert thrice.faults == again.faults
    assert json.loads(json.dumps(once.values, allow_nan=False)) == once.values
    json.dumps(once.values, ensure_ascii=False).encode("utf-8")


@thorough
@given(st.fixed_dictionaries({}, optional={s.code: raw_of(s.fields) for s in FORM.sections[6:9]}))
def test_any_answers_have_gaps_and_facts_without_a_crash(answers: dict[str, Any]):
    gaps = missing(FORM, "professional", answers)
    found = facts(FORM, answers)
    assert all(gap.message.endswith("。") for gap in gaps)
    assert "" not in found.values()


@thorough
@given(with_raw)
def test_rows_keep_their_ids_for_life(given: tuple[str, dict[str, Any]]):
    section, raw = given
    tables = [f.code for f in FORM.section(section).fields if f.kind is FieldKind.ROWS]
    once = clean(FORM, section, raw).values
    again = clean(FORM, section, once).values
    for table in tables:
        ids = [row["id"] for row in once.get(table, [])]
        assert len(set(ids)) == len(ids)
        assert [row["id"] for row in again.get(table, [])] == ids


@given(st.text(max_size=12))
def test_a_text_is_faulty_exactly_when_it_is_too_long(typed_text: str):
    value, message = read(TEXT, typed_text)
    assert isinstance(value, str)
    assert (message != "") is (count_characters(value) > 5)
