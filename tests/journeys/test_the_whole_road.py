"""From signing up to the roster: a doctor of a prefecture and a welder of a region's enterprise."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from re import sub
from zipfile import ZipFile

import pypdfium2
import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from juxian.papers import proof
from juxian.papers.on_file import on_file
from juxian.papers.proof import PaperFound, Verdict
from juxian.regulation.words import Standing
from juxian.selectors.invariants import broken
from tests.house.world import BEIJING
from tests.journeys import applying, committee, deskwork
from tests.journeys.applying import Candidate
from tests.journeys.standing import Site
from tests.journeys.visitor import Visitor
from tests.rules.sample_answers import professional_sample, skilled_sample

YEAR = 2020
OF_EACH = {"数据", "登记表", "推荐表"}
PANEL = (
    "专家甲",
    "专家乙",
    "专家丙",
    "专家丁",
)  # the first takes the chair, the third teaches the doctor


@dataclass
class Road:
    """Everybody on the road, each at a browser of their own, and the day it is."""

    site: Site
    comes: Callable[..., Visitor]
    doctor: Candidate
    welder: Candidate
    today: date = date(YEAR, 3, 16)
    here: dict[str, Visitor] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return [self.doctor.name, self.welder.name]

    def at(self, login: str) -> Visitor:
        """The person of this login, who signs in when first needed."""
        if login not in self.here:
            self.here[login] = self.comes(login)
        return self.here[login]

    def day(self, month: int, day: int) -> None:
        self.today = date(YEAR, month, day)
        self.site.set_clock(datetime(YEAR, month, day, 10, tzinfo=BEIJING))

    def is_at(self, one: Candidate, step: str) -> None:
        """What the applicant reads on the page of their own progress."""
        one.who.open(f"/my/{one.number}/progress/")
        one.who.is_whose_turn(step)


@pytest.fixture
def road(site: Site, comes: Callable[..., Visitor]) -> Road:
    doctor = Candidate(
        comes(),
        login="ayinur",
        employer="喀什地区第一人民医院（示例）",
        search="喀什 医院",
        track="专业技术人才",
        answers=professional_sample(),
    )
    welder = Candidate(
        comes(size=(1000, 900)),
        login="luoshouhan",
        employer="天山重工集团（示例）",
        search="天山",
        track="高技能人才",
        answers=skilled_sample(),
    )
    return Road(site, comes, doctor, welder)


@pytest.mark.clause("R42", "R43", "R44", "R45", "R46", "R47", "R48", "R49", "R50", "R51", "R52")
@pytest.mark.clause("R53", "R54", "R55", "R57", "R59", "R60", "R61", "R62", "R63", "R65", "R69")
def test_the_whole_road(road: Road) -> None:
    file_both(road)
    first_print = applying.printed(road.doctor)
    employers_pass_them(road)
    discipline_answers(road)
    the_prefecture_returns_one(road)
    nominators_send_them_up(road)
    the_paper_is_proved(road, first_print)
    the_region_examines_them(road)
    the_committee_votes(road)
    the_region_decides(road)
    the_roster_has_both(road)


def file_both(road: Road) -> None:
    road.day(3, 16)
    for one in (road.doctor, road.welder):
        applying.apply(one)
        road.is_at(one, "所在单位审核")


def employers_pass_them(road: Road) -> None:
    """Checked, certified, evaluated, publicised: each in its own employer."""
    both = (("hospital_handler", road.doctor), ("enterprise_handler", road.welder))
    road.day(3, 17)
    for login, one in both:
        deskwork.endorse(road.at(login), one.name, opinion="情况属实，同意推荐。")
    road.day(3, 18)
    a_wrong_sum_is_refused(road)
    deskwork.evaluate(road.at("enterprise_handler"), "同行专家评议", road.names[1:], road.today)
    road.day(3, 19)
    notices = [publicised(road, login, one) for login, one in both]
    a_passer_by_reads(road, notices[0], road.doctor)
    road.day(3, 26)
    for login, _one in both:
        deskwork.conclude_publicity(road.at(login))


def a_wrong_sum_is_refused(road: Road) -> None:
    """Eight votes of seven experts are refused, and nothing that was typed is lost."""
    hospital, name = road.at("hospital_handler"), road.doctor.name
    deskwork.take_up(hospital, "同行专家评议", [name])
    deskwork.record_votes(hospital, road.today, {name: (6, 2, 0, 0)})
    row = deskwork.row_of(hospital, name)
    expect(row.locator(".fault")).to_contain_text("7")
    hospital.picture("票数不符")
    expect(hospital.control("expert-6-name")).to_have_value(deskwork.EXPERTS[6])
    row.locator("td.votes input").nth(1).fill("1")
    expect(row.locator(".result")).to_contain_text("通过")
    hospital.press("保存评议记录")
    deskwork.conclude_evaluation(hospital, 1)


def publicised(road: Road, login: str, one: Candidate) -> str:
    deskwork.take_up(road.at(login), "单位内部公示", [one.name])
    return deskwork.publish(
        road.at(login),
        too_short=date(YEAR, 3, 24),
        ends_on=date(YEAR, 3, 25),
        place="单位公告栏",
    )


def a_passer_by_reads(road: Road, notice: str, one: Candidate) -> None:
    """The notice says who, and nothing that is nobody's business."""
    passer_by = road.comes()
    passer_by.open(notice)
    passer_by.sees(one.name)
    for private in (one.answers["basic"]["resident_id"], one.answers["basic"]["mobile"]):
        passer_by.does_not_see(private)
    passer_by.picture("单位内部公示")


