"""Verification and return: what an office does with one file, and every refusal of it."""

import pytest

from juxian.actions import (
    proceeding,
    submission,
    verification,
)
from juxian.actions.application import answer_correction, save_section
from juxian.records.clock import day, now
from juxian.records.models import (
    Handling,
    Section,
    Trace,
)
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Standing
from juxian.selectors.certification import to_certify
from juxian.selectors.seats import live_nominations
from tests.house.actions.refusing import refused, tomorrow
from tests.house.actions.unchanged import everything
from tests.house.clock import set_clock


@pytest.mark.clause("R56")
def test_the_file_climbs_level_by_level_and_skips_none(world):
    file = world.submitted()
    ladder = list(file.ladder)

    for step in ladder[1 : ladder.index("committee")]:
        assert file.step == step
        world.pass_step(file)

    done = list(
        Handling.objects.filter(application=file).order_by("pk").values_list("step", flat=True)
    )
    assert done == ladder[: ladder.index("committee")]
    assert Trace.objects.filter(subject="application", subject_id=file.pk).count() >= len(done)


@pytest.mark.clause("R39")
def test_a_region_owned_enterprise_files_straight_to_the_region(world):
    drafted = world.skilled_draft()
    submission.submit(drafted.pk, by=world.welder, signed_name=drafted.name, declared=True)
    drafted.refresh_from_db()

    assert drafted.channel == "enterprise_school"
    assert "nominator_check" not in drafted.ladder
    offices = set(drafted.stops.values_list("level", "office__code"))
    assert offices == {
        ("employer", "enterprise"),
        ("nominator", "enterprise"),
        ("province", "xj-hr-skills"),
    }


@pytest.mark.clause("R43")
def test_the_employer_certifies_every_statement_before_it_agrees(world):
    file = world.submitted()
    asked = to_certify(file)
    by = world.hospital_handler

    refused(NotReady, "逐项", lambda: verification.endorse(file.pk, by=by, certified={}), file)
    denied = {condition.code: True for condition in asked} | {asked[0].code: False}
    refused(
        NotReady, "不符合", lambda: verification.endorse(file.pk, by=by, certified=denied), file
    )


@pytest.mark.clause("R43")
def test_a_refusal_by_the_employer_needs_its_reason_and_ends_the_file(world):
    file = world.submitted()
    by = world.hospital_handler

    refused(NotReady, "理由", lambda: verification.reject(file.pk, by=by, opinion="  "), file)
    verification.reject(file.pk, by=by, opinion="业绩与申报不符。")

    file.refresh_from_db()
    assert file.standing == Standing.REJECTED
    refused(
        NotPossible, "已经办结", lambda: verification.endorse(file.pk, by=by, certified={}), file
    )


def test_an_office_of_another_branch_may_not_act(world):
    file = world.submitted()

    for stranger in (world.hotan_handler, world.kashgar_handler, world.secretary, world.stranger):
        refused(
            NotAllowed,
            "不在您所在的单位",
            lambda who=stranger: verification.reject(file.pk, by=who, opinion="不"),
            file,
        )


def test_an_officer_of_the_right_office_with_the_wrong_post_may_not_act(world):
    file = world.submitted()

    refused(
        NotAllowed,
        "岗位",
        lambda: verification.reject(file.pk, by=world.hospital_discipline, opinion="不"),
        file,
    )


@pytest.mark.clause("R69")
def test_each_division_of_the_region_receives_its_own_track_only(world):
    file = world.submitted()
    world.pass_until("formal_check", file)

    assert file.holder.code == "xj-hr-professionals"
    refused(
        NotAllowed,
        "不在您所在的单位",
        lambda: verification.endorse(file.pk, by=world.vocational_handler),
        file,
    )


