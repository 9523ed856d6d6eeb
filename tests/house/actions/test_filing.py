"""Filing: what is kept, what is refused, and that a refusal changes nothing."""

from datetime import datetime, timedelta

import pytest

from juxian.actions import application, cycle, submission
from juxian.records.models import Application, Handling, Recipient, Section, Submission
from juxian.records.sealing import is_sealed, mark, unseal
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady, Stale
from juxian.regulation.words import Standing
from tests.house.clock import set_clock
from tests.house.world import BEIJING, PDF, kept_of, vary_identity
from tests.rules.sample_answers import professional_sample


def submit(world, drafted, **changes):
    signed = {"signed_name": drafted.name, "declared": True} | changes
    return submission.submit(drafted.pk, by=world.applicant, **signed)


def save(world, drafted, section, **values):
    row = Section.objects.get(application=drafted, code=section)
    application.save_section(drafted.pk, section, values, by=world.applicant, version=row.version)


def untouched(drafted):
    drafted.refresh_from_db()
    return (
        drafted.step == "fill"
        and drafted.standing == Standing.OPEN
        and drafted.submitted_at is None
        and not Submission.objects.filter(application=drafted).exists()
        and not Handling.objects.filter(application=drafted).exists()
    )


@pytest.mark.clause("R42", "R59", "R62")
def test_a_complete_form_is_submitted_and_frozen_under_one_digest(world):
    drafted = world.professional_draft()

    made = submit(world, drafted)

    drafted.refresh_from_db()
    assert (drafted.step, drafted.standing, drafted.turn) == ("employer_check", "open", 1)
    assert drafted.holder == world.hospital
    assert made.header["number"] == drafted.number
    assert len(made.digest) == 64
    assert is_sealed(made.answers["basic"]["resident_id"])


def test_submitting_twice_gives_the_same_submission(world):
    drafted = world.professional_draft()

    first, second = submit(world, drafted), submit(world, drafted)

    assert first == second
    assert Submission.objects.count() == 1
    assert Handling.objects.filter(act="submit").count() == 1


@pytest.mark.clause("R73", "R74")
@pytest.mark.parametrize(
    ("moment", "accepted"),
    [
        (datetime(2020, 5, 6, 23, 59, 59, 999000, tzinfo=BEIJING), True),
        (datetime(2020, 5, 7, tzinfo=BEIJING), False),
        (datetime(2020, 5, 7, 0, 0, 1, tzinfo=BEIJING), False),
    ],
)
def test_filing_ends_at_24_00_of_6_may_by_the_clock_of_the_database(world, moment, accepted):
    drafted = world.professional_draft()
    set_clock(moment)

    if accepted:
        submit(world, drafted)
    else:
        with pytest.raises(NotReady, match="逾期报送不予受理"):
            submit(world, drafted)
        assert untouched(drafted)


@pytest.mark.clause("R74")
def test_a_clock_set_back_does_not_reopen_a_closed_cycle(world):
    drafted = world.professional_draft()
    set_clock(world.cycle.closes_at)
    assert cycle.latch(world.cycle.pk)
    set_clock(world.cycle.closes_at - timedelta(days=1))

    with pytest.raises(NotReady, match="逾期"):
        submit(world, drafted)
    assert untouched(drafted)


@pytest.mark.clause("R11")
def test_an_earlier_recipient_is_refused_and_a_namesake_goes_on_with_a_question(world):
    drafted = world.professional_draft()
    register = Recipient.objects.create(name=drafted.name, id_mark=drafted.id_mark, year=2014)

    with pytest.raises(NotReady) as refusal:
        submit(world, drafted)
    assert any("享受" in said for _path, said in refusal.value.faults)
    assert untouched(drafted)

    register.delete()
    Recipient.objects.create(name=drafted.name, birth_date=drafted.birth_date, year=2014)
    made = submit(world, drafted)
    assert "unclear" in {finding["verdict"] for finding in made.findings}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"resident_id": "wrong digit"}, "校验"),
        ({"birth_date": "1970-01-01"}, "出生日期"),
        ({"sex": "other"}, "性别"),
    ],
)
@pytest.mark.clause("R13")
def test_an_id_number_that_cannot_be_theirs_is_refused_in_words(world, changes, said):
    drafted = world.professional_draft()
    sample = professional_sample()["basic"]
    if "resident_id" in changes:
        last = sample["resident_id"][-1]
        changes = {"resident_id": sample["resident_id"][:-1] + ("1" if last != "1" else "2")}
    if "sex" in changes:
        changes = {"sex": "male" if sample["sex"] == "female" else "female"}
    save(world, drafted, "basic", **changes)

    with pytest.raises(NotReady) as refusal:
        submit(world, drafted)

    assert any(said in sentence for _path, sentence in refusal.value.faults)
    assert untouched(drafted)


@pytest.mark.clause("R14")
def test_an_unmet_hard_condition_is_named_with_the_place_to_mend_it(world):
    drafted = world.professional_draft()
    save(world, drafted, "title", titles=[])

    with pytest.raises(NotReady) as refusal:
        submit(world, drafted)

    assert "title" in {path.split(".")[0] for path, _said in refusal.value.faults}
    assert untouched(drafted)


