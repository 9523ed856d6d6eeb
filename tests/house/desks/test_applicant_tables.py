"""The tables of a section: order, copies, a row come back, none at all, totals and hints."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juxian.selectors.facts import answers_of
from tests.house.desks.shown import shown
from tests.house.desks.table_world import YEARS, at, begun, keep, order, press, rows, version

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def draft(world):
    return begun(world)


@pytest.fixture
def full(world):
    return world.professional_draft()


@pytest.fixture
def years(draft):
    """A draft with three rows, out of the order of time."""
    keep(draft, "assessment", years=YEARS)
    return draft


def test_a_row_moves_up_and_down_and_the_page_is_saved_with_it(me, years):
    press(me, years, "up:years/y2019", punishment="none")
    assert order(years) == ["y2019", "y2017", "y2018"]
    assert answers_of(years)["assessment"]["punishment"] == "none"

    press(me, years, "down:years/y2017")
    assert order(years) == ["y2019", "y2018", "y2017"]


def test_the_keyboard_stays_with_the_row_that_moved(me, draft):
    keep(draft, "assessment", years=[*YEARS, {"id": "y2016", "year": 2016}])

    response = press(me, draft, "down:years/y2017", follow=True)

    page = at("section", draft, "assessment")
    assert response.redirect_chain == [(f"{page}#go-years-y2017-down", 302)]
    html = response.content.decode()
    assert html.count('id="go-years-y2017-down"') == 1
    assert "已下移，现在是第 2 条。" in html


def test_at_the_end_of_its_way_the_keyboard_goes_to_the_other_button(me, years):
    response = press(me, years, "up:years/y2019", follow=True)

    assert response.redirect_chain[0][0].endswith("#go-years-y2019-down")
    html = response.content.decode()
    assert 'id="go-years-y2019-down"' in html
    assert 'id="go-years-y2019-up"' not in html


def test_a_row_at_the_end_moves_no_further(me, years):
    press(me, years, "up:years/y2017")

    assert order(years) == ["y2017", "y2019", "y2018"]


def test_rows_are_put_in_the_order_of_time_and_then_turned_round(me, years):
    html = me.get(at("section", years, "assessment")).content.decode()
    assert "按时间排序" in html

    press(me, years, "sort:years")
    assert order(years) == ["y2017", "y2018", "y2019"]
    assert "按时间倒序" in me.get(at("section", years, "assessment")).content.decode()

    press(me, years, "sort:years")
    assert order(years) == ["y2019", "y2018", "y2017"]


def test_undated_rows_stand_last(me, draft):
    keep(draft, "assessment", years=[{"id": "none", "result": "none"}, *YEARS])

    press(me, draft, "sort:years")

    assert order(draft) == ["y2017", "y2018", "y2019", "none"]


def test_moving_a_row_of_an_overtaken_page_changes_nothing_and_shows_both(me, years):
    stale = {"version": 0, "go": "up:years/y2019", "punishment": "past"}

    response = me.post(at("section", years, "assessment"), stale)

    assert response.status_code == 409
    assert order(years) == ["y2017", "y2019", "y2018"]


def test_a_table_or_row_that_is_not_there_cannot_be_moved(me, years):
    assert press(me, years, "up:nothing/y2019").status_code == 404
    assert press(me, years, "up:years/nothing").status_code == 404


def test_a_copy_begins_with_the_answers_of_its_row_and_stands_behind_it(me, years):
    address = f"{at('row', years, 'assessment', 'years', 'new')}?copy=y2017"
    page = me.get(address)
    assert shown(page)["year"] == ["2017"]

    me.post(address, {**shown(page), "year": "2016", "go": "back"})

    found = rows(years, "assessment", "years")
    assert [row["year"] for row in found] == [2017, 2016, 2019, 2018]
    assert len({row["id"] for row in found}) == 4


def test_a_row_taken_out_comes_back_at_its_place_with_its_id(me, years):
    me.post(at("remove_row", years, "assessment", "years", "y2019"), {"version": 1})
    assert order(years) == ["y2017", "y2018"]
    html = me.get(at("section", years, "assessment")).content.decode()
    assert "已删除“2019”。" in html

    press(me, years, "undo:years", punishment="none")

    assert order(years) == ["y2017", "y2019", "y2018"]
    html = me.get(at("section", years, "assessment")).content.decode()
    assert "撤销删除" not in html.replace("已撤销删除", "")


def test_a_row_comes_back_to_its_own_table_only_and_once(me, years):
    me.post(at("remove_row", years, "assessment", "years", "y2019"), {"version": 1})
    assert "撤销删除" not in me.get(at("section", years, "honours")).content.decode()
    press(me, years, "undo:years")
    press(me, years, "undo:years")
    assert order(years) == ["y2017", "y2019", "y2018"]


def test_what_was_taken_out_is_sealed_in_the_session(me, years):
    me.post(at("remove_row", years, "assessment", "years", "y2019"), {"version": 1})

    kept = me.session["removed_row"]
    assert kept.startswith("sealed:")
    assert "2019" not in kept.partition(":")[2].partition(":")[0]


def test_there_being_none_is_an_answer(me, draft):
    page = at("section", draft, "honours")
    assert "有没有人才计划与荣誉？" in me.get(page).content.decode()

    press(me, draft, "none:records", "honours")

    assert rows(draft, "honours", "records") == []
    assert "已答：没有人才计划与荣誉。" in me.get(page).content.decode()


def test_answering_that_there_are_none_takes_no_row_away(me, full):
    before = rows(full, "honours", "records")
    press(me, full, "none:records", "honours")
    assert rows(full, "honours", "records") == before


def test_a_table_that_must_have_rows_is_not_asked_for_none(me, draft):
    html = me.get(at("section", draft, "career")).content.decode()

    assert "none:records" not in html


@pytest.mark.clause("R62")
def test_gaps_and_overlaps_of_the_career_are_hints_beside_the_table(me, draft):
    spans = [("1999-09", "2003-07"), ("2004-02", "2010-05"), ("2010-01", "")]
    found = [
        {"id": f"c{n}", "start": first, "end": last, "employer": "某校", "duty": "学习"}
        for n, (first, last) in enumerate(spans)
    ]
    keep(draft, "career", records=found)

    html = me.get(at("section", draft, "career")).content.decode()

    assert "2003年7月至2004年2月之间没有填写经历。" in html
    assert "第2条与第3条重叠5个月。" in html
    assert 'class="fault' not in html


@pytest.mark.clause("R14", "R23")
def test_what_counts_is_told_over_the_table_and_beside_each_row(me, full):
    html = me.get(at("section", full, "achievements")).content.decode()

    papers = html.partition('id="t-papers"')[2].partition("</section>")[0]
    count = sum(row["date"] >= "2015-01" for row in rows(full, "achievements", "papers"))
    assert f"在计算时间内（2015年1月1日至2020年5月6日）{count} 项。" in papers
    assert papers.count("计入</span>") == count


def test_the_table_stands_in_the_printed_order(me, full):
    html = me.get(at("section", full, "career")).content.decode()

    heads = html.partition("<thead>")[2].partition("</thead>")[0]
    places = [heads.index(f">{label}<") for label in ("开始年月", "结束年月", "证明人")]
    assert places == sorted(places)


def test_a_page_asks_no_more_for_thirty_rows_than_for_one(me, draft):
    asked = []
    for many in (1, 30):
        found = [
            {
                "id": f"c{n}",
                "start": f"{1990 + n}-01",
                "end": f"{1990 + n}-12",
                "employer": f"单位{n}",
            }
            for n in range(many)
        ]
        keep(draft, "career", records=found)
        me.get(at("section", draft, "career"))
        with CaptureQueriesContext(connection) as queries:
            assert me.get(at("section", draft, "career")).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1] <= MOST_QUERIES


def test_the_script_is_answered_with_the_table_and_its_new_version(me, years):
    response = press(me, years, "up:years/y2019", inline="1")
    part = me.get(response.headers["Location"]).content.decode()

    assert response.headers["Location"].startswith(at("table", years, "assessment", "years"))
    assert f'data-version="{version(years, "assessment")}"' in part
    assert '<p data-said="">已上移，现在是第 1 条。</p>' in part
    assert "<main" not in part


def test_who_comes_by_the_table_s_own_address_is_led_to_the_page(me, years):
    response = me.get(at("table", years, "assessment", "years"))

    assert response.headers["Location"] == f"{at('section', years, 'assessment')}#t-years"


def test_a_row_for_the_page_s_script_has_ids_of_its_own(me, years):
    address = at("row", years, "assessment", "years", "y2019")

    part = me.get(address, {"inline": 1}).content.decode()

    assert 'id="r-year"' in part
    assert 'id="f-' not in part
    assert "<main" not in part


def test_a_row_saved_by_the_script_with_a_fault_is_answered_with_its_editor(me, years):
    address = at("row", years, "assessment", "years", "y2019")
    typed = {"year": "去年", "result": "excellent", "version": 1, "inline": 1, "go": "back"}

    response = me.post(address, typed, follow=True)

    html = response.content.decode()
    assert 'data-row-editor="y2019"' in html
    assert 'id="r-year-fault"' in html
    assert rows(years, "assessment", "years")[1]["year"] == "去年"


def spans(file):
    return [(row["start"], row["end"]) for row in rows(file, "career", "records")]


def asked_of(row):
    return [row[name][0] for name in ("start", "end", "employer")]


@pytest.fixture
def schooled(draft):
    """A draft that tells of two degrees and of nothing else."""
    facts = {"degree": "4", "school": "某医科大学", "major": "临床医学"}
    first = {"id": "d1", "level": "21", "start": "1989-09", "end": "1994-07", **facts}
    second = {"id": "d2", "level": "11", "start": "2001-09", "end": "2004-07", **facts}
    keep(draft, "education", records=[first, second])
    return draft


def test_degrees_are_brought_into_the_experiences_once(me, schooled):
    page = at("section", schooled, "career")
    assert "带入学历学位（2 条）" in me.get(page).content.decode()

    press(me, schooled, "studies:records", "career")
    press(me, schooled, "studies:records", "career")

    assert spans(schooled) == [("1989-09", "1994-07"), ("2001-09", "2004-07")]
    first = rows(schooled, "career", "records")[0]
    assert (first["employer"], first["duty"]) == ("某医科大学", "临床医学专业大学本科学习")
    assert "带入学历学位" not in me.get(page).content.decode()


def test_the_next_experience_fills_the_gap_and_goes_into_it(me, world, schooled):
    press(me, schooled, "studies:records", "career")
    address = at("row", schooled, "career", "records", "new")

    begins = shown(me.get(address))
    assert asked_of(begins) == ["1994-07", "2001-09", ""]
    me.post(address, begins | {"start": "1994.07", "employer": "某医院", "duty": "医师"})
    last = shown(me.get(address))
    assert asked_of(last) == ["2004-07", "", world.hospital.name]
    me.post(address, last | {"duty": "主任医师"})

    began = [start for start, _end in spans(schooled)]
    assert began == ["1989-09", "1994-07", "2001-09", "2004-07"]


def test_months_that_meet_leave_no_gap_to_fill(me, draft):
    spans_there = [("1989-09", "1994-07"), ("1994-08", "")]
    told = [{"id": f"r{n}", "start": a, "end": b} for n, (a, b) in enumerate(spans_there)]
    keep(draft, "career", records=told)

    begins = shown(me.get(at("row", draft, "career", "records", "new")))

    assert asked_of(begins) == ["", "", ""]
