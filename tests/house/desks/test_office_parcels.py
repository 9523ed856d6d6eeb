"""The pages of parcels: who sees which, posting, scanning with and without a script, refusals."""

from time import perf_counter

import pytest
from django.test import Client
from django.urls import reverse

from juxian.actions import parcel as actions
from juxian.papers.proof import read_content
from juxian.records.clock import today
from juxian.records.models import Arrival, CopyTick, Mailing, PageSeen
from juxian.selectors.parcel import awaited_of
from tests.house.actions.piles import nominees, printed
from tests.house.desks.office_world import at, says, send, text

pytestmark = pytest.mark.django_db

OTHERS = ("hotan_handler", "hospital_handler", "vocational_handler", "applicant")


@pytest.fixture
def sent(world):
    (file,), _before = nominees(world, 1, 0, mend=False)
    (awaited,) = awaited_of(world.technical_handler)
    return file, awaited.number


def signed_in(who):
    client = Client()
    client.force_login(who)
    return client


def codes(file):
    return [str(page.marks[0]) for page in read_content(printed(file))]


def taken_in(world, number):
    actions.take_in_parcel(
        number, by=world.technical_handler, arrived_on=today(), postmarked_on=today()
    )


def test_the_sender_the_receiver_and_the_region_see_a_parcel_and_nobody_else(world, sent):
    _file, number = sent

    for name in ("kashgar_handler", "technical_handler", "secretary"):
        client = signed_in(getattr(world, name))
        assert (name, number in text(at(client, "parcels"))) == (name, True)
        assert (name, at(client, "parcel", number).status_code) == (name, 200)
    for name in OTHERS:
        assert (name, at(signed_in(getattr(world, name)), "parcel", number).status_code) == (
            name,
            404,
        )


def test_only_the_sender_posts_and_only_the_receiver_takes_in(world, sent):
    _file, number = sent
    given = {"arrived_on": "2020-03-16", "postmarked_on": "2020-03-16"}

    for name in ("technical_handler", "secretary", *OTHERS):
        client = signed_in(getattr(world, name))
        assert (name, at(client, "post_parcel", number).status_code) == (name, 404)
    for name in ("kashgar_handler", "secretary", *OTHERS):
        client = signed_in(getattr(world, name))
        for page in ("scan_page", "scan_pile", "page_by_hand"):
            assert (name, page, send(client, page, number).status_code) == (name, page, 404)
        assert (name, send(client, "parcel", number, **given).status_code) == (name, 404)
    assert not Arrival.objects.exists()


def test_the_number_on_the_packing_list_opens_the_parcel_however_it_was_typed(world, sent):
    _file, number = sent
    client = signed_in(world.technical_handler)

    opened = at(client, "parcels", number=f" {number.lower()} ")
    unknown = at(client, "parcels", number="ZX-9-9-A")

    assert opened.url == reverse("office:parcel", args=[number])
    assert "没有编号为 ZX-9-9-A 的邮包" in text(unknown)


def test_lists_are_told_by_stage(world, sent):
    _file, number = sent
    client = signed_in(world.technical_handler)

    assert number in text(at(client, "parcels", only="unsent"))
    assert number not in text(at(client, "parcels", only="whole"))
    assert number in text(at(client, "parcels", number="喀什"))
    assert number not in text(at(client, "parcels", number="和田"))


def test_posting_needs_a_tracking_number_and_keeps_what_was_typed(world, sent):
    _file, number = sent
    client = signed_in(world.kashgar_handler)
    given = {"courier": "中国邮政EMS", "sent_on": "2020-03-16", "sealed_by": "某某"}

    refused = send(client, "post_parcel", number, **given)
    assert (refused.status_code, "中国邮政EMS" in text(refused)) == (422, True)
    posted = send(client, "post_parcel", number, tracking_number="EA1", **given)

    assert posted.url == reverse("office:parcel", args=[number])
    assert Mailing.objects.get().tracking_number == "EA1"
    assert "中国邮政EMS EA1" in text(at(client, "parcel", number))


