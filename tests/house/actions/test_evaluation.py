"""An evaluation recorded from its paper: whom it names, whose votes it has, what it comes to."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from juxian.actions import decision, evaluation, nomination, opinion
from juxian.records.clock import day, now
from juxian.records.models import Proceeding, ProceedingItem, ProceedingMember
from juxian.records.packs import pack_named
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.tally import Papers, Tally
from tests.house.actions.refusing import open_list
from tests.house.actions.unchanged import refuses

PACKS = Path(__file__).parents[3] / "packs"


def sitting(*absent, count=7, **changes):
    experts = tuple(
        evaluation.ExpertEntry(
            f" 专家{n} ", "某校", is_present=n not in absent, absence="出差" if n in absent else ""
        )
        for n in range(count)
    )
    said = {
        "held_on": day(now()),
        "place": " 会议室 ",
        "method": "会议评议",
        "chair": "专家0",
        "experts": experts,
        **changes,
    }
    return evaluation.Sitting(**said)


def tallies(*files, ayes=7, nays=0):
    return {file.pk: evaluation.CandidateTally(ayes, nays) for file in files}


@pytest.fixture
def peers(world):
    files = [world.submitted(), world.submitted(number=2)]
    listed, by = open_list(world, "peer_review", *files)
    return files, {"proceeding_id": listed.pk, "by": by}


@pytest.mark.clause("R44")
def test_a_sitting_is_kept_with_its_experts_and_may_be_recorded_again(peers):
    files, at = peers
    evaluation.record(sitting=sitting(count=5), tallies=tallies(*files, ayes=5), **at)

    kept = evaluation.record(sitting=sitting(6), tallies=tallies(*files, ayes=4, nays=2), **at)

    assert (kept.place, kept.members, kept.present) == ("会议室", 7, 6)
    experts = ProceedingMember.objects.filter(proceeding=kept).order_by("pk")
    assert list(experts.values_list("name", "is_present"))[5:] == [
        ("专家5", True),
        ("专家6", False),
    ]
    assert {(item.ayes, item.nays) for item in kept.items.all()} == {(4, 2)}


@pytest.mark.clause("R44")
@pytest.mark.parametrize(
    ("changes", "said", "places"),
    [
        ({"experts": ()}, "请登记参加评议的专家", (("experts", "至少登记一名专家"),)),
        (
            {"experts": (evaluation.ExpertEntry(" ", "某校"),)},
            "每位专家都须填写姓名",
            (("experts", "请填写专家姓名"),),
        ),
    ],
)
def test_a_sitting_without_experts_or_their_names_is_refused(peers, changes, said, places):
    files, at = peers

    faults = refuses(
        NotReady,
        said,
        evaluation.record,
        sitting=sitting(**changes),
        tallies=tallies(*files),
        **at,
    )

    assert faults == places


def test_a_sitting_held_tomorrow_is_refused(peers):
    files, at = peers
    held_on = day(now()) + timedelta(days=1)

    faults = refuses(
        NotReady,
        "日期不能晚于今天",
        evaluation.record,
        sitting=sitting(held_on=held_on),
        tallies=tallies(*files),
        **at,
    )

    assert faults == (("held_on", "请核对日期"),)


@pytest.mark.clause("R44")
def test_a_record_lacks_nobody_on_the_list_and_names_nobody_else(peers):
    files, at = peers
    said = "请登记名单上每一位申报人的票数"
    strange = {**tallies(*files), 0: evaluation.CandidateTally(7, 0)}

    for figures in (tallies(files[0]), strange):
        refuses(NotReady, said, evaluation.record, sitting=sitting(), tallies=figures, **at)


@pytest.mark.clause("R44")
def test_papers_that_all_came_back_need_no_word(peers):
    files, at = peers

    kept = evaluation.record(sitting=sitting(6), tallies=tallies(*files, ayes=6), **at)

    assert kept.papers == Papers(issued=6, returned=6, unreturned=0, valid=6)
    assert {(item.void, item.unreturned) for item in kept.items.all()} == {(0, 0)}


@pytest.mark.clause("R44")
def test_a_spoiled_paper_and_one_not_returned_are_kept_and_counted(peers):
    files, at = peers
    papers = Papers(issued=7, returned=6, unreturned=1, valid=5)
    figures = {
        files[0].pk: evaluation.CandidateTally(5, 0, void=1, unreturned=1),
        files[1].pk: evaluation.CandidateTally(4, 0, recused=1, void=1, unreturned=1),
    }

    evaluation.record(sitting=sitting(papers=papers), tallies=figures, **at)
    outcome = evaluation.conclude(**at)

    kept = Proceeding.objects.get(pk=at["proceeding_id"])
    assert kept.papers == papers
    assert [item.tally for item in kept.items.order_by("pk")] == [
        Tally(5, 0, 0, 0, void=1, unreturned=1),
        Tally(4, 0, 0, 1, void=1, unreturned=1),
    ]
    assert list(outcome.carried) == [file.pk for file in files]


@pytest.mark.clause("R44")
@pytest.mark.parametrize(
    ("papers", "fault"),
    [
        (Papers(8, 8, 0, 8), ("issued", "发出8票多于实到7人。")),
        (Papers(7, 6, 0, 6), ("issued", "发出7票，应等于收回6票加未收回0票。")),
        (Papers(7, 8, -1, 7), ("returned", "收回8票多于发出7票。")),
        (Papers(7, 6, 1, 7), ("valid", "有效7票多于收回6票。")),
    ],
)
def test_papers_that_do_not_add_up_are_refused(peers, papers, fault):
    files, at = peers

    faults = refuses(
        NotReady,
        "选票张数对不上，请核对",
        evaluation.record,
        sitting=sitting(papers=papers),
        tallies=tallies(*files),
        **at,
    )

    assert faults == (fault,)


@pytest.mark.clause("R44")
def test_more_votes_than_valid_papers_are_refused(peers):
    files, at = peers

    faults = refuses(
        NotReady,
        "票数与到会人数对不上，请核对",
        evaluation.record,
        sitting=sitting(papers=Papers(7, 7, 0, 6)),
        tallies=tallies(*files),
        **at,
    )

    said = "同意、反对、弃权合计7票，多于有效选票6张。"
    assert faults == tuple((str(file.pk), said) for file in files)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"issued": 7, "returned": 8, "valid": 7}, "proceeding_papers_add_up"),
        ({"issued": 7, "returned": None, "valid": 7}, "proceeding_papers_add_up"),
        ({"issued": 8, "returned": 8, "valid": 8}, "proceeding_papers_add_up"),
    ],
)
def test_the_database_keeps_no_papers_that_do_not_add_up(peers, changes, name):
    files, at = peers
    kept = evaluation.record(sitting=sitting(), tallies=tallies(*files), **at)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Proceeding.objects.filter(pk=kept.pk).update(**changes)


def test_the_database_keeps_no_spoiled_papers_without_votes(peers):
    _files, at = peers

    with (
        pytest.raises(IntegrityError, match="item_spoiled_papers_beside_votes"),
        transaction.atomic(),
    ):
        ProceedingItem.objects.filter(proceeding=at["proceeding_id"]).update(void=1)


@pytest.mark.clause("R44")
def test_too_few_experts_decide_nothing(peers):
    files, at = peers
    evaluation.record(sitting=sitting(3, 4, 5, 6), tallies=tallies(*files, ayes=3), **at)

    refuses(
        NotReady,
        "到会专家未达到法定人数，评议无效，请重新组织评议",
        evaluation.conclude,
        **at,
    )


@pytest.mark.clause("R51", "R52")
def test_votes_of_a_secret_ballot_are_not_entered_by_hand(world):
    file = world.submitted()
    listed, by = open_list(world, "committee", file)

    refuses(
        NotPossible,
        "这个环节须由评委会在线无记名投票，不能登记票数",
        evaluation.record,
        proceeding_id=listed.pk,
        by=by,
        sitting=sitting(),
        tallies=tallies(file),
    )


@pytest.mark.clause("R46")
def test_an_opinion_answers_for_everybody_and_not_by_putting_off_all(world):
    file = world.submitted()
    listed, by = open_list(world, "discipline", file)
    deferred = opinion.OpinionAnswer(opinion.OpinionCode.DEFERRED, "正在核查")

    for answers, sentence in (
        ({}, "请登记名单上每一个人的意见"),
        ({file.pk: deferred}, "名单上的人都建议暂缓，不能办结；请待意见明确后再登记"),
    ):
        reply = opinion.Reply("喀纪函〔2020〕3号", day(now()), answers)
        refuses(NotReady, sentence, opinion.conclude, proceeding_id=listed.pk, by=by, reply=reply)


@pytest.mark.clause("R48")
def test_a_decision_declines_nobody_who_is_not_on_its_list(world):
    file = world.submitted()
    listed, by = open_list(world, "nominator_decision", file)

    refuses(
        NotPossible,
        "名单上没有这个人",
        decision.conclude,
        proceeding_id=listed.pk,
        by=by,
        body="行署常务会议",
        held_on=day(now()),
        document_number="8号",
        declined={0: "不在名单上"},
    )


@pytest.mark.clause("R49")
def test_an_order_names_everybody_on_the_list_once_and_a_bucket_is_for_one_of_them(world):
    files = [world.submitted(), world.submitted(number=2)]
    listed, by = open_list(world, "nomination", *files)
    first, second = (file.pk for file in files)
    said = "请为名单上的每一个人排定名次，不重不漏"

    for order in ([first], [first, first], [first, second, 0]):
        refuses(NotReady, said, nomination.arrange, proceeding_id=listed.pk, by=by, order=order)
    refuses(
        NotPossible,
        "名单上没有这个人",
        nomination.choose_bucket,
        proceeding_id=listed.pk,
        application_id=0,
        bucket="professional",
        by=by,
    )
    refuses(NotReady, "请先排定推荐顺序", nomination.submit_list, proceeding_id=listed.pk, by=by)


@pytest.fixture
def reasons_not_asked(world, settings, tmp_path):
    """A call whose nominating step prints no reasons."""
    shutil.copytree(PACKS, tmp_path / "packs")
    folder = tmp_path / "packs" / "reasons-not-asked"
    shutil.copytree(PACKS / world.cycle.pack, folder)
    call = folder / "call.toml"
    text = call.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^reason_limit = .*\n", "", text)
    setting = r'\[\[setting\]\]\ncode = "reason_limit"\n(?:.+\n)+'
    call.write_text(re.sub(setting, "", text), encoding="utf-8")
    settings.PACKS_DIR = tmp_path / "packs"
    world.cycle.pack, world.cycle.pack_digest = folder.name, pack_named(folder.name).digest
    world.cycle.save()


@pytest.mark.clause("R67")
def test_a_list_goes_up_without_reasons_where_the_call_asks_for_none(world, reasons_not_asked):
    file = world.submitted()
    listed, by = open_list(world, "nomination", file)
    nomination.arrange(listed.pk, by=by, order=[file.pk])

    refuses(
        NotPossible,
        "这个环节不写推荐理由",
        nomination.give_reason,
        proceeding_id=listed.pk,
        application_id=file.pk,
        by=by,
        reason="长期扎根南疆。",
    )
    nomination.submit_list(listed.pk, by=by)

    file.refresh_from_db()
    assert file.step == "formal_check"


@pytest.mark.clause("R46")
def test_an_opinion_is_renewed_once_it_was_given(world):
    file = world.submitted()
    listed, by = open_list(world, "discipline", file)
    answers = {file.pk: opinion.OpinionAnswer(opinion.OpinionCode.NONE)}
    said = {"by": by, "reply": opinion.Reply("喀纪函〔2020〕3号", day(now()), answers)}

    refuses(NotPossible, "没有找到这份名单", opinion.renew, proceeding_id=0, **said)
    refuses(
        NotPossible,
        "这份名单还没有办结，请直接登记意见",
        opinion.renew,
        proceeding_id=listed.pk,
        **said,
    )
