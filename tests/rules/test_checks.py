"""Every check a pack may name: each of its answers, and what it says of an unmet one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.checks import CHECKS, Verdict
from juxian.regulation.contradictions import CONTRADICTIONS

MET, UNMET, UNCLEAR = Verdict.MET, Verdict.UNMET, Verdict.UNCLEAR

ID = "110101199003070134"  # an invented number: male, 1990-03-07


def job(start, end=""):
    return {"start": start, "end": end}


def verdict(check, facts, **given):
    return CHECKS[check](facts, **given)[0]


ONE_OF = {"field": "f", "values": ["a", "b"], "unclear": ["?"]}
LEADER = {"leads": "l", "practises": "p", "statement": "s"}
DATED = {"rows": ["t", "u"], "column": "d", "since": date(2015, 1, 1), "until": date(2020, 5, 6)}
BY = {"rows": "t", "column": "d", "until": date(2020, 5, 6)}
ORDER = {"rows": ["t"], "start": "start", "end": "end"}
SPELLS = {"rows": "t", "start": "start", "end": "end"}
RANK = {"rows": ["t"], "rank": "r", "total": "n"}
AGREES = {"number": "i", "born": "b", "sex": "s"}
CLAIM = {"claim": "c", "others": "o", "statements": "s", "least_files": 1}
SAID = [{"condition": "A1", "statement": "逐条说明"}]

EITHER = {"values": {"f": ["a", "b"], "g": ["x"]}}
RECORD = {"answer": "f", "record": "g", "alike": [{"f": ["a"], "g": ["one", "two"]}, {}]}
FILLED = {"rows": "t", "column": "g", "values": ["x"], "filled": ["a"]}
LATEST = {
    "rows": "t",
    "year": "y",
    "column": "r",
    "values": ["x"],
    "skipped": ["-"],
    "latest": 2,
}
SPAN = {"rows": "t", "year": "y", "first": 2018, "last": 2019}


def assessed(results):
    """A table of years with their results."""
    return {"t": [{"y": year, "r": result} for year, result in results.items()]}


CASES = [
    ("is_one_of", ONE_OF, {"f": "a"}, MET),
    ("is_one_of", ONE_OF, {"f": "c"}, UNMET),
    ("is_one_of", ONE_OF, {"f": "?"}, UNCLEAR),
    ("is_one_of", ONE_OF, {"f": ""}, UNCLEAR),
    ("is_one_of", ONE_OF, {}, UNCLEAR),
    ("is_none_of", ONE_OF, {"f": "c"}, MET),
    ("is_none_of", ONE_OF, {"f": "b"}, UNMET),
    ("is_none_of", ONE_OF, {"f": "?"}, UNCLEAR),
    ("is_none_of", ONE_OF, {}, UNCLEAR),
    ("none_says_so", EITHER, {"f": "c", "g": "d"}, MET),
    ("none_says_so", EITHER, {"f": "a", "g": "d"}, UNMET),
    ("none_says_so", EITHER, {"f": "c", "g": "x"}, UNMET),
    ("none_says_so", EITHER, {"g": "x"}, UNMET),
    ("none_says_so", EITHER, {"f": "c", "g": ""}, UNCLEAR),
    ("none_says_so", EITHER, {"g": "d"}, UNCLEAR),
    ("agrees_with_record", RECORD, {"f": "x", "g": "x"}, MET),
    ("agrees_with_record", RECORD, {"f": "a", "g": "two"}, MET),
    ("agrees_with_record", RECORD, {"f": "b", "g": "two"}, UNCLEAR),
    ("agrees_with_record", RECORD, {"f": "a", "g": "x"}, UNCLEAR),
    ("agrees_with_record", RECORD, {"f": True, "g": False}, UNCLEAR),
    ("agrees_with_record", RECORD, {"f": False, "g": False}, MET),
    ("agrees_with_record", RECORD, {"f": "a", "g": ""}, MET),
    ("agrees_with_record", RECORD, {"g": "x"}, MET),
    ("is_true", {"field": "f"}, {"f": True}, MET),
    ("is_true", {"field": "f"}, {"f": False}, UNMET),
    ("is_true", {"field": "f"}, {"f": "true"}, UNMET),
    ("is_true", {"field": "f"}, {}, UNCLEAR),
    ("is_false", {"field": "f"}, {"f": False}, MET),
    ("is_false", {"field": "f"}, {"f": True}, UNMET),
    ("is_false", {"field": "f"}, {}, UNCLEAR),
    ("is_within", {"field": "f", "regions": ["65", "71"]}, {"f": "653101"}, MET),
    ("is_within", {"field": "f", "regions": ["65"]}, {"f": "620100"}, UNMET),
    ("is_within", {"field": "f", "regions": ["65"]}, {}, UNCLEAR),
    ("includes_any", {"field": "f", "values": ["a", "b"]}, {"f": ["c", "b"]}, MET),
    ("includes_any", {"field": "f", "values": ["a"]}, {"f": ["c"]}, UNMET),
    ("includes_any", {"field": "f", "values": ["a"]}, {}, UNMET),
    ("number_at_least", {"field": "f", "least": 10}, {"f": 10}, MET),
    ("number_at_least", {"field": "f", "least": 10}, {"f": 9}, UNMET),
    ("number_at_least", {"field": "f", "least": 10}, {"f": "11"}, UNCLEAR),
    ("number_at_least", {"field": "f", "least": 0}, {"f": True}, UNCLEAR),
    ("number_at_least", {"field": "f", "least": 10}, {}, UNCLEAR),
    ("practises_though_leading", LEADER, {"l": False}, MET),
    ("practises_though_leading", LEADER, {"l": True, "p": True, "s": "每周出诊"}, MET),
    ("practises_though_leading", LEADER, {"l": True, "p": False, "s": "每周出诊"}, UNMET),
    ("practises_though_leading", LEADER, {"l": True, "p": True, "s": " "}, UNMET),
    ("practises_though_leading", LEADER, {}, UNCLEAR),
    ("any_row_is", {"rows": "t", "column": "g", "values": ["x"]}, {"t": [{}, {"g": "x"}]}, MET),
    ("any_row_is", {"rows": "t", "column": "g", "values": ["x"]}, {"t": [{"g": "y"}]}, UNMET),
    ("any_row_is", {"rows": "t", "column": "g", "values": ["x"]}, {"t": "x"}, UNMET),
    ("any_row_is", FILLED, {"t": [{"g": "x", "a": "2014-12"}]}, MET),
    ("any_row_is", FILLED, {"t": [{"g": "x", "a": ""}, {"g": "y", "a": "2014-12"}]}, UNMET),
    ("no_row_is", {"rows": "t", "column": "g", "values": ["x"]}, {"t": [{"g": "y"}]}, MET),
    ("no_row_is", {"rows": "t", "column": "g", "values": ["x"]}, {}, MET),
    ("no_row_is", {"rows": "t", "column": "g", "values": ["x"]}, {"t": [{"g": "x"}]}, UNMET),
    ("latest_rows_are_none_of", LATEST, assessed({2019: "a", 2018: "a", 2017: "x"}), MET),
    ("latest_rows_are_none_of", LATEST, assessed({2017: "a", 2019: "x", 2018: "a"}), UNMET),
    ("latest_rows_are_none_of", LATEST, assessed({2019: "-", 2018: "a", 2017: "x"}), UNMET),
    ("latest_rows_are_none_of", LATEST, assessed({2019: "", 2018: "a", 2017: "a"}), MET),
    ("latest_rows_are_none_of", LATEST, {"t": [{"r": "x"}, {"y": 2019, "r": "a"}]}, MET),
    ("latest_rows_are_none_of", LATEST, {}, MET),
    ("each_year_has_one_row", SPAN, assessed({2019: "a", 2018: "a", 2016: "a"}), MET),
    ("each_year_has_one_row", SPAN, assessed({2019: "a"}), UNMET),
    ("each_year_has_one_row", SPAN, {"t": [{"y": 2018}, {"y": 2019}, {"y": 2019}]}, UNMET),
    ("each_year_has_one_row", SPAN, {}, UNMET),
    ("rows_dated_by", BY, {"t": [{"d": "2020-05"}, {"d": ""}]}, MET),
    ("rows_dated_by", BY, {"t": [{"d": "2020-05-07"}]}, UNMET),
    ("rows_dated_by", BY, {"t": [{"d": 2021}]}, UNMET),
    ("rows_in_order", ORDER, {"t": [job("2015-03", "2015-03"), job("2015-03"), job("")]}, MET),
    ("rows_in_order", ORDER, {"t": [job("2015-03", "2015-02")]}, UNMET),
    ("rank_within_total", RANK, {"t": [{"r": 3, "n": 3}, {"r": 2}, {"n": 1}]}, MET),
    ("rank_within_total", RANK, {"t": [{"r": 4, "n": 3}]}, UNMET),
    ("id_agrees", AGREES, {"i": ID, "b": "1990-03-07", "s": "male"}, MET),
    ("id_agrees", AGREES, {"i": ID, "b": "1990-03-08", "s": "male"}, UNMET),
    ("id_agrees", AGREES, {"i": ID, "b": "1990-03-07", "s": "female"}, UNMET),
    ("id_agrees", AGREES, {"i": ID[:-1] + "5", "b": "1990-03-07", "s": "male"}, UNMET),
    ("id_agrees", AGREES, {"b": "1990-03-07", "s": "male"}, UNCLEAR),
    ("id_agrees", AGREES, {"i": ID, "s": "male"}, UNCLEAR),
    ("id_agrees", AGREES, {"i": ID, "b": "1990-03-07"}, UNCLEAR),
    ("register_is_clear", {"register": "r"}, {"r": "none"}, MET),
    ("register_is_clear", {"register": "r"}, {"r": "exact"}, UNMET),
    ("register_is_clear", {"register": "r"}, {"r": "possible"}, UNCLEAR),
    ("claim_is_supported", CLAIM, {"c": "A1", "s": SAID, "evidence.supports": {"A1": 1}}, MET),
    ("claim_is_supported", CLAIM, {"c": "A1", "s": SAID}, UNMET),
    ("claim_is_supported", CLAIM, {"c": "A1", "evidence.supports": {"A1": 1}}, UNMET),
    ("claim_is_supported", CLAIM, {"s": SAID, "evidence.supports": {"A1": 1}}, UNMET),
    (
        "claim_is_supported",
        CLAIM,
        {"c": "A1", "o": ["A2"], "s": SAID, "evidence.supports": {"A1": 1}},
        UNMET,
    ),
]


@pytest.mark.parametrize(("check", "given", "facts", "answer"), CASES)
def test_each_check_gives_each_of_its_answers(check, given, facts, answer):
    assert verdict(check, facts, **given) is answer


def test_every_check_of_the_list_is_tried_above_or_below():
    below = {"age_at_most", "rows_counted_since", "rows_do_not_overlap", "rows_have_no_gap"}

    elsewhere = {check.__name__ for check in CONTRADICTIONS}
    assert {check for check, *_rest in CASES} | below | elsewhere == set(CHECKS)


@pytest.mark.parametrize(
    ("born", "answer"),
    [
        ("1975-01-01", MET),  # 45 on the day
        ("1974-01-02", MET),  # still 45
        ("1974-01-01", UNMET),  # 46 on the day
        (date(1980, 2, 29), MET),
        ("", UNCLEAR),
        ("1980-13-01", UNCLEAR),
        ("1980-01-01-01", UNCLEAR),
    ],
)
def test_age_is_counted_by_birthdays(born, answer):
    given = {"field": "b", "years": 45, "on": date(2020, 1, 1)}

    assert verdict("age_at_most", {"b": born}, **given) is answer


def test_an_age_over_the_limit_is_said_in_years():
    said = CHECKS["age_at_most"]({"b": "1974-01-01"}, field="b", years=45, on=date(2020, 1, 1))

    assert said == (UNMET, "截至2020年1月1日为46周岁")


@pytest.mark.clause("R14b")
@pytest.mark.parametrize(
    ("rows", "counted"),
    [
        ([{"d": "2014-12"}], 0),
        ([{"d": "2015-01"}], 1),
        ([{"d": "2020-05"}], 1),
        ([{"d": "2020-05-06"}], 1),
        ([{"d": "2020-05-07"}], 0),
        ([{"d": 2016}, {"d": "2016-06-01"}, {"d": ""}, {}], 2),
    ],
)
def test_only_rows_dated_inside_the_window_count(rows, counted):
    enough, short = ({**DATED, "least": least} for least in (counted, counted + 1))

    assert verdict("rows_counted_since", {"u": rows}, **enough) is MET
    assert CHECKS["rows_counted_since"]({"u": rows}, **short) == (
        UNMET,
        f"2015年1月1日至2020年5月6日计入{counted}项，至少须{counted + 1}项",
    )


@pytest.mark.parametrize(
    ("spells", "said"),
    [
        ([], ""),
        ([job("2001-07", "2005-06"), job("2005-06", "2010-01")], ""),
        ([job("2005-06"), job("2001-07", "2005-06")], ""),
        ([job("2001-07", "2005-08"), job("2005-06")], "第1条与第2条的时间重叠，请核对"),
        ([job("2001-01"), job("2002-01", "2002-01"), job("2004-01", "2005-01")],
         "第1条与第3条的时间重叠，请核对"),
        ([job("2001"), job("2003", 2004), job("", "2004")], "第1条与第2条的时间重叠，请核对"),
    ],
)  # fmt: skip
def test_spells_that_share_more_than_the_month_they_meet_in_overlap(spells, said):
    answer = CHECKS["rows_do_not_overlap"]({"t": spells}, **SPELLS, months=0)

    assert answer == ((UNMET, said) if said else (MET, ""))


@pytest.mark.parametrize(
    ("spells", "said"),
    [
        ([], ""),
        ([job("2001-07", "2005-06"), job("2005-10")], ""),
        ([job("2001-07", "2005-06"), job("2005-11")], "第2条之前有4个月空档，请核对"),
        ([job("2001-07", "2009-06"), job("2002-01", "2002-02"), job("2009-07")], ""),
    ],
)
def test_a_gap_is_counted_in_whole_months_from_whatever_came_before(spells, said):
    answer = CHECKS["rows_have_no_gap"]({"t": spells}, **SPELLS, months=3)

    assert answer == ((UNMET, said) if said else (MET, ""))


@pytest.mark.parametrize(
    ("check", "facts", "given", "said"),
    [
        ("number_at_least", {"f": 7}, {"field": "f", "least": 10}, "现为7，一般应不少于10"),
        (
            "no_row_is",
            {"t": [{"name": "年度", "g": "x"}]},
            {"rows": "t", "column": "g", "values": ["x"]},
            "请核对第1条“年度”",
        ),
        ("rows_dated_by", {"t": [{"d": "2020-06"}]}, BY, "第1条晚于2020年5月6日"),
        (
            "latest_rows_are_none_of",
            assessed({2019: "x", 2018: "x", 2017: "x"}),
            LATEST,
            "2018年、2019年没有达到",
        ),
        ("each_year_has_one_row", {"t": []}, SPAN, "缺2018年、2019年"),
        (
            "each_year_has_one_row",
            {"t": [{"y": 2018}, {"y": 2018}, {"y": 2019}]},
            SPAN,
            "2018年列了不止一条",
        ),
        (
            "rows_in_order",
            {"t": [{"school": "示例大学", **job("2009-09", "2005-07")}]},
            ORDER,
            "第1条“示例大学”的结束时间早于开始时间",
        ),
        (
            "rank_within_total",
            {"t": [{}, {"title": "论文", "r": 3, "n": 2}]},
            RANK,
            "第2条“论文”的本人排名大于完成人数",
        ),
        ("register_is_clear", {"r": "exact"}, {"register": "r"}, "名册中已有此人"),
        (
            "claim_is_supported",
            {"c": "A1", "o": ["A3"], "s": SAID},
            CLAIM,
            "所选条件A3还没有逐条说明",
        ),
        (
            "id_agrees",
            {"i": ID, "b": "1990-03-08", "s": "female"},
            AGREES,
            (
                "身份证号码中的出生日期为1990年3月7日，与填写的1990年3月8日不一致。"
                "身份证号码对应的性别为男，与填写的女不一致。"
            ),
        ),
    ],
)
def test_an_unmet_check_says_what_to_put_right(check, facts, given, said):
    assert CHECKS[check](facts, **given) == (UNMET, said)


days = st.builds(date, st.integers(1950, 2030), st.integers(1, 12), st.integers(1, 28))


def age(born, on):
    """The least limit that somebody born then still keeps to."""
    return next(
        years
        for years in range(-90, 90)
        if verdict("age_at_most", {"b": born.isoformat()}, field="b", years=years, on=on) is MET
    )


@given(days, days)
def test_a_year_later_one_is_a_year_older(born, on):
    assert age(born, on.replace(year=on.year + 1)) == age(born, on) + 1


@given(st.lists(st.integers(0, 60)))
def test_spells_laid_end_to_end_neither_overlap_nor_leave_a_gap(lengths):
    spells, month = [], 1980 * 12
    for length in lengths:
        first, month = month, month + length
        spells.append(job(written(first), written(month)))
        month += 1

    assert verdict("rows_do_not_overlap", {"t": spells}, **SPELLS, months=0) is MET
    assert verdict("rows_have_no_gap", {"t": spells}, **SPELLS, months=0) is MET


def written(month):
    return f"{(month - 1) // 12:04d}-{(month - 1) % 12 + 1:02d}"
