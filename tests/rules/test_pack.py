"""The 2020 call as data: its figures, its ladders, its dates."""

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from juxian.regulation.ballot import Base, Comparator
from juxian.regulation.pack_reading import load
from juxian.regulation.procedure import FORWARD, Position, Publicity, after
from juxian.regulation.words import Kind, Level, Role, Standing

PACKS = Path(__file__).parents[2] / "packs"
FOLDERS = sorted(path.parent for path in PACKS.glob("*/call.toml"))
PACK = load(PACKS / "2020-special-allowance")
PREFECTURES = [
    region.value
    for region in PACK.form.codes["regions"].in_force(("prefecture",))
    if region.parent == "650000" and region.value != "659000"
]
SOUTHERN = ["652900", "653000", "653100", "653200"]

STEPS = [
    *("fill", "employer_check", "peer_review", "employer_notice", "discipline"),
    *("nominator_check", "nominator_panel", "nominator_decision", "nomination"),
    *("formal_check", "subject_group", "committee", "public_notice"),
    *("government_decision", "ministry_result"),
]


def cap(bucket, **office):
    grant = PACK.seat_rule(bucket).granted_to(**({"region": "", "office": ""} | office))
    return 0 if grant is None else grant.cap


def ladder(channel, *, same_office=False):
    levels = (Level.EMPLOYER, Level.NOMINATOR, Level.PROVINCE)
    return PACK.procedure.ladder(channel, levels, same_office=same_office)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_pack_can_be_walked_from_filling_to_selection_on_every_channel(folder):
    pack = load(folder)
    for channel in pack.channels:
        own = pack.procedure.along(
            pack.procedure.ladder(channel.code, tuple(Level), same_office=False)
        )
        at = Position(own.first.code)
        for step in own.steps:
            assert at.step == step.code
            at = after(own, at, FORWARD[step.kind])
        assert at.standing is Standing.SELECTED


@pytest.mark.clause("R42", "R43", "R44", "R45", "R46", "R47", "R48", "R49", "R51", "R53", "R54")
def test_the_procedure_has_its_fifteen_steps_in_order():
    assert [step.code for step in PACK.procedure.steps] == STEPS
    assert [step.kind for step in PACK.procedure.steps] == [
        *(Kind.FILL, Kind.VERIFY, Kind.REVIEW, Kind.PUBLICIZE, Kind.OPINE),
        *(Kind.VERIFY, Kind.REVIEW, Kind.DECIDE, Kind.RECOMMEND),
        *(Kind.VERIFY, Kind.REVIEW, Kind.REVIEW, Kind.PUBLICIZE, Kind.DECIDE, Kind.DECIDE),
    ]


@pytest.mark.clause("R56")
def test_a_file_climbs_from_the_employer_to_the_nominating_unit_to_the_region():
    levels = [step.level for step in PACK.procedure.steps[1:]]

    assert levels == [Level.EMPLOYER] * 3 + [Level.NOMINATOR] * 5 + [Level.PROVINCE] * 6


def test_each_step_belongs_to_its_role():
    roles = {step.code: step.role for step in PACK.procedure.steps}
    secretary = STEPS[STEPS.index("subject_group") :]

    assert {code for code, role in roles.items() if role is Role.SECRETARY} == set(secretary)
    assert {code for code, role in roles.items() if role is Role.DISCIPLINE} == {"discipline"}


@pytest.mark.clause("R46", "R48", "R54", "R55")
def test_opinions_and_decisions_name_their_bodies():
    bodies = {step.code: step.body for step in PACK.procedure.steps if step.body}

    assert bodies == {
        "discipline": "纪检监察部门",
        "nominator_decision": "当地政府或党组（党委）",
        "government_decision": "自治区人民政府",
        "ministry_result": "人力资源社会保障部",
    }
    assert PACK.procedure.step("discipline").valid_months == 6


@pytest.mark.clause("R45", "R53")
def test_both_publicities_last_five_working_days():
    notices = {s.code: s.publicity for s in PACK.procedure.steps if s.kind is Kind.PUBLICIZE}
    five = Publicity(days=5, working=True, count_first_day=True)

    assert notices == {"employer_notice": five, "public_notice": five}


