"""Person names; all invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.names import (
    DOT,
    LONGEST,
    SEPARATORS,
    NameReading,
    name_key,
    normalise_name,
    read_name,
)

han_runs = st.text(st.sampled_from("张伟丽阿里买提热合曼〇㐀龥𠮷𰻝"), min_size=1, max_size=8)
separators = st.text(st.sampled_from(SEPARATORS + " \u3000"), min_size=1, max_size=3).filter(
    lambda text: not text.isspace()
)


@pytest.mark.parametrize("symbol", SEPARATORS)
def test_every_separator_between_ideographs_becomes_the_one_of_the_rule(symbol):
    assert normalise_name(f"阿依古丽{symbol}买买提") == "阿依古丽\u00b7买买提"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张 三", "张三"),
        ("　张三\u00a0", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("阿里 . 买买提", "阿里·买买提"),
        ("阿里··买买提", "阿里·买买提"),
        ("\u2f12量", "力量"),  # a Kangxi radical, as copied from a PDF
        ("\uf92c君", "郎君"),  # a compatibility ideograph
        ("\ue81e人", "\u9fb4人"),  # the private use of GB 18030-2005
        ("John  Q. Smith-Jones", "John Q. Smith-Jones"),
        ("Jose\u0301", "Jos\u00e9"),
    ],
)
def test_a_name_is_written_one_way(typed, kept):
    assert normalise_name(typed) == kept


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text):
    once = normalise_name(text)

    assert normalise_name(once) == once


@given(st.lists(han_runs, min_size=1, max_size=4), st.data())
def test_han_runs_with_any_separators_are_a_good_name(runs, data):
    typed = runs[0]
    for run in runs[1:]:
        typed += data.draw(separators) + run

    assert read_name(typed) == NameReading(DOT.join(runs))
    assert name_key(typed) == name_key(DOT.join(runs))


def test_a_name_of_another_script_is_to_be_confirmed_not_refused():
    doubts = ("姓名中有汉字以外的文字，请对照身份证件逐字核对。",)

    assert read_name("Anna O'Neil") == NameReading("Anna O'Neil", doubts=doubts)
    assert read_name("赵C") == NameReading("赵C", doubts=doubts)
    assert read_name("ئالىم") == NameReading("ئالىم", doubts=doubts)


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ("", ("请填写姓名。",)),
        ("\u3000\u200b", ("请填写姓名。",)),
        ("张" * (LONGEST + 1), ("姓名最多100个字，现有101个字。",)),
        ("张3，", ("姓名中不能有“3”、“，”，请对照身份证件填写。",)),
        ("张\x00三", ("姓名中不能有U+0000，请对照身份证件填写。",)),
        ("张😀", ("姓名中不能有“😀”，请对照身份证件填写。",)),
        ("张1234567", ("姓名中不能有“1”、“2”、“3”、“4”、“5”，请对照身份证件填写。",)),
        ("·阿里", ("间隔号“·”不能在姓名的开头或结尾。",)),
        ("阿里·", ("间隔号“·”不能在姓名的开头或结尾。",)),
        (
            "张\ue000",
            ("姓名中有自造字，其他系统无法显示，请改用国家标准（GB 18030）收录的字。",),
        ),
    ],
)
def test_a_wrong_name_is_told_what_is_wrong(typed, faults):
    assert read_name(typed).faults == faults


@pytest.mark.parametrize("length", [1, 50, LONGEST])
def test_a_name_of_up_to_a_hundred_characters_passes(length):
    assert read_name("买" * length) == NameReading("买" * length)


def test_one_name_in_two_spellings_has_one_key():
    assert name_key("阿里•买买提") == name_key(" 阿里 · 买买提 ")
    assert name_key("ＡＮＮＡ Lee") == name_key("Anna  LEE")
    assert name_key("阿里·买买提") != name_key("阿里买买提")
