"""A region with every post at every office, and one of everything the office desk has a page of."""

from datetime import date, timedelta

from django.urls import reverse

from juxian.actions import nomination
from juxian.actions.evidence import attach
from juxian.actions.export import wanted_list
from juxian.actions.intake import Taken, store
from juxian.actions.made_file import KEPT, LIST, make
from juxian.actions.office_change import Wanted, decide
from juxian.actions.person import appoint
from juxian.actions.proceeding import attach_file
from juxian.actions.register import read_in
from juxian.records.clock import now, today
from juxian.records.models import (
    Application,
    MadeFile,
    Objection,
    Person,
    Proceeding,
    ProceedingItem,
    Report,
    ReportFile,
    WorkView,
)
from juxian.records.packs import pack_of
from juxian.records.sealing import seal
from juxian.regulation.messages import Carrier, Occasion, State
from juxian.regulation.words import Act, OfficeChangeKind, OfficeKind, Role, SheetKind
from juxian.selectors.parcel import awaited_of
from tests.house.access.matrix_world import matrix_world
from tests.house.desks.board_scenes import outdoing
from tests.house.desks.care_scenes import asking
from tests.house.desks.care_world import units, workbook
from tests.house.desks.clerk_scenes import on_roster, proposed, typed_for
from tests.house.desks.message_scenes import written
from tests.house.desks.office_world import took_up
from tests.house.desks.parcel_scenes import of_earlier_turn, received
from tests.house.world import PDF, World

ROLES = {
    "h": Role.HANDLER,
    "r": Role.REVIEWER,
    "s": Role.SIGNATORY,
    "d": Role.DISCIPLINE,
    "c": Role.SECRETARY,
    "v": Role.SUPERVISOR,
    "o": Role.OPERATOR,
}
OTHERS = {"a": "applicant", "e": "expert1", "z": "stranger"}
# What an office is to the one whose page it is; - where there is none.
#   section: a division inside it; below: on the route to it; child: under it, off the route;
#   sibling: beside it; above: next on the route; top: the office above all.
RELATIONS = """
whose      own                  section           below     child   sibling       above                top
hospital   hospital             ward              -         -       clinic        county               hr
kashgar    kashgar              kashgar_division  hospital  clinic  hotan         xj-hr-professionals  hr
titles     xj-hr-professionals  -                 kashgar   hotan   xj-hr-skills  hr                   -
"""  # noqa: E501 - a table


def scope_world(settings, folder) -> World:
    world = matrix_world(settings, folder)
    world.add_office(
        "clinic",
        "疏附县人民医院（示例）",
        kind=OfficeKind.HOSPITAL,
        region="653100",
        files_to=world.county,
        affiliation="40",
    )
    offices = {name for line in RELATIONS.split("\n")[2:] for name in line.split()[1:]} - {"-"}
    for at in sorted(offices):
        for letter, role in ROLES.items():
            world.add_officer(f"{letter}_{at}", "示例人员", at, role)
    return world


def person_of(letter: str, at: str = "") -> Person:
    return Person.objects.get(login=f"{letter}_{at}" if at else OTHERS[letter])


def with_posts(world: World, letters: str, at: str) -> Person:
    """Somebody with all of these posts at the office."""
    login = f"{letters}_{at}"
    if login not in world.people:
        made = world.add_person(login, "示例人员")
        for letter in letters:
            appoint(made, world.offices[at], ROLES[letter], by=None, starts_on=date(2020, 1, 1))
    return person_of(letters, at)


def who_cares() -> Person:
    """An operator, who cares for every office."""
    return person_of("o", "hr")


