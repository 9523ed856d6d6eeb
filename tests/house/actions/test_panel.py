"""Convening a panel, pledging, and keeping out of a candidate's vote."""

import pytest

from juxian.actions import ballot, panel, person
from juxian.records.models import Panel, PanelMember, Person, Recusal, Trace
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import OfficeKind
from tests.house.actions.ballot_world import candidate, committee, last_review

pytestmark = pytest.mark.django_db


def convene(world, **changed):
    step = last_review(world).code
    people = [world.expert1, world.expert2, world.expert3]
    wanted = {
        "by": world.secretary,
        "step": step,
        "title": "自治区评审委员会",
        "track": "",
        "person_ids": [one.pk for one in people],
        "chair_id": people[0].pk,
        "document_number": "新人社函〔2020〕21号",
    }
    return panel.convene(world.cycle.pk, **(wanted | changed))


@pytest.mark.clause("R50")
def test_a_panel_is_convened_with_members_a_chair_and_its_document(world):
    convened = convene(world)

    assert (convened.title, convened.document_number) == (
        "自治区评审委员会",
        "新人社函〔2020〕21号",
    )
    seats = convened.members.order_by("person_id").values_list("person__name", "is_chair")
    assert list(seats) == [("专家甲", True), ("专家乙", False), ("专家丙", False)]
    assert Trace.objects.get(act="convene").subject_id == str(convened.pk)


