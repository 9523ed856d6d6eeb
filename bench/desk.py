"""The offices' desk alone: few files and very many, twenty officers, and what its worker makes."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryFile
from urllib.parse import quote, urlencode

import xlsxwriter
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from bench import limits, processes
from bench.cloning import clone
from bench.figures import Round, figures_of
from bench.inside import queries_of
from bench.place import address_of
from bench.plan import THINK, Operation, Planner
from bench.report import Line, keep, lines_of, show
from bench.run import FIRST, Bench, Say
from bench.whole import facts_of, settle, version
from bench.world import DRAFTED, World, build_world
from juxian.actions.parcel import take_in_parcel
from juxian.actions.person import appoint, register
from juxian.actions.printing import print_form
from juxian.actions.register import read_in, write_sheet
from juxian.actions.roster import import_roster
from juxian.jobs.rehearsal.people import somebody
from juxian.jobs.scratch import scratch_database
from juxian.papers.bound_forms import bound_forms
from juxian.papers.page_mark import PageMark
from juxian.papers.work_list import Copy, work_list
from juxian.records.clock import today
from juxian.records.labels import OFFICE_KINDS
from juxian.records.models import Application, Appointment, Person
from juxian.regulation.roster import MOST, read_people
from juxian.regulation.words import OfficeKind, Role, SheetKind
from juxian.selectors.casefile import latest_submission
from juxian.selectors.papers import application_form_input
from juxian.selectors.parcel import awaited_of
from juxian.selectors.register_tables import captions_of, form_of
from juxian.selectors.work import rows_of, shown, task_of
from juxian.selectors.work_columns import COLUMNS
from juxian.selectors.work_query import WorkQuery

OFFICERS = 20
SECONDS = 30.0
FEW, MANY = 1_000, 100_000
WORKBOOK, WIDE = 10_000, 40  # rows and columns
SHEET = 10_000  # lines of offices
FORMS = 500
FILED = 24  # through the actions; the others are their copies
STATIONS = 2  # that scan at once
LIST = "tab=waiting"


class DeskPlanner(Planner):
    """Operations of officers; `size` tells those of few files from those of very many."""

    def desk(self, size: str) -> list[Operation]:
        inbox, said = reverse("office:inbox"), f"（{size}份）"
        words = self._words()
        numbers = [one.number for one in self.dice.sample(self.world.waiting, 200)]
        found = {
            "list": ("名单首页", [f"{inbox}?{LIST}"]),
            "narrowed": (
                "筛选",
                [f"{inbox}?{LIST}&late=0&mark=grassroots", f"{inbox}?{LIST}&returned=0"],
            ),
            "search": ("按两个字查找", [f"{inbox}?{LIST}&words={one}" for one in words]),
            "number": ("按编号查找", [f"{inbox}?{LIST}&words={number}" for number in numbers]),
            "file": (
                "从名单打开一份",
                [
                    f"{reverse('office:file', args=[number])}?{urlencode({'in': LIST})}"
                    for number in numbers
                ],
            ),
        }
        return [
            self._read(f"{code}.{size}", title + said, paths)
            for code, (title, paths) in found.items()
        ]

    def _words(self) -> list[str]:
        """Two characters of a person's name and of an employer's by turns, as the desk finds both.

        Of few files a name finds one or two; an employer fills the page of however many.
        """
        names = sorted({one.name[:2] for one in self.world.waiting})
        employers = sorted({one.employer.name[:2] for one in self.world.waiting})
        self.dice.shuffle(names)
        return [word for pair in zip(names, cycle(employers)) for word in pair]

    def scanning(self) -> list[Operation]:
        """The pages of one printed form of a parcel, at two stations."""
        officer = self.world.officer
        awaited = awaited_of(officer)[0]
        take_in_parcel(
            awaited.number, by=officer, arrived_on=today(), postmarked_on=None, note="基准测试"
        )
        file = awaited.files[0].file
        submission = latest_submission(file)
        given = application_form_input(file, submission)
        _content, printing = print_form(given, submission)
        pages = len(printing.pages)
        codes = [
            str(PageMark(file.number, file.turn, submission.digest[:12], copy, page, pages))
            for copy in range(1, given.copies + 1)
            for page in range(1, pages + 1)
        ]
        page, path = (
            reverse(f"office:{name}", args=[awaited.number]) for name in ("parcel", "scan_page")
        )
        targets = tuple(
            tuple(
                {"session": session, "page": page, "path": path, "code": code}
                for code in codes[station::STATIONS]
            )
            for station, session in enumerate(self._sessions([officer] * STATIONS))
        )
        return [Operation("scan", "扫一页纸件", "scan", targets)]

    def _read(self, code: str, title: str, paths: Sequence[str]) -> Operation:
        sessions = self._sessions([self.world.officer] * OFFICERS)
        shares = [list(islice(cycle(paths), n, n + 50)) for n in range(OFFICERS)]
        targets = tuple(
            tuple({"session": session, "path": quote(path, safe="/?=&%")} for path in share)
            for session, share in zip(sessions, shares, strict=True)
        )
        taken = max(queries_of("read", dict(one)) for own in targets[:4] for one in own[:3])
        return Operation(code, title, "read", targets, seconds=SECONDS, think=THINK, queries=taken)


def measure_desk(folder: Path, say: Say) -> None:
    name = f"juxian_bench_{os.getpid()}"
    postmaster = limits.postmaster(os.environ["DATABASE_URL"])
    with scratch_database(name):
        call_command("createcachetable", verbosity=0)
        world = build_world(say, drafts=DRAFTED, whole=FILED, filed=FILED)
        sources = list(world.waiting)
        bench = Bench(address_of(name), postmaster, reverse("public:home"), folder, ())
        operations = DeskPlanner(world).scanning()
        world = _grown(world, sources, FEW, "few")
        operations += DeskPlanner(world).desk(str(FEW))
        _run(bench, operations, say)
        say("名册、工作簿、登记表合订本……")
        made = [_roster(world), _register(world), _forms(world)]
        say(f"增加到 {MANY} 份……")
        world = _grown(world, sources, MANY, "many", whole=False)
        more = DeskPlanner(world).desk(str(MANY))
        _run(bench, more, say)
        made.append(_workbook(world))
        postgresql = version()
        connection.close()
    known = {"empty": figures_of(bench.records[FIRST].rounds["empty"]).rate}
    lines = [*lines_of([*operations, *more], bench.records, known), *made]
    show(lines, bench.records, known, title=f"审核端：两核、{OFFICERS}人、{MANY}份申报")
    asked = {"applications": MANY, "clients": OFFICERS, "think": THINK}
    facts = facts_of(world, postgresql) | asked
    say(f"已写入 {keep(lines, bench.records, known, facts)}")


def _run(bench: Bench, operations: Sequence[Operation], say: Say) -> None:
    settle()
    connection.close()
    replace(bench, operations=operations).run(say, (FIRST,))


def _grown(
    world: World, sources: Sequence[Application], to: int, label: str, *, whole: bool = True
) -> World:
    clone(sources, to - len(world.waiting), label=label, whole=whole)
    first = sources[0]
    waiting = Application.objects.filter(
        cycle=first.cycle, step=first.step, standing=first.standing, track=first.track
    )
    known = waiting.select_related("employer", "cycle").order_by("pk")[:FEW]
    return replace(world, waiting=tuple(known))


def _line(code: str, title: str, work: Callable[[], int]) -> Line:
    """One run of the worker's work; `work` says how many rows or forms it made."""
    busy, began, used = processes.busy_seconds(), time.perf_counter(), time.process_time()
    count = work()
    seconds, own = time.perf_counter() - began, time.process_time() - used
    others = max(processes.busy_seconds() - busy - own, 0.0) / seconds
    return Line(code, f"{title}（{count}）", figures_of([Round((seconds,), seconds, own, others)]))


