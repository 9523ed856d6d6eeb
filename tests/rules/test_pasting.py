"""Rows pasted from a spreadsheet: cells, headings, dates, options, and what is told of each."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juxian.regulation.clipboard import cells_of, text_of
from juxian.regulation.form import Field, Form
from juxian.regulation.pasting import MOST_LINES, Pasted, read_pasted
from tests.rules.asking import FORM, form_of

AB = [{"value": "01", "label": "甲（一）"}, {"value": "02", "label": "乙"}]
COLUMNS = [
    {"code": "name", "kind": "text", "label": "名称", "limit": 10, "required": True},
    {"code": "date", "kind": "year_month", "label": "年月", "required": True},
    {"code": "day", "kind": "date", "label": "日期"},
    {"code": "grade", "kind": "choice", "label": "级别", "choice": AB},
    {"code": "kinds", "kind": "choices", "label": "收录", "choice": AB},
    {"code": "money", "kind": "money", "label": "经费（万元）"},
    {"code": "rank", "kind": "integer", "label": "排名"},
    {"code": "best", "kind": "boolean", "label": "代表作"},
    {"code": "role", "kind": "long_text", "label": "作用", "limit": 100},
]
TABLE = {"code": "it", "kind": "rows", "label": "表", "column": COLUMNS}


def small() -> tuple[Form, Field]:
    form = form_of(TABLE)
    return form, form.section("one").field("it")


def pasted(text: str, *rows: dict) -> Pasted:
    form, table = small()
    return read_pasted(form, "one", table, cells_of(text), rows)


def only(text: str) -> dict:
    """What the only row of the paste says."""
    (line,) = pasted(text).lines
    assert line.faults == ()
    return {code: value for code, value in line.values.items() if code != "id" and value != ""}


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", ()),
        ("甲\t乙\r\n丙\t\r\n", (("甲", "乙"), ("丙", ""))),
        ('"一行\n二行"\t"说""好"""\n', (("一行\n二行", '说"好"'),)),
        ('"a\tb"\tc', (("a\tb", "c"),)),
        ('"没有结束\t乙', (('"没有结束', "乙"),)),
        ('"甲"乙\t丙', (('"甲"乙', "丙"),)),
        ('""\t甲', (("", "甲"),)),
        ("甲\n\n乙\n \t\n", (("甲",), ("",), ("乙",))),
    ],
)
def test_cells_are_read_as_a_spreadsheet_copies_them(text, cells):
    assert cells_of(text) == cells


CELL = st.text(st.sampled_from('甲乙 a"\t\n=+,'), max_size=6).map(str.strip)
LINES = st.lists(st.lists(CELL, min_size=1, max_size=4).map(tuple), max_size=6).map(tuple)


@settings(deadline=None)
@given(LINES)
def test_what_was_written_is_read_back(lines):
    while lines and not any(lines[-1]):
        lines = lines[:-1]

    assert cells_of(text_of(lines)) == lines


@settings(deadline=None)
@given(st.text(st.sampled_from('甲"\t\n\r'), max_size=60))
def test_any_text_is_read_to_its_end(text):
    assert "".join(map("".join, cells_of(text))).count("甲") == text.count("甲")


def test_headings_are_found_in_any_order_and_below_a_title():
    found = pasted("附件1\n序号\t年月\t 名称* \t备注\n1\t2015-03\t胸痛中心\t无\n")

    assert [column.code for column in found.columns] == ["name", "date"]
    assert (found.unused, found.has_headings) == (("备注",), True)
    (line,) = found.lines
    assert (line.number, line.values["name"], line.values["date"]) == (3, "胸痛中心", "2015-03")


def test_a_heading_may_leave_out_what_stands_in_brackets():
    assert only("名称\t年月\t经费\n甲\t2015-03\t3.50万元")["money"] == "3.5"


def test_without_headings_the_columns_stand_in_their_order():
    found = pasted("甲\t2015-03\n\n乙\t2016.4\n")

    assert [(line.number, line.values["date"]) for line in found.lines] == [
        (1, "2015-03"),
        (3, "2016-04"),
    ]
    assert not found.has_headings


def test_row_numbers_before_the_columns_are_passed_over():
    row = "{}\t甲{}\t2015-03\t\t\t\t\t\t\t做了什么"

    found = pasted("\n".join(row.format(n, n) for n in (1, 2)))

    assert [(line.values["name"], line.values["role"]) for line in found.lines] == [
        ("甲1", "做了什么"),
        ("甲2", "做了什么"),
    ]


