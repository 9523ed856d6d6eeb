"""Reports (总结材料): what is taken in, from whom, when, and what is refused."""

import zipfile
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from juxian.actions import report, report_receiving
from juxian.actions.intake import LARGEST
from juxian.actions.report import MAIN_PART, MOST_CONTENT_TYPES, WORD
from juxian.records import packs
from juxian.records.models import Message, Office, Report, ReportDraft, Trace
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady, Stale
from juxian.regulation.words import Role
from juxian.selectors.evidence import content_of
from juxian.selectors.report import asked_in, asked_of, received
from tests.house import reports
from tests.house.actions.unchanged import refuses
from tests.house.clock import set_clock
from tests.house.reports import CODE, LAST_MOMENT, TOO_LATE, hand_in, package, texts, zipped
from tests.house.world import PACK, PDF, kept_of

pytestmark = pytest.mark.django_db
PARTS = ("取得的成效和经验", "配套支持措施", "存在的问题", "意见建议")
NO_DOCUMENT = "只能报送PDF、Word（.docx）文件，且文件须能正常打开"


@pytest.fixture
def asked(world):
    (one,) = asked_in(world.cycle)
    return one


def of_kashgar(world):
    (owed,) = asked_of(world.kashgar_handler)
    return owed


@pytest.mark.clause("R70", "R71")
def test_a_report_with_its_four_parts_is_kept_and_goes_to_the_division(world):
    made = hand_in(world, PDF, reports.WORD)

    assert (made.version, made.handed_in_by, made.receiver.code) == (
        1,
        world.kashgar_handler,
        "xj-hr-professionals",
    )
    kept = list(made.files.order_by("position"))
    assert [content_of(one.file) for one in kept] == [kept_of(PDF), reports.WORD]
    assert [one.file.media_type for one in kept] == ["application/pdf", WORD]
    assert [one.title for one in kept] == ["总结.pdf", "总结.pdf"]
    trace = Trace.objects.get(act="hand_in")
    assert (trace.by, trace.subject, trace.subject_id) == (
        world.kashgar_handler,
        "report",
        str(made.pk),
    )
    assert trace.detail == {"version": 1, "files": 2}


@pytest.mark.clause("R70")
def test_a_report_that_lacks_a_part_or_says_too_much_is_refused_with_the_part_named(world):
    lacking = texts(part_1=" \n", part_3="")
    said = "材料还缺“配套支持措施”、“意见建议”，请写好后再报送"
    beside = (("part_1", "请写这一部分"), ("part_3", "请写这一部分"))
    assert refuses(NotReady, said, hand_in, world=world, said=lacking) == beside

    most = "字 \n" * 3000  # white space does not count
    assert hand_in(world, said=texts(part_0=most)).texts[PARTS[0]] == "字\n" * 2999 + "字"
    said = "每一部分最多3000字，请删减"
    long = texts(part_0=most + "字")
    assert refuses(NotReady, said, hand_in, world=world, said=long) == (("part_0", said),)


@pytest.mark.clause("R71")
@pytest.mark.parametrize(("moment", "timeliness"), [(LAST_MOMENT, "on_time"), (TOO_LATE, "late")])
def test_a_report_is_in_time_until_the_end_of_25_march_and_marked_from_then_on(
    world, moment, timeliness
):
    set_clock(moment)
    hand_in(world)

    owed = of_kashgar(world)
    assert (owed.timeliness, owed.latest.is_late) == (timeliness, timeliness == "late")


@pytest.mark.clause("R71")
def test_a_report_that_is_owed_never_keeps_a_nomination_back(world):
    file = world.submitted()
    world.pass_until("nomination", file)
    assert (of_kashgar(world).timeliness, of_kashgar(world).latest) == ("missing", None)

    set_clock(max(TOO_LATE, file.held_since))
    world.pass_step(file)

    assert (file.step, file.standing) == ("formal_check", "open")


def test_a_report_handed_in_again_is_a_new_version_and_the_former_stays(world):
    first = hand_in(world)
    set_clock(TOO_LATE)
    second = hand_in(world, reports.WORD)

    assert (first.version, second.version) == (1, 2)
    owed = of_kashgar(world)
    assert [(one.row, one.is_late) for one in owed.versions] == [(second, True), (first, False)]
    assert owed.timeliness == "on_time"  # what came in time, came in time
    assert content_of(first.files.get().file) == kept_of(PDF)


