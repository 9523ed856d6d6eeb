"""The applicant's desk after submitting: the receipts, taking back, what changed, void prints."""

from datetime import timedelta

import pytest
from django.urls import reverse

from juxian.actions import application as acts
from juxian.actions import evidence, verification
from juxian.actions.submission import submit, take_back
from juxian.papers.on_file import on_file
from juxian.papers.proof import Verdict, judge, read_content
from juxian.records.models import Evidence, Section, Trace
from juxian.regulation.words import Standing
from juxian.selectors.facts import answers_of
from tests.house.clock import set_clock
from tests.house.world import FILING, another_pdf
from tests.papers.samples import text_of, tight

pytestmark = pytest.mark.django_db
WORDS = "带教青年医师三十二名。"


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def sent(world):
    return world.submitted()


def at(name, file, *args):
    return reverse(f"applicant:{name}", args=[file.number, *args])


def html(me, name, file, *args):
    return me.get(at(name, file, *args)).content.decode()


def save(world, file, section, values):
    version = Section.objects.get(application=file, code=section).version
    acts.save_section(file.pk, section, values, by=world.applicant, version=version)


def again(world, file):
    return submit(file.pk, by=world.applicant, signed_name=file.name, declared=True)


def test_the_receipt_counts_the_ten_minutes_down_in_words(me, sent):
    set_clock(FILING + timedelta(minutes=3))

    page = html(me, "receipt", sent)

    assert "10 分钟内可直接取回修改，至 11:10（剩 7 分钟）。" in page
    assert at("take_back", sent) in page
    assert "2020-03-16 11:00:00" in page


@pytest.mark.parametrize(
    ("is_open", "told", "offered"),
    [
        (False, "还没有打开这份申报，打开之前可以取回修改", True),
        (True, "提交已超过10分钟，办理单位也已打开这份申报", False),
    ],
)
def test_after_ten_minutes_it_says_until_when(me, world, sent, is_open, told, offered):
    if is_open:
        verification.open_file(sent.pk, by=world.hospital_handler)
    set_clock(FILING + timedelta(minutes=10))

    page = html(me, "receipt", sent)

    assert told in page
    assert (at("take_back", sent) in page) is offered


def test_taking_back_is_asked_once_more_with_the_day_and_then_done(me, sent):
    page = html(me, "take_back", sent)
    done = me.post(at("take_back", sent), follow=True)

    sent.refresh_from_db()
    assert "取回后变回草稿" in page
    assert "前重新提交" in page
    assert (sent.step, sent.standing) == ("fill", Standing.OPEN)
    assert done.redirect_chain[-1][0] == at("tasks", sent)
    assert "已取回，内容和材料都在。改好后请重新提交。" in done.content.decode()
    assert me.post(at("take_back", sent)).headers["Location"] == at("tasks", sent)


def test_what_can_no_longer_be_taken_back_says_why_and_whom_to_ask(me, world, sent):
    world.pass_step(sent)

    for answer in (me.get(at("take_back", sent), follow=True), me.post(at("take_back", sent))):
        last = answer if answer.status_code == 200 else me.get(answer.headers["Location"])
        assert "办理单位已经办理这份申报，不能自行取回" in last.content.decode()


def test_a_mended_form_taken_back_leads_to_the_things_returned(me, world, sent):
    world.send_back(sent, {"summary.deeds": "事迹"}, days=3)
    save(world, sent, "summary", {"deeds": WORDS})
    again(world, sent)
    assert "取回后回到退回修改的状态" in html(me, "take_back", sent)

    answer = me.post(at("take_back", sent))

    assert answer.headers["Location"] == at("returned", sent)


def test_the_receipt_of_every_turn_stays(me, world, sent):
    take_back(sent.pk, by=world.applicant)
    assert "继续修改" in html(me, "receipt", sent)
    save(world, sent, "summary", {"deeds": WORDS})
    set_clock(FILING + timedelta(minutes=5))
    again(world, sent)
    first, second = sent.submissions.order_by("turn")

    page, earlier = html(me, "receipt", sent), html(me, "receipt_of", sent, 1)

    assert second.digest in page
    assert at("receipt_of", sent, 1) in page
    assert first.digest in earlier
    assert "第 1 次提交的回执" in earlier
    assert "取回修改" not in earlier
    assert me.get(at("receipt_of", sent, 3)).status_code == 404