@pytest.mark.parametrize(
    "typed",
    ["2015/3/1", "2015.03", "2015年3月", "42064", "201503", "2015-03-01 00:00:00", "２０１５．３"],
)
def test_a_month_is_read_however_a_sheet_writes_it(typed):
    assert only(f"名称\t年月\n甲\t{typed}")["date"] == "2015-03"


@pytest.mark.parametrize("typed", ["2015/3/1", "42064", "42064.5", "2015年3月1日", "20150301"])
def test_a_day_is_read_however_a_sheet_writes_it(typed):
    assert only(f"名称\t年月\t日期\n甲\t2015-03\t{typed}")["day"] == "2015-03-01"


def test_a_month_that_may_have_lost_its_zero_is_doubted_and_still_read():
    (line,) = pasted("甲\t2015.1").lines

    assert line.values["date"] == "2015-01"
    assert line.doubts == ("年月“2015.1”按2015年1月读；是10月的请写成2015-10。",)


@pytest.mark.parametrize("typed", ["01", "1", "甲（一）", "甲(一)", "甲", " 甲 "])
def test_an_option_is_read_by_its_value_its_label_or_what_a_sheet_leaves_of_them(typed):
    assert only(f"名称\t年月\t级别\n甲\t2015-03\t{typed}")["grade"] == "01"


def test_several_options_stand_in_one_cell():
    assert only("名称\t年月\t收录\n甲\t2015-03\t甲、2")["kinds"] == ["01", "02"]


@pytest.mark.parametrize(
    ("typed", "kept"), [("是", True), ("√", True), ("否", False), ("×", False)]
)
def test_yes_and_no_are_read_as_people_tick_them(typed, kept):
    assert only(f"名称\t年月\t代表作\n甲\t2015-03\t{typed}")["best"] is kept


def test_a_formula_is_text_and_a_number_loses_its_empty_fraction():
    found = only("名称\t年月\t排名\n=1+1\t2015-03\t3.0")

    assert (found["name"], found["rank"]) == ("=1+1", 3)


def test_a_row_that_cannot_be_kept_is_told_by_its_line_its_columns_and_why():
    found = pasted("名称\t年月\t级别\n甲\t去年\t丙\n乙\t2015-03\t乙")

    (line,) = found.rejected
    assert line.number == 2
    assert line.faults == (
        ("年月", "请填写年月，如2015-03。"),
        ("级别", "“丙”不在选项中，请重新选择。"),
    )
    assert [line.number for line in found.sound] == [3]


def test_a_row_with_something_left_out_may_be_kept_and_says_what():
    (line,) = pasted("甲\t").lines

    assert (line.is_sound, line.missing) == (True, ("年月",))


def test_a_row_that_is_there_already_is_told_whatever_else_that_one_says():
    there = {"id": "a", "name": "甲", "date": "2015-03", "role": "主持"}

    found = pasted("甲\t2015-03\n甲\t2016-03\n甲\t2016年3月", there)

    assert [line.same_as for line in found.lines] == ["第1条", "", "第2行"]


def test_no_more_lines_are_read_than_any_table_could_hold():
    found = [pasted("甲\t2015-03\n" * (MOST_LINES + more)) for more in (0, 50)]

    assert [(len(one.lines), one.is_cut) for one in found] == [
        (MOST_LINES, False),
        (MOST_LINES, True),
    ]


@settings(deadline=None)
@given(st.text(st.sampled_from('甲年月名称2015-03.\t\n"是1='), max_size=80))
def test_whatever_is_pasted_is_told_and_never_fails(text):
    for line in pasted(text).lines:
        assert line.values or line.faults or line.missing


@pytest.mark.clause("R14")
def test_a_table_of_the_call_is_pasted_by_its_captions():
    section = FORM.section("achievements")
    text = (
        "题名\t期刊\t年卷期页\t收录情况\t作者身份\t发表年月\t本人排名\t本人作用\t代表性成果\n"
        "胸痛中心的建立\t某杂志\t2019,41(3):215\tSCI、北大核心\t通讯作者\t2019.03\t1\t设计\t是\n"
    )

    (line,) = read_pasted(FORM, "achievements", section.field("papers"), cells_of(text)).lines

    assert (line.faults, line.missing) == ((), ())
    assert (line.values["index"], line.values["author"]) == (["sci", "pku"], "corresponding")