def test_an_act_of_another_step_is_refused_in_words(world):
    file = world.submitted()

    refused(
        NotPossible,
        "须逐份办理",
        lambda: proceeding.open_proceeding("employer_check", [file.pk], by=world.hospital_handler),
        file,
    )
    world.pass_step(file)
    refused(
        NotPossible,
        "同行专家评议",
        lambda: verification.endorse(file.pk, by=world.hospital_handler),
        file,
    )


def test_a_return_lists_everything_with_words_and_a_day_or_is_refused(world):
    file = world.submitted()
    by = world.hospital_handler
    item = verification.CorrectionRequest("summary.deeds", "事迹", "unclear", " ")

    def send(items, due_on):
        return lambda: verification.send_back(
            file.pk, by=by, opinion="请修改", items=items, due_on=due_on
        )

    refused(NotReady, "一次说明", send([], tomorrow()), file)
    refused(NotReady, "说明问题", send([item], tomorrow()), file)
    good = verification.CorrectionRequest("summary.deeds", "事迹", "unclear", "请写具体")
    refused(NotReady, "今天之后", send([good], day(now())), file)


@pytest.mark.clause("R57", "R63")
def test_only_what_was_returned_opens_and_the_turn_rises_on_resubmission(world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹", "basic.email": "电子邮箱"})
    by = world.applicant
    versions = dict(Section.objects.filter(application=file).values_list("code", "version"))

    with pytest.raises(NotPossible, match="没有被退回"):
        save_section(file.pk, "career", {"summary": "改"}, by=by, version=versions["career"])
    save_section(
        file.pk,
        "summary",
        {"deeds": "补充后的事迹", "achievements": "也想改"},
        by=by,
        version=versions["summary"],
    )
    kept = Section.objects.get(application=file, code="summary").values
    assert kept["deeds"] == "补充后的事迹"
    assert kept["achievements"] != "也想改"

    with pytest.raises(NotReady, match="请修改，或书面答复"):
        submission.submit(file.pk, by=by, signed_name=file.name, declared=True)
    item = file.corrections.get().items.get(path="basic.email")
    answer_correction(item.pk, by=by, reply="本人没有电子邮箱。")
    second = submission.submit(file.pk, by=by, signed_name=file.name, declared=True)

    file.refresh_from_db()
    assert (file.step, file.standing, file.turn, second.turn) == ("employer_check", "open", 2, 2)
    first = file.submissions.get(turn=1)
    assert first.digest != second.digest
    assert first.answers["summary"]["deeds"] != "补充后的事迹"


def test_a_return_lapses_with_its_day(world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"})
    set_clock(file.due_at)

    refused(
        NotReady,
        "补正期限",
        lambda: submission.submit(
            file.pk, by=world.applicant, signed_name=file.name, declared=True
        ),
        file,
    )


def test_what_the_level_below_refuses_after_the_nomination_gives_its_place_back(world):
    file = world.submitted()
    world.pass_until("formal_check", file)
    held = live_nominations().filter(application=file)
    assert held.exists()
    item = verification.CorrectionRequest("summary.deeds", "事迹", "unclear", "请核实")

    verification.send_down(
        file.pk, by=world.technical_handler, opinion="请核实", items=[item], due_on=tomorrow(3)
    )
    assert held.exists()
    verification.reject(file.pk, by=world.kashgar_handler, opinion="核实后不符合条件")

    assert not held.exists()


def test_a_return_one_level_down_says_everything_at_once_too(world):
    file = world.submitted()
    world.pass_until("nominator_check", file)
    before = everything()

    with pytest.raises(NotReady, match="请选择要退回修改的内容"):
        verification.send_down(
            file.pk, by=world.kashgar_handler, opinion="请核实", items=[], due_on=tomorrow(3)
        )
    assert everything() == before


def test_nobody_below_the_employer_can_be_sent_a_file(world):
    file = world.submitted()
    item = verification.CorrectionRequest("summary.deeds", "事迹", "unclear", "请核实")

    with pytest.raises(NotPossible):
        verification.send_down(
            file.pk, by=world.hospital_handler, opinion="请核实", items=[item], due_on=tomorrow(3)
        )
