"""The receipt: what was received, its files, what comes next, whom to call, and its proof."""

from dataclasses import replace
from datetime import datetime

import pytest

from juxian.papers.proof import read_content
from juxian.papers.receipt import receipt
from juxian.regulation.deadlines import BEIJING
from juxian.regulation.pack import Contact
from juxian.selectors.coming import Coming
from juxian.selectors.receipt import FileGiven, ReceiptInput
from tests.papers.samples import text_of, tight

DIGEST = "7f3a91c2d04e" + "ab" * 26
GIVEN = ReceiptInput(
    programme="2020年享受政府特殊津贴人员选拔",
    issuer="自治区人力资源和社会保障厅（示例）",
    form_title="专家情况登记表",
    cycle="2020年享受政府特殊津贴人员选拔",
    track="专业技术人才",
    name="阿依努尔·买买提",
    employer="喀什地区第一人民医院（示例）",
    number="XJ2020-A-00001",
    turn=2,
    digest=DIGEST,
    submitted_at=datetime(2020, 3, 16, 11, 2, 33, tzinfo=BEIJING),
    files=(
        FileGiven("居民身份证", "身份证正反面", 1, "ea597b3b6029"),
        FileGiven("获奖证书", "自治区科技进步奖", 3, "0123456789ab"),
    ),
    coming=(
        Coming(
            "所在单位审核", "喀什地区第一人民医院（示例）", datetime(2020, 4, 1, 20, tzinfo=BEIJING)
        ),
        Coming("按推荐指标上报", "喀什地区（示例）", datetime(2020, 5, 7, tzinfo=BEIJING)),
        Coming("形式审查", "专业技术人员管理处", None),
    ),
    contacts=(Contact("网上申报系统咨询", ("0991-3193615", "0991-3193501"), "R80"),),
    copies=3,
)


@pytest.fixture(scope="module")
def paper():
    return receipt(GIVEN)


@pytest.mark.clause("R62")
def test_it_says_what_was_received_and_when_to_the_second(paper):
    text = tight(text_of(paper))

    for told in (
        *("XJ2020-A-00001", "阿依努尔·买买提", "第2次", "喀什地区第一人民医院（示例）"),
        "2020-03-1611:02:33（北京时间）",
        DIGEST,
    ):
        assert told in text


def test_it_lists_the_files_with_their_pages_and_check_codes(paper):
    text = tight(text_of(paper))

    assert "共2份、4页" in text
    for told in ("身份证正反面", "ea597b3b6029", "自治区科技进步奖", "0123456789ab"):
        assert told in text


def test_it_says_what_comes_next_and_by_when_and_whom_to_call(paper):
    text = tight(text_of(paper))

    for told in ("2020年4月1日20:00", "2020年5月6日24:00", "形式审查", "0991-3193501", "一式3份"):
        assert told in text


def test_its_code_names_the_turn_and_the_digest(paper):
    (mark,) = read_content(paper)[0].marks

    assert (mark.number, mark.turn, mark.digest) == ("XJ2020-A-00001-H", 2, "7f3a91c2d04e")


def test_of_an_earlier_turn_it_tells_no_steps():
    text = tight(text_of(receipt(replace(GIVEN, turn=1, coming=()))))

    assert "接下来" not in text
    assert "三、说明" in text


def test_the_same_receipt_is_the_same_to_the_byte(paper):
    assert receipt(GIVEN) == paper
