"""Documents about one person's file: notices of what was done, the annexes, and labels."""

import re
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from PIL import Image

from juxian.actions import evidence, verification
from juxian.papers.annexes import SUFFIX
from juxian.papers.on_file import on_file
from juxian.papers.proof import Verdict, judge, read_content
from juxian.records.models import Trace
from juxian.selectors.evidence import content_of
from tests.house.desks.office_world import at, says, send, text
from tests.house.world import another_pdf
from tests.papers.samples import pages_of, text_of

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def words_of(answer):
    assert answer["Content-Type"] == "application/pdf", says(answer)
    return re.sub(r"—\d+—", "", text_of(answer.content))


@pytest.fixture
def file(world):
    return world.submitted()


@pytest.mark.clause("R63")
def test_a_return_is_one_notice_with_everything_to_mend_and_the_day(world, file):
    world.pass_until("nominator_check", file)
    asked = {"post.department": "所在部门", "summary.deeds": "主要突出贡献事迹"}
    world.send_back(file, asked, days=3)

    said = words_of(
        at(signed_in(world.kashgar_handler), "document_pdf", "correction_notice", file.number)
    )

    assert said.startswith("喀什地区人力资源和社会保障局（示例）")
    assert f"{file.name}同志（喀什地区第一人民医院（示例））：" in said
    assert "有以下2处需要补正，现一次性告知：" in said
    assert "1所在部门扫描件不清晰请核对所在部门。" in said
    assert "2主要突出贡献事迹扫描件不清晰请核对主要突出贡献事迹。" in said
    assert re.search(r"请于2020年3月\d+日24时前登录系统", said)
    assert "请逐项修改。" in said


@pytest.mark.clause("R63")
def test_a_form_found_in_order_is_taken_up_in_writing(world, file):
    world.pass_until("subject_group", file)

    said = words_of(
        at(signed_in(world.technical_handler), "document_pdf", "acceptance_notice", file.number)
    )

    assert "受理通知书" in said
    assert "经形式审查，符合报送要求，予以受理。" in said
    assert said.startswith("自治区人力资源和社会保障厅（示例）")


def test_an_employer_takes_nothing_up(world, file):
    world.pass_until("discipline", file)
    clerk = signed_in(world.hospital_handler)

    answer = at(clerk, "document_pdf", "acceptance_notice", file.number)

    assert says(answer) == ["没有打印：本单位还没有审核通过这份申报；通过以后才能打印受理通知书"]


@pytest.mark.parametrize(
    ("step", "who", "what"),
    [
        ("nominator_check", "kashgar_handler", "不予推荐"),
        ("formal_check", "technical_handler", "不予受理"),
    ],
)
def test_a_file_that_is_turned_down_is_told_why(world, file, step, who, what):
    world.pass_until(step, file)
    officer = getattr(world, who)
    verification.reject(file.pk, by=officer, opinion="学历证书与所填不符。")

    said = words_of(at(signed_in(officer), "document_pdf", "rejection_notice", file.number))

    assert f"{what}通知书" in said
    assert f"决定{what}。" in said
    assert "理由：学历证书与所填不符。" in said


@pytest.mark.clause("R66")
def test_the_list_of_annexes_is_that_of_the_form_and_proves_itself(world, file):
    pdf = at(signed_in(world.hospital_handler), "document_pdf", "annex_list", file.number).content

    said = text_of(pdf)
    form = text_of(at(signed_in(world.hospital_handler), "form_paper", file.number).content)
    rows = re.search(r"共\d+份、\d+页，按下列次序装订。(.*?)整理人", said).group(1)
    assert rows[:60] in form
    (paper,) = judge(read_content(pdf), on_file)
    assert (paper.number, paper.verdict) == (file.number + SUFFIX, Verdict.EQUAL)


def scan(wide, high):
    content = BytesIO()
    Image.effect_noise((wide, high), 90).convert("RGB").save(content, "JPEG", quality=80)
    return content.getvalue()


@pytest.mark.clause("R61", "R66")
def test_the_booklet_binds_every_page_in_the_form_s_order_with_its_number(world):
    draft = world.professional_draft()
    picture = scan(900, 600)
    for title, content in (("横放的证书", picture), ("证明", another_pdf("证明"))):
        evidence.attach(
            draft.pk, by=draft.applicant, material="other", title=title, content=content
        )
    world.submit(draft)
    given = draft.submissions.get().evidence
    total = sum(one["pages"] for one in given)

    answer = send(signed_in(world.hospital_handler), "make_file", "evidence_booklet", draft.number)

    pages = pages_of(answer.content)
    assert "证明材料汇编" in pages[0]
    assert draft.name in pages[0]
    assert "目录" in pages[1]
    bound = pages[-total:]
    assert [f"第{n}页共{total}页" in page for n, page in enumerate(bound, 1)] == [True] * total
    with pikepdf.open(BytesIO(answer.content)) as book:
        boxes = [[round(float(side)) for side in page.mediabox][2:] for page in book.pages]
        kept = [
            one.read_raw_bytes()
            for one in book.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
    assert [842, 595] in boxes
    assert {tuple(box) for box in boxes} == {(595, 842), (842, 595)}
    stored = [
        one.file for one in draft.evidence.select_related("file") if one.title == "横放的证书"
    ]
    assert any(scan_of(stored[0]) == one for one in kept)


def scan_of(stored):
    """The very bytes of the picture that is on file."""

    content = content_of(stored)
    if stored.media_type != "application/pdf":
        return content
    with pikepdf.open(BytesIO(content)) as pdf:
        return next(
            one.read_raw_bytes()
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        )


@pytest.mark.clause("R68", "R69", "R76")
def test_labels_go_to_the_office_of_the_track(world, file):
    world.pass_until("formal_check", file)
    officer = signed_in(world.kashgar_handler)
    key = f"{world.cycle.pk}-{world.kashgar.pk}"

    post = words_of(at(officer, "document_pdf", "envelope_labels", key))
    spine = words_of(at(officer, "document_pdf", "spines", key))

    assert "830011" in post
    assert "专业技术人员管理处" in post
    assert "乌鲁木齐市北京南路445号自治区人力资源和社会保障厅" in post
    assert "专业技术人才，1人" in post
    for said in ("全宗号", "2020", "喀什地区人力资源和社会保障局（示例）", file.number):
        assert said in spine


def test_the_page_of_a_person_says_what_each_document_waits_for(world, file):
    clerk = signed_in(world.hospital_handler)

    said = text(at(clerk, "file_documents", file.number))

    for one in ("本单位没有退回过这份申报", "本单位还没有审核通过", "证明材料汇编", "附件目录"):
        assert one in said
    assert at(clerk, "file_documents", file.number).status_code == 200


@pytest.mark.parametrize("who", ["hotan_handler", "kashgar_handler", "stranger", "applicant"])
@pytest.mark.parametrize("code", ["annex_list", "correction_notice"])
def test_a_file_that_has_not_reached_an_office_has_no_documents_there(world, file, who, code):
    client = signed_in(getattr(world, who))

    assert at(client, "document_pdf", code, file.number).status_code == 404
    assert at(client, "file_documents", file.number).status_code == 404
    assert not Trace.objects.filter(act="print").exists()
