"""Beginning an application, saving its sections, answering a return."""

from datetime import date

import pytest

from juxian.actions import application, submission
from juxian.records.models import Application, CorrectionItem, Cycle, Office, Section, Trace
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady, Stale
from juxian.regulation.words import Act
from tests.house.actions.unchanged import refuses

NOT_THE_APPLICANT = "只有申报人本人可以办理这一步"
NOBODY_TO_FILL = "只有申报人本人或受其委托的单位经办人可以填写"


def begin(world, **said):
    said = {"employer_id": world.hospital.pk, "track": "professional", **said}
    return application.begin(world.cycle.pk, by=world.applicant, **said)


def save(world, file, code, raw, version=0, by=None):
    return application.save_section(file.pk, code, raw, by=by or world.applicant, version=version)


@pytest.mark.clause("R42")
def test_a_draft_has_the_next_number_of_its_track_and_nobody_holds_it(world):
    first = begin(world)

    assert (first.number, first.name, first.step) == (
        "XJ2020-A-00001",
        world.applicant.name,
        "fill",
    )
    assert (first.standing, first.turn, first.holder) == ("open", 1, None)
    assert Cycle.objects.get().last_serial == 1
    assert Trace.objects.latest("pk").act == "begin"


def test_a_draft_needs_a_track_of_the_call(world):
    faults = refuses(NotReady, "请选择申报类别", begin, world=world, track="poets")

    assert faults == (("track", "请选择申报类别"),)


def test_a_draft_needs_an_employer_that_still_exists(world):
    said, place = "请选择工作单位", (("employer", "请从名单中选择工作单位"),)
    assert refuses(NotReady, said, begin, world=world, employer_id=0) == place

    Office.objects.filter(pk=world.hospital.pk).update(ends_on=date(2020, 1, 1))
    assert refuses(NotReady, said, begin, world=world) == place


def test_a_person_files_once_in_a_cycle_and_again_after_withdrawing(world):
    first = begin(world)
    refuses(
        NotReady,
        "您在本批次已有一份申报，请继续填写；同一批次只能申报一次",
        begin,
        world=world,
    )

    application.withdraw(first.pk, by=world.applicant)

    assert begin(world).number == "XJ2020-A-00002"


def test_a_section_that_the_form_does_not_have_is_not_kept(world):
    file = begin(world)

    refuses(NotPossible, "登记表没有这一部分", save, world=world, file=file, code="poems", raw={})
    # A section of the other track is none of this form either.
    refuses(NotPossible, "登记表没有这一部分", save, world=world, file=file, code="skill", raw={})


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(world):
    file = begin(world)
    save(world, file, "summary", {"deeds": "先写的"})

    refuses(
        Stale,
        "这一部分已在别处修改并保存；请核对两处内容后再保存",
        save,
        world=world,
        file=file,
        code="summary",
        raw={"deeds": "后写的"},
    )
    assert save(world, file, "summary", {"deeds": "后写的"}, version=1).section.version == 2


def test_a_save_sent_again_because_its_answer_was_lost_is_acknowledged_and_writes_nothing(world):
    file = begin(world)
    first = save(world, file, "summary", {"deeds": "写好的"})
    traces = Trace.objects.count()

    again = save(world, file, "summary", {"deeds": "写好的"})

    kept = Section.objects.get(application=file, code="summary")
    assert (again.section.version, kept.version) == (1, 1)
    assert kept.saved_at == first.section.saved_at
    assert Trace.objects.count() == traces
    refuses(
        Stale,
        "这一部分已在别处修改并保存；请核对两处内容后再保存",
        save,
        world=world,
        file=file,
        code="summary",
        raw={"deeds": "另写的"},
    )


def test_fields_that_a_save_does_not_name_stay_as_they_were(world):
    file = begin(world)
    save(world, file, "summary", {"deeds": "事迹", "achievements": "成果"})

    save(world, file, "summary", {"deeds": "新的事迹"}, version=1)

    values = Section.objects.get(application=file, code="summary").values
    assert (values["deeds"], values["achievements"]) == ("新的事迹", "成果")


def test_only_the_applicant_writes_answers_and_withdraws(world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"})
    item = CorrectionItem.objects.get()
    by = world.hospital_handler

    filling = (
        (save, {"world": world, "file": file, "code": "summary", "raw": {}, "by": by}),
        (application.answer_correction, {"item_id": item.pk, "by": by, "reply": "好"}),
    )
    for act, said in filling:
        refuses(NotAllowed, NOBODY_TO_FILL, act, **said)
    for act, said in (
        (application.withdraw, {"application_id": file.pk, "by": by}),
        (
            submission.submit,
            {"application_id": file.pk, "by": by, "signed_name": file.name, "declared": True},
        ),
    ):
        refuses(NotAllowed, NOT_THE_APPLICANT, act, **said)


def test_an_application_that_is_gone_is_refused_in_words(world):
    refuses(
        NotPossible,
        "没有找到这份申报，可能已被移除；请刷新页面",
        application.withdraw,
        application_id=0,
        by=world.applicant,
    )


def test_a_submitted_form_is_not_written_in(world):
    file = world.submitted()

    refuses(
        NotPossible,
        "已提交的申报不能修改；如需修改，请联系办理单位退回",
        save,
        world=world,
        file=file,
        code="summary",
        raw={"deeds": "再改"},
    )


def test_a_form_returned_without_a_list_is_not_written_in(world):
    """What a level above sends down is sent on to the applicant by a return of its own."""
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"})
    file.corrections.update(answered_at=file.held_since)
    version = Section.objects.get(application=file, code="summary").version

    refuses(
        NotPossible,
        "这一部分没有被退回，不能修改",
        save,
        world=world,
        file=file,
        code="summary",
        raw={"deeds": "再改"},
        version=version,
    )


@pytest.mark.clause("R63")
def test_a_written_answer_is_kept_until_the_form_goes_up_again(world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"})
    item = CorrectionItem.objects.get()

    application.answer_correction(item.pk, by=world.applicant, reply="  已核实，无须修改。 ")
    item.refresh_from_db()
    assert item.reply == "已核实，无须修改。"
    world.submit(file)

    refuses(
        NotPossible,
        "这次退回已经答复，不能再改",
        application.answer_correction,
        item_id=item.pk,
        by=world.applicant,
        reply="再答",
    )


def test_the_answer_of_a_withdrawn_return_stays_as_it_is(world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"})
    application.withdraw(file.pk, by=world.applicant, reason="个人原因")

    refuses(
        NotPossible,
        "这次退回已经答复，不能再改",
        application.answer_correction,
        item_id=CorrectionItem.objects.get().pk,
        by=world.applicant,
        reply="再答",
    )
    handling = file.handlings.latest("pk")
    assert (handling.act, handling.opinion) == (Act.WITHDRAW, "个人原因")
    assert Application.objects.get(pk=file.pk).standing == "withdrawn"
