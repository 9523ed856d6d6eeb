"""Which material a file is for: by its name, by the rows that want a proof, by what is asked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from juxian.selectors.evidence import evidence_of
from tests.house.desks.test_applicant_privacy import at
from tests.house.world import another_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def full(world):
    return world.professional_draft()


def slot(response, code):
    return next(one for one in response.context["slots"] if one.material.code == code)


def several(*names):
    return [SimpleUploadedFile(name, another_pdf(name), "application/pdf") for name in names]


def given(file):
    return sorted((one.material, one.title) for one in evidence_of(file))


def test_files_sent_together_go_where_their_names_say(me, full):
    before = given(full)
    sent = several("身份证.pdf", "获奖证书3.pdf", "扫描件001.pdf")

    answer = me.post(at("evidence", full), {"spread": "1", "files": sent})

    added = [one for one in given(full) if one not in before]
    assert added == [("awards", "获奖证书3"), ("id_card", "身份证")]
    assert answer.status_code == 422
    assert answer.context["spread_refused"] == [
        ("扫描件001.pdf", "没有认出是哪一项，请在下面对应的一项上传。")
    ]


def test_files_that_all_went_where_they_belong_lead_back_to_the_page(me, full):
    answer = me.post(at("evidence", full), {"spread": "1", "files": several("论文.pdf")})
    assert (answer.status_code, answer.url) == (302, at("evidence", full))

    nothing = me.post(at("evidence", full), {"spread": "1"})
    assert nothing.context["spread_refused"] == [("", "请先选择文件，再点“上传”。")]


def test_materials_that_do_not_concern_one_stand_aside(me, full):
    html = me.get(at("evidence", full)).content.decode()
    aside = html.partition('<details class="sheet aside">')[2]

    assert "院士证书" in aside.partition("</summary>")[0]
    assert 'id="m-academician"' in aside
    assert 'id="m-id_card"' not in aside
    assert 'id="m-awards"' not in aside


def test_a_slot_names_as_unproved_only_the_rows_it_is_there_for(me, full):
    asked = ("awards", "patents", "academician", "other")
    page = me.get(at("evidence", full))

    named = {code: [words for _path, words in slot(page, code).unproved] for code in asked}
    assert named == {
        "awards": ["获奖：自治区科技进步奖", "获奖：地区科技进步奖"],
        "patents": [],
        "academician": [],
        "other": [],
    }
    offered = [words.partition("：")[0] for _path, words in slot(page, "projects").claims]
    assert offered[0] == "科研项目"
    assert "逐条说明" in offered
