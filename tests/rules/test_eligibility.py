"""What is found of one person: conditions, exceptions, tracks, and what blocks."""

from pathlib import Path

import pytest

from juxian.regulation.eligibility import (
    Condition,
    Finding,
    Severity,
    Unless,
    Verdict,
    assess,
    find,
    unexplained,
)
from juxian.regulation.pack_reading import load
from tests.rules.sample_facts import PROFESSIONAL, SKILLED, assessed

PACK = load(Path(__file__).parents[2] / "packs" / "2020-special-allowance")
MET, UNMET, UNCLEAR = Verdict.MET, Verdict.UNMET, Verdict.UNCLEAR


def found(facts, track="professional"):
    """Verdicts other than met, by the code of the condition."""
    findings = assess(PACK.conditions, facts, track=track)
    return {f.condition.code: f.verdict for f in findings if f.verdict is not MET}


@pytest.mark.parametrize(("facts", "track"), [(PROFESSIONAL, "professional"), (SKILLED, "skilled")])
def test_somebody_without_fault_meets_every_condition(facts, track):
    assert found(facts, track) == {}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param(
            {"post.unit_leader": True, "post.practising_statement": "每周出诊四次。"},
            {},
            marks=pytest.mark.clause("R8"),
        ),
        pytest.param(
            {"post.rank": "112"},
            {"vice_ministerial_post": UNMET},
            marks=pytest.mark.clause("R9"),
        ),
        pytest.param(
            {"post.treatment": "111"},
            {"vice_ministerial_treatment": UNMET},
            marks=pytest.mark.clause("R9"),
        ),
        pytest.param(
            {"post.treatment": "113"},
            {"vice_ministerial_treatment": UNCLEAR},
            marks=pytest.mark.clause("R9"),
        ),
        pytest.param({"post.rank": "121"}, {}, marks=pytest.mark.clause("R9")),
        pytest.param(
            {"post.rank": "112", "honours.academician": "science"},
            {"vice_ministerial_post": UNMET},
            marks=pytest.mark.clause("R9", "R10"),
        ),
        pytest.param(
            {"employer.kind": "organ"},
            {"organ_staff": UNMET, "employer_kind_agrees": UNCLEAR},
            marks=pytest.mark.clause("R10"),
        ),
        pytest.param(
            {"post.employer_kind": "organ"},
            {"organ_staff": UNMET, "employer_kind_agrees": UNCLEAR},
            marks=pytest.mark.clause("R7", "R10"),
        ),
        pytest.param(
            {"employer.kind": "organ", "post.employer_kind": "organ"},
            {"organ_staff": UNMET},
            marks=pytest.mark.clause("R10"),
        ),
        pytest.param(
            {"post.employer_kind": "enterprise"},
            {"employer_kind_agrees": UNCLEAR},
            marks=pytest.mark.clause("R2"),
        ),
        pytest.param(
            {"post.nonpublic": True},
            {"nonpublic_agrees": UNCLEAR},
            marks=pytest.mark.clause("R40"),
        ),
        pytest.param(
            {"employer.kind": "quasi_organ", "post.employer_kind": "quasi_organ"},
            {"organ_staff": UNMET},
            marks=pytest.mark.clause("R10"),
        ),
        pytest.param(
            {
                "employer.kind": "organ",
                "post.employer_kind": "organ",
                "honours.academician": "engineering",
            },
            {},
            marks=pytest.mark.clause("R10"),
        ),
        pytest.param({"declaration.secrecy": "treated"}, {}, marks=pytest.mark.clause("R58")),
        pytest.param(
            {"honours.recipient": True}, {"recipient": UNMET}, marks=pytest.mark.clause("R11")
        ),
        pytest.param(
            {"register.recipients": "exact"},
            {"not_on_register": UNMET},
            marks=pytest.mark.clause("R11"),
        ),
        pytest.param(
            {"register.recipients": "possible"},
            {"not_on_register": UNCLEAR},
            marks=pytest.mark.clause("R11"),
        ),
        pytest.param(
            {"employer.affiliation": "10", "post.affiliation": "10"},
            {"central_employer": UNMET},
            marks=pytest.mark.clause("R12"),
        ),
        pytest.param(
            {"post.affiliation": "10"},
            {"central_employer": UNMET, "affiliation_agrees": UNCLEAR},
            marks=pytest.mark.clause("R7", "R12"),
        ),
        pytest.param(
            {"employer.affiliation": "10"},
            {"central_employer": UNMET, "affiliation_agrees": UNCLEAR},
            marks=pytest.mark.clause("R12"),
        ),
        pytest.param(
            {"employer.affiliation": "91", "post.affiliation": "91"},
            {"not_xpcc": UNMET},
            marks=pytest.mark.clause("R2"),
        ),
        pytest.param(
            {"employer.affiliation": "61", "post.affiliation": "60"},
            {},
            marks=pytest.mark.clause("R12"),
        ),
        pytest.param(
            {
                "employer.kind": "social_organisation",
                "post.employer_kind": "social_organisation",
            },
            {"employer_scope": UNCLEAR},
            marks=pytest.mark.clause("R2"),
        ),
        pytest.param(
            {"employer.kind": "private_enterprise", "post.employer_kind": "enterprise"},
            {},
            marks=pytest.mark.clause("R2"),
        ),
        pytest.param(
            {"employer.region": "620102"}, {"in_region": UNMET}, marks=pytest.mark.clause("R2")
        ),
        pytest.param(
            {"basic.nationality": "other"}, {"nationality": UNMET}, marks=pytest.mark.clause("R13")
        ),
        pytest.param(
            {"basic.id_type": "taiwan_permit"},
            {"identity_document": UNCLEAR},
            marks=pytest.mark.clause("R13"),
        ),
        pytest.param(
            {"assessment.punishment": "current"},
            {"conduct": UNCLEAR},
            marks=pytest.mark.clause("R13"),
        ),
        pytest.param(
            {"assessment.misconduct": True},
            {"integrity": UNCLEAR},
            marks=pytest.mark.clause("R13"),
        ),
        pytest.param(
            {"assessment.years": assessed(y2018="failed")},
            {"assessment": UNMET},
            marks=pytest.mark.clause("R13"),
        ),
        pytest.param(
            {"assessment.years": assessed(y2017="basic")},
            {"assessment": UNMET},
            marks=pytest.mark.clause("R13"),
        ),
        pytest.param(
            {"assessment.years": assessed(y2016="failed", y2019="none")},
            {"assessment": UNMET},
            marks=pytest.mark.clause("R13"),
        ),
        pytest.param(
            {"assessment.years": assessed(y2016="failed")},
            {},
            marks=pytest.mark.clause("R13"),
        ),
        pytest.param(
            {"assessment.years": [{"year": 2019, "result": "qualified"}] * 5},
            {"assessed_each_year": UNMET},
            marks=pytest.mark.clause("R13"),
        ),
        pytest.param(
            {"post.status": "retired"}, {"in_post": UNMET}, marks=pytest.mark.clause("R14a", "R23a")
        ),
        pytest.param(
            {"basic.sex": "female"}, {"id_agrees": UNMET}, marks=pytest.mark.clause("R62")
        ),
        pytest.param(
            {"education.records": [{"start": "2012-09", "end": "2010-07"}]},
            {"education_in_order": UNMET},
            marks=pytest.mark.clause("R62"),
        ),
        pytest.param(
            {"career.records": [{"start": "2012-09"}, {"start": "2010-09", "end": "2014-01"}]},
            {"career_overlap": UNMET},
            marks=pytest.mark.clause("R62"),
        ),
        pytest.param(
            {"career.records": [{"start": "2012-09"}, {"start": "2010-09", "end": "2011-01"}]},
            {"career_gap": UNMET},
            marks=pytest.mark.clause("R62"),
        ),
        pytest.param(
            {"achievements.papers": [{"date": "2018-05", "rank": 4, "people": 3}]},
            {"rank_within_total": UNMET},
            marks=pytest.mark.clause("R62"),
        ),
    ],
)
def test_a_fact_that_matters_to_everybody_is_found(changed, expected):
    assert found(PROFESSIONAL | changed) == expected
    assert found(SKILLED | changed, "skilled") == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param(
            {"post.post_category": "management"},
            {"professional_post": UNMET},
            marks=pytest.mark.clause("R14", "R14a"),
        ),
        pytest.param({"post.post_category": "dual"}, {}, marks=pytest.mark.clause("R14a")),
        pytest.param(
            {"achievements.awards": [{"date": "2014-12"}]},
            {"recent_achievements": UNMET},
            marks=pytest.mark.clause("R14b"),
        ),
        pytest.param(
            {"title.titles": [{"grade": "中级", "obtained": "2014-12"}]},
            {"senior_title": UNMET},
            marks=pytest.mark.clause("R14d"),
        ),
        pytest.param(
            {"title.titles": [{"grade": "副高", "obtained": "2020-05"}]},
            {},
            marks=pytest.mark.clause("R14d"),
        ),
        pytest.param(
            {"title.titles": [{"grade": "副高", "obtained": "2020-06"}]},
            {"title_by_cut_off": UNMET},
            marks=pytest.mark.clause("R14d"),
        ),
        pytest.param(
            {"conditions.primary": ""},
            {"professional_claim": UNMET},
            marks=pytest.mark.clause("R14e"),
        ),
        pytest.param(
            {"evidence.supports": {"A1": 3}},
            {"professional_claim": UNMET},
            marks=pytest.mark.clause("R14e"),
        ),
    ],
)
def test_a_fact_that_matters_to_professionals_is_found(changed, expected):
    assert found(PROFESSIONAL | changed) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param(
            {"post.post_category": "management"},
            {"front_line_post": UNMET},
            marks=pytest.mark.clause("R23", "R23a"),
        ),
        pytest.param(
            {"post.post_category": "professional"},
            {"front_line_post": UNCLEAR},
            marks=pytest.mark.clause("R23a"),
        ),
        pytest.param(
            {"skill.front_line_years": 9},
            {"front_line_years": UNMET},
            marks=pytest.mark.clause("R23a"),
        ),
        pytest.param({"skill.level": "S"}, {}, marks=pytest.mark.clause("R23c")),
        pytest.param(
            {"skill.level": "2"}, {"skill_level": UNMET}, marks=pytest.mark.clause("R23c")
        ),
        pytest.param(
            {"conditions.statements": []},
            {"skilled_claim": UNMET},
            marks=pytest.mark.clause("R23b", "R23d"),
        ),
    ],
)
def test_a_fact_that_matters_to_skilled_workers_is_found(changed, expected):
    assert found(SKILLED | changed, "skilled") == expected


