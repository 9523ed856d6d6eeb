"""An evaluation taken up again (复议): all come back, the new one counts, the old one stays."""

from datetime import timedelta

import pytest

from juxian.actions import application, evaluation, proceeding, publicity, reconsideration
from juxian.actions.message import tell_of
from juxian.desks.public.verifying import check_paper
from juxian.papers.evaluation_summary import sheet_of
from juxian.papers.on_file import on_file
from juxian.papers.page_mark import PageMark
from juxian.papers.proof import Verdict, verdict
from juxian.records.clock import day, now
from juxian.records.models import (
    Dispatch,
    Message,
    Proceeding,
    ProceedingItem,
    ProceedingMember,
    Trace,
)
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Corrects, Standing
from juxian.selectors.application import rungs
from juxian.selectors.casefile import casefile_of
from juxian.selectors.document_subjects import key_of_office, subject_of
from juxian.selectors.file_documents import rejection_input
from juxian.selectors.invariants import broken
from juxian.selectors.nomination import votes_on
from juxian.selectors.nomination_report import report_input
from juxian.selectors.paper_lists import evaluation_input, nominee_facts
from juxian.selectors.paper_opinions import opinions_of
from juxian.selectors.tilt import tilts_of
from tests.house.actions.refusing import open_list, tomorrow
from tests.house.actions.test_evaluation import sitting, tallies
from tests.house.actions.unchanged import refuses

pytestmark = pytest.mark.django_db
REASON = "计票员把两人的票数登记反了"


def counted(listed, by, *, carried=(), lost=()):
    """Recorded and concluded: six of seven for those carried, two for those lost."""
    figures = {pk: evaluation.CandidateTally(6, 1) for pk in carried}
    figures |= {pk: evaluation.CandidateTally(2, 5) for pk in lost}
    evaluation.record(listed.pk, by=by, sitting=sitting(), tallies=figures)
    return evaluation.conclude(listed.pk, by=by)


@pytest.fixture
def concluded(world):
    """At the nominating unit: the first was carried, the second lost, the third has withdrawn."""
    files = [world.submitted(), world.submitted(number=2), world.submitted(number=3)]
    listed, by = open_list(world, "nominator_panel", *files)
    first, second, third = files
    counted(listed, by, carried=[first.pk, third.pk], lost=[second.pk])
    application.withdraw(third.pk, by=third.applicant)
    for file in files:
        file.refresh_from_db()
    listed.refresh_from_db()
    return files, listed, by


def again(listed, by, what=Corrects.ENTRY, reason=REASON, **others):
    return reconsideration.reconsider(listed.pk, by=by, what=what, reason=reason, **others)


def kept(listed):
    """Everything on record of the old sitting, but that it does not count any more."""
    return (
        list(Proceeding.objects.filter(pk=listed.pk).values()),
        list(
            ProceedingItem.objects.filter(proceeding=listed)
            .order_by("pk")
            .values("application", "act", "ayes", "nays", "rank", "opinion", "turn")
        ),
        list(ProceedingMember.objects.filter(proceeding=listed).order_by("pk").values()),
        evaluation_input(listed),
    )


def wrong():
    return [one.invariant.code for one in broken()]


@pytest.mark.clause("R44")
def test_all_come_back_the_old_record_stays_and_the_new_result_counts(world, concluded):
    (first, second, third), listed, by = concluded
    before = kept(listed)

    new = again(listed, by)

    for file in (first, second, third):
        file.refresh_from_db()
    at = [(file.step, file.standing, file.holder) for file in (first, second)]
    assert at == [("nominator_panel", Standing.OPEN, world.kashgar)] * 2
    assert third.standing == Standing.WITHDRAWN
    assert list(new.items.order_by("pk").values_list("application", flat=True)) == [
        first.pk,
        second.pk,
    ]
    assert (new.corrects, new.corrects_what, new.corrects_because) == (listed, "entry", REASON)
    assert kept(listed) == before
    done = first.handlings.latest("pk")
    assert (done.act, done.step, done.office) == ("reconsider", "nominator_panel", world.kashgar)
    acts = Trace.objects.order_by("-pk").values_list("act", flat=True)[:4]
    assert sorted(acts) == ["correct_evaluation", "open_proceeding", "reconsider", "reconsider"]
    assert wrong() == []

    counted(new, by, carried=[second.pk], lost=[first.pk])

    for file in (first, second):
        file.refresh_from_db()
    assert (first.standing, second.step) == (Standing.NOT_SELECTED, "nominator_decision")
    assert wrong() == []
    again(new, by, reason="又发现一处")  # the correcting list may itself be corrected
    assert kept(listed) == before
    assert wrong() == []


