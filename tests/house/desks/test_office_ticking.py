"""Ticking a file block by block (逐项核对)."""

import pytest
from django.db import IntegrityError, transaction

from juxian.actions import evidence
from juxian.actions.person import appoint
from juxian.records.clock import now
from juxian.records.models import RosterEntry, Section, Tick, Trace
from juxian.records.packs import pack_of
from juxian.regulation.words import Role
from juxian.selectors.blocks import blocks_of
from juxian.selectors.casefile import casefile_of
from tests.house.desks.office_world import at, send, text
from tests.house.world import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    return world.submitted()


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


def ticked(client, file, answers, **more):
    """Answers are "yes", or the note of a doubt."""
    data = {"turn": file.turn, **more}
    for place, answer in answers.items():
        data[f"holds:{place}"] = "yes" if answer == "yes" else "no"
        data[f"note:{place}"] = "" if answer == "yes" else answer
    return send(client, "tick", file.number, **data)


def rows(file, section="title", table="titles"):
    values = Section.objects.get(application=file, code=section).values[table]
    return [f"{section}.{table}.{row['id']}" for row in values]


def blocks(file, reader):
    file.refresh_from_db()
    return blocks_of(casefile_of(file, reader=reader), reader)


def test_sections_and_rows_that_claim_something_are_ticked(clerk, world, file):
    (row, *_more) = rows(file)

    page = text(at(clerk, "file", file.number))
    answer = ticked(clerk, file, {"basic": "yes", row: "取得年月与证书不一致"})

    assert f'name="holds:{row}"' in page
    assert (answer.status_code, answer.url) == (302, f"/office/files/{file.number}/")
    assert {(t.place, t.holds, t.note, t.office, t.turn) for t in Tick.objects.all()} == {
        ("basic", True, "", world.hospital, 1),
        (row, False, "取得年月与证书不一致", world.hospital, 1),
    }
    trace = Trace.objects.get(act="tick")
    assert trace.detail == {"turn": 1, "ticked": 2, "doubted": 1}


def test_a_doubt_without_a_word_is_refused_and_everything_typed_stays(clerk, file):
    answer = ticked(clerk, file, {"basic": "yes", "post": " "})

    page = text(answer)
    assert answer.status_code == 422
    assert "请写明哪里存疑" in page.partition('id="at-post"')[2].partition("</fieldset>")[0]
    assert 'id="at-basic-yes" name="holds:basic" value="yes" checked' in page
    assert not Tick.objects.exists()


def test_the_database_keeps_no_doubt_without_a_word(world, file):
    bare = Tick(
        application=file,
        turn=1,
        step=file.step,
        office=world.hospital,
        by=world.hospital_handler,
        place="basic",
        holds=False,
        digest="0",
        ticked_at=now(),
    )

    with pytest.raises(IntegrityError, match="tick_in_doubt_says_why"), transaction.atomic():
        bare.save()


def test_a_tick_is_kept_by_itself_and_says_so(clerk, file):
    kept = ticked(clerk, file, {"basic": "yes"}, go="auto")
    mute = ticked(clerk, file, {"post": ""}, go="auto")

    assert kept.json() == {"state": "saved", "says": "已保存"}
    assert (mute.status_code, mute.json()["says"]) == (422, "请写明哪里存疑")
    assert [one.place for one in Tick.objects.all()] == ["basic"]


def test_a_tick_is_changed_by_ticking_again(clerk, file):
    ticked(clerk, file, {"basic": "民族有误"})
    ticked(clerk, file, {"basic": "yes"})

    (one,) = Tick.objects.all()
    assert (one.holds, one.note) == (True, "")


def test_what_is_sent_as_it_stands_is_nobodys_act(clerk, file):
    ticked(clerk, file, {"basic": "yes"})
    before = Tick.objects.get().ticked_at, Trace.objects.filter(act="tick").count()

    ticked(clerk, file, {"basic": "yes", "post": "yes"})

    assert Tick.objects.get(place="basic").ticked_at == before[0]
    assert Trace.objects.filter(act="tick").last().detail["ticked"] == 1


def test_whoever_does_not_hold_the_file_ticks_nothing(client, world, file):
    world.pass_until("nominator_check", file)
    client.force_login(world.hospital_handler)

    answer = ticked(client, file, {"basic": "yes"}, go="auto")
    client.force_login(world.hotan_handler)

    assert answer.status_code == 409
    assert "现在由喀什地区人力资源和社会保障局（示例）办理" in answer.json()["says"]
    assert ticked(client, file, {"basic": "yes"}).status_code == 404
    assert not Tick.objects.exists()


