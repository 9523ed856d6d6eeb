"""Packs whose files are missing, unreadable, at odds with each other, or wrong in many places."""

import pytest

from juxian.regulation.check_arguments import values_of
from juxian.regulation.pack_reading import PackError, load
from juxian.regulation.problems import reason_of
from tests.rules.sample_packs import PACKS, copy_to, faults, spoil

CALL, FIELDS, CLAUSES = "call.toml", "fields.toml", "clauses.toml"
NO_TAKER = "没有哪一项取用它的值；只作说明的，请改写为 [[advice]]"
FILES = (CALL, FIELDS, CLAUSES)


@pytest.fixture
def folder(tmp_path):
    return copy_to(tmp_path)


def test_the_packs_of_the_house_are_sound():
    assert {path.name: faults(path) for path in PACKS.glob("20*") if path.is_dir()} == {
        "2020-special-allowance": [],
        "2026-pioneers": [],
    }


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(folder, file):
    (folder / file).unlink()

    assert faults(folder) == [(file, "-", "缺少这个文件")]


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_toml_is_named_with_the_place(folder, file):
    (folder / file).write_text("[[step\n", encoding="utf-8")
    ((where, key, reason),) = faults(folder)

    assert (where, key) == (file, "-")
    assert reason.startswith("不是有效的 TOML：")
    assert "line 1" in reason


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_text_is_named(folder, file):
    (folder / file).write_bytes(b"\xff\xfe")

    assert [(where, key) for where, key, _reason in faults(folder)] == [(file, "-")]


def test_an_empty_call_lacks_everything_it_must_have(folder):
    (folder / CALL).write_text("", encoding="utf-8")
    must = ("programme", "core", "window", "procedure", "track", "channel", "step")

    assert faults(folder) == [(CALL, key, "缺少这一项") for key in must]


def test_a_value_by_a_setting_that_is_not_there_is_one_fault(folder):
    spoil(folder, CALL, 'opens = "@opens"', 'opens = "@begins"')

    assert faults(folder) == [(CALL, "window.opens", "没有名为 begins 的设置项")]


def test_a_value_inside_a_list_is_named_by_the_entry_it_stands_in(folder):
    spoil(folder, CALL, 'values = ["china"]', 'values = ["china", "@others"]')

    assert faults(folder) == [
        (CALL, "condition[nationality].given.values[2]", "没有名为 others 的设置项"),
    ]


@pytest.mark.parametrize("settings", ['setting = "none"\n', "setting = [1]\n"])
def test_settings_that_are_no_list_of_entries_are_refused(folder, settings):
    text = (folder / CALL).read_text(encoding="utf-8")
    bare = text[: text.index("\n[[setting]]")]
    (folder / CALL).write_text(settings + bare, encoding="utf-8")
    found = faults(folder)

    assert (CALL, "window.opens", "没有名为 opens 的设置项") in found
    assert [reason for _file, key, reason in found if key in ("setting", "setting[1]")] == [
        "应为列表" if "none" in settings else "应为一组键值"
    ]


def test_a_call_without_steps_is_refused(folder):
    text = (folder / CALL).read_text(encoding="utf-8")
    first, last = text.index("[[step]]"), text.index("# 表决")
    (folder / CALL).write_text("step = []\n" + text[:first] + text[last:], encoding="utf-8")

    of_steps = ("publicity_days", "count_first_day", "opinion_valid_months", "reason_limit")
    assert faults(folder) == [
        *((CALL, f"setting[{code}].value", NO_TAKER) for code in of_steps),
        (CALL, "step", "至少须有一个环节"),
    ]


def test_a_ballot_and_a_setting_that_come_twice_are_refused(folder):
    spoil(folder, CALL, 'code = "panel"\n', 'code = "peer"\n')
    again = 'code = "reserve"\ntitle = "备选人数"\nvalue = 3\nsays = "3名。"\nclause = "R52"\n'
    spoil(folder, CALL, "[[setting]]\n", f"[[setting]]\n{again}\n[[setting]]\n")

    assert faults(folder) == [
        (CALL, "ballot[peer]", "代码重复"),
        (CALL, "setting[reserve]", "代码重复"),
    ]


