"""单位登记: anybody asks by credit code, the office above answers, applicants then find it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from juxian.actions import employer_request
from juxian.records.models import Appointment, EmployerRequest, Office, Person, Trace
from juxian.regulation.refusal import NotAllowed
from juxian.regulation.words import RequestOutcome, Role
from juxian.selectors.employers import employers
from tests.house.desks.office_world import text
from tests.house.world import PDF

pytestmark = pytest.mark.django_db

CODE = "91350100M000100Y43"
SAID = {
    "credit_code": CODE,
    "name": "喀什棉纺厂",
    "kind": "state_enterprise",
    "region": "653101",
    "above": "",
    "address": "某路1号",
    "contact": "古丽娜尔",
    "phone": "13800000000",
    "login": "mianfang1",
}


def ask(**changed):
    sent = {**SAID, **changed, "proof": SimpleUploadedFile("a.pdf", PDF)}
    return Client().post(reverse("public:employer"), sent, follow=True)


def desk_of(person):
    client = Client()
    client.force_login(person)
    return client


def answer_to(receipt, phone=SAID["phone"]):
    sent = {"receipt": receipt, "phone": phone}
    return text(Client().post(reverse("public:employer_progress"), sent))


def test_an_employer_asks_and_is_registered_with_its_first_clerk(world):
    assert "登记申请已收到" in text(ask())
    asked = EmployerRequest.objects.get()
    assert asked.above == world.kashgar
    assert "等待办理" in answer_to(asked.receipt)
    assert "没有查到" in answer_to(asked.receipt, "13900000000")

    desk, here = desk_of(world.kashgar_handler), reverse("care:request", args=[asked.pk])
    assert "喀什地区喀什市" in text(desk.get(here))
    assert desk.get(reverse("care:request_proof", args=[asked.pk])).status_code == 200
    slip = desk.post(here, {"go": "accept", "login": "mianfang1", "affiliation": "40"})

    made = Office.objects.get(credit_code=CODE)
    clerk = Person.objects.get(login="mianfang1")
    assert (made.files_to, made.affiliation, made.region) == (world.kashgar, "40", "653101")
    assert slip.context["given"].password in text(slip)
    assert Appointment.objects.get(person=clerk).office == made
    assert employers("喀什 棉纺").offices == (made,)
    assert "领取初始口令" in answer_to(asked.receipt)
    traced = Trace.objects.filter(act__startswith="request_").values_list("act", "detail")
    assert list(traced) == [("request_accepted", {"office": world.kashgar.pk})]
    assert "这份申请已经答复" in text(desk.post(here, {"go": "accept", "login": "mianfang1"}))


def test_a_code_that_is_known_says_so_at_once_and_whom_to_ask(world):
    world.add_office(
        "mill",
        "喀什棉纺厂",
        kind="state_enterprise",
        region="653101",
        credit_code=CODE,
        files_to=world.kashgar,
    )
    known = text(ask(credit_code=CODE.lower()))
    assert f"这个代码已登记为“喀什棉纺厂”；账号请问本单位人事部门或{world.kashgar.name}" in known

    Office.objects.filter(credit_code=CODE).update(credit_code="")
    ask(name="另一个厂")
    assert f"“另一个厂”已申请登记，正由{world.kashgar.name}办理" in text(ask())
    assert "未通过校验" in text(ask(credit_code=CODE[:-1] + "4"))
    assert EmployerRequest.objects.count() == 1


def test_what_is_returned_says_why_and_may_be_sent_again(world):
    ask(above=str(world.hotan.pk))
    asked = EmployerRequest.objects.get()
    desk, here = desk_of(world.hotan_handler), reverse("care:request", args=[asked.pk])
    assert desk_of(world.kashgar_handler).get(here).status_code == 404
    assert desk_of(world.hospital_handler).get(here).status_code == 404

    sent = {"go": "turn_down", "is_final": "returned", "answer": ""}
    assert "请填写" in text(desk.post(here, sent))
    desk.post(here, {**sent, "answer": "证照看不清，请重新扫描。"})

    assert "证照看不清，请重新扫描。" in answer_to(asked.receipt)
    assert "登记申请已收到" in text(ask())
    outcomes = EmployerRequest.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == [RequestOutcome.RETURNED, ""]
    with pytest.raises(NotAllowed):
        employer_request.accept(
            EmployerRequest.objects.get(outcome="").pk,
            by=world.hotan_handler,
            login="x.y.z",
            is_nonpublic=False,
        )


def test_a_namesake_is_not_registered_and_nothing_is_left_half_done(world):
    world.add_office("mill", "喀什棉纺厂", kind="state_enterprise", region="653101")
    world.add_officer("mill_clerk", "某人", "mill", Role.HANDLER)
    ask()
    here = reverse("care:request", args=[EmployerRequest.objects.get().pk])
    desk = desk_of(world.kashgar_handler)

    accepting = {"go": "accept", "login": "mianfang1"}
    assert "已有同名机构" in text(desk.post(here, accepting))
    mill = Office.objects.filter(code="mill")
    mill.update(name="另一个厂", credit_code=CODE)
    assert "这个统一社会信用代码已登记" in text(desk.post(here, accepting))
    mill.update(credit_code="")
    taken = text(desk.post(here, {"go": "accept", "login": "mill_clerk"}))

    assert "这个登录名已属于另一人" in taken
    assert Office.objects.filter(credit_code=CODE).count() == 0
