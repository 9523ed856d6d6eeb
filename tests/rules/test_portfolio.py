"""What is carried from a form that was filled in before, and what is not."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from juxian.regulation.answers import Answers
from juxian.regulation.fields import EntryKind, Field, FieldKind
from juxian.regulation.pack import Pack
from juxian.regulation.pack_reading import load
from juxian.regulation.portfolio import Part, Told, carried, marks_kept, plan, same_entry
from tests.rules.sample_answers import professional_sample, skilled_sample

PACKS = Path(__file__).parents[2] / "packs"
ALLOWANCE, PIONEERS = load(PACKS / "2020-special-allowance"), load(PACKS / "2026-pioneers")


def told(pack: Pack = ALLOWANCE, track: str = "professional", answers: Any = None) -> Told:
    given = professional_sample() if answers is None else answers
    return Told(pack.programme.short_title, pack.form.for_track(track), given)


def planned(
    answers: Answers | None = None,
    source: Told | None = None,
    pack: Pack = ALLOWANCE,
    track: str = "professional",
) -> dict[str, Part]:
    parts = plan(pack, pack.form.for_track(track), answers or {}, source or told())
    return {part.section.code: part for part in parts}


def left(part: Part) -> list[tuple[str, str]]:
    return [(one.label, one.reason) for one in part.left]


ANEW = "由此判断是否符合条件，须重新填写"


def test_next_year_s_form_of_the_same_programme_gets_what_was_answered():
    parts = planned()
    sample = professional_sample()

    basic = parts["basic"]
    assert basic.values == {name: sample["basic"][name] for name in basic.values}
    assert left(basic) == [("照片", "照片须重新上传")]
    assert [row["name"] for row in parts["achievements"].rows["awards"]] == [
        "自治区科技进步奖",
        "地区科技进步奖",
    ]
    assert len(parts["career"].rows["records"]) == 4
    assert parts["career"].values == {"summary": sample["career"]["summary"]}
    assert [row["condition"] for row in parts["conditions"].rows["statements"]] == ["A3", "A2"]


def test_what_decides_who_may_apply_is_answered_anew():
    parts = planned()

    assert left(parts["post"]) == [
        (label, ANEW)
        for label in (
            "单位类别",
            "隶属关系",
            "岗位类别",
            "职务级别",
            "待遇级别",
            "是否单位领导班子成员",
            "是否仍直接从事专业技术或一线技能工作",
        )
    ]
    assert left(parts["honours"]) == [
        ("院士", ANEW),
        ("是否已享受国务院政府特殊津贴", ANEW),
    ]
    assert "punishment" not in parts["assessment"].values
    assert "declaration" not in parts


def test_a_statement_that_explains_such_an_answer_is_not_carried_either():
    answers = professional_sample()
    answers["assessment"] |= {"punishment": "past", "punishment_detail": "2010年警告"}

    assert "punishment_detail" not in planned(source=told(answers=answers))["assessment"].values


def test_nothing_that_is_filled_is_written_over():
    filled = {"basic": {"mobile": "19900009999", "name": "阿依努尔·买买提"}}

    part = planned(filled)["basic"]

    assert {"mobile", "name"} & set(part.values) == set()
    assert left(part) == [("照片", "照片须重新上传"), ("手机", "已经填写，不覆盖")]


def test_a_row_that_is_there_is_not_added_again():
    award = professional_sample()["achievements"]["awards"][0]
    there = {
        "id": "mine",
        "name": " 自治区 科技进步奖",
        "project": award["project"],
        "representative": False,
    }

    part = planned({"achievements": {"awards": [there]}})["achievements"]

    assert [row["name"] for row in part.rows["awards"]] == ["地区科技进步奖"]
    assert ("获奖", "1条已经有了，不重复带入") in left(part)


def test_no_more_rows_come_than_the_table_takes():
    answers = professional_sample()
    row = answers["achievements"]["papers"][0]
    answers["achievements"]["papers"] = [
        row | {"id": f"p{n}", "title": f"论{n}"} for n in range(19)
    ]
    there = [{"id": f"q{n}", "title": f"文{n}"} for n in range(4)]

    part = planned({"achievements": {"papers": there}}, told(answers=answers))["achievements"]

    assert len(part.rows["papers"]) == 16
    assert ("论文", "最多填写20条，有3条放不下") in left(part)


def test_ticks_beyond_the_most_are_taken_off():
    answers = professional_sample()
    answers["education"]["records"][0]["highest_education"] = True

    rows = planned(source=told(answers=answers))["education"].rows["records"]

    assert [row.get("highest_education") for row in rows] == [True, False]
    assert answers["education"]["records"][1]["highest_education"] is True


def test_only_years_that_are_still_asked_for_come():
    answers = professional_sample()
    answers["assessment"]["years"] = [
        {"id": f"y{year}", "year": year, "result": "excellent"} for year in range(2013, 2018)
    ]

    part = planned(source=told(answers=answers))["assessment"]

    assert [row["year"] for row in part.rows["years"]] == [2015, 2016, 2017]
    assert ("近5年年度考核", "2条不属于这次要填的，不带入") in left(part)


def test_rows_for_a_pick_that_was_made_otherwise_stay_behind():
    picked = {"conditions": {"primary": "A2", "secondary": ["A4"]}}

    part = planned(picked)["conditions"]

    assert [row["condition"] for row in part.rows["statements"]] == ["A2"]


def test_another_programme_gets_only_what_its_facts_name():
    parts = planned(pack=PIONEERS, track="pioneer")

    assert parts["basic"].values == {
        "name": "阿依努尔·买买提",
        "resident_id": "653100197105080029",
        "sex": "female",
        "birth_date": "1971-05-08",
        "mobile": "19900000101",
    }
    assert parts["work"].values == {
        "place": "喀什地区第一人民医院（示例）",
        "speciality": "心血管内科",
    }
    assert set(parts) == {"basic", "work"}


def test_deeds_come_back_from_another_programme_with_what_both_ask():
    deed = {"id": "d1", "name": "雪夜救人", "date": "2025-12", "witness": "某村委会"}
    source = told(PIONEERS, "pioneer", {"deeds": {"records": [deed], "story": "略"}})

    part = planned(source=source)["achievements"]

    assert part.rows["specials"] == [{"name": "雪夜救人", "date": "2025-12"}]


def test_a_form_without_the_table_of_the_other_track_gets_nothing_for_it():
    parts = planned(source=told(track="skilled", answers=skilled_sample()))

    assert "skill" not in parts


DEGREE = Field("a", FieldKind.CODE, "学位", code_list="degrees")


@pytest.mark.parametrize(
    ("given", "value", "asked", "kept"),
    [
        (DEGREE, "2", replace(DEGREE, code="b"), "2"),
        (DEGREE, "2", Field("b", FieldKind.TEXT, "学位", limit=20), "博士"),
        (DEGREE, "2", Field("b", FieldKind.TEXT, "学位", limit=1), ""),
        (Field("a", FieldKind.TEXT, "学位"), "博士", DEGREE, "2"),
        (Field("a", FieldKind.TEXT, "学位"), "大师", DEGREE, ""),
        (Field("a", FieldKind.DATE, "日"), "2015-03-01", Field("b", FieldKind.YEAR, "年"), 2015),
        (Field("a", FieldKind.YEAR, "年"), 2015, Field("b", FieldKind.DATE, "日"), ""),
        (Field("a", FieldKind.INTEGER, "数"), 3, Field("b", FieldKind.BOOLEAN, "是否"), ""),
    ],
)
def test_an_answer_is_carried_as_the_other_form_keeps_it(given, value, asked, kept):
    form = ALLOWANCE.form
    assert carried(form, given, value, form, asked) == kept


def test_two_rows_are_one_entry_when_nothing_that_both_say_differs():
    papers = ALLOWANCE.form.section("achievements").field("papers")
    one = {"title": "ＡＢ c", "date": "2019-03", "role": "撰写"}

    assert same_entry(papers, one, {"title": "ab C", "date": "2019-03"})
    assert not same_entry(papers, one, {"title": "ab C", "date": "2020-03"})
    assert not same_entry(papers, one, {"date": "2019-03", "role": "撰写"})


def test_a_mark_is_kept_for_as_long_as_the_answer_is_what_was_brought():
    before = {"mobile": "1", "email": "2", "rows": [{"id": "a", "x": "1"}, {"id": "b", "x": "2"}]}
    after = {
        "mobile": "1",
        "email": "3",
        "rows": [{"id": "a", "x": "1", "y": "", "z": False}, {"id": "b", "x": "3"}],
    }
    marks = dict.fromkeys(["mobile", "email", "rows.a", "rows.b", "rows.c"], "m")

    assert marks_kept(marks, before, after) == {"mobile": "m", "rows.a": "m"}


def test_every_kind_of_entry_is_asked_for_by_some_pack():
    asked = {
        one.fact
        for pack in (ALLOWANCE, PIONEERS)
        for section in pack.form.sections
        for one in section.fields
        if one.kind is FieldKind.ROWS
    }
    assert asked - {""} == set(EntryKind)
