"""The public desk: the guide, notices, objections, and what a receipt number answers."""

from datetime import date, datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from juxian.records.models import Objection, Proceeding, ProceedingItem
from juxian.records.packs import pack_of
from juxian.regulation.words import Kind, Nature
from juxian.selectors import public_notice
from tests.house.clock import set_clock
from tests.house.desks.office_world import many
from tests.house.world import BEIJING, FILING

pytestmark = pytest.mark.django_db

MONDAY = date(2020, 3, 16)
FRIDAY = date(2020, 3, 20)


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


def page(client, name, *args):
    response = client.get(reverse(f"public:{name}", args=args))
    return response.status_code, response.content.decode()


def notice(world, office, step, *files):
    """A notice of the files that runs from Monday to Friday."""
    listed = Proceeding.objects.create(
        cycle=world.cycle,
        office=office,
        step=step,
        kind=Kind.PUBLICIZE,
        opened_by=world.secretary,
        opened_at=FILING,
        starts_on=MONDAY,
        ends_on=FRIDAY,
        place="公告栏",
    )
    for file in files:
        ProceedingItem.objects.create(proceeding=listed, application=file, turn=1)
    return listed


@pytest.fixture
def posted(world):
    """A notice of two results on the organiser's site."""
    return notice(world, world.hr, "public_notice", world.submitted(), world.submitted(number=1))


@pytest.fixture
def within(world):
    """A notice inside the hospital."""
    return notice(world, world.hospital, "employer_notice", world.submitted())


def objection_to(listed, **changes):
    on = listed.items.first().application_id
    facts = "2019年的获奖证书与公布名单不符。"
    said = {"application": on, "category": "untrue", "facts": facts, "name": "甘愿"}
    return said | {"phone": "0998-1234567", "employer": ""} | changes


def test_the_home_page_names_the_open_call_with_its_deadline(client, world):
    status, html = page(client, "home")

    assert status == 200
    assert "2020年5月6日 周三 24:00 截止" in html
    assert reverse("public:guide", args=[world.cycle.code]) in html


def test_a_call_is_shown_as_closed_from_its_close_on(client, world):
    set_clock(world.cycle.closes_at)

    assert "已截止" in page(client, "home")[1]


@pytest.mark.clause("R1", "R64", "R72", "R75", "R76")
def test_the_guide_tells_conditions_materials_seats_dates_and_telephones(client, world):
    status, html = page(client, "guide", world.cycle.code)
    pack = pack_of(world.cycle)

    assert status == 200
    for clause in pack.clauses:
        if clause.nature is Nature.INFORMATION:
            assert clause.says in html
    for contact in pack.contacts:
        assert all(phone in html for phone in contact.phones)
    for track in pack.tracks:
        assert track.receiving.address in html
        assert track.receiving.postcode in html


@pytest.mark.clause("R33", "R34", "R35", "R38")
def test_the_guide_tells_how_many_each_office_may_recommend(client, world):
    html = page(client, "guide", world.cycle.code)[1]

    assert "各 4 名" in html
    assert "各 3 名" in html
    assert "各 5 名" in html
    assert "各 2 名" in html


def test_every_exclusion_condition_step_and_material_is_in_the_guide(client, world):
    html = page(client, "guide", world.cycle.code)[1].replace("&quot;", '"')
    pack = pack_of(world.cycle)
    said = [c.says for c in pack.conditions] + [s.title for s in pack.procedure.steps]

    assert [words for words in said if words not in html] == []
    assert [m.title for m in pack.materials if m.title not in html] == []


def test_a_call_that_was_never_opened_is_not_found(client, world):
    assert page(client, "guide", "2031-nothing")[0] == 404


def test_a_running_notice_is_listed_with_the_days_that_are_left(client, posted):
    status, html = page(client, "notices")

    assert status == 200
    assert "剩 5 个工作日" in html
    assert reverse("public:notice", args=[posted.pk]) in html


def test_a_notice_names_five_things_of_a_person_and_nothing_else(client, posted):
    status, html = page(client, "notice", posted.pk)
    listed = posted.items.select_related("application__employer").first().application

    assert status == 200
    for told in (listed.name, listed.employer.name, listed.title, listed.speciality, "女"):
        assert told in html
    for kept in (listed.number, "653100", str(listed.birth_date), "1971", "199000"):
        assert kept not in html


def test_a_notice_that_is_over_shows_no_names_any_more(client, posted):
    name = posted.items.select_related("application").first().application.name
    set_clock(datetime(2020, 12, 1, 11, tzinfo=BEIJING))

    status, html = page(client, "notice", posted.pk)

    assert status == 200
    assert "公示期已结束" in html
    assert name not in html


def test_an_internal_notice_is_not_listed_and_opens_by_its_key_alone(client, within):
    key = public_notice.key_of(within)

    assert reverse("public:notice", args=[within.pk]) not in page(client, "notices")[1]
    assert page(client, "notice", within.pk)[0] == 404
    assert page(client, "notice_by_key", within.pk, "0" * len(key))[0] == 404
    assert page(client, "notice_by_key", within.pk, key)[0] == 200


def test_an_internal_notice_opens_for_the_office_s_own_people(client, world, within):
    client.force_login(world.hospital_handler)
    assert page(client, "notice", within.pk)[0] == 200

    client.force_login(world.hotan_handler)
    assert page(client, "notice", within.pk)[0] == 404


def test_a_notice_that_has_not_begun_is_not_found(client, posted):
    set_clock(datetime(2020, 3, 1, 11, tzinfo=BEIJING))

    assert page(client, "notice", posted.pk)[0] == 404


