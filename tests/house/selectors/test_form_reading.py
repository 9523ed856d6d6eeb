"""A submitted form in words, and what changed since the turn before."""

from copy import deepcopy

import pytest

from juxian.records.packs import pack_named
from juxian.selectors.form_reading import read
from tests.house.world import PACK
from tests.rules.sample_answers import professional_sample


@pytest.fixture
def form():
    return pack_named(PACK).form.for_track("professional")


def part_of(parts, code):
    return next(part for part in parts if part.code == code)


def line_of(parts, path):
    return next(line for line in part_of(parts, path.split(".")[0]).lines if line.path == path)


def test_answers_are_read_in_the_words_of_the_form(form):
    parts = read(form, professional_sample())

    assert line_of(parts, "basic.sex").text == "女"
    assert line_of(parts, "post.practising").text == "是"
    assert line_of(parts, "basic.birth_date").text == "1971-05-08"


def test_a_resident_id_is_masked(form):
    number = professional_sample()["basic"]["resident_id"]

    shown = line_of(read(form, professional_sample()), "basic.resident_id").text

    assert shown == f"{number[:4]}**********{number[-4:]}"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("10.1000/XYZ.12", "https://doi.org/10.1000/xyz.12"),
        ("https://doi.org/10.1000/a(b)<c", ""),
        ("doi：10.1000/a(b)", "https://doi.org/10.1000/a%28b%29"),
        ("10.1000/a?b=1#c", "https://doi.org/10.1000/a%3Fb%3D1%23c"),
        ("javascript:alert(1)//10.1000/a", ""),
        ("尚未分配", ""),
        ("", ""),
    ],
)
def test_a_doi_leads_to_what_it_names_and_nothing_else_leads_anywhere(form, said, address):
    answers = professional_sample()
    paper = answers["achievements"]["papers"][0]
    answers["achievements"]["papers"] = [{**paper, "doi": said, "title": "10.1000/XYZ.12"}]

    papers = part_of(read(form, answers), "achievements")
    (table,) = [one for one in papers.tables if one.path == "achievements.papers"]

    led = {cell.path.rpartition(".")[2]: cell.leads_to for cell in table.rows[0].cells}
    assert led.pop("doi") == address
    assert not any(led.values())


def test_an_open_end_reads_as_to_the_present(form):
    career = part_of(read(form, professional_sample()), "career").tables[0]

    assert [cell.text for cell in career.rows[-1].cells if cell.path.endswith("end")] == ["至今"]


def without_epidemic(answers):
    answers["post"]["epidemic"] = False
    return answers


def epidemic_lines(parts):
    lines = part_of(parts, "post").lines
    return {line.path: line.text for line in lines if line.path.startswith("post.epidemic_")}


def test_an_open_end_of_what_is_asked_reads_as_to_the_present(form):
    answers = professional_sample()
    answers["post"]["epidemic_to"] = ""

    assert epidemic_lines(read(form, answers))["post.epidemic_to"] == "至今"


def test_what_is_not_asked_is_not_read_whatever_had_been_answered(form):
    answers = without_epidemic(professional_sample())

    assert answers["post"]["epidemic_from"]
    assert epidemic_lines(read(form, answers)) == {}


def test_what_is_no_longer_asked_is_shown_as_gone_since_the_turn_before(form):
    after = without_epidemic(professional_sample())

    line = line_of(read(form, after, professional_sample()), "post.epidemic_from")

    assert (line.was, line.text) == (professional_sample()["post"]["epidemic_from"], "")


def test_a_column_that_is_not_asked_of_a_row_is_not_read(form):
    answers = professional_sample()
    (row, *_rest) = answers["title"]["titles"]
    row["other_name"] = "从前填的名称"

    cells = part_of(read(form, answers), "title").tables[0].rows[0].cells

    assert [cell.text for cell in cells if cell.path.endswith("other_name")] == [""]


def test_unanswered_questions_are_left_out(form):
    answers = professional_sample()
    answers["basic"]["office_phone"] = ""

    lines = part_of(read(form, answers), "basic").lines

    assert "basic.office_phone" not in {line.path for line in lines}


def test_nothing_is_changed_without_a_turn_to_compare_with(form):
    assert not any(part.is_changed for part in read(form, professional_sample()))


def test_a_changed_line_keeps_its_earlier_words(form):
    after = professional_sample()
    after["basic"]["postcode"] = "830011"

    parts = read(form, after, professional_sample())
    line = line_of(parts, "basic.postcode")

    assert (line.was, line.text, line.is_changed) == ("844000", "830011", True)
    assert [part.code for part in parts if part.is_changed] == ["basic"]


def test_an_emptied_answer_is_still_shown_as_a_change(form):
    after = professional_sample()
    after["basic"]["office_phone"] = ""

    line = line_of(read(form, after, professional_sample()), "basic.office_phone")

    assert (line.was, line.text) == ("0998-1234567", "")


def test_another_photograph_is_a_change_although_its_words_are_the_same(form):
    after = professional_sample()
    after["basic"]["photo"] = "another"

    assert line_of(read(form, after, professional_sample()), "basic.photo").is_changed


def test_rows_are_told_apart_as_same_changed_new_and_gone(form):
    before = professional_sample()
    after = deepcopy(before)
    titles = after["title"]["titles"]
    titles[1]["obtained"] = "2015-01"
    titles.append({**titles[0], "id": "title-3", "certificate": "示例-2020-0003"})
    after["career"]["records"].pop(0)

    parts = read(form, after, before)

    assert [r.state for r in part_of(parts, "title").tables[0].rows] == ["same", "changed", "new"]
    assert [r.state for r in part_of(parts, "career").tables[0].rows][-1] == "gone"
    assert part_of(parts, "title").changes == 2


def test_a_long_text_is_woven_from_what_stayed_went_and_came(form):
    after = professional_sample()
    after["summary"]["deeds"] = after["summary"]["deeds"].replace("46人", "52人")

    line = line_of(read(form, after, professional_sample()), "summary.deeds")
    pieces = [(piece.state, piece.text) for piece in line.pieces if piece.state != "same"]

    assert pieces == [("old", "46"), ("new", "52")]
