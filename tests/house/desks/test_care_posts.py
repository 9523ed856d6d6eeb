"""Posts: given with a first password, stood in for, handed over, and over at once when ended."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from juxian.access.duties import duties_with
from juxian.actions import post as acts
from juxian.actions import work_view
from juxian.actions.person import appoint
from juxian.records.models import Appointment, Person, Trace, WorkView
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Role
from juxian.selectors.work_query import WorkQuery
from tests.house.clock import set_clock
from tests.house.desks.office_world import text
from tests.house.world import FILING

pytestmark = pytest.mark.django_db

NEW = {"login": "gulnar76", "name": "古丽娜尔", "phone": "13800000000", "roles": [Role.HANDLER]}
TODAY = FILING.date()


def desk_of(person):
    client = Client()
    client.force_login(person)
    return client


def post_of(person):
    return Appointment.objects.get(person=person, ended_at__isnull=True)


def answers(client, name="office:inbox"):
    return client.get(reverse(name)).status_code


def test_a_post_is_given_with_a_password_that_is_shown_once(world):
    desk = desk_of(world.kashgar_handler)
    page = desk.post(reverse("care:give_post", args=[world.hospital.pk]), NEW)

    made = Person.objects.get(login="gulnar76")
    password = page.context["given"].password
    assert (password in text(page), made.check_password(password)) == (True, True)
    assert (made.password_is_given, post_of(made).given_by) == (True, world.kashgar_handler)
    assert answers(desk_of(made)) == 200
    again = desk.post(reverse("care:first_password", args=[made.pk]), follow=True)
    assert "这个账号已有口令" in text(again)
    traced = Trace.objects.filter(act__in=("register", "appoint", "give_password"))
    assert password not in str(list(traced.values_list("detail", flat=True)))


def test_an_imported_account_gets_its_first_password_from_who_has_all_its_posts(world):
    imported = Person.objects.create(login="import1", name="甲")
    imported.set_unusable_password()
    imported.save()
    for office in (world.hospital, world.hotan_hospital):
        Appointment.objects.create(
            person=imported, office=office, role=Role.HANDLER, starts_on=TODAY
        )

    with pytest.raises(NotAllowed):
        acts.first_password(imported.pk, by=world.kashgar_handler)
    second = Person.objects.create(login="import2", name="乙", password="!")
    appoint(second, world.hospital, Role.REVIEWER, by=world.kashgar_handler)
    with pytest.raises(NotAllowed):  # the other pair of eyes of the own office
        acts.first_password(second.pk, by=world.hospital_handler)
    Appointment.objects.filter(person=imported, office=world.hotan_hospital).delete()
    assert acts.first_password(imported.pk, by=world.kashgar_handler)
    with pytest.raises(NotPossible):
        acts.first_password(imported.pk, by=world.kashgar_handler)


def test_from_its_end_a_post_does_nothing_more_not_even_in_an_open_session(world):
    file = world.submitted()
    clerk, acting = world.hospital_handler, world.hospital_discipline
    post = post_of(clerk)
    acts.stand_in(post.pk, by=clerk, colleague_id=acting.pk, starts_on=TODAY, ends_on=TODAY)
    open_session, stand_in = desk_of(clerk), desk_of(acting)
    here = reverse("office:file", args=[file.number])
    assert (open_session.get(here).status_code, stand_in.get(here).status_code) == (200, 200)

    seen = desk_of(world.kashgar_handler).get(reverse("care:change_post", args=[post.pk, "end"]))
    hanging = seen.context["hanging"]
    assert (hanging.waiting, hanging.others, hanging.stand_ins) == (1, 1, 1)
    desk = desk_of(world.kashgar_handler)
    desk.post(reverse("care:change_post", args=[post.pk, "end"]))

    assert (open_session.get(here).status_code, answers(open_session)) == (404, 404)
    endorse = reverse("office:endorse", args=[file.number])
    assert open_session.post(endorse, {"opinion": "同意"}).status_code == 404
    assert [post.role for post in Appointment.objects.filter(person=acting, ended_at=None)] == [
        Role.DISCIPLINE
    ]
    lone = text(desk.get(reverse("care:home")))
    assert ("1 个机构没有经办人" in lone, "没有经办人" in lone) == (True, True)
    with pytest.raises(NotPossible):
        acts.end_post(post.pk, by=world.kashgar_handler)


def test_a_colleague_stands_in_for_the_days_that_are_said(world):
    clerk, colleague = world.hospital_handler, world.hospital_discipline
    url = reverse("care:change_post", args=[post_of(clerk).pk, "stand-in"])
    days = {"colleague_id": colleague.pk, "starts_on": "2020-03-17", "ends_on": "2020-03-18"}
    desk = desk_of(clerk)

    refused = desk.post(url, {**days, "ends_on": "2020-03-16"})
    assert "结束日期不能早于开始日期" in text(refused)
    Appointment.objects.filter(person=clerk).update(ends_on=date(2020, 3, 18))
    assert "不能晚于这个岗位自己的结束日期" in text(
        desk.post(url, {**days, "ends_on": "2020-03-19"})
    )
    assert "已设代理" in text(desk.post(url, days, follow=True))

    found = []
    for ahead in range(4):
        set_clock(FILING + timedelta(days=ahead))
        found.append(bool(duties_with(world.hospital_discipline, Role.HANDLER)))
    assert found == [False, True, True, False]


def test_a_post_is_handed_over_with_its_kept_views(world):
    clerk, colleague = world.hospital_handler, world.hospital_discipline
    work_view.save_view(by=clerk, name="我的筛选", query=WorkQuery())
    before, old = desk_of(clerk), post_of(clerk)
    standing = acts.stand_in(
        old.pk, by=clerk, colleague_id=colleague.pk, starts_on=TODAY, ends_on=TODAY
    )
    third = world.add_officer("third", "第三人", "hospital", Role.DISCIPLINE)
    with pytest.raises(NotPossible, match="这是代理的岗位"):
        acts.hand_over(standing.pk, by=colleague, colleague_id=third.pk, views=False)
    with pytest.raises(NotPossible, match="这是代理的岗位"):
        acts.stand_in(
            standing.pk, by=colleague, colleague_id=third.pk, starts_on=TODAY, ends_on=TODAY
        )
    url = reverse("care:change_post", args=[old.pk, "hand-over"])

    page = before.get(url)
    assert page.context["hanging"].views == 1
    before.post(url, {"colleague_id": colleague.pk, "views": "on"})

    assert (answers(before), answers(desk_of(colleague))) == (404, 200)
    made = Appointment.objects.get(person=colleague, role=Role.HANDLER, ended_at=None)
    assert (made.given_by, made.stands_for, made.starts_on) == (clerk, None, TODAY)
    assert list(WorkView.objects.filter(person=colleague).values_list("name", flat=True)) == [
        "我的筛选"
    ]
    assert Trace.objects.get(act="hand_over").detail["rows"] == 1


def test_nobody_changes_a_post_beyond_the_own_reach(world):
    secretary, clerk = post_of(world.secretary), post_of(world.hospital_handler)
    discipline = post_of(world.hospital_discipline)

    for post, by in ((clerk, world.hotan_handler), (discipline, world.hospital_handler)):
        with pytest.raises(NotAllowed):
            acts.end_post(post.pk, by=by)
    elsewhere = reverse("care:change_post", args=[secretary.pk, "end"])
    assert desk_of(world.kashgar_handler).get(elsewhere).status_code == 404
    with pytest.raises(NotReady):
        acts.hand_over(
            clerk.pk, by=world.kashgar_handler, colleague_id=world.stranger.pk, views=False
        )
    with pytest.raises(NotReady):
        acts.give_post(world.hotan.pk, blank(NEW), by=world.kashgar_handler)
    assert answers(desk_of(world.stranger), "care:mine") == 404
    assert answers(desk_of(world.hospital_discipline), "care:mine") == 200


def blank(values):
    return {"track": "", "starts_on": "", "ends_on": "", **values}


def test_a_post_that_ended_today_may_be_given_again_today(world):
    clerk = world.hospital_handler
    acts.end_post(post_of(clerk).pk, by=world.kashgar_handler)

    acts.give_post(
        world.hospital.pk,
        blank({**NEW, "login": clerk.login, "name": clerk.name}),
        by=world.kashgar_handler,
    )
    acts.end_post(post_of(clerk).pk, by=world.kashgar_handler)

    assert Appointment.objects.filter(person=clerk).count() == 2
    assert Appointment.objects.get(person=clerk, starts_on=date(2020, 3, 16)).ended_at is not None
