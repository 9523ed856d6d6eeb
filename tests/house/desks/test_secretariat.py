"""The secretariat: cycles, seats, allotments, panels, results."""

import json
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from juxian.records.models import Allotment, Cycle, Panel, Person, Result, Seats, SeatsChange, Trace
from tests.house.desks.office_world import at, many, says, text
from tests.house.world import PACK

pytestmark = pytest.mark.django_db

HOME = f"/secretariat/cycles/{PACK}/"


@pytest.fixture
def secretary(client, world):
    client.force_login(world.secretary)
    return client


def desk(client, name, *args, **query):
    return at(client, name, *args, desk="secretariat", **query)


@pytest.mark.parametrize("name", ["kashgar_handler", "technical_handler", "stranger"])
def test_only_a_secretary_finds_the_desk(client, world, name):
    client.force_login(getattr(world, name))
    pages = [
        "/secretariat/",
        f"/secretariat/packs/{PACK}/",
        HOME,
        f"{HOME}seats/",
        f"{HOME}export/",
    ]
    seats = Seats.objects.first()

    assert {client.get(page).status_code for page in pages} == {404}
    assert client.post(f"/secretariat/seats/{seats.pk}/").status_code == 404
    assert client.post(f"{HOME}panels/new/").status_code == 404


def test_a_secretary_of_another_office_finds_no_cycle_here(client, world):
    Cycle.objects.update(organiser=world.hotan)
    client.force_login(world.secretary)

    assert client.get("/secretariat/").status_code == 200
    assert client.get(HOME).status_code == 404


def test_the_home_page_names_the_cycle_and_its_close(secretary):
    page = text(desk(secretary, "home"))

    assert "2020年享受政府特殊津贴人员选拔正在申报" in page
    assert "2020年5月6日 周三 24:00" in page


@pytest.mark.clause("R33", "R34", "R39", "R40", "R41")
def test_a_pack_is_checked_and_its_seats_counted_before_it_is_opened(secretary):
    page = desk(secretary, "open_cycle", PACK)
    granted = {bucket.title: total for bucket, _holders, total in page.context["grants"]}

    assert "检查通过" in text(page)
    assert granted["专业技术人才"] == 8


def test_a_folder_that_is_no_pack_is_not_found(secretary):
    assert secretary.get("/secretariat/packs/nothing/").status_code == 404


def test_a_broken_pack_shows_every_fault_and_no_form(secretary, settings, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "call.toml").write_text("title = 1\n", encoding="utf-8")
    settings.PACKS_DIR = tmp_path

    page = text(secretary.get("/secretariat/packs/broken/"))

    assert "项目包有误，请更正后再建立批次" in page
    assert "call.toml" in page
    assert "建立批次</button>" not in page


def opening(**otherwise):
    return {
        "title": "2020年第二次选拔",
        "code": "2020-second",
        "opens_at": "2020-06-01T10:00",
        "closes_at": "2020-07-01T00:00",
        "is_checked": "on",
    } | otherwise


def test_a_cycle_is_opened_with_its_seats(secretary, world):
    answer = secretary.post(f"/secretariat/packs/{PACK}/", opening())
    opened = Cycle.objects.get(code="2020-second")

    assert answer.url == "/secretariat/cycles/2020-second/"
    assert opened.seats.count() == world.cycle.seats.count()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"is_checked": ""}, "请核对后勾选确认"),
        ({"closes_at": "2020-05-01T00:00"}, "截止时间须晚于开始时间。"),
        ({"code": PACK}, "已有代码相同的批次，请换一个代码"),
        ({"opens_at": "明天"}, "请填写日期和时间"),
    ],
)
def test_a_faulty_opening_is_told_and_opens_nothing(secretary, wrong, said):
    answer = secretary.post(f"/secretariat/packs/{PACK}/", opening(**wrong))

    assert (answer.status_code, Cycle.objects.count()) == (422, 1)
    assert said in text(answer)


def test_the_board_shows_where_the_files_are(secretary, world):
    file = world.submitted()
    many(file, 2)

    page = secretary.get(HOME)
    at_step = {count.step.code: count.total for count in page.context["funnel"].steps}

    assert at_step["employer_check"] == 3
    assert "申报中，3 份在办" in text(page)


@pytest.mark.clause("R78")
def test_the_allotment_is_set_late_and_corrected(secretary, world):
    url = f"{HOME}allotments/professional/"
    secretary.post(url, {"places": "46", "document_number": "人社部函〔2020〕18号"})
    secretary.post(url, {"places": "47", "document_number": "人社部函〔2020〕20号"})

    allotment = Allotment.objects.get(cycle=world.cycle)

    assert (allotment.places, allotment.document_number) == (47, "人社部函〔2020〕20号")
    assert "47 名" in text(secretary.get(HOME))


