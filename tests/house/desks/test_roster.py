"""单位花名册: the clerk imports it, its people bring their own line, nobody else sees it."""

from html import unescape
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from juxian.actions import application as acts
from juxian.actions import portfolio
from juxian.actions.roster import import_roster
from juxian.papers import table_sheet
from juxian.records.models import RosterEntry, Section, Trace
from juxian.regulation import roster as rules
from juxian.regulation.clipboard import cells_of
from juxian.regulation.refusal import NotAllowed
from juxian.regulation.words import Role
from juxian.selectors.facts import answers_of
from juxian.selectors.portfolio import sources_in
from juxian.selectors.roster import entry_of
from tests.house.desks.filled_pages import at

pytestmark = pytest.mark.django_db

ID = "653100197105080029"
TEXT = f"姓名\t身份证号码\t部门\t行政职务\n阿依努尔·买买提\t{ID}\t心内科\t主任\n李华\t12\t外科\t\n"


def text(response):
    return unescape(response.content.decode())


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


@pytest.fixture
def here(world):
    return reverse("office:roster", args=[world.hospital.pk])


def read(clerk, here, given=TEXT, **more):
    return clerk.post(here, {"go": "read", "text": given, "how": "whole", **more})


def confirm(clerk, here, given=TEXT, how="whole"):
    mark = read(clerk, here, given).context["preview"].mark
    sent = {"go": "import", "text": given, "how": how, "mark": mark}
    return clerk.post(here, sent, follow=True)


def lines(given=TEXT):
    return rules.read_people(cells_of(given)).sound


def test_it_is_seen_first_and_nothing_is_written(clerk, here):
    page = text(read(clerk, here))

    said = ("可以导入 1 行，有误 1 行", "现在还没有写入", "第 3 行", "心内科 · 主任")
    assert [one for one in said if one not in page] == []
    assert RosterEntry.objects.count() == 0


def test_confirmed_it_is_there_without_the_number(clerk, here, world):
    page = text(confirm(clerk, here))

    assert ("已导入 1 人。" in page, "阿依努尔·买买提" in page) == (True, True)
    entry = RosterEntry.objects.get()
    assert entry.facts == {"department": "心内科", "post": "主任"}
    assert ID not in str([entry.__dict__, Trace.objects.values_list("detail", flat=True)])
    assert Trace.objects.get(act="import_roster").detail == {"rows": 1}


def test_a_workbook_of_more_than_two_hundred_people_is_read_to_its_end(clerk, here):
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate([("姓名", "身份证号码"), *[("某人", "12")] * 300]):
            sheet.write_row(number, 0, line)

    page = clerk.post(here, {"go": "read", "how": "whole", "sheet": file_of(content)})

    assert "读到 300 行" in text(page)


def file_of(content):
    return SimpleUploadedFile("people.xlsx", content.getvalue())


def test_another_replaces_it_or_is_added(clerk, here):
    other = TEXT.replace("阿依努尔·买买提", "买买提").replace(ID, "653100197105080010")
    second = other.replace("653100197105080010", "653100197105080045")
    assert lines(second)
    confirm(clerk, here)

    confirm(clerk, here, second, how="add")
    assert RosterEntry.objects.count() == 2
    confirm(clerk, here, second)
    assert RosterEntry.objects.count() == 1


def test_the_template_is_read_back(clerk, world, here):
    content = clerk.get(reverse("office:roster_template", args=[world.hospital.pk])).content

    assert table_sheet.cells(content)[0][:3] == ("姓名", "身份证号码", "部门")
    page = read(clerk, here, "", sheet=SimpleUploadedFile("空.xlsx", content))
    assert (page.status_code, "请下载模板对照" in text(page)) == (422, True)


def test_only_clerks_of_the_office_come_to_it(client, world, here):
    world.add_officer("track_clerk", "分管经办", "hospital", Role.HANDLER, "skilled")
    seen = {}
    for name in (
        *("applicant", "stranger", "kashgar_handler", "hotan_hospital_handler"),
        *("hospital_discipline", "track_clerk", "secretary", "hospital_handler"),
    ):
        client.force_login(getattr(world, name))
        seen[name] = client.get(here).status_code

    assert {name for name, status in seen.items() if status == 200} == {"hospital_handler"}
    with pytest.raises(NotAllowed):
        import_roster(world.hospital.pk, lines(), by=world.kashgar_handler, whole=True)
    with pytest.raises(NotAllowed):
        import_roster(world.hospital.pk, lines(), by=world.track_clerk, whole=True)


@pytest.fixture
def imported(world):
    import_roster(world.hospital.pk, lines(), by=world.hospital_handler, whole=True)


def identify(world, draft, number=ID):
    acts.save_section(draft.pk, "basic", {"resident_id": number}, by=world.applicant, version=0)
    draft.refresh_from_db()


def test_its_own_line_is_brought_once_the_number_is_filled(me, world, draft, imported):
    assert "花名册带入" in text(me.get(at("bring", draft)))
    assert "心内科" not in text(me.get(at("bring", draft)))
    identify(world, draft)

    assert "心内科" in text(me.get(at("bring", draft)))
    assert at("bring", draft) in text(me.get(at("tasks", draft)))
    me.post(at("bring", draft), {"go": "bring", "from": "roster"})

    assert answers_of(draft)["post"] == {
        "employer": "喀什地区第一人民医院（示例）",
        "department": "心内科",
        "administrative_post": "主任",
    }
    words = sources_in(Section.objects.get(application=draft, code="post"))["department"]
    assert words == "来自单位花名册（2020-03-16）"
    assert entry_of(draft).facts == {"department": "心内科", "post": "主任"}


def test_a_name_alone_opens_nobody_s_line(me, world, draft, imported):
    identify(world, draft, "653100197105080045")

    assert "心内科" not in text(me.get(at("bring", draft)))
    assert entry_of(draft) is None
    with pytest.raises(portfolio.NotPossible):
        portfolio.bring(draft.pk, "roster", by=world.applicant)


def test_another_employer_s_roster_is_not_looked_at(me, world, imported):
    elsewhere = acts.begin(
        world.cycle.pk,
        by=world.applicant,
        employer_id=world.hotan_hospital.pk,
        track="professional",
    )
    identify(world, elsewhere)

    assert "心内科" not in text(me.get(at("bring", elsewhere)))
