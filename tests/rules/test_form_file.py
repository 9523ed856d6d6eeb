"""Reading a form file: strict, and every fault named by its place."""

import tomllib
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from juxian.regulation.codes import CodeLists
from juxian.regulation.fields import (
    Choice,
    Field,
    FieldKind,
    Form,
    FormError,
    Section,
    Tally,
    load_form,
    read_form,
)
from juxian.regulation.problems import PackProblem, reason_of
from tests.rules.form_tables import (
    CODES,
    FOLDER,
    FORM,
    picked,
    reasons,
    table,
    text,
)


def test_a_small_form_is_read_as_written():
    form, problems = read_form(
        table(
            text(required=True),
            {
                "code": "rows",
                "kind": "rows",
                "label": "表",
                "column": [{"code": "best", "kind": "boolean", "label": "最好"}],
            },
            tally=[{"column": "best", "label": "最好", "minimum": 1}],
        ),
        file="fields.toml",
        codes=CODES,
    )
    assert problems == []
    assert form == Form(
        sections=(
            Section(
                "one",
                "一",
                "第一部分",
                "R60",
                fields=(
                    Field("name", FieldKind.TEXT, "名称", limit=10, required=True),
                    Field(
                        "rows",
                        FieldKind.ROWS,
                        "表",
                        columns=(Field("best", FieldKind.BOOLEAN, "最好"),),
                    ),
                ),
                tallies=(Tally("best", "最好", 1, 1),),
            ),
        ),
        tracks=("a", "b"),
        codes=CODES,
    )


def test_every_fault_of_shape_is_named_by_its_place():
    whole = table(
        text(kind="txt", required="yes", oops=1),
        {"code": "c", "kind": "choice", "label": "选", "choice": [{"value": "x"}]},
        number=1,
    )
    whole["section"].append("two")
    kinds = "、".join(f"'{kind}'" for kind in FieldKind)
    assert reasons(whole) == [
        ("section[one].number", "应为文字"),
        ("section[one].field[name].kind", f"不是允许的取值，只能是 {kinds}"),
        ("section[one].field[name].required", "应为 true 或 false"),
        ("section[one].field[name].oops", "没有这一项，请检查拼写"),
        ("section[one].field[c].choice[x].label", "缺少这一项"),
        ("section[2]", "应为一组键值"),
    ]


def test_a_fault_that_has_no_words_is_named_by_its_type():
    assert reason_of({"type": "too_long"}) == "取值不正确（too_long）"


def test_what_is_no_list_is_refused():
    assert reasons({**table(text(choice="x")), "tracks": 2}) == [
        ("tracks", "应为列表"),
        ("section[one].field[name].choice", "应为列表"),
    ]


@pytest.mark.parametrize(
    ("whole", "fault"),
    [
        ({"tracks": [], "section": []}, ("section", "至少须有一个部分")),
        (table(), ("section[one].field", "至少须有一项")),
        (table(text(), title=""), ("section[one].title", "不能为空")),
        (table(text(), clause=""), ("section[one].clause", "不能为空")),
        (
            table(text(), code="One"),
            ("section[One].code", "代码只能用小写字母、数字和下划线，字母开头"),
        ),
        (table(text(), text()), ("section[one].field[name]", "代码重复")),
        (table(text(), tracks=["c"]), ("section[one].tracks", "没有名为 c 的类别")),
        (
            table(text(), tally=[{"column": "best", "label": "最好"}]),
            ("section[one].tally[best]", "表格中没有这个“是否”列"),
        ),
    ],
)
def test_a_section_that_cannot_be_asked_is_refused(whole: dict[str, Any], fault: tuple[str, str]):
    assert reasons(whole) == [fault]


ROWS = {"code": "rows", "kind": "rows", "label": "表"}
TICK = {"code": "best", "kind": "boolean", "label": "最好"}
PICK = {"code": "pick", "kind": "choice", "label": "选"}
AB = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}]


