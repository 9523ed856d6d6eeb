"""The evidence page: what its slots say, what is done with a file, the viewer, the cost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juxian.actions import evidence
from juxian.actions.accepted import SCANS
from juxian.actions.uploading import Announced, append, begin_upload
from juxian.records.clock import now
from juxian.records.models import Evidence, Examination, Section, StoredFile
from juxian.selectors.evidence import evidence_of
from tests.house.actions.test_evidence import pdf, picture
from tests.house.desks.test_applicant_privacy import at
from tests.house.world import PDF

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def full(world):
    return world.professional_draft()


def give(world, file, title, material="other", content=PDF, claim=""):
    return evidence.attach(
        file.pk, by=world.applicant, material=material, title=title, content=content, claim=claim
    )


def titles(file, material="other"):
    return [one.title for one in evidence_of(file) if one.material == material]


def honour(file):
    """The path and the slot of a row that wants a proof."""
    row = Section.objects.get(application=file, code="honours").values["records"][0]
    return f"honours.records.{row['id']}"


def slot(response, code):
    return next(one for one in response.context["slots"] if one.material.code == code)


def part(html, code):
    return html.partition(f'id="m-{code}"')[2].partition("</section>")[0]


def test_the_limits_and_what_is_used_are_told_before_a_file_is_chosen(me, full):
    html = me.get(at("evidence", full)).content.decode()

    assert "已传 5 份（最多 150 份），共" in html
    assert "（最多 300.0" in html
    assert "每份不超过 20 MB" in html


def test_the_kinds_that_are_taken_are_named_and_are_what_the_picker_offers(me, world, full):
    given = give(world, full, "证书")
    page = me.get(at("evidence", full)).content.decode()
    other = me.get(at("change_file", full, given.pk)).content.decode()

    for html in (page, other):
        assert "PDF、JPG、PNG、HEIC、WebP、TIFF、BMP，" in html
        assert f'accept="{SCANS.accept}"' in html
        assert "image/*" not in html


@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIF", "WEBP", "TIFF", "BMP"])
def test_every_kind_of_picture_that_is_named_is_taken(world, full, form):
    kept = give(world, full, form, content=picture(640, 480, form))

    assert kept.file.media_type.startswith("image/")


def test_with_nothing_given_only_the_limits_are_told(me, full):
    Evidence.objects.filter(application=full).delete()

    html = me.get(at("evidence", full)).content.decode()

    assert "最多传 150 份，合计不超过 300.0" in html
    assert "字节" not in html


WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; V2055A) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/107.0.5304.141 Mobile Safari/537.36 MMWEBID/1 "
    "MicroMessenger/8.0.42.2460(0x28002A58) WeChat/arm64 NetType/WIFI Language/zh_CN"
)
LEAVE = "请点右上角“…”，选“在浏览器中打开”"


def test_who_reads_inside_wechat_is_told_how_to_leave_it_where_files_are_chosen_or_kept(
    me, world, full
):
    given = give(world, full, "证书")
    pages = [
        at("evidence", full),
        at("change_file", full, given.pk),
        at("section", full, "basic"),
        at("paste", full, "honours", "records"),
        at("print", full),
    ]

    for page in pages:
        assert me.get(page, headers={"user-agent": WECHAT}).content.decode().count(LEAVE) == 1
        assert LEAVE not in me.get(page).content.decode()
    unasked = me.get(at("section", full, "post"), headers={"user-agent": WECHAT})
    assert LEAVE not in unasked.content.decode()
    world.submit(full)
    kept = me.get(at("receipt", full), headers={"user-agent": WECHAT})
    assert LEAVE in kept.content.decode()


def test_a_slot_says_how_many_files_it_takes_and_asks_for_no_more(me, world, full):
    Evidence.objects.filter(application=full, material="id_card").delete()
    assert "最多 2 个文件。" in part(me.get(at("evidence", full)).content.decode(), "id_card")
    assert "最多" not in part(me.get(at("evidence", full)).content.decode(), "other")

    give(world, full, "正面", "id_card")
    give(world, full, "反面", "id_card")
    html = part(me.get(at("evidence", full)).content.decode(), "id_card")

    assert "最多 2 个文件，已经传满" in html
    assert 'type="file"' not in html
    refused = me.post(
        at("evidence", full),
        {"material": "id_card", "files": SimpleUploadedFile("又一份.pdf", PDF)},
    )
    assert refused.status_code == 422
    html = part(refused.content.decode(), "id_card")
    assert "又一份：“居民身份证”最多2个文件" in html.replace("又一份.pdf", "又一份")


def test_who_comes_from_a_row_finds_its_slot_open_and_the_row_chosen(me, full):
    claim = honour(full)

    led = me.get(at("evidence", full), {"claim": claim})
    assert led.status_code == 302
    response = me.get(led["Location"])

    assert led["Location"].endswith("#m-honours")
    html = part(response.content.decode(), "honours")
    assert f'<option value="{claim}" selected>' in html
    assert "<summary>上传" not in html
    assert "<summary>上传" in part(response.content.decode(), "other")


def test_a_row_that_no_slot_takes_leads_to_the_page(me, full):
    led = me.get(at("evidence", full), {"claim": "poems.records.1"})

    assert me.get(led["Location"]).status_code == 200


def test_a_slot_names_the_rows_that_no_file_proves_yet(me, world, full):
    before = slot(me.get(at("evidence", full)), "awards").unproved
    claim = before[0][0]
    give(world, full, "证书", "awards", claim=claim)

    response = me.get(at("evidence", full))

    after = slot(response, "awards").unproved
    assert [path for path, _words in before if (path, _words) not in after] == [claim]
    assert f"还没有证明的 {len(after)} 条" in part(response.content.decode(), "awards")


def test_order_is_changed_by_buttons(me, world, full):
    first, second = give(world, full, "甲"), give(world, full, "乙")
    html = part(me.get(at("evidence", full)).content.decode(), "other")
    assert ("上移：甲" in html, "下移：甲" in html) == (False, True)
    assert ("上移：乙" in html, "下移：乙" in html) == (True, False)

    led = me.post(at("shift_file", full, second.pk), {"up": "1"})

    assert led["Location"] == f"{at('evidence', full)}#f-{second.pk}"
    assert titles(full) == ["乙", "甲"]
    me.post(at("shift_file", full, second.pk), {"up": ""})
    assert titles(full) == ["甲", "乙"]
    assert first.pk != second.pk


def test_a_removal_can_be_taken_back_from_the_slot(me, world, full):
    given = give(world, full, "甲")

    led = me.post(at("remove_file", full, given.pk))
    html = part(me.get(led["Location"]).content.decode(), "other")

    assert "已移除“甲”。" in html
    assert at("restore_file", full, given.pk) in html
    assert titles(full) == []
    me.post(at("restore_file", full, given.pk))
    assert titles(full) == ["甲"]
    assert "已移除" not in me.get(led["Location"]).content.decode()
    assert me.get(at("evidence", full), {"removed": "x"}).status_code == 200


def test_with_no_room_left_a_removal_cannot_be_taken_back_and_says_so(me, world, full, monkeypatch):
    given = give(world, full, "甲")
    me.post(at("remove_file", full, given.pk))
    monkeypatch.setattr(evidence, "MOST_PER_PERSON", evidence_of(full).count())

    answer = me.post(at("restore_file", full, given.pk), follow=True)

    assert "最多上传5份证明材料" in answer.content.decode()
    assert titles(full) == []


def test_a_file_is_renamed_linked_and_replaced_on_one_page(me, world, full):
    given, claim = give(world, full, "扫描件1", "honours"), honour(full)
    page = me.get(at("change_file", full, given.pk)).content.decode()
    assert f'<option value="{claim}">' in page

    new = SimpleUploadedFile("新.pdf", pdf(pages=4), "application/pdf")
    me.post(at("change_file", full, given.pk), {"title": "证书", "claim": claim, "file": new})

    kept = Evidence.objects.get(application=full, material="honours", removed_at__isnull=True)
    assert (kept.title, kept.claim, kept.file.pages) == ("证书", claim, 4)
    assert kept.position == given.position


@pytest.mark.parametrize(
    ("said", "where", "why"),
    [
        ({"title": " ", "claim": ""}, "title", "请填写名称"),
        ({"title": "新", "claim": "gone.records.1"}, "claim", "这一条已不在表中，请重新选择"),
        (
            {"title": "新", "file": SimpleUploadedFile("x.pdf", b"x")},
            "file",
            "这是文本文件，请另存为PDF再上传",
        ),
    ],
    ids=["name", "row", "file"],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_changes(
    me, world, full, said, where, why
):
    given = give(world, full, "扫描件1", "honours")

    answer = me.post(at("change_file", full, given.pk), said)

    assert answer.status_code == 422
    assert f'id="{where}-fault" role="alert"><p>{why}</p>' in answer.content.decode()
    assert titles(full, "honours") == ["扫描件1"]


def test_an_unfinished_upload_is_shown_with_how_far_it_is(me, world, full):
    announced = Announced("other", "大证书", 100, "m1")
    upload = begin_upload(full.pk, announced, by=world.applicant)
    append(upload.key, by=world.applicant, offset=0, content=b"x" * 40)

    html = part(me.get(at("evidence", full)).content.decode(), "other")

    assert "没有传完，已传 40" in html
    assert 'data-unfinished="m1"' in html
    assert at("discard_upload", full, upload.key) in html


def test_a_doubtful_page_is_a_hint_on_its_card(me, world, full):
    given = give(world, full, "证书", content=pdf(pages=9))
    doubts = [{"page": page, "kind": "blurred"} for page in (2, 3, 4, 5)]
    Examination.objects.create(file=given.file, doubts=doubts, examined_at=now())

    html = part(me.get(at("evidence", full)).content.decode(), "other")

    assert f'<a href="{at("view_file", full, given.pk)}?page=2">第 2 页可能模糊</a>、' in html
    assert "第 4 页可能模糊</a>等 4 处。请点开看看，看不清的重新扫描后替换。" in html


def test_of_a_returned_form_only_what_is_asked_for_is_open(me, world, full):
    world.submit(full)
    world.send_back(full, {"evidence.id_card": "居民身份证"})
    given = Evidence.objects.filter(application=full)
    asked, title = given.get(material="id_card"), given.get(material="title")

    html = me.get(at("evidence", full)).content.decode()

    assert "需补正" in part(html, "id_card")
    assert "不需修改" in part(html, "title")
    assert "<form" not in part(html, "title")
    refused = me.post(at("remove_file", full, title.pk), follow=True).content.decode()
    assert "这类材料没有被退回，不能更换" in refused
    refused = me.post(at("shift_file", full, title.pk), {"up": "1"}, follow=True).content.decode()
    assert "这类材料没有被退回，不能更换" in refused
    evidence.replace(asked.pk, by=world.applicant, content=pdf(pages=3))
    assert "已上传" in part(me.get(at("evidence", full)).content.decode(), "id_card")


def test_nobody_else_looks_at_or_touches_a_file(client, world, full):
    given = evidence_of(full).first()
    client.force_login(world.stranger)

    for name in ("view_file", "small", "change_file"):
        assert client.get(at(name, full, given.pk)).status_code == 404
    assert client.get(at("file_page", full, given.pk, 1)).status_code == 404
    for name in ("shift_file", "remove_file", "restore_file", "change_file"):
        assert client.post(at(name, full, given.pk), {"title": "x"}).status_code == 404


def test_a_submitted_file_is_looked_at_but_not_changed(me, world, full):
    given = evidence_of(full).first()
    world.submit(full)

    assert "更改" not in me.get(at("view_file", full, given.pk)).content.decode()
    assert me.get(at("change_file", full, given.pk))["Location"] == at("form", full)


def test_the_page_asks_little_with_a_hundred_and_fifty_files(me, world, full):
    one = evidence_of(full).first()
    stored = [
        StoredFile(
            digest=f"{number:064}", size=9, media_type="application/pdf", stored_at=one.added_at
        )
        for number in range(145)
    ]
    StoredFile.objects.bulk_create(stored)
    Evidence.objects.bulk_create(
        Evidence(
            application=full,
            material="honours",
            title=f"证书{number}",
            file=file,
            position=100 + number,
            added_by=one.added_by,
            added_at=one.added_at,
        )
        for number, file in enumerate(stored)
    )
    me.get(at("evidence", full))

    with CaptureQueriesContext(connection) as asked:
        response = me.get(at("evidence", full), {"removed": one.pk})

    assert "已传 150 份" in response.content.decode()
    assert len(asked) <= MOST_QUERIES
