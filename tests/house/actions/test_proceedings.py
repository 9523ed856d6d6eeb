"""Work on lists: evaluation, publicity, opinion, decision, nomination, and every refusal of it."""

from datetime import timedelta

import pytest

from juxian.actions import (
    decision,
    evaluation,
    nomination,
    opinion,
    proceeding,
    publicity,
    verification,
)
from juxian.actions.application import withdraw
from juxian.records.clock import day, now
from juxian.records.models import (
    Application,
    Seats,
)
from juxian.records.packs import calendar, pack_of
from juxian.regulation.public_notice import period_end
from juxian.regulation.publishing import Remedy
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Standing
from juxian.selectors.seats import taken
from tests.house.actions.refusing import open_list, refused, snapshot, tomorrow
from tests.house.clock import set_clock
from tests.house.world import give_reasons


def sitting(experts=7):
    people = tuple(evaluation.ExpertEntry(f"专家{n}", "某校") for n in range(experts))
    return evaluation.Sitting(day(now()), "会议室", "会议", "专家0", people)


@pytest.mark.clause("R44")
def test_a_ballot_whose_sums_do_not_add_up_is_refused_beside_the_person(world):
    file = world.submitted()
    listed, by = open_list(world, "peer_review", file)
    wrong = {file.pk: evaluation.CandidateTally(6, 2)}

    before = snapshot(file)
    with pytest.raises(NotReady) as refusal:
        evaluation.record(listed.pk, by=by, sitting=sitting(), tallies=wrong)

    assert [path for path, _said in refusal.value.faults] == [str(file.pk)]
    assert snapshot(file) == before
    refused(NotReady, "先登记", lambda: evaluation.conclude(listed.pk, by=by), file)


@pytest.mark.clause("R44", "R14c")
def test_peers_decide_by_two_thirds_of_those_present_less_the_recused(world):
    files = [world.submitted(), world.submitted(number=2)]
    listed, by = open_list(world, "peer_review", *files)
    tallies = {
        files[0].pk: evaluation.CandidateTally(4, 2, 0, 1),
        files[1].pk: evaluation.CandidateTally(4, 3, 0, 0),
    }

    evaluation.record(listed.pk, by=by, sitting=sitting(), tallies=tallies)
    evaluation.conclude(listed.pk, by=by)

    for file in files:
        file.refresh_from_db()
    assert (files[0].step, files[0].standing) == ("employer_notice", "open")
    assert (files[1].step, files[1].standing) == ("peer_review", "not_selected")


@pytest.mark.clause("R45")
def test_publicity_too_short_or_across_a_holiday_is_refused_with_the_right_day(world):
    file = world.submitted()
    listed, by = open_list(world, "employer_notice", file)
    rule = pack_of(world.cycle).procedure.step("employer_notice").publicity
    starts = day(now()).replace(month=4, day=29)
    set_clock(now().replace(month=4, day=29))
    ends = period_end(starts, rule, calendar())
    assert str(ends) == "2020-05-08"

    def publish(last):
        return lambda: publicity.publish(
            listed.pk, by=by, starts_on=starts, ends_on=last, place="公告栏"
        )

    refused(NotReady, "5月8日", publish(ends - timedelta(days=1)), file)
    publish(ends)()
    refused(NotReady, "结束以后", lambda: publicity.conclude(listed.pk, by=by), file)