@pytest.mark.clause("R44")
def test_what_reads_the_evaluation_reads_the_one_that_stands(world, concluded):
    (first, second, _third), listed, by = concluded
    decided = evaluated(world, by, first, second)

    new = again(listed, by)
    between = evaluated(world, by, first, second)
    counted(new, by, carried=[second.pk], lost=[first.pk])

    assert decided == {
        "votes": ["6 / 7", "2 / 7"],
        "box": "应到7人，实到7人；同意6票，反对1票，弃权0票，评议通过。",
        "tally": 6,
        "passed": 1,
        "sittings": [(3, 2)],
        "notice": "nominator_panel",
        "rung": "同意 6/7",
    }
    nothing = {"box": "", "passed": 0, "sittings": [], "notice": "", "rung": ""}
    assert between == {"votes": ["7 / 7", "7 / 7"], "tally": 7, **nothing}
    assert evaluated(world, by, second, first) == {**decided, "sittings": [(2, 1)]}


@pytest.mark.clause("R57")
def test_the_old_paper_is_void_and_the_new_one_names_it(concluded):
    (first, second, _third), listed, by = concluded
    stamp = sheet_of(evaluation_input(listed)).stamp
    marked = PageMark(stamp.number, stamp.turn, stamp.digest[:12], 1, 1, 1)
    good = check_paper(stamp.number, stamp.digest[:12])

    new = again(listed, by)
    void = check_paper(stamp.number, stamp.digest[:12])
    counted(new, by, carried=[second.pk], lost=[first.pk])

    assert (good.is_current, void.is_current, void.is_corrected) == (True, False, True)
    assert verdict(marked, on_file(stamp.number)) is Verdict.SUPERSEDED
    new.refresh_from_db()
    assert f"更正编号{stamp.number}的评议" in str(sheet_of(evaluation_input(new)))
    assert "更正编号" not in str(sheet_of(evaluation_input(listed)))


def evaluated(world, by, one, other):
    """What is read of the evaluation of two people in the places that go by it."""
    for file in (one, other):
        file.refresh_from_db()
    pack = pack_of(world.cycle)
    by = world.fresh(by)
    votes = votes_on([one.pk, other.pk])
    boxes = [fact.words for fact in opinions_of(one) if fact.title == "推荐单位评审"]
    (nominee,) = nominee_facts(pack, [one.items.latest("pk")])
    (tilt,) = tilts_of(world.cycle, [world.kashgar])
    report = subject_of(by, "nomination_report", key_of_office(world.cycle, world.kashgar))
    case = casefile_of(one, reader=by)
    return {
        "votes": [str(votes[one.pk]), str(votes[other.pk])],
        "box": "".join(word for words in boxes for word in words),
        "tally": nominee.tally.ayes,
        "passed": tilt.whole.passed,
        "sittings": [(s.candidates, s.admitted) for s in report_input(report).sittings],
        "notice": noticed(by, other),
        "rung": next(rung.note for rung in case.rungs if rung.title == "推荐单位评审"),
    }


def noticed(by, file):
    try:
        rejection_input(subject_of(by, "rejection_notice", file.number))
    except NotReady:
        return ""
    return file.handlings.latest("pk").step


