"""After a return: which pages to print again, those alone as PDF, and what a desk then accepts."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from juxian.actions import application as acts
from juxian.actions.submission import submit, take_back
from juxian.jobs.tasks import read_pages
from juxian.papers.on_file import on_file
from juxian.papers.proof import Verdict, judge, read_content
from juxian.papers.replacement import only
from juxian.records.models import Printing, Section
from juxian.regulation.words import Role
from tests.house.clock import set_clock
from tests.house.world import FILING
from tests.papers.samples import pages_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("R57")]
DEPARTMENT = {"department": "心内一科"}


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def sent(world):
    return world.submitted()


@pytest.fixture
def before(me, sent):
    """The print of the first turn."""
    return pdf(me, sent)


def at(name, file):
    return reverse(f"applicant:{name}", args=[file.number])


def html(me, file):
    return me.get(at("print", file)).content.decode()


def pdf(me, file, **asked):
    return me.get(at("pdf", file), asked).content


def mend(world, file, section="post", asked="post.department", values=DEPARTMENT, *, read=True):
    """Returned for one place, mended and submitted again; the worker has read its pages."""
    world.send_back(file, {asked: "所在部门"})
    version = Section.objects.get(application=file, code=section).version
    acts.save_section(file.pk, section, values, by=world.applicant, version=version)
    world.submit(file)
    if read:
        read_pages(file.submissions.latest("turn").pk)


def of_a_copy(content):
    return len(pages_of(content)) // 3


def page_with(content, words):
    return next(number for number, page in enumerate(pages_of(content), 1) if words in page)


def kept_of(content):
    """The pages of a first turn's print that are accepted for the present turn."""
    found = judge(read_content(content), on_file)
    return [page for paper in found for page in paper.kept.get(1, ())]


def marked(content):
    return [(mark.copy, mark.page) for page in read_content(content) for mark in page.marks]


def test_only_the_pages_that_say_something_else_are_to_be_printed_again(me, world, sent, before):
    mend(world, sent)
    page = page_with(before, "所在部门")

    said = html(me, sent)

    assert f"第 {page} 页有改动，请重新打印这一页（3 份都要换）" in said
    assert "其余各页与第 1 次提交的打印件" in said
    assert "已作废。每页都印有校验码" not in said
    assert marked(pdf(me, sent, pages="changed", sides="1")) == [(copy, page) for copy in (1, 2, 3)]
    leaf = (page, page + 1) if page % 2 else (page - 1, page)
    both = pdf(me, sent, pages="changed")
    assert marked(both) == [(copy, side) for copy in (1, 2, 3) for side in leaf]
    assert pdf(me, sent, pages="changed") == both


def test_pages_of_two_turns_make_a_complete_form_and_the_old_page_is_refused(
    me, world, sent, before
):
    mend(world, sent)
    page = page_with(before, "所在部门")
    others = [number for number in range(1, of_a_copy(before) + 1) if number != page]
    kept = only(before, others, copies=3, last=of_a_copy(before))
    new = pdf(me, sent, pages="changed", sides="1")
    old = only(before, (page,), copies=3, last=of_a_copy(before))

    (pile,) = judge(read_content(kept) + read_content(new), on_file)
    (refused,) = judge(read_content(old), on_file)
    mixed = judge(read_content(before), on_file)

    assert (pile.turn, pile.verdict, pile.is_complete) == (2, Verdict.EQUAL, True)
    assert pile.kept == {1: tuple(others)}
    assert (refused.turn, refused.verdict) == (1, Verdict.SUPERSEDED)
    assert [(one.turn, one.verdict) for one in mixed] == [
        (2, Verdict.EQUAL),
        (1, Verdict.SUPERSEDED),
    ]
    assert mixed[0].missing == dict.fromkeys((1, 2, 3), (page,))


def test_the_command_at_the_receiving_desk_tells_them_apart(
    me, world, sent, before, tmp_path, capsys
):
    mend(world, sent)
    page = page_with(before, "所在部门")
    others = [number for number in range(1, of_a_copy(before) + 1) if number != page]
    kept, old = tmp_path / "kept.pdf", tmp_path / "old.pdf"
    kept.write_bytes(only(before, others, copies=3, last=of_a_copy(before)))
    old.write_bytes(only(before, (page,), copies=3, last=of_a_copy(before)))

    for paper in (kept, old):
        with pytest.raises(CommandError, match="核对没有通过"):
            call_command("paper", "verify", str(paper))

    said = capsys.readouterr().out
    listed = "、".join(map(str, others))
    assert f"  第{listed}页：第1次提交的页，内容与现在相同" in said
    assert "第1轮：已作废，申报内容后来有修改" in said


