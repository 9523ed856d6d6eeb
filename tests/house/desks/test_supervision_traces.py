"""Searching the traces of a cycle: who did what to what, when and why."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

import juxian
from juxian.actions import cycle as cycles
from juxian.actions import verification
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Handling, Trace
from juxian.regulation.words import Act, SeatsAct
from juxian.selectors.supervision import overview_of
from juxian.selectors.trace_words import ACTS, DONE, FIGURES
from juxian.selectors.traces import FOUND, Asked, files_numbered, page_of
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, listed, many, on, text
from tests.house.world import FILING, PACK

pytestmark = pytest.mark.django_db

DESK = "supervision"


def asked_of(world, **asked):
    number = asked.get("number", "")
    files = files_numbered(world.cycle, number, by=world.supervisor) if number else []
    return page_of(world.cycle, Asked(**asked), by=world.supervisor, files=files)


def search(client, **asked):
    return at(client, "traces", PACK, desk=DESK, **asked)


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

    piece = files[0].number[-4:]
    page = asked_of(world, number=piece)

    assert files_numbered(world.cycle, piece, by=world.supervisor) == [files[0]]
    assert {line.file for line in page.lines} == {files[0], None}
    assert {line.act for line in page.lines if line.file is None} == {"建立名单"}
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
    for n in range(70):  # several at one moment, and several moments
        moment = FILING + timedelta(minutes=n // 20)
        leave("open_file", file, by=world.hospital_handler, at=moment)
    asked, after, seen = Asked(act="open_file"), "", []
    while True:
        page = page_of(world.cycle, asked, by=world.supervisor, after=after)
        seen.append([line.trace.pk for line in page.lines])
        after = page.after
        if not after:
            break

    expected = list(
        Trace.objects.filter(act="open_file").order_by("-at", "-pk").values_list("pk", flat=True)
    )
    assert seen == [expected[:30], expected[30:60], expected[60:]]
    for nonsense in ("x", "2020-01-01T00:00:00~1", "2020-01-01~x"):
        first = page_of(world.cycle, asked, by=world.supervisor, after=nonsense)
        assert [line.trace.pk for line in first.lines] == expected[:30]


def test_a_search_leaves_a_trace_with_keys_for_names_and_numbers(supervisor, world):
    file = world.submitted()
    searches = Trace.objects.filter(act="search_traces")

    search(supervisor)
    assert not searches.exists()
    answer = search(supervisor, number=file.number, who="秘书", since="2020-03-01")

    assert answer.status_code == 200
    [left] = searches
    assert (left.by, left.subject_id) == (world.supervisor, str(world.cycle.pk))
    assert left.detail == {
        "found": [file.pk],
        "files": 1,
        "people": [world.secretary.pk],
        "looked_for": "",
        "starts": "2020-03-01",
        "ends": "",
        "at_night": "",
    }
    search(supervisor, at_night="on")
    assert dict(asked_of(world).lines[0].figures) == {"只看夜间": "是"}


@pytest.mark.parametrize("after", ["x", "2020-03-16~1", "2999-01-01T00:00:00+08:00~1"])
def test_no_cursor_gets_a_search_past_its_trace(supervisor, world, after):
    world.submitted()

    search(supervisor, who="秘书", after=after)

    assert Trace.objects.filter(act="search_traces").count() == 1


def test_a_piece_of_a_number_that_means_too_many_files_asks_for_more_of_it(supervisor, world):
    file = world.submitted()
    many(file, FOUND - 1)
    piece = file.number[:4]

    fits = search(supervisor, number=piece)
    assert fits.status_code == 200
    assert f"编号相符的 {FOUND} 份，列出前 10 份" in text(fits)
    many(file, 1, series=8)
    refused = search(supervisor, number=piece)

    assert refused.status_code == 422
    assert refused.context["form"].errors == {"number": ["编号相符的超过50份，请多填几位。"]}
    assert refused.context["found"] is None


def test_readings_at_night_are_the_ones_the_overview_counted(supervisor, world):
    file = world.submitted()
    night, noon, before = on(2020, 3, 15, 23), on(2020, 3, 15, 12), on(2020, 3, 1, 23)
    for act in ("open_file", "print", "open_timeline", "settle"):
        for moment in (night, noon, before):
            leave(act, file, by=world.kashgar_handler, at=moment)
    leave("export_ministry", world.cycle, by=world.secretary, at=on(2020, 3, 15, 5))

    overview = overview_of(world.cycle, by=world.supervisor, now=now())
    [counted] = [one for one in overview.notable if "夜间" in one.title]
    answer = search(supervisor, **dict(pair.split("=") for pair in counted.search.split("&")))

    shown = [(line.trace.act, line.trace.at) for line in answer.context["found"].lines]
    assert counted.count == len(shown)
    assert sorted(shown) == sorted(
        [("export_ministry", on(2020, 3, 15, 5)), ("open_file", night), ("print", night)]
    )


def test_the_conclusion_on_an_objection_is_not_the_supervisor_s_to_read(supervisor, world):
    file = world.submitted()
    leave("uphold", file, by=world.hospital_handler, at=FILING)
    Handling.objects.create(
        application=file,
        turn=1,
        step="employer_notice",
        act=Act.UPHOLD,
        by=world.hospital_handler,
        opinion="经查论文系抄袭",
        done_at=FILING,
    )

    [line] = asked_of(world, act="uphold").lines
    timeline = text(at(supervisor, "file", file.number, desk=DESK))

    assert (line.act, line.why) == ("异议成立", "")
    assert "异议成立" in timeline
    assert "抄袭" not in timeline


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"number": "张三"}, "编号只有字母、数字和短横"),
        ({"since": "2020-03-05", "until": "2020-03-01"}, "结束日期早于开始日期"),
        ({"since": "昨天"}, "请填写日期"),
        ({"until": "9999-12-31"}, "请填写2000年到2100年之间的日期"),
        ({"since": "0001-01-01"}, "请填写2000年到2100年之间的日期"),
        ({"number": "653101197001011234"}, "不要填写身份证号或手机号"),
        ({"number": "13900000000"}, "不要填写身份证号或手机号"),
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
    calls = [call for call in calls_in_the_house() if called(call) == "leave"]
    left = {act.value for call in calls if isinstance(act := call.args[0], ast.Constant)}
    outside = {"create_office", "register", "appoint"}  # of no cycle
    outside |= {"give_password", "change_password", "import_roster"}
    outside |= {"save_view", "change_view", "delete_view"}
    outside |= {"set_sending_rule", "connect_robot", "disconnect_robot", "set_reach"}
    outside |= {"change_office", "decide_change", "drop_change", "ask_registration", "read_proof"}
    outside |= {"change_post", "stand_in", "hand_over", "end_post", "write_sheet"}
    outside |= {"review_access", "export_access", "export_offices"}
    figures = {word.arg for call in calls for word in call.keywords if word.arg}

    several = [call for call in calls_in_the_house() if called(call) == "Left"]
    left |= {act.value for call in several if isinstance(act := call.args[0], ast.Constant)}

    left |= {f"{act}_seats" for act in SeatsAct}  # put together where seats change
    assert left - outside == set(DONE)
    assert set(ACTS) == set(DONE) | set(Act)
    assert figures - {"by", "at"} == (set(FIGURES) - BESIDE) | KEYS


KEYS = {  # keys of rows, digests and codes, which mean nothing to a reader
    *("application", "change", "digest", "file", "item", "kept_out", "kind", "members", "office"),
    *("pack", "page", "panel", "printing", "proceeding", "scan", "size", "source"),
    *("version", "carrier", "messages", "occasion", "pace", "release"),
}
BESIDE = {"looked_for", "at_night", "filters"}  # left by a search, or for each cycle of a list


def called(call):
    return call.func.id if isinstance(call.func, ast.Name) else ""


def calls_in_the_house():
    house = Path(juxian.__file__).parent
    for path in house.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_the_clock_of_the_log_is_beijing_s(supervisor, world):
    file = world.submitted()
    leave("open_file", file, by=world.hospital_handler, at=on(2020, 3, 16, 23))

    assert "2020-03-16 23:00:00" in text(at(supervisor, "traces", PACK, desk=DESK))
