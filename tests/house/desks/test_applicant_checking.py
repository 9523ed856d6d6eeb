"""The page of the check: every rule, every planted error, and nothing against a sound form."""

import pytest
from django.db import connection

from juxian.actions import application as acts
from juxian.actions import evidence
from juxian.actions.submission import submit
from juxian.records import sealing
from juxian.records.clock import now
from juxian.records.models import Evidence, Examination
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotReady
from juxian.selectors.facts import answers_of
from tests.house.desks.planted import PLANTED, at, change
from tests.house.world import PDF
from tests.rules.sample_answers import professional_sample

pytestmark = pytest.mark.django_db

PROVEN = ("honours", "awards", "projects", "papers", "mentoring")
SHOWN = ("must", "hint", "office")


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def sound(world):
    """A form without a fault, every row of it proved."""
    full = world.professional_draft()
    for material in PROVEN:
        evidence.attach(full.pk, by=full.applicant, material=material, title="证书", content=PDF)
    full.refresh_from_db()
    return full


def page(me, file):
    return me.get(at("check", file))


def told(me, file):
    """All that the page says against the form: (group, sentence), places and their addresses."""
    context = page(me, file).context
    lines = {
        (group, line.says, place.says, place.url)
        for group in SHOWN
        for line, places in context[group]
        for place in places
    }
    lines |= {
        ("gap", title, place.says, place.url)
        for title, places in context["gaps"] + context["unproved"]
        for place in places
    }
    return lines | {("doubt", "", place.says, place.url) for place in context["doubtful"]}


@pytest.mark.clause("R62")
def test_a_sound_form_has_nothing_against_it_and_shows_every_rule_it_meets(me, sound):
    response = page(me, sound)

    context = response.context
    rules = [c for c in pack_of(sound.cycle).conditions if not c.tracks or sound.track in c.tracks]
    assert told(me, sound) == set()
    assert (context["count"], context["later"]) == (0, [])
    assert len(context["met"]) == len(rules)
    html = response.content.decode()
    for rule in rules:
        assert (rule.question if rule.exclusion else rule.says) in html


@pytest.mark.clause("R62")
@pytest.mark.parametrize(("plant", "found"), PLANTED)
def test_a_planted_error_is_found_where_it_stands_and_nothing_else(me, sound, plant, found):
    before = told(me, sound)

    plant(sound)

    wanted = found(sound)
    assert told(me, sound) - before == ({wanted} if wanted else set())
    refused = wanted is not None and wanted[0] in ("must", "gap")
    assert page(me, sound).context["count"] == int(refused)
    if refused:
        with pytest.raises(NotReady) as refusal:
            submit(sound.pk, by=sound.applicant, signed_name=sound.name, declared=True)
        assert len(refusal.value.faults) == 1
    else:
        submit(sound.pk, by=sound.applicant, signed_name=sound.name, declared=True)


@pytest.mark.clause("R42")
def test_the_same_person_in_two_units_is_told_once_all_else_is_well(me, world, sound):
    other = world.add_person("double", "又一人")
    twin = world.draft(other, world.hospital, "professional", professional_sample())
    world.submit(twin)

    context = page(me, sound).context
    said = "同一证件号码在本批次已有一份申报，不能重复申报；如非本人所为，请联系受理部门"
    assert [[place.says for place in places] for _title, places in context["gaps"]] == [[said]]

    change(sound, "basic", postcode="")
    assert said not in page(me, sound).content.decode()
    assert sound.id_mark == sealing.mark(professional_sample()["basic"]["resident_id"])


@pytest.mark.clause("R61")
def test_a_page_that_a_worker_doubts_is_told_with_its_number_and_its_slot(me, sound):
    file = Evidence.objects.filter(application=sound, material="honours").get()
    Examination.objects.create(
        file=file.file,
        doubts=[{"page": 1, "kind": "sideways"}, {"page": 2, "kind": "blurred"}],
        examined_at=now(),
    )

    said = [place.says for place in page(me, sound).context["doubtful"]]

    assert said[:2] == ["居民身份证：第1页方向不正", "居民身份证：第2页字迹模糊"]
    assert said.count("荣誉和人才计划证书“证书”：第1页方向不正") == 1
    assert f"{at('evidence', sound)}#m-honours" in page(me, sound).content.decode()


