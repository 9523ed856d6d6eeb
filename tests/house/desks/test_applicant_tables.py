"""The tables of a section: order, copies, a row come back, none at all, and rows from Excel."""

from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from juxian.actions import application as acts
from juxian.records.models import Section, Trace
from juxian.records.packs import pack_of
from juxian.selectors.application import section_of
from juxian.selectors.facts import answers_of
from tests.house.desks.shown import shown

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def draft(world):
    return acts.begin(
        world.cycle.pk, by=world.applicant, employer_id=world.hospital.pk, track="professional"
    )


@pytest.fixture
def full(world):
    return world.professional_draft()


def at(name, file, *args):
    return reverse(f"applicant:{name}", args=[file.number, *args])


def version(file, section):
    saved = section_of(file, section)
    return saved.version if saved else 0


def rows(file, section, table):
    return answers_of(file)[section][table]


def keep(file, section, **values):
    return acts.save_section(
        file.pk, section, values, by=file.applicant, version=version(file, section)
    )


YEARS = [{"id": f"y{year}", "year": year, "result": "excellent"} for year in (2017, 2019, 2018)]


@pytest.fixture
def years(draft):
    """A draft with three rows, out of the order of time."""
    keep(draft, "assessment", years=YEARS)
    return draft


def press(me, file, go, section="assessment", *, follow=False, **typed):
    """A button of the section's page, with what else was typed on it."""
    given = {"version": version(file, section), "go": go, **typed}
    return me.post(at("section", file, section), given, follow=follow)


def order(file):
    return [row["id"] for row in rows(file, "assessment", "years")]


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

    assert response.status_code == 422
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


# --- from Excel ---------------------------------------------------------------------------------

PASTED = (
    "年度\t考核结果\t说明\n2015\t优秀\t\n2016年\t合格\t\n明年\t优秀\t\n2014\t很好\t\n2019\t优秀\t\n"
)


def paste(me, file, text, **given):
    return me.post(
        at("paste", file, "assessment", "years"),
        {"text": text, "version": version(file, "assessment"), "go": "read", **given},
    )


def test_nothing_is_written_before_it_is_confirmed_and_bad_rows_are_told_with_their_reason(
    me, years
):
    before, traces = rows(years, "assessment", "years"), Trace.objects.count()

    html = paste(me, years, PASTED).content.decode()

    assert "读到 5 行：可以导入 3 行，有误 2 行" in html
    for said in (
        "第 4 行",
        "请填写四位年份，如2015。",
        "第 5 行",
        "“很好”不在选项中，请重新选择。",
    ):
        assert said in html
    assert "与第2条相同" in html
    assert (rows(years, "assessment", "years"), Trace.objects.count()) == (before, traces)


def test_what_is_ticked_is_added_behind_what_is_there(me, years):
    page = paste(me, years, PASTED)
    assert shown(page)["line"] == ["2", "3"]

    response = me.post(
        at("paste", years, "assessment", "years"), {**shown(page), "go": "import"}, follow=True
    )

    assert "已导入 2 条。" in response.content.decode()
    found = rows(years, "assessment", "years")
    assert [(row["year"], row["result"]) for row in found[3:]] == [
        (2015, "excellent"),
        (2016, "qualified"),
    ]
    assert order(years)[:3] == ["y2017", "y2019", "y2018"]


def test_a_text_that_was_changed_is_shown_again_instead_of_written(me, years):
    page = shown(paste(me, years, PASTED))
    changed = {**page, "text": PASTED.replace("明年", "2013"), "go": "import"}

    html = me.post(at("paste", years, "assessment", "years"), changed).content.decode()

    assert "粘贴的内容已改动" in html
    assert "可以导入 4 行，有误 1 行" in html
    assert len(rows(years, "assessment", "years")) == 3


def test_an_import_that_was_overtaken_keeps_the_text_and_the_ticks(me, years):
    page = shown(paste(me, years, PASTED))
    keep(years, "assessment", punishment="none")

    response = me.post(
        at("paste", years, "assessment", "years"), {**page, "line": ["3"], "go": "import"}
    )

    again = shown(response)
    assert (response.status_code, again["line"]) == (422, ["3"])
    assert again["text"][0].split() == PASTED.split()
    me.post(at("paste", years, "assessment", "years"), {**again, "go": "import"})
    assert len(rows(years, "assessment", "years")) == 4


