"""A small region for tests: offices, people at each, the 2020 cycle, and files on their way."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from PIL import Image

from juxian.access.acts import step_of
from juxian.actions import (
    application,
    ballot,
    cycle,
    evaluation,
    evidence,
    office,
    opinion,
    panel,
    person,
    proceeding,
    publicity,
    selection,
    submission,
    verification,
)
from juxian.actions import decision as decisions
from juxian.actions import nomination as nominations
from juxian.actions.cleansing.whole import cleansed
from juxian.records.clock import now
from juxian.records.models import Application, Cycle, Office, Person
from juxian.records.packs import calendar, pack_of
from juxian.regulation.answers import facts
from juxian.regulation.public_notice import period_end
from juxian.regulation.support import enough_for
from juxian.regulation.words import Holder, OfficeKind, Role
from juxian.selectors.certification import to_certify
from tests.house.clock import set_clock
from tests.house.kept import once
from tests.rules.sample_answers import professional_sample, skilled_sample

BEIJING = ZoneInfo("Asia/Shanghai")
PACK = "2020-special-allowance"
FILING = datetime(2020, 3, 16, 11, tzinfo=BEIJING)  # a Monday
PASSWORD = "correct horse 42"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000055 00000 n \n"
    b"0000000104 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n168\n%%EOF\n"
)


@dataclass
class World:
    offices: dict[str, Office] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    cycle: Cycle = None  # type: ignore[assignment]
    keeps: bool = False  # whether what is made once may be put back, see `kept`

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self.people:
            return self.fresh(self.people[name])
        if name in self.offices:
            return self.offices[name]
        raise AttributeError(name)

    def fresh(self, somebody: Person) -> Person:
        """The person as a new request would load them, with no duties remembered."""
        return Person.objects.get(pk=somebody.pk)

    def add_office(self, key: str, name: str, **facts: Any) -> Office:
        made = office.create_office(key.replace("_", "-"), name, **facts)
        self.offices[key] = made
        return made

    def add_seats(self, at: str, bucket: str) -> None:
        """Seats that the call itself does not give such an office."""
        cycle.grant_seats(
            self.cycle.pk,
            self.offices[at].pk,
            bucket,
            by=self.people["secretary"],
            granted=2,
            reason="调剂",
        )

    def add_person(self, key: str, name: str, **facts: Any) -> Person:
        made = person.register(key, PASSWORD, name=name, **facts)
        self.people[key] = made
        return made

    def add_officer(self, key: str, name: str, at: str, role: Role, track: str = "") -> Person:
        made = self.add_person(key, name)
        person.appoint(
            made, self.offices[at], role, by=None, track=track, starts_on=date(2020, 1, 1)
        )
        return made

    def draft(
        self, applicant: Person, employer: Office, track: str, answers: dict[str, Any]
    ) -> Application:
        """A filled application that only wants submitting."""
        begun = application.begin(self.cycle.pk, by=applicant, employer_id=employer.pk, track=track)
        for section, values in answers.items():
            application.save_section(begun.pk, section, values, by=applicant, version=0)
        evidence.set_photo(
            begun.pk, "basic", "photo", by=applicant, version=1, content=photograph()
        )
        pack = pack_of(self.cycle)
        answered = facts(pack.form.for_track(track), answers)
        for material in enough_for(pack, track, answered):
            evidence.attach(begun.pk, by=applicant, material=material.code, title="", content=PDF)
        begun.refresh_from_db()
        return begun

    def submitted(self, **wanted: Any) -> Application:
        if wanted or not self.keeps:
            return self._submitted(**wanted)
        return Application.objects.get(pk=once("submitted", lambda: self._submitted().pk))

    def _submitted(self, **wanted: Any) -> Application:
        drafted = self.professional_draft(**wanted)
        self.submit(drafted)
        return drafted

    def submit(self, drafted: Application) -> None:
        submission.submit(drafted.pk, by=drafted.applicant, signed_name=drafted.name, declared=True)
        drafted.refresh_from_db()

    def professional_draft(self, number: int = 0) -> Application:
        """The draft of the applicant, or of a colleague with the same record and another id."""
        answers = professional_sample()
        applicant = self.people["applicant"]
        if number:
            applicant = self.add_person(f"applicant{number}", answers["basic"]["name"])
            vary_identity(answers, number)
        return self.draft(applicant, self.offices["hospital"], "professional", answers)

    def skilled_draft(self) -> Application:
        return self.draft(
            self.people["welder"], self.offices["enterprise"], "skilled", skilled_sample()
        )

    def pass_step(self, *files: Application) -> None:
        """Do what takes the files past the step they are at, by whoever may."""
        first = files[0]
        first.refresh_from_db()
        step = pack_of(self.cycle).procedure.step(first.step)
        by = self.officer_for(first, step.role)
        if not step.kind.is_collective:
            for one in files:
                certified = {condition.code: True for condition in to_certify(one)}
                verification.endorse(one.pk, by=by, opinion="同意", certified=certified)
        else:
            listed = proceeding.open_proceeding(step.code, [one.pk for one in files], by=by)
            getattr(self, f"_{step.kind}")(listed, files, by)
        for one in files:
            one.refresh_from_db()

    def pass_until(self, step: str, *files: Application) -> None:
        while files[0].step != step:
            self.pass_step(*files)

    def send_back(
        self, file: Application, asked: dict[str, str], *, by: Person | None = None, days: int = 3
    ) -> None:
        """Back to the applicant, over the places whose titles are given, to be mended in days."""
        file.refresh_from_db()
        items = [
            verification.CorrectionRequest(path, title, "unclear", f"请核对{title}。")
            for path, title in asked.items()
        ]
        verification.send_back(
            file.pk,
            by=by or self.officer_for(file, step_of(file).role),
            opinion="请逐项修改。",
            items=items,
            due_on=now().astimezone(BEIJING).date() + timedelta(days=days),
        )
        file.refresh_from_db()

    def officer_for(self, file: Application, role: Role) -> Person:
        from_office = {
            appointment.person
            for somebody in self.people.values()
            for appointment in somebody.appointments.select_related("person")
            if appointment.role == role
            and file.holder is not None
            and appointment.office_id in (file.holder_id, file.holder.parent_id)
            and appointment.track in ("", file.track)
        }
        return self.fresh(min(from_office, key=lambda somebody: somebody.pk))

    def _review(self, listed: Any, files: tuple[Application, ...], by: Person) -> None:
        if pack_of(self.cycle).procedure.step(listed.step).secret:
            self._vote(listed, files, by)
            return
        experts = tuple(
            evaluation.ExpertEntry(f"专家{number}", "某大学", "教授", "内科学")
            for number in "甲乙丙丁戊己庚"
        )
        sitting = evaluation.Sitting(now().date(), "会议室", "会议评议", "专家甲", experts)
        tallies = {one.pk: evaluation.CandidateTally(7, 0, opinion="业绩突出") for one in files}
        evaluation.record(listed.pk, by=by, sitting=sitting, tallies=tallies)
        evaluation.conclude(listed.pk, by=by)

    def _vote(self, listed: Any, files: tuple[Application, ...], by: Person) -> None:
        """The experts are all for everybody, and there are places for all."""
        experts = [self.fresh(self.people[f"expert{number}"]) for number in range(1, 8)]
        sitting = panel.convene(
            self.cycle.pk,
            by=by,
            step=listed.step,
            title="评审委员会",
            track=files[0].track,
            person_ids=[expert.pk for expert in experts],
            chair_id=experts[0].pk,
            document_number="人社发〔2020〕12号",
        )
        opened = ballot.open_ballot(sitting.pk, listed.pk, by=by)
        for expert in experts:
            panel.pledge(sitting.pk, by=expert)
            choices = {one.pk: "aye" for one in files}
            ballot.cast(opened.ballot.pk, by=expert, choices=choices)
        ballot.close_ballot(opened.ballot.pk, by=by, phrase=opened.phrase)
        cycle.set_allotment(
            self.cycle.pk, files[0].track, by=by, places=len(files), document_number="部函5号"
        )
        selection.propose(listed.pk, by=by)

    def _publicize(self, listed: Any, files: tuple[Application, ...], by: Person) -> None:
        starts = now().astimezone(BEIJING).date()
        publicity_rule = pack_of(self.cycle).procedure.step(listed.step).publicity
        assert publicity_rule is not None
        ends = period_end(starts, publicity_rule, calendar())
        publicity.publish(listed.pk, by=by, starts_on=starts, ends_on=ends, place="本单位公告栏")
        set_clock(datetime.combine(ends + timedelta(days=1), FILING.timetz()))
        publicity.conclude(listed.pk, by=by)

    def _opine(self, listed: Any, files: tuple[Application, ...], by: Person) -> None:
        answers = {one.pk: opinion.OpinionAnswer(opinion.OpinionCode.NONE) for one in files}
        today = now().astimezone(BEIJING).date()
        reply = opinion.Reply("喀纪函〔2020〕3号", today, answers)
        opinion.conclude(listed.pk, by=by, reply=reply)

    def _decide(self, listed: Any, files: tuple[Application, ...], by: Person) -> None:
        decisions.conclude(
            listed.pk,
            by=by,
            body="行署常务会议",
            held_on=now().astimezone(BEIJING).date(),
            document_number="喀署纪〔2020〕8号",
        )

    def _recommend(self, listed: Any, files: tuple[Application, ...], by: Person) -> None:
        nominations.arrange(listed.pk, by=by, order=[one.pk for one in files])
        give_reasons(listed, *files, by=by)
        nominations.submit_list(listed.pk, by=by)


def give_reasons(listed: Any, *files: Application, by: Person) -> None:
    for one in files:
        nominations.give_reason(listed.pk, one.pk, by=by, reason="长期扎根南疆，贡献突出。")


def photograph() -> bytes:
    """A plain portrait-sized JPEG."""
    content = BytesIO()
    Image.new("RGB", (420, 590), (200, 210, 230)).save(content, "JPEG")
    return content.getvalue()


def another_pdf(name: object) -> bytes:
    """A page of a size of its own: a file that is told from others by its content."""
    code = crc32(str(name).encode())
    return PDF.replace(b"595 842", b"%d %d" % (100 + code % 900, 100 + code // 900 % 900))


def kept_of(content: bytes, **how: str) -> bytes:
    """What is kept of a file that was given."""
    return cleansed(content, **how).content


def vary_identity(answers: dict[str, Any], number: int) -> None:
    """Give the sample another resident id of the same birth date and sex."""
    stem = answers["basic"]["resident_id"][:14]
    old = int(answers["basic"]["resident_id"][14:17])
    body = f"{stem}{(old + 2 * number) % 1000:03d}"
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    answers["basic"]["resident_id"] = body + "10X98765432"[total % 11]


def build() -> World:
    set_clock(FILING)
    world = World()
    add = world.add_office
    dept = add(
        "hr",
        "自治区人力资源和社会保障厅（示例）",
        kind=OfficeKind.HR_OFFICE,
        region="650000",
        is_province=True,
    )
    for key, name in (
        ("xj-hr-professionals", "专业技术人员管理处"),
        ("xj-hr-skills", "职业能力建设处"),
    ):
        add(key, name, kind=OfficeKind.DIVISION, region="650000", parent=dept)
    for key, name, region in (
        ("kashgar", "喀什地区人力资源和社会保障局（示例）", "653100"),
        ("hotan", "和田地区人力资源和社会保障局（示例）", "653200"),
    ):
        add(key, name, kind=OfficeKind.HR_OFFICE, region=region, holder=Holder.PREFECTURE)
    for key, name, at in (
        ("hospital", "喀什地区第一人民医院（示例）", "kashgar"),
        ("hotan_hospital", "和田地区人民医院（示例）", "hotan"),
    ):
        add(
            key,
            name,
            kind=OfficeKind.HOSPITAL,
            region=world.offices[at].region,
            files_to=world.offices[at],
            affiliation="40",
        )
    add(
        "enterprise",
        "天山重工集团（示例）",
        kind=OfficeKind.STATE_ENTERPRISE,
        region="650100",
        holder=Holder.ENTERPRISE,
        affiliation="20",
    )
    _people(world)
    world.cycle = cycle.open_cycle(
        PACK, by=world.fresh(world.people["secretary"]), organiser_id=dept.pk
    )
    return world


def _people(world: World) -> None:
    officer = world.add_officer
    world.add_person("applicant", professional_sample()["basic"]["name"])
    world.add_person("welder", skilled_sample()["basic"]["name"])
    world.add_person("stranger", "路人甲")
    for at, name in (
        ("hospital", "医院"),
        ("kashgar", "喀什"),
        ("hotan", "和田"),
        ("enterprise", "企业"),
        ("hotan_hospital", "和田医院"),
    ):
        officer(f"{at}_handler", f"{name}经办", at, Role.HANDLER)
        officer(f"{at}_discipline", f"{name}纪检", at, Role.DISCIPLINE)
    technical, vocational = "xj-hr-professionals", "xj-hr-skills"
    officer("technical_handler", "专技处经办", technical, Role.HANDLER, "professional")
    officer("vocational_handler", "职建处经办", vocational, Role.HANDLER, "skilled")
    officer("secretary", "评委会秘书", "hr", Role.SECRETARY)
    for number in range(1, 8):
        world.add_person(f"expert{number}", f"专家{'甲乙丙丁戊己庚'[number - 1]}")


__all__ = [
    "BEIJING",
    "FILING",
    "PASSWORD",
    "PDF",
    "World",
    "build",
    "give_reasons",
    "vary_identity",
]