def test_the_applicant_may_withdraw_until_the_nominating_decision():
    open_steps = [step.code for step in PACK.procedure.steps if step.withdrawable]

    assert open_steps == STEPS[: STEPS.index("nominator_decision") + 1]


def test_only_the_committee_votes_in_secret():
    assert [step.code for step in PACK.procedure.steps if step.secret] == ["committee"]


@pytest.mark.parametrize("channel", ["nonpublic", "prefecture", "department", "enterprise_school"])
def test_every_channel_climbs_all_steps_when_the_offices_differ(channel):
    assert list(ladder(channel)) == STEPS


@pytest.mark.clause("R39", "R47")
def test_an_enterprise_that_nominates_its_own_people_does_not_check_them_twice():
    own = ladder("enterprise_school", same_office=True)

    assert [code for code in STEPS if code not in own] == ["nominator_check", "nominator_panel"]


@pytest.mark.parametrize(
    ("holder", "nonpublic", "channel"),
    [
        pytest.param("prefecture", True, "nonpublic", marks=pytest.mark.clause("R40")),
        ("prefecture", False, "prefecture"),
        ("department", True, "department"),
        ("department", False, "department"),
        ("enterprise", False, "enterprise_school"),
        ("school", False, "enterprise_school"),
        ("school", True, "enterprise_school"),
    ],
)
def test_the_channel_follows_the_nominating_unit_and_the_ownership(holder, nonpublic, channel):
    assert PACK.channel_for(holder=holder, nonpublic=nonpublic).code == channel


def test_an_office_that_nominates_nobody_has_no_channel():
    assert PACK.channel_for(holder="", nonpublic=False) is None


@pytest.mark.clause("R33", "R34")
def test_fourteen_prefectures_share_46_professional_places():
    caps = {code: cap("professional", holder="prefecture", region=code) for code in PREFECTURES}

    assert len(caps) == 14
    assert {code for code, places in caps.items() if places == 4} == set(SOUTHERN)
    assert sorted(caps.values()) == [3] * 10 + [4] * 4
    assert sum(caps.values()) == PACK.seat_rule("professional").places == 46


@pytest.mark.clause("R35", "R38", "R39")
@pytest.mark.parametrize(
    ("holder", "professional", "skilled", "enterprise_school"),
    [
        ("department", 5, 2, 0),
        ("prefecture", 3, 2, 0),
        ("enterprise", 0, 0, 2),
        ("school", 0, 0, 2),
        ("", 0, 0, 0),
    ],
)
def test_every_sort_of_holder_has_its_places(holder, professional, skilled, enterprise_school):
    office = {"holder": holder, "region": "650100"}

    assert cap("professional", **office) == professional
    assert cap("skilled", **office) == skilled
    assert cap("enterprise_school", **office) == enterprise_school


@pytest.mark.clause("R39")
def test_an_enterprise_or_school_nominates_one_or_two():
    bucket = PACK.seat_rule("enterprise_school").bucket

    assert (bucket.soft_min, bucket.cap, bucket.track) == (1, 2, "skilled")


@pytest.mark.clause("R37")
def test_the_health_authority_nominates_two_to_five_health_workers_of_the_front_line():
    rule = PACK.seat_rule("epidemic_health")
    medic = {"title.titles": [{"series": "04"}], "post.epidemic": True}

    assert (rule.bucket.soft_min, rule.bucket.cap) == (2, 5)
    assert cap("epidemic_health", holder="department", office="xj-health-commission") == 5
    assert cap("epidemic_health", holder="department", office="xj-education") == 0
    assert rule.fits("professional", medic) is True
    assert rule.fits("professional", medic | {"post.epidemic": False}) is False
    assert rule.fits("professional", medic | {"title.titles": [{"series": "05"}]}) is False
    assert rule.fits("skilled", medic) is False