@pytest.mark.parametrize(
    ("fields", "place", "reason"),
    [
        ([text("id")], "[id].code", "代码只能用小写字母、数字和下划线，字母开头，且不能是 id"),
        *(
            ([text(code)], f"[{code}].code", f"代码不能是 {code}，填写页面用它传送别的内容")
            for code in ("at", "base", "go", "held", "inline", "row", "version")
        ),
        (
            [{**ROWS, "column": [text("version")]}],
            "[rows].column[version].code",
            "代码不能是 version，填写页面用它传送别的内容",
        ),
        ([text(label="")], "[name].label", "不能为空"),
        ([text(tracks=["c"])], "[name].tracks", "没有名为 c 的类别"),
        ([text(affirm=True)], "[name].affirm", "text 不能有这一项"),
        ([{**TICK, "limit": 5}], "[best].limit", "boolean 不能有这一项"),
        ([text(limit=0)], "[name].limit", "须写明字数上限，且至少为1"),
        (
            [{**ROWS, "column": [TICK], "rows_min": 30}],
            "[rows].rows_min",
            "最少行数不能大于最多行数",
        ),
        (
            [{"code": "day", "kind": "date", "label": "日", "maximum": "2015-3-1"}],
            "[day].maximum",
            "写法须与答案相同，如 2015-03-01、2015-03、12.5",
        ),
        (
            [{"code": "n", "kind": "integer", "label": "数", "minimum": "1"}],
            "[n].minimum",
            "应为整数",
        ),
        ([PICK], "[pick].choice", "须写明选项或代码表，只写一样"),
        (
            [{**PICK, "choice": AB, "code_list": "colours"}],
            "[pick].choice",
            "须写明选项或代码表，只写一样",
        ),
        ([{**PICK, "choice": [*AB, AB[0]]}], "[pick].choice[a]", "代码重复"),
        (
            [{**PICK, "choice": [{**AB[0], "tracks": ["c"]}]}],
            "[pick].choice[a].tracks",
            "没有名为 c 的类别",
        ),
        ([picked(code_list="sizes")], "[colour].code_list", "没有名为 sizes 的代码表"),
        (
            [picked(code_levels=["two"])],
            "[colour].code_levels",
            "代码表 colours 没有 two 这一级",
        ),
        ([ROWS], "[rows].column", "表格至少须有一列"),
        ([{**ROWS, "column": [TICK, TICK]}], "[rows].column[best]", "代码重复"),
        (
            [{**ROWS, "column": [{**ROWS, "column": [TICK]}]}],
            "[rows].column[rows].kind",
            "表格中不能有 rows",
        ),
        (
            [{**ROWS, "column": [TICK], "one_row_each": ["none"]}],
            "[rows].one_row_each",
            "旁边没有 none 这一项",
        ),
        (
            [text(), text("b", shown_when={"field": "name"})],
            "[b].shown_when",
            "equals、one_of、filled 须写且只写一样",
        ),
        (
            [text(required_when={"field": "b", "filled": True}), text("b")],
            "[name].required_when",
            "前面没有 b 这一项",
        ),
        (
            [text(shown_when={"field": "two.b", "filled": True})],
            "[name].shown_when",
            "前面没有 two.b 这一项",
        ),
        (
            [{**PICK, "choice": [{**AB[0], "parent": "x"}], "within": "none"}],
            "[pick].within",
            "前面没有 none 这一项",
        ),
        (
            [text(), {**PICK, "choice": AB, "within": "name"}],
            "[pick].choice",
            "有 within 时，每个选项须写明 parent",
        ),
        ([text(same_as="basic.name")], "[name].same_as", "前面没有 basic.name 这一项"),
        (
            [text(follows="none.mood")],
            "[name].follows",
            "旁边没有 none 这一项，或它也随别的项填写",
        ),
        (
            [{"code": "no", "kind": "resident_id", "label": "号"}, text(follows="no.age")],
            "[name].follows",
            "身份证号码中没有 age",
        ),
        ([text("b"), text(follows="b.mood")], "[name].follows", "b 不是代码表中的一项"),
        (
            [{"code": "long", "kind": "long_text", "label": "长", "limit": 9, "lists": "one.x"}],
            "[long].lists",
            "前面没有 one.x 这一项",
        ),
        ([text(suggests="colors")], "[name].suggests", "没有名为 colors 的代码表"),
        ([picked(suggests="colours")], "[colour].suggests", "code 不能有这一项"),
        (
            [text("b"), text(begins_as="b.mood")],
            "[name].begins_as",
            "旁边没有 b 这一项，或它没有代码表",
        ),
        (
            [text("b", suggests="colours"), text(begins_as="b.size")],
            "[name].begins_as",
            "代码表 colours 没有 size 这一列",
        ),
        (
            [{"code": "no", "kind": "integer", "label": "名次", "out_of": "all"}],
            "[no].out_of",
            "旁边没有 all 这一项，或它不是整数",
        ),
        (
            [picked(), text(follows="colour.size")],
            "[name].follows",
            "代码表 colours 没有 size 这一列",
        ),
    ],
)
def test_a_field_that_cannot_be_asked_is_refused(
    fields: list[dict[str, Any]], place: str, reason: str
):
    assert reasons(table(*fields)) == [(f"section[one].field{place}", reason)]


def test_a_tally_counts_upwards():
    rows = {**ROWS, "column": [TICK]}
    tally = {"column": "best", "label": "最好", "minimum": 2, "maximum": 1}
    assert reasons(table(rows, tally=[tally])) == [("section[one].tally[best]", "最少不能大于最多")]