def test_an_allotment_without_a_document_is_refused(secretary):
    answer = secretary.post(f"{HOME}allotments/professional/", {"places": "46"})

    assert answer.status_code == 422
    assert not Allotment.objects.exists()
    assert secretary.get(f"{HOME}allotments/nothing/").status_code == 404


def test_seats_are_reallocated_with_a_reason_and_a_history(secretary, world):
    seats = Seats.objects.get(office=world.hotan, granted=4)

    secretary.post(f"/secretariat/seats/{seats.pk}/", {"granted": "5", "reason": "喀什未用完"})
    seats.refresh_from_db()
    page = text(secretary.get(f"{HOME}seats/"))

    assert seats.granted == 5
    assert "喀什未用完" in page


@pytest.mark.parametrize("data", [{"granted": "5"}, {"granted": "-1", "reason": "调剂"}])
def test_a_reallocation_that_says_too_little_changes_nothing(secretary, world, data):
    seats = Seats.objects.get(office=world.hotan, granted=4)

    answer = secretary.post(f"/secretariat/seats/{seats.pk}/", data)
    seats.refresh_from_db()

    assert (answer.status_code, seats.granted) == (422, 4)
    assert not SeatsChange.objects.exists()


def test_seats_in_use_are_not_taken_away(secretary, world):
    file = world.submitted()
    world.pass_until("formal_check", file)
    seats = Seats.objects.get(office=world.kashgar, granted=4)

    answer = secretary.post(f"/secretariat/seats/{seats.pk}/", {"granted": "0", "reason": "收回"})
    seats.refresh_from_db()

    assert (answer.status_code, seats.granted) == (422, 4)
    assert "已上报1人，名额不能少于1个" in text(answer)


def test_offices_are_found_by_a_piece_of_the_name(secretary):
    page = secretary.get(f"{HOME}seats/", {"words": "和田"})

    assert [office.name for office, _meters in page.context["table"]] == [
        "和田地区人力资源和社会保障局（示例）"
    ]


def experts(count=3):
    return list(Person.objects.filter(login__startswith="expert").order_by("pk")[:count])


def convening(people, **otherwise):
    return {
        "title": "评审委员会",
        "step": "committee",
        "track": "professional",
        "document_number": "新人社函〔2020〕46号",
        "member": [person.pk for person in people],
        "chair": people[0].pk if people else "",
        "convene": "1",
    } | otherwise


@pytest.mark.clause("R50")
def test_a_panel_is_convened_from_people_on_record(secretary):
    people = experts()

    answer = secretary.post(f"{HOME}panels/new/", convening(people))
    panel = Panel.objects.get()

    assert answer.url == f"/secretariat/panels/{panel.pk}/"
    assert [m.person for m in panel.members.order_by("-is_chair", "pk")] == people


def test_a_search_whose_people_are_all_picked_does_not_say_that_nobody_was_found(secretary):
    first = experts(1)[0]
    asked = {"words": first.name, "search": "1"}

    picked = text(secretary.post(f"{HOME}panels/new/", {**asked, "member": [first.pk]}))
    nobody = text(secretary.post(f"{HOME}panels/new/", {**asked, "words": "无此人"}))

    assert ("找到的人都已加入" in picked, "没有找到" in picked) == (True, False)
    assert "没有找到“无此人”" in nobody


def test_people_are_searched_and_picked_without_losing_the_form(secretary):
    first, second, _third = experts()
    typed = {"title": "评审委员会", "step": "committee", "member": [first.pk], "words": second.name}

    found = secretary.post(f"{HOME}panels/new/", {**typed, "search": "1"})
    picked = secretary.post(f"{HOME}panels/new/", {**typed, "member": [first.pk, second.pk]})
    removed = secretary.post(
        f"{HOME}panels/new/", {**typed, "member": [first.pk, second.pk], "remove": first.pk}
    )

    assert (found.status_code, found.context["found"]) == (200, [second])
    assert 'value="评审委员会"' in text(found)
    assert picked.context["members"] == [first, second]
    assert removed.context["members"] == [second]
    assert not Panel.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"chair": ""}, "请在委员中选定一位主任委员"),
        ({"title": ""}, "评委会名称"),
        ({"member": []}, "委员名单里有人不存在或已停用，请重新选择"),
    ],
)
def test_a_panel_that_lacks_something_is_not_convened(secretary, wrong, said):
    answer = secretary.post(f"{HOME}panels/new/", convening(experts(), **wrong))

    assert answer.status_code == 422
    assert said in text(answer)
    assert not Panel.objects.exists()