def discipline_answers(road: Road) -> None:
    offices = (("kashgar_discipline", road.doctor), ("enterprise_discipline", road.welder))
    for login, one in offices:
        deskwork.answer_in_writing(
            road.at(login), "纪检监察部门意见", [one.name], "纪函〔2020〕3号", road.today
        )


def the_prefecture_returns_one(road: Road) -> None:
    """Two things at once, one mended and one answered; it comes back to where it was."""
    road.day(3, 27)
    asked = {
        "summary.deeds": "请补充覆盖的县数。",
        "summary.papers": "请说明为什么只列一篇。",
    }
    kashgar = road.at("kashgar_handler")
    deskwork.send_back(kashgar, road.doctor.name, asked, due_on=date(YEAR, 4, 3))
    road.day(3, 30)
    applying.mend(
        road.doctor,
        change=("主要突出贡献事迹", "建立覆盖11个县的南疆胸痛救治网络，培养县级骨干46人。"),
        reply=("代表论文和著作", "其余论文不在近五年内，故未列。"),
    )
    road.is_at(road.doctor, "推荐单位审核")


def nominators_send_them_up(road: Road) -> None:
    road.day(3, 31)
    kashgar, name = road.at("kashgar_handler"), road.doctor.name
    deskwork.open_file(kashgar, name)
    kashgar.sees("申报人答复：其余论文不在近五年内，故未列。")
    kashgar.sees("第 2 轮")
    kashgar.picture("第二轮审核")
    deskwork.endorse(kashgar, name, opinion="已按要求修改，同意。")
    deskwork.evaluate(kashgar, "推荐单位评审", [name], road.today)
    offices = (
        ("kashgar_handler", road.doctor, "专业技术人才"),
        ("enterprise_handler", road.welder, "区属企业、技工院校高技能人才"),
    )
    for login, one, bucket in offices:
        officer = road.at(login)
        deskwork.answer_in_writing(
            officer, "推荐单位审定", [one.name], "专纪〔2020〕8号", road.today
        )
        summary = deskwork.nominate(officer, one.name, bucket=bucket)
        assert one.name in words_of(summary)


