"""Contradictions between answers: what each check finds, where, and that half an answer is none."""

from datetime import date

import pytest

from juxian.regulation.check_arguments import argument_faults
from juxian.regulation.checks import CHECKS, CLASHING, Clash, Verdict
from juxian.regulation.contradictions import CONTRADICTIONS
from juxian.regulation.eligibility import assess
from juxian.regulation.pack_reading import load
from tests.rules.sample_facts import PROFESSIONAL, SKILLED
from tests.rules.sample_packs import PACKS

PACK = load(PACKS / "2020-special-allowance")
FORM = PACK.form
UNTIL = date(2020, 5, 6)

ORDER = {"earlier": "basic.work_began", "later": ["title.titles.obtained", "skill.issued"]}
AGE = {"born": "basic.birth_date", "years": 16, "dates": ["basic.work_began", "s.t.d"]}
BY = {"dates": ["s.t.d", "s.f"], "until": UNTIL}
WITHIN = {"years": "post.years", "since": "basic.work_began", "until": UNTIL}
HELD = {"moment": "basic.work_began", "rows": "career.records", "start": "start", "end": "end"}
HIGHEST = {"level": "s.t.level", "ticked": "s.t.best", "order": ["11", "14", "21"]}
RISES = {"level": "s.t.level", "date": "s.t.end", "order": ["11", "14", "21"]}
APART = {"values": {"s.f": ["a", "b"], "s.g": [False]}}
CLAIM = {"claims": ["s.one", "s.more"], "values": ["B1"], "rows": ["h.t", "h.u"]}


def rows(*found):
    return [{"id": f"r{number}", **row} for number, row in enumerate(found, start=1)]


def work(*spans):
    return rows(*({"start": first, "end": last} for first, last in spans))


def titles(*when):
    return rows(*({"name": "10101", "obtained": one} for one in when))


def taught(*found):
    return rows(*({"level": level, **rest} for level, rest in found))


TICKED = {"best": True}
CLASHES = [
    (
        "dated_in_order",
        ORDER,
        {"basic.work_began": "1994-07", "title.titles": titles("1994-06", "1994-07")},
        [("title.titles.r1.obtained", "第1条", "填的是1994年6月，早于1994年7月")],
    ),
    (
        "dated_in_order",
        ORDER,
        {"basic.work_began": "1994-07", "skill.issued": "1994-06-30"},
        [("skill.issued", "", "填的是1994年6月30日，早于1994年7月")],
    ),
    ("dated_in_order", ORDER, {"basic.work_began": "1994-07", "skill.issued": "1994-07-01"}, []),
    ("dated_in_order", ORDER, {"title.titles": titles("1901-01")}, []),
    ("dated_in_order", ORDER, {"basic.work_began": "1994-07"}, []),
    (
        "dated_after_age",
        AGE,
        {"basic.birth_date": "1971-05-08", "basic.work_began": "1987-04"},
        [("basic.work_began", "", "填的是1987年4月，当时未满16周岁")],
    ),
    ("dated_after_age", AGE, {"basic.birth_date": "1971-05-08", "basic.work_began": "1987-05"}, []),
    (
        "dated_after_age",
        AGE,
        {"basic.birth_date": "1971-05-08", "s.t": rows({"d": 1986}, {"d": 1987}, {"d": ""})},
        [("s.t.r1.d", "第1条", "填的是1986年，当时未满16周岁")],
    ),
    ("dated_after_age", AGE, {"basic.work_began": "1900-01"}, []),
    (
        "dated_by",
        BY,
        {"s.t": rows({"name": "一等奖", "d": "2020-06"}, {"d": "2020-05"})},
        [("s.t.r1.d", "第1条“一等奖”", "填的是2020年6月，晚于2020年5月6日")],
    ),
    (
        "dated_by",
        BY,
        {"s.f": "2020-03-17", "application.day": date(2020, 3, 16)},
        [("s.f", "", "填的是2020年3月17日，这一天还没有到")],
    ),
    ("dated_by", BY, {"s.f": "2020-03", "application.day": date(2020, 3, 16)}, []),
    ("dated_by", BY, {}, []),
    (
        "years_within",
        WITHIN,
        {"post.years": 28, "basic.work_began": "1994-07"},
        [("post.years", "", "填的是28年，从1994年7月算起最多27年")],
    ),
    ("years_within", WITHIN, {"post.years": 27, "basic.work_began": "1994-07"}, []),
    ("years_within", WITHIN, {"post.years": 90}, []),
    ("years_within", WITHIN, {"basic.work_began": "1994-07"}, []),
    (
        "date_in_some_row",
        HELD,
        {"basic.work_began": "1994-07", "career.records": work(("1995-01", ""), ("", ""))},
        [("basic.work_began", "", "填的是1994年7月，各段经历中没有包含这个时间的")],
    ),
    (
        "date_in_some_row",
        HELD,
        {"basic.work_began": "1994-07", "career.records": work(("1989-09", "1994-07"))},
        [],
    ),
    (
        "date_in_some_row",
        HELD,
        {"basic.work_began": "1994-07", "career.records": work(("1994-07", ""))},
        [],
    ),
    ("date_in_some_row", HELD, {"basic.work_began": "1994-07"}, []),
    ("date_in_some_row", HELD, {"career.records": work(("1995-01", ""))}, []),
    (
        "highest_is_ticked",
        HIGHEST,
        {"s.t": taught(("21", TICKED), ("11", {}), ("31", {}))},
        [("s.t.r1.best", "第1条", "不是其中最高的，请改勾最高的一条")],
    ),
    ("highest_is_ticked", HIGHEST, {"s.t": taught(("21", {}), ("11", TICKED), ("", {}))}, []),
    ("highest_is_ticked", HIGHEST, {"s.t": taught(("31", {}), ("41", TICKED))}, []),
    ("highest_is_ticked", HIGHEST, {"s.t": taught(("21", {}), ("11", {}))}, []),
    (
        "rises_with",
        RISES,
        {"s.t": taught(("21", {"end": "2004-07"}), ("11", {"end": "1994-07"}))},
        [("s.t.r2.end", "第2条", "早于更低一级的第1条")],
    ),
    (
        "rises_with",
        RISES,
        {"s.t": taught(("21", {"end": "1994-07"}), ("11", {"end": "2004-07"}), ("31", {}))},
        [],
    ),
    ("rises_with", RISES, {"s.t": taught(("21", {"end": "2004-07"}), ("11", {}))}, []),
    (
        "not_together",
        APART,
        {"s.f": "b", "s.g": False},
        [("s.g", "", "与前面所填的不能同时成立")],
    ),
    ("not_together", APART, {"s.f": ["x", "a"], "s.g": True}, []),
    ("not_together", APART, {"s.f": "b"}, []),
    ("claimed_has_rows", CLAIM, {"s.more": ["B2", "B1"]}, [("h.t", "", "还没有填写")]),
    ("claimed_has_rows", CLAIM, {"s.one": "B1", "h.u": rows({})}, []),
    ("claimed_has_rows", CLAIM, {"s.one": "B2"}, []),
]


