"""Lists as workbooks: text cells, whose copy it is, a trace; by a worker where they are long."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from python_calamine import CalamineWorkbook

from juxian.actions import export as exporting
from juxian.actions import made_file
from juxian.records.models import Application, Appointment, MadeFile, Trace
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, many, says, send, text
from tests.house.world import FILING

pytestmark = pytest.mark.django_db

HEADS = [
    *("姓名", "编号", "工作单位", "职称或技能等级", "专业或工种"),
    *("类别", "环节", "状态", "到达", "期限"),
]


@pytest.fixture
def file(world):
    return world.submitted()


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


@pytest.fixture
def long(monkeypatch):
    """Lists of more than two files are for the worker."""
    monkeypatch.setattr(exporting, "AT_ONCE", 2)


def lines(answer):
    """The rows of the first sheet, of an answer read whole or piece by piece."""
    book = CalamineWorkbook.from_filelike(BytesIO(answer.getvalue()))
    return book.get_sheet_by_index(0).to_python()


def export(client, address, **data):
    return client.post(reverse("office:begin_export"), {"in": address, **data})


def test_a_list_is_exported_as_it_is_seen(clerk, file):
    many(file, 2)

    mark, heads, *rows = lines(export(clerk, "tab=seen&words=买买"))

    assert heads == HEADS
    assert [row[:2] for row in rows] == [[file.name, file.number]]
    assert mark[0] == (
        "医院经办（喀什地区第一人民医院（示例）经办）于2020-03-16 11:00导出，1行：全部；“买买”。"
        "含个人信息，请勿外传。"
    )


def test_chosen_columns_and_the_order_are_kept(clerk, file):
    many(file, 2)

    _mark, heads, *rows = lines(export(clerk, "tab=seen&cols=born,turn&order=-number"))

    assert heads == ["姓名", "编号", "工作单位", "出生年月", "轮次"]
    assert [row[1] for row in rows] == ["XJ2020-A-90001", "XJ2020-A-90000", file.number]
    assert rows[-1][3:] == ["1971-05", "1"]


def test_only_what_is_ticked_is_exported(clerk, file):
    first, second = many(file, 2)

    ticked = [file.pk, second.pk]
    _mark, _heads, *rows = lines(export(clerk, "tab=waiting", application=ticked))

    assert {row[1] for row in rows} == {file.number, second.number}
    _mark, _heads, *rows = lines(export(clerk, "tab=waiting", application=ticked, all="1"))
    assert len(rows) == 3
    assert first.number in {row[1] for row in rows}


def test_every_cell_is_text_and_nothing_is_a_formula(clerk, file):
    Application.objects.filter(pk=file.pk).update(
        title="=1+1", speciality="@SUM(A1)", name="+cmd|'/c calc'!A0"
    )

    answer = export(clerk, "tab=seen")
    row = lines(answer)[2]
    with ZipFile(BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        styles = book.read("xl/styles.xml").decode()

    assert (row[0], row[3], row[4]) == ("+cmd|'/c calc'!A0", "=1+1", "@SUM(A1)")
    assert "<f>" not in sheet
    assert set(re.findall(r'<c r="\w+"[^>]* t="(\w+)"', sheet)) == {"inlineStr"}
    assert 'quotePrefix="1"' in styles


def test_headings_stay_in_sight_and_every_printed_page_says_whose_copy(clerk, file):
    with ZipFile(BytesIO(export(clerk, "tab=seen").content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()

    assert 'topLeftCell="B3"' in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A2:J3"/>' in sheet
    assert "医院经办" in re.search("<oddHeader>(.*)</oddHeader>", sheet)[1]


def test_a_trace_says_how_many_and_by_which_filter_but_no_name(clerk, world, file):
    export(clerk, "tab=seen&words=买买&late=1")  # nobody
    assert not Trace.objects.filter(act="export_list").exists()

    export(clerk, "tab=seen&words=买买&track=professional")
    trace = Trace.objects.get(act="export_list")

    assert (trace.by, trace.subject, trace.subject_id) == (
        world.hospital_handler,
        "cycle",
        str(file.cycle_id),
    )
    assert trace.detail == {"files": 1, "filters": "tab=seen&track=professional"}


def test_files_of_another_office_are_not_exported_whoever_ticks_them(client, world, file):
    client.force_login(world.kashgar_handler)

    _mark, _heads, *rows = lines(export(client, "tab=seen", application=[file.pk]))

    assert rows == []
    client.force_login(world.stranger)
    assert export(client, "tab=seen").status_code == 404


def test_a_long_list_is_left_for_a_worker_and_fetched_when_it_is_written(clerk, world, file, long):
    many(file, 4)

    answer = export(clerk, "tab=seen")
    again = export(clerk, "tab=seen")
    asked = MadeFile.objects.get()
    waiting = text(clerk.get(answer.url))

    assert answer.url == again.url == reverse("office:made_files")
    assert ProcrastinateJob.objects.get(task_name="make_file").queue_name == "exports"
    assert "后台正在生成 1 份文件" in waiting
    assert 'max="5" value="0"' in waiting
    assert at(clerk, "made_file", asked.pk).status_code == 404

    made_file.make(asked.pk)
    made_file.make(asked.pk)

    assert "申报名单-全部-20200316.xlsx" in text(clerk.get(answer.url))
    _mark, _heads, *rows = lines(at(clerk, "made_file", asked.pk))
    assert len(rows) == 5
    assert Trace.objects.get(act="export_list").detail["files"] == 5


def test_progress_is_told_while_rows_are_written(clerk, world, file, long, monkeypatch):
    many(file, 4)
    monkeypatch.setattr("juxian.papers.work_list.REPORTED", 2)
    export(clerk, "tab=seen")
    asked, told = MadeFile.objects.get(), []
    real = exporting.work_list

    def listening(copy, rows, into, reported):
        def both(done):
            reported(done)
            told.append(MadeFile.objects.get(pk=asked.pk).done)

        return real(copy, rows, into, both)

    monkeypatch.setattr(exporting, "work_list", listening)
    made_file.make(asked.pk)

    assert told == [2, 4, 5]


def test_it_is_made_again_from_what_is_on_file_by_then(clerk, world, file, long):
    many(file, 4)
    export(clerk, "tab=seen")
    first = MadeFile.objects.get()
    made_file.make(first.pk)
    many(file, 1, series=8)

    answer = send(clerk, "make_again", first.pk)

    assert answer.url == reverse("office:made_files")
    assert (MadeFile.objects.get().pk == first.pk, MadeFile.objects.get().total) == (False, 6)


def test_nobody_else_sees_or_fetches_it(client, world, file, long):
    many(file, 4)
    client.force_login(world.hospital_handler)
    export(client, "tab=seen")
    asked = MadeFile.objects.get()
    made_file.make(asked.pk)

    client.force_login(world.kashgar_handler)

    assert asked.name not in text(at(client, "made_files"))
    assert at(client, "made_file", asked.pk).status_code == 404
    assert send(client, "make_again", asked.pk).status_code == 404


def test_nobody_leaves_a_heap_of_them_to_the_worker(clerk, file, long, monkeypatch):
    many(file, 4)
    monkeypatch.setattr(made_file, "MOST_WAITING", 1)
    export(clerk, "tab=seen")

    answer = export(clerk, "tab=seen&order=name")

    assert says(answer) == ["您已有几份文件正在生成；请等其中一份完成以后再生成"]
    assert MadeFile.objects.count() == 1


def test_after_a_day_it_is_gone(clerk, file, long):
    many(file, 4)
    export(clerk, "tab=seen")
    asked = MadeFile.objects.get()
    made_file.make(asked.pk)

    set_clock(FILING + timedelta(hours=24, minutes=1))

    assert at(clerk, "made_file", asked.pk).status_code == 404
    assert made_file.expire() == 1
    assert not MadeFile.objects.exists()


def test_what_expired_before_a_worker_came_is_not_written(clerk, file, long):
    many(file, 4)
    export(clerk, "tab=seen")
    asked = MadeFile.objects.get()
    set_clock(FILING + timedelta(days=2))

    made_file.make(asked.pk)

    asked.refresh_from_db()
    assert asked.finished_at is None


def test_a_duty_that_has_ended_by_then_gives_an_empty_list(clerk, world, file, long):
    many(file, 4)
    export(clerk, "tab=seen")
    asked = MadeFile.objects.get()
    yesterday = (FILING - timedelta(days=1)).date()
    Appointment.objects.filter(person=world.hospital_handler).update(ends_on=yesterday)

    made_file.make(asked.pk)

    asked.refresh_from_db()
    assert asked.total == 0


def test_too_long_a_list_is_refused_in_words(clerk, file, long, monkeypatch):
    many(file, 4)
    monkeypatch.setattr(exporting, "MOST", 3)

    answer = export(clerk, "tab=seen")

    assert says(answer) == ["超过3行，请先用筛选缩小范围"]
    assert answer.url == "/office/?tab=seen"


def test_reading_does_not_export(clerk, file):
    assert at(clerk, "begin_export").status_code == 405
    assert at(clerk, "make_file", "parcels", "-").status_code == 405
    assert send(clerk, "made_files").status_code == 405
