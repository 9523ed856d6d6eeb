"""The applicant's desk around submitting: evidence, the check, the receipt, returns, printing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from juxian.actions import application as acts
from juxian.actions import evidence
from juxian.papers.application_form import application_form
from juxian.papers.on_file import on_file
from juxian.papers.proof import Verdict, judge, read_content
from juxian.records.clock import now
from juxian.records.models import Application, Evidence, Result, Section, Submission, Trace
from juxian.records.packs import pack_of
from juxian.regulation.words import Standing
from juxian.selectors.facts import answers_of
from juxian.selectors.papers import application_form_input
from tests.house.clock import set_clock
from tests.house.world import PDF, kept_of
from tests.papers.samples import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def full(world):
    return world.professional_draft()


@pytest.fixture
def sent(world, full):
    world.submit(full)
    return full


def at(name, file, *args):
    return reverse(f"applicant:{name}", args=[file.number, *args])


def upload(name="身份证.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def sign(me, file, **changes):
    return me.post(at("submit", file), {"declared": "on", "signed_name": file.name} | changes)


@pytest.mark.clause("R61")
def test_several_files_are_given_at_once_for_a_material(me, full):
    before = Evidence.objects.count()

    response = me.post(
        at("evidence", full), {"material": "awards", "files": [upload("甲.pdf"), upload("乙.pdf")]}
    )

    assert response.headers["Location"] == at("evidence", full) + "#m-awards"
    assert Evidence.objects.count() == before + 2
    html = me.get(at("evidence", full)).content.decode()
    assert "甲" in html
    assert "乙" in html


def test_a_file_that_will_not_do_is_named_with_the_reason_and_the_others_are_kept(me, full):
    before = Evidence.objects.count()

    response = me.post(
        at("evidence", full),
        {"material": "awards", "files": [upload("好.pdf"), upload("坏.pdf", b"nonsense")]},
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "坏.pdf" in html
    assert Evidence.objects.count() == before + 1


def test_choosing_no_file_is_said_at_the_material(me, full):
    response = me.post(at("evidence", full), {"material": "awards"})

    assert response.status_code == 422
    assert "请先选择文件" in response.content.decode()


def test_a_file_may_name_the_row_it_proves(me, full):
    row = answers_of(full)["achievements"]["awards"][0]
    claim = f"achievements.awards.{row['id']}"

    me.post(at("evidence", full), {"material": "awards", "files": [upload()], "claim": claim})

    assert Evidence.objects.order_by("-pk").first().claim == claim
    assert f"证明：获奖：{row['name']}" in me.get(at("evidence", full)).content.decode()


def test_a_file_is_shown_to_its_owner_as_it_was_given_and_can_be_taken_back(me, full):
    file = Evidence.objects.filter(material="id_card").get()

    shown = me.get(at("file", full, file.pk))
    me.post(at("remove_file", full, file.pk))

    file.refresh_from_db()
    assert (shown.headers["Content-Type"], shown.content) == ("application/pdf", kept_of(PDF))
    assert file.removed_at is not None
    assert me.post(at("remove_file", full, file.pk)).status_code == 404


def test_another_s_file_is_not_found_under_one_s_own_number(me, world, full):
    other = world.professional_draft(number=1)
    file = Evidence.objects.filter(application=other).first()

    assert me.get(at("file", full, file.pk)).status_code == 404
    assert me.post(at("remove_file", full, file.pk)).status_code == 404


def test_taking_a_file_back_needs_a_post(me, full):
    file = Evidence.objects.filter(application=full).first()

    assert me.get(at("remove_file", full, file.pk)).status_code == 405


@pytest.mark.clause("R62")
def test_the_check_page_lists_every_gap_at_once_with_a_way_to_each(me, world):
    begun = acts.begin(
        world.cycle.pk, by=world.applicant, employer_id=world.hospital.pk, track="professional"
    )

    html = me.get(at("check", begun)).content.decode()

    assert f"{at('section', begun, 'basic')}?check=1#f-name" in html
    assert f"{at('section', begun, 'education')}?check=1#f-records" in html
    assert f"{at('evidence', begun)}#m-id_card" in html


@pytest.mark.clause("R14", "R61")
def test_a_condition_that_only_wants_evidence_leads_to_a_slot_for_it(me, world, full):
    for file in Evidence.objects.filter(application=full):
        evidence.detach(file.pk, by=world.applicant)

    check = me.get(at("check", full)).content.decode()
    tasks = me.get(at("tasks", full))

    wanted = "请为所选条件“3. 医疗卫生第一线”上传证明材料"
    assert f'<a href="{at("evidence", full)}#m-awards">{wanted}</a>' in check
    assert at("section", full, "conditions") not in check
    assert "待传材料" in check
    assert "不符合" not in check
    assert {task.state for task in tasks.context["tasks"]} == {"done"}
    assert "登记表已填完，还差证明材料" in tasks.content.decode()


def test_a_condition_that_wants_words_leads_to_its_section(me, world, full):
    acts.save_section(full.pk, "conditions", {"statements": []}, by=world.applicant, version=1)

    assert (
        f"{at('section', full, 'conditions')}?check=1" in me.get(at("check", full)).content.decode()
    )


def test_a_gap_in_a_row_leads_to_that_row(me, world, full):
    row = answers_of(full)["education"]["records"][0]
    rows = [{**row, "school": ""}, *answers_of(full)["education"]["records"][1:]]
    acts.save_section(full.pk, "education", {"records": rows}, by=world.applicant, version=1)

    html = me.get(at("check", full)).content.decode()

    assert f"{at('row', full, 'education', 'records', row['id'])}?check=1#f-school" in html


@pytest.mark.clause("R7", "R11")
def test_an_exclusion_that_is_hit_blocks_and_cites_the_notice(me, world, full):
    acts.save_section(full.pk, "honours", {"recipient": True}, by=world.applicant, version=1)

    html = me.get(at("check", full)).content.decode()

    assert "已享受国务院政府特殊津贴的人员，不在选拔范围" in html
    assert "是否已享受国务院政府特殊津贴填的是“是”" in html
    assert f"{at('section', full, 'honours')}?check=1#f-recipient" in html
    assert "有此情形" in html
    assert "通知一" in html
    assert sign(me, full).status_code == 422
    assert not Submission.objects.exists()


def test_a_sound_form_passes_the_check_and_shows_its_marks(me, full):
    html = me.get(at("check", full)).content.decode()

    assert "没有发现问题，可以提交" in html
    assert "抗疫一线" in html


def test_the_submit_page_shows_the_whole_form_in_the_printed_order(me, full):
    html = me.get(at("submit", full)).content.decode()
    form = pack_of(full.cycle).form.for_track(full.track)
    titles = [f"{section.number}、{section.title}" for section in form.sections]

    places = [html.index(title) for title in titles]
    assert places == sorted(places)
    assert answers_of(full)["summary"]["deeds"] in html


@pytest.mark.clause("R42", "R62")
def test_a_signed_form_is_submitted_and_gets_a_receipt(me, full):
    response = sign(me, full)

    submission = Submission.objects.get()
    assert response.headers["Location"] == at("receipt", full)
    html = me.get(at("receipt", full)).content.decode()
    for told in (full.number, submission.digest, "2020年3月16日 周一 11:00", "所在单位审核"):
        assert told in html


@pytest.mark.parametrize(
    ("changes", "field"), [({"declared": ""}, "declared"), ({"signed_name": "别人"}, "signed_name")]
)
def test_without_the_declaration_or_the_right_signature_nothing_is_submitted(
    me, full, changes, field
):
    response = sign(me, full, **changes)

    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not Submission.objects.exists()


def test_a_form_with_gaps_is_not_submitted_and_each_gap_is_a_link(me, world, full):
    acts.save_section(full.pk, "basic", {"postcode": ""}, by=world.applicant, version=2)

    response = sign(me, full)

    assert response.status_code == 422
    assert f"{at('section', full, 'basic')}?check=1#f-postcode" in response.content.decode()


def test_the_signature_of_the_form_is_not_typed_again(me, world, full):
    name = answers_of(full)["declaration"]["signature"]
    page = me.get(at("submit", full))
    assert page.context["form"]["signed_name"].value() == name

    declaration = Section.objects.filter(application=full, code="declaration")
    declaration.update(saved_by=world.welder)  # typed in for the applicant
    assert me.get(at("submit", full)).context["form"]["signed_name"].value() == ""


def test_submitting_twice_leads_to_the_same_receipt(me, full):
    sign(me, full)

    assert sign(me, full).headers["Location"] == at("receipt", full)
    assert Submission.objects.count() == 1


@pytest.mark.clause("R73", "R74")
def test_after_the_close_the_refusal_is_said_on_the_page(me, world, full):
    set_clock(world.cycle.closes_at)

    response = sign(me, full)

    assert response.status_code == 422
    assert "逾期报送不予受理" in response.content.decode()


def test_a_receipt_before_submitting_leads_to_the_task_list(me, full):
    for name in ("receipt", "form", "progress"):
        assert me.get(at(name, full)).headers["Location"] == at("tasks", full)


def test_the_progress_tells_whose_turn_it_is_and_what_was_done(me, world, sent):
    world.pass_step(sent)

    html = me.get(at("progress", sent)).content.decode()

    assert "同行专家评议" in html
    assert "喀什地区第一人民医院（示例）" in html
    assert "审核通过" in html


@pytest.mark.clause("R46")
def test_votes_and_discipline_opinions_stay_closed_to_the_applicant(me, world, sent):
    world.pass_until("nominator_check", sent)

    html = me.get(at("progress", sent)).content.decode()

    assert "纪检监察部门意见：已办理" in html
    for closed in ("7/7", "业绩突出", "未发现影响推荐的问题"):
        assert closed not in html


def test_a_withdrawn_application_is_out_and_the_applicant_may_begin_again(me, world, sent):
    assert "撤回" in me.get(at("withdraw", sent)).content.decode()

    response = me.post(at("withdraw", sent), {"reason": "改报另一类别"})

    sent.refresh_from_db()
    assert response.headers["Location"] == reverse("applicant:home")
    assert sent.standing == Standing.WITHDRAWN
    begun = reverse("applicant:begin", args=[world.cycle.code])
    assert begun in me.get(reverse("applicant:home")).content.decode()


@pytest.mark.clause("R55")
def test_who_is_selected_is_congratulated_and_told_where_the_result_is(me, world, sent):
    Application.objects.filter(pk=sent.pk).update(standing=Standing.SELECTED)
    Result.objects.create(
        application=sent,
        is_approved=True,
        certificate_number="政府特殊津贴第7号",
        document_number="人社部函〔2020〕88号",
        recorded_by=world.secretary,
        recorded_at=now(),
    )

    for address in (reverse("applicant:home"), at("progress", sent)):
        html = me.get(address).content.decode()
        for told in ("恭喜", "人社部函〔2020〕88号", "政府特殊津贴第7号", "请等所在单位"):
            assert told in html
    assert at("progress", sent) in me.get(reverse("applicant:home")).content.decode()


@pytest.mark.parametrize(
    ("standing", "told"),
    [(Standing.NOT_SELECTED, "这次没有入选"), (Standing.REJECTED, "没有通过审核")],
)
def test_who_is_not_selected_is_told_so_in_words(me, sent, standing, told):
    Application.objects.filter(pk=sent.pk).update(standing=standing)

    html = me.get(reverse("applicant:home")).content.decode()

    assert told in html
    assert "恭喜" not in html


def test_what_can_no_longer_be_withdrawn_says_so(me, world, sent):
    Application.objects.filter(pk=sent.pk).update(step="formal_check")

    response = me.get(at("withdraw", sent), follow=True)

    assert "现在不能撤回" in response.content.decode()


@pytest.mark.clause("R65")
def test_a_submitted_form_prints_in_all_copies_and_leaves_a_trace(me, sent):
    page = me.get(at("print", sent)).content.decode()
    printed = me.get(at("pdf", sent))

    assert "一式 3 份" in page
    assert printed.headers["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF-")
    assert Trace.objects.filter(act="print", subject_id=str(sent.pk)).count() == 1


@pytest.mark.clause("R44", "R46")
def test_votes_ranks_and_opinions_stay_closed_on_the_applicant_s_own_print(me, world, sent):
    world.pass_until("formal_check", sent)

    own = text_of(me.get(at("pdf", sent)).content)
    official = text_of(application_form(application_form_input(sent, sent.submissions.get())))

    assert "评议通过。" in own
    for closed in ("同意7票", "应到7人", "业绩突出", "排序第1名", "未发现影响推荐的问题"):
        assert closed not in own
    for shown in ("同意7票", "应到7人", "业绩突出", "排序第1名"):
        assert shown in official


def test_the_applicant_s_print_and_the_official_copy_carry_one_check_code(me, sent):
    official = application_form(application_form_input(sent, sent.submissions.get()))

    for paper in (me.get(at("pdf", sent)).content, official):
        (judged,) = judge(read_content(paper), on_file)
        assert judged.verdict is Verdict.EQUAL


def test_before_submitting_only_a_draft_prints_and_says_so(me, full):
    assert "草稿" in me.get(at("print", full)).content.decode()
    assert me.get(at("pdf", full)).content.startswith(b"%PDF-")


def test_the_pages_of_a_file_on_its_way_take_at_most_twelve_queries(
    me, world, sent, django_assert_max_num_queries
):
    world.pass_step(sent)
    for name in ("progress", "receipt", "form"):
        with django_assert_max_num_queries(12):
            me.get(at(name, sent))
