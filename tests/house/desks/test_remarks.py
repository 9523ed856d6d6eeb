"""Marks, settled questions and rows out of the window, wherever a file is read or voted on."""

import re

import pytest

from juxian.actions import selection
from juxian.records.clock import now
from juxian.records.models import Application, Certification, Submission
from juxian.records.sealing import seal
from tests.house.actions.ballot_world import committee
from tests.house.desks.office_world import at, text
from tests.rules.sample_answers import professional_sample

pytestmark = pytest.mark.django_db

MARKS = ["抗疫一线", "破格"]
REASON = "外籍证件由公安部门核验无误"


@pytest.fixture
def sitting(world):
    """Of two candidates the first is 破格 and tilted to, and has two questions settled."""
    made = committee(world, experts=3, candidates=2, places=1)
    first = made.candidates[0]
    Application.objects.filter(pk=first.pk).update(marks=["epidemic", "破格"])
    answers = professional_sample()
    answers["basic"]["resident_id"] = seal(answers["basic"]["resident_id"])
    Submission.objects.create(
        application=first,
        turn=1,
        header={},
        answers=answers,
        evidence=[],
        findings=[
            found("skill_level", "unmet", "须说明理由"),
            found("in_post", "unclear"),
            found("id_agrees", "unclear"),
            found("nationality", "met"),
        ],
        pack_digest="",
        digest="",
        signed_name=first.name,
        by=first.applicant,
        submitted_at=now(),
    )
    for condition in ("in_post", "id_agrees"):
        settle(world, first, condition)
    return made


def found(code, verdict, detail=""):
    return {"code": code, "verdict": verdict, "detail": detail}


def settle(world, file, condition):
    Certification.objects.create(
        application=file,
        turn=1,
        condition=condition,
        holds=True,
        reason=f"{REASON}（{condition}）",
        office=world.hospital,
        by=world.hospital_handler,
        done_at=now(),
    )


def words(html):
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def marks(html):
    return re.findall(r'<span class="mark">([^<]+)</span>', html)


def judge(client, sitting):
    client.force_login(sitting.experts[0])
    return client


def dossier(client, sitting):
    first = sitting.candidates[0]
    return text(at(judge(client, sitting), "dossier", sitting.panel.pk, first.pk, desk="expert"))


@pytest.mark.clause("R23c", "R7")
def test_an_expert_reads_an_exception_and_the_tilts_on_the_file(client, sitting):
    page = dossier(client, sitting)

    assert marks(page) == MARKS
    assert "不折算分数" in page
    assert "未达到 一般应具有高级技师（一级）职业资格或职业技能等级" in words(page)


def test_an_expert_reads_what_was_settled_but_nothing_on_private_answers(client, sitting):
    page = words(dossier(client, sitting))

    assert "认定符合 在岗工作" in page
    assert f"{sitting.world.hospital.name}认定：{REASON}（in_post）" in page
    assert "证件号码与出生日期、性别一致" not in page
    assert "（id_agrees）" not in page
    assert "具有中国国籍" not in page


@pytest.mark.clause("R23c", "R7")
def test_an_expert_reads_them_beside_the_vote(client, sitting):
    opened = sitting.opened()

    page = text(at(judge(client, sitting), "ballot", opened.ballot.pk, desk="expert"))

    assert marks(page) == MARKS
    assert words(page).count("认定符合 在岗工作") == 1


@pytest.mark.clause("R23c", "R7")
def test_the_secretary_reads_them_on_the_list_before_and_after_it_is_drawn(client, sitting):
    client.force_login(sitting.secretary)
    before = text(at(client, "review", sitting.listed.pk, desk="secretariat"))
    sitting.vote(["an", "an", "an"])
    selection.propose(sitting.listed.pk, by=sitting.secretary)
    after = text(at(client, "review", sitting.listed.pk, desk="secretariat"))

    assert marks(before) == marks(after) == MARKS
    assert "认定符合 在岗工作" in words(before)
    assert "认定符合 在岗工作" in words(after)


@pytest.mark.clause("R14b")
def test_an_expert_reads_which_achievements_are_out_of_the_window(client, sitting):
    page = words(dossier(client, sitting))

    assert page.count("非近5年") == 1
    assert "2015年1月1日至2020年5月6日取得的计入。" in page


@pytest.mark.clause("R14b")
@pytest.mark.parametrize("desk", ["office", "applicant"])
def test_offices_and_the_applicant_read_which_rows_count(client, world, desk):
    file = world.submitted()
    page, reader = {
        "office": ("file", world.hospital_handler),
        "applicant": ("form", file.applicant),
    }[desk]
    client.force_login(reader)

    said = text(at(client, page, file.number, desk=desk))

    assert said.count("非近5年") == 1
    assert said.count('<span class="small muted">计入</span>') > 1
