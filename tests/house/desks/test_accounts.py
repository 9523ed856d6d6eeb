"""Signing up, signing in, and the desk one lands on."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.core.cache import cache
from django.urls import reverse

from juxian.actions import person
from juxian.records.models import Person
from juxian.records.packs import pack_of
from juxian.regulation.words import Role
from tests.house.desks.office_world import on
from tests.house.world import PASSWORD

pytestmark = pytest.mark.django_db

PERIOD = 30  # seconds a code of the authenticator lasts
MFA_PAGES = ("mfa_index", "mfa_generate_recovery_codes", "mfa_deactivate_totp")

SIGNUP = {
    "username": "gulnar1976",
    "name": "古丽娜尔.阿不都",
    "phone": "19900001234",
    "password1": "a long enough one 7",
    "password2": "a long enough one 7",
}


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet():
    cache.clear()


def sign_in(client, login, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


def test_signing_up_makes_a_person_with_the_name_s_proper_dot_and_leads_to_the_applicant_s_desk(
    client, world
):
    response = client.post(reverse("account_signup"), SIGNUP)

    made = Person.objects.get(login="gulnar1976")
    assert (made.name, made.phone) == ("古丽娜尔·阿不都", "19900001234")
    assert response.headers["Location"] == reverse("applicant:home")
    assert client.get(reverse("applicant:home")).status_code == 200


@pytest.mark.parametrize("typed", ["199 0000 1234", "199-0000-1234", "１９９００００１２３４"])
def test_a_mobile_number_may_be_set_apart_as_people_write_it(client, world, typed):
    client.post(reverse("account_signup"), SIGNUP | {"phone": typed})

    assert Person.objects.get(login="gulnar1976").phone == "19900001234"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("username", "好"),
        ("name", "张3"),
        ("phone", "12345"),
        ("password1", "12345678"),
        ("password2", "another one entirely"),
    ],
)
def test_a_faulty_sign_up_says_so_beside_the_field_and_makes_nobody(client, world, field, typed):
    response = client.post(reverse("account_signup"), SIGNUP | {field: typed})

    assert f'id="id_{field}_error"' in response.content.decode()
    assert not Person.objects.filter(phone=SIGNUP["phone"]).exists()


def test_a_login_that_is_taken_cannot_be_taken_again(client, world):
    response = client.post(reverse("account_signup"), SIGNUP | {"username": "stranger"})

    assert 'id="id_username_error"' in response.content.decode()


def test_an_applicant_lands_on_their_own_desk(client, world):
    response = sign_in(client, "applicant")

    assert response.headers["Location"] == reverse("applicant:home")


def test_an_officer_and_a_secretary_land_where_they_work(client, world):
    assert sign_in(client, "hospital_handler").headers["Location"] == reverse("office:inbox")
    client.logout()
    assert sign_in(client, "secretary").headers["Location"] == reverse("secretariat:home")


def test_a_supervisor_and_an_operator_land_on_their_own_desks(client, world):
    world.add_officer("supervisor", "监督人员", "hr", Role.SUPERVISOR)
    world.add_officer("operator", "系统管理员", "hr", Role.OPERATOR)

    assert sign_in(client, "supervisor").headers["Location"] == reverse("supervision:home")
    client.logout()
    assert sign_in(client, "operator").headers["Location"] == reverse("operation:status")


def test_a_supervisor_who_also_runs_the_system_chooses(client, world):
    both = world.add_officer("both", "两个岗位", "hr", Role.SUPERVISOR)
    person.appoint(both, world.hr, Role.OPERATOR, by=None)

    assert sign_in(client, "both").headers["Location"] == reverse("common:desks")
    html = client.get(reverse("common:desks")).content.decode()
    assert "监督端" in html
    assert "运行端" in html


def test_a_person_of_several_duties_chooses(client, world):
    person.appoint(world.secretary, world.kashgar, Role.HANDLER, by=None)

    response = sign_in(client, "secretary")

    assert response.headers["Location"] == reverse("common:desks")
    html = client.get(reverse("common:desks")).content.decode()
    for desk in ("office:inbox", "secretariat:home", "applicant:home"):
        assert reverse(desk) in html


def test_signing_in_goes_on_to_the_page_that_was_asked_for(client, world):
    wanted = reverse("applicant:choose")

    response = client.get(wanted)
    login = response.headers["Location"]
    again = client.post(login, {"login": "applicant", "password": PASSWORD, "next": wanted})

    assert login.startswith(reverse("account_login"))
    assert again.headers["Location"] == wanted


def test_five_wrong_passwords_lock_the_name_for_a_while_even_for_the_right_one(client, world):
    for _time in range(5):
        sign_in(client, "applicant", "wrong horse 42")

    response = sign_in(client, "applicant")

    assert response.status_code == 200
    assert "失败" in response.content.decode()


def test_the_login_page_tells_of_the_limit_before_it_is_met(client, world):
    assert "连续输错 5 次" in client.get(reverse("account_login")).content.decode()


def test_a_changed_password_is_the_only_one_that_opens(client, world):
    sign_in(client, "applicant")
    new = "a brand new horse 9"

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    client.logout()

    assert sign_in(client, "applicant").status_code == 200
    assert sign_in(client, "applicant", new).status_code == 302


def test_signing_out_asks_first_and_then_closes_the_desk(client, world):
    sign_in(client, "applicant")

    assert client.get(reverse("account_logout")).status_code == 200
    client.post(reverse("account_logout"))

    assert client.get(reverse("applicant:home")).status_code == 302


def test_every_desk_is_behind_the_login(client, world):
    for name in ("applicant:home", "applicant:choose", "common:desks"):
        response = client.get(reverse(name))

        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_wrong_password_is_told_in_the_words_of_the_form(client, world):
    html = sign_in(client, "applicant", "wrong horse 42").content.decode()

    assert "登录名或口令不正确，请重新输入。" in html
    assert "密码" not in html


def test_whom_to_call_is_written_where_somebody_cannot_get_in(client, world):
    [contact, *_others] = pack_of(world.cycle).contacts

    for page in ("account_login", "account_reset_password", "account_signup"):
        assert contact.phones[0] in client.get(reverse(page)).content.decode()


def test_signing_in_shows_the_desk_without_another_word(client, world):
    sign_in(client, "applicant")

    assert "成功登录" not in client.get(reverse("applicant:home")).content.decode()


def test_the_second_step_is_set_up_and_asked_for_in_the_words_of_the_house(client, world):
    sign_in(client, "applicant")
    asked = client.get(reverse("mfa_activate_totp"), follow=True).content.decode()
    set_up = client.post(
        reverse("account_reauthenticate"),
        {"password": PASSWORD, "next": reverse("mfa_activate_totp")},
        follow=True,
    )
    code = hotp_value(set_up.context["form"].secret, int(time.time()) // PERIOD)
    codes = client.post(reverse("mfa_activate_totp"), {"code": f"{code:06}"}, follow=True)
    pages = [asked, set_up.content.decode(), codes.content.decode()]
    pages += [client.get(reverse(name)).content.decode() for name in MFA_PAGES]
    client.logout()
    signing_in = client.post(
        reverse("account_login"), {"login": "applicant", "password": PASSWORD}, follow=True
    )
    pages.append(signing_in.content.decode())

    titles = [re.findall("<h1[^>]*>([^<]+)</h1>", page) for page in pages]
    assert titles == [
        ["确认是您本人"],
        ["启用验证器"],
        ["恢复码"],
        ["两步验证"],
        ["生成恢复码"],
        ["停用验证器"],
        ["两步验证"],
    ]
    assert [page for page in pages if re.search("密码|双因素|恢复代码|帐户", page)] == []


def test_a_wrong_code_of_the_second_step_says_what_to_do(client, world):
    sign_in(client, "applicant")
    client.post(
        reverse("account_reauthenticate"),
        {"password": PASSWORD, "next": reverse("mfa_activate_totp")},
        follow=True,
    )

    html = client.post(reverse("mfa_activate_totp"), {"code": "abcdef"}).content.decode()

    assert "验证码不正确，请核对时间后重新输入。" in html


def test_keys_are_listed_with_when_they_were_added_and_used(client, world):
    sign_in(client, "applicant")
    key = Authenticator.objects.create(
        user=world.applicant, type=Authenticator.Type.WEBAUTHN, data={"name": "蓝色密钥"}
    )
    Authenticator.objects.filter(pk=key.pk).update(created_at=on(2020, 3, 12))

    html = client.get(reverse("mfa_list_webauthn")).content.decode()

    assert "蓝色密钥" in html
    assert "2020年3月12日添加，没有用过" in html


def test_who_signs_up_from_an_open_call_begins_it_at_once(client, world):
    begin = reverse("applicant:begin", args=[world.cycle.code])
    signing_up = f"{reverse('account_signup')}?next={begin}"
    assert signing_up in client.get("/").content.decode()

    assert f'value="{begin}"' in client.get(signing_up).content.decode()
    response = client.post(signing_up, SIGNUP | {"next": begin})

    assert (response.status_code, response.headers.get("Location")) == (302, begin)