def test_a_scan_is_answered_with_the_piece_of_page_a_script_asks_for(world, sent):
    file, number = sent
    taken_in(world, number)
    client = signed_in(world.technical_handler)
    first = codes(file)[0]
    ask = {"headers": {"HX-Request": "true"}}
    address = reverse("office:scan_page", args=[number])

    right = text(client.post(address, {"code": first, "way": "camera"}, **ask))
    again = text(client.post(address, {"code": first}, **ask))
    wrong = text(client.post(address, {"code": first.replace(":1:", ":0:", 1)}, **ask))
    strange = text(client.post(address, {"code": "6901234567892"}, **ask))

    assert "<html" not in right
    assert (right.count('data-sound="right"'), "这一份还缺第2–" in right) == (1, True)
    assert "先前已扫过" in again
    assert "草稿，不作为报送材料" in wrong
    assert "这不是本系统纸件的二维码" in strange
    assert PageSeen.objects.get(verdict="equal").way == "camera"


def test_without_a_script_a_scan_is_answered_with_a_page(world, sent):
    file, number = sent
    taken_in(world, number)
    client = signed_in(world.technical_handler)

    right = send(client, "scan_page", number, code=codes(file)[0], way="scanner")
    strange = send(client, "scan_page", number, code="6901234567892")

    assert (right.status_code, "一致" in text(right)) == (200, True)
    assert (strange.status_code, "不能核对" in text(strange)) == (422, True)


def test_a_page_by_hand_and_ticks_are_kept(world, sent):
    file, number = sent
    taken_in(world, number)
    client = signed_in(world.technical_handler)
    page = {"paper": file.number, "copy": 1, "page": 2, "pages": 8}

    refused = send(client, "page_by_hand", number, **page)
    kept = send(client, "page_by_hand", number, reason="二维码被公章压住", **page)
    ticked = send(client, "tick_copies", number, tick=f"{file.number}|1|本人签字")
    stale = send(client, "tick_copies", number, tick="XJ2020-A-99999|1|本人签字")

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert PageSeen.objects.get().reason == "二维码被公章压住"
    assert says(ticked)[-1] == "勾选已保存。"
    assert says(stale)[-1] == "清单已经变化，请刷新页面后再勾选"
    assert CopyTick.objects.get().is_there


def test_letters_are_printed_once_the_parcel_has_come(world, sent):
    _file, number = sent
    sender, receiver = signed_in(world.kashgar_handler), signed_in(world.technical_handler)

    early = at(receiver, "shortage_letter", number)
    taken_in(world, number)

    assert (early.status_code, says(early)) == (302, ["还没有登记收到这个邮包，不能打印"])
    for client, name in ((receiver, "shortage_letter"), (sender, "parcel_receipt")):
        answer = at(client, name, number)
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_void_page_leads_to_what_has_changed(world):
    _files, before = nominees(world, 1, 0)
    (awaited,) = awaited_of(world.technical_handler)
    taken_in(world, awaited.number)
    for page in read_content(before):
        actions.scan_page(awaited.number, page.marks[0], by=world.technical_handler)
    seen = PageSeen.objects.filter(verdict="superseded").first()
    client = signed_in(world.technical_handler)

    page = text(at(client, "page_difference", awaited.number, seen.pk))

    assert "改过：" in page
    assert "第 1 次提交时打印的，现在有效的是第 2 次提交" in page
    assert at(client, "page_difference", awaited.number, 10**9).status_code == 404


def test_a_scan_into_a_large_parcel_is_answered_in_well_under_a_second(world, sent):
    """With twelve hundred pages seen already, and the time of a loaded machine to spare."""
    file, number = sent
    taken_in(world, number)
    client = signed_in(world.technical_handler)
    address = reverse("office:scan_page", args=[number])
    first, second = codes(file)[:2]
    client.post(address, {"code": first}, headers={"HX-Request": "true"})
    row = PageSeen.objects.get()
    PageSeen.objects.bulk_create(
        PageSeen(**{**plain(row), "paper": f"XJ2020-A-9{n:04}"}) for n in range(1200)
    )

    began = perf_counter()
    answer = client.post(address, {"code": second}, headers={"HX-Request": "true"})
    took = perf_counter() - began

    assert 'data-sound="right"' in text(answer)
    assert took < 1


def plain(row):
    columns = [field.attname for field in row._meta.fields if field.attname != "id"]
    return {name: getattr(row, name) for name in columns}
