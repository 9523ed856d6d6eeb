"""What keeps a form from being submitted beside its answers: proofs not given, and no seats."""

from datetime import timedelta

import pytest

from juxian.actions import application, evidence
from juxian.records.models import Evidence, Seats, Section, Submission
from juxian.regulation.refusal import NotPossible, NotReady
from tests.house.clock import set_clock
from tests.house.world import FILING, PDF
from tests.rules.sample_answers import professional_sample

NO_SEAT = (
    "推荐单位天山重工集团（示例）可用的专业技术人才指标为："
    "“百千万人才工程”国家级人选（不占指标），与您填写的情况不符；"
    "请先向天山重工集团（示例）或专业技术人员管理处（电话0991-3689692）咨询"
)


def save(drafted, section, **values):
    row = Section.objects.get(application=drafted, code=section)
    by = drafted.applicant
    application.save_section(drafted.pk, section, values, by=by, version=row.version)


def drop(drafted, *materials):
    for file in Evidence.objects.filter(application=drafted, material__in=materials):
        evidence.detach(file.pk, by=drafted.applicant)


def give(drafted, material, claim=""):
    by = drafted.applicant
    evidence.attach(drafted.pk, by=by, material=material, title="", content=PDF, claim=claim)


def faults(world, drafted):
    with pytest.raises(NotReady) as refused:
        world.submit(drafted)
    assert not Submission.objects.filter(application=drafted).exists()
    return refused.value.faults


@pytest.mark.clause("R37", "R61")
def test_what_the_answers_make_due_must_be_given(world):
    drafted = world.professional_draft()
    drop(drafted, "epidemic")
    assert faults(world, drafted) == (("evidence.epidemic", "请上传抗疫一线经历证明"),)

    save(drafted, "post", epidemic=False)
    world.submit(drafted)

    assert drafted.step == "employer_check"


@pytest.mark.clause("R58")
def test_treated_secrets_want_their_review_on_file(world):
    drafted = world.professional_draft()
    save(drafted, "declaration", secrecy="treated", secrecy_reviewer="喀什地区保密局（示例）")
    assert faults(world, drafted) == (("evidence.secrecy", "请上传保密审查证明"),)

    give(drafted, "secrecy")
    world.submit(drafted)

    assert drafted.step == "employer_check"


@pytest.mark.clause("R23c")
def test_a_skilled_worker_gives_the_certificate(world):
    drafted = world.skilled_draft()
    drop(drafted, "skill")

    assert faults(world, drafted) == (("evidence.skill", "请上传职业资格证书或职业技能等级证书"),)


@pytest.mark.clause("R14e", "R61")
def test_every_condition_claimed_wants_a_file_and_the_identity_card_is_none(world):
    drafted = world.professional_draft()
    drop(drafted, "awards")
    assert faults(world, drafted) == (
        ("evidence.awards", "请为所选条件“3. 医疗卫生第一线”上传证明材料"),
        ("evidence.awards", "请为所选条件“2. 技术研究与开发”上传证明材料"),
    )

    give(drafted, "other", claim="conditions.statements.claim-1")
    assert faults(world, drafted) == (
        ("evidence.awards", "请为所选条件“2. 技术研究与开发”上传证明材料"),
    )

    give(drafted, "patents")
    world.submit(drafted)

    assert drafted.step == "employer_check"


@pytest.mark.clause("R61", "R63")
def test_of_a_returned_form_what_a_mended_answer_makes_due_can_be_given(world):
    drafted = world.professional_draft()
    drop(drafted, "epidemic")
    save(drafted, "post", epidemic=False)
    world.submit(drafted)
    world.send_back(drafted, {"post": "单位与岗位"})
    set_clock(FILING + timedelta(hours=1))
    with pytest.raises(NotPossible, match="这类材料没有被退回"):
        give(drafted, "epidemic")

    save(drafted, "post", **professional_sample()["post"])
    give(drafted, "epidemic")
    with pytest.raises(NotPossible, match="这类材料没有被退回"):
        give(drafted, "education")
    world.submit(drafted)

    assert (drafted.turn, drafted.step) == (2, "employer_check")


def at_the_enterprise(world):
    answers = professional_sample()
    return world.draft(world.people["applicant"], world.enterprise, "professional", answers)


@pytest.mark.clause("R39", "R41")
def test_whom_no_seat_of_the_nominating_unit_could_take_is_told_before_filing(world):
    drafted = at_the_enterprise(world)
    assert faults(world, drafted) == (("honours.bqw", NO_SEAT),)

    save(drafted, "honours", bqw=True, bqw_year=2016)
    give(drafted, "national_talent")
    world.submit(drafted)

    assert (drafted.step, drafted.fits[0]) == ("employer_check", "national_talent")


def test_seats_that_were_given_since_the_call_count(world):
    drafted = at_the_enterprise(world)
    office = world.enterprise
    Seats.objects.create(cycle=world.cycle, office=office, bucket="professional", granted=1)

    world.submit(drafted)

    assert drafted.step == "employer_check"
