"""Rows from Excel at the applicant's desk: seen first, then taken over; the template beside it."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from juxian.desks.applicant.filled import filled
from juxian.desks.applicant.grids import cards_of
from juxian.records.models import Section, Trace
from juxian.records.packs import pack_of
from juxian.regulation.pasting import read_pasted
from juxian.selectors.facts import answers_of
from tests.house.desks.shown import shown
from tests.house.desks.table_world import YEARS, at, begun, keep, order, press, rows, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def years(world):
    """A draft with three rows."""
    draft = begun(world)
    keep(draft, "assessment", years=YEARS)
    return draft


@pytest.fixture
def full(world):
    return world.professional_draft()


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


def test_a_workbook_that_unpacks_to_more_than_it_says_is_refused(me, years):
    content = BytesIO(workbook([["年度", "考核结果"], [2015, "优秀"]]).read())
    with ZipFile(content, "a", ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/more.bin", b" " * 1_000_000)
    honest = content.getvalue()
    lying = honest.replace((1_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))

    answers = [
        paste(me, years, "", sheet=SimpleUploadedFile("a.xlsx", sent)) for sent in (honest, lying)
    ]

    assert [answer.status_code for answer in answers] == [200, 422]
    assert "这个文件打不开" in answers[1].content.decode()


def test_a_workbook_whose_last_cell_is_far_away_is_refused_before_it_is_opened(me, years):
    file = workbook([["年度"], [2015]], XFD1048576="远")

    response = paste(me, years, "", sheet=file)

    assert response.status_code == 422
    assert "表格的范围太大" in response.content.decode()


def test_what_is_copied_from_the_page_is_known_again_when_it_is_pasted(me, full):
    form = pack_of(full.cycle).form.for_track(full.track)
    tables = [
        (section.code, table)
        for section in form.sections
        for table in section.fields
        if table.columns
        and not table.one_row_each
        and answers_of(full)[section.code].get(table.code)
    ]
    for section, table in tables:
        page = filled(full, section)
        heads = ("序号", *(column.caption for column in table.columns))
        lines = [(str(card.number), *card.cells) for card in cards_of(page, table)]

        found = read_pasted(form, section, table, (heads, *lines), page.rows(table))

        assert [line.faults for line in found.lines] == [()] * len(lines)
        assert [line.same_as for line in found.lines] == [
            f"第{number}条" for number in range(1, len(lines) + 1)
        ]
    assert len(tables) > 5


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
