"""An invented skilled worker whose form is complete."""

from typing import Any

from tests.rules.sample_parts import assessment, basic, career, declaration

Answers = dict[str, dict[str, Any]]


def skilled_sample() -> Answers:
    """A welder of an enterprise owned by the region: track B, conditions B5 and B8."""
    return {
        "basic": basic(
            photo="photo-skilled",
            name="骆守焊",
            resident_id="650200197503120017",
            sex="male",
            birth_date="1975-03-12",
            ethnic_group="01",
            native_place="410000",
            birth_place="650203",
            work_began="1994-09",
            profession_began="1994-09",
            mobile="19900000202",
            address="克拉玛依市示例街2号",
            postcode="834000",
        ),
        "post": {
            "employer": "新疆示例能源装备集团有限公司（示例）",
            "department": "压力容器厂焊接车间",
            "employer_kind": "enterprise",
            "economic_type": "151",
            "nonpublic": False,
            "affiliation": "20",
            "industry": "C35",
            "location": "650203",
            "status": "in_post",
            "post_category": "enterprise_skilled",
            "rank": "999",
            "treatment": "999",
            "unit_leader": False,
            "practising": True,
            "grassroots_years": 25,
            "poor_county": False,
            "epidemic": False,
        },
        "education": {
            "records": [
                {
                    "id": "edu-1",
                    "level": "47",
                    "degree": "0",
                    "school": "某石油技工学校",
                    "major": "焊接",
                    "start": "1991-09",
                    "end": "1994-07",
                    "mode": "full_time",
                    "highest_education": True,
                },
            ],
        },
        "skill": {
            "occupation": "焊工",
            "level": "1",
            "certificate_kind": "qualification",
            "certificate": "示例-2011-0001",
            "issuer": "自治区职业技能鉴定中心（示例）",
            "issued": "2011-06-30",
            "front_line_years": 25,
        },
        "speciality": {
            "profession": "焊工",
            "special_skill": "高压厚壁管道全位置焊接",
            "sector": "engineering",
            "priorities": ["manufacturing"],
            "priorities_statement": "承担大型加氢反应器（示例）现场组焊。",
        },
        "honours": {
            "records": [
                {
                    "id": "honour-1",
                    "name": "skill_national",
                    "grade": "national",
                    "issuer": "人力资源和社会保障部",
                    "year": 2016,
                    "certificate": "示例-0001",
                },
                {
                    "id": "honour-2",
                    "name": "prefecture_honour",
                    "other_name": "克拉玛依市劳动模范（示例）",
                    "grade": "prefecture",
                    "issuer": "克拉玛依市人民政府",
                    "year": 2013,
                },
            ],
            "academician": "none",
            "bqw": False,
            "recipient": False,
        },
        "career": {
            "records": [
                career("career-1", "1991-09", "1994-07", "某石油技工学校", "焊接专业学习"),
                career("career-2", "1994-09", "", "新疆示例能源装备集团有限公司（示例）", "焊工"),
            ],
            "summary": "在压力容器焊接一线工作25年，先后担任班组长、首席焊工。",
        },
        "conditions": {
            "primary": "B5",
            "secondary": ["B8"],
            "statements": [
                {
                    "id": "claim-1",
                    "condition": "B5",
                    "statement": "掌握高压厚壁管道全位置焊接绝技，一次合格率99.6%。",
                },
                {
                    "id": "claim-2",
                    "condition": "B8",
                    "statement": "带徒32人，其中高级技师5人、技师11人。",
                },
            ],
        },
        "achievements": {
            "innovations": [
                {
                    "id": "innovation-1",
                    "kind": "method",
                    "name": "厚壁管道反变形焊接操作法（示例）",
                    "content": "解决厚壁管道焊后变形大的难题，返修率由4%降到0.4%。",
                    "certifier": "自治区总工会（示例）",
                    "spread": "全集团6个分厂",
                    "date": "2017-05",
                    "rank": 1,
                    "people": 3,
                    "role": "提出并完善全部工艺参数。",
                    "representative": True,
                },
            ],
            "contests": [
                {
                    "id": "contest-1",
                    "name": "全国焊工职业技能竞赛（示例）",
                    "grade": "national_second",
                    "place": "焊工组第二名",
                    "date": "2015-10",
                    "rank": 1,
                    "role": "参赛选手。",
                },
            ],
            "mentoring": [
                {
                    "id": "mentoring-1",
                    "name": "青年焊工",
                    "trained": 32,
                    "start": "2012-01",
                    "date": "2019-12",
                    "result": "高级技师5人、技师11人。",
                    "studio": "骆守焊技能大师工作室（示例）",
                    "studio_grade": "province",
                    "rank": 1,
                    "role": "负责人。",
                },
            ],
        },
        "summary": {
            "deeds": "掌握厚壁管道全位置焊接绝技，总结的操作法推广到6个分厂；带徒32人。",
            "achievements": "完成重点装置焊接任务40余项，一次合格率99.6%，累计节支860万元。",
        },
        "assessment": assessment(2015),
        "declaration": declaration("骆守焊"),
    }