@pytest.mark.clause("R40")
@pytest.mark.parametrize("track", ["professional", "skilled"])
def test_every_prefecture_has_one_more_place_per_track_for_nonpublic_employers(track):
    bucket = f"nonpublic_{track}"
    rule = PACK.seat_rule(bucket)

    assert [cap(bucket, holder="prefecture", region=code) for code in PREFECTURES] == [1] * 14
    assert cap(bucket, holder="department", region="650100") == 0
    assert rule.places == 14
    assert rule.fits(track, {"employer.nonpublic": True}) is True
    assert rule.fits(track, {"employer.nonpublic": False}) is False


@pytest.mark.clause("R41")
@pytest.mark.parametrize("holder", ["prefecture", "department", "enterprise", "school"])
def test_national_talents_take_no_place_whoever_nominates_them(holder):
    rule = PACK.seat_rule("national_talent")

    assert rule.granted_to(holder=holder, region="650100", office="x").cap is None
    assert rule.bucket.cap is None
    assert rule.fits("professional", {"honours.bqw": True}) is True
    assert rule.fits("professional", {"honours.bqw": False}) is False


@pytest.mark.clause("R33", "R38")
def test_places_of_the_two_tracks_are_never_interchangeable():
    facts = {"honours.bqw": True, "employer.nonpublic": True, "post.epidemic": True}
    fitting = {
        track: {rule.bucket.code for rule in PACK.seats if rule.fits(track, facts)}
        for track in ("professional", "skilled")
    }

    assert fitting["professional"] & fitting["skilled"] == set()


@pytest.mark.clause("R73", "R74")
def test_filing_closes_at_midnight_at_the_end_of_6_may_in_beijing():
    assert PACK.window.closes.astimezone(UTC) == datetime(2020, 5, 6, 16, tzinfo=UTC)
    assert PACK.window.opens.astimezone(UTC) == datetime(2020, 2, 24, 2, tzinfo=UTC)


@pytest.mark.clause("R70", "R71")
def test_the_summary_of_thirty_years_is_due_on_25_march_in_four_parts():
    report = PACK.report("allowance_summary")

    assert report.due == date(2020, 3, 25)
    assert report.parts == ("取得的成效和经验", "配套支持措施", "存在的问题", "意见建议")
    assert (report.receiving, report.late) == ("xj-hr-professionals", "marked")


@pytest.mark.clause("R69", "R75", "R76")
def test_each_track_goes_to_its_own_division_at_the_one_address():
    professional, skilled = (PACK.track(code).receiving for code in ("professional", "skilled"))

    assert (professional.name, professional.phone) == ("专业技术人员管理处", "0991-3689692")
    assert (skilled.name, skilled.phone) == ("职业能力建设处", "0991-3689691")
    assert {(r.address, r.postcode) for r in (professional, skilled)} == {
        ("乌鲁木齐市北京南路445号自治区人力资源和社会保障厅", "830011")
    }


@pytest.mark.clause("R64", "R75")
def test_the_help_lines_are_on_record():
    phones = {contact.title: contact.phones for contact in PACK.contacts}

    assert phones == {
        "网上申报系统咨询": ("0991-3193615", "0991-3193501"),
        "专业技术人员管理处": ("0991-3689692",),
        "职业能力建设处": ("0991-3689691",),
        "职称社会化评价中心": ("0991-3689900",),
    }


@pytest.mark.clause("R65", "R67")
def test_the_papers_and_their_copies():
    papers = {paper.code: (paper.copies, paper.per) for paper in PACK.papers}

    assert papers == {
        "application_form": (3, "applicant"),
        "nomination_form": (1, "applicant"),
        "nomination_report": (1, "nominator"),
        "evaluation_summary": (1, "nominator"),
    }


@pytest.mark.clause("R77")
def test_the_nomination_form_carries_the_year_and_the_application_form_does_not():
    assert PACK.programme.form_title == "专家情况登记表"
    assert PACK.programme.nomination_form_title == "2020年度享受政府特殊津贴人员推荐表"


def test_the_core_facts_are_found_in_the_form():
    assert PACK.core.paths == (
        *("basic.name", "basic.resident_id", "basic.sex", "basic.birth_date"),
        *("title.titles.name", "skill.level", "speciality.profession"),
    )
    assert PACK.core.sections == {"basic", "title", "skill", "speciality"}


