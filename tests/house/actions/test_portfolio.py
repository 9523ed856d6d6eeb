"""Bringing what was submitted before into a draft, with its source, and taking it out again."""

import pytest

from juxian.actions import application as acts
from juxian.actions import portfolio
from juxian.records.models import Section, Trace
from juxian.records.sealing import is_sealed
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady, Stale
from juxian.selectors import portfolio as read
from juxian.selectors.facts import answers_of
from tests.house.earlier import earlier

pytestmark = pytest.mark.django_db

VERIFIED = "来自 2020 年申报 BF2020-A-00001（喀什地区第一人民医院（示例）已核验）"


@pytest.fixture
def before(world):
    return earlier(world, until="peer_review")


@pytest.fixture
def draft(world):
    return acts.begin(
        world.cycle.pk, by=world.applicant, employer_id=world.hospital.pk, track="professional"
    )


def section(file, code):
    return Section.objects.get(application=file, code=code)


def bring(world, draft, before):
    return portfolio.bring(draft.pk, before.number, by=world.applicant)


def test_a_draft_is_filled_at_once_and_every_answer_says_where_it_came_from(world, before, draft):
    brought = bring(world, draft, before)

    answers, told = answers_of(draft), answers_of(before)
    assert answers["basic"]["mobile"] == told["basic"]["mobile"]
    assert [row["name"] for row in answers["achievements"]["awards"]] == [
        row["name"] for row in told["achievements"]["awards"]
    ]
    kept = section(draft, "basic")
    assert (kept.version, is_sealed(kept.values["mobile"])) == (1, True)
    assert read.sources_in(kept)["mobile"] == VERIFIED
    row = answers["achievements"]["papers"][0]["id"]
    assert read.sources_in(section(draft, "achievements"))[f"papers.{row}"] == VERIFIED
    trace = Trace.objects.get(act="bring")
    assert trace.detail == {
        "source": before.number,
        "fields": brought.fields,
        "rows": brought.rows,
    }
    assert (brought.fields > 40, brought.rows) == (True, 21)


def test_the_columns_of_the_application_follow(world, before, draft):
    bring(world, draft, before)

    draft.refresh_from_db()
    assert (draft.id_mark, draft.title) == (before.id_mark, before.title)


def test_pressed_twice_it_brings_nothing_a_second_time(world, before, draft):
    bring(world, draft, before)
    kept = answers_of(draft)

    with pytest.raises(NotReady, match="能带入的都已经填写"):
        bring(world, draft, before)
    assert answers_of(draft) == kept


def test_a_changed_answer_loses_its_mark_and_the_others_keep_theirs(world, before, draft):
    bring(world, draft, before)
    basic = section(draft, "basic")

    acts.save_section(
        draft.pk, "basic", {"email": "new@example.cn"}, by=world.applicant, version=basic.version
    )

    marked = section(draft, "basic").sources
    assert ("email" in marked, "mobile" in marked) == (False, True)


def test_taken_out_again_only_what_was_changed_since_stays(world, before, draft):
    acts.save_section(
        draft.pk, "career", {"summary": "自己写的经历"}, by=world.applicant, version=0
    )
    bring(world, draft, before)
    basic = section(draft, "basic")
    acts.save_section(
        draft.pk, "basic", {"email": "new@example.cn"}, by=world.applicant, version=basic.version
    )

    portfolio.take_out(draft.pk, by=world.applicant)

    answers = answers_of(draft)
    filled = {
        code: {name: value for name, value in values.items() if value not in ("", [])}
        for code, values in answers.items()
    }
    assert {code: values for code, values in filled.items() if values} == {
        "basic": {"email": "new@example.cn"},
        "career": {"summary": "自己写的经历"},
    }
    with pytest.raises(NotReady, match="没有可以撤销"):
        portfolio.take_out(draft.pk, by=world.applicant)


def test_only_one_s_own_earlier_form_is_brought_and_only_into_one_s_own(world, before, draft):
    other = earlier(world, number=1, code="another", numbering="AN2019")

    with pytest.raises(NotPossible, match="没有这份"):
        bring(world, draft, other)
    with pytest.raises(NotAllowed):
        portfolio.bring(draft.pk, before.number, by=world.hospital_handler)
    with pytest.raises(NotAllowed):
        portfolio.take_out(draft.pk, by=world.hospital_handler)
    with pytest.raises(NotPossible, match="没有这份"):
        bring(world, draft, draft)


def test_a_form_sent_back_is_not_filled_this_way(world, before):
    file = world.submitted()
    world.send_back(file, {"basic.mobile": "手机"})

    with pytest.raises(NotPossible, match="退回修改时只改退回的内容"):
        bring(world, file, before)


def test_a_draft_that_was_never_submitted_is_no_source(world, draft):
    assert read.sources_of(world.applicant) == ()


def test_an_unverified_form_says_so(world, draft):
    bring(world, draft, earlier(world))

    assert read.sources_in(section(draft, "basic"))["mobile"] == (
        "来自 2020 年申报 BF2020-A-00001（未经核验）"
    )


def test_equal_entries_are_listed_once_with_all_their_sources_the_verified_first(world, before):
    again = earlier(world, code="again", numbering="AG2019")

    shelves = {shelf.kind: shelf for shelf in read.shelves_of(read.sources_of(world.applicant))}

    (paper,) = shelves["paper"].entries
    assert [one.number for one in paper.sources] == [before.number, again.number]
    assert paper.verified == ("喀什地区第一人民医院（示例）",)
    assert [len(shelves[kind].entries) for kind in ("award", "degree", "post")] == [2, 2, 4]


def choices(world, draft):
    form = read.pack_of(draft.cycle).form.for_track(draft.track)
    table = form.section("achievements").field("awards")
    rows = answers_of(draft).get("achievements", {}).get("awards", [])
    return read.choices_for(read.sources_of(world.applicant, draft), form, table, rows)


def test_picked_entries_come_behind_the_rows_that_are_there(world, before, draft):
    mine = {"id": "mine", "name": "自己填的奖"}
    acts.save_section(draft.pk, "achievements", {"awards": [mine]}, by=world.applicant, version=0)
    second = choices(world, draft)[1]
    to = (draft.pk, "achievements", "awards", [second.entry.id])

    with pytest.raises(Stale):
        portfolio.bring_entries(*to, by=world.applicant, version=0)
    assert portfolio.bring_entries(*to, by=world.applicant, version=1) == 1

    rows = answers_of(draft)["achievements"]["awards"]
    assert [row["name"] for row in rows] == ["自己填的奖", "地区科技进步奖"]
    assert [one.is_there for one in choices(world, draft)] == [False, True]
    with pytest.raises(NotReady, match="请至少勾选一条"):
        portfolio.bring_entries(*to, by=world.applicant, version=2)
