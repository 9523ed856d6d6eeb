"""代填: a unit clerk types for an applicant, who alone signs; both stay in the trace."""

import pytest

from juxian.access import scope
from juxian.actions import application, evidence, proxy, submission
from juxian.actions.person import change_own_password
from juxian.records.models import Person, Proxy, Section, Submission, Trace
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from tests.house.world import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(world):
    return world.professional_draft()


@pytest.fixture
def typed_for(world, drafted):
    proxy.let_fill(drafted.pk, by=world.applicant)
    return drafted


def save(world, drafted, by, **answers):
    version = Section.objects.get(application=drafted, code="career").version
    return application.save_section(drafted.pk, "career", answers, by=by, version=version)


def begin_for(world, **changed):
    given = {
        "office_id": world.hospital.pk,
        "login": "gulnar1976",
        "name": "古丽娜尔·阿不都",
        "phone": "13800000000",
        "track": "professional",
    }
    return proxy.begin_for(world.cycle.pk, by=world.hospital_handler, **given | changed)


def test_nobody_types_for_another_unasked(world, drafted):
    with pytest.raises(NotAllowed):
        save(world, drafted, world.hospital_handler, summary="代写")

    assert list(scope.typed(world.hospital_handler)) == []


def test_the_clerk_who_was_asked_types_and_the_trace_says_who(world, typed_for):
    save(world, typed_for, world.hospital_handler, summary="代写")

    kept = Section.objects.get(application=typed_for, code="career")
    assert (kept.values["summary"], kept.saved_by) == ("代写", world.hospital_handler)
    last = Trace.objects.filter(act="save_section").latest("pk")
    assert last.by == world.hospital_handler


@pytest.mark.parametrize("who", ["kashgar_handler", "hospital_discipline", "stranger", "secretary"])
def test_only_the_clerks_of_the_employer_may(world, typed_for, who):
    with pytest.raises(NotAllowed):
        save(world, typed_for, getattr(world, who), summary="代写")


def test_signing_and_withdrawing_stay_with_the_applicant(world, typed_for):
    clerk = world.hospital_handler

    with pytest.raises(NotAllowed):
        submission.submit(typed_for.pk, by=clerk, signed_name=typed_for.name, declared=True)
    with pytest.raises(NotAllowed):
        application.withdraw(typed_for.pk, by=clerk)
    with pytest.raises(NotAllowed):
        proxy.end_proxy(typed_for.pk, by=clerk)


def test_what_was_submitted_names_who_typed(world, typed_for):
    save(world, typed_for, world.hospital_handler, summary="代写的经历" * 10)

    world.submit(typed_for)

    made = Submission.objects.get(application=typed_for)
    assert made.header["typed_by"] == "医院经办"
    assert made.by == world.applicant


def test_who_typed_nothing_is_not_named(world, typed_for):
    world.submit(typed_for)

    assert "typed_by" not in Submission.objects.get(application=typed_for).header


def test_asking_twice_asks_once(world, typed_for):
    again = proxy.let_fill(typed_for.pk, by=world.applicant)

    assert list(Proxy.objects.filter(application=typed_for)) == [again]


def test_a_leave_that_was_ended_lets_nobody_type(world, typed_for):
    proxy.end_proxy(typed_for.pk, by=world.applicant)
    proxy.end_proxy(typed_for.pk, by=world.applicant)

    with pytest.raises(NotAllowed):
        save(world, typed_for, world.hospital_handler, summary="代写")
    assert Trace.objects.filter(act="end_proxy").count() == 1


def test_a_submitted_form_is_no_longer_the_clerks_to_type(world, typed_for):
    world.submit(typed_for)

    assert list(scope.typed(world.hospital_handler)) == []
    with pytest.raises(NotPossible):
        proxy.let_fill(typed_for.pk, by=world.applicant)


def test_a_returned_form_is_typed_again_where_it_is_open(world, typed_for):
    world.submit(typed_for)
    world.send_back(typed_for, {"career.summary": "主要专业工作经历"})

    save(world, typed_for, world.hospital_handler, summary="补充后的经历")

    assert Section.objects.get(application=typed_for, code="career").values["summary"] == (
        "补充后的经历"
    )


def test_the_clerk_adds_and_takes_back_evidence(world, typed_for):
    given = evidence.attach(
        typed_for.pk, by=world.hospital_handler, material="title", title="", content=PDF
    )

    assert scope.evidence(world.hospital_handler).filter(pk=given.pk).exists()
    evidence.detach(given.pk, by=world.hospital_handler)
    given.refresh_from_db()
    assert (given.added_by, given.removed_at is None) == (world.hospital_handler, False)


def test_who_has_no_account_gets_one_with_a_draft(world):
    begun = begin_for(world)

    made = Person.objects.get(login="gulnar1976")
    assert (made.name, made.employer, made.password_is_given) == (
        "古丽娜尔·阿不都",
        world.hospital,
        True,
    )
    assert made.check_password(begun.password)
    assert begun.password not in repr(begun)
    assert list(scope.typed(world.hospital_handler)) == [begun.application]
    assert [t.by for t in Trace.objects.filter(act="let_fill")] == [world.hospital_handler]


def test_an_account_that_is_there_already_is_not_taken(world):
    with pytest.raises(NotReady, match="已有账号"):
        begin_for(world, login="applicant")

    assert Person.objects.get(login="applicant").password_is_given is False


def test_a_clerk_begins_only_for_the_own_office(world):
    with pytest.raises(NotAllowed):
        begin_for(world, office_id=world.kashgar.pk)

    assert not Person.objects.filter(login="gulnar1976").exists()


def test_a_password_that_the_clerk_knows_signs_nothing(world, typed_for):
    applicant = world.applicant
    applicant.password_is_given = True

    with pytest.raises(NotReady, match="修改单位代设的口令"):
        submission.submit(typed_for.pk, by=applicant, signed_name=typed_for.name, declared=True)

    change_own_password(applicant, "another horse 43")
    submission.submit(typed_for.pk, by=applicant, signed_name=typed_for.name, declared=True)