def workbook(*lines, head=("编号", "姓名", "结果", "批准文号", "证书编号")):
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate((head, *lines)):
            sheet.write_row(number, 0, line)
    return SimpleUploadedFile("结果.xlsx", content.getvalue())


@pytest.fixture
def sent(world):
    """A file that has gone up to the ministry."""
    file = world.submitted()
    world.pass_until("formal_check", file)
    type(file).objects.filter(pk=file.pk).update(step="ministry_result")
    file.refresh_from_db()
    return file


def upload(client, *lines, **wanted):
    return client.post(f"{HOME}results/", {"workbook": workbook(*lines, **wanted)})


@pytest.mark.clause("R55")
def test_the_template_names_everybody_who_waits(secretary, sent):
    answer = secretary.get(f"{HOME}results/template.xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()

    assert rows[0] == ["编号", "姓名", "结果", "批准文号", "证书编号"]
    assert rows[1][:2] == [sent.number, sent.name]


@pytest.mark.clause("R55")
def test_results_are_previewed_before_anything_is_written(secretary, sent):
    line = (sent.number, sent.name, "批准", "国函〔2020〕88号", "2020-65-0001")

    preview = upload(secretary, line)
    before = Result.objects.count()
    answer = secretary.post(f"{HOME}results/record/", {"sealed": preview.context["sealed"]})
    sent.refresh_from_db()

    assert (before, answer.status_code) == (0, 302)
    assert (sent.standing, sent.result.certificate_number) == ("selected", "2020-65-0001")


def test_lines_that_cannot_be_read_are_named_and_cannot_be_confirmed(secretary, sent):
    answer = upload(secretary, (sent.number, sent.name, "也许", "国函〔2020〕88号", ""))

    assert answer.context["sheet"].faults == (f"第2行 {sent.name}：结果请填“批准”或“未批准”",)
    assert "确认登记" not in text(answer)


def test_a_workbook_with_other_columns_is_refused(secretary, sent):
    answer = upload(secretary, head=("编号", "姓名"))

    assert answer.status_code == 422
    assert "第一行缺少这些列：结果、批准文号" in text(answer)


def test_what_is_no_workbook_is_refused(secretary, sent):
    file = SimpleUploadedFile("结果.xlsx", b"not a workbook")

    answer = secretary.post(f"{HOME}results/", {"workbook": file})

    assert answer.status_code == 422
    assert "这个文件打不开" in text(answer)


def test_a_line_for_somebody_else_records_nothing(secretary, sent):
    preview = upload(secretary, (sent.number, "别人", "批准", "国函〔2020〕88号", ""))

    answer = secretary.post(f"{HOME}results/record/", {"sealed": preview.context["sealed"]})

    assert answer.status_code == 422
    assert "编号与姓名不符" in text(answer)
    assert not Result.objects.exists()


def test_rows_that_were_tampered_with_are_not_taken(secretary, sent):
    assert secretary.post(f"{HOME}results/record/", {"sealed": "x"}).status_code == 404
    assert not Result.objects.exists()


def test_the_export_names_who_goes_up(secretary, sent):
    page = text(secretary.get(f"{HOME}export/"))

    assert "1 人待上报" in page
    assert sent.name in page


@pytest.mark.clause("R55")
def test_the_package_is_one_archive_that_proves_itself(secretary, sent):
    answer = secretary.get(f"{HOME}export/package.zip")
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("清单.json"))
        digests = {name: sha256(archive.read(name)).hexdigest() for name in names[:-1]}

    assert manifest["sha256"] == digests
    assert {name.split("/")[0] for name in names} == {
        "人选一览表.xlsx",
        "数据",
        "登记表",
        "推荐表",
        "清单.json",
    }
    assert Trace.objects.filter(act="export_ministry").count() == 1


def test_an_empty_package_is_not_made(secretary):
    answer = secretary.get(f"{HOME}export/package.zip")

    assert says(answer) == ["还没有审定同意、等待上报的人员。"]


def test_messages_are_said_once(secretary, world):
    seats = Seats.objects.get(office=world.hotan, granted=4)

    answer = secretary.post(
        f"/secretariat/seats/{seats.pk}/", {"granted": "5", "reason": "喀什未用完"}
    )

    assert says(answer) == ["名额已调剂，理由已记录。"]
