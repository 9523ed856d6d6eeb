"""代填 at the desks of the clerk and of the applicant."""

from html import unescape

import pytest
from django.urls import reverse

from juxian.actions import proxy
from juxian.records.models import Application, Person, Proxy, Section

pytestmark = pytest.mark.django_db


def text(response):
    return unescape(response.content.decode())


@pytest.fixture
def drafted(world):
    return world.professional_draft()


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


def test_an_applicant_asks_and_ends_it(client, world, drafted):
    client.force_login(world.applicant)
    at = reverse("applicant:proxy", args=[drafted.number])
    assert at in text(client.get(reverse("applicant:tasks", args=[drafted.number])))

    asked = client.post(at, {"go": "let"}, follow=True)

    assert "已请单位代填" in text(asked)
    assert "喀什地区第一人民医院（示例）的经办人可以代您填写" in text(client.get(at))
    ended = client.post(at, {"go": "end"}, follow=True)
    assert "已停止代填" in text(ended)
    assert Proxy.objects.filter(ended_at__isnull=True).count() == 0


def test_the_clerk_finds_whom_to_type_for_and_types(clerk, world, drafted):
    proxy.let_fill(drafted.pk, by=world.applicant)
    tasks = reverse("applicant:tasks", args=[drafted.number])

    assert tasks in text(clerk.get(reverse("office:proxies")))
    page = text(clerk.get(tasks))
    assert f"您正在代 <strong>{drafted.applicant.name}</strong> 填写" in page
    assert reverse("applicant:proxy", args=[drafted.number]) not in page
    section = reverse("applicant:section", args=[drafted.number, "career"])
    version = Section.objects.get(application=drafted, code="career").version
    saved = clerk.post(section, {"summary": "代写的经历", "version": version, "go": "tasks"})
    assert saved.status_code == 302
    kept = Section.objects.get(application=drafted, code="career")
    assert (kept.values["summary"], kept.saved_by) == ("代写的经历", world.hospital_handler)


@pytest.mark.parametrize(
    "name", ["submit", "receipt", "take_back", "withdraw", "proxy", "progress", "form"]
)
def test_the_clerk_has_no_page_to_sign_or_withdraw_at(clerk, world, drafted, name):
    proxy.let_fill(drafted.pk, by=world.applicant)

    assert clerk.get(reverse(f"applicant:{name}", args=[drafted.number])).status_code == 404


@pytest.mark.parametrize("name", ["tasks", "evidence", "check", "photo", "print"])
def test_unasked_the_clerk_finds_nothing(clerk, drafted, name):
    assert clerk.get(reverse(f"applicant:{name}", args=[drafted.number])).status_code == 404


@pytest.mark.parametrize("name", ["tasks", "evidence", "check", "photo", "print"])
def test_asked_the_clerk_has_every_page_of_filling(clerk, world, drafted, name):
    proxy.let_fill(drafted.pk, by=world.applicant)

    assert clerk.get(reverse(f"applicant:{name}", args=[drafted.number])).status_code == 200


def begin(client, world, **changed):
    given = {
        "office": world.hospital.pk,
        "track": "professional",
        "name": "古丽娜尔·阿不都",
        "phone": "13800000000",
        "login": "gulnar1976",
        "agreed": "on",
    }
    at = reverse("office:begin_for", args=[world.cycle.code])
    return client.post(at, given | changed)


def test_a_person_without_an_account_gets_a_slip_with_a_password_that_is_shown_once(clerk, world):
    slip = begin(clerk, world)

    made = Person.objects.get(login="gulnar1976")
    begun = Application.objects.get(applicant=made)
    page = text(slip)
    assert [begun.number in page, "gulnar1976" in page] == [True, True]
    password = page.split('<dd class="num receipt">')[1].split("<")[0]
    assert made.check_password(password)
    assert "no-store" in slip.headers["Cache-Control"]
    assert password not in text(clerk.get(reverse("office:proxies")))


def test_what_is_amiss_is_told_beside_its_field_with_all_kept(clerk, world):
    refused = begin(clerk, world, login="applicant", phone="138", agreed="")

    page = text(refused)
    assert refused.status_code == 422
    assert [
        sentence in page
        for sentence in (
            "请填写11位手机号码",
            "请先取得本人签字同意，再勾选。",
            'value="applicant"',
        )
    ] == [True, True, True]
    taken = text(begin(clerk, world, login="applicant"))
    assert "这个登录名已有账号" in taken


def test_who_has_a_given_password_is_asked_to_change_it_first(client, world):
    begun = proxy.begin_for(
        world.cycle.pk,
        by=world.hospital_handler,
        office_id=world.hospital.pk,
        login="gulnar1976",
        name="古丽娜尔·阿不都",
        phone="13800000000",
        track="professional",
    )
    login = {"login": "gulnar1976", "password": begun.password}
    landed = client.post(reverse("account_login"), login, follow=True)

    change = reverse("account_change_password")
    assert f'href="{change}">请先修改口令</a>' in text(landed)
    client.post(
        change,
        {
            "oldpassword": begun.password,
            "password1": "another horse 43",
            "password2": "another horse 43",
        },
    )
    made = Person.objects.get(login="gulnar1976")
    assert (made.check_password("another horse 43"), made.password_is_given) == (True, False)


def test_only_clerks_of_an_office_come_to_these_pages(client, world):
    client.force_login(world.applicant)
    assert client.get(reverse("office:proxies")).status_code == 404
    client.force_login(world.hospital_discipline)
    at = reverse("office:begin_for", args=[world.cycle.code])
    assert client.get(at).status_code == 404
