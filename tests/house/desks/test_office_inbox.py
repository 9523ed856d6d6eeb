"""The to-do list: who sees what, finding, paging, taking files up on a list."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from juxian.records.models import Application, Proceeding, Trace
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, many, on, says, send, text, took_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    return world.submitted()


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


def test_the_inbox_names_whose_turn_it_is_and_the_nearest_deadline(clerk, file):
    page = text(at(clerk, "inbox"))

    assert "喀什地区第一人民医院（示例）：1 份等待办理，最急的是“所在单位审核”" in page
    assert file.name in page
    assert "办理最急的一份" in page


def test_one_pile_alone_is_what_the_strip_speaks_of(clerk, world, file):
    (first,) = many(file, 1)
    world.pass_until("peer_review", file)

    page = text(at(clerk, "inbox", step=f"{file.cycle_id}:peer_review"))

    assert "“同行专家评议”有 1 份等待办理" in page
    assert ("最急的是" in page, first.number in page) == (False, False)


def test_an_office_that_the_file_has_not_reached_sees_nothing(client, world, file):
    client.force_login(world.kashgar_handler)

    page = text(at(client, "inbox"))

    assert "今天没有等待办理的事项" in page
    assert file.name not in page


def test_somebody_without_a_duty_finds_no_desk(client, world):
    client.force_login(world.stranger)

    assert [at(client, name).status_code for name in ("inbox", "lists", "notices", "papers")] == [
        404,
        404,
        404,
        404,
    ]


def test_without_signing_in_there_is_only_the_door(client, world):
    assert at(client, "inbox").status_code == 302


def test_a_search_keeps_its_words_and_finds_by_two_characters(clerk, file):
    many(file, 1)

    found, nobody = text(at(clerk, "inbox", words="买买")), text(at(clerk, "inbox", words="刘建"))

    assert (file.number in found, "XJ2020-A-90000" in found) == (True, False)
    assert "没有找到“刘建”" in nobody
    assert "也可以换到“全部”中查找" in nobody


def test_while_one_searches_the_tabs_keep_the_words_and_nothing_else_is_counted(clerk, file):
    found = at(clerk, "inbox", words="买买")

    assert {tab.code: tab.count for tab in found.context["tabs"]} == dict.fromkeys(
        ("waiting", "done", "copied", "returned", "seen")
    )
    assert f'href="?tab=seen&amp;words={quote("买买")}"' in text(found)
    assert 'class="piles' not in text(found)
    assert file.number in text(at(clerk, "inbox", tab="seen", words="买买"))


def test_where_nothing_waits_a_search_counts_what_else_there_is(clerk, world):
    tabs = at(clerk, "inbox", words="买买").context["tabs"]

    assert [tab.count.number for tab in tabs] == [0] * 5


def test_the_next_page_is_one_link_away(clerk, file):
    many(file, 35)

    first = at(clerk, "inbox")
    after = first.context["page"].after
    second = at(clerk, "inbox", after=after)

    assert len(first.context["page"].tasks) == 30
    assert len(second.context["page"].tasks) == 6


def test_returned_files_and_all_files_have_their_own_tabs(client, world, file):
    world.pass_until("nominator_check", file)
    client.force_login(world.hospital_handler)

    waiting, seen = text(at(client, "inbox")), text(at(client, "inbox", tab="seen"))

    assert (file.number in waiting, file.number in seen) == (False, True)


def test_drafts_of_the_own_staff_are_a_number_only(clerk, world):
    drafted = world.professional_draft()

    page = text(at(clerk, "inbox"))

    assert "本单位还有 1 人正在填报" in page
    assert drafted.number not in page


def test_ticked_files_are_taken_up_on_one_list(clerk, world, file):
    world.pass_until("peer_review", file)

    answer = send(clerk, "open_list", step="peer_review", application=[file.pk])
    opened = Proceeding.objects.get()

    assert answer.url == f"/office/lists/{opened.pk}/"
    assert [item.application_id for item in opened.items.all()] == [file.pk]


def test_nothing_ticked_is_refused_in_words(clerk, world, file):
    world.pass_until("peer_review", file)

    answer = send(clerk, "open_list", step="peer_review")

    assert says(answer) == ["请先选择要办理的申报"]
    assert answer.url == "/office/"
    assert not Proceeding.objects.exists()


@pytest.mark.parametrize(
    ("asked", "led"),
    [("/office/?step=1:peer_review", "/office/?step=1:peer_review"), ("//evil.test/", "/office/")],
)
def test_a_refused_list_leads_back_to_the_pile_it_was_picked_from(clerk, asked, led):
    assert send(clerk, "open_list", step="peer_review", next=asked).url == led


def test_a_file_at_another_step_is_not_taken_up(clerk, file):
    answer = send(clerk, "open_list", step="peer_review", application=[file.pk])

    assert says(answer) == [f"{file.number}不在这个环节，请刷新页面后重新选择"]
    assert not Proceeding.objects.exists()


def test_a_stranger_office_cannot_take_up_others_files(client, world, file):
    world.pass_until("peer_review", file)
    client.force_login(world.hotan_handler)

    answer = send(client, "open_list", step="peer_review", application=[file.pk])

    assert says(answer) == [f"{file.number}不由您办理"]
    assert not Proceeding.objects.exists()


def test_a_listed_file_leads_to_its_list(clerk, world, file):
    world.pass_until("peer_review", file)
    opened = took_up(world, file)

    page = text(at(clerk, "inbox", step=f"{world.cycle.pk}:peer_review"))

    assert "已列入名单" in page
    assert f"/office/lists/{opened.pk}/" in page


def test_reading_the_inbox_leaves_the_files_unopened(clerk, file):
    before = Trace.objects.count()

    at(clerk, "inbox")
    file.refresh_from_db()

    assert file.opened_at is None
    assert Trace.objects.count() == before


@pytest.mark.parametrize("rows", [0, 30])
def test_the_inbox_costs_at_most_twelve_queries(
    clerk, world, file, rows, django_assert_max_num_queries
):
    many(file, rows)
    at(clerk, "inbox")

    with django_assert_max_num_queries(12):
        page = at(clerk, "inbox")

    assert len(page.context["page"].tasks) == min(rows + 1, 30)


def test_a_withdrawn_file_is_gone_from_the_list(clerk, file):
    Application.objects.filter(pk=file.pk).update(standing="withdrawn")

    assert file.number not in text(at(clerk, "inbox"))


@pytest.fixture
def late(file):
    """A file past its step's own deadline; filing goes on until May."""
    Application.objects.filter(pk=file.pk).update(due_at=on(2020, 3, 15))
    return file


