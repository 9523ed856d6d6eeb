"""Publicity: the period, objections in and out of it, and what they do to the people on it."""

from datetime import timedelta

import pytest

from juxian.actions import publicity
from juxian.records import sealing
from juxian.records.clock import day, now
from juxian.records.models import Objection, Trace
from juxian.records.packs import calendar, pack_of
from juxian.regulation.public_notice import period_end
from juxian.regulation.publishing import Remedy
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from tests.house.actions.refusing import open_list
from tests.house.actions.unchanged import refuses
from tests.house.clock import set_clock

ZHAO = publicity.Objector(" 赵实名 ", "0998-2560000", "某单位")


class Notice:
    """A list at the publicity within the hospital, and what is done about it."""

    def __init__(self, world, count=1):
        self.world = world
        self.files = [world.submitted(number=2 * number) for number in range(count)]
        self.listed, self.by = open_list(world, "employer_notice", *self.files)
        rule = pack_of(world.cycle).procedure.step("employer_notice").publicity
        self.starts = day(now())
        self.ends = period_end(self.starts, rule, calendar())

    def publish(self, **changes):
        said = {"starts_on": self.starts, "ends_on": self.ends, "place": " 公告栏 ", **changes}
        return publicity.publish(self.listed.pk, by=self.by, **said)

    def object_to(self, file=None, **changes):
        said = {"objector": ZHAO, "category": "other", "facts": " 成果有争议 ", **changes}
        key = self.files[0].pk if file is None else file
        return publicity.object_to(self.listed.pk, key, **said)

    def close(self, objection, by=None, **changes):
        said = {"remedy": Remedy.KEEP, "conclusion": " 查无实据。 ", "finding": "untrue", **changes}
        closing = publicity.Closing(**said)
        return publicity.close_objection(objection.pk, by=by or self.by, closing=closing)

    def conclude(self):
        return publicity.conclude(self.listed.pk, by=self.by)

    def standings(self):
        for file in self.files:
            file.refresh_from_db()
        return [(file.step, file.standing) for file in self.files]


def day_after(notice, days=1):
    set_clock(now() + (notice.ends - day(now())) + timedelta(days=days))


@pytest.fixture
def notice(world):
    return Notice(world)


@pytest.mark.clause("R45")
def test_a_period_is_kept_with_its_place_and_leaves_a_trace(notice):
    kept = notice.publish()

    assert (kept.starts_on, kept.ends_on, kept.place) == (notice.starts, notice.ends, "公告栏")
    assert Trace.objects.latest("pk").detail == {
        "starts": str(notice.starts),
        "ends": str(notice.ends),
    }


@pytest.mark.clause("R45")
def test_a_period_without_a_place_or_from_yesterday_is_refused_beside_its_field(notice):
    faults = refuses(NotReady, "请填写公示的地点或网址", notice.publish, place=" ")
    assert faults == (("place", "请填写公示地点"),)

    yesterday = notice.starts - timedelta(days=1)
    faults = refuses(NotReady, "公示开始日期不能早于今天", notice.publish, starts_on=yesterday)
    assert faults == (("starts_on", "请核对日期"),)


@pytest.mark.clause("R45")
def test_a_notice_that_was_not_posted_is_not_concluded(notice):
    refuses(NotReady, "还没有发布公示", notice.conclude)


@pytest.mark.clause("R45", "R53")
def test_an_objection_is_heard_while_the_notice_hangs_and_from_nobody_before_or_after(notice):
    refuses(NotPossible, "这份名单不在公示中", notice.object_to)
    starts = notice.starts + timedelta(days=1)
    notice.publish(starts_on=starts, ends_on=notice.ends + timedelta(days=3))
    said = "不在公示期内，请向受理部门书面反映"

    refuses(NotReady, said, notice.object_to)
    set_clock(now() + timedelta(days=1))
    notice.object_to()
    day_after(notice, days=3)
    notice.object_to()
    day_after(notice, days=4)
    refuses(NotReady, said, notice.object_to)

    assert Objection.objects.count() == 2


@pytest.mark.clause("R53")
def test_after_the_period_an_office_still_enters_what_reached_it_in_writing(notice):
    notice.publish()
    day_after(notice)

    entered = notice.object_to(by=notice.by)

    assert (entered.received_by, entered.facts) == (notice.by, "成果有争议")
    notice.close(entered)
    notice.conclude()
    refuses(NotPossible, "这份名单不在公示中", notice.object_to, by=notice.by)


def test_an_objection_is_about_somebody_on_the_notice(notice):
    notice.publish()

    refuses(NotPossible, "公示名单上没有这个人", notice.object_to, file=0)


@pytest.mark.clause("R53")
def test_an_objection_names_its_author_a_telephone_and_facts_or_is_told_all_it_lacks(notice):
    notice.publish()

    faults = refuses(
        NotReady,
        "请补充完整后再提交",
        notice.object_to,
        objector=publicity.Objector(" ", ""),
        facts=" ",
    )

    assert faults == (
        ("name", "请填写真实姓名；匿名异议不予受理"),
        ("phone", "请填写联系电话，以便核实"),
        ("facts", "请写明反映的具体事实"),
    )


def test_who_objected_is_sealed_and_the_receipt_is_easy_to_read_aloud(notice):
    notice.publish()

    made = notice.object_to()

    assert sealing.is_sealed(made.sealed_objector)
    assert sealing.unseal(made.sealed_objector) == "赵实名\n0998-2560000\n某单位"
    assert len(made.receipt) == 10
    assert set(made.receipt) <= set(publicity.RECEIPT_ALPHABET)


@pytest.mark.clause("R53")
def test_an_objection_is_closed_once_with_a_conclusion_by_the_office(notice):
    notice.publish()
    made = notice.object_to()

    faults = refuses(NotReady, "请写明核查结论", lambda: notice.close(made, conclusion=" "))
    assert faults == (("conclusion", "请写明核查结论"),)
    refuses(
        NotAllowed,
        "这份名单不由您办理",
        lambda: notice.close(made, by=notice.world.kashgar_handler),
    )
    closed = notice.close(made)

    assert (closed.upheld, closed.conclusion, closed.closed_by) == (False, "查无实据。", notice.by)
    refuses(NotPossible, "这件异议已办结", lambda: notice.close(made, remedy=Remedy.CANCEL))


@pytest.mark.clause("R45", "R53")
def test_a_notice_all_of_whose_people_are_objected_to_waits_for_the_findings(world):
    notice = Notice(world, count=2)
    notice.publish()
    first, second = (notice.object_to(file.pk) for file in notice.files)
    day_after(notice)
    said = "还有异议没有办结，请先核查并登记结论"

    refuses(NotReady, said, notice.conclude)
    notice.close(first, remedy=Remedy.CANCEL, finding="true", conclusion="属实。")
    notice.conclude()

    # The second keeps its person where they are; the first ended its own.
    assert notice.standings() == [("employer_notice", "rejected"), ("employer_notice", "open")]
    assert notice.files[0].handlings.latest("pk").opinion == "属实。"
    assert Objection.objects.get(pk=second.pk).closed_at is None


@pytest.mark.clause("R45", "R53")
def test_a_dismissed_objection_hinders_nobody(notice):
    notice.publish()
    notice.close(notice.object_to())
    day_after(notice)

    notice.conclude()

    assert notice.standings() == [("discipline", "open")]