def words_of(workbook: bytes) -> list[str]:
    """Every cell of a workbook that has words."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return [cell for sheet in sheets for row in sheet for cell in row if isinstance(cell, str)]


def the_paper_is_proved(road: Road, first: bytes) -> None:
    """Three copies of the second turn say what is on file; of the first print, the changed pages
    are void, and the others count as pages of the second."""
    second = applying.printed(road.doctor, "生成全部各页的 PDF")
    void, kept = judged_of(first)
    [judged] = judged_of(second)
    assert [(one.number, one.turn, one.verdict) for one in (void, kept, judged)] == [
        (road.doctor.number, 1, Verdict.SUPERSEDED),
        (road.doctor.number, 2, Verdict.EQUAL),
        (road.doctor.number, 2, Verdict.EQUAL),
    ]
    assert [one.is_complete for one in (void, kept, judged)] == [False, False, True]
    assert list(judged.found) == [1, 2, 3]
    with pypdfium2.PdfDocument(second) as document:
        texts = [text_of(page) for page in document]
    assert len(texts) == 3 * judged.pages
    for copy in (1, 2, 3):
        own = [text for text in texts if f"第{copy}份共3份" in text]
        assert len(own) == judged.pages
        assert all(road.doctor.number in text for text in own)
        assert road.doctor.name in own[0]
        assert all("第2轮" in text for text in own)


def judged_of(content: bytes) -> tuple[PaperFound, ...]:
    pages = proof.read_content(content)
    assert proof.unread(pages) == ()
    return proof.judge(pages, on_file)


def text_of(page: pypdfium2.PdfPage) -> str:
    return sub(r"\s", "", page.get_textpage().get_text_range())


def the_region_examines_them(road: Road) -> None:
    """The form by two divisions, each its own track; then the subject group."""
    road.day(6, 1)
    for login, one in (("technical_handler", road.doctor), ("vocational_handler", road.welder)):
        deskwork.endorse(road.at(login), one.name, opinion="材料齐全，符合要求。")
    for name in road.names:
        deskwork.evaluate(road.at("secretary"), "学科组评议", [name], road.today)


def the_committee_votes(road: Road) -> None:
    """A list of each track, four experts, one of whom keeps out of a former student's vote."""
    road.day(6, 3)
    secretary = road.at("secretary")
    for one in (road.doctor, road.welder):
        deskwork.take_up(secretary, "评审委员会表决", [one.name])
    committee.convene(secretary, "评审委员会表决", PANEL)
    experts = [road.at(f"expert{number}") for number in (1, 2, 3, 4)]
    for expert in experts:
        committee.pledge(expert)
        committee.declare(expert, kept_out=[road.doctor.name] if expert is experts[2] else [])
    ballots = ((road.doctor, (3, 0, 0, 1)), (road.welder, (4, 0, 0, 0)))
    for one, figures in ballots:
        phrase = committee.start_ballot(secretary, one.track)
        for expert in experts:
            committee.vote(expert, one.name)
        committee.count_ballot(secretary, phrase, figures)
    committee.propose_too_early(secretary)
    road.day(6, 10)
    for one in (road.doctor, road.welder):
        committee.allot(secretary, one.track, 1)
        committee.propose(secretary, one.track)


def the_region_decides(road: Road) -> None:
    """Five working days for everybody to read, then the government, then the ministry."""
    secretary = road.at("secretary")
    road.day(6, 15)
    period = {"too_short": date(YEAR, 6, 18), "ends_on": date(YEAR, 6, 19)}
    lists = []
    for name in road.names:
        deskwork.take_up(secretary, "评审结果公示", [name])
        lists.append(secretary.where)
        deskwork.publish(secretary, place="厅门户网站", **period)
    the_public_reads_both(road)
    road.day(6, 22)
    for publicity in lists:
        secretary.open(publicity)
        deskwork.conclude_publicity(secretary)
    road.day(7, 1)
    for name in road.names:
        deskwork.answer_in_writing(
            secretary, "自治区人民政府审定", [name], "新政函〔2020〕66号", road.today
        )
    the_roster_goes_up(road)
    road.day(12, 1)
    answers = [
        committee.Answer(one.number, one.name, "人社部发〔2020〕99号", f"政府特殊津贴第{n}号")
        for n, one in enumerate((road.doctor, road.welder), start=1)
    ]
    committee.record_results(secretary, answers)


def the_public_reads_both(road: Road) -> None:
    """On a phone, from the list of notices: a notice of each track."""
    reader = road.comes(size=(390, 844))
    for number, one in enumerate((road.doctor, road.welder)):
        reader.open("/notices/")
        reader.page.get_by_role("link", name="关于", exact=False).nth(number).click()
        reader.sees(one.name)
        reader.sees(one.track)
        reader.picture("评审结果公示-手机")


def the_roster_goes_up(road: Road) -> None:
    """The package for the ministry: a roster with both, and each one's papers."""
    package = ZipFile(BytesIO(committee.take_the_package(road.at("secretary"))))
    roster = words_of(package.read("人选一览表.xlsx"))
    names = package.namelist()
    for one in (road.doctor, road.welder):
        assert one.name in roster
        assert len([name for name in names if one.name in name]) == len(OF_EACH)
    assert {name.partition("/")[0] for name in names if "/" in name} == OF_EACH


def the_roster_has_both(road: Road) -> None:
    """On the secretary's page of results, and for each to read; nothing in the books is amiss."""
    secretary = road.at("secretary")
    for one in (road.doctor, road.welder):
        secretary.sees(one.name)
        one.who.open("/my/")
        one.who.sees("入选")
        one.who.picture("入选")
        one.who.open(f"/my/{one.number}/progress/")
        one.who.is_whose_turn("入选")
        one.who.picture("办理进度")
        assert one.application.standing == Standing.SELECTED
    road.site.run("procrastinate", "worker", "--one-shot")
    assert broken() == ()