def test_the_public_check_judges_the_page_whose_code_is_pasted(me, world, sent, before, client):
    mend(world, sent)
    page = page_with(before, "所在部门")
    codes = {mark.page: str(mark) for found in read_content(before) for mark in found.marks}
    code = sent.submissions.get(turn=1).digest[:12]

    def said(**given):
        return client.post(reverse("public:verify"), given).content.decode()

    assert f"第 {page} 页打印自第 1 次提交，不能证明" in said(number=codes[page])
    other = next(number for number in codes if number != page)
    assert f"第 {other} 页是第 1 次提交的页，内容与现在有效的第 2 次提交相同" in said(
        number=codes[other]
    )
    whole = said(number=sent.number, check=code)
    assert "已作废。" in whole
    assert "没有改动的页仍可使用：扫描这一页的二维码" in whole


def test_nothing_is_printed_again_when_nothing_has_changed(me, world, sent, before):
    take_back(sent.pk, by=world.applicant)
    set_clock(FILING + timedelta(minutes=5))
    submit(sent.pk, by=world.applicant, signed_name=sent.name, declared=True)
    read_pages(sent.submissions.latest("turn").pk)

    assert "不用重新打印，核验时认可" in html(me, sent)
    (paper,) = judge(read_content(before), on_file)
    assert (paper.turn, paper.verdict, paper.is_complete) == (2, Verdict.EQUAL, True)
    assert pdf(me, sent, pages="changed") == pdf(me, sent)


def test_a_later_day_of_filling_in_changes_the_cover_alone(me, world, sent, before):
    take_back(sent.pk, by=world.applicant)
    set_clock(FILING + timedelta(days=1))
    submit(sent.pk, by=world.applicant, signed_name=sent.name, declared=True)
    read_pages(sent.submissions.latest("turn").pk)

    assert "第 1 页有改动" in html(me, sent)


def test_more_pages_are_printed_again_all(me, world, sent, before):
    deeds = {"achievements": "完成急诊介入手术两千一百例。\n" * 100}
    mend(world, sent, "summary", "summary.achievements", deeds)

    said = html(me, sent)

    assert f"页数由 {of_a_copy(before)} 页变为" in said
    assert "请全部重印" in said
    assert "只打印改动的页" not in said
    assert {one.verdict for one in judge(read_content(before), on_file)} == {Verdict.SUPERSEDED}


def test_until_the_pages_are_read_the_page_says_so_and_no_old_page_counts(me, world, sent, before):
    mend(world, sent, read=False)

    assert "正在与第 1 次提交的打印件" in html(me, sent)
    assert {one.verdict for one in judge(read_content(before), on_file)} == {Verdict.SUPERSEDED}
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'read_pages'")
        ((args,),) = cursor.fetchall()
    assert json.loads(args) == {"submission": sent.submissions.get(turn=2).pk}


def test_a_form_taken_back_lends_no_page(me, world, sent, before):
    mend(world, sent)
    take_back(sent.pk, by=world.applicant)

    assert {one.verdict for one in judge(read_content(before), on_file)} == {Verdict.SUPERSEDED}


def test_what_offices_have_said_since_makes_no_page_with_their_seals_void(
    me, client, world, sent, before
):
    world.pass_until("formal_check", sent)
    client.force_login(world.officer_for(sent, Role.HANDLER))
    official = client.get(reverse("office:form_paper", args=[sent.number])).content
    client.force_login(world.applicant)
    mend(world, sent)

    cover, page = 1, page_with(before, "所在部门")
    assert "同意7票" in "".join(pages_of(official))
    for paper in (before, official):
        every = range(1, of_a_copy(paper) + 1)
        assert kept_of(paper) == [number for number in every if number not in (cover, page)]
    assert f"第 {cover}、{page} 页有改动，请重新打印这几页" in html(me, sent)


def test_what_pages_say_is_kept_once_and_tells_nothing_to_who_reads_the_table(me, sent, before):
    pdf(me, sent)

    printing = Printing.objects.get()
    assert (printing.copies, len(printing.pages)) == (3, of_a_copy(before))
    assert {len(page) for page in printing.pages} == {64}
    assert len(set(printing.pages)) == len(printing.pages)


def test_the_printing_page_takes_at_most_twelve_queries(
    me, world, sent, before, django_assert_max_num_queries
):
    mend(world, sent)

    with django_assert_max_num_queries(12):
        html(me, sent)
