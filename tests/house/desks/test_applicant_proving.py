"""The applicant's desk around proving: what the answers make due, and whom no seat could take."""

import pytest
from django.urls import reverse

from juxian.actions import application as acts
from juxian.actions import evidence
from juxian.records.models import Evidence


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def full(world):
    return world.professional_draft()


def at(name, file, *args):
    return reverse(f"applicant:{name}", args=[file.number, *args])


@pytest.mark.clause("R14e", "R37")
def test_the_evidence_page_marks_what_the_answers_make_due_and_names_each_bare_claim(
    me, world, full
):
    for file in Evidence.objects.filter(application=full, material__in=("awards", "epidemic")):
        evidence.detach(file.pk, by=world.applicant)

    response = me.get(at("evidence", full))
    html = response.content.decode()

    due = [slot.material.code for slot in response.context["slots"] if slot.is_due]
    assert due == ["id_card", "education", "title", "epidemic"]
    assert '还缺：<a href="#m-epidemic">抗疫一线经历证明</a><br>' in html
    assert "所选条件“3. 医疗卫生第一线”还没有证明材料，可传：" in html
    assert "必交的材料都有了" not in html
    tasks = me.get(at("tasks", full))
    assert tasks.context["lacking"] == 3
    assert "还缺 1 类必交材料；2 项所选条件还没有证明材料" in tasks.content.decode()


@pytest.mark.clause("R39")
def test_whoever_no_seat_could_take_reads_so_from_the_first_page_on(me, world):
    begun = acts.begin(
        world.cycle.pk, by=world.applicant, employer_id=world.enterprise.pk, track="professional"
    )

    tasks = me.get(at("tasks", begun)).content.decode()
    check = me.get(at("check", begun)).content.decode()

    assert "请先向天山重工集团（示例）或专业技术人员管理处（电话0991-3689692）咨询" in tasks
    assert "不符合的，提交时不予受理" in tasks
    assert f"{at('section', begun, 'honours')}?check=1#f-bqw" in check