def test_what_was_handed_in_is_never_changed_or_deleted(world):
    made = hand_in(world)

    for rows, column in ((Report.objects.filter(pk=made.pk), "code"), (made.files.all(), "title")):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            rows.update(**{column: "other"})
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            rows._raw_delete(rows.db)
    assert (Report.objects.get().code, made.files.get().title) == (CODE, "总结.pdf")


def test_an_empty_title_is_the_reports_own(world):
    assert hand_in(world, title=" ").files.get().title == "政府特殊津贴制度实施情况总结"


@pytest.mark.parametrize(
    "login", ["kashgar_discipline", "hotan_handler", "hospital_handler", "secretary", "stranger"]
)
def test_only_a_handler_of_the_office_hands_its_report_in(world, login):
    said = "只有推荐单位的经办人员可以报送总结材料"

    refuses(NotAllowed, said, hand_in, world=world, by=getattr(world, login))


def test_an_office_that_does_not_nominate_owes_none(world):
    said = "喀什地区第一人民医院（示例）不是推荐单位，不用报送总结材料"
    by = world.hospital_handler

    refuses(NotPossible, said, hand_in, world=world, by=by, office=world.hospital)
    assert asked_of(by) == ()


@pytest.mark.parametrize(("closed", "owes"), [("2020-03-25", False), ("2020-03-26", True)])
def test_an_office_closed_before_the_day_owes_none(world, asked, closed, owes):
    Office.objects.filter(pk=world.kashgar.pk).update(ends_on=closed)
    office = Office.objects.get(pk=world.kashgar.pk)

    assert asked.is_owed_by(office) is owes
    assert (office in [row.office for row in received(asked).rows]) is owes


def test_a_report_that_the_call_does_not_ask_for_is_refused(world):
    refuses(NotPossible, "本批次没有要求报送这份材料", hand_in, world=world, code="other")


def test_a_report_needs_no_document_and_takes_no_more_than_five(world):
    made = report.hand_in(
        world.cycle.pk, world.kashgar.pk, CODE, by=world.kashgar_handler, texts=texts()
    )
    assert (made.texts, made.files.count()) == (texts(), 0)
    with pytest.raises(NotReady, match=r"^一次最多报送5个文件，请合并后再报送$"):
        hand_in(world, *[PDF] * 6)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "这个文件是空的，请重新选择"),
        (b"plain text", NO_DOCUMENT),
        (b"%PDF-1.4 and no more", "这个PDF打不开，可能已损坏，请重新扫描后上传"),
        (
            b"\xd0\xcf\x11\xe0 old",
            "这是旧版或加了密码的Word文件，请去掉密码，另存为.docx或PDF后报送",
        ),
        (
            package("application/vnd.ms-word.document.macroEnabled.main+xml"),
            "这个Word文件带有宏，请另存为不带宏的.docx或PDF后报送",
        ),
        (
            package(MAIN_PART, "application/vnd.ms-office.vbaProject"),
            "这个Word文件带有宏，请另存为不带宏的.docx或PDF后报送",
        ),
        (package("application/vnd.ms-excel"), NO_DOCUMENT),
        (package(MAIN_PART, listed_in="other.xml"), NO_DOCUMENT),
        (package(MAIN_PART, packed=zipfile.ZIP_BZIP2), NO_DOCUMENT),
        (zipped(report.CONTENT_TYPES, "<Types"), NO_DOCUMENT),
        (zipped(report.CONTENT_TYPES, " " * (MOST_CONTENT_TYPES + 1)), NO_DOCUMENT),
        (reports.WORD[:40] + b"\0" * 20 + reports.WORD[60:], NO_DOCUMENT),
    ],
    ids=[
        "empty",
        "text",
        "a broken PDF",
        "old Word",
        "with macros",
        "with a macro project",
        "a workbook",
        "a package without its list",
        "packed in another way",
        "a broken list",
        "an enormous list",
        "damaged",
    ],
)
def test_a_document_that_is_no_pdf_and_no_plain_word_is_refused(world, content, said):
    with pytest.raises(NotReady) as refusal:
        hand_in(world, content)

    assert str(refusal.value) == said
    assert Report.objects.count() == 0


def test_a_word_document_that_is_too_large_is_refused(world):
    with pytest.raises(NotReady, match=r"^文件超过20MB，请压缩图片或分成几份报送$"):
        hand_in(world, b"PK" + bytes(LARGEST))


