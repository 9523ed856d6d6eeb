"""A benchmark in order: the rehearsal, the world, the rounds, the limits, the table."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from bench import limits
from bench.figures import cores, figures_of
from bench.paper import thick_papers
from bench.place import address_of
from bench.plan import CLIENTS, EDITORS, Planner, drafts_needed
from bench.rehearsal import errands, rehearsed
from bench.report import Line, keep, lines_of, show
from bench.run import FIRST, ROUNDS, Bench, Record
from bench.world import World, build_world
from juxian.jobs.scratch import scratch_database
from juxian.records.models import Submission

COMMIT_SECONDS = 4
THICK_PAPERS = 12
FEW = 24  # filed, where only what applicants do is measured
PAGES, PAPERS = 30, 12  # pages of three copies of a form

Say = Callable[[str], None]


def measure(folder: Path, say: Say) -> None:
    name = f"juxian_bench_{os.getpid()}"
    postmaster = limits.postmaster(os.environ["DATABASE_URL"])
    say("演练……")
    rehearsal = rehearsed(postmaster)
    with scratch_database(name):
        call_command("createcachetable", verbosity=0)
        world = build_world(say, drafts=drafts_needed(len(ROUNDS)))
        settle()
        say("登录、打开表单……")
        operations = Planner(world).operations()
        postgresql = version()
        thick = thick_papers(world.waiting[:THICK_PAPERS])
        connection.close()
        bench = Bench(address_of(name), postmaster, reverse("public:home"), folder, operations)
        before = Submission.objects.count()
        commits = [limits.commits(bench.database, folder, COMMIT_SECONDS)]
        records = bench.run(say)
        commits.append(limits.commits(bench.database, folder, COMMIT_SECONDS))
        _check(Submission.objects.count() - before, records)
        say("后台通知……")
        done = errands(bench.database, Submission.objects.count() - before, postmaster)
    paper = limits.typeset(PAGES, PAPERS)
    known = {
        "commit": median(commits),
        "empty": figures_of(records[FIRST].rounds["empty"]).rate,
        "typst": 1000 * cores() / (paper.cost or 1),
    }
    lines = [
        *lines_of(operations, records, known),
        Line("rehearsal", "演练（每位申报人）", figures_of([rehearsal])),
        Line("thick_paper", "登记表 PDF（三份，25项材料，仅排版）", figures_of([thick])),
        Line("errand", "后台通知", figures_of([done])),
    ]
    show(lines, records, known)
    say(f"已写入 {keep(lines, records, known, facts_of(world, postgresql))}")


def measure_editing(folder: Path, say: Say) -> None:
    """The applicants' part alone: a world of drafts, three rounds on the first web server."""
    name = f"juxian_bench_{os.getpid()}"
    postmaster = limits.postmaster(os.environ["DATABASE_URL"])
    with scratch_database(name):
        call_command("createcachetable", verbosity=0)
        world = build_world(say, drafts=EDITORS, whole=FEW, filed=FEW)
        settle()
        operations = Planner(world).editing()
        postgresql = version()
        thick = thick_papers(world.waiting[:THICK_PAPERS])
        connection.close()
        bench = Bench(address_of(name), postmaster, reverse("public:home"), folder, operations)
        records = bench.run(say, (FIRST,) * 3)
    known = {"empty": figures_of(records[FIRST].rounds["empty"]).rate}
    lines = [
        *lines_of(operations, records, known),
        Line("thick_paper", "登记表 PDF（三份，25项材料，仅排版）", figures_of([thick])),
    ]
    show(lines, records, known)
    say(f"已写入 {keep(lines, records, known, facts_of(world, postgresql))}")


def settle() -> None:
    """Statistics are made at once, so that no round pays for the building of the world."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def _check(submitted: int, records: Mapping[str, Record]) -> None:
    """Every visit that was counted has left its submission."""
    counted = sum(len(one.durations) for r in records.values() for one in r.rounds["submit"])
    if submitted < counted:
        raise SystemExit(f"{counted} submissions were counted, {submitted} are on record")


def facts_of(world: World, postgresql: str) -> dict[str, Any]:
    return {
        "applications": len(world.waiting),
        "clients": CLIENTS,
        "postgresql": postgresql,
    }