def test_a_column_is_checked_as_a_field_is():
    rows = {**ROWS, "column": [text("a", shown_when={"field": "b", "filled": True}), text("b")]}
    assert reasons(table(rows)) == [
        ("section[one].field[rows].column[a].shown_when", "前面没有 b 这一项")
    ]


def grouped(*groups: str) -> dict[str, Any]:
    return table(*(text(f"f{place}", group=group) for place, group in enumerate(groups)))


@pytest.mark.parametrize(
    ("whole", "faults"),
    [
        (grouped("甲", "甲", "乙"), []),
        (grouped("甲", "乙", "甲"), [("section[one].group[甲]", "代码重复")]),
        (grouped("甲", ""), [("section[one].group", "各项须都写明分组，或者都不写")]),
        (
            table({**ROWS, "column": [text(group="甲")]}),
            [("section[one].field[rows].group", "表格和表格的列不能有分组")],
        ),
    ],
)
def test_questions_of_a_group_stand_together(whole: dict[str, Any], faults: list[tuple[str, str]]):
    assert reasons(whole) == faults


def test_no_page_of_the_pack_asks_more_than_fifteen_questions_under_one_heading():
    runs = [
        (section.code, group, len(list(run)))
        for section in FORM.sections
        for group, run in groupby(section.fields, key=lambda asked: asked.group)
    ]
    assert [run for run in runs if run[2] > 15] == []


def test_repeated_sections_are_refused():
    whole = table(text())
    whole["section"] *= 2
    assert reasons(whole) == [("section[one]", "代码重复")]


def test_what_follows_a_known_code_or_id_is_sound():
    whole = table(
        picked(),
        text("mood", follows="colour.mood"),
        text("first", suggests="colours"),
        text("then", begins_as="first.mood"),
        {"code": "no", "kind": "resident_id", "label": "号"},
        {"code": "born", "kind": "date", "label": "出生", "follows": "no.birth_date"},
        {**PICK, "choice": [{**AB[0], "parent": "11"}], "within": "colour"},
        text("again", same_as="one.mood"),
    )
    assert reasons(whole) == []


def test_problems_of_the_code_lists_are_the_forms_problems():
    codes = CodeLists({}, (PackProblem("codes", "-", "没有任何代码表"),))
    form, problems = read_form(table(text()), file="fields.toml", codes=codes)
    assert form is not None
    assert problems == list(codes.problems)


def test_a_form_that_is_not_sound_is_not_loaded(tmp_path: Path):
    (tmp_path / "codes").mkdir()
    for name, whole in (("shapeless", "oops = 1"), ("unsound", 'tracks = ["a"]\nsection = []')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "fields.toml").write_text(whole, encoding="utf-8")

    with pytest.raises(FormError) as shapeless:
        load_form(tmp_path / "shapeless")
    with pytest.raises(FormError) as unsound:
        load_form(tmp_path / "unsound")

    assert [problem.key for problem in shapeless.value.problems] == [
        "-",
        "tracks",
        "section",
        "oops",
    ]
    assert str(unsound.value) == "codes：-：没有任何代码表\nfields.toml：section：至少须有一个部分"


def test_the_file_of_the_pack_is_plain_toml():
    whole = tomllib.loads((FOLDER / "fields.toml").read_text(encoding="utf-8"))
    assert list(whole) == ["tracks", "section"]
    assert Choice("china", "中国") in FORM.section("basic").field("nationality").choices


@pytest.mark.parametrize(
    ("asked", "place", "reason"),
    [
        (text(fact="name"), "[name].fact", "写法须如 person.mobile"),
        (
            {"code": "ok", "kind": "boolean", "label": "同意", "affirm": True, "fact": "a.b"},
            "[ok].fact",
            "照片、声明和签名每次都须重新办理，不能有这一项",
        ),
        ({**ROWS, "column": [text("a", fact="b")]}, "[rows].fact", "列有 fact 的，表格也须写明"),
        (
            {**ROWS, "fact": "paper", "column": [text("a", fact="b"), text("b")]},
            "[rows].column.fact[b]",
            "代码重复",
        ),
        (
            {**ROWS, "fact": "paper", "column": [text("a", fact="A b")]},
            "[rows].column[a].fact",
            "只能用小写字母、数字和下划线",
        ),
    ],
)
def test_a_fact_that_cannot_be_carried_is_refused(asked: dict[str, Any], place: str, reason: str):
    assert reasons(table(asked)) == [(f"section[one].field{place}", reason)]


def test_a_kind_of_entry_is_one_of_the_known():
    ((place, reason),) = reasons(table({**ROWS, "fact": "poem", "column": [text()]}))
    assert place == "section[one].field[rows].fact"
    assert reason.startswith("没有 poem 这一种，可用：degree、title、honour")


def test_two_single_fields_do_not_bear_one_fact():
    assert reasons(table(text("a", fact="x.y"), text("b", fact="x.y"))) == [
        ("fact[x.y]", "代码重复")
    ]
