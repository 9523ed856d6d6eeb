"""Searching the traces of a cycle: who did what to what, when and why."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import juxian
from juxian.actions import cycle as cycles
from juxian.actions import verification
from juxian.actions.trace import leave
from juxian.records.models import Trace
from juxian.selectors.trace_words import ACTS, FIGURES
from juxian.selectors.traces import Asked, page_of
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, listed, on, text
from tests.house.world import FILING, PACK

pytestmark = pytest.mark.django_db

DESK = "supervision"


def asked_of(world, **asked):
    return page_of(world.cycle, Asked(**asked), by=world.supervisor)


def test_the_log_tells_who_did_what_to_what_and_why_the_latest_first(supervisor, world):
    file = world.submitted()
    seats = world.cycle.seats.filter(granted__isnull=False).first()
    cycles.change_seats(seats.pk, by=world.secretary, granted=9, reason="支援南疆")
    verification.reject(file.pk, by=world.hospital_handler, opinion="不在岗位")

    last, before = asked_of(world).lines[:2]

    assert (last.act, last.file, last.why) == ("不予通过", file, "不在岗位")
    assert last.trace.by == world.hospital_handler
    assert (before.act, before.file, before.why) == ("调剂名额", None, "支援南疆")
    assert before.thing.startswith("名额：")
    assert dict(before.figures)["新"] == "9"


def test_a_piece_of_a_number_finds_all_that_was_done_to_the_file(supervisor, world):
    files = [world.submitted(number=number) for number in (1, 2)]
    world.pass_until("peer_review", *files)
    listed(world, "peer_review", files[0])

    page = asked_of(world, number=files[0].number[-4:])

    assert page.files == (files[0],)
    assert {line.file for line in page.lines} == {files[0], None}
    assert {line.act for line in page.lines if line.file is None} == {"建立名单"}
    assert asked_of(world, number="ZZZ") == page_of(
        world.cycle, Asked(number="ZZZ"), by=world.supervisor
    )
    assert asked_of(world, number="ZZZ").lines == ()


def test_the_log_is_searched_by_person_act_and_days(supervisor, world):
    file = world.submitted()
    for days in (1, 2):
        set_clock(FILING + timedelta(days=days))
        leave("open_file", file, by=world.hospital_handler)
    leave("print", file, by=world.secretary)

    def acts(**asked):
        return [line.act for line in asked_of(world, **asked).lines]

    assert acts(who="秘书", act="print") == ["打印"]
    assert acts(who="HOSPITAL_handler") == ["查阅申报"] * 2
    assert acts(act="open_file", since=date(2020, 3, 18)) == ["查阅申报"]
    assert acts(act="open_file", until=date(2020, 3, 17)) == ["查阅申报"]
    assert acts(act="open_file", since=date(2020, 3, 19)) == []


def test_older_pages_go_on_where_the_one_before_ended(supervisor, world):
    file = world.submitted()
    for _n in range(70):
        leave("open_file", file, by=world.hospital_handler)
    asked, after, seen = Asked(act="open_file"), "", []
    while True:
        page = page_of(world.cycle, asked, by=world.supervisor, after=after)
        seen += [line.trace.pk for line in page.lines]
        after = page.after
        if not after:
            break

    expected = Trace.objects.filter(act="open_file").order_by("-at", "-pk")
    assert seen == list(expected.values_list("pk", flat=True))
    for nonsense in ("x", "2020-01-01T00:00:00~1", "2020-01-01~x"):
        assert page_of(world.cycle, asked, by=world.supervisor, after=nonsense).lines != ()


def test_a_search_leaves_one_trace_with_keys_for_names_and_browsing_leaves_none(supervisor, world):
    file = world.submitted()
    searches = Trace.objects.filter(act="search_traces")

    at(supervisor, "traces", PACK, desk=DESK)
    assert not searches.exists()
    answer = at(
        supervisor, "traces", PACK, desk=DESK, number=file.number, who="秘书", since="2020-03-01"
    )

    assert answer.status_code == 200
    [left] = searches
    assert (left.by, left.subject_id) == (world.supervisor, str(world.cycle.pk))
    assert left.detail == {
        "number": file.number,
        "people": [world.secretary.pk],
        "looked_for": "",
        "starts": "2020-03-01",
        "ends": "",
    }
    at(supervisor, "traces", PACK, desk=DESK, number=file.number, after="2020-03-16~1")
    assert searches.count() == 1


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"number": "张三"}, "编号只有字母、数字和短横"),
        ({"since": "2020-03-05", "until": "2020-03-01"}, "结束日期早于开始日期"),
        ({"since": "昨天"}, "请填写日期"),
    ],
)
def test_a_faulty_search_says_so_and_searches_nothing(supervisor, world, asked, sentence):
    world.submitted()

    answer = at(supervisor, "traces", PACK, desk=DESK, **asked)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert answer.context["found"] is None
    assert not Trace.objects.filter(act="search_traces").exists()


def test_figures_of_a_trace_are_told_in_words(supervisor, world):
    file = world.submitted()
    seats = world.cycle.seats.filter(granted__isnull=False).first()
    cycles.change_seats(seats.pk, by=world.secretary, granted=None, reason="不设上限")
    condition = file.submissions.get().findings[0]["code"]
    leave("settle", file, by=world.hospital_handler, condition=condition, holds=True)
    leave("settle", file, by=world.hospital_handler, condition=condition, holds=False)

    no, yes, changed = asked_of(world).lines[:3]

    assert (dict(yes.figures)["符合"], dict(no.figures)["符合"]) == ("是", "否")
    assert dict(yes.figures)["条件"] != condition
    assert dict(changed.figures)["新"] == "不限"


def test_every_act_that_leaves_a_trace_has_words():
    house = Path(juxian.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in house.rglob("*.py"))
    left = set(re.findall(r"\bleave\(\s*\"(\w+)\"", code))
    outside = {"create_office", "register", "appoint", "give_password"}  # of no cycle

    assert left - set(ACTS) == outside
    assert {str(word) for word in (*ACTS.values(), *FIGURES.values())} >= {"查阅申报", "名额"}


def test_the_clock_of_the_log_is_beijing_s(supervisor, world):
    file = world.submitted()
    leave("open_file", file, by=world.hospital_handler, at=on(2020, 3, 16, 23))

    assert "2020-03-16 23:00:00" in text(at(supervisor, "traces", PACK, desk=DESK))