def test_no_more_rows_are_taken_than_the_table_holds(me, years):
    text = "\n".join(f"{year}\t优秀\t" for year in range(2001, 2011))
    page = shown(paste(me, years, text))
    assert page["line"] == ["1", "2", "3", "4", "5"]

    seven = {**page, "line": [str(n) for n in range(1, 8)], "go": "import"}
    response = me.post(at("paste", years, "assessment", "years"), seven)

    assert response.status_code == 422
    assert "最多填写8条，还可以导入5条，请取消勾选2行" in response.content.decode()
    assert len(rows(years, "assessment", "years")) == 3


def test_nothing_pasted_nothing_ticked_and_no_workbook_are_told(me, years):
    page = shown(paste(me, years, PASTED))
    none = me.post(at("paste", years, "assessment", "years"), {**page, "line": [], "go": "import"})
    file = SimpleUploadedFile("a.xlsx", b"not a workbook")
    for response, said in (
        (paste(me, years, " \n"), "请先粘贴内容，或者选择 Excel 文件"),
        (none, "请至少勾选一行"),
        (paste(me, years, "", sheet=file), "这个文件打不开，请上传 Excel 文件（.xlsx）"),
    ):
        assert (response.status_code, said in response.content.decode()) == (422, True)


def test_a_formula_is_kept_as_the_text_that_it_is(me, years):
    page = paste(me, years, "年度\t考核结果\t说明\n2015\t未考核\t=HYPERLINK(1)\n")

    me.post(at("paste", years, "assessment", "years"), {**shown(page), "go": "import"})

    assert rows(years, "assessment", "years")[-1]["note"] == "=HYPERLINK(1)"


def workbook(lines, **cells):
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
        for place, value in cells.items():
            sheet.write(place, value)
    return SimpleUploadedFile("a.xlsx", content.getvalue())


def test_a_workbook_is_read_as_what_it_shows_would_be_pasted(me, years):
    file = workbook([["年度", "考核结果", "说明"], [2015, "优秀"], [2016, "未考核", "一行\n二行"]])

    page = paste(me, years, "", sheet=file)
    me.post(at("paste", years, "assessment", "years"), {**shown(page), "go": "import"})

    found = rows(years, "assessment", "years")[3:]
    assert [(row["year"], row["note"]) for row in found] == [(2015, ""), (2016, "一行 二行")]


def test_a_workbook_whose_last_cell_is_far_away_is_refused_before_it_is_opened(me, years):
    file = workbook([["年度"], [2015]], XFD1048576="远")

    response = paste(me, years, "", sheet=file)

    assert response.status_code == 422
    assert "表格的范围太大" in response.content.decode()


def test_the_template_is_read_back_by_its_own_headings(me, full):
    for section, table in (("achievements", "papers"), ("education", "records")):
        content = me.get(at("table_template", full, section, table)).content
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        columns = [c.caption for c in pack_table(full, section, table).columns]
        heads, *others = book.get_sheet_by_index(0).to_python()
        assert (heads, others) == (columns, [])
        notes = book.get_sheet_by_index(1).to_python()
        assert [line[0] for line in notes[1:]] == columns


def pack_table(file, section, table):
    return pack_of(file.cycle).form.for_track(file.track).section(section).field(table)


def test_rows_that_belong_to_picks_are_not_pasted(me, full):
    response = me.get(at("paste", full, "conditions", "statements"))

    assert response.status_code == 302
    assert "statements/paste" not in me.get(at("section", full, "conditions")).content.decode()


def test_nobody_else_pastes_moves_or_reads_a_table(client, world, years):
    client.force_login(world.hospital_handler)
    saved = Section.objects.get(application=years, code="assessment").version

    assert press(client, years, "up:years/y2019").status_code == 404
    for name in ("paste", "table", "table_template"):
        assert client.get(at(name, years, "assessment", "years")).status_code == 404
    assert Section.objects.get(application=years, code="assessment").version == saved
