"""Cycles: opening, granting and moving seats, the allotment, the close."""

from datetime import date, timedelta

import pytest

from juxian.actions import cycle
from juxian.actions.application import begin
from juxian.records.models import Allotment, Cycle, Seats, SeatsChange, Trace
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotAllowed, NotReady
from juxian.regulation.words import Holder, OfficeKind, Role
from juxian.selectors.seats import is_uncapped
from tests.house.actions.unchanged import everything, refuses
from tests.house.clock import set_clock
from tests.house.world import PACK

NOT_SECRETARY = "只有主办单位的评委会秘书可以办理"


def open_cycle(world, **said):
    said = {"by": world.secretary, "organiser_id": world.hr.pk, **said}
    return cycle.open_cycle(PACK, **said)


def change(world, seats, granted, reason="调剂", by=None):
    return cycle.change_seats(seats.pk, by=by or world.secretary, granted=granted, reason=reason)


@pytest.fixture
def seats(world):
    return Seats.objects.get(cycle=world.cycle, office=world.kashgar, bucket="professional")


def test_a_cycle_takes_its_window_title_and_digest_from_the_pack(world):
    pack = pack_of(world.cycle)

    assert (world.cycle.code, world.cycle.title) == (PACK, pack.programme.title)
    assert (world.cycle.opens_at, world.cycle.closes_at) == (pack.window.opens, pack.window.closes)
    assert (world.cycle.pack_digest, world.cycle.numbering) == (pack.digest, "XJ2020")


def test_a_second_cycle_of_a_pack_has_its_own_code_and_prefix_of_numbers(world):
    second, third = open_cycle(world, code="second"), open_cycle(world, code="third", title="补报")

    assert (second.numbering, third.numbering) == ("XJ2020b", "XJ2020c")
    assert (second.title, third.title) == (world.cycle.title, "补报")
    assert second.seats.count() == third.seats.count() == world.cycle.seats.count()


def test_a_cycle_may_be_given_another_window_and_prefix(world):
    moment = world.cycle.opens_at
    window = (moment, moment + timedelta(days=9))

    made = open_cycle(world, code="trial", numbering="T1", window=window)

    assert (made.opens_at, made.closes_at, made.numbering) == (*window, "T1")


def test_a_code_that_is_taken_is_refused(world):
    refuses(NotReady, "已有代码相同的批次，请换一个代码", open_cycle, world=world)


@pytest.mark.parametrize("who", ["stranger", "hospital_handler", "technical_handler"])
def test_only_the_organisers_secretary_opens_a_cycle_and_changes_it(world, seats, who):
    by = getattr(world, who)

    refuses(NotAllowed, NOT_SECRETARY, open_cycle, world=world, by=by, code="second")
    refuses(NotAllowed, NOT_SECRETARY, change, world=world, seats=seats, granted=9, by=by)
    refuses(
        NotAllowed,
        NOT_SECRETARY,
        cycle.set_allotment,
        cycle_id=world.cycle.pk,
        track="skilled",
        by=by,
        places=1,
        document_number="部函5号",
    )


def test_a_secretary_of_another_office_is_not_the_organisers(world):
    other = world.add_officer("other", "外单位秘书", "kashgar", Role.SECRETARY)

    refuses(NotAllowed, NOT_SECRETARY, open_cycle, world=world, by=other, code="second")


@pytest.mark.clause("R33", "R34")
def test_seats_are_moved_with_a_reason_and_the_change_is_kept(world, seats):
    change(world, seats, 6, "  从和田调剂2个 ")
    change(world, seats, None, "不设上限")

    kept = SeatsChange.objects.filter(seats=seats).order_by("pk")
    assert list(kept.values_list("before", "after", "reason", "by")) == [
        (4, 6, "从和田调剂2个", world.secretary.pk),
        (6, None, "不设上限", world.secretary.pk),
    ]
    assert Seats.objects.get(pk=seats.pk).granted is None
    assert Trace.objects.latest("pk").detail == {"before": 6, "after": None}


@pytest.mark.clause("R34")
def test_seats_without_a_reason_or_below_those_taken_are_not_moved(world, seats):
    file = world.submitted()
    world.pass_until("formal_check", file)

    refuses(
        NotReady, "请填写调整名额的理由", change, world=world, seats=seats, granted=9, reason=" "
    )
    refuses(
        NotReady,
        "已上报1人，名额不能少于1个",
        change,
        world=world,
        seats=seats,
        granted=0,
    )
    assert change(world, seats, 1).granted == 1