@pytest.mark.clause("R45", "R53")
def test_an_open_objection_keeps_its_person_and_an_upheld_one_ends_the_file(world):
    files = [world.submitted(), world.submitted(number=2), world.submitted(number=4)]
    listed, by = open_list(world, "employer_notice", *files)
    ends = period_end(
        day(now()), pack_of(world.cycle).procedure.step("employer_notice").publicity, calendar()
    )
    publicity.publish(listed.pk, by=by, starts_on=day(now()), ends_on=ends, place="公告栏")
    objector = publicity.Objector("赵实名", "0998-2560000")

    def object_to(file, **changes):
        said = {"objector": objector, "category": "other", "facts": "成果有争议"} | changes
        return publicity.object_to(listed.pk, file.pk, **said)

    with pytest.raises(NotReady):
        object_to(files[0], objector=publicity.Objector("", "1"))
    founded, pending = object_to(files[0]), object_to(files[1])
    publicity.close_objection(
        founded.pk, by=by, closing=publicity.Closing(Remedy.CANCEL, "经核查属实。", "true")
    )
    set_clock(now() + (ends - day(now())) + timedelta(days=1))
    publicity.conclude(listed.pk, by=by)

    standing = []
    for file in files:
        file.refresh_from_db()
        standing.append((file.step, file.standing))
    assert standing == [
        ("employer_notice", "rejected"),
        ("employer_notice", "open"),
        ("discipline", "open"),
    ]
    assert "赵实名" not in founded.sealed_objector
    assert pending.closed_at is None


@pytest.mark.clause("R46")
def test_the_discipline_body_answers_person_by_person(world):
    files = [world.submitted(), world.submitted(number=2), world.submitted(number=4)]
    listed, by = open_list(world, "discipline", *files)
    code = opinion.OpinionCode

    def conclude(*codes, number="纪函3号", said="有反映"):
        answers = {
            file.pk: opinion.OpinionAnswer(one, said if one is not code.NONE else "")
            for file, one in zip(files, codes, strict=True)
        }
        reply = opinion.Reply(number, day(now()), answers)
        return opinion.conclude(listed.pk, by=by, reply=reply)

    every = (code.NONE, code.DEFERRED, code.DISAGREED)
    refused(NotReady, "文号", lambda: conclude(*every, number=" "), *files)
    refused(NotReady, "写明情况", lambda: conclude(*every, said=" "), *files)
    conclude(*every)

    standing = []
    for file in files:
        file.refresh_from_db()
        standing.append((file.step, file.standing))
    assert standing == [
        ("nominator_check", "open"),
        ("discipline", "open"),
        ("discipline", "rejected"),
    ]


@pytest.mark.clause("R48", "R54")
def test_a_decision_names_its_body_and_document_and_gives_a_reason_for_each_refusal(world):
    files = [world.submitted(), world.submitted(number=2)]
    listed, by = open_list(world, "nominator_decision", *files)

    def conclude(**changes):
        said = {"body": "行署常务会议", "held_on": day(now()), "document_number": "8号"} | changes
        return decision.conclude(listed.pk, by=by, **said)

    refused(NotReady, "文号", lambda: conclude(document_number=""), *files)
    refused(NotReady, "晚于今天", lambda: conclude(held_on=tomorrow()), *files)
    refused(NotReady, "理由", lambda: conclude(declined={files[1].pk: " "}), *files)
    conclude(declined={files[1].pk: "本年度名额有限。"})

    for file in files:
        file.refresh_from_db()
    assert (files[0].step, files[1].standing) == ("nomination", "not_selected")


@pytest.mark.clause("R33", "R34", "R49")
def test_one_over_the_seats_keeps_the_whole_list_back(world):
    files = [world.submitted(), *(world.submitted(number=n) for n in (2, 4, 6, 8))]
    listed, by = open_list(world, "nomination", *files)
    assignment = nomination.arrange(listed.pk, by=by, order=[file.pk for file in files])
    assert len(assignment.placed) == 4
    left_out = assignment.unplaced[0]
    give_reasons(listed, *files, by=by)

    refused(NotReady, "不推荐的理由", lambda: nomination.submit_list(listed.pk, by=by), *files)
    nomination.choose_bucket(listed.pk, left_out, "professional", by=by)
    refused(NotReady, "已用完", lambda: nomination.submit_list(listed.pk, by=by), *files)
    nomination.choose_bucket(listed.pk, left_out, "", by=by)
    nomination.submit_list(listed.pk, by=by, passed_over={left_out: "名额已满。"})

    seats = Seats.objects.get(office=world.kashgar, bucket="professional")
    assert (seats.granted, taken(seats)) == (4, 4)
    assert Application.objects.get(pk=left_out).standing == Standing.NOT_SELECTED