def test_the_receipt_is_a_paper_that_proves_itself(me, world, sent):
    answer = me.get(at("receipt_pdf", sent, 1))
    text = tight(text_of(answer.content))
    (judged,) = judge(read_content(answer.content), on_file)
    take_back(sent.pk, by=world.applicant)
    again(world, sent)
    (later,) = judge(read_content(answer.content), on_file)

    submission = sent.submissions.get(turn=1)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert judged.verdict is Verdict.EQUAL
    assert later.verdict is Verdict.SUPERSEDED
    for told in (sent.number, sent.name, submission.digest, "2020-03-1611:00:00（北京时间）"):
        assert told in text
    for told in ("同行专家评议", "第1次", "居民身份证", "验真伪", str(world.hospital)):
        assert told in text
    assert Trace.objects.filter(act="print_receipt", subject_id=str(sent.pk)).count() == 1


def test_papers_of_a_taken_back_form_prove_nothing_until_it_comes_again(me, world, sent, client):
    papers = (me.get(at("pdf", sent)).content, me.get(at("receipt_pdf", sent, 1)).content)
    take_back(sent.pk, by=world.applicant)
    code = sent.submissions.get().digest[:12]

    verdicts = [judge(read_content(one), on_file)[0].verdict for one in papers]
    answer = client.post(reverse("public:verify"), {"number": sent.number, "check": code})

    assert verdicts == [Verdict.SUPERSEDED] * 2
    assert "申报人已取回修改；重新提交后请重新打印。" in answer.content.decode()


def test_another_s_receipt_is_not_found(client, world, sent):
    other = world.submitted(number=2)
    client.force_login(other.applicant)

    for name, args in (("receipt_pdf", (1,)), ("receipt_of", (1,)), ("take_back", ())):
        assert client.get(at(name, sent, *args)).status_code == 404


def test_what_changed_since_the_last_submission_is_listed_and_can_be_shown_alone(me, world, sent):
    take_back(sent.pk, by=world.applicant)
    was = answers_of(sent)
    rows = was["education"]["records"]
    gone, kept = rows[0], rows[1:]
    added = {**rows[-1], "id": "neu1", "school": "新疆医科大学（示例）"}
    save(world, sent, "summary", {**was["summary"], "deeds": WORDS})
    save(world, sent, "education", {**was["education"], "records": [*kept, added]})
    file = Evidence.objects.get(application=sent, material="id_card")
    evidence.detach(file.pk, by=world.applicant)
    evidence.attach(
        sent.pk,
        by=world.applicant,
        material="id_card",
        title="新的身份证",
        content=another_pdf("新的"),
    )

    answer = me.get(at("submit", sent))
    whole = me.get(at("submit", sent) + "?all=1").content.decode()
    page = answer.content.decode()

    told = [(one.title, one.what, one.state) for one in answer.context["changes"]]
    assert told == [
        ("学历学位", "博士研究生毕业", "new"),
        ("学历学位", "大学本科毕业", "gone"),
        ("综述", "主要突出贡献事迹（简）", "changed"),
        ("居民身份证", "居民身份证", "gone"),
        ("居民身份证", "新的身份证", "new"),
    ]
    assert WORDS in page
    assert '<section class="sheet" id="post">' not in page
    assert '<section class="sheet" id="post">' in whole
    assert gone["school"] in page


def test_a_first_submission_has_nothing_to_be_compared_with(me, world):
    page = html(me, "submit", world.professional_draft())

    assert "次提交相比" not in page
    assert "提交申报" in page


def test_the_declarations_stand_in_full_where_they_are_signed(me, world):
    page = html(me, "submit", world.professional_draft())

    for told in ("我承诺所填内容和所传材料真实", "我承诺没有填写或上传涉密内容"):
        assert page.count(told) > page.partition('id="sign"')[0].count(told)


def test_a_print_of_an_earlier_turn_is_not_said_to_count(me, world, sent):
    me.get(at("pdf", sent))
    assert "您最近一次打印" in html(me, "print", sent)
    take_back(sent.pk, by=world.applicant)
    taken = html(me, "print", sent)
    again(world, sent)

    page = html(me, "print", sent)

    assert "不要再报送；重新提交后须重新打印全部各页" in taken
    assert "正在与第 1 次提交的打印件（2020年3月16日 周一 11:00 打印）逐页比较" in page
    assert "您最近一次打印" not in page


def test_the_pages_after_submitting_take_at_most_twelve_queries(
    me, world, sent, django_assert_max_num_queries
):
    for name in ("receipt", "take_back", "print"):
        with django_assert_max_num_queries(12):
            me.get(at(name, sent))
    world.send_back(sent, {"summary.deeds": "事迹", "evidence.id_card": "身份证"}, days=3)
    for name in ("returned", "receipt", "print", "submit"):
        with django_assert_max_num_queries(12):
            me.get(at(name, sent))
