"""Facts of two people who meet every condition of their tracks."""

YEARS = range(2015, 2020)
ASSESSED = [{"year": year, "result": "qualified"} for year in YEARS]


def assessed(**results):
    """Five years of assessments, all well but those named: y2018="basic"."""
    return [{"year": year, "result": results.get(f"y{year}", "excellent")} for year in YEARS]


# Facts of somebody who meets every condition of the track.
EMPLOYED = {
    "employer.kind": "hospital",
    "employer.nonpublic": False,
    "employer.affiliation": "40",
    "employer.region": "653101",
    "register.recipients": "none",
    "evidence.supports": {"A3": 1, "B6": 1},
    "basic.nationality": "china",
    "basic.id_type": "resident_id",
    "basic.resident_id": "110101199003070134",
    "basic.birth_date": "1990-03-07",
    "basic.sex": "male",
    "post.employer_kind": "institution",
    "post.affiliation": "40",
    "post.nonpublic": False,
    "post.status": "in_post",
    "post.rank": "999",
    "post.treatment": "999",
    "post.unit_leader": False,
    "post.practising": True,
    "honours.academician": "none",
    "honours.recipient": False,
    "assessment.years": ASSESSED,
    "assessment.punishment": "none",
    "assessment.misconduct": False,
    "declaration.secrecy": "none",
    "conditions.statements": [
        {"condition": "A3", "statement": "医术高超。"},
        {"condition": "B6", "statement": "解决难题。"},
    ],
}
PROFESSIONAL = EMPLOYED | {
    "application.track": "professional",
    "post.post_category": "professional",
    "title.titles": [{"grade": "正高", "series": "04", "obtained": "2014-12"}],
    "achievements.awards": [{"date": "2018-05", "rank": 1, "people": 5}],
    "conditions.primary": "A3",
}
SKILLED = EMPLOYED | {
    "application.track": "skilled",
    "post.post_category": "enterprise_skilled",
    "skill.level": "1",
    "skill.front_line_years": 20,
    "conditions.primary": "B6",
}
