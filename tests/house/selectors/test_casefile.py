"""One file as an office reads it."""

import pytest

from juxian.actions import application, evidence, opinion, verification
from juxian.records.clock import today
from juxian.records.models import Recipient
from juxian.selectors.casefile import casefile_of, latest_submission, photo_at, photograph
from tests.house.desks.office_world import officer, took_up
from tests.house.world import another_pdf

pytestmark = pytest.mark.django_db


def read(file, reader):
    file.refresh_from_db()
    return casefile_of(file, reader=reader)


def returned_and_mended(world, *, reply="已核对证书原件"):
    """A file sent back for two things: one mended, one answered."""
    file = world.submitted()
    world.send_back(file, {"basic.postcode": "邮政编码", "title.titles": "职称"})
    section = file.sections.get(code="basic")
    application.save_section(
        file.pk, "basic", {"postcode": "830011"}, by=file.applicant, version=section.version
    )
    item = file.corrections.get().items.get(path="title.titles")
    application.answer_correction(item.pk, by=file.applicant, reply=reply)
    world.submit(file)
    return file


def test_a_fresh_file_has_its_form_its_evidence_and_one_act(world):
    file = world.submitted()

    case = read(file, world.hospital_handler)

    assert case.step.code == "employer_check"
    assert [part.code for part in case.parts][:2] == ["basic", "post"]
    assert [proof.number for proof in case.proofs] == list(range(1, len(case.proofs) + 1))
    assert [entry.handling.act for entry in case.timeline] == ["submit"]
    assert (case.compared_with, case.correction, case.listed_on) == (None, None, None)


def test_a_draft_shows_no_answers(world):
    file = world.professional_draft()

    case = read(file, world.hospital_handler)

    assert (case.submission, case.parts, case.proofs) == (None, (), ())


def test_after_a_return_only_what_changed_stands_out(world):
    file = returned_and_mended(world)

    case = read(file, world.hospital_handler)

    assert case.compared_with == 1
    assert [part.code for part in case.changed] == ["basic"]
    assert [line.was for line in case.changed[0].lines if line.is_changed] == ["844000"]


def test_a_return_is_kept_with_what_was_asked_and_answered(world):
    file = returned_and_mended(world)

    correction = read(file, world.hospital_handler).correction

    assert correction.answered_at is not None
    assert {item.path: item.reply for item in correction.items.all()} == {
        "basic.postcode": "",
        "title.titles": "已核对证书原件",
    }


def test_new_and_removed_evidence_is_told_from_what_was_there(world):
    file = world.submitted()
    first = file.evidence.order_by("position").first()
    world.send_back(file, {"evidence": "证明材料"})
    evidence.attach(
        file.pk,
        by=file.applicant,
        material=first.material,
        title="清晰件",
        content=another_pdf("clear"),
    )
    for old in file.evidence.filter(removed_at=None).exclude(title="清晰件"):
        if old.material == first.material:
            evidence.detach(old.pk, by=file.applicant)
    world.submit(file)

    case = read(file, world.hospital_handler)

    assert [one.evidence.title for one in case.proofs if one.state == "new"] == ["清晰件"]


def test_the_same_file_in_another_application_is_pointed_out(world):
    file = world.submitted()
    alone = [proof.is_shared for proof in read(file, world.hospital_handler).proofs]
    world.professional_draft(1)

    shared = [proof.is_shared for proof in read(file, world.hospital_handler).proofs]

    assert (any(alone), all(shared)) == (False, True)


def test_a_question_no_rule_decides_stays_open_until_an_officer_settles_it(world):
    drafted = world.professional_draft()
    Recipient.objects.create(name=drafted.name, birth_date=drafted.birth_date, year=2016)
    world.submit(drafted)
    (question,) = read(drafted, world.hospital_handler).open_questions

    verification.settle(
        drafted.pk,
        by=world.hospital_handler,
        condition=question.condition.code,
        holds=True,
        reason="同名同日生，身份证号码不同，经查非同一人",
    )
    case = read(drafted, world.hospital_handler)
    (settled,) = [found for found in case.notable if found.settled]

    assert case.open_questions == ()
    assert (settled.word, settled.tone) == ("认定符合", "ok")


def test_what_the_employer_certified_stands_beside_the_finding(world):
    file = world.submitted()
    world.pass_step(file)

    certified = [f for f in read(file, world.hospital_handler).findings if f.certified]

    assert {found.certified.office.name for found in certified} == {file.employer.name}
    assert not any(found.mended_since for found in certified)


@pytest.mark.clause("R58")
def test_what_was_certified_before_the_applicant_mended_the_file_says_so(world):
    file = world.submitted()
    world.pass_until("nominator_check", file)
    world.send_back(file, {"basic.postcode": "邮政编码"}, by=world.kashgar_handler)
    section = file.sections.get(code="basic")
    application.save_section(
        file.pk, "basic", {"postcode": "830011"}, by=file.applicant, version=section.version
    )
    world.submit(file)

    found = {f.condition.code: f for f in read(file, world.kashgar_handler).findings}

    assert found["unclassified"].certified.turn == 1
    assert found["unclassified"].mended_since
    assert not found["in_post"].mended_since


@pytest.mark.clause("R46")
def test_the_discipline_opinion_is_closed_to_the_employer_below(world):
    file = world.submitted()
    world.pass_until("discipline", file)
    opened = took_up(world, file)
    cleared = opinion.OpinionAnswer(opinion.OpinionCode.CLEARED, "有反映，已查清")
    reply = opinion.Reply("喀纪函〔2020〕3号", today(), {file.pk: cleared})
    opinion.conclude(opened.pk, by=officer(world, file), reply=reply)

    below = read(file, world.hospital_handler).timeline[0].opinion
    above = read(file, world.kashgar_handler).timeline[0].opinion

    assert (below, above) == ("（内容不公开）", "有反映，已查清")


def test_the_ladder_shows_the_present_level_and_folds_the_others(world):
    file = world.submitted()
    world.pass_until("nominator_check", file)

    rungs = read(file, world.kashgar_handler).rungs

    assert [rung.title for rung in rungs if rung.state == "now"] == ["推荐单位审核"]
    assert [rung.title for rung in rungs][:2] == ["个人自愿申报", "用人单位"]
    assert rungs[-1].title == "自治区"


def test_a_returned_file_starts_again_at_filling(world):
    file = world.submitted()
    world.send_back(file, {"basic.postcode": "邮政编码"})

    rungs = read(file, world.hospital_handler).rungs

    assert [(rung.title, rung.note) for rung in rungs if rung.state == "now"] == [
        ("个人自愿申报", "")
    ]


def test_an_evaluation_is_summed_up_on_its_rung(world):
    file = world.submitted()
    world.pass_until("employer_notice", file)

    notes = {rung.title: rung.note for rung in read(file, world.hospital_handler).rungs}

    assert notes["同行专家评议"] == "同意 7/7"


def test_the_photograph_is_the_one_the_submission_names(world):
    file = world.submitted()

    kept = photograph(photo_at(file, "basic.photo"))

    assert kept.digest == latest_submission(file).answers["basic"]["photo"]
    assert photo_at(file, "basic.name") == ""
    assert photograph("") is None


def test_a_file_costs_the_same_queries_however_much_it_holds(world, django_assert_max_num_queries):
    file = returned_and_mended(world)
    reader = world.hospital_handler
    file.refresh_from_db()

    with django_assert_max_num_queries(16):
        casefile_of(file, reader=reader)
