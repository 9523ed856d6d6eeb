"""The applicant's desk after a return: each thing asked for, mended or answered, and sent again."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from juxian.actions import evidence
from juxian.records.models import CorrectionItem, Evidence, Section
from juxian.regulation.words import Standing
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import answers_of
from tests.house.clock import set_clock
from tests.house.world import FILING, another_pdf, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def returned(world):
    """Sent back over a field, a section and a material."""
    sent = world.submitted()
    set_clock(FILING + timedelta(hours=1))
    asked = {
        "summary.deeds": "主要突出贡献事迹（简）",
        "education": "学历学位",
        "evidence.id_card": "居民身份证",
    }
    world.send_back(sent, asked, days=9)
    set_clock(FILING + timedelta(hours=2))
    return sent


def at(name, file, *args):
    return reverse(f"applicant:{name}", args=[file.number, *args])


def sign(me, file):
    return me.post(at("submit", file), {"declared": "on", "signed_name": file.name})


def test_a_return_shows_each_thing_with_its_words_deadline_and_way(me, returned):
    html = me.get(at("returned", returned)).content.decode()

    assert "请核对主要突出贡献事迹（简）。" in html
    assert "扫描件不清晰" in html
    assert "2020年3月25日 周三 24:00" in html
    assert f"{at('section', returned, 'summary')}?check=1#f-deeds" in html
    assert f"{at('section', returned, 'education')}?check=1" in html
    assert f"{at('evidence', returned)}#m-id_card" in html


def test_what_was_asked_for_stands_on_the_page_where_it_is_mended(me, returned):
    for address, words, other in (
        (at("section", returned, "summary"), "请核对主要突出贡献事迹（简）。", "请核对学历学位。"),
        (at("section", returned, "education"), "请核对学历学位。", "请核对居民身份证。"),
        (at("evidence", returned), "请核对居民身份证。", "请核对学历学位。"),
    ):
        html = me.get(address).content.decode()
        assert words in html
        assert other not in html


def test_a_closed_question_that_is_not_asked_is_not_there(me, world, returned):
    CorrectionItem.objects.filter(path="summary.deeds").update(path="post.department")
    saved = Section.objects.get(application=returned, code="post")
    Section.objects.filter(pk=saved.pk).update(values=saved.values | {"epidemic": False})

    html = me.get(at("section", returned, "post")).content.decode()

    assert "抗疫工作结束日期" not in html
    assert "是否在一线参与抗击新冠肺炎疫情" in html


def test_only_what_was_returned_is_open(me, returned):
    html = me.get(at("section", returned, "summary")).content.decode()
    assert 'name="deeds"' in html
    assert 'name="achievements"' not in html

    assert me.get(at("section", returned, "basic")).headers["Location"] == at("tasks", returned)
    slots = me.get(at("evidence", returned)).content.decode()
    assert 'id="u-id_card"' in slots
    assert 'id="u-awards"' not in slots


def test_a_field_that_was_not_returned_cannot_be_changed_from_outside(me, returned):
    before = answers_of(returned)["summary"]["achievements"]

    me.post(
        at("section", returned, "summary"),
        {"deeds": "新的事迹", "achievements": "偷改", "version": 1, "go": "tasks"},
    )

    after = answers_of(returned)["summary"]
    assert (after["deeds"], after["achievements"]) == ("新的事迹", before)


def test_a_reply_is_kept_and_marks_the_thing_as_answered(me, returned):
    item = CorrectionItem.objects.get(path="education")

    me.post(at("returned", returned), {"item": item.pk, "reply": "证书无误，见附件。"})

    html = me.get(at("returned", returned)).content.decode()
    assert "已答复" in html
    assert "证书无误，见附件。" in html


def test_a_reply_that_is_too_long_stands_there_again_with_its_fault(me, returned):
    item, said = CorrectionItem.objects.get(path="education"), "证书无误。" * 101

    html = me.post(at("returned", returned), {"item": item.pk, "reply": said}).content.decode()

    assert said in html
    assert f'id="reply-{item.pk}_error"' in html
    assert f'aria-describedby="reply-{item.pk}_helptext reply-{item.pk}_error"' in html


def test_an_empty_reply_and_another_s_item_are_refused(me, world, returned):
    item = CorrectionItem.objects.first()

    assert me.post(at("returned", returned), {"item": item.pk, "reply": ""}).status_code == 422
    assert me.post(at("returned", returned), {"item": 0, "reply": "x"}).status_code == 404


def test_a_mended_return_is_resubmitted_as_a_new_turn(me, world, returned):
    me.post(
        at("section", returned, "summary"), {"deeds": "补充后的事迹", "version": 1, "go": "tasks"}
    )
    item = CorrectionItem.objects.get(path="education")
    me.post(at("returned", returned), {"item": item.pk, "reply": "证书无误。"})
    old = Evidence.objects.get(material="id_card", removed_at__isnull=True)
    me.post(at("remove_file", returned, old.pk))
    evidence.attach(
        returned.pk,
        by=world.applicant,
        material="id_card",
        title="清晰件",
        content=another_pdf("clear"),
    )
    html = me.get(at("returned", returned)).content.decode()
    assert html.count("已修改") == 2

    response = sign(me, returned)

    returned.refresh_from_db()
    assert response.headers["Location"] == at("receipt", returned)
    assert (returned.turn, returned.standing) == (2, Standing.OPEN)


def states(me, file):
    """How the task list shows the form's parts that were sent back, in its order."""
    context = me.get(at("tasks", file)).context
    listed = {task.code: task.state for task in context["tasks"]}
    return listed["education"], listed["summary"], context["evidence_state"]