class Scene:
    """Files, lists, parcels and papers by short names: what an address takes, what a page shows."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.args: dict[str, list[object]] = {"-": []}
        self.shown: dict[str, str] = {}
        self._file()
        self._lists()
        self._sent_up()
        self._messages()
        self._care()
        self._of_persons()

    def _file(self) -> None:
        """At its employer, where something is proposed for it."""
        world = self.world
        file = world.professional_draft()
        attach(file.pk, by=file.applicant, material="other", title="成果", content=PDF)
        world.submit(file)
        self._of("file", file)
        self.name = file.name
        proof = file.evidence.last()
        self.args |= {
            "file_proof": [file.number, proof.pk],
            "file_page": [file.number, proof.pk, 1],
            "file_photo": [file.number, "basic.photo"],
            "file_condition": [file.number, file.submissions.first().findings[0]["code"]],
            "file_annexes": ["annex_list", file.number],
            "file_notice": ["correction_notice", file.number],
        }
        proposed(file, person_of("h", "hospital"))
        typed_for(world, 1)
        on_roster(world, 1)
        self.args["roster"] = [world.hospital.pk]
        self.args["endorsing"] = ["endorse"]
        self.args["call"] = [world.cycle.code]
        self.shown["typed"] = "热依木·艾山"

    def _of(self, name: str, file: Application) -> None:
        self.args[name] = [file.number]
        self.shown[name] = file.number

    def _lists(self) -> None:
        """An open list of each kind, each about another person."""
        steps = {
            "evaluation": "peer_review",
            "publicity": "employer_notice",
            "opinion": "discipline",
            "panel": "nominator_panel",
            "decision": "nominator_decision",
            "nomination": "nomination",
        }
        for number, (name, step) in enumerate(steps.items(), start=1):
            file = self.world.submitted(number=number)
            self.world.pass_until(step, file)
            listed = took_up(self.world, file)
            scan = attach_file(listed.pk, by=listed.opened_by, title="照片", content=PDF)
            self.args |= {
                name: [listed.pk],
                f"{name}_person": [listed.pk, file.pk],
                f"{name}_scan": [listed.pk, scan.pk],
                f"{name}_table": ["people", listed.pk],
            }
            self.shown[name] = reverse("office:list", args=[listed.pk])
        self._ranked()
        self._objected()

    def _ranked(self) -> None:
        """Before a better result, so that the page wants to know why."""
        listed = Proceeding.objects.get(pk=self.args["nomination"][0])
        first = outdoing(listed.items.get())
        order = [first.pk, *listed.items.exclude(application=first).values_list("application")[0]]
        nomination.arrange(listed.pk, by=listed.opened_by, order=order)

    def _objected(self) -> None:
        published = Proceeding.objects.get(pk=self.args["publicity"][0])
        objected = Objection.objects.create(
            proceeding=published,
            application=published.items.get().application,
            receipt="YY000001",
            sealed_objector=seal("路人\n13900000000\n"),
            category="ineligible",
            facts="请核实",
            received_at=now(),
        )
        self.args["objection"] = [objected.pk]
        self.args["notice"] = ["public_notice", published.pk]
        self.args["request"] = ["opinion_request", self.args["opinion"][0]]

    def _messages(self) -> None:
        hospital = self.world.hospital
        file = Application.objects.get(number=self.shown["file"])
        written(hospital, file, 1, State.WAITING)
        self.args |= {
            "outgoing": [hospital.pk, Occasion.RETURNED, Carrier.SMS],
            "rule": [Occasion.RETURNED, Carrier.SMS],
        }
        self.shown["outgoing"] = reverse("office:outgoing", args=self.args["outgoing"])

    def _care(self) -> None:
        """The hospital, a post there, what is planned for it, and an employer that asks."""
        world = self.world
        hospital, who = world.hospital, who_cares()
        tomorrow = today() + timedelta(days=1)
        wanted = Wanted(OfficeChangeKind.RENAME, tomorrow, "文号", "某医院")
        post = world.hospital_discipline.appointments.get()
        self.args |= {
            "office": [hospital.pk],
            "office_change": [hospital.pk, OfficeChangeKind.RENAME],
            "planned": [decide(hospital.pk, wanted, by=who).pk],
            "post": [post.pk, "end"],
            "person": [post.person_id],
            "asking": [asking(world.kashgar, 1)],
        }
        self.shown["hospital"] = hospital.name
        self.shown["office"] = reverse("care:office", args=[hospital.pk])
        self.shown["asking"] = reverse("care:request", args=self.args["asking"])

    def _of_persons(self) -> None:
        """What one handler of the hospital keeps for himself."""
        who = person_of("h", "hospital")
        view = WorkView.objects.create(person=who, name="筛选", query="tab=seen", saved_at=now())
        wanted = wanted_list(who, "tab=seen")
        made = MadeFile.objects.create(
            person=who,
            sort=LIST,
            about="tab=seen",
            name=wanted.name,
            total=wanted.total,
            asked_at=now(),
            expires_at=now() + KEPT,
        )
        make(made.key)
        self.args |= {"view": [view.pk], "made": [made.key]}
        sheet = read_in(
            SheetKind.OFFICES, workbook("offices", *units(1)), by=person_of("h", "kashgar")
        )
        self.args |= {"sheet": [sheet.pk], "sheet_kind": [SheetKind.OFFICES]}

    def _sent_up(self) -> None:
        """A nominee whose papers the prefecture has posted, and its report of the year."""
        world = self.world
        file = world.submitted(number=8)
        world.pass_until("formal_check", file)
        self._of("nominee", file)
        sent = ProceedingItem.objects.get(application=file, act=Act.RECOMMEND).proceeding_id
        evaluated = ProceedingItem.objects.get(application=file, proceeding__step="nominator_panel")
        office = f"{world.cycle.pk}-{world.kashgar.pk}"
        awaited = awaited_of(world.technical_handler)[0]
        parcel = received(world, awaited, 1)
        seen = of_earlier_turn(awaited, parcel, world.technical_handler)
        report = self._report()
        self.args |= {
            "sent_list": [sent],
            "sent_person": [sent, file.pk],
            "evaluated": [evaluated.proceeding_id],
            "packing": [world.cycle.pk, world.kashgar.pk, 1],
            "office_report": ["nomination_report", office],
            "labels": ["envelope_labels", office],
            "parcel": [awaited.number],
            "parcel_seen": [awaited.number, seen.pk],
            "parcel_pile": [awaited.number, parcel.scans.get().pk, 1],
            "report": [world.cycle.pk, world.kashgar.pk, report.code],
            "reports": [world.cycle.code, report.code],
            "report_file": [report.files.get().pk],
            "report_version": [report.pk],
            "cycle": [world.cycle.code],
            "seats": [world.cycle.seats.filter(office=world.kashgar).earliest("pk").pk],
        }
        self.shown["parcel"] = awaited.number
        self.shown["holder"] = world.kashgar.name
        self.shown["report"] = reverse("office:hand_in", args=self.args["report"])

    def _report(self) -> Report:
        world = self.world
        row = Report.objects.create(
            cycle=world.cycle,
            office=world.kashgar,
            code=pack_of(world.cycle).reports[0].code,
            version=1,
            receiver=world.offices["xj-hr-professionals"],
            handed_in_by=world.kashgar_handler,
            handed_in_at=now(),
        )
        stored = store(Taken(PDF, "application/pdf"))
        ReportFile.objects.create(report=row, title="总结", file=stored, position=0)
        return row
