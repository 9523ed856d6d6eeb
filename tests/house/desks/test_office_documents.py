"""Official documents of an office: which can be made, what is written in them, who may."""

import re
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from juxian.actions import wording
from juxian.records.models import Proceeding, Trace, Wording
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Kind
from tests.house.desks.office_world import at, says, send, text
from tests.papers.samples import text_of

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def nominee(world):
    """A file that the prefecture has sent up, with everything before it."""
    file = world.submitted()
    world.pass_until("formal_check", file)
    return file


@pytest.fixture
def officer(world):
    return signed_in(world.kashgar_handler)


def words_of(answer):
    """What the PDF says, without the numbers of its pages."""
    return re.sub(r"—\d+—", "", text_of(answer.content))


def key_of_report(world):
    return f"{world.cycle.pk}-{world.kashgar.pk}"


def list_of(kind, world, office):
    return Proceeding.objects.get(kind=kind, office=world.offices[office])


@pytest.mark.clause("R67")
def test_the_report_has_its_six_parts_from_the_records(world, nominee, officer):
    answer = at(officer, "document_pdf", "nomination_report", key_of_report(world))

    said = words_of(answer)
    assert answer["Content-Type"] == "application/pdf"
    for part in (
        "一、组织推荐工作情况",
        "共有1人申报，其中专业技术人才1人；经审核，通过1人。",
        "二、专家评议情况",
        "应到专家7人，实到7人，由专家甲主持。",
        "对1名人选进行评议，1人通过。",
        "三、公示情况",
        "所在单位公示：公示1人，时间为2020年3月16日至2020年3月20日。公示期间未收到异议。",
        "四、纪检监察意见情况",
        "（喀纪函〔2020〕3号）回复：未发现影响推荐问题的1人。",
        "五、审定情况",
        "行署常务会议审定同意（喀署纪〔2020〕8号）。",
        "六、推荐人选",
        "推荐专业技术人才1名，共1名，顺序如下。",
        nominee.name,
        "附件：1.推荐人选一览表",
        "2.专家评议结果汇总表",
        "3.《专家情况登记表》（1人，每人3份）",
    ):
        assert part in said, part


def test_what_the_office_writes_stands_in_both_files_and_is_kept_as_a_version(
    world, nominee, officer
):
    key = key_of_report(world)
    page = at(officer, "write_document", "nomination_report", key)
    form = page.context["form"]
    assert form["evaluating"].value().startswith("2020年")
    given = {
        name: form.get_initial_for_field(form.fields[name], name) or "" for name in form.fields
    } | {"version": 0}
    given |= {"organising": "我局召开动员会两次。", "number": "喀人社报〔2020〕3号"}
    given |= {"signer": "张某某", "dated": "2020-04-20", "contact": "某某"}

    answer = send(officer, "write_document", "nomination_report", key, **given)

    assert says(answer) == ["文稿已保存为第 1 版，可以打印。"]
    pdf = at(officer, "document_pdf", "nomination_report", key)
    word = at(officer, "document_word", "nomination_report", key)
    edited = "".join(line.text for line in Document(BytesIO(word.content)).paragraphs)
    for said in ("我局召开动员会两次。", "2020年4月20日", "（联系人：某某"):
        assert said in words_of(pdf)
        assert said in edited
    assert "喀人社报〔2020〕3号" in words_of(pdf)
    assert pdf["Content-Disposition"].startswith("attachment")
    row = Wording.objects.get()
    assert (row.version, row.written_by, row.office) == (1, world.kashgar_handler, world.kashgar)
    traced = Trace.objects.filter(act="print").values_list("detail", flat=True)
    assert [(one["document"], one["version"]) for one in traced] == [("nomination_report", 1)] * 2
    assert Trace.objects.get(act="write_document").detail == {
        "document": "nomination_report",
        "version": 1,
    }


def test_a_stale_page_is_refused_and_loses_nothing_that_was_typed(world, nominee, officer):
    key = key_of_report(world)
    wording.write(
        "nomination_report", key, by=world.kashgar_handler, version=0, texts={"signer": "张某某"}
    )

    answer = send(
        officer, "write_document", "nomination_report", key, version=0, organising="我写的话"
    )

    assert answer.status_code == 422
    assert "已在别处保存过新的一版" in text(answer)
    assert "我写的话" in text(answer)
    assert Wording.objects.count() == 1


def test_a_date_that_is_none_is_said_beside_its_field(world, nominee, officer):
    key = key_of_report(world)

    answer = send(officer, "write_document", "nomination_report", key, version=0, dated="五一前")

    assert answer.context["form"].errors["dated"] == ["请填写日期，如 2020-04-20"]
    with pytest.raises(NotReady, match="文稿"):
        wording.write(
            "nomination_report",
            key,
            by=world.kashgar_handler,
            version=0,
            texts={"organising": "字" * 2001},
        )


