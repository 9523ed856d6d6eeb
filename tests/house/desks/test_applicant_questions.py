"""Questions of the form: long code lists, what is brought out by itself, how they are grouped."""

import gzip
import json
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from juxian.actions import application as acts
from juxian.desks.common import code_lists
from juxian.records.packs import pack_of
from juxian.records.readings import readings
from juxian.regulation.identity import RESIDENT_ID_SAYS
from juxian.selectors.facts import answers_of
from tests.house.desks.shown import shown

pytestmark = pytest.mark.django_db

MOST_LETTERS = 60_000  # of a page with every question unanswered


@pytest.fixture
def me(client, world):
    """The applicant, signed in."""
    client.force_login(world.applicant)
    return client


@pytest.fixture
def full(world):
    return world.professional_draft()


def at(file, section):
    return reverse("applicant:section", args=[file.number, section])


def menu(html, name):
    return re.search(rf'<select[^>]*name="{name}".*?</select>', html, re.DOTALL).group()


def codes_of(answer):
    return json.loads(gzip.decompress(answer.content))


def test_a_long_list_stands_in_the_page_with_its_pick_and_path_alone(me, full):
    html = me.get(at(full, "speciality")).content.decode()

    found = menu(html, "main_discipline")
    assert re.findall(r'<option value="(\w+)"', found) == ["32024"]
    assert 'data-path="临床医学">内科学</option>' in found
    assert "<noscript><meta" in html


def test_no_page_of_the_form_carries_its_lists(me, full):
    form = pack_of(full.cycle).form.for_track("professional")
    sizes = {s.code: len(me.get(at(full, s.code)).content) for s in form.sections}

    assert {code: size for code, size in sizes.items() if size > MOST_LETTERS} == {}


def test_who_runs_no_scripts_is_led_to_the_page_with_the_whole_lists(me, full):
    led = re.search(r'content="0; url=([^"]+)"', me.get(at(full, "speciality")).content.decode())

    html = me.get(led.group(1)).content.decode()

    assert led.group(1) == at(full, "speciality") + "?lists=whole"
    assert menu(html, "main_discipline").count("<option") == 1 + 738
    assert '<optgroup label="临床医学">' in html
    assert "<noscript>" not in html


def test_a_page_told_to_mend_has_its_whole_lists_again(me, full):
    page = at(full, "basic") + "?lists=whole"
    sent = shown(me.get(page))
    scrap = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")

    answer = me.post(page, sent | {"ethnic_group": ["03"], "photo": scrap})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r'value="03" selected', html) == ['value="03" selected']
    assert menu(html, "native_place").count("<option") > 100


@pytest.mark.parametrize("query", ["", "?lists=whole"])
def test_a_page_sent_back_as_it_was_shown_keeps_every_pick(me, full, query):
    before = picks_of(full)

    for section in ("basic", "post", "speciality"):
        page = at(full, section) + query
        assert me.post(page, shown(me.get(page)) | {"go": "tasks"}).status_code == 302

    assert picks_of(full) == before
    assert len(before) == 14


def picks_of(file):
    """What is picked of code lists, by section and field."""
    return {
        (section.code, asked.code): answers_of(file)[section.code].get(asked.code)
        for section in pack_of(file.cycle).form.for_track("professional").sections
        for asked in section.fields
        if asked.code_list
    }


def test_a_pick_that_is_no_longer_offered_is_not_lost_on_the_way(me, full):
    form = pack_of(full.cycle).form
    past = next(code for code in form.codes["regions"].codes if code.until)
    version = full.sections.get(code="basic").version
    given = {"native_place": past.value}
    acts.save_section(full.pk, "basic", given, by=full.applicant, version=version)

    sent = shown(me.get(at(full, "basic")))

    assert sent["native_place"] == [past.value]


