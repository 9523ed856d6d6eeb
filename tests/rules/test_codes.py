"""The code lists that coded answers are picked from."""

from pathlib import Path

import pytest

from juxian.regulation.codes import Code, CodeList, load_codes
from juxian.regulation.problems import PackProblem

FOLDER = Path(__file__).parents[2] / "packs" / "codes"
LISTS = load_codes(FOLDER)


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.tsv").write_text(text, encoding="utf-8")


HEADER = "# title: 示例\n# source: 示例标准\n# year: 2020\n"


def test_every_list_says_its_source_and_year_and_has_no_problem():
    assert LISTS.problems == ()
    assert all(LISTS[name].title and LISTS[name].source for name in LISTS)
    assert all(LISTS[name].year.isdigit() for name in LISTS)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("affiliations", 11),
        ("degrees", 5),
        ("disciplines", 800),
        ("economic_types", 34),
        ("education_levels", 40),
        ("ethnic_groups", 58),
        ("funds", 10),
        ("honours", 25),
        ("industries", 117),
        ("panel_groups", 11),
        ("political_affiliations", 13),
        ("prizes", 18),
        ("ranks", 15),
        ("regions", 219),
        ("sexes", 2),
        ("skill_levels", 9),
        ("title_series", 29),
        ("titles", 207),
    ],
)
def test_each_list_is_complete(name: str, count: int):
    assert len(LISTS[name].codes) == count


def test_the_folder_has_no_list_that_is_not_counted_here():
    counted = test_each_list_is_complete.pytestmark[0].args[1]
    assert sorted(LISTS) == [name for name, _count in counted]


def test_fifty_six_peoples_are_listed():
    peoples = [code.label for code in LISTS["ethnic_groups"].codes if code.label.endswith("族")]
    assert len(peoples) == 56
    assert LISTS["ethnic_groups"].get("05") == Code("05", "维吾尔族", extra={"letter": "UG"})


@pytest.mark.clause("R33", "R34")
def test_xinjiang_has_fourteen_prefectures_and_four_of_them_are_the_southern_ones():
    holders = [
        code
        for code in LISTS["regions"].in_force(("prefecture",))
        if code.parent == "650000" and code.value != "659000"
    ]
    southern = [code.label for code in holders if code.attribute("southern") == "yes"]
    assert len(holders) == 14
    assert southern == ["阿克苏地区", "克孜勒苏柯尔克孜自治州", "喀什地区", "和田地区"]


def test_all_provinces_are_listed():
    provinces = LISTS["regions"].in_force(("province",))
    assert len(provinces) == 31 + 1 + 3  # 兵团（统计用）, and 港澳台


def test_abolished_regions_are_known_but_not_offered():
    regions = LISTS["regions"]
    turpan = regions.get("652101")
    assert turpan == Code(
        "652101", "吐鲁番市", "652100", "county", "1984", "2015", {"southern": ""}
    )
    assert turpan not in regions.in_force()
    assert [code.label for code in regions.path("654101")] == [
        "新疆维吾尔自治区",
        "伊犁地区",
        "伊宁市",
    ]


def test_a_label_finds_its_code_unless_two_share_it():
    regions = LISTS["regions"]
    assert regions.find("伊宁市") == regions.get("654002")
    assert LISTS["industries"].find("教育") is None


@pytest.mark.clause("R14")
def test_titles_of_the_reform_are_senior_and_primary_school_seniors_are_not():
    titles = LISTS["titles"]
    grades = {
        code.label: code.attribute("grade")
        for code in titles.codes
        if code.label
        in {
            "正高级工程师",
            "正高级教师",
            "主任医师",
            "副教授",
            "教授级高级工程师",
            "中学高级教师",
            "小学高级教师",
        }
    }
    assert grades == {
        "正高级工程师": "正高",
        "正高级教师": "正高",
        "主任医师": "正高",
        "副教授": "副高",
        "教授级高级工程师": "正高",
        "中学高级教师": "副高",
        "小学高级教师": "中级",
    }


@pytest.mark.clause("R14")
def test_each_of_the_27_series_has_both_senior_grades():
    grades = {(code.parent, code.attribute("grade")) for code in LISTS["titles"].in_force()}
    series = [f"{number:02d}" for number in range(1, 28)]
    assert [s for s in series if {(s, "正高"), (s, "副高")} - grades] == []


@pytest.mark.clause("R23")
def test_senior_technician_and_above_are_the_senior_skill_levels():
    levels = LISTS["skill_levels"].codes
    assert [code.value for code in levels if code.attribute("senior") == "yes"] == ["1", "T", "S"]


@pytest.mark.clause("R9")
def test_treatment_in_one_matter_only_is_a_value_of_its_own():
    ranks = [code.value for code in LISTS["ranks"].codes if code.value <= "112"]
    assert ranks == ["101", "102", "111", "112"]
    assert LISTS["ranks"].get("113").attribute("classic") == "单项副部"


@pytest.mark.clause("R40")
def test_economic_types_say_whether_they_are_nonpublic():
    types = LISTS["economic_types"]
    answers = {code: types.get(code).attribute("nonpublic") for code in ("110", "173", "159")}
    assert answers == {"110": "no", "173": "yes", "159": "ask"}


def test_every_discipline_falls_to_a_panel_group():
    panels = {code.attribute("panel") for code in LISTS["disciplines"].codes}
    assert panels == {code.value for code in LISTS["panel_groups"].codes} - {"11"}


def test_a_path_ends_where_codes_name_each_other():
    circle = CodeList("x", "", "", "", (Code("1", "甲", "2"), Code("2", "乙", "1")))
    assert [code.value for code in circle.path("1")] == ["2", "1"]
    assert circle.path("3") == ()


def test_an_attribute_that_the_list_lacks_is_blank():
    assert Code("1", "甲", parent="0").attribute("parent") == "0"
    assert Code("1", "甲").attribute("grade") == ""


def test_a_missing_folder_is_a_problem(tmp_path: Path):
    assert load_codes(tmp_path / "none").problems == (PackProblem("codes", "-", "没有任何代码表"),)


def test_all_that_is_wrong_with_a_file_is_said_at_once(tmp_path: Path):
    write(tmp_path, "a", "# title: 示例\ncode\tname\tparent\n1\t甲\t9\n1\t乙\t\n2\n\t丙\t\n")
    write(tmp_path, "b", HEADER + "name\tcode\n甲\t1\n")
    write(tmp_path, "c", HEADER)
    write(tmp_path, "d", HEADER + "# parents: none\ncode\tname\tparent\n1\t甲\t9\n")
    write(tmp_path, "e", HEADER + "# parents: d\ncode\tname\tparent\n1\t甲\t1\n")
    assert load_codes(tmp_path).problems == (
        PackProblem("codes/a.tsv", "source", "缺少这一项说明"),
        PackProblem("codes/a.tsv", "year", "缺少这一项说明"),
        PackProblem("codes/a.tsv", "2", "列数不符，或缺少代码、名称"),
        PackProblem("codes/a.tsv", "-", "列数不符，或缺少代码、名称"),
        PackProblem("codes/a.tsv", "1", "代码重复"),
        PackProblem("codes/b.tsv", "-", "前两列须为 code 和 name"),
        PackProblem("codes/c.tsv", "-", "前两列须为 code 和 name"),
        PackProblem("codes/a.tsv", "1", "没有上级代码 9"),
        PackProblem("codes/d.tsv", "parents", "没有名为 none 的代码表"),
    )
