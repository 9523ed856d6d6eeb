"""Typed numbers, names and years, looked for among the words of a scan."""

import pytest

from juxian.regulation.scan_words import Hint, HintKind, Typed, folded, hints_in

WORDS = """荣誉证书
某某甲 同志：
在全区卫生健康工作中成绩显著，特发此证。
证书编号：SL-2016-O3I7
示例单位（盖章）
二〇一六年十二月二十日"""


def kinds(words, *rows):
    return [hint.kind for hint in hints_in(words, rows)]


def test_what_agrees_is_passed_over_whatever_the_form_of_letters_and_dashes():
    assert kinds(WORDS, Typed("ＳＬ２０１６—0317", ("某某甲",), ("2016",))) == []
    assert folded("〔2016〕第 O1l号") == folded("(2016)第011号")


def test_a_number_that_is_not_there_is_said_with_the_one_that_seems_to_be():
    row = Typed("SL-2016-0371", ("某某甲",), ("2016",))

    assert hints_in(WORDS, [row]) == (Hint(HintKind.OTHER_NUMBER, "SL-2016-0371", "SL-2016-O3I7"),)
    assert kinds(WORDS.replace("证书编号：", ""), row) == [HintKind.NO_NUMBER]


def test_a_name_and_a_year_that_are_not_there_are_said():
    row = Typed("SL-2016-0317", ("某某乙",), ("2017",))

    assert kinds(WORDS, row) == [HintKind.NO_NAME, HintKind.NO_YEAR]
    assert kinds(WORDS, Typed("SL-2016-0317", ("某某乙", "某某甲"), ("2017", "2016"))) == []


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("阿依努尔 买买提", []),
        ("阿依努尔·买买堤", []),
        ("阿依古丽·买合提", [HintKind.NO_NAME]),
    ],
)
def test_of_a_long_name_one_letter_may_have_been_misread(printed, said):
    words = WORDS.replace("某某甲", printed)

    assert kinds(words, Typed("SL-2016-0317", ("阿依努尔·买买提",))) == said


def test_of_several_rows_the_one_that_agrees_best_counts():
    rows = [Typed("XX-1", ("某某乙",)), Typed("SL-2016-0317", ("某某甲",))]

    assert kinds(WORDS, *rows) == []


def test_nothing_is_said_where_hardly_anything_was_read_or_nothing_typed():
    assert kinds("荣誉证书", Typed("SL-1", ("某某乙",), ("2016",))) == []
    assert kinds(WORDS) == []
    assert kinds(WORDS, Typed("")) == []
