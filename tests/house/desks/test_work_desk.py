"""The work desk: what the address keeps, coming back to the list, kept views, posts."""

from urllib.parse import quote, urlencode

import pytest
from django.urls import reverse

from juxian.records.clock import now
from juxian.records.models import Application, Stop, Trace, WorkView
from juxian.regulation.words import Role
from tests.house.desks.office_world import at, many, says, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    return world.submitted()


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


def inside(address):
    """How an address of a file says which list it was opened from."""
    return urlencode({"in": address})


def test_a_file_leads_back_to_the_list_it_was_opened_from(clerk, file):
    many(file, 1)
    opened = text(at(clerk, "inbox", tab="seen", words="买买"))
    link = f"/office/files/{file.number}/?{inside('tab=seen&words=' + quote('买买'))}"
    read = text(clerk.get(link))

    assert f'href="{link}"' in opened
    assert f'href="/office/?tab=seen&amp;words={quote("买买")}"' in read
    assert "全部</a>" in read


def test_next_and_previous_keep_the_list_and_so_do_the_acts(clerk, file):
    (other,) = many(file, 1)
    kept = inside("tab=waiting&order=-number")

    read = text(clerk.get(f"/office/files/{other.number}/?{kept}"))

    assert f'href="/office/files/{file.number}/?{kept}" data-key="j"' in read
    assert f'href="/office/files/{file.number}/endorse/?{kept}"' not in read
    assert f'href="/office/files/{other.number}/endorse/?{kept}"' in read
    assert '<input type="hidden" name="in" value="tab=waiting&amp;order=-number">' in read


def test_a_refused_file_leads_back_to_the_same_list(clerk, file):
    path = reverse("office:reject", args=[file.number])

    answer = clerk.post(f"{path}?{inside('tab=waiting&late=1')}", {"opinion": "不符合条件"})

    assert answer.url == "/office/?tab=waiting&late=1"


def test_a_list_without_a_query_leads_back_to_what_waits(clerk, file):
    path = reverse("office:reject", args=[file.number])

    assert clerk.post(path, {"opinion": "不符合条件"}).url == "/office/?tab=waiting"


def test_a_page_further_on_keeps_what_is_asked(clerk, file):
    many(file, 35)

    page = text(at(clerk, "inbox", tab="seen", track="professional", order="-name"))

    assert 'rel="next" href="?tab=seen&amp;track=professional&amp;order=-name&amp;after=' in page


def test_chosen_columns_are_shown_and_the_usual_ones_are_not(clerk, file):
    page = text(clerk.get("/office/?cols=born&cols=sex&tab=seen"))

    assert ("出生年月</th>" in page, "职称 · 专业</th>" in page) == (True, False)
    assert 'name="cols" value="born" checked' in page


def test_a_heading_orders_the_list_and_says_so(clerk, file):
    page = text(at(clerk, "inbox", order="name"))

    assert '<th aria-sort="ascending"><a href="?tab=waiting&amp;order=-name">' in page


def test_what_is_set_is_said_and_can_be_reset(clerk, file):
    page = text(at(clerk, "inbox", tab="seen", late="1", words="买买"))

    assert "只看逾期" in page
    assert 'href="?tab=seen&amp;late=1"' in page  # without the words
    assert '<a class="small" href="?tab=seen">重置</a>' in page


def test_a_view_is_kept_under_a_name_and_used_again(clerk, world, file):
    answer = keep(clerk, name=" 逾期的 ", query="tab=seen&late=1", is_default="on")
    kept = WorkView.objects.get()

    assert (kept.person, kept.name, kept.query) == (
        world.hospital_handler,
        "逾期的",
        "tab=seen&late=1",
    )
    assert answer.url == "/office/?tab=seen&late=1"
    assert clerk.get("/office/").url == "/office/?tab=seen&late=1"
    assert clerk.get("/office/?tab=waiting").status_code == 200
    assert Trace.objects.filter(act="save_view", subject_id=kept.pk).count() == 1


def test_the_same_name_takes_the_earlier_views_place(clerk):
    keep(clerk, name="急件", query="tab=seen")
    keep(clerk, name="急件", query="tab=done")

    assert [view.query for view in WorkView.objects.all()] == ["tab=done"]


def test_only_one_view_is_the_default(clerk):
    for name in ("甲", "乙"):
        keep(clerk, name=name, query="tab=seen", is_default="on")

    assert [view.name for view in WorkView.objects.filter(is_default=True)] == ["乙"]