def _workbook(world: World) -> Line:
    """A list of so many files, in as many columns: those of the desk, over again."""

    def work() -> int:
        parts = list(islice(cycle(p for one in COLUMNS for p in one.parts), WIDE))
        query = WorkQuery.of_address("tab=seen")
        rows = shown(rows_of(world.officer, query)).order_by(*query.ordered.terms())[:WORKBOOK]
        tasks = (task_of(world.officer, file) for file in rows.iterator(chunk_size=500))
        copy = Copy("名单", "基准测试", [(str(head), width) for head, width, _says in parts])
        made: list[int] = []
        with TemporaryFile() as into:
            said = ([says(task) for _head, _width, says in parts] for task in tasks)
            work_list(copy, said, into, made.append)
        return made[-1]

    return _line("workbook", f"导出 Excel，{WIDE}列，行数", work)


def _forms(world: World) -> Line:
    def work() -> int:
        files = world.waiting[:FORMS]
        with TemporaryFile() as into:
            bound_forms(files, into, lambda _done: None)
        return len(files)

    return _line("forms", "登记表合订本，份数", work)


def _roster(world: World) -> Line:
    """As many people as a roster may have, every tenth with a mistake."""
    dice = Random(3)
    employer = world.waiting[0].employer
    clerk = Person.objects.get(appointments=_handling(employer.pk))
    heads = ("姓名", "身份证号码", "部门")
    lines = [heads]
    for serial in range(MOST):
        who = somebody(dice, serial)
        lines.append((who.name, "1" if serial % 10 == 9 else who.resident_id, "一科"))

    def work() -> int:
        people = read_people(tuple(lines))
        import_roster(employer.pk, people.sound, by=clerk, whole=True)
        return MOST

    return _line("roster", "导入花名册，行数", work)


def _register(world: World) -> Line:
    """A sheet of so many offices, looked at and written; every fourth line has a mistake."""
    office = world.officer.appointments.earliest("pk").office
    above = office.parent or office
    carer = register("bench-carer", "bench 2020 carer", name="基准测试")
    appoint(carer, above, Role.OPERATOR, by=None, starts_on=today())
    captions = captions_of(form_of(SheetKind.OFFICES))
    unit = {"kind": str(OFFICE_KINDS[OfficeKind.INSTITUTION]), "files_to": above.code}
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, captions.values())
        for n in range(1, SHEET + 1):
            region = "没有的地方" if n % 4 == 0 else above.region
            row = {**unit, "code": f"bench-{n}", "name": f"基准测试第{n}单位", "region": region}
            sheet.write_row(n, 0, [row.get(code, "") for code in captions])

    def work() -> int:
        read = read_in(SheetKind.OFFICES, content.getvalue(), by=carer)
        written = write_sheet(read.pk, by=carer)
        if written != SHEET - SHEET // 4:
            raise SystemExit(f"{written} lines were written of {SHEET}, every fourth wrong")
        return SHEET

    return _line("register", "导入机构，四分之一有误，行数", work)


def _handling(office: int) -> Appointment:
    rows = Appointment.objects.filter(office=office, role=Role.HANDLER, track="")
    return rows.order_by("pk")[0]
