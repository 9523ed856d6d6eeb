"""What keeps a form from being submitted: one list, for the page, the task list and the act."""

import pytest

from juxian.actions import application as acts
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import answers_of, facts_of, findings_of, reading_of
from juxian.selectors.gaps import gaps_of
from juxian.selectors.precheck import sheet_of
from tests.rules.sample_answers import skilled_sample

pytestmark = pytest.mark.django_db


def read(file):
    files = list(evidence_of(file))
    reading = reading_of(file, answers_of(file))
    facts = facts_of(file, reading, files=files)
    return file, reading, facts, findings_of(file, facts), files


def gaps(file):
    return gaps_of(*read(file))


@pytest.mark.clause("R62")
def test_a_sound_form_has_no_gap(world):
    assert gaps(world.professional_draft()) == ()


@pytest.mark.clause("R62")
def test_every_row_that_clashes_is_a_gap_of_its_own(world):
    draft = world.professional_draft()
    awards = [{**row, "rank": 9} for row in answers_of(draft)["achievements"]["awards"]]
    values = {**answers_of(draft)["achievements"], "awards": awards}
    acts.save_section(draft.pk, "achievements", values, by=world.applicant, version=1)

    rule = "不符合“本人排名不大于完成人数”"
    assert gaps(draft) == (
        (
            "achievements.awards.award-1.rank",
            f"{rule}：“获奖”第1条“自治区科技进步奖”的本人排名大于完成人数",
        ),
        (
            "achievements.awards.award-2.rank",
            f"{rule}：“获奖”第2条“地区科技进步奖”的本人排名大于完成人数",
        ),
    )


@pytest.mark.clause("R23")
def test_a_reason_that_is_not_written_is_a_gap_at_its_place(world):
    answers = skilled_sample()
    answers["assessment"]["years"][-1] |= {"result": "basic"}
    draft = world.draft(world.welder, world.enterprise, "skilled", answers)

    assert gaps(draft) == (("assessment.exception", "一般应近3年年度考核均在合格以上；请写明理由"),)


@pytest.mark.clause("R62")
def test_a_rule_waits_for_the_answers_that_it_is_judged_by(world):
    draft = world.professional_draft()
    acts.save_section(draft.pk, "title", {"titles": []}, by=world.applicant, version=1)

    assert gaps(draft) == (("title.titles", "职称：请至少填写1条，现有0条。"),)


@pytest.mark.clause("R62")
def test_the_page_blocks_exactly_what_submitting_is_refused_for(world):
    begun = acts.begin(
        world.cycle.pk, by=world.applicant, employer_id=world.hospital.pk, track="professional"
    )
    for file in (begun, world.skilled_draft()):
        sheet = sheet_of(*read(file))
        assert tuple((one.path, one.says) for one in sheet.blocks) == gaps(file)