@pytest.mark.clause("R7")
def test_every_exclusion_is_asked_of_the_applicant_certified_by_the_employer_and_bars():
    exclusions = [condition for condition in PACK.conditions if condition.exclusion]
    barred = PROFESSIONAL | {
        "post.unit_leader": True,
        "post.practising": False,
        "post.rank": "101",
        "post.treatment": "101",
        "employer.kind": "organ",
        "employer.affiliation": "10",
        "honours.recipient": True,
    }
    findings = assess(exclusions, barred, track="professional")

    assert [condition.clause for condition in exclusions] == [
        *("R7 R8", "R7 R9", "R7 R9", "R7 R10", "R7 R11", "R7 R12"),
    ]
    assert all(condition.question and condition.certified for condition in exclusions)
    assert [finding.blocks for finding in findings] == [True] * 6


@pytest.mark.clause("R23")
def test_skilled_workers_need_neither_a_title_nor_recent_achievements():
    asked = {f.condition.code for f in assess(PACK.conditions, SKILLED, track="skilled")}

    assert asked.isdisjoint({"senior_title", "recent_achievements", "professional_post"})


@pytest.mark.clause("R23c")
def test_a_lower_level_goes_on_with_a_written_reason_and_a_visible_mark():
    technician = SKILLED | {"skill.level": "2"}
    findings = assess(PACK.conditions, technician, track="skilled")
    explained = technician | {"skill.exception": "连续三届全国技能大赛获奖。"}
    (unmet,) = [f for f in findings if f.verdict is UNMET]

    assert (unmet.blocks, unmet.condition.mark) == (False, "破格")
    assert unexplained(findings, technician) == (unmet,)
    assert unexplained(findings, explained) == ()