@pytest.mark.clause("R53")
def test_an_objection_gets_a_receipt_and_its_objector_is_sealed(client, posted):
    address = reverse("public:objection", args=[posted.pk])

    response = client.post(address, objection_to(posted), follow=True)

    received = Objection.objects.get()
    assert received.receipt in response.content.decode()
    assert "甘愿" not in received.sealed_objector
    assert received.proceeding_id == posted.pk


def test_an_anonymous_objection_is_refused_beside_the_field_and_keeps_the_rest(client, posted):
    address = reverse("public:objection", args=[posted.pk])

    response = client.post(address, objection_to(posted, name=""))

    html = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_name_error"' in html
    assert "2019年的获奖证书与公布名单不符。" in html
    assert not Objection.objects.exists()


def test_nobody_can_object_to_a_person_who_is_not_on_the_list(client, world, posted):
    other = world.professional_draft(number=7)
    address = reverse("public:objection", args=[posted.pk])

    response = client.post(address, objection_to(posted, application=other.pk))

    assert response.status_code == 422
    assert not Objection.objects.exists()


def test_objections_in_quick_succession_are_sent_to_the_telephone(client, posted):
    address = reverse("public:objection", args=[posted.pk])
    for _time in range(5):
        client.post(address, objection_to(posted))

    response = client.post(address, objection_to(posted))

    assert response.status_code == 422
    assert Objection.objects.count() == 5


def test_the_receipt_page_is_nobody_s_without_an_objection(client, world):
    assert page(client, "objection_received")[0] == 404


def test_number_and_name_together_tell_how_far_a_file_is(client, world):
    file = world.submitted()

    response = client.post(
        reverse("public:progress"), {"number": file.number.lower(), "name": file.name}
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert "所在单位审核" in html


def test_a_wrong_number_a_wrong_name_and_a_draft_get_the_same_answer(client, world):
    file, draft = world.submitted(), world.professional_draft(number=1)
    asked = [(file.number, "别人"), ("XJ2020-A-99999", file.name), (draft.number, draft.name)]

    answers = [
        client.post(reverse("public:progress"), {"number": number, "name": name})
        for number, name in asked
    ]

    said = {response.context["form"].non_field_errors().as_text() for response in answers}
    assert [response.status_code for response in answers] == [422, 422, 422]
    assert len(said) == 1


@pytest.mark.clause("R57")
def test_a_check_code_proves_the_paper_and_a_later_turn_makes_it_void(client, world):
    file = world.submitted()
    first = file.submissions.get()
    code = "-".join((first.digest[:4], first.digest[4:8], first.digest[8:12])).upper()
    asked = {"number": file.number, "check": code}
    address = reverse("public:verify")

    assert "相符。" in client.post(address, asked).content.decode()

    first.pk, first.turn, first.digest = None, 2, "0" * 64
    first.save(force_insert=True)
    assert "已作废。" in client.post(address, asked).content.decode()


def test_all_that_a_page_s_code_says_may_be_pasted_as_the_number(client, world):
    file = world.submitted()
    digest = file.submissions.get().digest[:12].upper()

    response = client.post(
        reverse("public:verify"), {"number": f"J1:{file.number}:1:{digest}:1:1/9", "check": ""}
    )

    assert "相符。" in response.content.decode()


def test_a_wrong_check_code_and_a_wrong_number_get_the_same_answer(client, world):
    file = world.submitted()
    right = file.submissions.get().digest[:12]
    address = reverse("public:verify")

    wrong_code = client.post(address, {"number": file.number, "check": "0" * 12})
    wrong_number = client.post(address, {"number": "XJ2020-A-99999", "check": right})

    said = [
        answer.context["form"].non_field_errors().as_text() for answer in (wrong_code, wrong_number)
    ]
    assert [wrong_code.status_code, wrong_number.status_code] == [422, 422]
    assert said[0] == said[1]


def test_every_page_ends_with_whom_to_call(client, posted):
    (contact, *_rest) = pack_of(posted.cycle).contacts

    for name, *args in (
        ("home",),
        ("guide", posted.cycle.code),
        ("notices",),
        ("notice", posted.pk),
        ("objection", posted.pk),
        ("progress",),
        ("verify",),
    ):
        html = page(client, name, *args)[1]
        assert contact.phones[0] in html.partition('<footer class="foot">')[2]


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_notices(
    client, world, django_assert_max_num_queries, count
):
    file = world.submitted()
    for _time in range(count):
        notice(world, world.hr, "public_notice", file)

    with django_assert_max_num_queries(6):
        client.get(reverse("public:home"))
    with django_assert_max_num_queries(8):
        client.get(reverse("public:notices"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_names(
    client, world, django_assert_max_num_queries, count
):
    file = world.submitted()
    listed = notice(world, world.hr, "public_notice", *many(file, count))

    for name in ("notice", "objection"):
        with django_assert_max_num_queries(8):
            status, html = page(client, name, listed.pk)
        assert (status, html.count(file.employer.name) >= count) == (200, True)


def test_large_letters_are_remembered_and_taken_back(client, world):
    address = reverse("common:reading")

    client.post(address, {"size": "large", "next": "/"})
    assert 'class="large"' in page(client, "home")[1]

    client.post(address, {"size": "", "next": "/"})
    assert 'class="large"' not in page(client, "home")[1]


def test_the_reading_size_never_leads_to_another_site(client, world):
    response = client.post(
        reverse("common:reading"), {"size": "large", "next": "https://elsewhere.example/"}
    )

    assert response.headers["Location"] == "/"
