"""What a section begins with: what the register, the employer's forms and other sections tell."""

import re

import pytest

from juxian.actions import application as acts
from juxian.records.models import Office
from juxian.selectors.facts import answers_of
from tests.house.desks.shown import shown
from tests.house.desks.table_world import at, begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def draft(world):
    return begun(world)


def test_where_the_employer_is_comes_from_the_register(me, world, draft):
    place = {"address": "喀什市示例路1号", "postcode": "844000"}
    standing = {"affiliation": "40", "region": "653101"}
    Office.objects.filter(pk=world.hospital.pk).update(**place, **standing)

    basic = shown(me.get(at("section", draft, "basic")))
    post = shown(me.get(at("section", draft, "post")))

    assert (basic["address"], basic["postcode"]) == (["喀什市示例路1号"], ["844000"])
    assert (post["affiliation"], post["location"]) == (["40"], ["653101"])
    assert post.get("economic_type", [""]) == [""]


def test_what_an_employer_verified_of_itself_is_not_asked_of_its_next_applicant(me, world, draft):
    other = world.professional_draft(number=1)
    world.submit(other)
    before = shown(me.get(at("section", draft, "post")))
    world.pass_step(other)

    after = shown(me.get(at("section", draft, "post")))

    told = answers_of(other)["post"]
    unit = ("employer_kind", "economic_type", "industry", "location")
    assert [before.get(name, [""]) for name in unit] == [[""]] * 4
    assert [after[name] for name in unit] == [[told[name]] for name in unit]
    assert after["nonpublic"] == ["false"]  # as the type says
    personal = ("department", "post_grade", "administrative_post", "epidemic_place")
    assert [after.get(name, [""]) for name in personal] == [[""]] * 4


def test_the_papers_to_be_named_begin_as_the_list_of_those_filled_in(me, draft):
    facts = {"journal": "某杂志", "issue": "2019,47(3):215-220", "author": "first", "rank": 1}
    papers = [
        {"id": "p1", "title": "甲", "representative": True, **facts},
        {"id": "p2", "title": "乙", "representative": False, **facts},
    ]
    acts.save_section(draft.pk, "achievements", {"papers": papers}, by=draft.applicant, version=0)

    html = me.get(at("section", draft, "summary")).content.decode()

    text = "甲，某杂志，2019,47(3):215-220，第一作者，本人排名1。"
    assert re.search(r'name="papers"[^>]*>([^<]*)</textarea>', html)[1] == text
    assert "按“论文”所填列出，请核对、补充。" in html


def test_a_row_begins_with_what_repeats_of_the_last_one(me, draft):
    address = at("row", draft, "title", "titles", "new")
    first = {"name": "011", "committee": "某评审委员会", "certificate": "示例-1"}
    me.post(address, {"version": 0, **first})

    begins = shown(me.get(address))

    assert (begins["committee"], begins["certificate"]) == (["某评审委员会"], [""])
