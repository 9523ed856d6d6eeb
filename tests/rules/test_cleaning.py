"""Cleaning one section: what is kept, in what shape, and what is said of it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from juxian.regulation.answers import Fault, clean
from tests.rules.asking import (
    COUNTY,
    FORM,
    LONG,
    MONEY,
    MONTH,
    ONE,
    PEOPLE,
    SOME,
    TEXT,
    form_of,
    read,
    said,
)


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (TEXT, None, ""),
        (TEXT, " \u3000 ", ""),
        (TEXT, " １２Ａ　，\n ｂ\u0000\ud800\ufeff ", "12A ， b"),
        (TEXT, 12, "12"),
        (TEXT, 1.5, "1.5"),
        (TEXT, Decimal("1.50"), "1.50"),
        (TEXT, True, "true"),
        (LONG, "甲 \r\n\u2028\n\n　乙\t", "甲\n\n　乙"),
        ({"kind": "date"}, "2015-3-1", "2015-03-01"),
        ({"kind": "date"}, "２０１５年３月１日", "2015-03-01"),
        ({"kind": "date"}, "20150301", "2015-03-01"),
        ({"kind": "date"}, date(2015, 3, 1), "2015-03-01"),
        ({"kind": "date", "until_now": True}, "至今", ""),
        (MONTH, "2015.3", "2015-03"),
        (MONTH, "2015年3月", "2015-03"),
        (MONTH, "2015。3", "2015-03"),
        (MONTH, "2015、03", "2015-03"),
        (MONTH, "２０１５．０３", "2015-03"),
        ({"kind": "date"}, "2015。3。1", "2015-03-01"),
        (MONTH, "201503", "2015-03"),
        (MONTH, "2015-03-18", "2015-03"),
        ({"kind": "year"}, "２０１５年", 2015),
        ({"kind": "year"}, 2015, 2015),
        ({"kind": "integer"}, "1,200", 1200),
        ({"kind": "integer"}, "-3", -3),
        ({"kind": "integer"}, "26年", 26),
        ({"kind": "integer"}, "１，２００ 人", 1200),
        ({"kind": "integer"}, "第2位", 2),
        (MONEY, "1,234.50万元", "1234.5"),
        (MONEY, 12, "12"),
        (MONEY, 12.5, "12.5"),
        (MONEY, "100", "100"),
        (MONEY, "0.00", "0"),
        ({"kind": "boolean"}, "是", True),
        ({"kind": "boolean"}, "off", False),
        ({"kind": "boolean"}, False, False),
        ({"kind": "name"}, "阿依努尔 ． 买买提", "阿依努尔·买买提"),
        ({"kind": "resident_id"}, " 11010519491231002x", "11010519491231002X"),
        ({"kind": "credit_code"}, " 12653100mb１２３４５６７w", "12653100MB1234567W"),
        ({"kind": "mobile"}, "+86 199-0000-0101", "19900000101"),
        ({"kind": "phone"}, "（0991）1234567", "0991-1234567"),
        ({"kind": "phone"}, "19900000101", "19900000101"),
        ({"kind": "email"}, " name＠example.cn ", "name@example.cn"),
        ({"kind": "postcode"}, "８４４０００", "844000"),
        ({"kind": "photo"}, "photo-1", "photo-1"),
        (PEOPLE, "05", "05"),
        (PEOPLE, "维吾尔族", "05"),
        (COUNTY, "喀什市", "653101"),
        (ONE, "a", "a"),
        (ONE, "乙", "b"),
        ({"kind": "choice", "code_list": "sexes"}, "女", "female"),
        (SOME, ["乙", "a", "b", ""], ["b", "a"]),
        (SOME, "a", ["a"]),
        (SOME, [], []),
    ],
)
def test_what_is_typed_is_kept_in_one_way(field: dict[str, Any], raw: object, value: object):
    assert read(field, raw) == (value, "")


UNREADABLE = "这一项的内容无法识别，请重新填写。"
A_DATE = "请填写真实存在的日期，如2015-03-01。"
A_MONTH = "请填写年月，如2015-03。"
AN_AMOUNT = "请填写以万元为单位的金额，最多六位小数，如12.5。"
A_WHOLE = "请填写整数，如3。"


@pytest.mark.parametrize(
    ("field", "raw", "value", "message"),
    [
        (TEXT, "一二三四 五六", "一二三四 五六", "已写6字，最多5字，请删去1字。"),
        (LONG, "一二三\n四五六，", "一二三\n四五六，", "已写7字，最多5字，请删去2字。"),
        (TEXT, {"a": 1}, "", UNREADABLE),
        (TEXT, 10**15, "", UNREADABLE),
        ({"kind": "date"}, "2015-02-30", "2015-02-30", A_DATE),
        ({"kind": "date"}, "去年", "去年", A_DATE),
        ({"kind": "date"}, "1015-02-01", "1015-02-01", A_DATE),
        (
            {"kind": "date", "minimum": "2015-01-01"},
            "2014-12-31",
            "2014-12-31",
            "不能早于2015-01-01。",
        ),
        (MONTH, "2015-13", "2015-13", A_MONTH),
        (MONTH, "至今", "至今", A_MONTH),
        (MONTH, "3015-01", "3015-01", A_MONTH),
        ({**MONTH, "maximum": "2020-05"}, "2020.6", "2020-06", "不能晚于2020-05。"),
        ({"kind": "year"}, "15", "15", "请填写四位年份，如2015。"),
        ({"kind": "year"}, "1815", "1815", "请填写四位年份，如2015。"),
        ({"kind": "year", "maximum": 2020}, "2021", 2021, "不能晚于2020年。"),
        ({"kind": "integer"}, "三人", "三人", A_WHOLE),
        ({"kind": "integer", "minimum": 1}, "0", 0, "不能小于1。"),
        (MONEY, "125000元", "125000元", AN_AMOUNT),
        (MONEY, "约10", "约10", AN_AMOUNT),
        (MONEY, float("nan"), "nan", AN_AMOUNT),
        ({**MONEY, "minimum": "0.5", "maximum": "9"}, "10.0", "10", "不能大于9万元。"),
        ({"kind": "boolean"}, "也许", "也许", "请选择“是”或“否”。"),
        (
            {"kind": "credit_code"},
            "12653100MB1234567X",
            "12653100MB1234567X",
            "统一社会信用代码未通过校验，其中至少有一位有误，请对照证照逐位核对。",
        ),
        (
            {"kind": "credit_code"},
            "12653100",
            "12653100",
            "统一社会信用代码应为18位，现填写了8位。",
        ),
        ({"kind": "integer"}, "2/7", "2/7", A_WHOLE),
        ({"kind": "mobile"}, "1234", "1234", "请填写11位手机号码，以1开头。"),
        ({"kind": "phone"}, "1234567", "1234567", "请填写区号和号码，如0991-1234567。"),
        ({"kind": "email"}, "a@b", "a@b", "请填写电子邮箱，如 name@example.cn。"),
        ({"kind": "postcode"}, "84400", "84400", "请填写6位邮政编码，如844000。"),
        ({"kind": "photo"}, "照片", "照片", "请重新上传照片。"),
        (PEOPLE, "火星族", "火星族", "代码表中没有“火星族”，请从列表中选择。"),
        (COUNTY, "653100", "653100", "“喀什地区”范围太大，请再往下选一级。"),
        (ONE, "丁", "丁", "“丁”不在选项中，请重新选择。"),
        (SOME, ["甲", "丁"], ["a", "丁"], "“丁”不在选项中，请重新选择。"),
        (SOME, ["甲", {}], ["a"], UNREADABLE),
        (SOME, ["a", "b", "c"], ["a", "b", "c"], "最多选2项。"),
        ({**SOME, "minimum": 2}, ["a"], ["a"], "至少选2项。"),
    ],
)
def test_a_bad_answer_is_kept_as_typed_and_says_what_to_do(
    field: dict[str, Any], raw: object, value: object, message: str
):
    assert read(field, raw) == (value, message)


@pytest.mark.clause("R13")
def test_an_id_number_that_fails_its_check_is_kept_but_never_repeated():
    value, message = read({"kind": "resident_id"}, "110105194912310021")
    assert value == "110105194912310021"
    assert message == "身份证号码未通过校验，其中至少有一位有误，请对照证件逐位核对。"


def test_a_name_with_digits_is_kept_and_refused():
    value, message = read({"kind": "name"}, "阿里7")
    assert value == "阿里7"
    assert message == "姓名中不能有“7”，请对照身份证件填写。"


def test_fields_that_are_not_sent_stay_unsaid_and_unknown_ones_are_dropped():
    assert clean(FORM, "basic", {"postcode": "844000", "shoe_size": 42}).values == {
        "postcode": "844000"
    }


@pytest.mark.clause("R13")
def test_sex_and_birth_date_come_from_the_id_number():
    cleaned = clean(FORM, "basic", {"resident_id": "653100197105080029", "sex": ""})
    assert cleaned.faults == ()
    assert cleaned.values == {
        "resident_id": "653100197105080029",
        "sex": "female",
        "birth_date": "1971-05-08",
    }


@pytest.mark.clause("R13")
def test_what_the_id_number_says_stands_in_for_what_cannot_be_read():
    cleaned = clean(FORM, "basic", {"resident_id": "653100197105080029", "sex": ["女"]})
    assert cleaned.faults == ()
    assert cleaned.values["sex"] == "female"


@pytest.mark.clause("R13")
def test_sex_and_birth_date_that_differ_from_the_id_number_are_refused():
    cleaned = clean(
        FORM,
        "basic",
        {"resident_id": "653100197105080029", "sex": "男", "birth_date": "1971-08-05"},
    )
    assert said(cleaned.faults) == [
        ("basic.sex", "与“证件号码”不一致，应为“女”。"),
        ("basic.birth_date", "与“证件号码”不一致，应为“1971-05-08”。"),
    ]
    assert cleaned.values["sex"] == "male"


@pytest.mark.clause("R14")
def test_a_titles_series_and_grade_come_from_its_name():
    rows = [
        {"id": "t1", "name": "主任医师"},
        {"id": "t2", "name": "小学高级教师", "grade": "副高"},
        {"id": "t3", "name": "某某师", "grade": "正高"},
    ]
    cleaned = clean(FORM, "title", {"titles": rows})
    assert cleaned.values["titles"] == [
        {"id": "t1", "name": "04101", "series": "04", "grade": "正高"},
        {"id": "t2", "name": "22303", "series": "22", "grade": "副高"},
        {"id": "t3", "name": "某某师", "grade": "正高"},
    ]
    assert said(cleaned.faults) == [
        ("title.titles.t2.grade", "与“职称名称”不一致，应为“中级”。"),
        ("title.titles.t3.name", "代码表中没有“某某师”，请从列表中选择。"),
    ]


@pytest.mark.clause("R40")
def test_whether_the_employer_is_nonpublic_follows_its_type_where_that_decides():
    public = clean(FORM, "post", {"economic_type": "110", "nonpublic": "是"})
    undecided = clean(FORM, "post", {"economic_type": "159"})
    assert said(public.faults) == [("post.nonpublic", "与“经济类型”不一致，应为“否”。")]
    assert undecided.values == {"economic_type": "159"}


def award(**typed):
    raw = {"name": "", "grade": "", "issuer": "", "rank": "", "people": "", **typed}
    row = clean(FORM, "achievements", {"awards": [{"id": "a", **raw}]}).values["awards"][0]
    return {name: row[name] for name in raw if row[name] != ""}


def test_a_prize_of_the_list_begins_its_grade_and_its_issuer():
    known = award(name="自治区科技进步奖")
    assert known == {
        "name": "自治区科技进步奖",
        "grade": "province",
        "issuer": "自治区人民政府",
    }
    assert award(name="地区科技进步奖") == {"name": "地区科技进步奖", "grade": "prefecture"}
    assert award(name="某某奖") == {"name": "某某奖"}


def test_a_source_of_the_list_begins_the_grade_of_its_project():
    raw = {"projects": [{"id": "a", "source": "自治区自然科学基金", "grade": ""}]}
    assert clean(FORM, "achievements", raw).values["projects"][0]["grade"] == "province"


def test_the_treatment_begins_as_the_rank_and_may_be_another():
    begun = clean(FORM, "post", {"rank": "无", "treatment": ""}).values
    other = clean(FORM, "post", {"rank": "无", "treatment": "县处级正职"})
    assert begun["treatment"] == begun["rank"]
    assert other.values["treatment"] != other.values["rank"]
    assert other.faults == ()


def test_what_a_prize_begins_may_be_answered_otherwise():
    otherwise = {"name": "自治区科技进步奖", "grade": "prefecture", "issuer": "某厅"}
    raw = {"awards": [{"id": "a", **otherwise}]}
    assert award(**otherwise) == otherwise
    assert clean(FORM, "achievements", raw).faults == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"rank": "2/7"}, {"rank": 2, "people": 7}),
        ({"rank": " 第2 ／ 7 "}, {"rank": 2, "people": 7}),
        ({"rank": "2/7", "people": "7"}, {"rank": 2, "people": 7}),
        ({"rank": "2/7", "people": "8"}, {"rank": "2/7", "people": 8}),
        ({"rank": "2"}, {"rank": 2}),
    ],
)
def test_a_place_among_several_is_typed_as_on_paper(typed, kept):
    assert award(**typed) == kept


def test_what_follows_an_abolished_meaning_is_left_alone():
    form = form_of(
        {**PEOPLE, "code": "people", "label": "民族"},
        {"code": "letter", "kind": "text", "limit": 5, "label": "字母", "follows": "people.letter"},
    )
    assert clean(form, "one", {"people": "97"}).values == {"people": "97"}


@pytest.mark.clause("R15", "R16")
def test_an_alternative_of_another_condition_is_refused():
    wrong = clean(FORM, "conditions", {"primary": "A1", "alternative": "A2b"})
    right = clean(FORM, "conditions", {"primary": "A2", "alternative": "A2b"})
    assert said(wrong.faults) == [
        ("conditions.alternative", "不属于所选的“主要条件”，请重新选择。")
    ]
    assert right.faults == ()


@pytest.mark.clause("R14")
def test_the_primary_condition_is_not_chosen_twice():
    cleaned = clean(FORM, "conditions", {"primary": "A1", "secondary": ["A2", "A1"]})
    assert said(cleaned.faults) == [("conditions.secondary", "与“主要条件”重复，请去掉或另选。")]


def test_a_single_answer_may_differ_too():
    form = form_of(
        {**ONE, "code": "first", "label": "甲项"},
        {**ONE, "code": "second", "label": "乙项", "differs_from": "first"},
    )
    assert said(clean(form, "one", {"first": "a", "second": "a"}).faults) == [
        ("one.second", "与“甲项”重复，请去掉或另选。")
    ]
    assert clean(form, "one", {"first": "a", "second": "b"}).faults == ()


def test_rows_keep_their_ids_and_new_ones_are_given_one():
    rows = [
        {"id": "a1", "year": 2019},
        {"year": 2018},
        {"id": "a1", "year": 2017},
        {"id": "?", "year": 2016},
    ]
    kept = clean(FORM, "assessment", {"years": rows}).values["years"]
    ids = [row["id"] for row in kept]
    assert ids[0] == "a1"
    assert len(set(ids)) == 4
    assert [row["year"] for row in kept] == [2019, 2018, 2017, 2016]


def test_blank_rows_go_and_bad_cells_are_named_by_row():
    rows = [{"id": "a1", "year": " "}, {"id": "a2", "year": "今年", "result": "优秀"}, "2019"]
    cleaned = clean(FORM, "assessment", {"years": rows})
    assert cleaned.values == {"years": [{"id": "a2", "year": "今年", "result": "excellent"}]}
    assert cleaned.faults == (
        Fault(
            "assessment",
            "years.a2.year",
            "近5年年度考核第1条：年度",
            "请填写四位年份，如2015。",
        ),
        Fault(
            "assessment",
            "years",
            "近5年年度考核",
            "有一条的内容无法识别，已略去，请核对。",
        ),
    )


@pytest.mark.parametrize("raw", ["", None, []])
def test_an_empty_table_is_no_rows(raw: object):
    assert clean(FORM, "assessment", {"years": raw}).values == {"years": []}


def test_what_is_no_table_is_refused():
    cleaned = clean(FORM, "assessment", {"years": "2019"})
    assert cleaned.values == {"years": []}
    assert said(cleaned.faults) == [("assessment.years", "表格的内容无法识别，请重新填写。")]


def test_too_many_rows_are_all_kept_and_counted():
    rows = [{"id": f"y{year}", "year": year} for year in range(2010, 2020)]
    cleaned = clean(FORM, "assessment", {"years": rows})
    assert cleaned.values == {"years": rows}
    assert said(cleaned.faults) == [("assessment.years", "最多填写8条，已有10条，请删去2条。")]


@pytest.mark.clause("R14")
def test_representative_achievements_are_counted_over_all_tables():
    awards = [{"id": f"a{n}", "name": "奖", "representative": True} for n in range(6)]
    papers = [{"id": f"p{n}", "title": "文", "representative": "是"} for n in range(5)]
    cleaned = clean(FORM, "achievements", {"awards": awards, "papers": papers})
    assert said(cleaned.faults) == [
        ("achievements.awards", "“代表性成果”最多勾选10条，已勾选11条。")
    ]