@pytest.mark.clause("R63")
def test_the_applicant_reads_calm_words_and_nothing_goes_out(world, concluded):
    (_first, second, _third), listed, by = concluded
    again(listed, by)
    second.refresh_from_db()

    tell_of(second.handlings.latest("pk").pk, may_go=True)

    _rungs, events = rungs(second)
    told = Message.objects.filter(application=second).latest("pk")
    assert (events[0].act, events[0].step, events[0].words) == ("评议结果复议", "推荐单位评审", "")
    assert told.text.endswith("推荐单位评审，评议结果复议")
    assert (told.occasion, Dispatch.objects.count()) == ("", 0)
    readers = world.hospital_handler, world.kashgar_handler
    read = [casefile_of(second, reader=reader).timeline[0].opinion for reader in readers]
    assert read == ["（内容不公开）", REASON]


@pytest.mark.clause("R44")
def test_it_is_all_or_nothing_and_says_who_stands_in_the_way(world, concluded):
    (first, *_others), listed, by = concluded
    reason = {"what": Corrects.ENTRY, "reason": REASON}

    def bars(sentence="名单上的人须一起复议，以下人员已经不能回到评议", kind=NotReady, **how):
        said = {"proceeding_id": listed.pk, "by": world.fresh(by), **reason, **how}
        return refuses(kind, sentence, reconsideration.reconsider, **said)

    assert bars("请写明复议的理由", reason=" ") == (("reason", "请写明复议的理由"),)
    bars("这份名单不由您办理", NotAllowed, by=world.hotan_handler)
    decision = proceeding.open_proceeding(first.step, [first.pk], by=by)
    listed_there = "已列入“推荐单位审定”的名单；请先从那份名单移出，再来复议。"
    assert bars() == ((first.number, f"{first.name}：{listed_there}"),)
    proceeding.take_off(decision.pk, first.pk, by=by)
    world.pass_step(first)
    done = f"已由{world.kashgar}在“推荐单位审定”办理，只能由现在的办理单位依程序处理。"
    assert bars() == ((first.number, f"{first.name}：{done}"),)


def test_who_left_the_office_or_is_publicised_stays_where_he_is(world):
    """The first of the two has no notice at the employer on his way."""
    files = [world.submitted(), world.submitted(number=2)]
    listed, by = open_list(world, "peer_review", *files)
    how = {"proceeding_id": listed.pk, "by": by, "what": Corrects.ENTRY, "reason": REASON}
    said = "只有已办结、还没有更正过的评议可以复议；请刷新页面"
    refuses(NotPossible, said, reconsideration.reconsider, **how)
    files[0].ladder.remove("employer_notice")
    files[0].save()
    counted(listed, by, carried=[file.pk for file in files])
    notice = proceeding.open_proceeding("employer_notice", [files[1].pk], by=by)
    posted = {"starts_on": day(now()), "ends_on": tomorrow(20), "place": "公告栏"}
    publicity.publish(notice.pk, by=by, **posted)
    for file in files:
        file.refresh_from_db()

    said = "名单上的人须一起复议，以下人员已经不能回到评议"
    told = refuses(NotReady, said, reconsideration.reconsider, **how)

    gone, publicised = (why for _number, why in told)
    assert gone.startswith(f"{files[0].name}：已到{files[0].holder}的“")
    assert publicised == f"{files[1].name}：“单位内部公示”已经发布，不能再回到评议；请按异议处理。"


def test_a_list_is_corrected_once_and_a_new_sitting_is_not_older(world, concluded):
    (first, second, _third), listed, by = concluded
    new = again(listed, by, Corrects.SITTING)
    figures = tallies(first, second)
    earlier = sitting(held_on=listed.held_on - timedelta(days=1))
    said = "重新评议的日期不能早于原来的评议"

    again_refused = {"what": Corrects.ENTRY, "reason": REASON, "by": by}
    stale = "只有已办结、还没有更正过的评议可以复议；请刷新页面"
    refuses(
        NotPossible, stale, reconsideration.reconsider, proceeding_id=listed.pk, **again_refused
    )
    how = {"proceeding_id": new.pk, "by": by, "tallies": figures}
    faults = refuses(NotReady, said, evaluation.record, sitting=earlier, **how)

    assert faults == (("held_on", said),)
    evaluation.record(sitting=sitting(held_on=day(now())), **how)
    ProceedingItem.objects.filter(proceeding=listed, application=first).update(void_at=None)
    assert wrong() == ["corrected_once"]