@pytest.mark.clause("R67")
def test_nobody_is_nominated_without_a_reason_of_a_length_the_form_has_room_for(world):
    files = [world.submitted(), world.submitted(number=2)]
    listed, by = open_list(world, "nomination", *files)
    nomination.arrange(listed.pk, by=by, order=[file.pk for file in files])

    def give(reason, file=files[0], person=by):
        return lambda: nomination.give_reason(listed.pk, file.pk, by=person, reason=reason)

    refused(NotReady, "请填写推荐理由", give(" \n "))
    refused(NotReady, "超过字数", give("优" * 501))
    refused(NotAllowed, "不由您办理", give("优", person=world.hotan_handler))
    refused(NotPossible, "没有这个人", give("优", Application(pk=0)))
    give("优 " * 500)()
    refused(
        NotReady,
        f"^{files[1].name}还没有推荐理由",
        lambda: nomination.submit_list(listed.pk, by=by),
        *files,
    )
    give(" 扎根南疆二十六年。\n", files[1])()
    nomination.submit_list(listed.pk, by=by)

    items = listed.items.order_by("rank")
    assert [item.opinion for item in items] == [("优 " * 500).strip(), "扎根南疆二十六年。"]
    refused(NotPossible, "已办结", give("优"))


@pytest.mark.clause("R67")
def test_whoever_is_passed_over_needs_no_reason_to_be_recommended(world):
    files = [world.submitted(), world.submitted(number=2)]
    listed, by = open_list(world, "nomination", *files)
    nomination.arrange(listed.pk, by=by, order=[file.pk for file in files])
    give_reasons(listed, files[0], by=by)

    nomination.submit_list(listed.pk, by=by, passed_over={files[1].pk: "名额另有安排。"})

    assert Application.objects.get(pk=files[1].pk).standing == Standing.NOT_SELECTED


@pytest.mark.clause("R40")
def test_a_bucket_takes_only_those_it_is_for(world):
    file = world.submitted()
    listed, by = open_list(world, "nomination", file)

    refused(
        NotReady,
        "使用条件",
        lambda: nomination.choose_bucket(listed.pk, file.pk, "nonpublic_professional", by=by),
        file,
    )


@pytest.mark.clause("R73", "R74")
def test_a_list_after_the_close_is_refused(world):
    file = world.submitted()
    listed, by = open_list(world, "nomination", file)
    nomination.arrange(listed.pk, by=by, order=[file.pk])
    set_clock(world.cycle.closes_at)

    refused(NotReady, "逾期报送不予受理", lambda: nomination.submit_list(listed.pk, by=by), file)


def test_a_withdrawn_nominee_frees_the_seat_and_one_sent_back_keeps_it(world):
    file = world.submitted()
    world.pass_until("formal_check", file)
    seats = Seats.objects.get(office=world.kashgar, bucket="professional")
    assert taken(seats) == 1
    with pytest.raises(NotPossible):
        withdraw(file.pk, by=world.applicant)

    world.send_back(file, {"summary.deeds": "事迹"})
    assert taken(seats) == 1
    withdraw(file.pk, by=world.applicant)
    assert taken(seats) == 0


def test_nobody_handles_their_own_application(world):
    from juxian.actions import person
    from juxian.regulation.words import Role

    file = world.submitted()
    person.appoint(world.people["applicant"], world.hospital, Role.HANDLER, by=None)

    refused(
        NotAllowed,
        "自己的申报",
        lambda: verification.reject(file.pk, by=world.applicant, opinion="不"),
        file,
    )


@pytest.mark.clause("R61")
def test_a_scan_proves_the_record_of_a_list(world):
    from tests.house.world import PDF

    file = world.submitted()
    listed, by = open_list(world, "nominator_decision", file)

    with pytest.raises(NotReady, match="名称"):
        proceeding.attach_file(listed.pk, by=by, title=" ", content=PDF)
    kept = proceeding.attach_file(listed.pk, by=by, title="会议纪要", content=PDF)
    assert kept.file.media_type == "application/pdf"
