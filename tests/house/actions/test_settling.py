"""What no rule can decide: who settles it, with what reason, and what waits until then."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection

from juxian.actions import submission, verification
from juxian.actions.application import save_section
from juxian.records.clock import now
from juxian.records.models import (
    Certification,
    Correction,
    Handling,
    Recipient,
    Section,
    Trace,
)
from juxian.records.packs import pack_named
from juxian.regulation.calendar import in_words
from juxian.regulation.deadlines import end_of
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.selectors.certification import open_questions, to_certify
from juxian.selectors.invariants import broken
from tests.house.access.matrix_world import matrix_world
from tests.house.actions.refusing import tomorrow
from tests.house.actions.unchanged import everything, refuses
from tests.rules.sample_answers import skilled_sample

PACKS = Path(__file__).parents[3] / "packs"
CONDITION = "not_on_register"


def settle(file, by, **changes):
    said = {"condition": CONDITION, "holds": True, "reason": " 经核对，系同名。 ", **changes}
    return verification.settle(file.pk, by=by, **said)


def keep_against(world, file, condition=CONDITION):
    """The record alone, wherever the file is and whether the question was open or not."""
    Certification.objects.create(
        application=file,
        turn=1,
        condition=condition,
        holds=False,
        reason="名册中就是本人",
        office=world.hospital,
        by=world.hospital_handler,
        done_at=now(),
    )


@pytest.fixture
def namesake(world):
    """A file about which the register of recipients leaves a question open."""
    drafted = world.professional_draft()
    Recipient.objects.create(name=drafted.name, birth_date=drafted.birth_date, year=2014)
    world.submit(drafted)
    return drafted


@pytest.mark.clause("R11")
def test_what_is_open_must_be_settled_before_the_nominating_unit_endorses(world, namesake):
    world.pass_until("nominator_check", namesake)
    by = world.kashgar_handler
    assert [condition.code for condition in open_questions(namesake)] == [CONDITION]

    faults = refuses(
        NotReady,
        "还有1项须由人认定，请先作出认定",
        verification.endorse,
        application_id=namesake.pk,
        by=by,
    )
    assert faults == ((CONDITION, "已享受人员名册中没有本人"),)

    certification = settle(namesake, by)
    verification.endorse(namesake.pk, by=by)

    namesake.refresh_from_db()
    assert namesake.step == "nominator_panel"
    assert (certification.reason, certification.holds) == ("经核对，系同名。", True)
    assert (certification.by, certification.office, certification.turn) == (by, world.kashgar, 1)


def test_a_settlement_leaves_a_trace_of_what_was_found(world, namesake):
    settle(namesake, world.hospital_handler, holds=False)

    trace = Trace.objects.latest("pk")
    assert (trace.act, trace.detail) == ("settle", {"condition": CONDITION, "holds": False})


def test_what_is_open_is_settled_where_a_file_can_be_sent_back(world, namesake):
    world.pass_until("peer_review", namesake)

    refuses(NotPossible, "只能在审核环节作出认定", settle, file=namesake, by=world.hospital_handler)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": " "}, "请写明认定的理由"),
        ({"condition": "senior_title"}, "这一项不需要认定，或已经认定"),
    ],
)
def test_a_settlement_needs_a_reason_and_an_open_question(world, namesake, changes, said):
    refuses(NotReady, said, settle, file=namesake, by=world.hospital_handler, **changes)


def test_nobody_settles_what_is_asked_of_himself(world, namesake):
    namesake.applicant = world.hospital_handler
    namesake.save(update_fields=["applicant"])

    refuses(
        NotAllowed,
        "不能办理自己的申报，请由本单位其他人员办理",
        settle,
        file=namesake,
        by=world.hospital_handler,
    )


def test_a_question_is_settled_once(world, namesake):
    settle(namesake, world.hospital_handler)

    refuses(
        NotReady,
        "这一项不需要认定，或已经认定",
        settle,
        file=namesake,
        by=world.hospital_handler,
    )


@pytest.mark.clause("R7", "R11")
def test_whom_an_officer_settled_against_goes_no_further_and_may_be_refused(world, namesake):
    world.pass_until("nominator_check", namesake)
    by = world.kashgar_handler
    settle(namesake, by, holds=False, reason="本人2014年已享受")

    faults = refuses(
        NotReady,
        "有1项已认定为不符合，不能通过；请退回修改、不予通过或不推荐",
        verification.endorse,
        application_id=namesake.pk,
        by=by,
    )
    assert faults == ((CONDITION, f"{namesake.name}：已认定不符合“已享受人员名册中没有本人”"),)

    verification.reject(namesake.pk, by=by, opinion="已享受过政府特殊津贴")
    namesake.refresh_from_db()
    assert namesake.standing == "rejected"


@pytest.mark.clause("R7")
def test_what_the_employer_settled_against_stops_the_file_at_the_employer(world, namesake):
    by = world.hospital_handler
    settle(namesake, by, holds=False)
    certified = {condition.code: True for condition in to_certify(namesake)}

    refuses(
        NotReady,
        "有1项已认定为不符合，不能通过；请退回修改、不予通过或不推荐",
        verification.endorse,
        application_id=namesake.pk,
        by=by,
        certified=certified,
    )


def test_one_settled_against_keeps_a_whole_list_from_being_passed(world, namesake):
    clear = world.submitted(number=2)
    world.pass_until("peer_review", namesake, clear)
    keep_against(world, namesake)

    with pytest.raises(NotReady, match="有1项已认定为不符合"):
        world.pass_step(namesake, clear)


@pytest.mark.clause("R7")
def test_the_recount_finds_whoever_went_on_though_settled_against(world, namesake):
    keep_against(world, namesake)
    assert broken() == ()
    moved = Handling.objects.create(
        application=namesake,
        turn=1,
        step="employer_check",
        act="endorse",
        by=world.hospital_handler,
        office=world.hospital,
        done_at=now() + timedelta(minutes=1),
    )

    found = {one.invariant.code: one.rows for one in broken()}
    assert found["settled_against"] == (str(moved.pk),)


def test_a_settlement_against_what_is_only_generally_wanted_stops_nobody(world):
    file = world.submitted()
    keep_against(world, file, "assessment")

    world.pass_step(file)

    assert file.step == "peer_review"


@pytest.mark.clause("R63")
def test_a_mended_file_is_looked_at_anew_by_whoever_settled_against_it(world, namesake):
    world.pass_until("nominator_check", namesake)
    by = world.kashgar_handler
    settle(namesake, by, holds=False)
    resubmit(world, namesake)

    assert [condition.code for condition in open_questions(namesake)] == [CONDITION]
    settle(namesake, world.fresh(by))
    verification.endorse(namesake.pk, by=world.fresh(by))


@pytest.mark.clause("R63")
def test_a_settlement_stands_until_the_facts_behind_it_change(world, namesake):
    world.pass_until("nominator_check", namesake)
    settle(namesake, world.kashgar_handler)

    resubmit(world, namesake)
    assert open_questions(namesake) == ()

    other = "阿依努尔·艾合买提"
    Recipient.objects.create(name=other, birth_date=namesake.birth_date, year=2016)
    resubmit(world, namesake, basic={"name": other}, declaration={"signature": other})
    assert [condition.code for condition in open_questions(namesake)] == [CONDITION]


def resubmit(world, file, **changes):
    """Sent back, mended and submitted again."""
    changes = changes or {"basic": {"email": "new@example.cn"}}
    world.send_back(file, dict.fromkeys(changes, "有关内容"))
    for code, values in changes.items():
        version = Section.objects.get(application=file, code=code).version
        save_section(file.pk, code, values, by=file.applicant, version=version)
    signed = changes.get("declaration", {}).get("signature", file.name)
    submission.submit(file.pk, by=file.applicant, signed_name=signed, declared=True)
    file.refresh_from_db()


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("kashgar_handler", "这份申报现在由喀什地区第一人民医院（示例）办理，不在您所在的单位"),
        ("hospital_discipline", "“所在单位审核”不由您的岗位办理"),
        ("applicant", "这份申报现在由喀什地区第一人民医院（示例）办理，不在您所在的单位"),
        ("stranger", "这份申报现在由喀什地区第一人民医院（示例）办理，不在您所在的单位"),
    ],
)
def test_only_the_holding_office_settles(world, namesake, who, said):
    refuses(
        NotAllowed,
        said,
        settle,
        file=namesake,
        by=getattr(world, who),
    )
    assert not Certification.objects.exists()


@pytest.mark.clause("R11", "R47")
def test_a_county_passes_a_question_on_for_the_nominating_unit_to_settle(db, settings, tmp_path):
    world = matrix_world(settings, tmp_path)
    drafted = world.professional_draft()
    Recipient.objects.create(name=drafted.name, birth_date=drafted.birth_date, year=2014)
    world.submit(drafted)

    world.pass_until("discipline", drafted)

    assert [condition.code for condition in open_questions(drafted)] == [CONDITION]


@pytest.mark.clause("R63")
def test_a_file_sent_down_one_step_is_asked_of_the_office_below_and_not_of_the_applicant(
    db, settings, tmp_path
):
    world = matrix_world(settings, tmp_path)
    file = world.submitted()
    world.pass_until("nominator_recheck", file)
    item = verification.CorrectionRequest("summary.deeds", "事迹", "unclear", "请核实")

    verification.send_down(
        file.pk, by=world.kashgar_reviewer, opinion="请核实", items=[item], due_on=tomorrow(3)
    )

    file.refresh_from_db()
    assert (file.step, file.standing, file.turn) == ("nominator_check", "open", 1)
    assert (file.holder, file.resumes_at) == (world.kashgar, ["nominator_recheck"])
    assert not Correction.objects.exists()
    assert file.handlings.latest("pk").opinion == (
        f"请核实\n1. 事迹：请核实\n请于{in_words(tomorrow(3))}（含当天）前办理。"
    )
    assert file.due_at == end_of(tomorrow(3))


def test_reading_a_file_notes_the_first_time_its_holder_did(world):
    file = world.submitted()

    verification.open_file(file.pk, by=world.secretary)
    file.refresh_from_db()
    assert file.opened_at is None
    verification.open_file(file.pk, by=world.hospital_handler)
    file.refresh_from_db()
    first = file.opened_at
    verification.open_file(file.pk, by=world.hospital_handler)

    file.refresh_from_db()
    assert first is not None
    assert file.opened_at == first
    assert Trace.objects.filter(act="open_file", subject_id=str(file.pk)).count() == 3


@pytest.fixture
def exception_not_asked(world, settings, tmp_path):
    """A call whose form leaves the reason for an exception to be given or not."""
    shutil.copytree(PACKS, tmp_path / "packs")
    folder = tmp_path / "packs" / "exception-not-asked"
    shutil.copytree(PACKS / world.cycle.pack, folder)
    fields = folder / "fields.toml"
    text = fields.read_text(encoding="utf-8")
    start = text.index('code = "exception"')
    wanted = text.index("required = true\n", start)
    fields.write_text(text[:wanted] + text[wanted + len("required = true\n") :], encoding="utf-8")
    settings.PACKS_DIR = tmp_path / "packs"
    world.cycle.pack, world.cycle.pack_digest = folder.name, pack_named(folder.name).digest
    world.cycle.save()


@pytest.mark.clause("R23")
def test_what_is_generally_required_and_not_met_must_be_explained(world, exception_not_asked):
    answers = skilled_sample()
    answers["skill"]["level"] = "2"
    file = world.draft(world.welder, world.enterprise, "skilled", answers)
    said = {"application_id": file.pk, "by": world.welder, "signed_name": file.name}

    faults = refuses(
        NotReady,
        "一般应具有高级技师（一级）职业资格或职业技能等级；请写明理由",
        submission.submit,
        declared=True,
        **said,
    )
    rule = "一般应具有高级技师（一级）职业资格或职业技能等级"
    assert faults == (("skill.exception", f"{rule}；请写明理由"),)

    skill = {**answers["skill"], "exception": "攻克高压厚壁管道焊接难题。"}
    save_section(file.pk, "skill", skill, by=world.welder, version=1)
    submission.submit(declared=True, **said)

    file.refresh_from_db()
    assert (file.step, "破格" in file.marks) == ("employer_check", True)


def test_a_fault_of_the_database_is_not_dressed_up_as_a_refusal(world):
    drafted = world.professional_draft()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE records_application ADD CONSTRAINT nothing_is_submitted "
            "CHECK (submitted_at IS NULL)"
        )
    before = everything()

    with pytest.raises(IntegrityError, match="nothing_is_submitted"):
        world.submit(drafted)

    assert everything() == before
