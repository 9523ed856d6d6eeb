"""What an applicant is asked, and so what a paper says of the answers."""

from juxian.papers.answers import asked_in, by_label, in_cell
from tests.papers.samples import form
from tests.rules.sample_answers import professional_sample

FORM = form("professional")


def said(answers):
    asked = asked_in(FORM.section("post"), answers)
    return {one.field.code: in_cell(FORM, one) for one in asked}


def test_an_open_end_is_to_the_present_only_where_it_is_asked():
    fought, did_not = professional_sample(), professional_sample()
    fought["post"]["epidemic_to"] = did_not["post"]["epidemic_to"] = ""
    did_not["post"]["epidemic"] = False

    assert said(fought)["epidemic_to"] == "至今"
    assert "epidemic_to" not in said(did_not)


def test_a_column_that_is_not_asked_of_the_row_answers_to_no_label():
    answers = professional_sample()
    column = FORM.section("title").field("titles").column("other_name")
    for row in answers["title"]["titles"]:
        row["other_name"] = "从前填的名称"

    assert by_label(FORM, answers, column.label) == ""