def test_a_call_may_refuse_what_comes_late_and_name_no_division(world, monkeypatch):
    pack = pack_of(world.cycle)
    strict = replace(pack.reports[0], late="refused", receiving="")
    changed = replace(pack, reports=(strict,))
    monkeypatch.setattr(packs, "pack_named", {PACK: changed}.__getitem__)

    assert hand_in(world).receiver == world.hr
    set_clock(TOO_LATE)
    refuses(NotReady, "已过报送截止时间，不再接收", hand_in, world=world)


def test_a_cycle_whose_pack_was_changed_asks_for_nothing_and_takes_nothing_in(world):
    world.cycle.pack_digest = "another"
    world.cycle.save()

    assert asked_in(world.cycle) == ()
    said = f"项目包 {PACK} 与批次建立时不一致，请系统管理员恢复原文件后再办理"
    refuses(NotReady, said, hand_in, world=world)


def test_a_handler_of_one_track_hands_the_offices_report_in(world):
    clerk = world.add_officer("for_skills", "示例人员", "kashgar", Role.HANDLER, "skilled")

    assert hand_in(world, by=clerk).handed_in_by == clerk


def kept(world, version, text, by=None):
    return report.save_draft(
        world.cycle.pk,
        world.kashgar.pk,
        CODE,
        by=by or world.kashgar_handler,
        texts={PARTS[0]: text, "other": "不收"},
        version=version,
    )


def test_what_is_written_is_kept_until_it_is_handed_in_and_nobody_writes_over_another(world):
    assert kept(world, 0, "第一稿").version == 1

    said = "别处已保存过新的内容；请复制您写的内容，重新打开本页再改"
    refuses(Stale, said, kept, world=world, version=0, text="别人的")
    assert kept(world, 1, "第二稿").texts == {
        part: "第二稿" if part == PARTS[0] else "" for part in PARTS
    }
    said = "只有推荐单位的经办人员可以报送总结材料"
    refuses(NotAllowed, said, kept, world=world, version=2, text="", by=world.stranger)
    hand_in(world)
    assert not ReportDraft.objects.exists()


@pytest.mark.clause("R70", "R71")
def test_a_report_is_given_back_to_be_completed_and_its_handlers_are_told(world):
    made = hand_in(world)
    give_back = report_receiving.give_back
    by = world.technical_handler
    refuses(
        NotPossible,
        "这份总结材料不由您接收",
        give_back,
        report_id=made.pk,
        words="补",
        by=world.hotan_handler,
    )

    report_receiving.give_back(made.pk, "第三部分须写明数据。", by=by)

    owed = of_kashgar(world)
    assert (owed.timeliness, owed.latest.returned.words) == ("returned", "第三部分须写明数据。")
    told = Message.objects.get(person=world.kashgar_handler)
    assert told.text == "贵单位报送的“政府特殊津贴制度实施情况总结”须补充：第三部分须写明数据。"
    refuses(NotReady, "这份已经退回，正等单位补充", give_back, report_id=made.pk, words="补", by=by)
    set_clock(TOO_LATE)
    hand_in(world)
    assert of_kashgar(world).timeliness == "on_time"
    refuses(
        NotReady,
        "单位已重新报送，请查看最新的一份",
        give_back,
        report_id=made.pk,
        words="补",
        by=by,
    )


@pytest.mark.clause("R71")
def test_who_owes_a_report_is_reminded_together_and_once_a_day(world, asked):
    hand_in(world, by=world.hotan_handler, office=world.hotan)
    everybody = Office.objects.values_list("pk", flat=True)
    remind = report_receiving.remind
    by = world.technical_handler
    refuses(
        NotPossible,
        "这份总结材料不由您接收",
        remind,
        asked=asked,
        offices=everybody,
        by=world.hotan_handler,
    )

    told = remind(asked, [world.kashgar.pk, world.hotan.pk], by=by)

    assert told == (world.kashgar,)
    assert Message.objects.get().text == (
        "贵单位还没有报送“政府特殊津贴制度实施情况总结”，报送截止为2020年3月25日，请尽快报送。"
    )
    trace = Trace.objects.get(act="remind_report")
    assert trace.detail == {"report": CODE, "office": world.kashgar.pk}
    assert world.kashgar not in remind(asked, everybody, by=by)
    refuses(
        NotReady,
        "所选单位都已报送，或今天已经催办过",
        remind,
        asked=asked,
        offices=everybody,
        by=by,
    )