@pytest.mark.parametrize(
    ("name", "why"), [("", "请填写"), ("长" * 31, "30"), ("已有的", "请换一个名称")]
)
def test_a_name_that_will_not_do_is_refused_beside_the_field(clerk, world, name, why):
    for taken in ("已有的", "另一个"):
        keep(clerk, name=taken, query="tab=seen")
    view = WorkView.objects.get(name="另一个")

    answer = rename(clerk, view, name=name)

    assert answer.status_code == 422
    assert why in text(answer)
    view.refresh_from_db()
    assert view.name == "另一个"


def test_at_most_twenty_views_are_kept(clerk, world):
    WorkView.objects.bulk_create(
        WorkView(person=world.hospital_handler, name=f"第{n}个", query="", saved_at=now())
        for n in range(20)
    )

    answer = keep(clerk, name="再一个", query="tab=seen")

    assert answer.status_code == 422
    assert "常用筛选最多20个" in text(answer)


def test_a_view_can_be_renamed_and_deleted(clerk):
    keep(clerk, name="急件", query="tab=seen", is_default="on")
    view = WorkView.objects.get()

    rename(clerk, view, name="特急件")
    view.refresh_from_db()
    assert (view.name, view.is_default) == ("特急件", False)

    send(clerk, "delete_view", view.pk)
    assert not WorkView.objects.exists()


def test_nobody_reaches_somebody_elses_view(client, world):
    client.force_login(world.hospital_handler)
    keep(client, name="急件", query="tab=seen")
    view = WorkView.objects.get()
    client.force_login(world.kashgar_handler)

    assert at(client, "view", view.pk).status_code == 404
    assert rename(client, view, name="别的").status_code == 404
    assert send(client, "delete_view", view.pk).status_code == 409
    assert "急件" not in text(at(client, "inbox"))
    assert WorkView.objects.get().name == "急件"


def keep(client, **said):
    return client.post(reverse("office:views"), said)


def rename(client, view, **said):
    return client.post(reverse("office:view", args=[view.pk]), said)


@pytest.fixture
def both(client, world, file):
    """The browser of somebody who serves two prefectures, with a file at each."""
    world.pass_until("nominator_check", file)
    (other,) = many(file, 1)
    Application.objects.filter(pk=other.pk).update(holder=world.hotan)
    Stop.objects.filter(application=other, office=world.kashgar).update(office=world.hotan)
    world.add_officer("both", "两处任职", "kashgar", Role.HANDLER)
    second = world.add_officer("second", "另一处", "hotan", Role.HANDLER)
    second.appointments.update(person=world.people["both"])
    client.force_login(world.both)
    return client


def test_all_posts_are_shown_together_and_one_can_be_chosen(both, world, file):
    together = text(at(both, "inbox"))
    assert "现在以哪个岗位办理" in together
    assert "您的 2 个岗位：2 份等待办理" in together
    assert "办理岗位" in together
    assert (file.number in together, "XJ2020-A-90000" in together) == (True, True)

    post = world.both.appointments.get(office=world.kashgar).pk
    send(both, "choose_post", post=post)
    alone = text(at(both, "inbox"))
    assert (file.number in alone, "XJ2020-A-90000" in alone) == (True, False)
    assert at(both, "file", "XJ2020-A-90000").status_code == 404

    send(both, "choose_post", post="")
    assert "XJ2020-A-90000" in text(at(both, "inbox"))


def test_a_post_that_is_not_theirs_changes_nothing(both, world, file):
    send(both, "choose_post", post=world.hospital_handler.appointments.get().pk)

    assert file.number in text(at(both, "inbox"))


def test_somebody_with_one_post_is_not_asked_for_it(clerk, file):
    assert "现在以哪个岗位办理" not in text(at(clerk, "inbox"))


def test_somebody_without_a_duty_keeps_no_view(client, world):
    client.force_login(world.stranger)

    assert keep(client, name="急件", query="").status_code == 404
    assert says(send(client, "choose_post", post="")) == []


def test_a_glance_tells_the_chief_facts_and_does_not_open_the_file(clerk, world, file):
    page = text(at(clerk, "glance", file.number))
    file.refresh_from_db()

    for said in (file.name, file.number, "证明材料", "最近的办理", "打开这一份"):
        assert said in page
    assert file.opened_at is None
    trace = Trace.objects.get(act="glance")
    assert (trace.by, trace.subject_id) == (world.hospital_handler, str(file.pk))


def test_nobody_glances_at_a_file_that_has_not_reached_them(client, world, file):
    client.force_login(world.kashgar_handler)

    assert at(client, "glance", file.number).status_code == 404