def test_the_task_list_goes_by_what_changed_and_not_by_what_was_saved(me, world, returned):
    same = answers_of(returned)["summary"]["deeds"]
    assert states(me, returned) == ("mend", "mend", "mend")

    me.post(at("section", returned, "summary"), {"deeds": same, "version": 1, "go": "tasks"})
    assert states(me, returned) == ("mend", "mend", "mend")

    me.post(at("section", returned, "summary"), {"deeds": "新的事迹", "version": 1, "go": "tasks"})
    item = CorrectionItem.objects.get(path="education")
    me.post(at("returned", returned), {"item": item.pk, "reply": "证书无误。"})
    old = Evidence.objects.get(material="id_card", removed_at__isnull=True)
    evidence.detach(old.pk, by=world.applicant)
    assert states(me, returned) == ("mended", "mended", "mend")

    evidence.attach(
        returned.pk,
        by=world.applicant,
        material="id_card",
        title="身份证",
        content=another_pdf("clear"),
    )
    assert states(me, returned) == ("mended", "mended", "mended")


def test_the_form_as_submitted_keeps_its_evidence_while_it_is_mended(me, world, returned):
    old = Evidence.objects.get(material="id_card", removed_at__isnull=True)
    evidence.detach(old.pk, by=world.applicant)
    evidence.attach(
        returned.pk, by=world.applicant, material="id_card", title="清晰件", content=another_pdf(2)
    )

    html = me.get(at("form", returned)).content.decode()

    assert (at("file", returned, old.pk) in html, "清晰件" in html) == (True, False)


def test_a_return_that_was_not_wholly_answered_is_refused_item_by_item(me, returned):
    response = sign(me, returned)

    html = response.content.decode()
    assert response.status_code == 422
    assert "居民身份证：请修改，或书面答复" in html


def ways_around(file):
    """Direct requests: the address, and what is posted there."""
    versions = dict(Section.objects.filter(application=file).values_list("code", "version"))
    row = answers_of(file)["achievements"]["awards"][0]
    other = Evidence.objects.filter(application=file, removed_at__isnull=True).exclude(
        material="id_card"
    )[0]
    given = {"material": "awards", "files": [SimpleUploadedFile("别的.pdf", another_pdf("2"))]}
    photo = SimpleUploadedFile("照片.jpg", photograph(), "image/jpeg")
    table, basic = ("achievements", "awards"), {"version": versions["basic"], "go": "tasks"}
    in_row = {**row, "version": versions["achievements"], "name": "改了"}
    return {
        "section": (at("section", file, "basic"), basic | {"postcode": "844001"}),
        "photo": (at("section", file, "basic"), basic | {"photo": photo}),
        "row": (at("row", file, *table, row["id"]), in_row),
        "new row": (at("row", file, *table, "new"), in_row),
        "remove row": (
            at("remove_row", file, *table, row["id"]),
            {"version": versions["achievements"]},
        ),
        "upload": (at("evidence", file), given),
        "remove": (at("remove_file", file, other.pk), {}),
    }


WAYS = ("section", "photo", "row", "new row", "remove row", "upload", "remove")


def holds(file):
    return answers_of(file), list(evidence_of(file))


@pytest.mark.parametrize("way", WAYS)
def test_no_way_around_changes_what_was_not_returned(me, returned, way):
    before = holds(returned)
    address, said = ways_around(returned)[way]

    me.post(address, said)

    assert holds(returned) == before


@pytest.mark.parametrize("way", WAYS)
def test_each_of_these_ways_leads_somewhere_in_a_draft(me, world, way):
    """The control: the same requests change a form that is open."""
    draft = world.professional_draft()
    before = holds(draft)
    address, said = ways_around(draft)[way]

    me.post(address, said)

    assert holds(draft) != before


def test_each_thing_is_shown_as_submitted_and_as_it_is_now(me, world, returned):
    was = answers_of(returned)["summary"]["deeds"]
    before = me.get(at("returned", returned)).content.decode()
    me.post(
        at("section", returned, "summary"), {"deeds": "改过的事迹", "version": 1, "go": "tasks"}
    )

    html = me.get(at("returned", returned)).content.decode()

    assert before.count("（没有改动）") == 2
    assert "还剩 3 处" in before
    assert was[:40] in html
    assert "改过的事迹" in html
    assert html.count("（没有改动）") == 1
    assert "还剩 2 处" in html


def test_when_all_is_done_one_button_leads_to_the_check(me, returned):
    for item in CorrectionItem.objects.all():
        me.post(at("returned", returned), {"item": item.pk, "reply": "已核对，无误。"})

    html = me.get(at("returned", returned)).content.decode()

    assert "3 处都已处理，核对后重新提交" in html
    assert "改好了，去核对提交" in html