def test_an_exclusion_that_does_not_bar_is_no_exclusion(folder):
    spoil(
        folder, CALL, 'given = { field = "honours.recipient" }',
        'given = { field = "honours.recipient" }\nseverity = "hint"\nmark = "已享受"',
    )  # fmt: skip

    assert faults(folder) == [
        (CALL, "exclusion[recipient].severity", "不在选拔范围的情形只能是 hard"),
        (CALL, "exclusion[recipient].mark", "只有 soft 的条件有标记"),
    ]


def test_a_channel_with_nothing_but_filling_leads_nowhere(folder):
    text = (folder / CALL).read_text(encoding="utf-8")
    steps, rest = text.split("# 表决")
    head, fill, *others = steps.split("[[step]]")
    others = [step.replace("clause =", 'channels = ["department"]\nclause =') for step in others]
    (folder / CALL).write_text("[[step]]".join([head, fill, *others]) + "# 表决" + rest, "utf-8")

    assert faults(folder) == [
        fault
        for code in ("nonpublic", "prefecture", "enterprise_school")
        for fault in (
            (CALL, f"channel[{code}]", "这个渠道除填报外没有任何环节，申报无处可去"),
            (CALL, f"channel[{code}]", "设了名额，但这个渠道没有推荐上报环节"),
        )
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        (
            FIELDS,
            'clause = "R13 R11"',
            'clause = "R13 R111"',
            (
                "section[basic].field[resident_id].clause",
                "clauses.toml 中没有条款 R111",
            ),
        ),
        (
            FIELDS,
            'title = "基本信息"\n',
            'title = "基本信息"\ncolour = "red"\n',
            ("section[basic].colour", "没有这一项，请检查拼写"),
        ),
        (
            CLAUSES,
            'nature = "hard"',
            'nature = "firm"',
            (
                "clause[R2].nature",
                ("不是允许的取值，只能是 'hard'、'soft'、'procedure'、'document'、'information'"),
            ),
        ),
        (CLAUSES, 'id = "R14e"', 'id = "R14d"', ("clause[R14d]", "代码重复")),
        (
            CLAUSES,
            'by_code = ["closing"]',
            'by_code = ["shutting"]',
            ("clause[R73].by_code", "程序没有名为 shutting 的机制"),
        ),
        (
            CLAUSES,
            'shown = "办事指南和邮寄标签"',
            'shown = ""',
            ("clause[R76].shown", "告知性条款须写明在哪里显示"),
        ),
    ],
)
def test_one_wrong_line_in_the_other_files_is_found(folder, file, old, new, found):
    spoil(folder, file, old, new)

    assert (file, *found) in faults(folder)


def test_a_form_for_other_tracks_than_the_call_is_refused(folder):
    spoil(folder, FIELDS, '"skilled"]', '"skilled", "foreigner"]')

    assert faults(folder) == [(FIELDS, "tracks", "登记表的类别须与 call.toml 的类别一致")]


def test_every_fault_of_every_file_is_said_at_once(folder):
    spoil(folder, CALL, 'issuer = "', 'isuer = "')
    spoil(folder, CLAUSES, 'nature = "hard"', 'nature = "firm"')
    spoil(folder, FIELDS, 'kind = "photo"', 'kind = "picture"')

    assert [(file, key) for file, key, _reason in faults(folder)] == [
        (CALL, "programme.issuer"),
        (CALL, "programme.isuer"),
        (CLAUSES, "clause[R2].nature"),
        (FIELDS, "section[basic].field[photo].kind"),
    ]


def test_a_broken_pack_cannot_be_loaded_and_says_why_line_by_line(folder):
    spoil(folder, CALL, 'issuer = "', 'isuer = "')

    with pytest.raises(PackError) as refusal:
        load(folder)

    assert str(refusal.value).splitlines() == [
        "call.toml：programme.issuer：缺少这一项",
        "call.toml：programme.isuer：没有这一项，请检查拼写",
    ]
    assert len(refusal.value.problems) == 2


def test_a_pack_with_faults_between_its_parts_cannot_be_loaded_either(folder):
    spoil(folder, CALL, 'letter = "B"', 'letter = "A"')

    with pytest.raises(PackError, match="代码重复"):
        load(folder)


@pytest.mark.parametrize("place", ["basic.name", "employer.region", "assessment.years.note"])
def test_answers_that_are_not_picked_from_a_list_may_have_any_value(place):
    form = load(PACKS / "2020-special-allowance").form

    assert list(values_of("key", place, ["whatever"], form)) == []


def test_a_reason_without_words_of_its_own_is_named():
    assert reason_of({"type": "too_long"}) == "取值不正确（too_long）"