def test_an_internal_deadline_that_has_passed_does_not_look_final(clerk, late):
    for page in (text(at(clerk, "inbox")), text(at(clerk, "file", late.number))):
        assert "已过内部时限（仍可办理）" in page
        assert "已过期" not in page
    assert "本环节内部时限（北京时间）" in text(at(clerk, "endorse", late.number))
    assert 'class="sheet turn late"' in text(at(clerk, "file", late.number))
    assert '<span class="late">已过内部时限' in text(at(clerk, "inbox"))


def test_after_the_close_a_deadline_is_over(clerk, world, late):
    set_clock(on(2020, 5, 9))

    for page in (text(at(clerk, "inbox")), text(at(clerk, "file", late.number))):
        assert "已过期" in page
        assert "仍可办理" not in page
    assert 'class="sheet turn due"' in text(at(clerk, "file", late.number))


def test_the_close_itself_is_no_internal_deadline(clerk, world, file):
    last = world.cycle.closes_at - timedelta(seconds=1)
    Application.objects.filter(pk=file.pk).update(due_at=last)
    set_clock(last - timedelta(hours=5))

    page = text(at(clerk, "file", file.number))

    assert "内部时限" not in page
    assert 'class="sheet turn due"' in page


def test_the_day_to_mend_by_is_no_internal_deadline(clerk, late):
    Application.objects.filter(pk=late.pk).update(standing="returned")

    assert "已过期" in text(at(clerk, "inbox", tab="returned"))


@pytest.mark.parametrize(("who", "shown"), [("hospital_handler", False), ("kashgar_handler", True)])
def test_seats_are_in_the_menu_of_those_who_may_hold_them(client, world, who, shown):
    client.force_login(getattr(world, who))

    assert ('href="/office/nominations/"' in text(at(client, "inbox"))) is shown


def test_an_employer_is_told_why_there_are_no_seats(clerk):
    page = text(at(clerk, "nominations"))

    assert "本单位没有推荐名额" in page
    assert "没有名单" not in page