def test_files_are_said_to_be_looked_at_only_while_a_worker_runs(me, sound):
    said = "尚在检查"
    assert said not in page(me, sound).content.decode()

    beat(0)
    assert said in page(me, sound).content.decode()

    beat(1)
    assert said not in page(me, sound).content.decode()


def beat(hours):
    """One worker, last heard of so long ago."""
    heard = (
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * '1h'::interval)"
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(heard, [hours])


@pytest.mark.clause("R66")
def test_a_row_without_a_file_leads_to_the_slot_for_it(me, world, sound):
    awards = Evidence.objects.filter(application=sound, material="awards")
    for file in awards:
        evidence.detach(file.pk, by=world.applicant)
    evidence.attach(
        sound.pk,
        by=world.applicant,
        material="awards",
        title="证书",
        content=PDF,
        claim="achievements.awards.award-1",
    )

    assert told(me, sound) == {
        (
            "gap",
            "获奖证书",
            "“获奖”第2条“地区科技进步奖”",
            f"{at('evidence', sound)}?claim=achievements.awards.award-2#m-awards",
        )
    }
    assert page(me, sound).context["count"] == 0


@pytest.mark.clause("R14b")
def test_what_counts_in_the_window_is_counted_and_what_does_not_says_why(me, sound):
    window, tables = page(me, sound).context["counted"][0]

    assert (window.window, window.total) == ("2015年1月1日至2020年5月6日", 4)
    assert [(t.label, t.counted, [p.says for p in left_out]) for t, left_out in tables] == [
        ("获奖", 1, ["第2条“地区科技进步奖”：2012年11月，早于2015年1月1日"]),
        ("科研项目", 1, []),
        ("论文", 1, []),
        ("带徒传技与人才培养", 1, []),
    ]


@pytest.mark.clause("R62")
def test_an_empty_form_is_asked_to_be_filled_and_held_against_nobody(me, world):
    begun = acts.begin(
        world.cycle.pk, by=world.applicant, employer_id=world.hospital.pk, track="professional"
    )

    context = page(me, begun).context

    assert [line.says for line, _places in context["must"]] == ["近5年有专业技术业绩、成果和贡献"]
    assert context["hint"] == []
    assert [line for line, _places in context["met"] if line.found == ""] != []
    tasks = me.get(at("tasks", begun)).context["blocking"]
    assert tasks == context["count"]


@pytest.mark.clause("R63")
def test_what_a_return_asks_for_is_told_until_it_is_mended_or_answered(me, world, sound):
    world.submit(sound)
    world.send_back(sound, {"post.department": "所在部门"})

    context = page(me, sound).context
    said = [place for _title, places in context["gaps"] for place in places]
    assert [(one.says, one.url) for one in said] == [
        ("所在部门：请修改，或书面答复", at("returned", sound))
    ]
    assert me.get(at("tasks", sound)).context["blocking"] == context["count"] == 1
    with pytest.raises(NotReady, match="所在部门：请修改，或书面答复"):
        submit(sound.pk, by=sound.applicant, signed_name=sound.name, declared=True)

    change(sound, "post", department="内科")
    assert page(me, sound).context["count"] == 0


@pytest.mark.parametrize("returned", [False, True])
def test_the_page_takes_at_most_twelve_queries_whatever_the_rows_and_files(
    me, world, sound, django_assert_max_num_queries, returned
):
    awards = [
        {**answers_of(sound)["achievements"]["awards"][0], "id": f"a{n}", "rank": 9}
        for n in range(20)
    ]
    for _one in range(20):
        evidence.attach(sound.pk, by=world.applicant, material="awards", title="", content=PDF)
    if returned:
        world.submit(sound)
        world.send_back(sound, {"achievements": "业绩成果"})
    change(sound, "achievements", awards=awards)
    for name in ("check", "tasks"):
        me.get(at(name, sound))
        with django_assert_max_num_queries(12):
            me.get(at(name, sound))
