"""The demo world: an invented region in April 2020 with three cycles at three stages."""

import json
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from juxian.actions.application import begin, save_section
from juxian.actions.ballot import cast, open_ballot
from juxian.actions.panel import convene, pledge
from juxian.actions.person import give_password, register
from juxian.actions.proceeding import open_proceeding
from juxian.actions.publicity import publish
from juxian.jobs.rehearsal.applicants import explain, file_all, file_for, filler_for
from juxian.jobs.rehearsal.committee import kept_out
from juxian.jobs.rehearsal.drive import receiving_of, run, staged, take_past, waiting
from juxian.jobs.rehearsal.paper import paper_comes
from juxian.jobs.rehearsal.people import somebody
from juxian.jobs.rehearsal.region import Region, build
from juxian.jobs.rehearsal.scans import drawn_portrait, drawn_scan
from juxian.jobs.rehearsal.stage import Stage
from juxian.jobs.scratch import follow_setting, set_clock, shift_clock
from juxian.records.clock import day
from juxian.records.models import Ballot, Cycle, Office, Panel, Person
from juxian.records.packs import calendar, pack_named
from juxian.regulation.public_notice import period_end
from juxian.regulation.words import Role
from juxian.selectors.parcel import awaited_of

BEIJING = ZoneInfo("Asia/Shanghai")
PACK = "2020-special-allowance"
TODAY = datetime(2020, 3, 24, 11, 20, tzinfo=BEIJING)  # a Tuesday, three days before filing ends
EARLY = datetime(2020, 3, 3, 18, tzinfo=BEIJING)
SEED = 2020
APPLICANT = 90001  # whose earlier form can be brought into the draft

LOGINS: dict[tuple[str, Role], str] = {
    ("p653100-0", Role.HANDLER): "danwei",
    ("p653100", Role.HANDLER): "diqu",
    ("p653100", Role.DISCIPLINE): "jijian",
    ("xj-health-commission", Role.HANDLER): "tingju",
    ("xj-enterprise-0", Role.HANDLER): "qiye",
    ("xj-hr", Role.SECRETARY): "mishu",
    ("xj-hr", Role.SUPERVISOR): "jiandu",
    ("xj-hr", Role.OPERATOR): "xitong",
}
ROLES = {
    "shenbao": "申报人（专业技术）",
    "gongren": "申报人（高技能）",
    "danwei": "用人单位经办",
    "qiye": "区属企业经办",
    "diqu": "地区人社局经办",
    "jijian": "地区纪检监察",
    "tingju": "区直部门经办",
    "zhuanji": "专业技术人员管理处",
    "zhijian": "职业能力建设处",
    "mishu": "评委会秘书、批次管理",
    "jiandu": "监督",
    "xitong": "系统管理",
    "zhuanjia1": "评审专家（主任委员）",
    "zhuanjia2": "评审专家",
    "zhuanjia3": "评审专家",
    "zhuanjia4": "评审专家",
}


@dataclass(frozen=True, slots=True)
class Account:
    role: str
    name: str
    login: str
    password: str
    office: str
    note: str = ""


Say = Callable[[str], None]


def accounts_file() -> Path:
    return Path(settings.JUXIAN_HOME) / "demo-accounts.json"


def is_seeded() -> bool:
    """Whether a whole demo world is there, made from the pack as it is now."""
    digests = set(Cycle.objects.values_list("pack_digest", flat=True))
    return digests == {pack_named(PACK).digest} and accounts_file().exists()


def seed(say: Say) -> list[Account]:
    """Build the whole world through the actions, then let the clock run from TODAY."""
    pack = pack_named(PACK)
    follow_setting()
    set_clock(datetime(2019, 8, 1, 10, tzinfo=BEIJING))
    say("建立机构和人员……")
    receiving = receiving_of(pack)
    logins = LOGINS | {
        (receiving[0][0], Role.HANDLER): "zhuanji",
        (receiving[1][0], Role.HANDLER): "zhijian",
    }
    region = build(receiving=receiving, logins=logins, small=True)
    experts = _experts()
    say("公示阶段的批次……")
    _publicised(region)
    say("评审阶段的批次……")
    phrase = _at_the_committee(region, experts)
    say("正在申报的批次……")
    _filing(region)
    shift_clock(datetime.now(BEIJING) - TODAY)
    return _accounts(phrase)


def _experts() -> list[Person]:
    names = ("郑怀远", "古丽娜尔·艾合买提", "沈立诚", "帕提古丽·吾斯曼")
    return [
        register(f"zhuanjia{number}", None, name=name, speciality="评审专家")
        for number, name in enumerate(names, start=1)
    ]


def _window(opens: tuple[int, int, int], closes: tuple[int, int, int]) -> tuple[datetime, datetime]:
    return datetime(*opens, 10, tzinfo=BEIJING), datetime(*closes, tzinfo=BEIJING)


def _publicised(region: Region) -> None:
    stage = staged(
        pack_named(PACK),
        region,
        SEED,
        code="demo-publicised",
        numbering="GS2019",
        title="享受政府特殊津贴人员选拔（演示：公示阶段）",
        window=_window((2019, 8, 19), (2019, 11, 16)),
    )
    _submitted_before(stage)
    run(stage, 40, until="public_notice")
    stage.move_clock(TODAY - timedelta(days=3))
    step = stage.pack.procedure.step("public_notice")
    publicity = step.publicity
    starts = day(stage.moment)
    for files in waiting(stage.cycle, step):
        officer = stage.officer(files[0], step)
        listed = open_proceeding(step.code, [file.pk for file in files], by=officer)
        if publicity is not None:
            publish(
                listed.pk,
                by=officer,
                starts_on=starts,
                ends_on=period_end(starts, publicity, calendar()),
                place="厅门户网站",
            )