@pytest.mark.clause("R62")
@pytest.mark.parametrize(("check", "given", "facts", "found"), CLASHES)
def test_each_contradiction_is_found_where_it_stands_and_nowhere_else(check, given, facts, found):
    assert list(CLASHING[check](facts, **given)) == [Clash(*one) for one in found]


def test_every_contradiction_is_found_and_not_found_above():
    tried = {(check, bool(found)) for check, _given, _facts, found in CLASHES}

    assert tried == {
        (one.__name__, is_found) for one in CONTRADICTIONS for is_found in (True, False)
    }


def test_several_clashes_are_told_up_to_three_and_counted():
    facts = {"s.t": rows(*({"d": f"20{year}-01"} for year in (21, 22, 23, 24)))}

    assert CHECKS["dated_by"](facts, **BY) == (
        Verdict.UNMET,
        (
            "第1条填的是2021年1月，晚于2020年5月6日；第2条填的是2022年1月，晚于2020年5月6日；"
            "第3条填的是2023年1月，晚于2020年5月6日；等4处"
        ),
    )


@pytest.mark.parametrize(
    ("check", "given", "said"),
    [
        ("dated_by", {"dates": ["basic.name"], "until": UNTIL}, "basic.name 须是“日期”一类"),
        ("dated_by", {"dates": ["career.records.x"], "until": UNTIL}, "没有 career.records.x"),
        ("dated_by", {"dates": ["career"], "until": UNTIL}, "没有 career 这一项"),
        (
            "years_within",
            {"years": "basic.sex", "since": "basic.work_began", "until": UNTIL},
            "basic.sex 须是“整数”一类",
        ),
        (
            "highest_is_ticked",
            {
                "level": "education.records.level",
                "ticked": "education.records.school",
                "order": ["11"],
            },
            "education.records.school 须是“是否”一类",
        ),
        (
            "rises_with",
            {
                "level": "education.records.level",
                "date": "education.records.end",
                "order": ["no-such"],
            },
            "没有 no-such 这个选项",
        ),
    ],
)
def test_a_pack_is_refused_that_names_a_place_of_another_kind_or_none(check, given, said):
    found = list(argument_faults("condition[x]", check, given, FORM))

    assert [said in reason for _key, reason in found] == [True]


@pytest.mark.clause("R8", "R17", "R23a")
@pytest.mark.parametrize(
    ("facts", "track", "also"),
    [
        (PROFESSIONAL, "professional", "front_line_claim"),
        (SKILLED, "skilled", "front_line_worker"),
    ],
)
def test_a_leader_who_no_longer_practises_is_out_and_claims_no_front_line(facts, track, also):
    changed = {"post.unit_leader": True, "post.practising": False}

    findings = assess(PACK.conditions, facts | changed, track=track)
    unmet = {one.condition.code for one in findings if one.verdict is not Verdict.MET}

    assert unmet == {"leader_not_practising", also}