@pytest.mark.clause("R50")
@pytest.mark.parametrize(
    ("changed", "refusal", "sentence"),
    [
        ({"title": " "}, NotReady, "请填写评委会名称"),
        ({"step": "fill"}, NotReady, "只有评审环节可以组建评委会，请重新选择环节"),
        ({"step": "nowhere"}, NotPossible, "程序中没有环节 nowhere"),
        ({"track": "poets"}, NotReady, "没有这个申报类别，请重新选择"),
        ({"person_ids": []}, NotReady, "委员名单里有人不存在或已停用，请重新选择"),
        ({"person_ids": [0]}, NotReady, "委员名单里有人不存在或已停用，请重新选择"),
        ({"chair_id": 0}, NotReady, "请在委员中选定一位主任委员"),
    ],
)
def test_a_panel_that_cannot_be_is_refused_with_its_reason(world, changed, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        convene(world, **changed)

    assert not Panel.objects.exists()


def test_only_the_organisers_secretary_convenes(world):
    with pytest.raises(NotAllowed, match="只有主办单位的评委会秘书可以办理"):
        convene(world, by=world.technical_handler)


def test_the_secretary_is_no_member(world):
    members = [world.expert1.pk, world.secretary.pk]

    with pytest.raises(NotReady, match="评委会秘书不担任委员"):
        convene(world, person_ids=members)


def test_a_secretary_of_one_track_convenes_no_panel_of_another(world):
    world.secretary.appointments.update(track="skilled")

    with pytest.raises(NotAllowed, match="这个类别的评委会不由您组建"):
        convene(world, track="professional")
    assert convene(world, track="skilled").track == "skilled"


def test_a_member_who_no_longer_signs_in_is_refused(world):
    Person.objects.filter(pk=world.expert2.pk).update(is_active=False)

    with pytest.raises(NotReady, match="委员名单里有人不存在或已停用"):
        convene(world)


@pytest.mark.clause("R50")
def test_a_member_pledges_once(world):
    convened = convene(world)

    first = panel.pledge(convened.pk, by=world.expert1)
    again = panel.pledge(convened.pk, by=world.expert1)

    assert first.pledged_at is not None
    assert again.pledged_at == first.pledged_at
    assert Trace.objects.filter(act="pledge").count() == 1
    with pytest.raises(NotAllowed, match="您不是这个评委会的委员"):
        panel.pledge(convened.pk, by=world.stranger)


@pytest.mark.clause("R50")
def test_a_member_keeps_out_of_a_candidate(world):
    sitting = committee(world)
    first = sitting.candidates[0]

    recusal = panel.recuse(sitting.panel.pk, first.pk, by=sitting.experts[0], relation="teacher")
    panel.recuse(sitting.panel.pk, first.pk, by=sitting.experts[0], relation="kin")

    assert (recusal.application, recusal.relation, recusal.is_computed) == (first, "teacher", False)
    assert Recusal.objects.get().relation == "teacher"


def test_declaring_nothing_is_on_record(world):
    sitting = committee(world)

    assert panel.declare(sitting.panel.pk, by=sitting.experts[0], relations={}) == []
    trace = Trace.objects.get(act="declare")
    assert (trace.by, trace.detail) == (sitting.experts[0], {"kept_out": []})
    declared = PanelMember.objects.exclude(declared_at=None)
    assert [(one.person, one.declared_at) for one in declared] == [(sitting.experts[0], trace.at)]


def test_a_recusal_needs_a_pledge_a_candidate_and_a_relation(world):
    sitting = committee(world)
    first, expert = sitting.candidates[0], sitting.experts[0]
    elsewhere = candidate(world, 20, "formal_check")

    with pytest.raises(NotReady, match="请说明与赵某的关系"):
        panel.recuse(sitting.panel.pk, first.pk, by=expert, relation=" ")
    with pytest.raises(NotReady, match="不在本评委会正在评审的名单里") as refused:
        panel.recuse(sitting.panel.pk, elsewhere.pk, by=expert, relation="kin")
    assert refused.value.faults[0][0] == str(elsewhere.pk)
    with pytest.raises(NotAllowed, match="您不是这个评委会的委员"):
        panel.recuse(sitting.panel.pk, first.pk, by=world.stranger, relation="kin")
    PanelMember.objects.update(pledged_at=None)
    with pytest.raises(NotReady, match="请先阅读并同意保密与回避承诺"):
        panel.recuse(sitting.panel.pk, first.pk, by=expert, relation="kin")
    assert not Recusal.objects.exists()


@pytest.mark.clause("R50")
def test_colleagues_and_candidates_among_the_members_are_found_at_the_opening(world):
    sitting = committee(world, experts=6, candidates=2)
    colleague, surgeon, branch, standing, *_free = sitting.experts
    first, second = sitting.candidates
    ward = world.add_office(
        "ward", "心内科", kind=OfficeKind.DIVISION, region="653100", parent=world.hospital
    )
    clinic = world.add_office("clinic", "分院", kind=OfficeKind.HOSPITAL, region="653100")
    type(clinic).objects.filter(pk=world.hospital.pk).update(credit_code="A")
    Person.objects.filter(pk=colleague.pk).update(employer=world.hospital)
    Person.objects.filter(pk=surgeon.pk).update(employer=ward)
    Person.objects.filter(pk=branch.pk).update(employer=clinic)
    type(first).objects.filter(pk=second.pk).update(
        applicant=standing, employer=world.hotan_hospital
    )

    sitting.opened()

    found = Recusal.objects.filter(is_computed=True).order_by("member__person", "application")
    assert list(found.values_list("member__person", "application", "relation")) == [
        (colleague.pk, first.pk, "employer"),
        (surgeon.pk, first.pk, "employer"),
        (standing.pk, first.pk, "rival"),
        (standing.pk, second.pk, "self"),
    ]


def test_what_was_declared_before_stays_as_declared_when_it_is_found_too(world):
    sitting = committee(world, candidates=1)
    first, expert = sitting.candidates[0], sitting.experts[0]
    panel.recuse(sitting.panel.pk, first.pk, by=expert, relation="kin")
    Person.objects.filter(pk=expert.pk).update(employer=world.hospital)

    sitting.opened()

    assert Recusal.objects.get().relation == "kin"


def test_a_declaration_also_writes_what_the_records_prove(world):
    sitting = committee(world, candidates=2)
    expert = sitting.experts[0]
    Person.objects.filter(pk=expert.pk).update(employer=world.hospital)

    standing = panel.declare(sitting.panel.pk, by=expert, relations={})

    assert [recusal.relation for recusal in standing] == ["employer", "employer"]


@pytest.mark.clause("R51")
def test_a_pledged_member_reads_the_candidates_files_but_not_of_those_kept_out_of(world):
    sitting = committee(world, candidates=2)
    first, second = sitting.candidates
    expert = sitting.experts[0]
    panel.recuse(sitting.panel.pk, second.pk, by=expert, relation="kin")

    seat, file = panel.open_file(sitting.panel.pk, first.pk, by=expert)
    assert (seat.person, file) == (expert, first)
    with pytest.raises(NotAllowed, match="您须回避这位人选"):
        panel.open_file(sitting.panel.pk, second.pk, by=expert)
    with pytest.raises(NotAllowed, match="您不是这个评委会的委员"):
        panel.open_file(sitting.panel.pk, first.pk, by=world.stranger)
    read = Trace.objects.get(act="open_file")
    assert (read.by, read.subject_id, read.detail) == (
        expert,
        str(first.pk),
        {"panel": sitting.panel.pk},
    )


def test_a_person_of_the_same_name_is_no_candidate(world):
    sitting = committee(world, candidates=1)
    person.register("namesake", "correct horse 42", name=sitting.candidates[0].name)

    sitting.opened()

    assert not Recusal.objects.exists()


def test_a_late_recusal_takes_the_choice_out_of_the_envelope(world):
    sitting = committee(world, experts=4, candidates=1)
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["n", "a", "a", "a"])
    panel.recuse(sitting.panel.pk, sitting.candidates[0].pk, by=sitting.experts[0], relation="kin")

    outcome = ballot.close_ballot(opened.ballot.pk, by=sitting.secretary, phrase=opened.phrase)

    tally = outcome.of(sitting.candidates[0].pk).tally
    assert (tally.ayes, tally.nays, tally.abstained, tally.recused) == (3, 0, 0, 1)