@pytest.mark.clause("R45", "R53")
def test_the_notice_has_its_period_and_five_columns_and_nothing_private(world, nominee):
    clerk = signed_in(world.hospital_handler)
    listed = list_of(Kind.PUBLICIZE, world, "hospital")

    said = words_of(at(clerk, "document_pdf", "public_notice", listed.pk))

    assert "关于2020年享受政府特殊津贴推荐人选的公示" in said
    assert "公示期为2020年3月16日至2020年3月20日（5个工作日）。" in said
    assert "匿名反映或者线索不清的，不予受理。" in said
    assert f"1{nominee.name}女喀什地区第一人民医院（示例）主任医师" in said
    for private in ("653100197105080029", "19900000101", "1971"):
        assert private not in said


@pytest.mark.clause("R45", "R67")
def test_the_report_on_a_notice_waits_for_its_end_and_says_what_came_of_it(world):
    file = world.submitted()
    world.pass_until("employer_notice", file)
    clerk = signed_in(world.hospital_handler)
    world.pass_step(file)
    listed = list_of(Kind.PUBLICIZE, world, "hospital")

    said = words_of(at(clerk, "document_pdf", "notice_report", listed.pk))

    assert "推荐人选公示情况的说明" in said
    assert "在本单位公告栏对1名推荐人选进行了公示。" in said
    assert "公示期间未收到异议。" in said


def test_a_report_on_a_running_notice_is_refused_with_what_it_waits_for(world, nominee):
    clerk = signed_in(world.hospital_handler)
    listed = list_of(Kind.PUBLICIZE, world, "hospital")
    Proceeding.objects.filter(pk=listed.pk).update(ends_on="2020-12-31")

    answer = at(clerk, "document_pdf", "notice_report", listed.pk)

    assert answer.status_code == 302
    assert says(answer) == ["没有打印：公示期还没有结束；期满以后才能打印公示情况说明"]
    assert "公示期还没有结束" in text(at(clerk, "papers"))


@pytest.mark.clause("R46")
def test_the_request_for_opinions_lists_the_batch_with_four_digits_of_the_id(world, nominee):
    officer = signed_in(world.kashgar_discipline)
    listed = list_of(Kind.OPINE, world, "kashgar")

    said = words_of(at(officer, "document_pdf", "opinion_request", listed.pk))

    assert "关于征求2020年享受政府特殊津贴推荐人选意见的函" in said
    assert "纪检监察部门：" in said
    assert "我单位拟推荐1名人选（名单附后）" in said
    assert f"{nominee.name}喀什地区第一人民医院（示例）主任医师0029" in said
    assert "653100197105080029" not in said


def test_every_document_is_listed_with_what_it_waits_for(world):
    file = world.submitted()
    world.pass_until("nomination", file)

    said = text(at(signed_in(world.kashgar_handler), "papers"))

    assert "上报推荐名单以后才有名单和人数" in said
    assert "征求意见函" in said
    assert "专家评议结果汇总表" in said


@pytest.mark.parametrize(
    ("who", "code", "office", "kind"),
    [
        ("hotan_handler", "nomination_report", "", None),
        ("hospital_handler", "nomination_report", "", None),
        ("technical_handler", "nomination_report", "", None),
        ("stranger", "nomination_report", "", None),
        ("kashgar_handler", "public_notice", "hospital", Kind.PUBLICIZE),
        ("hotan_hospital_handler", "public_notice", "hospital", Kind.PUBLICIZE),
        ("hospital_handler", "opinion_request", "kashgar", Kind.OPINE),
        ("hotan_discipline", "opinion_request", "kashgar", Kind.OPINE),
        ("applicant", "notice_report", "hospital", Kind.PUBLICIZE),
    ],
)
def test_no_document_of_another_office_is_found(world, nominee, who, code, office, kind):
    key = str(list_of(kind, world, office).pk) if kind else key_of_report(world)
    client = signed_in(getattr(world, who))

    for name in ("document_pdf", "document_word", "write_document"):
        assert at(client, name, code, key).status_code == 404
    assert not Trace.objects.filter(act="print").exists()


def test_the_office_s_own_people_find_them(world, nominee):
    """Proves that the table above is not empty for another reason than the scope."""
    for who, code, key in (
        ("kashgar_handler", "nomination_report", key_of_report(world)),
        ("hospital_handler", "public_notice", list_of(Kind.PUBLICIZE, world, "hospital").pk),
        ("kashgar_discipline", "opinion_request", list_of(Kind.OPINE, world, "kashgar").pk),
    ):
        assert at(signed_in(getattr(world, who)), "document_pdf", code, key).status_code == 200


def test_who_only_reads_may_print_and_not_write(world, nominee):
    discipline = signed_in(world.kashgar_discipline)
    key = key_of_report(world)

    assert at(discipline, "document_pdf", "nomination_report", key).status_code == 200
    assert at(discipline, "write_document", "nomination_report", key).status_code == 404


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "1-99999"])
@pytest.mark.parametrize("code", ["public_notice", "nomination_report", "nothing"])
def test_an_address_of_nothing_is_not_found(world, officer, code, key):
    assert at(officer, "document_pdf", code, key).status_code == 404
