"""The ministry's answers, taken in all at once or not at all."""

from dataclasses import replace

import pytest

from juxian.actions import proceeding
from juxian.actions.selection import ResultRow, record_results
from juxian.records.models import Application, Handling, Proceeding, Recipient, Result
from juxian.regulation.refusal import NotAllowed, NotReady
from tests.house.actions.ballot_world import candidate

pytestmark = pytest.mark.django_db

LAST = "ministry_result"


@pytest.fixture
def sent_up(world):
    """赵, 钱 and 孙 wait for the ministry's answer; 李 has come only as far as the publicity."""
    files = [candidate(world, number, LAST) for number in range(3)]
    files.append(candidate(world, 3, "public_notice"))
    Application.objects.filter(pk=files[0].pk).update(id_mark="mark", birth_date="1970-01-02")
    return files


def row(file: Application, *, approved: bool = True, **facts: str) -> ResultRow:
    given = {"document_number": "人社部函〔2020〕88号"} | facts
    return ResultRow(file.number, file.name, approved, **given)


def take_in(world, *rows):
    return record_results(world.cycle.pk, rows, by=world.secretary)


def standings(files):
    rows = Application.objects.filter(pk__in=[one.pk for one in files]).order_by("pk")
    return [one.standing for one in rows]


@pytest.mark.clause("R55")
def test_the_answers_move_everybody_who_waits_and_enter_the_approved_in_the_register(
    world, sent_up
):
    first, second, _third, _early = sent_up

    take_in(
        world, row(first, certificate_number="政府特殊津贴第2020001号"), row(second, approved=False)
    )

    assert standings(sent_up) == ["selected", "not_selected", "open", "open"]
    kept = Result.objects.order_by("application")
    assert list(kept.values_list("application", "is_approved", "certificate_number")) == [
        (first.pk, True, "政府特殊津贴第2020001号"),
        (second.pk, False, ""),
    ]
    said = Handling.objects.filter(step=LAST).order_by("application")
    assert list(said.values_list("act", "opinion")) == [
        ("approve", ""),
        ("decline", "未获批准（人社部函〔2020〕88号）"),
    ]
    record = Proceeding.objects.get()
    assert (record.document_number, record.body) == ("人社部函〔2020〕88号", "人力资源社会保障部")
    entered = Recipient.objects.get()
    assert (entered.name, entered.id_mark, entered.year) == ("赵某", "mark", 2020)


@pytest.mark.clause("R55")
def test_a_list_already_open_at_that_step_is_concluded_with_the_answers(world, sent_up):
    first, second, _third, _early = sent_up
    listed = proceeding.open_proceeding(LAST, [first.pk], by=world.secretary)

    take_in(world, row(first), row(second))

    assert Handling.objects.get(application=first).proceeding == listed
    assert Handling.objects.get(application=second).proceeding != listed
    assert not Proceeding.objects.filter(concluded_at__isnull=True).exists()


@pytest.mark.clause("R55")
def test_a_certificate_number_may_come_later_and_the_rest_stays(world, sent_up):
    first = sent_up[0]
    take_in(world, row(first))

    take_in(world, row(first, certificate_number="第2020001号"))
    take_in(world, row(first))

    assert Result.objects.get().certificate_number == "第2020001号"
    assert Recipient.objects.get().certificate_number == "第2020001号"
    assert Handling.objects.count() == 1


@pytest.mark.clause("R55")
def test_one_faulty_row_keeps_all_out_and_every_fault_is_named(world, sent_up):
    first, second, third, early = sent_up
    rows = (
        row(first),
        replace(row(second), name="钱某某"),
        replace(row(third), document_number=" "),
        row(early),
        replace(row(first), number="Z-1"),
        row(first),
    )

    with pytest.raises(NotReady, match="有5行不能导入，没有登记任何结果") as refused:
        take_in(world, *rows)

    assert refused.value.faults == (
        ("2", "第2行：编号与姓名不符，登记表上的姓名是钱某"),
        ("3", "第3行：请填写批准文号"),
        ("4", "第4行：李某还没有上报，不能登记结果"),
        ("5", "第5行：本批次没有编号为Z-1的申报"),
        ("6", "第6行：编号重复"),
    )
    assert standings(sent_up) == ["open"] * 4
    assert not Result.objects.exists()


def test_an_answer_is_not_turned_round_by_another_file(world, sent_up):
    first = sent_up[0]
    take_in(world, row(first))

    for changed, sentence in (
        (row(first, approved=False), "第1行：与已登记的结果不一致，请核实"),
        (
            row(first, document_number="另一文"),
            "第1行：与已登记的文号人社部函〔2020〕88号不一致，请核实",
        ),
    ):
        with pytest.raises(NotReady) as refused:
            take_in(world, changed)
        assert refused.value.faults == (("1", sentence),)


def test_an_empty_file_and_a_stranger_are_refused(world, sent_up):
    with pytest.raises(NotReady, match="文件里没有结果"):
        take_in(world)
    with pytest.raises(NotAllowed, match="只有主办单位的评委会秘书可以办理"):
        record_results(world.cycle.pk, [row(sent_up[0])], by=world.technical_handler)
