"""Two complete applicants, both invented; their id numbers carry region codes nobody is given."""

from typing import Any

from tests.rules.sample_parts import assessment, basic, career, declaration
from tests.rules.sample_skilled import skilled_sample

Answers = dict[str, dict[str, Any]]


def professional_sample() -> Answers:
    """A chief physician in Kashgar prefecture: track A, condition A3, epidemic front line."""
    return {
        "basic": basic(
            photo="photo-professional",
            name="阿依努尔·买买提",
            resident_id="653100197105080029",
            sex="female",
            birth_date="1971-05-08",
            ethnic_group="05",
            native_place="653101",
            birth_place="653101",
            work_began="1994-07",
            profession_began="1994-07",
            mobile="19900000101",
            office_phone="0998-1234567",
            email="ayinur@example.cn",
            address="喀什市示例路1号",
            postcode="844000",
        ),
        "post": {
            "employer": "喀什地区第一人民医院（示例）",
            "department": "心血管内科",
            "employer_kind": "institution",
            "economic_type": "110",
            "nonpublic": False,
            "affiliation": "40",
            "industry": "Q84",
            "location": "653101",
            "status": "in_post",
            "post_category": "professional",
            "post_grade": "p2",
            "administrative_post": "心血管内科主任",
            "rank": "999",
            "treatment": "999",
            "unit_leader": False,
            "practising": True,
            "social_posts": "喀什地区医学会（示例）心血管分会主任委员",
            "grassroots_years": 26,
            "poor_county": True,
            "epidemic": True,
            "epidemic_role": "地区救治专家组副组长",
            "epidemic_from": "2020-01-23",
            "epidemic_to": "2020-03-10",
            "epidemic_place": "喀什地区定点救治医院（示例）",
            "epidemic_certifier": "喀什地区卫生健康委员会（示例）",
        },
        "education": {
            "records": [
                {
                    "id": "edu-1",
                    "level": "21",
                    "degree": "4",
                    "school": "某医科大学",
                    "major": "临床医学",
                    "start": "1989-09",
                    "end": "1994-07",
                    "mode": "full_time",
                },
                {
                    "id": "edu-2",
                    "level": "11",
                    "degree": "2",
                    "school": "某医科大学",
                    "major": "内科学",
                    "start": "2001-09",
                    "end": "2004-07",
                    "mode": "part_time",
                    "certificate": "示例字第000001号",
                    "highest_education": True,
                    "highest_degree": True,
                },
            ],
        },
        "title": {
            "titles": [
                {
                    "id": "title-1",
                    "name": "04201",
                    "series": "04",
                    "grade": "副高",
                    "obtained": "2008-12",
                    "committee": "自治区卫生高级职称评审委员会（示例）",
                    "certificate": "示例-2008-0001",
                    "directed": False,
                },
                {
                    "id": "title-2",
                    "name": "04101",
                    "series": "04",
                    "grade": "正高",
                    "obtained": "2014-12",
                    "committee": "自治区卫生高级职称评审委员会（示例）",
                    "certificate": "示例-2014-0002",
                    "appointed": "2015-03",
                    "directed": False,
                },
            ],
        },
        "speciality": {
            "main_discipline": "32024",
            "other_disciplines": ["32061"],
            "panel": "07",
            "profession": "心血管内科",
            "direction": "急性心肌梗死急诊介入",
            "sector": "health",
            "priorities": ["major_project"],
            "priorities_statement": "承担南疆胸痛救治网络建设项目（示例）的技术负责工作。",
        },
        "honours": {
            "records": [
                {
                    "id": "honour-1",
                    "name": "tianshan",
                    "grade": "province",
                    "issuer": "自治区党委人才工作领导小组（示例）",
                    "year": 2018,
                },
            ],
            "academician": "none",
            "bqw": False,
            "recipient": False,
        },
        "career": {
            "records": [
                career("career-1", "1989-09", "1994-07", "某医科大学", "本科学习"),
                career("career-2", "1994-07", "2001-09", "喀什地区第一人民医院（示例）", "医师"),
                career("career-3", "2001-09", "2004-07", "某医科大学", "博士研究生"),
                career("career-4", "2004-07", "", "喀什地区第一人民医院（示例）", "主任医师"),
            ],
            "summary": "一直从事心血管内科临床工作，2008年起主持地区胸痛救治网络建设。",
        },
        "conditions": {
            "primary": "A3",
            "alternative": "A3a",
            "secondary": ["A2"],
            "statements": [
                {
                    "id": "claim-1",
                    "condition": "A3",
                    "statement": "近五年主刀急诊介入1200例，成功率98%，收治县级转诊危重患者860例。",
                },
                {
                    "id": "claim-2",
                    "condition": "A2",
                    "statement": "建立县乡两级远程心电会诊流程，在11家县级医院推广。",
                },
            ],
        },
        "achievements": {
            "awards": [
                {
                    "id": "award-1",
                    "name": "自治区科技进步奖",
                    "project": "南疆胸痛救治网络的建立与推广（示例）",
                    "grade": "province",
                    "class": "second",
                    "issuer": "自治区人民政府",
                    "date": "2018-12",
                    "certificate": "示例-2018-J-02",
                    "rank": 2,
                    "people": 7,
                    "role": "负责网络设计和急诊介入技术培训。",
                    "representative": True,
                },
                {
                    "id": "award-2",
                    "name": "地区科技进步奖",
                    "project": "基层心电会诊（示例）",
                    "grade": "prefecture",
                    "class": "first",
                    "issuer": "喀什地区行政公署",
                    "date": "2012-11",
                    "rank": 1,
                    "people": 5,
                    "role": "主持全部工作。",
                },
            ],
            "projects": [
                {
                    "id": "project-1",
                    "name": "县级医院急诊介入能力提升（示例）",
                    "source": "自治区自然科学基金",
                    "number": "示例2016A01",
                    "grade": "province",
                    "money": "35.5",
                    "start": "2016-01",
                    "date": "2018-12",
                    "part": "lead",
                    "state": "completed",
                    "rank": 1,
                    "people": 6,
                    "role": "主持设计、实施和总结。",
                    "representative": True,
                },
            ],
            "papers": [
                {
                    "id": "paper-1",
                    "title": "南疆农村急性心肌梗死患者救治延迟因素分析（示例）",
                    "journal": "某心血管病杂志",
                    "issue": "2019,47(3):215-220",
                    "index": ["pku"],
                    "author": "first",
                    "cited": 16,
                    "date": "2019-03",
                    "rank": 1,
                    "people": 5,
                    "role": "设计研究并撰写全文。",
                },
            ],
            "mentoring": [
                {
                    "id": "mentoring-1",
                    "name": "县级医院心内科骨干",
                    "trained": 46,
                    "start": "2015-03",
                    "date": "2019-12",
                    "result": "38人能独立开展急诊介入。",
                    "rank": 1,
                    "role": "组织并承担全部带教。",
                },
            ],
        },
        "summary": {
            "deeds": "建立南疆胸痛救治网络，带动11家县级医院开展急诊介入；近五年培养县级骨干46人。",
            "achievements": "长期在医疗卫生第一线工作，近五年主持自治区级项目3项，"
            "急诊介入1200例，网络覆盖地区死亡率下降三成；疫情期间无医务人员感染。",
            "papers": "南疆农村急性心肌梗死患者救治延迟因素分析（示例），第一作者，2019年。",
        },
        "assessment": assessment(2015),
        "declaration": declaration("阿依努尔·买买提"),
    }


__all__ = ["professional_sample", "skilled_sample"]
