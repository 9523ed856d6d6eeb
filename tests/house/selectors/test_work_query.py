"""What a list can be asked for: tabs, filters, orders, neighbours in the very list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juxian.access.duties import act_for, all_duties_of
from juxian.actions.person import appoint
from juxian.records.models import Application, CorrectionItem
from juxian.regulation.words import Role
from juxian.selectors import work
from juxian.selectors.work_columns import columns_of
from juxian.selectors.work_filters import chips_of, filters_of
from juxian.selectors.work_query import WorkQuery
from tests.house.desks.office_world import many

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    return world.submitted()


def found(person, address):
    """Numbers of what an address asks for."""
    page = work.page_of(person, WorkQuery.of_address(address))
    return [task.application.number for task in page.tasks]


def change(file, **columns):
    Application.objects.filter(pk=file.pk).update(**columns)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("", "tab=waiting"),
        ("tab=seen&order=-name&cols=person,due", "tab=seen&order=-name&cols=person%2Cdue"),
        ("tab=none&late=1&unopened=yes&returned=9&standing=lost", "tab=waiting&late=1"),
        ("cycle=x&office=-1&step=1&since=2020-13-01&until=never", "tab=waiting"),
        (
            "step=3:formal_check&since=2020-03-01",
            "tab=waiting&step=3%3Aformal_check&since=2020-03-01",
        ),
        ("cycle=99999999999999999999&words=a%00b", "tab=waiting"),
    ],
)
def test_what_an_address_says_wrongly_is_not_asked(asked, kept):
    assert WorkQuery.of_address(asked).address == kept


def test_what_a_person_acted_on_is_done_wherever_it_is_now(world, file):
    world.pass_until("nominator_check", file)

    assert found(world.hospital_handler, "tab=done") == [file.number]
    assert found(world.hospital_discipline, "tab=done") == []
    assert found(world.kashgar_handler, "tab=done") == []


def test_each_tab_is_counted(world, file):
    many(file, 2)
    world.send_back(file, {"summary.deeds": "事迹"})

    counts = work.counts_of(world.hospital_handler)

    assert {tab: str(count) for tab, count in counts.items()} == {
        "signing": "0",
        "done": "1",
        "copied": "0",
        "returned": "1",
        "seen": "3",
        "drafting": "0",
    }


def test_who_types_for_nobody_has_tabs_as_well(world, file):
    counts = work.counts_of(world.hospital_discipline)

    assert [str(count) for count in counts.values()] == ["0", "0", "0", "0", "1", "0"]


def test_a_file_that_reached_two_of_ones_offices_is_counted_once(world, file, monkeypatch):
    many(file, 2)
    world.pass_until("nominator_check", file)
    appoint(world.hospital_handler, world.kashgar, Role.HANDLER, by=None)
    person = type(world.hospital_handler).objects.get(pk=world.hospital_handler.pk)
    monkeypatch.setattr(work, "MOST_COUNTED", 3)

    assert str(work.counts_of(person)["seen"]) == "3"
    assert str(work.counts_of(person)["done"]) == "1"


def test_more_than_a_thousand_are_not_counted(world, file, monkeypatch):
    many(file, 5)
    monkeypatch.setattr(work, "MOST_COUNTED", 3)

    assert str(work.counts_of(world.hospital_handler)["seen"]) == "3+"


@pytest.mark.parametrize(
    ("asked", "columns"),
    [
        ("late=1", {"due_at": "earlier"}),
        ("unopened=1", {"opened_at": None}),
        ("track=skilled", {"track": "skilled"}),
        ("mark=grassroots", {"marks": ["grassroots", "other"]}),
        ("since=2020-03-20", {"held_since": "later"}),
        ("words=买买", {}),
    ],
)
def test_a_filter_finds_what_it_says_and_nothing_else(world, file, asked, columns):
    others = many(file, 2)
    Application.objects.update(opened_at=file.held_since, marks=[])
    moments = {"earlier": file.held_since - timedelta(days=1)}
    moments["later"] = file.held_since + timedelta(days=10)
    change(file, **{name: _moment(moments, value) for name, value in columns.items()})

    person = world.hospital_handler

    assert found(person, f"tab=seen&{asked}") == [file.number]
    assert len(found(person, "tab=seen")) == 1 + len(others)


def _moment(moments, value):
    return moments.get(value, value) if isinstance(value, str) else value


def test_a_day_ends_with_its_midnight_in_beijing(world, file):
    change(file, held_since=file.held_since.replace(hour=15, minute=59))  # 23:59 there

    person, day = world.hospital_handler, file.held_since.date()

    assert found(person, f"tab=seen&until={day}") == [file.number]
    assert found(person, f"tab=seen&until={day - timedelta(days=1)}") == []


def test_how_often_a_file_was_returned_is_asked_by_number(world, file):
    (other,) = many(file, 1)
    world.send_back(file, {"summary.deeds": "事迹"})
    CorrectionItem.objects.update(reply="已改")
    world.submit(file)
    person = world.hospital_handler

    assert found(person, "tab=seen&returned=0") == [other.number]
    assert found(person, "tab=seen&returned=1") == [file.number]
    assert found(person, "tab=seen&returned=2") == []


def test_an_office_below_narrows_to_what_came_through_it(world, file):
    world.pass_until("nominator_check", file)
    person = world.kashgar_handler

    assert found(person, f"office={world.hospital.pk}") == [file.number]
    assert found(person, f"office={world.hotan_hospital.pk}") == []


@pytest.mark.parametrize("order", ["name", "-name", "number", "-number", "arrived", "-due", "due"])
def test_pages_follow_each_other_in_every_order(world, file, order):
    rest = many(file, work.PAGE + 4)
    for days, one in enumerate(rest[::3]):
        change(one, due_at=None if days % 2 else file.due_at + timedelta(days=days))
    person, query = world.hospital_handler, WorkQuery.of_address(f"order={order}")

    first = work.page_of(person, query)
    second = work.page_of(person, query, after=first.after)
    back = work.page_of(person, query, before=second.before)
    rows = work.rows_of(person, query).order_by(*query.ordered.terms())

    shown = [task.application.pk for task in (*first.tasks, *second.tasks)]
    assert shown == [one.pk for one in rows]
    assert back.tasks == first.tasks


def test_neighbours_are_of_the_very_list_one_came_from(world, file):
    second, third, fourth = many(file, 3)
    change(third, track="skilled")
    person = world.hospital_handler
    second.refresh_from_db()

    by_name = WorkQuery.of_address("order=-number&track=professional")

    assert work.neighbours(person, second, by_name) == (fourth.number, file.number)
    assert work.neighbours(person, second, WorkQuery.of_address("words=买买")) == (file.number, "")


def test_a_list_asks_the_database_alike_whatever_is_asked(world, file):
    many(file, 3)
    asked = "words=同事&late=1&returned=0&mark=grassroots&order=name"

    def queries(address):
        person = world.hospital_handler
        cycles = work.cycles_of(person)
        with CaptureQueriesContext(connection) as captured:
            work.page_of(person, WorkQuery.of_address(address), cycles=cycles)
        return len(captured)

    assert queries("") == queries(asked) == 1


def test_what_is_set_can_be_taken_away_one_by_one(world, file):
    person = world.hospital_handler
    query = WorkQuery.of_address("words=买买&late=1&since=2020-03-01&track=skilled")

    chips = chips_of(query, filters_of(person, query, work.cycles_of(person)))

    assert [chip.says for chip in chips] == [
        "“买买”",
        "类别：高技能人才",
        "到达从 2020年3月1日",
        "只看逾期",
    ]
    assert WorkQuery.of_address(chips[0].without) == query.but(words="")
    assert "track" not in WorkQuery.of_address(chips[1].without).asked


def test_a_person_with_two_posts_has_both_and_may_act_for_one(world, file):
    world.pass_until("nominator_check", file)
    (other,) = many(file, 1)
    change(other, holder=world.hotan)
    world.add_officer("both", "两处任职", "kashgar", Role.HANDLER)
    from_hotan = world.add_officer("second", "另一处", "hotan", Role.HANDLER)
    from_hotan.appointments.update(person=world.people["both"])

    person = world.both
    kashgar, _hotan = all_duties_of(person)
    assert sorted(found(person, "")) == sorted([file.number, other.number])

    act_for(person, kashgar.post)
    assert found(person, "") == [file.number]
    assert len(all_duties_of(person)) == 2

    act_for(person, 0)
    assert len(found(person, "")) == 2


def test_each_row_says_for_which_post_it_is(world, file):
    (task,) = work.page_of(world.hospital_handler, WorkQuery.of_address("cols=post")).tasks
    *_person, post = columns_of(WorkQuery.of_address("cols=post"))

    assert post.says(task) == "喀什地区第一人民医院（示例） · 经办"


def test_columns_that_do_not_exist_are_not_shown():
    columns = columns_of(WorkQuery.of_address("cols=born,none,sex"))

    assert [column.code for column in columns] == ["person", "sex", "born"]
    assert [column.code for column in columns_of(WorkQuery())][-1] == "due"
