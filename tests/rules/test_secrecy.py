"""Marks of state secrets: every way they are written, and the words that only look like one."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from juxian.regulation.secrecy import Marking, marking_in

pytestmark = pytest.mark.clause("R58")

MARKS = {
    "绝密★长期": "star",
    "机密★10年": "star",
    "秘密★1年": "star",
    "秘密★6个月": "star",
    "机密★会议开始前": "star",
    "机密★2030年6月1日": "star",
    "机密★2030年6月": "star",
    "机密★": "star",
    "标题\n机密☆20年\n正文": "star",
    "秘密 ★ 十年": "star",
    "秘\n密\n★\n1\n0\n年": "star",
    "机 密 ★ 1 0 年": "star",
    "机密⭐5年": "star",
    "机密⭐️5年": "star",
    "机密✩5年": "star",
    "机密✭5年": "star",
    "机密*5年": "star",
    "机密＊５年": "star",
    "机密﹡５年": "star",
    "机密 * 长期": "star",
    "说明\n机密*\n正文": "star",
    "机密*会议开始前\n正文": "star",
    "機密★10年": "star",
    "絕密★長期": "star",
    "祕密★1年": "star",
    "机\u200b密\u200d★1年": "star",
    "机　密　★　１０　年": "star",
    "首页\f第二页\f附件：秘密★3年": "star",
    "文件号机密★10年": "star",
    "密级★保密期限为机密★10年": "star",
    "密级：机密": "level",
    "密级:秘密": "level",
    "密 级 ： 绝 密": "level",
    "密级：\n机密": "level",
    "一\n二\n三\n四\n五\n六\n密级：机密  编号：12": "level",
    "密级：机密。": "level",
    "机密": "heading",
    "机 密": "heading",
    "绝\n密": "heading",
    "000001\n机密\n特急": "heading",
    "某单位\n\n\n  秘　密  \n关于": "heading",
    "机密 10年": "heading",
    "机密×10年": "heading",
    "机密女10年": "heading",
    "机密10年": "heading",
    "秘密 长期": "heading",
    "【机密】": "heading",
    "（秘密）": "heading",
    "机密级": "heading",
    "绝密文件": "heading",
    "密级 秘密": "heading",
    "密 级\n机密\n1年": "heading",
    "  000001  机密": "heading",
    "\n\n\n\n\n\n\n机密\n": "heading",
}

WARNINGS = {
    "内部资料 注意保存": "internal",
    "内部资料，注意保存": "internal",
    "内部资料\n注意保存": "internal",
    "内 部 资 料  注 意 保 存": "internal",
    "内部文件，不得外传": "internal",
    "内部 不得外传": "internal",
    "核心商密★10年": "commercial",
    "普通商密": "commercial",
    "商业秘密★3年": "commercial",
    "本项目属涉密项目": "classified",
    "涉 密 人员": "classified",
    "承担军品研制任务": "military",
    "获国防专利2项": "military",
    "武器装备科研生产": "military",
    "型号代号：甲": "military",
}

INNOCENT = [
    "",
    "系统的机密性、完整性和可用性",
    "保密",
    "保密承诺书",
    "采用秘密投票的方式",
    "无记名投票，即秘密投票。",
    "国家秘密的范围",
    "侵犯商业秘密纠纷",
    "基于商业秘密*的研究",
    "国家秘密*是指\n",
    "绝密档案馆的一天",
    "手机\n密码 ★ 常用",
    "飞机 密封★★★ 技术",
    "密级★保密期限",
    "密级：",
    "密级：公开",
    "密级：□公开 □秘密 □机密",
    "密级：秘密□ 机密□ 绝密□",
    "密级：绝密/机密/秘密",
    "密级：机密、秘密或公开",
    "密级：机密性要求",
    "一\n二\n三\n四\n五\n机密",
    "第一页\f机密",
    "机密信息的处理",
    "秘密花园 10年纪念",
    "★机密性",
    "三星级★★★酒店 机 密",
    "本材料不涉密",
    "未涉密",
    "不含涉密内容",
    "不属于涉密项目",
    "严禁上传涉密材料",
    "冠军品牌",
    "将军品格",
    "内部资料性出版物准印证",
    "内部控制，注意保存原件",
    "计算机密集型运算",
    "有机密封胶*10年质保",
]


@pytest.mark.parametrize(("text", "rule"), MARKS.items())
def test_a_mark_keeps_a_file_out_however_it_is_written(text: str, rule: str) -> None:
    assert marking_in(text) == Marking(rule, keeps_out=True)


@pytest.mark.parametrize(("text", "rule"), WARNINGS.items())
def test_softer_words_only_warn(text: str, rule: str) -> None:
    assert marking_in(text) == Marking(rule, keeps_out=False)


@pytest.mark.parametrize("text", INNOCENT)
def test_words_that_only_speak_of_secrecy_are_no_mark(text: str) -> None:
    assert marking_in(text) is None


LEVELS = st.sampled_from(["绝密", "机密", "秘密", "機密", "絕密", "祕密"])
BLANKS = st.text(" \t\n　\u00a0\u200b", max_size=3)
STARS = st.sampled_from("★☆✩✭⭐✰✪⋆*＊﹡")
TERMS = st.one_of(
    st.just("长期"),
    st.builds("{}年".format, st.integers(1, 30)),
    st.builds("{}个月".format, st.integers(1, 11)),
    st.builds("{}年{}月{}日".format, st.integers(1990, 2060), st.integers(1, 12), st.just(1)),
)
FULL = str.maketrans({str(n): chr(0xFF10 + n) for n in range(10)})


@given(level=LEVELS, blanks=st.tuples(*[BLANKS] * 3), star=STARS, term=TERMS, full=st.booleans())
@example(level="机密", blanks=("", "", ""), star="★", term="10年", full=False)
def test_blanks_stars_and_widths_do_not_hide_a_mark(level, blanks, star, term, full):
    term = term.translate(FULL) if full else term
    said = f"{level[0]}{blanks[0]}{level[1]}{blanks[1]}{star}{blanks[2]}{term}"
    assert marking_in(f"前文，\n{said}\n后文。") == Marking("star", keeps_out=True)


@given(level=LEVELS, star=st.sampled_from("★☆✩⭐"), around=st.text(max_size=40))
def test_a_level_with_a_star_is_found_wherever_it_stands(level, star, around):
    prefix = around.rstrip("商业業 \t")
    found = marking_in(f"{prefix}。{level}{star}{around}")
    assert found == Marking("star", keeps_out=True)


@given(st.text(max_size=300))
def test_any_text_is_answered(text):
    found = marking_in(text)
    assert found is None or found.rule in {*MARKS.values(), *WARNINGS.values()}


@given(st.text(alphabet="机密性保承诺投票公开完整可用系统的，。\n ", max_size=200))
def test_without_a_star_and_outside_a_heading_a_level_is_no_mark(text):
    assert marking_in("一\n二\n三\n四\n五\n" + text) is None


MEGABYTE = 1_000_000
HOSTILE = {
    "levels": "机密",
    "first halves": "机",
    "blanks": "机 ",
    "blank lines": " \n",
    "blanks and feeds": "\f \n",
    "digits": "1",
    "spaced digits": "机密* 1 ",
    "stars": "★",
    "asterisks": "机密*",
    "terms": "密级：",
    "almost a line": "密 级 ： 机 密 / ",
    "almost a date": "机密*20 2",
    "almost an event": "机密*一二三四五六七八九十一二三四五六七八九十",
    "no": "不涉密",
    "internal": "内部资料，",
    "internal and blanks": "内 部 资 料        ",
    "business": "商业秘密★",
    "wide ligatures": "ﷺ",
    "combining marks": "\u0315\u0300",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_megabyte_of_hostile_text_takes_a_moment(text: str) -> None:
    for whole in (text * (MEGABYTE // len(text)), "机" + text[-1] * MEGABYTE):
        start = time.process_time()
        marking_in(whole)
        assert time.process_time() - start < 3