@pytest.mark.clause("R78")
def test_the_allotment_is_set_and_set_again_with_its_document(world):
    def allot(places, number):
        return cycle.set_allotment(
            world.cycle.pk, "skilled", by=world.secretary, places=places, document_number=number
        )

    allot(3, " 部函5号 ")
    allot(4, "部函9号")

    assert list(Allotment.objects.values_list("track", "places", "document_number")) == [
        ("skilled", 4, "部函9号")
    ]


@pytest.mark.clause("R78")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"track": "poets"}, "没有这个申报类别"),
        ({"document_number": " "}, "请填写下达名额的文号"),
    ],
)
def test_an_allotment_without_its_track_or_document_is_refused(world, changed, said):
    wanted = {"track": "skilled", "places": 3, "document_number": "部函5号", **changed}

    refuses(
        NotReady, said, cycle.set_allotment, cycle_id=world.cycle.pk, by=world.secretary, **wanted
    )


@pytest.mark.clause("R73")
def test_the_latch_falls_once_and_at_the_close(world):
    before = everything()
    set_clock(world.cycle.closes_at - timedelta(microseconds=1))
    assert not cycle.latch(world.cycle.pk)
    assert everything() == before

    set_clock(world.cycle.closes_at)
    assert cycle.latch(world.cycle.pk)
    after = everything()
    assert not cycle.latch(world.cycle.pk)

    assert everything() == after
    assert Cycle.objects.get(pk=world.cycle.pk).closed_at == world.cycle.closes_at
    assert Trace.objects.latest("pk").act == "close_cycle"


@pytest.mark.clause("R73")
def test_nobody_files_before_the_opening(world):
    set_clock(world.cycle.opens_at - timedelta(seconds=1))

    refuses(
        NotReady,
        "申报还没有开始，请在公布的开始时间后办理",
        begin,
        cycle_id=world.cycle.pk,
        by=world.applicant,
        employer_id=world.hospital.pk,
        track="professional",
    )


def grant(world, office, granted=1, bucket="professional", reason="机构调整", by=None):
    return cycle.grant_seats(
        world.cycle.pk,
        office.pk,
        bucket,
        by=by or world.secretary,
        granted=granted,
        reason=reason,
    )


def added(world, **facts):
    facts = {"kind": OfficeKind.HR_OFFICE, "region": "652900", "holder": Holder.PREFECTURE} | facts
    return world.add_office("aksu", "阿克苏（示例）", **facts)


def test_an_office_added_after_the_opening_is_granted_seats_with_a_reason(world):
    office = added(world)

    made = grant(world, office, 2)

    assert (made.granted, made.cycle) == (2, world.cycle)
    written = SeatsChange.objects.get(seats=made)
    assert (written.before, written.after, written.reason) == (0, 2, "机构调整")
    assert written.by == world.secretary
    trace = Trace.objects.get(subject="seats", subject_id=str(made.pk))
    assert (trace.act, trace.detail) == ("change_seats", {"before": 0, "after": 2})


def test_seats_without_a_cap_are_granted_without_a_number(world):
    [bucket] = [rule.bucket.code for rule in pack_of(world.cycle).seats if is_uncapped(rule)]
    office = added(world)
    said = "这类名额不设上限，不用填数"
    faults = refuses(NotReady, said, grant, world=world, office=office, bucket=bucket)
    assert faults == (("granted", said),)

    assert grant(world, office, None, bucket=bucket).granted is None


@pytest.mark.parametrize("number", [0, None])
def test_seats_with_a_cap_want_a_number(world, number):
    refuses(NotReady, "名额至少为1个", grant, world=world, office=added(world), granted=number)


def test_granting_seats_is_refused_when_it_makes_no_sense(world):
    office = added(world)

    for sentence, said in (
        ("请填写调整名额的理由", {"office": office, "reason": " "}),
        ("没有这类名额", {"office": office, "bucket": "other"}),
        ("只有推荐单位可以有名额，请核对机构", {"office": world.hospital}),
        ("该单位已有这类名额，请在名额表中调剂", {"office": world.kashgar}),
    ):
        refuses(NotReady, sentence, grant, world=world, **said)
    refuses(NotAllowed, NOT_SECRETARY, grant, world=world, office=office, by=world.kashgar_handler)


def test_an_office_that_is_closed_gets_no_seats(world):
    closed = added(world, ends_on=date(2020, 3, 1))

    refuses(NotReady, "只有推荐单位可以有名额，请核对机构", grant, world=world, office=closed)
