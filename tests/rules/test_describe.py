"""A pack in words: what the page says, and that the pages on file say it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from juxian.regulation.calendar import WorkingCalendar, load_calendar
from juxian.regulation.describe import describe
from juxian.regulation.form import When
from juxian.regulation.markdown import table
from juxian.regulation.pack_reading import load
from juxian.regulation.procedure import Step
from juxian.regulation.vocabulary import close_in_words, moment_in_words, value_in_words
from juxian.regulation.words import Kind, ReturnTo

ROOT = Path(__file__).parents[2]
CALENDAR = load_calendar(ROOT / "packs" / "calendar")
PACK = load(ROOT / "packs" / "2020-special-allowance")
PIONEERS = load(ROOT / "packs" / "2026-pioneers")
PAGE = describe(PACK, CALENDAR).splitlines()


def row(page, first):
    """The cells of the one table row that begins with this cell."""
    (found,) = [line for line in page if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in found.strip("|").split("|")]


@pytest.mark.parametrize("pack", [PACK, PIONEERS], ids=lambda pack: pack.code)
def test_the_page_on_file_says_what_the_pack_says(pack):
    page = (ROOT / "docs" / "regulation" / f"{pack.code}.md").read_text(encoding="utf-8")

    assert page == describe(pack, CALENDAR)


def test_the_page_has_its_parts_in_order():
    assert [line for line in PAGE if line.startswith(("# ", "## "))] == [
        "# 2020年享受政府特殊津贴人员选拔",
        "## 1 概况",
        "## 2 渠道和程序",
        "## 3 谁可以申报",
        "## 4 名额",
        "## 5 表决",
        "## 6 材料、纸件和报告",
        "## 7 通知没有写明、本次这样办理的",
        "## 8 办事指南中的说明",
        "## 9 条款",
    ]


def test_the_ladder_is_told_step_by_step_with_its_computed_deadlines():
    assert row(PAGE, 4) == [
        "4",
        "单位内部公示",
        "公示",
        "用人单位经办",
        "公示不少于5个工作日（含发布当日）；申报人可以撤回",
        "2020年4月16日20:00",
        "R45",
    ]
    assert row(PAGE, 9)[5] == "2020年5月6日23:59"
    assert row(PAGE, 12)[4] == "同意票达到到会人数的2/3；无记名表决"


def test_the_page_says_how_many_steps_an_office_that_nominates_its_own_people_has():
    (said,) = [line for line in PAGE if line.startswith("共15个环节")]

    assert said == (
        "共15个环节；推荐单位就是用人单位的，13个环节。内部时限供各环节安排，不影响受理。"
    )


def test_seats_are_added_up_as_far_as_the_pack_says_how_many_offices_there_are():
    assert "- 专业技术人才：4×4＋10×3＝46名，其余按机构名录" in PAGE
    assert "- 疫情防控一线卫生专业技术人才：1×5＝5名" in PAGE
    assert row(PAGE, "区属企业、技工院校高技能人才")[3:7] == ["2", "按机构名录", "—", "1"]
    assert row(PAGE, "“百千万人才工程”国家级人选（不占指标）")[3] == "不限"


def test_exceptions_are_told_by_their_options():
    said = row(PAGE, "党、政、军、群机关工作人员不在选拔范围，两院院士除外")

    assert said[2] == "院士：科学院院士、工程院院士、两院院士"
    assert row(PAGE, "担任副省（部）级及以上领导职务的人员，不在选拔范围")[2] == "无"


def test_a_clause_is_told_with_where_it_is_carried_out():
    assert row(PAGE, "R43") == [
        "R43",
        "通知四（一）",
        "经所在单位同意后推荐",
        "程序",
        "环节“所在单位审核”；审核要点“本人自愿申报，本单位同意推荐”",
    ]
    assert row(PAGE, "R78")[4].startswith("程序：国家下达的名额随时录入")
    assert row(PAGE, "R57")[4].endswith("；程序：提交即冻结，纸件与电子数据同一校验值")


def test_the_diagram_names_every_step_and_groups_them_by_office():
    start = PAGE.index("```mermaid")
    diagram = PAGE[start : PAGE.index("```", start)]

    assert [line.strip() for line in diagram if "subgraph" in line] == [
        'subgraph gs1["申报人"]',
        'subgraph gs2["用人单位"]',
        'subgraph gs5["推荐单位"]',
        'subgraph gs10["主办单位"]',
    ]
    assert sum(line.strip() == "end" for line in diagram) == 4
    assert all(any(f'["{s.title}"]' in line for line in diagram) for s in PACK.procedure.steps)


def test_channels_with_ladders_of_their_own_are_told_apart():
    steps = tuple(
        replace(step, channels=("department",)) if step.code == "peer_review" else step
        for step in PACK.procedure.steps
    )
    pack = replace(PACK, procedure=replace(PACK.procedure, steps=steps))
    page = describe(pack, CALENDAR).splitlines()

    others, department = [line for line in page if line.startswith("### ")][:2]

    assert others.endswith("；地、州、市；自治区区属企业、技工院校")
    assert department == "### 自治区区直部门（单位）"


def test_four_eyes_and_returns_step_by_step_are_told():
    step = Step(
        "second", Kind.VERIFY, "复核", "R63", four_eyes=True, returns_to=ReturnTo.BELOW
    )  # fmt: skip
    procedure = replace(PACK.procedure, steps=(*PACK.procedure.steps, step))
    page = describe(replace(PACK, procedure=procedure), CALENDAR).splitlines()

    assert row(page, 16)[4] == "逐级退回，不直接退回申报人；须由另一人办理"


def test_deadlines_of_a_year_without_holidays_on_file_are_said_to_be_unknown():
    nothing_known = WorkingCalendar(frozenset(), frozenset(), frozenset())

    page = describe(PACK, nothing_known).splitlines()

    assert row(page, 9)[5] == "2020年节假日安排尚未载入"


def test_a_material_says_how_many_files_it_takes():
    most = {line.split(" | ")[0]: line.split(" | ")[3] for line in PAGE if line.count(" | ") == 5}

    assert most["| 居民身份证"] == "2个文件"
    assert most["| 其他证明材料"] == "不限"


def test_a_material_says_which_answers_make_it_due():
    due = {line.split(" | ")[0]: line.split(" | ")[2] for line in PAGE if line.count(" | ") == 5}

    assert due["| 居民身份证"] == "是"
    assert due["| 其他证明材料"] == "否"
    assert due["| 保密审查证明"] == "“涉密情况”为原涉密材料已作脱密处理时"
    filled = replace(PACK.material("other"), required_when=(When("post.rank", filled=True),))
    page = describe(replace(PACK, materials=(filled,)), CALENDAR)
    assert "| 其他证明材料 | 各类 | “职务级别”为已填写时 | 不限 |" in page


def test_a_pack_without_seats_or_reports_says_so_or_nothing():
    page = describe(PIONEERS, CALENDAR).splitlines()

    assert page[page.index("## 4 名额") + 2] == "无。"
    assert not any(line.startswith("| 报告 |") for line in page)
    assert "公示不少于7个自然日（含发布当日）" in row(page, 4)[4]


def test_a_publicity_that_begins_the_day_after_and_a_majority_are_told():
    steps = tuple(
        replace(step, publicity=replace(step.publicity, count_first_day=False))
        if step.publicity
        else step
        for step in PIONEERS.procedure.steps
    )
    pack = replace(
        PIONEERS,
        procedure=replace(PIONEERS.procedure, steps=steps),
        ballots={"jury": replace(PIONEERS.ballots["jury"], comparator="more_than", scoring=None)},
    )
    page = describe(pack, CALENDAR).splitlines()

    assert row(page, 4)[4] == "公示不少于7个自然日（自次日起算）"
    assert row(page, 3)[4] == "同意票超过应到人数的1/2"


def test_a_region_that_the_code_list_lacks_is_told_by_its_digits():
    rule = PACK.seat_rule("skilled")
    grant = replace(rule.grants[0], regions=("9999",))
    bucket = replace(rule.bucket, title="某指标")
    pack = replace(PACK, seats=(replace(rule, bucket=bucket, grants=(grant,)),))

    assert row(describe(pack, CALENDAR).splitlines(), "某指标")[2] == "地（州、市）：9999"


def test_a_table_keeps_its_cells_apart_whatever_they_hold():
    assert list(table(("甲", "乙"), [("a|b", "c\nd")])) == [
        "| 甲 | 乙 |",
        "|---|---|",
        "| a\\|b | c d |",
        "",
    ]


def test_a_table_without_rows_says_so_unless_it_is_to_say_nothing():
    assert list(table(("甲",), [])) == ["无。", ""]
    assert list(table(("甲",), [], otherwise="")) == []


MIDNIGHT = datetime(2020, 5, 6, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "是"),
        (False, "否"),
        (date(2015, 1, 1), "2015年1月1日"),
        (time(20), "20:00"),
        (MIDNIGHT, "2020年5月6日24:00"),
        (datetime(2020, 5, 6, 1, 30, tzinfo=UTC), "2020年5月6日09:30"),
        (["a", True], "a、是"),
        ([], "无"),
        (3, "3"),
    ],
)
def test_values_are_told_in_words(value, said):
    assert value_in_words(value) == said


def test_midnight_ends_one_day_and_begins_another():
    assert close_in_words(MIDNIGHT) == "2020年5月6日24:00"
    assert moment_in_words(MIDNIGHT) == "2020年5月7日00:00"
