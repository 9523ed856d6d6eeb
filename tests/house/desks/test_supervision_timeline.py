"""One file from end to end, as its supervisor reads it."""

import pytest

from juxian.actions import panel, selection
from juxian.records.clock import now
from juxian.records.models import Application, Trace
from tests.house.actions.ballot_world import committee
from tests.house.desks.office_world import at, text

pytestmark = pytest.mark.django_db

DESK = "supervision"


def test_the_timeline_tells_every_act_and_no_answer_of_the_form(supervisor, world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "主要事迹"})
    submission = file.submissions.get()

    page = text(at(supervisor, "file", file.number, desk=DESK))

    for said in ("请逐项修改。", "请核对主要事迹。", submission.digest, "退回修改", "医院经办"):
        assert said in page
    answers = submission.answers["summary"]
    assert str(answers["deeds"])[:12] not in page
    assert file.evidence.first().file_id not in page


def test_the_timeline_tells_of_lists_with_votes_and_of_who_keeps_out(supervisor, world):
    sitting = committee(world, experts=4, candidates=2, places=1)
    first = sitting.candidates[0]
    panel.recuse(sitting.panel.pk, first.pk, by=world.fresh(sitting.experts[0]), relation="teacher")
    opened = sitting.opened()
    sitting.cast(opened.ballot, [" a", "aa", "aa"])

    page = text(at(supervisor, "file", first.number, desk=DESK))

    assert "评委1" in page
    assert "师生" in page
    assert "正在办理的名单" in page


def test_what_lists_came_to_is_told_with_the_act_that_closed_them(supervisor, world):
    files = [world.submitted(number=number) for number in (1, 2)]
    world.pass_until("public_notice", *files)

    page = text(at(supervisor, "file", files[1].number, desk=DESK))

    for outcome in (
        "公示 2020-03-16 至",
        "实到 7，同意 7，反对 0，弃权 0，回避 0",
        "第 2 名",
        "喀署纪〔2020〕8号",
        "单位证明",
    ):
        assert outcome in page


def test_a_place_in_reserve_and_a_nomination_that_lapsed_are_told(supervisor, world):
    sitting = committee(world, experts=3, candidates=2, places=1)
    sitting.vote(["aa", "aa", "an"])
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    selection.release_reserve(sitting.listed.pk, by=sitting.secretary, reason="名额已满")
    passed_over = sitting.candidates[1]
    passed_over.items.update(void_at=now())

    page = text(at(supervisor, "file", passed_over.number, desk=DESK))

    assert "备选第 1 位 · 已失效" in page
    assert "名额已满" in page


def test_opening_a_timeline_leaves_a_trace_that_the_timeline_itself_shows(supervisor, world):
    file = world.submitted()

    page = text(at(supervisor, "file", file.number, desk=DESK))

    [left] = Trace.objects.filter(act="open_timeline")
    assert (left.by, left.subject, left.subject_id) == (
        world.supervisor,
        "application",
        str(file.pk),
    )
    assert "监督查阅时间线" in page


def test_a_draft_and_a_file_of_their_own_are_not_found(supervisor, world):
    draft = world.professional_draft()
    theirs = world.submitted(number=1)
    Application.objects.filter(pk=theirs.pk).update(applicant=world.supervisor)

    for file in (draft, theirs):
        assert at(supervisor, "file", file.number, desk=DESK).status_code == 404