def _submitted_before(stage: Stage) -> None:
    """Who fills in a draft now has submitted a form here: there is something to bring."""
    stage.move_clock(stage.cycle.opens_at + timedelta(days=1))
    dice = Random(APPLICANT)  # noqa: S311 - synthetic people
    who = somebody(dice, APPLICANT)
    hospital, track = Office.objects.get(code="p653100-0"), stage.pack.tracks[0].code
    file_for(stage, filler_for(stage, hospital, track, who, dice), hospital, "shenbao")


def _at_the_committee(region: Region, experts: list[Person]) -> str:
    """The opening phrase of the professional track's ballot, which is open for voting."""
    stage = staged(
        pack_named(PACK),
        region,
        SEED + 1,
        code="demo-committee",
        numbering="PS2019",
        title="享受政府特殊津贴人员选拔（演示：评审阶段）",
        window=_window((2019, 8, 26), (2019, 12, 14)),
    )
    run(stage, 30, until="committee")
    stage.move_clock(TODAY - timedelta(hours=2))
    _paper(stage)
    step = stage.pack.procedure.step("committee")
    colleagues = region.experts[:2]
    phrase = ""
    for files in waiting(stage.cycle, step):
        secretary = stage.officer(files[0], step)
        track = files[0].track
        panel = convene(
            stage.cycle.pk,
            by=secretary,
            step=step.code,
            title=f"{stage.pack.track(track).title}评审委员会",
            track=track,
            person_ids=[member.pk for member in (*experts, *colleagues)],
            chair_id=experts[0].pk,
            document_number="人社发〔示例〕12号",
        )
        listed = open_proceeding(step.code, [file.pk for file in files], by=secretary)
        if not phrase:
            for member in (*experts[1:], *colleagues):
                pledge(panel.pk, by=member)
            opened = open_ballot(panel.pk, listed.pk, by=secretary)
            phrase = opened.phrase
            _vote(panel, opened.ballot, colleagues)
    return phrase


def _paper(stage: Stage) -> None:
    """The envelope of the office with the most nominees lies open at the receiving desk."""
    receiver = Person.objects.get(login="zhuanji")
    posted = [one for one in awaited_of(receiver) if one.cycle == stage.cycle]
    most = max(posted, key=lambda one: len(one.files))
    sender = stage.region.officers[most.office.pk, Role.HANDLER]
    paper_comes(most, sender=sender, receiver=receiver)


def _vote(panel: Panel, ballot: Ballot, members: Sequence[Person]) -> None:
    """These have voted already, so that a few visitors are enough for the count."""
    candidates = list(ballot.candidates.values_list("pk", flat=True))
    for seat in panel.members.filter(person__in=members).select_related("person"):
        known = kept_out(seat)
        choices = {pk: "aye" for pk in candidates if pk not in known}
        cast(ballot.pk, by=seat.person, choices=choices)


def _filing(region: Region) -> None:
    """Early files have reached the nominating units; the others are with their employers."""
    hospital = Office.objects.get(code="p653100-0")
    enterprise = Office.objects.get(code="xj-enterprise-0")
    region.employers += [hospital] * len(region.employers) + [enterprise] * 6
    stage = staged(pack_named(PACK), region, SEED + 2)
    stage.scan, stage.portrait = drawn_scan, drawn_portrait
    file_all(stage, 26, EARLY)
    for step in stage.pack.procedure.steps[1:]:
        if step.code == "nominator_check":
            break
        take_past(stage, step)
    file_all(stage, 14, TODAY - timedelta(hours=2))
    stage.move_clock(TODAY - timedelta(minutes=30))
    _draft(stage, "shenbao", hospital, stage.pack.tracks[0].code, APPLICANT)
    _draft(stage, "gongren", enterprise, stage.pack.tracks[1].code, 90002)


def _draft(stage: Stage, login: str, employer: Office, track: str, serial: int) -> None:
    """A form that is filled but for its last sections, for the visitor to finish."""
    dice = Random(serial)  # noqa: S311 - synthetic people
    who = somebody(dice, serial)
    known = Person.objects.filter(login=login).first()
    person = known or register(login, None, name=who.name, employer=employer)
    application = begin(stage.cycle.pk, by=person, employer_id=employer.pk, track=track)
    filler = filler_for(stage, employer, track, who, dice)
    filler.fill()
    explain(filler, employer)
    for section in list(filler.answers)[:-2]:
        save_section(application.pk, section, filler.answers[section], by=person, version=0)


def _accounts(phrase: str) -> list[Account]:
    password = f"juxian-{secrets.randbelow(9000) + 1000}"
    made = []
    for login, role in ROLES.items():
        person = Person.objects.get(login=login)
        give_password(person, password, by=None)
        duty = person.appointments.select_related("office").first()
        office = str(duty.office if duty else person.employer or "评委会")
        note = f"开票口令 {phrase}" if login == "mishu" else ""
        made.append(Account(role, person.name, login, password, office, note))
    path = accounts_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(account) for account in made], ensure_ascii=False, indent=2)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return made


def known_accounts() -> list[Account]:
    rows = json.loads(accounts_file().read_text(encoding="utf-8"))
    return [Account(**row) for row in rows]
