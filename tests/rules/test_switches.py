"""What a notice leaves open is a setting: an office that decides otherwise changes one value."""

import pytest

from juxian.regulation.eligibility import Verdict, find
from juxian.regulation.pack_reading import load
from tests.rules.sample_packs import copy_to, spoil

APPOINTED = {"grade": "副高", "obtained": "2014-12", "appointed": "2015-01"}
QUALIFIED = {"grade": "副高", "obtained": "2014-12"}


def senior_title(folder, title):
    condition = next(one for one in load(folder).conditions if one.code == "senior_title")
    return find(condition, {"title.titles": [title]}).verdict


@pytest.mark.clause("R14d")
def test_a_senior_title_need_not_be_appointed_unless_the_office_asks_for_it(tmp_path):
    folder = copy_to(tmp_path)
    said = [senior_title(folder, QUALIFIED), senior_title(folder, APPOINTED)]

    spoil(
        folder,
        "call.toml",
        'title = "高级职称须已聘任的填写项"\nvalue = []',
        'title = "高级职称须已聘任的填写项"\nvalue = ["appointed"]',
    )
    asked = [senior_title(folder, QUALIFIED), senior_title(folder, APPOINTED)]

    assert said == [Verdict.MET, Verdict.MET]
    assert asked == [Verdict.UNMET, Verdict.MET]
