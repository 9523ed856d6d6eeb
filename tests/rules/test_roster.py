"""An employer's roster: which lines are taken, and what a line gives to a form."""

from pathlib import Path

from juxian.regulation.pack_reading import load
from juxian.regulation.pasting import AT_ONCE
from juxian.regulation.portfolio import plan
from juxian.regulation.roster import kept_of, read_people, told_of, words_of

HEADS = ("姓名", "身份证号码", "部门", "行政职务", "从事专业")
ID = "653100197105080029"
OTHER = "653100197105080010"
PACK = load(Path(__file__).parents[2] / "packs" / "2020-special-allowance")


def person(name="阿依努尔·买买提", number=ID, department="心内科"):
    return (name, number, department, "主任", "心血管内科")


def faults(people):
    return [(line.number, *fault) for line in people.rejected for fault in line.faults]


def test_sound_lines_are_taken_and_the_others_say_why():
    people = read_people(
        (HEADS, person(), ("李华", "123", "", "", ""), ("", OTHER, "", "", ""), person("同一人"))
    )

    assert [line.number for line in people.sound] == [2]
    assert [(number, label) for number, label, _why in faults(people)] == [
        (3, "身份证号码"),
        (4, "姓名"),
        (5, "身份证号码"),
    ]
    assert faults(people)[2][2] == "与第2行相同。"


def test_long_rosters_are_read_to_their_end_with_their_own_line_numbers():
    lines = [("李华", "1", "", "", "")] * (2 * AT_ONCE + 3)

    people = read_people((HEADS, *lines))

    assert [line.number for line in people.lines] == list(range(2, len(lines) + 2))


def test_the_number_is_not_kept():
    (line,) = read_people((HEADS, person())).sound

    assert kept_of(line) == {
        "department": "心内科",
        "post": "主任",
        "speciality": "心血管内科",
    }
    assert words_of(kept_of(line)) == [
        ("部门", "心内科"),
        ("行政职务", "主任"),
        ("从事专业", "心血管内科"),
    ]


def test_a_line_fills_what_the_form_asks_of_it():
    told = told_of({"department": "心内科", "post": "主任"}, name="李华", employer="某医院")

    parts = plan(PACK, PACK.form.for_track("professional"), {}, told)

    assert {part.section.code: part.values for part in parts} == {
        "basic": {"name": "李华"},
        "post": {"employer": "某医院", "department": "心内科", "administrative_post": "主任"},
    }