def test_every_gap_is_told_at_once(world):
    begun = application.begin(
        world.cycle.pk, by=world.applicant, employer_id=world.hospital.pk, track="professional"
    )

    with pytest.raises(NotReady) as refusal:
        submit(world, begun)

    sections = {path.split(".")[0] for path, _said in refusal.value.faults}
    assert {"basic", "post", "education", "title", "conditions", "evidence"} <= sections


def test_without_the_declaration_or_the_right_signature_nothing_is_submitted(world):
    drafted = world.professional_draft()

    with pytest.raises(NotReady, match="声明"):
        submit(world, drafted, declared=False)
    with pytest.raises(NotReady, match="签名"):
        submit(world, drafted, signed_name="别人")
    assert untouched(drafted)


@pytest.mark.clause("R11")
def test_one_resident_cannot_file_from_two_employers(world):
    submit(world, world.professional_draft())
    again = professional_sample()
    twin = world.add_person("twin", again["basic"]["name"])
    second = world.draft(twin, world.hotan_hospital, "professional", again)

    with pytest.raises(NotReady, match="同一证件号码"):
        submission.submit(second.pk, by=twin, signed_name=second.name, declared=True)
    assert untouched(second)


def test_one_person_has_one_live_application_in_a_cycle(world):
    world.professional_draft()

    with pytest.raises(NotReady, match="只能申报一次"):
        application.begin(
            world.cycle.pk, by=world.applicant, employer_id=world.hospital.pk, track="skilled"
        )


def test_a_save_from_a_stale_page_is_refused_and_the_newer_text_stays(world):
    drafted = world.professional_draft()
    row = Section.objects.get(application=drafted, code="basic")
    save(world, drafted, "basic", former_name="阿依努尔")

    with pytest.raises(Stale):
        application.save_section(
            drafted.pk, "basic", {"former_name": "旧"}, by=world.applicant, version=row.version
        )
    kept = Section.objects.get(application=drafted, code="basic")
    assert kept.values["former_name"] == "阿依努尔"
    assert kept.version == row.version + 1


def test_bad_answers_are_kept_as_typed(world):
    drafted = world.professional_draft()

    saved = application.save_section(
        drafted.pk,
        "basic",
        {"birth_date": "七一年五月"},
        by=world.applicant,
        version=Section.objects.get(application=drafted, code="basic").version,
    )

    assert saved.section.values["birth_date"] == "七一年五月"
    assert [fault.path for fault in saved.faults] == ["birth_date"]


def test_somebody_else_cannot_fill_or_submit(world):
    drafted = world.professional_draft()

    with pytest.raises(NotAllowed):
        application.save_section(drafted.pk, "basic", {}, by=world.stranger, version=1)
    with pytest.raises(NotAllowed):
        submission.submit(drafted.pk, by=world.stranger, signed_name=drafted.name, declared=True)


def test_a_submitted_form_takes_no_more_changes(world):
    drafted = world.submitted()

    with pytest.raises(NotPossible, match="不能修改"):
        save(world, drafted, "basic", former_name="改")


def test_the_resident_id_lies_sealed_and_is_found_by_its_mark(world):
    drafted = world.professional_draft()
    number = professional_sample()["basic"]["resident_id"]

    stored = Application.objects.get(pk=drafted.pk)
    section = Section.objects.get(application=drafted, code="basic")

    assert number not in stored.sealed_id
    assert number not in str(section.values)
    assert unseal(stored.sealed_id) == number
    assert Application.objects.get(id_mark=mark(number)) == stored


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "空"), (b"%PDF-1.4 broken", "打不开"), (b"GIF89a", "GIF图片"), (b"MZ\x90", "程序文件")],
)
@pytest.mark.clause("R61")
def test_a_file_that_is_not_what_it_should_be_is_refused_in_words(world, content, said):
    from juxian.actions import evidence

    drafted = world.professional_draft()
    material = next(m.code for m in world_pack(world).materials if m.most is None)

    with pytest.raises(NotReady, match=said):
        evidence.attach(
            drafted.pk, by=world.applicant, material=material, title="x", content=content
        )


def world_pack(world):
    from juxian.records.packs import pack_of

    return pack_of(world.cycle)


@pytest.mark.clause("R61")
def test_the_same_scan_is_stored_once_and_read_back_equal(world):
    from juxian.actions import evidence
    from juxian.selectors.evidence import content_of

    drafted = world.professional_draft()
    material = next(m.code for m in world_pack(world).materials if m.most is None)

    one, two = (
        evidence.attach(drafted.pk, by=world.applicant, material=material, title="x", content=PDF)
        for _time in range(2)
    )

    assert one.file == two.file
    assert content_of(one.file) == kept_of(PDF)


def test_a_withdrawn_application_makes_room_for_another(world):
    drafted = world.submitted()

    application.withdraw(drafted.pk, by=world.applicant)

    drafted.refresh_from_db()
    assert drafted.standing == Standing.WITHDRAWN
    answers = professional_sample()
    vary_identity(answers, 3)
    again = world.draft(world.applicant, world.hospital, "professional", answers)
    assert again.number != drafted.number