def test_form_numbers_carry_the_call_the_track_and_the_serial():
    assert PACK.form_number("professional", 317) == "XJ2020-A-00317"
    assert PACK.form_number("skilled", 1) == "XJ2020-B-00001"


@pytest.mark.clause("R44", "R47", "R51")
def test_two_thirds_carry_everywhere_and_small_panels_leave_out_who_recused():
    rules = PACK.ballots
    two_thirds = Fraction(2, 3)

    assert {(r.quorum, r.threshold, r.comparator) for r in rules.values()} == {
        (two_thirds, two_thirds, Comparator.AT_LEAST)
    }
    assert {code: rule.base for code, rule in rules.items()} == {
        "peer": Base.PRESENT_LESS_RECUSED,
        "panel": Base.PRESENT_LESS_RECUSED,
        "committee": Base.PRESENT,
    }


@pytest.mark.parametrize(
    ("facts", "mark"),
    [
        pytest.param(
            {"speciality.priorities": ["major_project"]}, "strategy", marks=pytest.mark.clause("R3")
        ),
        pytest.param(
            {"speciality.priorities": ["manufacturing"]},
            "key_field",
            marks=pytest.mark.clause("R4"),
        ),
        pytest.param(
            {"speciality.priorities": ["scarce"]}, "scarce", marks=pytest.mark.clause("R5")
        ),
        pytest.param(
            {"honours.records": [{"name": "tianshan"}]},
            "talent_programme",
            marks=pytest.mark.clause("R6"),
        ),
        pytest.param({"employer.nonpublic": True}, "nonpublic", marks=pytest.mark.clause("R32")),
        pytest.param({"post.grassroots_years": 10}, "grassroots", marks=pytest.mark.clause("R32")),
        pytest.param({"post.poor_county": True}, "poor_county", marks=pytest.mark.clause("R32")),
        pytest.param({"post.epidemic": True}, "epidemic", marks=pytest.mark.clause("R32", "R36")),
        pytest.param(
            {"title.titles": [{"directed": True}]},
            "directed_title",
            marks=pytest.mark.clause("R14d"),
        ),
    ],
)
def test_a_priority_is_a_mark(facts, mark):
    assert [found.code for found in PACK.marks_of(facts)] == [mark]


@pytest.mark.clause("R32")
def test_nobody_is_marked_for_nothing():
    assert PACK.marks_of({"post.grassroots_years": 9, "employer.nonpublic": False}) == ()


def test_a_mark_is_called_by_its_title_and_an_exception_by_itself():
    assert PACK.mark_title("poor_county") == "贫困地区"
    assert PACK.mark_title("破格") == "破格"


@pytest.mark.parametrize(
    ("track", "first", "letter"),
    [
        pytest.param(
            *("professional", 15, "A"),
            marks=pytest.mark.clause("R15", "R16", "R17", "R18", "R19", "R20", "R21", "R22"),
        ),
        pytest.param(
            *("skilled", 24, "B"),
            marks=pytest.mark.clause("R24", "R25", "R26", "R27", "R28", "R29", "R30", "R31"),
        ),
    ],
)
def test_each_track_chooses_among_its_eight_conditions(track, first, letter):
    asked = PACK.form.for_track(track).section("conditions").field("primary")
    offered = {choice.value: choice.clause for choice in asked.choices}

    assert offered == {f"{letter}{n}": f"R{first + n - 1}" for n in range(1, 9)}


@pytest.mark.parametrize("find", ["track", "channel", "condition", "material", "paper", "report"])
def test_what_a_pack_lacks_is_not_found(find):
    with pytest.raises(LookupError):
        getattr(PACK, find)("no-such-thing")


def test_buckets_and_clauses_are_found_by_their_names_or_not_at_all():
    assert PACK.seat_rule("skilled").bucket.clause == "R38"
    assert PACK.clause("R74").cite == "通知六"
    with pytest.raises(LookupError):
        PACK.seat_rule("no-such-bucket")
    with pytest.raises(LookupError):
        PACK.clause("R79")