def test_a_code_list_is_read_by_anybody_and_kept_until_it_changes(client, world):
    codes = pack_of(world.cycle).form.codes["disciplines"]
    address = code_lists.address_of(codes, ("second",))

    answer = client.get(address)

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    whole = codes_of(answer)
    assert [row[1] for row in whole["codes"]] == [c.label for c in codes.in_force(("second",))]
    medicine = next(row for row in whole["codes"] if row[1] == "内科学")
    assert medicine == ["32024", "内科学", "nei|na|rui ke xue", medicine[3], "320", "07"]
    assert whole["paths"][medicine[3]] == "临床医学"


def test_a_signed_in_reader_keeps_a_code_list_as_well(me, full):
    address = code_lists.address_of(pack_of(full.cycle).form.codes["regions"])

    assert "immutable" in me.get(address).headers["Cache-Control"]
    assert "no-store" not in me.get(address).headers["Cache-Control"]
    assert "no-store" in me.get(at(full, "basic")).headers["Cache-Control"]


def test_a_list_asked_for_by_an_earlier_address_is_answered_but_not_kept(client):
    answer = client.get(reverse("common:code_list", args=["titles", "000000000000"]))

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_there_is_no_list_of_another_name(client):
    assert client.get(reverse("common:code_list", args=["people", "0"])).status_code == 404


def test_a_path_names_all_that_stands_above(world):
    codes = pack_of(world.cycle).form.codes
    titles, regions = codes["titles"], codes["regions"]

    assert code_lists.path_of(titles, codes["title_series"], titles.get("04101")) == "卫生技术"
    kashgar = next(code for code in regions.codes if code.label == "喀什市")
    path = code_lists.path_of(regions, regions, kashgar)
    assert path == "新疆维吾尔自治区 › 喀什地区"


@pytest.mark.parametrize(
    ("text", "read"),
    [("重庆", "zhong|chong|tong qing"), ("会计师", "hui|kuai ji shi"), ("IT业", "it ye")],
)
def test_a_character_is_found_by_each_of_its_readings(text, read):
    assert readings(text) == read


def told(html, name):
    """What the page tells its script of a field that follows another."""
    found = re.search(rf'data-follows="([^"]+)" id="f-{name}-field"', html).group(1)
    return json.loads(unescape(found))


def test_a_page_says_what_a_discipline_a_type_and_an_id_bring_out(me, full):
    post = me.get(at(full, "post")).content.decode()
    basic = me.get(at(full, "basic")).content.decode()
    panel = told(me.get(at(full, "speciality")).content.decode(), "panel")

    assert (panel["field"], panel["label"], panel["attribute"]) == (
        "main_discipline",
        "主要学科",
        "panel",
    )
    assert panel["values"]["07"] == "07"
    assert told(post, "nonpublic")["values"] == {"no": "false", "yes": "true"}
    assert told(basic, "sex") == {
        "field": "resident_id",
        "label": "证件号码",
        "attribute": "sex",
        "values": {},
    }


def test_a_page_brings_the_sentences_of_a_number_that_cannot_be_right(me, full):
    html = me.get(at(full, "basic")).content.decode()

    says = re.search(r'id="f-resident_id"[^>]*data-says="([^"]+)"', html).group(1)

    assert json.loads(unescape(says)) == RESIDENT_ID_SAYS


def test_no_address_of_a_list_names_what_a_person_picked(me, full):
    html = me.get(at(full, "basic")).content.decode()

    assert set(re.findall(r'data-codes="/lists/([\w-]+)/', html)) == {"ethnic_groups", "regions"}


def test_the_questions_of_a_long_part_stand_under_their_headings(me, full):
    html = me.get(at(full, "basic")).content.decode()

    headings = re.findall(r'<h2 class="h3" id="g-\d">([^<]+)</h2>', html)
    assert headings == ["个人身份", "国籍、民族和籍贯", "参加工作", "联系方式"]
    last = html[html.index("联系方式") :]
    assert re.findall(r'id="f-(\w+)-field"', last) == [
        "mobile",
        "office_phone",
        "email",
        "address",
        "postcode",
    ]
    assert '<h2 class="h3" id="g-' not in me.get(at(full, "speciality")).content.decode()
