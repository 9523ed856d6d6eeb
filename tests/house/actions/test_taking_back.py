"""Taking a submitted form back: until when, what is kept, who still sees it, and the race."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models import QuerySet

from juxian.access import scope
from juxian.actions import application, message, proceeding, submission, verification
from juxian.actions.submission import take_back
from juxian.records.models import Application, Correction, Handling, Message, Submission, Trace
from juxian.regulation.refusal import NotAllowed, NotPossible
from juxian.regulation.words import Standing
from juxian.selectors.casefile import casefile_of
from juxian.selectors.certification import to_certify
from juxian.selectors.facts import answers_of
from juxian.selectors.invariants import broken
from juxian.selectors.work import Count, counts_of
from tests.house.actions.unchanged import refuses
from tests.house.clock import set_clock
from tests.house.world import FILING, build

MENDED = "重新提交的事迹。"
MINUTES = timedelta(minutes=1)
LATE = "提交已超过10分钟，办理单位也已打开这份申报，不能自行取回；如需更正，请联系办理单位退回"


def taken(world, file):
    take_back(file.pk, by=world.applicant)
    file.refresh_from_db()
    return file


def sees(person, file):
    return scope.worked(person).filter(pk=file.pk).exists()


def write(world, file, words=MENDED):
    section = file.sections.get(code="summary")
    application.save_section(
        file.pk, "summary", {"deeds": words}, by=world.applicant, version=section.version
    )


def resubmit(world, file):
    made = submission.submit(file.pk, by=world.applicant, signed_name=file.name, declared=True)
    file.refresh_from_db()
    return made


def returned(world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"}, days=3)
    write(world, file)
    resubmit(world, file)
    return file


def test_it_is_the_draft_again_with_everything_kept(world):
    file = world.submitted()
    answers = answers_of(file)

    taken(world, file)

    assert (file.step, file.standing, file.turn) == ("fill", Standing.OPEN, 1)
    assert (file.holder, file.due_at, file.submitted_at) == (None, None, None)
    assert answers_of(file) == answers
    assert Submission.objects.filter(application=file).count() == 1
    assert [(one.act, one.step, one.office) for one in file.handlings.order_by("pk")] == [
        ("submit", "fill", None),
        ("take_back", "employer_check", world.hospital),
    ]
    assert Trace.objects.latest("pk").act == "take_back"
    assert broken() == ()


def test_the_applicant_is_told(world):
    file = taken(world, world.submitted())

    message.tell_of(file.handlings.latest("pk").pk)

    said = Message.objects.get().text
    assert said == f"您的申报{file.number}：所在单位审核，取回修改"


def test_submitting_again_is_the_next_turn_on_the_same_way(world):
    file = taken(world, world.submitted())
    write(world, file)

    made = resubmit(world, file)

    assert (made.turn, made.answers["summary"]["deeds"]) == (2, MENDED)
    assert (file.step, file.standing, file.turn) == ("employer_check", Standing.OPEN, 2)
    assert (file.holder, file.submitted_at) == (world.hospital, made.submitted_at)
    assert broken() == ()
    world.pass_step(file)
    assert file.step == "peer_review"


def test_what_nobody_had_opened_is_seen_by_no_office_until_it_comes_again(world):
    file = world.submitted()
    assert sees(world.hospital_handler, file)
    assert counts_of(world.hospital_handler)["drafting"] == Count(0)

    taken(world, file)

    assert not sees(world.hospital_handler, file)
    assert counts_of(world.hospital_handler)["drafting"] == Count(1)
    resubmit(world, file)
    assert sees(world.hospital_handler, file)


def test_an_office_that_had_opened_it_sees_it_leave_and_not_what_becomes_of_it(world):
    file = world.submitted()
    verification.open_file(file.pk, by=world.hospital_handler)
    taken(world, file)
    name = file.name
    section = file.sections.get(code="basic")
    basic = {"name": "另写的名字"}
    application.save_section(file.pk, "basic", basic, by=world.applicant, version=section.version)

    file = scope.worked(world.hospital_handler).select_related("holder").get(pk=file.pk)
    case = casefile_of(file, reader=world.hospital_handler)

    assert [entry.handling.act for entry in case.timeline] == ["take_back", "submit"]
    assert file.name == name
    assert case.submission.turn == 1


def test_an_office_compares_with_the_last_turn_that_was_not_taken_back(world):
    file = returned(world)
    taken(world, file)
    write(world, file, "第三次写的事迹。")
    resubmit(world, file)

    case = casefile_of(file, reader=world.hospital_handler)

    (line,) = [line for part in case.changed for line in part.lines if line.is_changed]
    assert (case.submission.turn, case.compared_with) == (3, 1)
    assert line.text == "第三次写的事迹。"


def test_a_form_taken_back_before_anybody_acted_has_nothing_to_be_compared_with(world):
    file = taken(world, world.submitted())
    write(world, file)
    resubmit(world, file)

    assert casefile_of(file, reader=world.hospital_handler).compared_with is None


def test_within_ten_minutes_an_open_file_is_taken_back_and_afterwards_no_more(world):
    file, other = world.submitted(), world.submitted(number=2)
    for one in (file, other):
        verification.open_file(one.pk, by=world.hospital_handler)
    set_clock(FILING + 10 * MINUTES - timedelta(seconds=1))
    taken(world, file)
    assert file.step == "fill"
    set_clock(FILING + 10 * MINUTES)

    refuses(NotPossible, LATE, take_back, application_id=other.pk, by=other.applicant)


def test_a_file_that_nobody_has_opened_is_taken_back_days_later(world):
    file = world.submitted()
    set_clock(FILING + timedelta(days=2))

    assert taken(world, file).step == "fill"


def test_what_an_office_has_passed_on_is_not_taken_back_even_at_once(world):
    file = world.submitted()
    world.pass_step(file)
    said = "办理单位已经办理这份申报，不能自行取回；如需更正，请联系办理单位退回"

    refuses(NotPossible, said, take_back, application_id=file.pk, by=world.applicant)


def test_after_the_close_it_is_kept_since_it_could_not_be_submitted_again(world):
    file = world.submitted()
    world.cycle.refresh_from_db()
    set_clock(world.cycle.closes_at)
    said = "申报已经截止，取回后不能再提交，所以不能取回；如需更正，请联系办理单位退回"

    refuses(NotPossible, said, take_back, application_id=file.pk, by=world.applicant)


def test_nobody_else_takes_it_back(world):
    file = world.submitted()
    said = "只有申报人本人可以办理这一步"

    refuses(NotAllowed, said, take_back, application_id=file.pk, by=world.hospital_handler)


def test_a_repeated_call_changes_nothing(world):
    file = world.submitted()
    first = take_back(file.pk, by=world.applicant)

    assert take_back(file.pk, by=world.applicant) == first
    assert Handling.objects.filter(act="take_back").count() == 1


def test_a_mended_form_is_the_same_return_again(world):
    file = returned(world)
    correction = Correction.objects.get()
    correction.items.update(reply="补充说明")

    taken(world, file)

    correction.refresh_from_db()
    assert (file.step, file.standing, file.turn) == ("fill", Standing.RETURNED, 2)
    assert (correction.answered_at, file.due_at) == (None, correction.due_at)
    assert correction.items.get().reply == "补充说明"
    assert file.submitted_at is not None
    with pytest.raises(NotPossible, match="这一部分没有被退回"):
        application.save_section(file.pk, "basic", {}, by=world.applicant, version=1)
    assert resubmit(world, file).turn == 3
    assert file.step == "employer_check"
    assert broken() == ()


def test_a_mended_form_is_kept_after_the_day_of_the_return(world):
    file = returned(world)
    set_clock(Correction.objects.get().due_at)
    said = "补正期限已过，取回后不能再提交，所以不能取回；如需更正，请联系办理单位退回"

    refuses(NotPossible, said, take_back, application_id=file.pk, by=world.applicant)


def test_a_returned_form_without_its_resubmission_is_not_taken_back(world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"})
    said = "办理单位已经办理这份申报，不能自行取回；如需更正，请联系办理单位退回"

    refuses(NotPossible, said, take_back, application_id=file.pk, by=world.applicant)


def test_what_an_office_has_put_on_a_list_is_not_taken_back(world):
    file = world.submitted()
    world.pass_until("nomination", file)
    world.send_back(file, {"summary.deeds": "事迹"})
    write(world, file)
    resubmit(world, file)
    world.pass_until("nomination", file)
    Application.objects.filter(pk=file.pk).update(reverts_to=Standing.RETURNED)
    proceeding.open_proceeding("nomination", [file.pk], by=world.kashgar_handler)
    said = "办理单位已把这份申报列入名单，不能自行取回；如需更正，请联系办理单位退回"

    refuses(NotPossible, said, take_back, application_id=file.pk, by=world.applicant)


@pytest.mark.django_db(transaction=True)
class TestRace:
    """The applicant and an officer at the same moment, each on a connection of its own."""

    def meet(self, world, file, act):
        """The applicant has read and waits; the officer acts, or waits for the row's lock."""
        outcomes, reading = {}, threading.Barrier(2, timeout=20)
        acted = threading.Event()
        move = submission.taking_back_of

        def read_and_wait(application):
            chance = move(application)
            reading.wait()
            acted.wait(timeout=1)  # with the lock held the officer never comes to an end here
            return chance

        def run(name, do):
            try:
                do()
                outcomes[name] = "done"
            except NotPossible as refusal:
                outcomes[name] = str(refusal)
            finally:
                connections.close_all()

        def officer():
            reading.wait()
            run("officer", act)
            acted.set()

        submission.taking_back_of = read_and_wait
        try:
            threads = [
                threading.Thread(
                    target=run, args=("me", lambda: take_back(file.pk, by=world.applicant))
                ),
                threading.Thread(target=officer),
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=30)
        finally:
            submission.taking_back_of = move
        return outcomes

    def endorse(self, world, file):
        certified = {condition.code: True for condition in to_certify(file)}
        return lambda: verification.endorse(file.pk, by=world.hospital_handler, certified=certified)

    def test_an_officer_who_acts_in_that_moment_finds_it_gone(self):
        world = build()
        file = world.submitted()

        outcomes = self.meet(world, file, self.endorse(world, file))

        assert outcomes["me"] == "done"
        assert "个人填报" in outcomes["officer"] or "环节" in outcomes["officer"]
        file.refresh_from_db()
        assert file.step == "fill"
        assert [one.act for one in file.handlings.order_by("pk")] == ["submit", "take_back"]

    def test_an_officer_who_opens_it_in_that_moment_leaves_it_unopened(self):
        world = build()
        file = world.submitted()

        self.meet(world, file, lambda: verification.open_file(file.pk, by=world.hospital_handler))

        file.refresh_from_db()
        assert (file.step, file.opened_at) == ("fill", None)

    def test_without_the_lock_both_would_have_their_way(self, monkeypatch):
        """The control: the tests above would catch a missing lock."""
        world = build()
        file = world.submitted()
        endorse = self.endorse(world, file)
        monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)

        outcomes = self.meet(world, file, endorse)

        assert outcomes == {"me": "done", "officer": "done"}
        assert file.handlings.count() == 3
