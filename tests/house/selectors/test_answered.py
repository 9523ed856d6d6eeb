"""Why a condition is not met: every sentence says what was answered, or what is on record."""

import pytest

from juxian.regulation.eligibility import Verdict
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import answers_of, facts_of, findings_of, reading_of
from juxian.selectors.gaps import gaps_of


@pytest.fixture
def draft(world):
    return world.professional_draft()


def details(draft, office=(), **answers):
    """What is said of each condition that is not met, when these answers are given instead."""
    for name, value in dict(office).items():
        setattr(draft.employer, name, value)
    facts = judged(draft, **answers)
    found = findings_of(draft, facts)
    return {f.condition.code: f.detail for f in found if f.verdict is not Verdict.MET}


def judged(draft, **answers):
    given = answers_of(draft)
    for path, value in answers.items():
        section, _, code = path.partition("__")
        given[section][code] = value
    return facts_of(draft, reading_of(draft, given), files=list(evidence_of(draft)))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"basic__nationality": "other"}, {"nationality": "国籍填的是“其他国家”"}),
        ({"post__status": "retired"}, {"in_post": "在岗状态填的是“已办理退休手续”"}),
        ({"post__rank": "112"}, {"vice_ministerial_post": "职务级别填的是“省部级副职”"}),
        (
            {"honours__recipient": True},
            {"recipient": "是否已享受国务院政府特殊津贴填的是“是”"},
        ),
        ({"post__post_category": "management"}, {"professional_post": "岗位类别填的是“管理岗位”"}),
        (
            {"post__affiliation": "10"},
            {
                "central_employer": "隶属关系填的是“中央”，机构名录登记的隶属关系是“市、地区”",
                "affiliation_agrees": "隶属关系填的是“中央”，机构名录登记的隶属关系是“市、地区”",
            },
        ),
        (
            {"post__economic_type": "170", "post__nonpublic": True},
            {
                "nonpublic_agrees": (
                    "是否非公有制单位填的是“是”，机构名录登记的是否非公有制单位是“否”"
                ),
            },
        ),
        ({"title__titles": []}, {"senior_title": "“职称”没有填写"}),
        (
            {"title__titles": [{"id": "a", "series": "", "grade": "中级"}, {"id": "b"}]},
            {"senior_title": "级别填的是“中级”"},
        ),
    ],
)
@pytest.mark.clause("R7", "R13")
def test_what_is_not_met_says_what_was_answered(draft, answers, said):
    assert details(draft, **answers) == said


@pytest.mark.parametrize(
    ("office", "said"),
    [
        ({"region": "620000"}, {"in_region": "机构名录登记的所在地区是“甘肃省”"}),
        (
            {"kind": "organ"},
            {
                "organ_staff": "单位类别填的是“事业单位”，机构名录登记的单位类型是“党政群机关”",
                "employer_kind_agrees": (
                    "单位类别填的是“事业单位”，机构名录登记的单位类型是“党政群机关”"
                ),
            },
        ),
        (
            {"affiliation": ""},
            dict.fromkeys(
                ("central_employer", "not_xpcc"),
                "隶属关系填的是“市、地区”，机构名录没有登记隶属关系",
            ),
        ),
    ],
)
@pytest.mark.clause("R2", "R10")
def test_what_the_register_of_offices_says_is_told_beside_the_answer(draft, office, said):
    assert details(draft, office) == said


@pytest.mark.clause("R13")
def test_the_applicant_reads_which_condition_is_not_met_and_what_they_answered(draft):
    facts = judged(draft, basic__nationality="other", post__rank="112")
    reading, files = reading_of(draft, answers_of(draft)), list(evidence_of(draft))
    found = gaps_of(draft, reading, facts, findings_of(draft, facts), files)

    assert found == (
        (
            "post.rank",
            "担任副省（部）级及以上领导职务的人员，不在选拔范围：职务级别填的是“省部级副职”",
        ),
        ("basic.nationality", "不符合“具有中国国籍”：国籍填的是“其他国家”"),
    )
