"""The applicant's desk while the form is filled: beginning, sections, rows, and what is kept."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from juxian.actions import application as acts
from juxian.records.models import Application
from juxian.records.packs import pack_of
from juxian.selectors.facts import answers_of
from tests.house.clock import set_clock
from tests.house.desks.shown import shown
from tests.house.world import kept_of, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client, world):
    """The applicant, signed in."""
    client.force_login(world.applicant)
    return client


@pytest.fixture
def draft(world):
    """Begun, nothing filled."""
    return acts.begin(
        world.cycle.pk,
        by=world.applicant,
        employer_id=world.hospital.pk,
        track="professional",
    )


@pytest.fixture
def full(world):
    return world.professional_draft()


def at(name, file, *args):
    return reverse(f"applicant:{name}", args=[file.number, *args])


def test_an_applicant_finds_the_open_call_and_begins_with_an_employer_found_by_a_few_words(
    me, world
):
    assert world.cycle.title in me.get(reverse("applicant:home")).content.decode()
    address = reverse("applicant:begin", args=[world.cycle.code])
    found = me.get(address, {"q": "喀什 医院"})
    assert "喀什地区第一人民医院（示例）" in found.content.decode()

    response = me.post(
        f"{address}?q=喀什 医院", {"employer": world.hospital.pk, "track": "professional"}
    )

    begun = Application.objects.get()
    assert response.headers["Location"] == at("section", begun, "basic")
    assert (begun.employer, begun.track) == (world.hospital, "professional")


def test_an_employer_of_nearly_that_name_is_offered_and_not_chosen_for_the_applicant(me, world):
    address = reverse("applicant:begin", args=[world.cycle.code])

    html = me.get(address, {"q": "喀什第一人民医院"}).content.decode()

    assert "没有完全相同的单位，下面是名称相近的。" in html
    assert "喀什地区第一人民医院（示例）" in html
    assert "checked" not in html
    unlike = me.get(address, {"q": "和田玉石研究所"}).content.decode()
    assert "没有找到这个单位。" in unlike


def test_an_employer_that_was_not_found_cannot_be_named(me, world):
    address = reverse("applicant:begin", args=[world.cycle.code])

    response = me.post(
        f"{address}?q=喀什", {"employer": world.enterprise.pk, "track": "professional"}
    )

    assert response.status_code == 422
    assert not Application.objects.exists()


def test_who_has_begun_is_led_to_the_draft_instead_of_beginning_twice(me, world, draft):
    response = me.get(reverse("applicant:begin", args=[world.cycle.code]))

    assert response.headers["Location"] == at("tasks", draft)


@pytest.mark.clause("R74")
def test_a_closed_call_cannot_be_begun(me, world):
    set_clock(world.cycle.closes_at)

    assert me.get(reverse("applicant:begin", args=[world.cycle.code])).status_code == 404


def test_the_task_list_tells_every_section_and_what_is_still_missing(me, world, draft):
    acts.save_section(draft.pk, "post", {"employer": "某医院"}, by=world.applicant, version=0)

    html = me.get(at("tasks", draft)).content.decode()

    for section in pack_of(world.cycle).form.for_track("professional").sections:
        assert at("section", draft, section.code) in html
    assert "还差" in html
    assert "未开始" in html
    assert "2020年3月27日 周五 20:00" in html


def test_after_the_pack_s_own_day_for_filing_the_close_is_told_instead(me, world, draft):
    own_day = me.get(at("tasks", draft)).context["due_at"]

    set_clock(own_day)

    assert own_day < world.cycle.closes_at
    assert me.get(at("tasks", draft)).context["due_at"] == world.cycle.closes_at
    assert "已过期" not in me.get(reverse("applicant:home")).content.decode()


def test_a_filled_form_has_every_section_done(me, full):
    html = me.get(at("tasks", full)).content.decode()

    assert "已完成 12 / 12 部分" in html
    assert "未开始" not in html


def test_every_section_shows_a_control_for_every_field_of_the_form(me, full):
    form = pack_of(full.cycle).form.for_track("professional")
    for section in form.sections:
        html = me.get(at("section", full, section.code)).content.decode()

        assert [f.code for f in section.fields if f'id="f-{f.code}' not in html] == []
        for table in section.fields:
            if table.columns:
                row = me.get(at("row", full, section.code, table.code, "new")).content.decode()
                assert [c.code for c in table.columns if f'name="{c.code}"' not in row] == []


@pytest.mark.clause("R60")
def test_pages_sent_back_just_as_they_were_shown_leave_every_answer_as_it_was(me, full):
    before = answers_of(full)
    for section, values in before.items():
        page = at("section", full, section)
        assert me.post(page, shown(me.get(page)) | {"go": "tasks"}).status_code == 302
        for table, rows in values.items():
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict):
                    page = at("row", full, section, table, row["id"])
                    assert me.post(page, shown(me.get(page)) | {"go": "back"}).status_code == 302

    assert sound(answers_of(full)) == sound(before)


def sound(answers):
    """The answers without blanks and boxes left unticked."""
    if isinstance(answers, dict):
        kept = {key: sound(value) for key, value in answers.items()}
        return {key: value for key, value in kept.items() if value not in ("", [], False)}
    return [sound(one) for one in answers] if isinstance(answers, list) else answers


def test_an_unfinished_section_is_saved_and_leads_on(me, draft):
    response = me.post(
        at("section", draft, "basic"), {"name": "阿依努尔·买买提", "version": 0, "go": "next"}
    )

    assert response.headers["Location"] == at("section", draft, "post")
    assert answers_of(draft)["basic"]["name"] == "阿依努尔·买买提"


def value_of(html, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    return found and found[1]


def test_what_the_account_and_the_register_know_is_not_asked_again(me, world, draft):
    basic = me.get(at("section", draft, "basic")).content.decode()
    post = me.get(at("section", draft, "post")).content.decode()

    known = [value_of(basic, "name"), value_of(basic, "mobile"), value_of(post, "employer")]
    assert known == [world.applicant.name, world.applicant.phone, world.hospital.name]
    assert "按注册时所填，请核对。" in basic
    assert "按开始申报时所选的单位，请核对。" in post
    assert answers_of(draft) == {}


def test_what_was_once_saved_is_shown_as_it_was_saved(me, draft):
    me.post(at("section", draft, "basic"), {"version": 0, "name": "", "postcode": "844000"})

    html = me.get(at("section", draft, "basic")).content.decode()

    assert (value_of(html, "name"), value_of(html, "postcode")) == ("", "844000")
    assert "按注册时所填" not in html


def test_a_line_answered_before_can_be_taken_again(me, full):
    html = me.get(at("row", full, "career", "records", "new")).content.decode()

    offered = re.search(r'<datalist id="f-employer-earlier">(.*?)</datalist>', html)[1]
    assert re.findall(r'value="([^"]+)"', offered) == ["喀什地区第一人民医院（示例）", "某医科大学"]
    assert 'list="f-employer-earlier"' in html


def test_a_first_row_has_no_earlier_lines_to_take(me, draft):
    html = me.get(at("row", draft, "title", "titles", "new")).content.decode()

    assert "datalist" not in html
    assert 'list="' not in html


def test_the_next_year_s_row_begins_with_its_year(me, draft):
    address = at("row", draft, "assessment", "years", "new")
    assert value_of(me.get(address).content.decode(), "year") == ""
    me.post(address, {"version": 0, "year": "2015", "result": "qualified"})
    assert value_of(me.get(address).content.decode(), "year") == "2016"
    me.post(address, {"version": 1, "year": "2014", "result": "qualified"})
    assert value_of(me.get(address).content.decode(), "year") == "2013"


def test_a_new_statement_begins_with_the_condition_that_still_needs_one(me, draft):
    chosen = {"version": 0, "primary": "A3", "secondary": ["A2"]}
    me.post(at("section", draft, "conditions"), chosen)
    address = at("row", draft, "conditions", "statements", "new")

    html = me.get(address).content.decode()

    assert re.findall(r'name="condition" value="(\w+)" checked', html) == ["A3"]


def test_a_faulty_answer_is_kept_as_typed_with_the_fault_beside_it(me, draft):
    address = at("section", draft, "basic")

    response = me.post(address, {"resident_id": "65310019710508", "version": 0}, follow=True)

    html = response.content.decode()
    assert response.redirect_chain == [(address, 302)]
    assert 'value="65310019710508"' in html
    assert 'id="f-resident_id-fault"' in html
    assert '<a href="#f-resident_id">' in html


def test_only_who_comes_from_the_check_page_is_shown_what_is_missing(me, draft):
    address = at("section", draft, "basic")

    assert 'class="fault"' not in me.get(address).content.decode()
    assert 'id="f-name-fault"' in me.get(address, {"check": "1"}).content.decode()


def test_a_photograph_is_kept_with_the_page_and_shown_to_its_owner(me, draft):
    picture = photograph()
    file = SimpleUploadedFile("p.jpg", picture, "image/jpeg")
    me.post(at("section", draft, "basic"), {"name": "张三", "photo": file, "version": 0})

    shown = me.get(at("photo", draft))
    assert (shown.headers["Content-Type"], shown.content) == (
        "image/jpeg",
        kept_of(picture, purpose="photo"),
    )
    assert answers_of(draft)["basic"]["name"] == "张三"


def test_a_photograph_that_will_not_do_is_refused_and_the_words_are_kept(me, draft):
    file = SimpleUploadedFile("p.jpg", b"not a picture", "image/jpeg")

    response = me.post(at("section", draft, "basic"), {"name": "张三", "photo": file, "version": 0})

    assert response.status_code == 422
    assert answers_of(draft)["basic"]["name"] == "张三"
    assert me.get(at("photo", draft)).status_code == 404


def test_a_row_is_added_mended_and_taken_out(me, draft):
    new = {"year": "2019", "result": "excellent", "version": 0}
    me.post(at("row", draft, "assessment", "years", "new"), new | {"go": "back"})
    (row,) = answers_of(draft)["assessment"]["years"]
    assert (row["year"], row["result"]) == (2019, "excellent")

    mended = {"year": "2018", "result": "excellent", "version": 1, "go": "back"}
    response = me.post(at("row", draft, "assessment", "years", row["id"]), mended)
    there = f"{at('section', draft, 'assessment')}#go-years-{row['id']}-edit"
    assert response.headers["Location"] == there
    assert answers_of(draft)["assessment"]["years"][0]["year"] == 2018

    gone = at("remove_row", draft, "assessment", "years", row["id"])
    assert "删除" in me.get(gone).content.decode()
    me.post(gone, {"version": 2})
    assert answers_of(draft)["assessment"]["years"] == []


def test_a_faulty_row_is_kept_and_shown_again_with_its_fault(me, draft):
    response = me.post(
        at("row", draft, "assessment", "years", "new"),
        {"year": "去年", "result": "", "version": 0, "go": "back"},
        follow=True,
    )

    html = response.content.decode()
    assert 'value="去年"' in html
    assert 'id="f-year-fault"' in html


def test_an_empty_row_is_not_kept_and_that_is_said(me, draft):
    response = me.post(
        at("row", draft, "assessment", "years", "new"), {"version": 0, "go": "back"}, follow=True
    )

    assert "没有填写内容" in response.content.decode()
    assert answers_of(draft)["assessment"]["years"] == []


def test_leaving_for_a_row_saves_what_stands_on_the_page(me, draft):
    response = me.post(
        at("section", draft, "assessment"),
        {"punishment": "none", "version": 0, "go": "years/new"},
    )

    assert response.headers["Location"] == at("row", draft, "assessment", "years", "new")
    assert answers_of(draft)["assessment"]["punishment"] == "none"


def test_each_chosen_condition_offers_a_row_for_its_statement(me, draft):
    me.post(
        at("section", draft, "conditions"),
        {"primary": "A3", "secondary": ["A2"], "version": 0, "go": "tasks"},
    )

    html = me.get(at("section", draft, "conditions")).content.decode()
    assert 'value="statements/new?condition=A3"' in html
    assert 'value="statements/new?condition=A2"' in html
    row = me.get(at("row", draft, "conditions", "statements", "new"), {"condition": "A3"})
    assert 'value="A3" checked' in row.content.decode()


def test_no_row_is_offered_when_every_chosen_condition_has_its_own(me, full):
    html = me.get(at("section", full, "conditions")).content.decode()

    assert "statements/new" not in html
    row = answers_of(full)["conditions"]["statements"][0]["id"]
    page = me.get(at("row", full, "conditions", "statements", row)).content.decode()
    assert 'value="another"' not in page


def test_before_a_condition_is_chosen_a_row_may_still_be_added(me, draft):
    html = me.get(at("section", draft, "conditions")).content.decode()

    assert 'value="statements/new"' in html


def test_a_row_is_named_by_what_it_is_about_not_by_its_dates(me, full):
    html = me.get(at("section", full, "career")).content.decode()

    assert "<strong>某医科大学</strong>" in html
    assert "2004-07 · 至今 · 主任医师" in html


def test_a_row_s_card_tells_figures_with_their_caption(me, full):
    html = me.get(at("section", full, "achievements")).content.decode()

    assert "<strong>县级医院心内科骨干</strong>" in html
    assert "培养人数 46 · 2015-03 · 2019-12" in html


def test_an_unknown_section_table_or_row_is_not_found(me, draft):
    for address in (
        at("section", draft, "nothing"),
        at("row", draft, "basic", "name", "new"),
        at("row", draft, "assessment", "years", "nothing"),
        at("remove_row", draft, "assessment", "years", "nothing"),
    ):
        assert me.get(address).status_code == 404


@pytest.mark.clause("R7", "R9", "R12")
def test_who_is_left_out_is_asked_beside_the_field_that_answers_it(me, draft):
    html = me.get(at("section", draft, "post")).content.decode()

    for question in (
        "您是否担任副省（部）级及以上领导职务？",
        "您的人事关系是否在党、政、军、群机关？",
        "您所在单位是否为中央驻疆单位？",
    ):
        assert f"{question}有此情形的不在选拔范围。" in html


def test_an_exception_is_not_asked_about_as_what_it_excepts_from(me, draft):
    html = me.get(at("section", draft, "honours")).content.decode()

    assert "您是否担任副省（部）级及以上领导职务？" not in html
    assert "您是否已享受国务院政府特殊津贴？" in html
