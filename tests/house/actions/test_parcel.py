"""Posting a parcel and taking it in: who may, what a page counts for, twice is once."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from juxian.actions import parcel as actions
from juxian.actions.parcel import Envelope, PageAt, mark_in
from juxian.actions.parcel_printing import print_receipt, print_shortage
from juxian.actions.parcel_scan import read_pile, scan_pile
from juxian.papers.nomination_form import SUFFIX, nomination_form
from juxian.papers.on_file import on_file
from juxian.papers.proof import Verdict, judge, read_content
from juxian.records.clock import today
from juxian.records.models import CopyTick, Mailing, PageSeen, Trace
from juxian.regulation.parcel_pages import MARKED, PageState
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.selectors.paper_lists import nomination_input, nomination_numbered
from juxian.selectors.parcel import Stage, awaited_of, lines_of
from juxian.selectors.parcel_pile import pile_of
from tests.house.actions.piles import nominees, printed
from tests.house.actions.scanned import certificate, png
from tests.papers.samples import text_of

ENVELOPE = Envelope("中国邮政EMS", "EA123456789CN", date(2020, 3, 16), "喀什经办")


@pytest.fixture
def sent(world):
    """One nominee of the prefecture, and the parcel."""
    (file,), _before = nominees(world, 1, 0, mend=False)
    (awaited,) = awaited_of(world.kashgar_handler)
    return file, awaited


def marks_of(pdf):
    return [page.marks[0] for page in read_content(pdf)]


def verdicts_of(pdf):
    """What the public check says of each page."""
    return [paper.verdict for paper in judge(read_content(pdf), on_file)]


def pile(awaited):
    return pile_of(awaited)


def taken_in(world, awaited):
    actions.take_in_parcel(
        awaited.number, by=world.technical_handler, arrived_on=today(), postmarked_on=today()
    )


def test_states_and_suffixes_are_those_of_the_papers():
    assert {one.value for one in Verdict} < {one.value for one in PageState}
    assert MARKED["nomination_form"] == SUFFIX


@pytest.mark.clause("R68", "R69")
def test_the_nominating_unit_enters_what_is_on_its_way_once(world, sent):
    file, awaited = sent
    by = world.kashgar_handler

    for _twice in range(2):
        actions.post_parcel(awaited.number, ENVELOPE, by=by)

    (mailing,) = Mailing.objects.all()
    assert mailing.contents == [{"number": file.number, "turn": 1}]
    assert Trace.objects.filter(act="post_parcel").count() == 1
    (line,) = lines_of([awaited])
    assert line.stage is Stage.SENT


def test_nobody_posts_what_is_not_theirs_nor_tomorrow(world, sent):
    _file, awaited = sent

    with pytest.raises(NotPossible, match="没有这个邮包"):
        actions.post_parcel(awaited.number, ENVELOPE, by=world.hotan_handler)
    with pytest.raises(NotAllowed, match="只有推荐单位"):
        actions.post_parcel(awaited.number, ENVELOPE, by=world.technical_handler)
    with pytest.raises(NotReady, match="不能晚于今天"):
        actions.post_parcel(
            awaited.number,
            replace(ENVELOPE, sent_on=today() + timedelta(days=1)),
            by=world.kashgar_handler,
        )
    assert not Mailing.objects.exists()


@pytest.mark.clause("R69")
def test_only_the_office_of_the_track_receives(world, sent):
    _file, awaited = sent
    mark = marks_of(printed(_file))[0]

    for who, refusal in (
        (world.kashgar_handler, NotAllowed),
        (world.vocational_handler, NotPossible),
        (world.hospital_handler, NotPossible),
        (world.secretary, NotAllowed),
    ):
        with pytest.raises(refusal):
            actions.scan_page(awaited.number, mark, by=who)
    assert not PageSeen.objects.exists()


@pytest.mark.clause("R73")
def test_a_parcel_is_in_time_or_late_by_the_postmark(world, sent):
    _file, awaited = sent
    by = world.technical_handler
    asked = {"by": by, "arrived_on": today()}

    with pytest.raises(NotReady, match="请填写邮戳日期"):
        actions.take_in_parcel(awaited.number, postmarked_on=None, **asked)
    with pytest.raises(NotReady, match="不能晚于收到日期"):
        actions.take_in_parcel(awaited.number, postmarked_on=today() + timedelta(days=1), **asked)
    with pytest.raises(NotReady, match="收到日期不能晚于今天"):
        actions.take_in_parcel(
            awaited.number, by=by, arrived_on=today() + timedelta(days=1), postmarked_on=today()
        )
    for _twice in range(2):
        actions.take_in_parcel(awaited.number, postmarked_on=today(), **asked)

    assert len(pile(awaited).arrivals) == 1
    assert not pile(awaited).is_late
    late = replace(awaited, channel=replace(awaited.channel, due=today() - timedelta(days=1)))
    assert pile(late).is_late
    assert lines_of([late])[0].is_late


@pytest.mark.clause("R57", "R65")
def test_a_page_scanned_twice_is_seen_once_and_a_copy_is_whole_with_its_last_page(world, sent):
    file, awaited = sent
    by = world.technical_handler
    marks = [mark for mark in marks_of(printed(file)) if mark.copy == 2]

    first = [actions.scan_page(awaited.number, mark, by=by) for mark in marks]
    again = actions.scan_page(awaited.number, marks[0], by=by, way="camera")

    assert {one.state for one in first} == {PageState.EQUAL}
    assert [one.is_new for one in (*first, again)] == [True] * len(marks) + [False]
    whole = [one.copy.number for one in pile(awaited).copies if one.copy.is_whole]
    assert whole == [2]
    assert Trace.objects.filter(act="scan_page").count() == len(marks)


@pytest.mark.clause("R57")
def test_drafts_strangers_and_made_up_pages_do_not_count(world, sent):
    file, awaited = sent
    mark = marks_of(printed(file))[0]
    other = world.professional_draft(7)
    world.submit(other)
    stranger = marks_of(printed(other))[0]

    said = {
        name: actions.scan_page(awaited.number, one, by=world.technical_handler).state
        for name, one in {
            "draft": replace(mark, turn=0),
            "made up": replace(mark, digest="0" * 12),
            "stranger": stranger,
            "recommendation": marks_of(
                nomination_form(nomination_input(nomination_numbered(file.number)))
            )[0],
        }.items()
    }

    assert said == {
        "draft": PageState.DRAFT,
        "made up": PageState.FOREIGN,
        "stranger": PageState.ELSEWHERE,
        "recommendation": PageState.EQUAL,
    }
    assert len(pile(awaited).odd) == 3


@pytest.mark.clause("R57")
def test_an_unchanged_page_of_an_earlier_turn_is_taken_and_a_changed_one_is_not(world):
    (file,), before = nominees(world, 1, 0)
    (awaited,) = awaited_of(world.technical_handler)
    printed(file)

    said = [
        actions.scan_page(awaited.number, mark, by=world.technical_handler).state
        for mark in marks_of(before)
        if mark.copy == 1
    ]

    assert set(said) == {PageState.KEPT, PageState.SUPERSEDED}
    assert len(pile(awaited).odd) == said.count(PageState.SUPERSEDED)


def test_what_a_scanner_typed_on_any_keyboard_is_understood(world, sent):
    file, _awaited = sent
    mark = marks_of(printed(file))[0]

    assert mark_in(f"  {str(mark).lower().replace(':', '：').replace('/', '／')}\n") == mark
    with pytest.raises(NotReady, match="这不是本系统纸件的二维码"):
        mark_in("6901234567892")


def test_a_page_by_hand_needs_a_reason_and_a_place_in_the_parcel(world, sent):
    file, awaited = sent
    by = world.technical_handler
    at = PageAt(file.number, copy=1, page=2, pages=8)

    for wrong, reason, refusal in (
        (at, " ", NotReady),
        (replace(at, page=9), "被公章压住", NotReady),
        (replace(at, copy=99), "被公章压住", NotReady),
        (replace(at, paper="XJ2020-A-99999"), "被公章压住", NotPossible),
    ):
        with pytest.raises(refusal):
            actions.enter_page(awaited.number, wrong, by=by, reason=reason)
    seen = [actions.enter_page(awaited.number, at, by=by, reason="被公章压住") for _n in range(2)]

    assert len(set(seen)) == 1
    assert pile(awaited).copies[0].copy.found == (2,)


def test_a_colleagues_tick_is_not_undone_by_an_older_page(world, sent):
    file, awaited = sent
    by = world.technical_handler
    signed, sealed = (f"{file.number}|1|{item}" for item in ("本人签字", "用人单位盖章"))
    report = "nomination_report|1|有"

    done = [
        actions.tick_copies(awaited.number, by=by, shown=[], ticked=[signed, report]),
        actions.tick_copies(awaited.number, by=by, shown=[], ticked=[sealed]),
        actions.tick_copies(awaited.number, by=by, shown=[report], ticked=[]),
        actions.tick_copies(awaited.number, by=by, shown=[], ticked=[]),
    ]

    assert done == [2, 1, 1, 0]
    ticks = {tick.key: tick.is_there for tick in pile(awaited).copies[0].ticks}
    assert (ticks[signed], ticks[sealed]) == (True, True)
    assert not pile(awaited).own[0][1].is_there


@pytest.mark.parametrize(
    "key",
    [
        "",
        "x",
        "XJ2020-A-99999|1|本人签字",
        "nomination_report|1|本人签字",
        "nomination_report|x|有",
    ],
)
def test_a_tick_for_what_is_not_in_the_parcel_is_refused(world, sent, key):
    _file, awaited = sent

    with pytest.raises(NotPossible, match="清单已经变化"):
        actions.tick_copies(awaited.number, by=world.technical_handler, shown=[], ticked=[key])
    assert not CopyTick.objects.exists()


@pytest.mark.clause("R67", "R68")
def test_the_letter_names_what_is_missing_and_the_receipt_what_came(world, sent):
    file, awaited = sent
    by = world.technical_handler
    with pytest.raises(NotReady, match="还没有登记收到"):
        print_receipt(awaited.number, by=by)
    taken_in(world, awaited)
    form = marks_of(printed(file))
    for mark in form:
        if (mark.copy, mark.page) != (3, 4):
            actions.scan_page(awaited.number, mark, by=by)

    printed_letter = print_shortage(awaited.number, by=by)
    letter = text_of(printed_letter)
    assert verdicts_of(printed_letter) == [Verdict.EQUAL]
    assert f"{file.name}《专家情况登记表》3缺第4页" in letter
    assert "单位推荐报告—未见" in letter

    actions.scan_page(
        awaited.number,
        next(mark for mark in form if (mark.copy, mark.page) == (3, 4)),
        by=by,
    )
    for mark in marks_of(nomination_form(nomination_input(nomination_numbered(file.number)))):
        actions.scan_page(awaited.number, mark, by=by)
    here = pile(awaited)
    keys = [tick.key for copy in here.copies for tick in copy.ticks]
    keys += [person.annexes.key for person in here.people] + [tick.key for _t, tick in here.own]
    actions.tick_copies(awaited.number, by=by, shown=[], ticked=keys)

    assert pile(awaited).is_complete
    assert lines_of([awaited])[0].stage is Stage.WHOLE
    receipt = print_receipt(awaited.number, by=by)
    assert "材料齐全，纸件与系统中的数据一致" in text_of(receipt)
    assert verdicts_of(receipt) == [Verdict.EQUAL]
    assert verdicts_of(printed_letter) == [Verdict.SUPERSEDED]
    with pytest.raises(NotReady, match="没有缺件"):
        print_shortage(awaited.number, by=world.kashgar_handler)
    with pytest.raises(NotAllowed):
        print_receipt(awaited.number, by=world.secretary)


def test_a_pile_is_read_once_and_tells_the_pages_it_could_not_read(world, sent):
    file, awaited = sent
    by = world.technical_handler

    scans = [scan_pile(awaited.number, printed(file), by=by) for _twice in range(2)]
    for scan in scans:
        read_pile(scan.pk)

    assert len(set(scans)) == 1
    (scan,) = pile(awaited).scans
    assert (scan.read_at is not None, scan.blind, scan.is_broken) == (True, [], False)
    assert pile(awaited).whole == 3


def test_a_page_of_a_pile_without_a_code_is_left_for_people(world, sent):
    _file, awaited = sent

    scan = scan_pile(awaited.number, png(certificate()), by=world.technical_handler)
    read_pile(scan.pk)

    assert pile(awaited).scans[0].blind == [1]


@pytest.mark.django_db(transaction=True)
def test_two_officers_with_the_same_page_see_it_once(world, sent):
    """Both stand before the table at once; its constraint decides which of them is the first."""
    file, awaited = sent
    mark = marks_of(printed(file))[0]
    both, news = Barrier(2), []

    def scan():
        by = world.technical_handler
        both.wait()
        news.append(actions.scan_page(awaited.number, mark, by=by).is_new)
        connection.close()

    officers = [Thread(target=scan) for _n in range(2)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()

    assert sorted(news) == [False, True]
    assert PageSeen.objects.count() == 1