@pytest.mark.parametrize(
    ("severity", "answer", "blocks"),
    [
        (Severity.HARD, UNMET, True),
        (Severity.HARD, UNCLEAR, False),
        (Severity.HARD, MET, False),
        (Severity.SOFT, UNMET, False),
        (Severity.HINT, UNMET, False),
    ],
)
def test_only_a_hard_condition_that_is_unmet_blocks(severity, answer, blocks):
    condition = Condition("c", "条件", "is_true", "R1", {"field": "f"}, severity)

    assert Finding(condition, answer).blocks is blocks


def test_an_exception_is_found_before_the_rule_is_asked():
    condition = Condition(
        "c", "条件", "is_true", "R1", {"field": "f"}, unless=Unless("honour", ("x",))
    )

    assert find(condition, {"f": False, "honour": "x"}) == Finding(condition, MET, "符合例外规定")
    assert find(condition, {"f": False, "honour": "y"}).verdict is UNMET
    assert find(condition, {}).verdict is UNCLEAR


def test_conditions_of_another_track_are_not_asked():
    both = Condition("a", "条件", "is_true", "R1", {"field": "f"})
    other = Condition("b", "条件", "is_true", "R1", {"field": "f"}, tracks=("skilled",))

    findings = assess([both, other], {"f": True}, track="professional")

    assert [finding.condition.code for finding in findings] == ["a"]


def test_a_soft_condition_that_is_met_unclear_or_explained_owes_nothing():
    soft = Condition(
        "c", "条件", "is_true", "R1", {"field": "f"}, Severity.SOFT, reason_field="why"
    )
    hint = Condition("d", "条件", "is_true", "R1", {"field": "f"}, Severity.HINT)
    findings = [Finding(soft, MET), Finding(soft, UNCLEAR), Finding(hint, UNMET)]

    assert unexplained(findings, {}) == ()
    assert unexplained([Finding(soft, UNMET)], {"why": "理由"}) == ()
    assert unexplained([Finding(soft, UNMET)], {"why": "  "}) == (Finding(soft, UNMET),)
