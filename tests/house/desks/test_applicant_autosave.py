"""The page's script saves what is typed, whatever it is, and nothing that is not open."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from juxian.actions import application as acts
from juxian.records.models import CorrectionItem, Trace
from juxian.selectors.facts import answers_of
from tests.house.desks.filled_pages import at, auto, typed_into, version

pytestmark = pytest.mark.django_db

MOST_OF_AN_AUTOSAVE = 10  # two of them open and close the transaction


def test_the_page_s_script_saves_by_itself_under_the_page_s_version(me, draft):
    answer = auto(me, at("section", draft, "basic"), postcode="844000", version=0)

    told = answer.json()
    assert (answer.status_code, told["state"], told["version"]) == (200, "saved", 1)
    assert told["says"].startswith("已自动保存 ")
    assert 1790 <= told["left"] <= 1800
    assert answers_of(draft)["basic"]["postcode"] == "844000"


def test_a_draft_is_saved_with_whatever_was_typed(me, draft):
    answer = auto(me, at("section", draft, "basic"), resident_id="6531", mobile="?", version=0)

    assert answer.json()["state"] == "saved"
    assert answers_of(draft)["basic"]["resident_id"] == "6531"


def test_a_save_whose_answer_was_lost_is_acknowledged_when_it_is_sent_again(me, draft):
    address = at("section", draft, "basic")
    auto(me, address, postcode="844000", version=0)
    traces = Trace.objects.count()

    again = auto(me, address, postcode="844000", version=0).json()

    assert (again["state"], again["version"]) == ("saved", 1)
    assert Trace.objects.count() == traces


def test_a_new_row_sent_again_because_its_answer_was_lost_is_one_row(me, draft):
    address = at("row", draft, "assessment", "years", "new")
    page = typed_into(me, address, year="2019", result="excellent")

    first, again = (auto(me, address, **page).json() for _time in range(2))

    (row,) = answers_of(draft)["assessment"]["years"]
    assert (row["year"], first["version"], again["version"]) == (2019, 1, 1)
    assert first["here"] == at("row", draft, "assessment", "years", row["id"])


def test_a_row_that_is_saved_by_itself_goes_on_being_the_same_row(me, draft):
    address = at("row", draft, "assessment", "years", "new")
    page = typed_into(me, address, year="2019")
    told = auto(me, address, **page).json()
    later = page | {"version": told["version"], "base": told["base"], "result": "excellent"}

    auto(me, told["here"], **later)

    (row,) = answers_of(draft)["assessment"]["years"]
    assert (row["year"], row["result"]) == (2019, "excellent")


def test_a_submitted_form_takes_nothing_and_says_where_it_is_now(me, world, full):
    page = typed_into(me, at("section", full, "summary"), deeds="提交以后写的")
    world.submit(full)

    answer = auto(me, at("section", full, "summary"), **page)
    pressed = me.post(at("section", full, "summary"), page | {"go": "next"})

    assert (answer.status_code, answer.json()) == (
        409,
        {"state": "closed", "says": "申报已经提交，不能再修改。", "url": at("form", full)}
        | {"says": "已提交的申报不能修改；如需修改，请联系办理单位退回。"},
    )
    assert pressed.status_code == 409
    assert "提交以后写的" in pressed.content.decode()
    assert answers_of(full)["summary"]["deeds"] != "提交以后写的"


def test_a_returned_form_takes_only_what_was_opened(me, world, full):
    before = answers_of(full)
    world.submit(full)
    world.send_back(full, {"summary.deeds": "主要突出贡献事迹（简）"})
    other = next(code for code in before["summary"] if code != "deeds")
    typed = {"deeds": "改写的", other: "夹带的"}

    answer = auto(me, at("section", full, "summary"), **typed, version=version(full, "summary"))
    shut = auto(me, at("section", full, "basic"), postcode="1", version=version(full, "basic"))

    assert answer.json()["state"] == "saved"
    assert answers_of(full)["summary"]["deeds"] == "改写的"
    assert answers_of(full)["summary"][other] == before["summary"][other]
    assert (shut.status_code, shut.json()["url"]) == (409, at("returned", full))
    assert answers_of(full)["basic"] == before["basic"]
    assert CorrectionItem.objects.count() == 1


def test_a_stranger_saves_nothing(client, world, draft):
    client.force_login(world.stranger)

    assert auto(client, at("section", draft, "basic"), postcode="1", version=0).status_code == 404


def queries_of_an_autosave(me, file, section, **typed):
    address = at("section", file, section)
    page = typed_into(me, address, **typed)
    with CaptureQueriesContext(connection) as asked:
        answer = auto(me, address, **page)
    assert answer.json()["version"] == int(page["version"][0]) + 1
    return [query["sql"] for query in asked]


def test_an_autosave_asks_little_of_the_database_and_the_same_for_any_number_of_rows(
    me, world, full
):
    queries_of_an_autosave(me, full, "assessment", punishment_detail="〇")  # dates the session
    few = queries_of_an_autosave(me, full, "assessment", punishment_detail="一")
    row = answers_of(full)["assessment"]["years"][0]
    rows = [row | {"id": f"r{number}", "year": 1990 + number} for number in range(30)]
    acts.save_section(
        full.pk,
        "assessment",
        {"years": rows},
        by=world.applicant,
        version=version(full, "assessment"),
    )

    many = queries_of_an_autosave(me, full, "assessment", punishment_detail="二")

    assert len(few) == len(many)
    assert len(many) <= MOST_OF_AN_AUTOSAVE, "\n".join(many)


def test_an_autosave_of_the_core_facts_asks_but_once_more_while_they_stay_the_same(me, full):
    queries_of_an_autosave(me, full, "basic", former_name="〇")

    asked = queries_of_an_autosave(me, full, "basic", former_name="一")

    assert len(asked) <= MOST_OF_AN_AUTOSAVE + 1, "\n".join(asked)
    assert [sql for sql in asked if sql.startswith('UPDATE "records_application"')] == []


def test_asking_how_long_the_session_lasts_does_not_lengthen_it_and_going_on_does(me):
    me.get(reverse("applicant:home"))
    session = me.session
    session["dated"] = int(time.time()) - 1600
    session.save()

    asked = [me.get(reverse("common:session")).json()["left"] for _time in range(2)]
    went_on = me.post(reverse("common:session")).json()["left"]

    assert all(195 <= left <= 200 for left in asked)
    assert 1795 <= went_on <= 1800


def test_who_is_not_signed_in_has_nothing_left(client, db):
    assert client.get(reverse("common:session")).json() == {"left": 0}