def test_ticks_of_a_form_that_was_submitted_anew_meanwhile_are_not_kept(clerk, world, file):
    world.send_back(file, {"basic.mobile": "手机"})
    mend(file)
    world.submit(file)

    answer = send(clerk, "tick", file.number, turn=1, **{"holds:basic": "yes", "note:basic": ""})

    assert (answer.status_code, Tick.objects.count()) == (422, 0)
    assert "申报人刚刚重新提交了内容" in text(answer)


def mend(file, section="basic", **values):
    row = Section.objects.get(application=file, code=section)
    row.values |= values or {"mobile": "13999990000"}
    row.save()


def test_the_level_above_reads_what_the_level_below_ticked_but_not_the_reverse(
    client, world, clerk, file
):
    ticked(clerk, file, {"basic": "yes", "post": "任职时间待核"})
    world.pass_until("nominator_check", file)
    client.force_login(world.kashgar_handler)
    page = text(at(client, "file", file.number))
    ticked(client, file, {"post": "与任命文件不一致"})

    below = page.partition('id="at-post"')[2].partition("</div>")[0]
    assert "存疑" in below
    assert f"{world.hospital.name} · {world.hospital_handler.name}" in below
    assert "任职时间待核" in below
    client.force_login(world.hospital_handler)
    assert "与任命文件不一致" not in text(at(client, "file", file.number))
    client.force_login(file.applicant)
    assert "任职时间待核" not in text(at(client, "progress", file.number, desk="applicant"))


def test_after_a_return_what_did_not_change_needs_no_second_look(clerk, world, file):
    first = rows(file)[0]
    ticked(clerk, file, {"basic": "yes", "post": "yes", first: "yes"})
    world.send_back(file, {"basic.mobile": "手机"})
    mend(file)
    world.submit(file)

    found = blocks(file, world.hospital_handler).found
    page = text(at(clerk, "file", file.number, all=1))

    assert (found["post"].is_carried, found[first].is_carried) == (True, True)
    assert (found["basic"].mine, found["basic"].others[0].is_stale) == (None, True)
    assert "沿用第 1 轮的核对，此后没有变化" in page
    assert "此后内容有变化" in page.partition('id="at-basic"')[2].partition("</div>")[0]


def test_another_scan_for_a_row_asks_for_another_look(clerk, world, file):
    (row, *_more) = rows(file)
    ticked(clerk, file, {row: "yes"})
    (material,) = [one.code for one in pack_of(world.cycle).materials if "title.titles" in one.rows]
    world.send_back(file, {f"evidence.{material}": "证书"})
    given = {"title": "证书", "content": photograph(), "claim": row}
    evidence.attach(file.pk, by=file.applicant, material=material, **given)
    world.submit(file)

    assert blocks(file, world.hospital_handler).found[row].mine is None


def test_doubts_go_into_the_return_with_their_note_and_warn_before_passing(clerk, file):
    (row, *_more) = rows(file)
    ticked(clerk, file, {"post": "任职时间待核", row: "取得年月不一致"})

    returning = text(at(clerk, "send_back", file.number))
    passing = text(at(clerk, "endorse", file.number))

    assert "预览退回内容，共 2 处" in returning
    assert 'name="item" value="post" checked' in returning
    assert 'name="item" value="title.titles" checked' in returning
    assert "任职时间待核</textarea>" in returning
    assert "：取得年月不一致</textarea>" in returning
    assert "还有 2 处存疑" in passing
    assert "任职时间待核" in passing


def test_a_colleague_sees_who_ticked_what(client, world, clerk, file):
    ticked(clerk, file, {"basic": "yes"})
    colleague = world.add_person("second", "第二经办")
    appoint(colleague, world.hospital, Role.HANDLER, by=None)
    client.force_login(colleague)

    page = text(at(client, "file", file.number))

    said = page.partition('id="at-basic"')[2].partition("</div>")[0]
    assert f"{world.hospital.name} · {world.hospital_handler.name}" in said
    assert "checked" not in said


def test_the_roster_stands_beside_the_answer_and_says_where_it_differs(clerk, world, file):
    RosterEntry.objects.create(
        office=world.hospital,
        name=file.name,
        id_mark=file.id_mark,
        facts={"department": "检验科", "post": "科室副主任"},
        imported_at=now(),
        imported_by=world.hospital_handler,
    )

    page = text(at(clerk, "file", file.number))

    assert "与花名册一致" in page
    assert "花名册不同：检验科" in page
